package steps

import "vpclink/cloud"

// neededActions are the actions without which a kind cannot be made, as far as there are targets that lack them.
var neededActions = map[string]string{
	KindTargetGroup:    "CreateTargetGroup",
	KindNLB:            "CreateLoadBalancer",
	KindEndpointAccept: "AcceptVpcEndpointConnections",
}

// Lacks says why a target cannot make a kind, "" when it can.
func Lacks(target cloud.Target, kind string) string {
	why, _ := target.Lacks(neededActions[kind])
	return why
}
