package localstack

import (
	"strings"
	"time"

	"vpclink/cloud"
)

// settle is how long an effect may stay hidden: both servers do at once what they do, so a second is plenty.
const settle = time.Second

// target returns the target of that name and version; the version may be "" when the server does not tell.
func target(name, version, endpoint string) cloud.Target {
	return cloud.Target{Name: name, Version: version, Endpoint: endpoint, Speed: 1, Settle: settle, Caps: Caps(name, version)}
}

// served returns a simulator that another process serves: its time goes on between two commands.
func served(version, endpoint string, speed float64) cloud.Target {
	t := cloud.Simulator(speed)
	t.Version, t.Endpoint, t.Pauses = version, endpoint, false
	return t
}

// Caps are what a server of this name lacks, each as a sentence about this version of it.
func Caps(name, version string) cloud.Caps {
	says := cloud.Caps{}
	for action, why := range lacks[name] {
		says[action] = strings.TrimSpace(name+" "+version) + " " + why
	}
	return says
}

// lacks says which actions a server does not have, and why. A table and not a trial: an action that is missing and a
// crash look alike there (moto answers both with status 500 and a page of HTML).
var lacks = map[string]map[string]string{
	LocalStack: {
		"CreateLoadBalancer": "has no elbv2 in its free edition",
		"CreateTargetGroup":  "has no elbv2 in its free edition",
	},
	Moto: {
		"AcceptVpcEndpointConnections": "has no AcceptVpcEndpointConnections",
	},
}
