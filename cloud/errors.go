package cloud

import "fmt"

// CredentialsError says that AWS could not be told, or does not believe, who is calling.
type CredentialsError struct {
	Profile string // "" for none
	Why     string
	Err     error // nil when there is no more to say
}

var _ error = (*CredentialsError)(nil)

func (e *CredentialsError) Error() string {
	text := e.Why
	if fault, answered := FaultOf(e.Err); answered && fault.Code != "" {
		text += fmt.Sprintf(" (%s: %s)", fault.Code, fault.Message)
	} else if e.Err != nil {
		text += fmt.Sprintf(" (%v)", e.Err)
	}
	return text + "; " + e.Try()
}

// Unwrap returns what the SDK or AWS said.
func (e *CredentialsError) Unwrap() error { return e.Err }

// Try says how to give credentials.
func (e *CredentialsError) Try() string {
	login := "log in with \"aws sso login\", set AWS_PROFILE or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or give --profile"
	if e.Profile != "" {
		login = fmt.Sprintf("log in with \"aws sso login --profile %s\" or mend that profile with \"aws configure --profile %s\"", e.Profile, e.Profile)
	}
	return login + "; --target sim needs no credentials"
}

// RegionError says that no region was given.
type RegionError struct {
	Profile string // "" for none
}

var _ error = (*RegionError)(nil)

func (e *RegionError) Error() string { return "no region is given; " + e.Try() }

// Try says how to give a region.
func (e *RegionError) Try() string {
	return "give --region " + DefaultRegion + ", set AWS_REGION, or write region = … into the profile"
}

// EndpointError says that an endpoint of somebody else's is set for the target aws. It is refused, since real keys are
// never used to sign for a host that is not AWS's.
type EndpointError struct {
	URL    string
	Source string // the environment variable, or "endpoint_url in the profile"
}

var _ error = (*EndpointError)(nil)

func (e *EndpointError) Error() string {
	return fmt.Sprintf("%s sends the calls to %s, but the target is aws; %s", e.Source, e.URL, e.Try())
}

// Try says how to get rid of it.
func (e *EndpointError) Try() string {
	return "take it away, set AWS_IGNORE_CONFIGURED_ENDPOINT_URLS=true, or give --target sim"
}
