package localstack

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"vpclink/cloud"
)

// serve is a server with these pages and no others.
func serve(t *testing.T, pages map[string]string) string {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		page, ok := pages[r.URL.Path]
		if !ok {
			http.NotFound(w, r)
			return
		}
		_, _ = w.Write([]byte(page))
	}))
	t.Cleanup(server.Close)
	return server.URL
}

func TestDetect(t *testing.T) {
	for _, tc := range []struct {
		name          string
		pages         map[string]string
		want, version string
		lacks         cloud.Caps
	}{
		{"LocalStack", map[string]string{"/_localstack/health": `{"services":{"ec2":"running"},"edition":"community","version":"4.13.1"}`}, LocalStack, "4.13.1", cloud.Caps{
			"CreateLoadBalancer": "%s has no elbv2 in its free edition",
			"CreateTargetGroup":  "%s has no elbv2 in its free edition",
		}},
		{"moto", map[string]string{"/moto-api/": `<html><head><title>Moto</title></head></html>`}, Moto, "", cloud.Caps{
			"AcceptVpcEndpointConnections": "%s has no AcceptVpcEndpointConnections",
		}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			endpoint := serve(t, tc.pages)
			got, err := Detect(t.Context(), endpoint+"/", http.DefaultClient)
			if err != nil {
				t.Fatalf("%s is known, got %v", tc.name, err)
			}
			want := cloud.Target{Name: tc.want, Version: tc.version, Endpoint: endpoint, Speed: 1, Settle: time.Second, Caps: tc.lacks}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("the target (-want +got):\n%s", diff)
			}
		})
	}
}

func TestWhatIsNotKnownIsRefused(t *testing.T) {
	for name, pages := range map[string]map[string]string{
		"a server of something else":            {"/": "hello"},
		"a page that is no JSON":                {"/_localstack/health": "<html>", "/moto-api/": "<html>"},
		"a health page of something else":       {"/_localstack/health": `{"status":"ok"}`},
		"a page of moto's name that is another": {"/moto-api/": `<title>Motor</title>`},
	} {
		_, err := Detect(t.Context(), serve(t, pages), http.DefaultClient)
		var unknown *UnknownError
		if !errors.As(err, &unknown) || unknown.Err != nil {
			t.Errorf("%s is refused as unknown, got %v", name, err)
		}
	}
}

func TestWhereNobodyAnswers(t *testing.T) {
	closed := httptest.NewServer(http.NotFoundHandler())
	closed.Close()
	for _, endpoint := range []string{closed.URL, "127.0.0.1:4566", "ftp://127.0.0.1", "http://", "::"} {
		_, err := Detect(t.Context(), endpoint, http.DefaultClient)
		var unknown *UnknownError
		if !errors.As(err, &unknown) || unknown.Err == nil || unknown.Endpoint != endpoint {
			t.Errorf("nothing usable answers at %q, got %v", endpoint, err)
		}
	}
}
