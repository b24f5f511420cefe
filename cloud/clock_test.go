package cloud

import (
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/google/go-cmp/cmp"
)

// AWS refuses what is signed with a time that is off by more than five minutes; its answer carries the right one
// (aws-facts §0.1). Nothing was done, so a create too goes out again, and the calls after it are right at once.
func TestAWrongClockIsCorrected(t *testing.T) {
	isolate(t, withKeys(), "")
	synctest.Test(t, func(t *testing.T) {
		const off = time.Hour
		var codes []string
		aws := func(r *http.Request) (*http.Response, error) {
			now := time.Now().UTC().Add(off)
			signed, err := time.Parse("20060102T150405Z", r.Header.Get("X-Amz-Date"))
			if err != nil {
				return nil, err
			}
			next, code := made, "ok"
			if now.Sub(signed).Abs() > 5*time.Minute {
				next, code = coded(401, "AuthFailure"), "AuthFailure"
			}
			codes = append(codes, code)
			response, err := next(r)
			response.Header.Set("Date", now.Format(http.TimeFormat))
			return response, err
		}
		account, err := Connect(t.Context(), Config{Target: AWS(), HTTP: clientFunc(identity)})
		if err != nil {
			t.Fatalf("want an account, got %v", err)
		}
		for range 2 {
			_, err := account.EC2.CreateVpc(t.Context(), nil, func(o *ec2.Options) { o.HTTPClient = clientFunc(aws) })
			if err != nil {
				t.Errorf("want the call done with the right time, got %v", err)
			}
		}
		if diff := cmp.Diff([]string{"AuthFailure", "ok", "ok"}, codes); diff != "" {
			t.Errorf("want one refusal, then the right time (-want +got):\n%s", diff)
		}
	})
}
