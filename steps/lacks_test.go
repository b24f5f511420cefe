package steps

import (
	"testing"

	"vpclink/cloud"
	"vpclink/words"
)

// A kind is lacked with the action that makes it, and with no other.
func TestLacks(t *testing.T) {
	target := func(action string) cloud.Target {
		return cloud.Target{Name: "it", Caps: cloud.Caps{action: words.Text("%s has no " + action)}}
	}
	for kind, action := range map[string]string{
		KindTargetGroup: "CreateTargetGroup", KindNLB: "CreateLoadBalancer", KindEndpointAccept: "AcceptVpcEndpointConnections",
	} {
		if got := Lacks(target(action), kind); got == nil || got.Error() != "it has no "+action {
			t.Errorf("want %s lacked with %s, got %v", kind, action, got)
		}
		for word := range Kinds() {
			if got := Lacks(target(action), word); word != kind && got != nil {
				t.Errorf("want %s not lacked with %s, got %v", word, action, got)
			}
			if got := Lacks(cloud.AWS(), word); got != nil {
				t.Errorf("want nothing lacked on AWS, got %s: %v", word, got)
			}
		}
	}
}
