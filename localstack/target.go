package localstack

import (
	"time"

	"vpclink/cloud"
)

// settle is how long an effect may stay hidden: both servers do at once what they do, so a second is plenty.
const settle = time.Second

// target returns the target of that name and version; the version may be "" when the server does not tell.
func target(name, version, endpoint string) cloud.Target {
	return cloud.Target{Name: name, Version: version, Endpoint: endpoint, Speed: 1, Settle: settle, Caps: Caps(name)}
}

// served returns a simulator that another process serves: its time goes on between two commands.
func served(version, endpoint string, speed float64) cloud.Target {
	t := cloud.Simulator(speed)
	t.Version, t.Endpoint, t.Pauses = version, endpoint, false
	return t
}

// Caps are what a server of this name lacks. A table and not a trial: an action that is missing and a crash look alike
// there (moto answers both with status 500 and a page of HTML).
func Caps(name string) cloud.Caps { return lacks[name] }

var lacks = map[string]cloud.Caps{
	LocalStack: {
		"CreateLoadBalancer": "%s has no elbv2 in its free edition",
		"CreateTargetGroup":  "%s has no elbv2 in its free edition",
	},
	Moto: {
		"AcceptVpcEndpointConnections": "%s has no AcceptVpcEndpointConnections",
	},
}
