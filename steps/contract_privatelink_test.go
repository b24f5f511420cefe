package steps

import (
	"maps"

	"vpclink/state"
)

// The kinds of PrivateLink, and what AWS does with them. Provider and consumer are one VPC here, which AWS takes too.

const (
	ghostARN      = "arn:aws:elasticloadbalancing:ap-northeast-1:123456789012:"
	ghostName     = "/vl-00000000-000000000000/0123456789abcdef"
	factsSettings = "aws-facts §0.3" // ELBv2's creates are idempotent by settings
	unseen        = "general knowledge"
)

// byName are things of ELBv2 that are found by their name and then by their tags.
func byName(own map[contractCase]promise) map[contractCase]promise {
	all := map[contractCase]promise{foundByNatural: none("its name has the lineage in it: another stack's has another")}
	maps.Copy(all, own)
	return promised(all)
}

func privateLinkKinds() map[string]contractKind {
	return map[string]contractKind{
		KindTargetGroup: {
			settings: func(b *bench, name string) any { return TargetGroup{VPC: b.need(KindVPC, name[:1]), Port: 3389} },
			other:    func(b *bench, name string) any { return TargetGroup{VPC: b.need(KindVPC, name[:1]), Port: 3390} },
			parent:   KindVPC, user: KindListener, ghost: ghostARN + "targetgroup" + ghostName,
			aws: byName(map[contractCase]promise{
				comesUp:       {there, factsFind},
				madeTwice:     {theSame, factsSettings},
				madeOtherwise: {"exists: DuplicateTargetGroupName", factsSettings},
				onNothing:     {"not yet: ValidationError", unseen},
				deletedInUse:  {"not yet: ResourceInUse", factsCodes},
				goesDown:      {disappears, "aws-facts §2.12"},
				deletedTwice:  {"nothing there: TargetGroupNotFound", factsCodes},
				neverThere:    {"nothing there: TargetGroupNotFound", factsCodes},
			}),
		},
		KindTarget: {
			settings: func(b *bench, name string) any { return contractRegistration(b, name) },
			parent:   KindTargetGroup, slow: KindInstance, ghost: ghostARN + "targetgroup" + ghostName + "|i-0123456789abcdef0|3389",
			aws: untagged(map[contractCase]promise{
				comesUp:      {"unused", "aws-facts §0.15"},
				madeTwice:    {theSame, unseen},
				morePages:    none("one call tells of one target group"),
				onNothing:    {"not yet: TargetGroupNotFound", factsCodes},
				onUnready:    {"not yet: InvalidTarget", "aws-facts §2.13"},
				goesDown:     {disappears, "general knowledge: what is unused has nothing to drain"},
				deletedTwice: {taken, "aws-facts §2.13"},
				neverThere:   {taken, "aws-facts §2.13"},
			}),
		},
		KindTargetHealth: {
			settings: func(b *bench, name string) any {
				set := contractRegistration(b, name)
				b.need(KindSecurityGroupRule, name) // lets the checks in
				b.need(KindTarget, name)
				b.need(KindListener, name)
				return TargetHealth(set)
			},
			parent: KindTarget,
			aws: linked("the target", map[contractCase]promise{
				comesUp:        {"initial → healthy", factsState},
				madeTwice:      none("nothing is made"),
				foundByTags:    {known, "it is a wait of ours, whosesoever the target is"},
				foundByNatural: {known, "it is a wait of ours, whosesoever the target is"},
				lookedInVain:   none("what is registered has a health"),
				morePages:      none("one call tells of one target group"),
				onNothing:      none("no call is made"),
			}),
		},
		KindNLB: {
			settings: func(b *bench, name string) any {
				return NLB{Subnets: []state.Value{b.need(KindSubnet, name)}, Group: b.need(KindSecurityGroup, name)}
			},
			other: func(b *bench, _ string) any {
				return NLB{Subnets: []state.Value{b.need(KindSubnet, "b")}, Group: b.need(KindSecurityGroup, "b")}
			},
			parent: KindSubnet, user: KindEndpointService, ghost: ghostARN + "loadbalancer/net" + ghostName,
			aws: byName(map[contractCase]promise{
				comesUp:       {"provisioning → active", factsState},
				madeTwice:     {theSame, factsSettings},
				madeOtherwise: {"exists: DuplicateLoadBalancerName", factsSettings},
				onNothing:     {"not yet: SubnetNotFound", factsCodes},
				deletedInUse:  {"not yet: ResourceInUse", factsCodes},
				deletedEarly:  {taken, unseen},
				goesDown:      {"draining → absent", "aws-facts §7.4"},
				deletedTwice:  {"nothing there", "vpclink looks first: AWS takes the call (aws-facts §1.3)"},
				neverThere:    {"nothing there", "vpclink looks first: AWS takes the call (aws-facts §1.3)"},
			}),
		},
		KindNLBCrossZone: {
			settings: func(b *bench, name string) any { return NLBCrossZone{NLB: b.need(KindNLB, name)} },
			parent:   KindNLB,
			aws: linked("the load balancer", map[contractCase]promise{
				comesUp:   {there, "aws-facts §2.14"},
				madeTwice: {theSame, "aws-facts §2.14"},
				morePages: none("one call tells of one load balancer"),
				onNothing: {"not yet: LoadBalancerNotFound", factsCodes},
				onUnready: none("vpclink waits for the load balancer, whatever AWS says"),
			}),
		},
		KindListener: {
			settings: func(b *bench, name string) any { return contractListener(b, name, "a") },
			other:    func(b *bench, name string) any { return contractListener(b, name, "a2") },
			parent:   KindNLB, ghost: ghostARN + "listener/net" + ghostName + "/0123456789abcdef",
			aws: untagged(map[contractCase]promise{
				comesUp:       {there, factsFind},
				madeTwice:     {theSame, factsSettings},
				madeOtherwise: {"exists: DuplicateListener", factsSettings},
				onNothing:     {"not yet: LoadBalancerNotFound", factsCodes},
				onUnready:     none("vpclink waits for the load balancer, whatever AWS says"),
				goesDown:      {disappears, "aws-facts §2.14"},
				deletedTwice:  {"nothing there: ListenerNotFound", factsCodes},
				neverThere:    {"nothing there: ListenerNotFound", factsCodes},
			}),
		},
		KindEndpointService: {
			settings: func(b *bench, name string) any { return EndpointService{NLB: b.need(KindNLB, name)} },
			other:    func(b *bench, _ string) any { return EndpointService{NLB: b.need(KindNLB, "b")} },
			parent:   KindNLB, user: KindVPCEndpoint, ghost: "vpce-svc-0123456789abcdef0",
			aws: promised(map[contractCase]promise{
				comesUp:        {"Pending → Available", factsState},
				madeTwice:      {theSame, factsToken},
				madeOtherwise:  {"refused: IdempotentParameterMismatch", factsToken + " (general knowledge)"},
				foundByNatural: none("a load balancer may serve a stranger's service, and then none of ours"),
				onNothing:      {"not yet: InvalidNetworkLoadBalancerArn.NotFound", factsCodes},
				onUnready:      none("vpclink waits for the load balancer, whatever AWS says (aws-facts §2.15)"),
				deletedInUse:   {"not yet: ExistingVpcEndpointConnections", factsCodes},
				goesDown:       {"Deleting → absent", factsState},
				deletedTwice:   {"nothing there: InvalidVpcEndpointServiceId.NotFound", factsCodes},
				neverThere:     {"nothing there: InvalidVpcEndpointServiceId.NotFound", factsCodes},
			}),
		},
		KindVPCEndpoint: {
			settings: func(b *bench, _ string) any { return contractConsumer(b, "a") },
			other:    func(b *bench, _ string) any { return contractConsumer(b, "b") },
			parent:   KindEndpointService, ghost: "vpce-0123456789abcdef0",
			aws: promised(map[contractCase]promise{
				comesUp:        {"pending → pendingAcceptance", factsState},
				madeTwice:      {theSame, factsToken},
				madeOtherwise:  {"refused: IdempotentParameterMismatch", factsToken + " (general knowledge)"},
				foundByNatural: none("a VPC may have several for one service"),
				onNothing:      {"not yet: InvalidServiceName", factsCodes},
				deletedEarly:   {taken, unseen},
				goesDown:       {"deleting → draining → absent", "aws-facts §2.17"},
				deletedTwice:   {"nothing there: InvalidVpcEndpointId.NotFound", factsCodes},
				neverThere:     {"nothing there: InvalidVpcEndpointId.NotFound", factsCodes},
			}),
		},
		KindEndpointAccept: {
			settings: func(b *bench, name string) any {
				return EndpointAccept{Service: b.need(KindEndpointService, "a"), Endpoint: b.need(KindVPCEndpoint, name), VPC: b.need(KindVPC, "a")}
			},
			parent: KindVPCEndpoint,
			aws: linked("the endpoint", map[contractCase]promise{
				comesUp:   {"pending → available", factsState},
				madeTwice: {"exists: InvalidState", unseen},
				onNothing: {"not yet: InvalidVpcEndpointId.NotFound", factsCodes},
				onUnready: none("an endpoint that is ready asks to be accepted"),
			}),
		},
	}
}

// contractRegistration is an instance in the target group of its name.
func contractRegistration(b *bench, name string) Target {
	b.Helper()
	return Target{TargetGroup: b.need(KindTargetGroup, name), Instance: b.need(KindInstance, name), Port: 3389}
}

// contractListener is a listener at a port of its own, on the load balancer that all share.
func contractListener(b *bench, name, group string) Listener {
	b.Helper()
	return Listener{NLB: b.need(KindNLB, "a"), TargetGroup: b.need(KindTargetGroup, group), Port: 3389 + int32(nth(name))}
}

// contractConsumer is an endpoint for the service of that name.
func contractConsumer(b *bench, service string) VPCEndpoint {
	b.Helper()
	return VPCEndpoint{
		VPC: b.need(KindVPC, "a"), ServiceName: b.out(KindEndpointService, service, OutServiceName),
		Subnets: []state.Value{b.need(KindSubnet, "a")}, Group: b.need(KindSecurityGroup, "a"),
	}
}
