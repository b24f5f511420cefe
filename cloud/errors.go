package cloud

import "vpclink/words"

// CredentialsError says that AWS could not be told, or does not believe, who is calling.
type CredentialsError struct {
	Profile string // "" for none
	Why     error
	Err     error // nil when there is no more to say
}

var _ error = (*CredentialsError)(nil)

func (e *CredentialsError) Error() string { return e.Say(words.English) }

// Say tells it in a language.
func (e *CredentialsError) Say(l words.Language) string {
	if fault, answered := FaultOf(e.Err); answered && fault.Code != "" {
		return l.Say("%s (%s: %s); %s", e.Why, fault.Code, fault.Message, e.Try(l))
	}
	if e.Err != nil {
		return l.Say("%s (%v); %s", e.Why, e.Err, e.Try(l))
	}
	return l.Say("%s; %s", e.Why, e.Try(l))
}

// Unwrap returns what the SDK or AWS said.
func (e *CredentialsError) Unwrap() error { return e.Err }

// Try says how to give credentials.
func (e *CredentialsError) Try(l words.Language) string {
	if e.Profile != "" {
		return l.Say("log in with \"aws sso login --profile %s\" or mend that profile with \"aws configure --profile %s\"; --target sim needs no credentials",
			e.Profile, e.Profile)
	}
	return l.In("log in with \"aws sso login\", set AWS_PROFILE or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or give --profile; --target sim needs no credentials")
}

// RegionError says that no region was given.
type RegionError struct {
	Profile string // "" for none
}

var _ error = (*RegionError)(nil)

func (e *RegionError) Error() string { return e.Say(words.English) }

// Say tells it in a language.
func (e *RegionError) Say(l words.Language) string {
	return l.Say("%s; %s", words.Text("no region is given"), e.Try(l))
}

// Try says how to give a region.
func (*RegionError) Try(l words.Language) string {
	return l.Say("give --region %s, set AWS_REGION, or write region = … into the profile", DefaultRegion)
}

// EndpointError says that an endpoint of somebody else's is set for the target aws. It is refused, since real keys are
// never used to sign for a host that is not AWS's.
type EndpointError struct {
	URL    string
	Source words.Text // the environment variable, or "endpoint_url in the profile"
}

var _ error = (*EndpointError)(nil)

func (e *EndpointError) Error() string { return e.Say(words.English) }

// Say tells it in a language.
func (e *EndpointError) Say(l words.Language) string {
	return l.Say("%s; %s", l.Say("%s sends the calls to %s, but the target is aws", e.Source, e.URL), e.Try(l))
}

// Try says how to get rid of it.
func (*EndpointError) Try(l words.Language) string {
	return l.In("take it away, set AWS_IGNORE_CONFIGURED_ENDPOINT_URLS=true, or give --target sim")
}
