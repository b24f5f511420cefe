package cloud

import (
	"context"
	"errors"
	"maps"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/smithy-go/logging"
	"github.com/google/go-cmp/cmp"
)

// isolate keeps the machine's own AWS settings out of a test.
func isolate(t *testing.T, env map[string]string, profiles string) {
	t.Helper()
	for _, set := range os.Environ() {
		if name, _, _ := strings.Cut(set, "="); strings.HasPrefix(name, "AWS_") {
			t.Setenv(name, "") // so that it is put back afterwards
			if err := os.Unsetenv(name); err != nil {
				t.Fatal(err)
			}
		}
	}
	home := t.TempDir()
	file := filepath.Join(home, "config")
	if err := os.WriteFile(file, []byte(profiles), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("HOME", home)
	t.Setenv("AWS_CONFIG_FILE", file)
	t.Setenv("AWS_EC2_METADATA_DISABLED", "true")
	for name, value := range env {
		t.Setenv(name, value)
	}
}

var keys = map[string]string{"AWS_ACCESS_KEY_ID": "AKIAEXAMPLE", "AWS_SECRET_ACCESS_KEY": "secret"}

func withKeys(more ...string) map[string]string {
	env := map[string]string{"AWS_REGION": "eu-west-1"}
	maps.Copy(env, keys)
	for i := 0; i < len(more); i += 2 {
		env[more[i]] = more[i+1]
	}
	return env
}

func TestConnectToAWS(t *testing.T) {
	const profiles = `
[profile lab]
region = us-east-2
aws_access_key_id = AKIALAB
aws_secret_access_key = secret
[profile local]
region = us-east-2
endpoint_url = http://localhost:4566
[profile local-ec2]
region = us-east-2
services = here
[services here]
ec2 =
  endpoint_url = http://localhost:4567
`
	type outcome struct {
		Region string
		Error  string // its type
		Says   string // a part of its text
	}
	for _, test := range []struct {
		name   string
		env    map[string]string
		config Config
		answer reply
		want   outcome
	}{
		{"keys and region in the environment", withKeys(), Config{}, identity, outcome{Region: "eu-west-1"}},
		{"the region asked for comes first", withKeys(), Config{Region: "us-west-2"}, identity, outcome{Region: "us-west-2"}},
		{"a profile", nil, Config{Profile: "lab"}, identity, outcome{Region: "us-east-2"}},
		{
			"an endpoint that is to be ignored",
			withKeys("AWS_ENDPOINT_URL", "http://localhost:1", "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true"),
			Config{},
			identity,
			outcome{Region: "eu-west-1"},
		},

		{"no credentials", map[string]string{"AWS_REGION": "eu-west-1"}, Config{}, identity, outcome{"", "credentials", "--target sim needs no credentials"}},
		{"no such profile", nil, Config{Profile: "lob"}, identity, outcome{"", "credentials", `there is no profile "lob"`}},
		{"expired", withKeys(), Config{}, unknown(403, "ExpiredToken"), outcome{"", "credentials", "the AWS credentials have expired (ExpiredToken: about ExpiredToken); log in"}},
		{"unknown key", withKeys(), Config{Profile: "lab"}, unknown(403, "InvalidClientTokenId"), outcome{"", "credentials", "aws sso login --profile lab"}},
		{"wrong clock", withKeys(), Config{}, unknown(400, "RequestExpired"), outcome{"", "credentials", "clock is wrong"}},
		{"no region", keys, Config{}, identity, outcome{"", "region", "give --region ap-northeast-1"}},
		{"an endpoint for everything", withKeys("AWS_ENDPOINT_URL", "http://localhost:1"), Config{}, identity, outcome{"", "endpoint", "AWS_ENDPOINT_URL sends the calls to http://localhost:1"}},
		{"an endpoint for EC2", withKeys("AWS_ENDPOINT_URL_EC2", "http://localhost:2"), Config{}, identity, outcome{"", "endpoint", "AWS_ENDPOINT_URL_EC2 sends"}},
		{"an endpoint for STS", withKeys("AWS_ENDPOINT_URL_STS", "http://localhost:3"), Config{}, identity, outcome{"", "endpoint", "AWS_ENDPOINT_URL_STS sends"}},
		{"an endpoint for quotas", withKeys("AWS_ENDPOINT_URL_SERVICE_QUOTAS", "http://localhost:5"), Config{}, identity, outcome{"", "endpoint", "AWS_ENDPOINT_URL_SERVICE_QUOTAS sends"}},
		{"an endpoint in the profile", nil, Config{Profile: "local"}, identity, outcome{"", "endpoint", "the profile sends the calls to http://localhost:4566"}},
		{"an endpoint for EC2 in the profile", nil, Config{Profile: "local-ec2"}, identity, outcome{"", "endpoint", "http://localhost:4567"}},
		{"no such host", withKeys(), Config{Region: "ap-notheast-1"}, broken(&net.DNSError{Err: "no such host", IsNotFound: true}), outcome{"", "other", "is that how the region is written"}},
		{"AWS says no for another reason", withKeys(), Config{}, unknown(400, "OtherNo"), outcome{"", "other", "asking who we are in eu-west-1"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			isolate(t, test.env, profiles)
			test.config.Target = AWS()
			test.config.HTTP = clientFunc(test.answer)
			synctest.Test(t, func(t *testing.T) {
				account, err := Connect(t.Context(), test.config)
				got := outcome{Error: kindOf(err)}
				if err == nil {
					got.Region = account.Region
					if _, silent := account.EC2.Options().Logger.(logging.Nop); !silent {
						t.Errorf("want the SDK to log nothing, as stderr is for progress, it has a %T", account.EC2.Options().Logger)
					}
				} else if strings.Contains(err.Error(), test.want.Says) {
					got.Says = test.want.Says
				}
				if diff := cmp.Diff(test.want, got); diff != "" {
					t.Errorf("want another outcome (-want +got):\n%s\nof %v", diff, err)
				}
			})
		})
	}
}

// unknown is an error as STS writes it.
func unknown(status int, code string) reply {
	return answer(status, "<ErrorResponse><Error><Code>"+code+"</Code><Message>about "+code+"</Message></Error></ErrorResponse>")
}

func kindOf(err error) string {
	var (
		credentials *CredentialsError
		region      *RegionError
		endpoint    *EndpointError
	)
	switch {
	case err == nil:
		return ""
	case errors.As(err, &credentials):
		return "credentials"
	case errors.As(err, &region):
		return "region"
	case errors.As(err, &endpoint):
		return "endpoint"
	}
	return "other"
}

func TestNoCredentialsIsSaidSoon(t *testing.T) {
	isolate(t, map[string]string{"AWS_REGION": "eu-west-1", "AWS_EC2_METADATA_DISABLED": "false"}, "")
	synctest.Test(t, func(t *testing.T) {
		// Nothing answers where an instance's role would be.
		nowhere := Config{Target: AWS(), HTTP: clientFunc(hung)}
		began := time.Now()
		if _, err := Connect(t.Context(), nowhere); kindOf(err) != "credentials" {
			t.Errorf("want a *CredentialsError, got %v", err)
		}
		if took := time.Since(began); took > metadataLimit {
			t.Errorf("want it said within %s, it took %s", metadataLimit, took)
		}
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := Connect(ctx, nowhere); !errors.Is(err, context.Canceled) || kindOf(err) != "other" {
			t.Errorf("want an interrupted Connect to say just that, got %v", err)
		}
		<-time.After(time.Minute) // until the SDK too has stopped asking
	})
}

// With real keys and files in the environment: none of it may reach a target that is not AWS.
func TestConnectElsewhere(t *testing.T) {
	isolate(t, withKeys("AWS_ENDPOINT_URL", "http://localhost:1", "AWS_PROFILE", "lab", "AWS_SESSION_TOKEN", "token"), "")
	for _, test := range []struct {
		name        string
		config      Config
		scope, host string // in what was signed and where it went
	}{
		{"in process", Config{Target: Simulator(60)}, "Credential=vpclink/", "sts.ap-northeast-1.amazonaws.com"},
		{"a region", Config{Target: Simulator(60), Region: "eu-north-1"}, "/eu-north-1/sts/", "sts.eu-north-1.amazonaws.com"},
		{"an account", Config{Target: Simulator(60), Profile: "444455556666"}, "Credential=444455556666/", "sts.ap-northeast-1.amazonaws.com"},
		{"an endpoint", Config{Target: Target{Name: "sim", Endpoint: "http://127.0.0.1:9"}}, "Credential=vpclink/", "127.0.0.1:9"},
	} {
		t.Run(test.name, func(t *testing.T) {
			var signed, host, token string
			test.config.HTTP = clientFunc(func(r *http.Request) (*http.Response, error) {
				signed, host, token = r.Header.Get("Authorization"), r.URL.Host, r.Header.Get("X-Amz-Security-Token")
				return identity(r)
			})
			account, err := Connect(t.Context(), test.config)
			if err != nil {
				t.Fatalf("want an account, got %v", err)
			}
			if account.Number != "111122223333" || account.ARN == "" || account.EC2 == nil {
				t.Errorf("want number, ARN and client of the account, got %+v", account)
			}
			if !strings.Contains(signed, test.scope) || host != test.host || token != "" {
				t.Errorf("want %q signed for %s without a session token, got %q for %s with token %q",
					test.scope, test.host, signed, host, token)
			}
		})
	}
	_, err := Connect(t.Context(), Config{Target: Simulator(1)})
	if err == nil || !strings.Contains(err.Error(), "neither an endpoint nor a client") {
		t.Errorf("want a simulator without client and endpoint refused, lest AWS be called; got %v", err)
	}
}
