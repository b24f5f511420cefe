package cloud

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestTargets(t *testing.T) {
	for _, test := range []struct {
		got, want Target
	}{
		{AWS(), Target{Name: "aws", Speed: 1, Settle: 30 * time.Second, Lag: 5 * time.Second}},
		{Simulator(60), Target{Name: "sim", Speed: 60, Settle: 500 * time.Millisecond, Lag: 5 * time.Second / 60, Pauses: true}},
	} {
		if diff := cmp.Diff(test.want, test.got); diff != "" {
			t.Errorf("want the target as documented (-want +got):\n%s", diff)
		}
	}
	if got := (Target{}).Scaled(time.Minute); got != time.Minute {
		t.Errorf("want no speed to mean our own, a minute became %s", got)
	}
	lacking := Target{Name: "it", Caps: Caps{"AcceptVpcEndpointConnections": "%s has no such action"}}
	if why := lacking.Lacks("AcceptVpcEndpointConnections"); why == nil || why.Error() != "it has no such action" {
		t.Errorf("want what is in the table to be lacking, with its reason, got %v", why)
	}
	if why := AWS().Lacks("CreateVpc"); why != nil {
		t.Errorf("want AWS to lack nothing, got %v", why)
	}
}
