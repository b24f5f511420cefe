package steps

import (
	"vpclink/cloud"
)

// neededActions are the actions without which a kind cannot be made, as far as there are targets that lack them.
var neededActions = map[string]string{
	KindTargetGroup:    "CreateTargetGroup",
	KindNLB:            "CreateLoadBalancer",
	KindEndpointAccept: "AcceptVpcEndpointConnections",
}

// Lacks says why a target cannot make a kind, nil when it can.
func Lacks(target cloud.Target, kind string) error { return target.Lacks(neededActions[kind]) }
