package steps

import (
	"testing"

	"vpclink/cloud"
)

// A kind is lacked with the action that makes it, and with no other.
func TestLacks(t *testing.T) {
	target := func(action string) cloud.Target { return cloud.Target{Caps: cloud.Caps{action: "it has no " + action}} }
	for kind, action := range map[string]string{
		KindTargetGroup: "CreateTargetGroup", KindNLB: "CreateLoadBalancer", KindEndpointAccept: "AcceptVpcEndpointConnections",
	} {
		if got := Lacks(target(action), kind); got != "it has no "+action {
			t.Errorf("want %s lacked with %s, got %q", kind, action, got)
		}
		for word := range Kinds() {
			if got := Lacks(target(action), word); word != kind && got != "" {
				t.Errorf("want %s not lacked with %s, got %q", word, action, got)
			}
			if got := Lacks(cloud.AWS(), word); got != "" {
				t.Errorf("want nothing lacked on AWS, got %s: %q", word, got)
			}
		}
	}
}
