package main

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/spf13/pflag"

	"vpclink/words"
)

// Which target flags and environment lead to, with a moto that answers at {moto}.
func TestTargets(t *testing.T) {
	moto := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/moto-api/" {
			http.NotFound(w, r)
			return
		}
		_, _ = w.Write([]byte("<title>Moto</title>"))
	}))
	defer moto.Close()
	other := httptest.NewServer(http.NotFoundHandler())
	defer other.Close()

	for _, tc := range []struct {
		name string
		args []string
		env  string // AWS_ENDPOINT_URL
		want string // target, "" when it is an error
		code int
	}{
		{"nothing said", nil, "", "aws", 0},
		{"sim", []string{"--target", "sim"}, "", "sim", 0},
		{"an endpoint, found out", []string{"--endpoint-url", moto.URL}, "", "moto", 0},
		{"an endpoint and its target", []string{"--endpoint-url", moto.URL, "--target", "moto"}, "", "moto", 0},
		{"the environment's endpoint, found out", nil, moto.URL, "moto", 0},
		{"the environment's endpoint for a named target", []string{"--target", "moto"}, moto.URL, "moto", 0},
		{"sim wins over the environment", []string{"--target", "sim"}, moto.URL, "sim", 0},
		{"aws is left to the check of its endpoints", []string{"--target", "aws"}, moto.URL, "aws", 0},
		{"a flag wins over the environment", []string{"--endpoint-url", moto.URL}, other.URL, "moto", 0},
		{"another target answers", []string{"--target", "localstack", "--endpoint-url", moto.URL}, "", "", exitUsage},
		{"sim has no endpoint", []string{"--target", "sim", "--endpoint-url", moto.URL}, "", "", exitUsage},
		{"aws has no endpoint", []string{"--target", "aws", "--endpoint-url", moto.URL}, "", "", exitUsage},
		{"an endpoint of something else", []string{"--endpoint-url", other.URL}, "", "", exitUsage},
		{"the environment's endpoint of something else", nil, other.URL, "", exitUsage},
		{"nobody answers", []string{"--endpoint-url", "http://127.0.0.1:1"}, "", "", exitFailed},
	} {
		t.Run(tc.name, func(t *testing.T) {
			g, a := targeted(t, tc.args, tc.env)
			got, err := g.cloudTarget(t.Context(), a)
			if got := exitCode(err); got != tc.code {
				t.Errorf("ends with %d, want %d: %v", got, tc.code, err)
			}
			if err == nil && (got.Name != tc.want || g.target != tc.want) {
				t.Errorf("leads to %s (and names %s), want %s", got.Name, g.target, tc.want)
			}
		})
	}
}

// targeted reads these flags, in an environment with this AWS_ENDPOINT_URL.
func targeted(t *testing.T, args []string, endpoint string) (*globals, *app) {
	t.Helper()
	g, flags := &globals{}, pflag.NewFlagSet("", pflag.ContinueOnError)
	g.register(flags, words.English)
	env := func(name string) string {
		if name == "AWS_ENDPOINT_URL" {
			return endpoint
		}
		return ""
	}
	if err := errors.Join(flags.Parse(args), g.check(flags, env)); err != nil {
		t.Fatal(err)
	}
	return g, &app{env: env}
}
