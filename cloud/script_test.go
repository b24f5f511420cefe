package cloud

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"
)

// script stands in for AWS: it gives the next answer to each request, and to whoever asks who they are a fixed one.
type script struct {
	mu      sync.Mutex
	answers []reply
	sent    []sending
}

type reply func(*http.Request) (*http.Response, error)

type sending struct {
	Action string
	At     time.Duration // since the script began
}

var errScriptOver = errors.New("the script has no further answer")

func (s *script) client(began time.Time) clientFunc {
	return func(r *http.Request) (*http.Response, error) {
		form, err := io.ReadAll(r.Body)
		if err != nil {
			return nil, err
		}
		action, _, _ := strings.Cut(strings.TrimPrefix(string(form), "Action="), "&")
		if action == "GetCallerIdentity" {
			return identity(r)
		}
		s.mu.Lock()
		s.sent = append(s.sent, sending{action, time.Since(began)})
		next := reply(func(*http.Request) (*http.Response, error) { return nil, errScriptOver })
		if len(s.answers) > 0 {
			next, s.answers = s.answers[0], s.answers[1:]
		}
		s.mu.Unlock()
		return next(r)
	}
}

type clientFunc func(*http.Request) (*http.Response, error)

func (f clientFunc) Do(r *http.Request) (*http.Response, error) { return f(r) }

func answer(status int, body string) reply {
	return func(r *http.Request) (*http.Response, error) {
		return &http.Response{
			StatusCode: status, Header: http.Header{}, Request: r,
			Body: io.NopCloser(strings.NewReader(body)),
		}, nil
	}
}

// coded is an error as EC2 writes it.
func coded(status int, code string) reply {
	return answer(status, fmt.Sprintf("<Response><Errors><Error><Code>%s</Code><Message>about %s</Message></Error></Errors>"+
		"<RequestID>req-1</RequestID></Response>", code, code))
}

func broken(err error) reply {
	return func(*http.Request) (*http.Response, error) { return nil, err }
}

// hung never answers.
func hung(r *http.Request) (*http.Response, error) {
	<-r.Context().Done()
	return nil, r.Context().Err()
}

func identity(r *http.Request) (*http.Response, error) {
	return answer(http.StatusOK, identityBody)(r)
}

const identityBody = "<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:iam::111122223333:user/lab</Arn>" +
	"<Account>111122223333</Account></GetCallerIdentityResult></GetCallerIdentityResponse>"

// made is AWS's answer to CreateVpc, and good enough for the others.
var made = answer(http.StatusOK, "<CreateVpcResponse><vpc><vpcId>vpc-0a</vpcId></vpc></CreateVpcResponse>")

// connected is an account on the script; its waits between attempts are half of the longest.
func connected(ctx context.Context, t *testing.T, s *script) *Account {
	t.Helper()
	account, err := Connect(ctx, Config{
		Target: Simulator(1), HTTP: s.client(time.Now()), Jitter: func() float64 { return 0.5 },
	})
	if err != nil {
		t.Fatalf("connecting to the script: want an account, got %v", err)
	}
	return account
}
