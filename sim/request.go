package sim

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"

	"vpclink/sim/codec"
)

// maxBody is the longest form that is read.
const maxBody = 1 << 20

// request is what a client sent.
type request struct {
	place
	service string // "ec2", "elasticloadbalancing" or "sts"
	action  string
	token   string // of a session, "" for none
	form    url.Values
}

var (
	accountPattern = regexp.MustCompile(`^[0-9]{12}$`)
	regionPattern  = regexp.MustCompile(`^[a-z]{2}(-[a-z]+)+-[0-9]$`)
)

// readRequest reads the form, and from the signature who asks and where. The signature itself is not checked: any
// secret will do. What AWS would answer an unusable request comes back as *codec.Error.
func readRequest(r *http.Request) (request, error) {
	q := request{service: "ec2"}
	key, region, service, ok := credentialScope(r.Header.Get("Authorization"))
	if !ok {
		return q, &codec.Error{Status: 403, Code: "MissingAuthenticationToken", Message: "Request is missing Authentication Token"}
	}
	if models()[service] == nil {
		return q, fail("InvalidAction", "The simulator has no service %q.", service)
	}
	q.service, q.place = service, place{account: accountOf(key), region: region}
	q.token = r.Header.Get("X-Amz-Security-Token")
	if !regionPattern.MatchString(region) {
		return q, &codec.Error{
			Status: 401, Code: "AuthFailure", Message: fmt.Sprintf("Credential should be scoped to a valid region, not %q.", region),
		}
	}
	body, err := readBody(r)
	if err != nil {
		return q, err
	}
	if q.form, err = url.ParseQuery(string(body)); err != nil {
		return q, fail("MalformedQueryString", "The query string contains a syntax error")
	}
	q.action = q.form.Get("Action")
	if q.action == "" {
		return q, fail("MissingAction", "The request must contain the parameter Action")
	}
	if want := models()[service].Metadata.APIVersion; q.form.Get("Version") != want {
		return q, fail("NoSuchVersion", "The requested version (%s) of service %s does not exist", q.form.Get("Version"), service)
	}
	return q, nil
}

func readBody(r *http.Request) ([]byte, error) {
	if r.Body == nil {
		return nil, nil
	}
	defer r.Body.Close()
	body, err := io.ReadAll(io.LimitReader(r.Body, maxBody+1))
	if err != nil {
		return nil, &connectionError{fmt.Errorf("reading the request: %w", err)}
	}
	if len(body) > maxBody {
		return nil, &codec.Error{Status: 413, Code: "RequestEntityTooLarge", Message: "The request is too large"}
	}
	return body, nil
}

// credentialScope takes apart "AWS4-HMAC-SHA256 Credential=KEY/DATE/REGION/SERVICE/aws4_request, …".
func credentialScope(header string) (key, region, service string, ok bool) {
	_, rest, found := strings.Cut(header, "Credential=")
	if !found {
		return "", "", "", false
	}
	scope, _, _ := strings.Cut(rest, ",")
	parts := strings.Split(strings.TrimSpace(scope), "/")
	if len(parts) != 5 {
		return "", "", "", false
	}
	return parts[0], parts[2], parts[3], true
}

// connectionError is what a client sees as a broken connection: there is no answer.
type connectionError struct{ err error }

var _ error = (*connectionError)(nil)

func (e *connectionError) Error() string { return e.err.Error() }
func (e *connectionError) Unwrap() error { return e.err }

// asAWS is the error as AWS answers it. What is no error of AWS's is a fault of the simulator, an InternalError.
func asAWS(err error) *codec.Error {
	if e, ok := errors.AsType[*codec.Error](err); ok {
		return e
	}
	return &codec.Error{Status: 500, Code: "InternalError", Message: err.Error()}
}
