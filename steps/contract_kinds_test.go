package steps

import (
	"fmt"
	"maps"

	"vpclink/state"
)

// promise is what AWS does in a case, in the words of outcomes, and where that is known from. A kind that has no such
// case does "", and why says why not.
type promise struct{ does, why string }

// none is for a case that a kind does not have.
func none(why string) promise { return promise{why: why} }

// contractKind is what the cases need to know of a kind.
type contractKind struct {
	settings func(b *bench, name string) any // of the thing of that name; they make what it needs
	other    func(b *bench, name string) any // of one that cannot be beside it, nil: anything can
	parent   string                          // a kind that it cannot be made without
	slow     string                          // a kind that it needs, and that takes its time
	user     string                          // a kind that stands in the way of its end
	ghost    string                          // an ID as AWS writes it, of nothing
	aws      map[contractCase]promise
}

// nth is the number of a name: 0 for "a" and "a2".
func nth(name string) int { return int(name[0] - 'a') }

const (
	linux      = "resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64"
	factsCodes = "aws-facts §1.3"
	factsState = "aws-facts §1.2"
	factsFind  = "aws-facts §1.1"
	factsToken = "aws-facts §0.1"
	// Nobody has seen these on a real account: the facts page has the code for the kind, not for this very case.
	inferred = "inferred from aws-facts §1.3"
)

// promised is what all kinds have in common, and then the kind's own.
func promised(own map[contractCase]promise) map[contractCase]promise {
	all := map[contractCase]promise{
		foundByID:      {known, factsFind},
		foundByTags:    {known, factsFind},
		foundByNatural: none("no natural key: two may be alike in all but their tags"),
		lookedInVain:   {notFound, "aws-facts §0"},
		morePages:      {severally, factsFind},
		onUnready:      none("what it is made on is ready in a moment"),
		deletedEarly:   none("it is ready in a moment"),
		deletedInUse:   none("nothing stands in the way of its end"),
		madeOtherwise:  none("anything may stand beside it"),
	}
	maps.Copy(all, own)
	return all
}

// untagged is what AWS does with kinds that have no tags: they are known by what they connect.
func untagged(own map[contractCase]promise) map[contractCase]promise {
	all := map[contractCase]promise{foundByTags: {notOurs, factsFind}, foundByNatural: {notOurs, factsFind}}
	maps.Copy(all, own)
	return promised(all)
}

// linked is what AWS does with acts without an inverse: they have no tags, and nothing to delete.
func linked(to string, own map[contractCase]promise) map[contractCase]promise {
	all := map[contractCase]promise{}
	for _, c := range []contractCase{deletedInUse, deletedEarly, goesDown, deletedTwice, neverThere} {
		all[c] = none("it goes with " + to)
	}
	maps.Copy(all, own)
	return untagged(all)
}

// contractKinds are the kinds and what AWS does with them.
func contractKinds() map[string]contractKind {
	all := privateLinkKinds()
	maps.Copy(all, existingKinds())
	maps.Copy(all, map[string]contractKind{
		KindVPC: {
			settings: func(_ *bench, name string) any { return VPC{CIDR: fmt.Sprintf("10.%d.0.0/16", nth(name))} },
			user:     KindSubnet, ghost: "vpc-0123456789abcdef0",
			aws: promised(map[contractCase]promise{
				comesUp:      {"pending → available", factsState},
				madeTwice:    {secondOne, factsFind},
				onNothing:    none("it is made on nothing"),
				deletedInUse: {"not yet: DependencyViolation", factsCodes},
				goesDown:     {disappears, factsState},
				deletedTwice: {"nothing there: InvalidVpcID.NotFound", factsCodes},
				neverThere:   {"nothing there: InvalidVpcID.NotFound", factsCodes},
			}),
		},
		KindSubnet: {
			settings: func(b *bench, name string) any {
				return Subnet{VPC: b.need(KindVPC, name), CIDR: fmt.Sprintf("10.%d.0.0/24", nth(name))}
			},
			other: func(b *bench, name string) any {
				return Subnet{VPC: b.need(KindVPC, name), CIDR: fmt.Sprintf("10.%d.0.0/25", nth(name))}
			},
			parent: KindVPC, user: KindInstance, ghost: "subnet-0123456789abcdef0",
			aws: promised(map[contractCase]promise{
				comesUp:       {"pending → available", factsState},
				madeTwice:     {"exists: InvalidSubnet.Conflict", factsCodes + " (general knowledge)"},
				madeOtherwise: {"exists: InvalidSubnet.Conflict", factsCodes + " (general knowledge)"},
				onNothing:     {"not yet: InvalidVpcID.NotFound", factsCodes},
				deletedInUse:  {"not yet: DependencyViolation", factsCodes},
				goesDown:      {disappears, factsState},
				deletedTwice:  {"nothing there: InvalidSubnetID.NotFound", factsCodes},
				neverThere:    {"nothing there: InvalidSubnetID.NotFound", factsCodes},
			}),
		},
		KindRouteTable: {
			settings: func(b *bench, name string) any { return RouteTable{VPC: b.need(KindVPC, name[:1])} },
			parent:   KindVPC, user: KindRouteTableAssociation, ghost: "rtb-0123456789abcdef0",
			aws: promised(map[contractCase]promise{
				comesUp:      {there, factsState},
				madeTwice:    {theSame, factsToken},
				onNothing:    {"not yet: InvalidVpcID.NotFound", factsCodes},
				deletedInUse: {"not yet: DependencyViolation", factsCodes},
				goesDown:     {disappears, factsState},
				deletedTwice: {"nothing there: InvalidRouteTableID.NotFound", factsCodes},
				neverThere:   {"nothing there: InvalidRouteTableID.NotFound", factsCodes},
			}),
		},
		KindRouteTableAssociation: {
			settings: func(b *bench, name string) any {
				return RouteTableAssociation{RouteTable: b.need(KindRouteTable, name), Subnet: b.need(KindSubnet, name)}
			},
			other: func(b *bench, name string) any {
				return RouteTableAssociation{RouteTable: b.need(KindRouteTable, name+"2"), Subnet: b.need(KindSubnet, name)}
			},
			parent: KindSubnet, ghost: "rtbassoc-0123456789abcdef0",
			aws: untagged(map[contractCase]promise{
				comesUp:       {"associating → associated", factsState},
				madeTwice:     {"exists: Resource.AlreadyAssociated", factsCodes},
				madeOtherwise: {"exists: Resource.AlreadyAssociated", factsCodes},
				onNothing:     {"not yet: InvalidSubnetID.NotFound", factsCodes},
				goesDown:      {"disassociating → absent", factsState},
				deletedTwice:  {"nothing there: InvalidAssociationID.NotFound", factsCodes},
				neverThere:    {"nothing there: InvalidAssociationID.NotFound", factsCodes},
			}),
		},
		KindSecurityGroup: {
			settings: func(b *bench, name string) any {
				return SecurityGroup{VPC: b.need(KindVPC, name[:1]), Description: "of a contract"}
			},
			other: func(b *bench, name string) any {
				return SecurityGroup{VPC: b.need(KindVPC, name[:1]), Description: "of another contract"}
			},
			parent: KindVPC, user: KindInstance, ghost: "sg-0123456789abcdef0",
			aws: promised(map[contractCase]promise{
				comesUp:       {there, factsState},
				madeTwice:     {"exists: InvalidGroup.Duplicate", factsCodes},
				madeOtherwise: {"exists: InvalidGroup.Duplicate", factsCodes},
				onNothing:     {"not yet: InvalidVpcID.NotFound", factsCodes},
				deletedInUse:  {"not yet: DependencyViolation", factsCodes},
				goesDown:      {disappears, factsState},
				deletedTwice:  {"nothing there: InvalidGroup.NotFound", factsCodes},
				neverThere:    {"nothing there: InvalidGroup.NotFound", factsCodes},
			}),
		},
		KindSecurityGroupRule: {
			settings: func(b *bench, name string) any {
				return SecurityGroupRule{
					Group: b.need(KindSecurityGroup, "a"), Port: 3389, Source: state.Literal(fmt.Sprintf("10.%d.0.0/16", nth(name))),
					Description: "of a contract",
				}
			},
			other: func(b *bench, name string) any {
				return SecurityGroupRule{
					Group: b.need(KindSecurityGroup, "a"), Port: 3389, Source: state.Literal(fmt.Sprintf("10.%d.0.0/16", nth(name))),
					Description: "of another contract",
				}
			},
			parent: KindSecurityGroup, ghost: "sgr-0123456789abcdef0",
			aws: promised(map[contractCase]promise{
				comesUp:        {there, factsState},
				madeTwice:      {"exists: InvalidPermission.Duplicate", factsCodes},
				madeOtherwise:  {"exists: InvalidPermission.Duplicate", factsCodes},
				foundByNatural: {notOurs, factsFind},
				onNothing:      {"not yet: InvalidGroup.NotFound", factsCodes},
				goesDown:       {disappears, factsState},
				deletedTwice:   {"nothing there: InvalidSecurityGroupRuleId.NotFound", factsCodes},
				neverThere:     {"nothing there: InvalidSecurityGroupRuleId.NotFound", factsCodes},
			}),
		},
		KindInstance: {
			settings: func(b *bench, name string) any { return contractInstance(b, name, "t3.micro") },
			other:    func(b *bench, name string) any { return contractInstance(b, name, "t3.medium") },
			parent:   KindSubnet, ghost: "i-0123456789abcdef0",
			aws: promised(map[contractCase]promise{
				comesUp:       {"pending → running", factsState},
				madeTwice:     {theSame, factsToken},
				madeOtherwise: {"refused: IdempotentParameterMismatch", factsToken + " (general knowledge)"},
				onNothing:     {"not yet: InvalidSubnetID.NotFound", factsCodes},
				deletedEarly:  {taken, "aws-facts §2.7"},
				goesDown:      {"shutting-down → terminated", factsState},
				deletedTwice:  {taken, "aws-facts §2.7"},
				neverThere:    {"nothing there: InvalidInstanceID.NotFound", factsCodes},
			}),
		},
		KindTransitGateway: {
			settings: func(*bench, string) any { return TransitGateway{Description: "of a contract"} },
			user:     KindTGWAttachment, ghost: "tgw-0123456789abcdef0",
			aws: promised(map[contractCase]promise{
				comesUp:      {"pending → available", factsState},
				madeTwice:    {secondOne, factsFind},
				onNothing:    none("it is made on nothing"),
				deletedEarly: {"not yet: IncorrectState", inferred},
				deletedInUse: {"not yet: IncorrectState", factsCodes},
				goesDown:     {"deleting → deleted", factsState},
				deletedTwice: {"nothing there: InvalidTransitGatewayID.NotFound", inferred},
				neverThere:   {"nothing there: InvalidTransitGatewayID.NotFound", factsCodes},
			}),
		},
		KindTGWRouteTable: {
			settings: func(b *bench, _ string) any { return TGWRouteTable{Gateway: b.need(KindTransitGateway, "a")} },
			parent:   KindTransitGateway, slow: KindTransitGateway, user: KindTGWAssociation, ghost: "tgw-rtb-0123456789abcdef0",
			aws: promised(map[contractCase]promise{
				comesUp:      {"pending → available", factsState},
				madeTwice:    {secondOne, factsFind},
				onNothing:    {"not yet: InvalidTransitGatewayID.NotFound", factsCodes},
				onUnready:    {"not yet: IncorrectState", factsCodes},
				deletedEarly: {"not yet: IncorrectState", inferred},
				deletedInUse: {"not yet: IncorrectState", factsCodes},
				goesDown:     {"deleting → deleted", factsState},
				deletedTwice: {"nothing there: InvalidRouteTableID.NotFound", inferred},
				neverThere:   {"nothing there: InvalidRouteTableID.NotFound", factsCodes},
			}),
		},
		KindTGWAttachment: {
			settings: func(b *bench, name string) any {
				gateway := "a"
				if len(name) > 1 {
					gateway = name[1:]
				}
				return TGWAttachment{
					Gateway: b.need(KindTransitGateway, gateway), VPC: b.need(KindVPC, name[:1]),
					Subnets: []state.Value{b.need(KindSubnet, name[:1])},
				}
			},
			parent: KindTransitGateway, slow: KindTransitGateway, ghost: "tgw-attach-0123456789abcdef0",
			aws: promised(map[contractCase]promise{
				comesUp:        {"pending → available", factsState},
				madeTwice:      {"exists: DuplicateTransitGatewayAttachment", factsCodes},
				foundByNatural: {notOurs, factsFind},
				onNothing:      {"not yet: InvalidTransitGatewayID.NotFound", factsCodes},
				onUnready:      {"not yet: IncorrectState", "aws-facts §2.20"},
				deletedEarly:   {"not yet: IncorrectState", inferred},
				goesDown:       {"deleting → deleted", factsState},
				deletedTwice:   {"nothing there: InvalidTransitGatewayAttachmentID.NotFound", inferred},
				neverThere:     {"nothing there: InvalidTransitGatewayAttachmentID.NotFound", factsCodes},
			}),
		},
		KindTGWAssociation: {
			settings: func(b *bench, name string) any {
				return TGWAssociation{RouteTable: b.need(KindTGWRouteTable, "a"), Attachment: b.need(KindTGWAttachment, name)}
			},
			other: func(b *bench, name string) any {
				return TGWAssociation{RouteTable: b.need(KindTGWRouteTable, "a2"), Attachment: b.need(KindTGWAttachment, name)}
			},
			parent: KindTGWAttachment, slow: KindTGWAttachment,
			aws: untagged(map[contractCase]promise{
				comesUp:       {"associating → associated", factsState},
				madeTwice:     {"exists: Resource.AlreadyAssociated", factsCodes},
				madeOtherwise: {"exists: Resource.AlreadyAssociated", factsCodes},
				onNothing:     {"not yet: InvalidTransitGatewayAttachmentID.NotFound", factsCodes},
				onUnready:     {"not yet: IncorrectState", factsCodes},
				deletedEarly:  {"not yet: IncorrectState", inferred},
				goesDown:      {"disassociating → absent", factsState},
				deletedTwice:  {"nothing there: InvalidAssociation.NotFound", factsCodes},
				neverThere:    {"nothing there: InvalidAssociation.NotFound", factsCodes},
			}),
		},
		KindTGWPropagation: {
			settings: func(b *bench, name string) any {
				return TGWPropagation{RouteTable: b.need(KindTGWRouteTable, "a"), Attachment: b.need(KindTGWAttachment, name)}
			},
			parent: KindTGWAttachment, slow: KindTGWAttachment,
			aws: untagged(map[contractCase]promise{
				comesUp:      {"enabling → enabled", factsState},
				madeTwice:    {"exists: TransitGatewayRouteTablePropagation.Duplicate", factsCodes},
				onNothing:    {"not yet: InvalidTransitGatewayAttachmentID.NotFound", factsCodes},
				onUnready:    {"not yet: IncorrectState", factsCodes},
				deletedEarly: {"not yet: IncorrectState", inferred},
				goesDown:     {"disabling → absent", factsState},
				deletedTwice: {"nothing there: TransitGatewayRouteTablePropagation.NotFound", factsCodes},
				neverThere:   {"nothing there: TransitGatewayRouteTablePropagation.NotFound", factsCodes},
			}),
		},
		KindRoute: {
			settings: func(b *bench, name string) any { return contractRoute(b, name, "a") },
			other:    func(b *bench, name string) any { return contractRoute(b, name, "b") },
			parent:   KindTransitGateway, slow: KindTGWAttachment,
			aws: untagged(map[contractCase]promise{
				comesUp:       {"active", factsState},
				madeTwice:     {theSame, "aws-facts §2.4"},
				madeOtherwise: {"exists: RouteAlreadyExists", "aws-facts §2.4"},
				onNothing:     {"not yet: InvalidTransitGatewayID.NotFound", factsCodes},
				onUnready:     {"not yet: InvalidTransitGatewayID.NotFound", "aws-facts §2.4"},
				goesDown:      {disappears, factsState},
				deletedTwice:  {"nothing there: InvalidRoute.NotFound", factsCodes},
				neverThere:    {"nothing there: InvalidRoute.NotFound", factsCodes},
			}),
		},
		KindInternetGateway: {
			settings: func(b *bench, name string) any { return InternetGateway{VPC: b.need(KindVPC, name[:1])} },
			user:     KindInternetGatewayAttachment, ghost: "igw-0123456789abcdef0",
			aws: promised(map[contractCase]promise{
				comesUp:        {there, factsState},
				madeTwice:      {secondOne, factsFind},
				foundByNatural: none("attached to nothing it has none; then it is the VPC's"),
				onNothing:      none("it is made on nothing"),
				deletedInUse:   {"not yet: DependencyViolation", factsCodes + " (general knowledge)"},
				goesDown:       {disappears, factsState},
				deletedTwice:   {"nothing there: InvalidInternetGatewayID.NotFound", factsCodes},
				neverThere:     {"nothing there: InvalidInternetGatewayID.NotFound", factsCodes},
			}),
		},
		KindInternetGatewayAttachment: {
			settings: func(b *bench, name string) any {
				return InternetGatewayAttachment{Gateway: b.need(KindInternetGateway, name), VPC: b.need(KindVPC, name)}
			},
			other: func(b *bench, name string) any {
				return InternetGatewayAttachment{Gateway: b.need(KindInternetGateway, name+"2"), VPC: b.need(KindVPC, name)}
			},
			parent: KindInternetGateway, user: KindInstance, ghost: "igw-0123456789abcdef0|vpc-0123456789abcdef0",
			aws: untagged(map[contractCase]promise{
				comesUp:       {"available", factsState},
				madeTwice:     {"exists: Resource.AlreadyAssociated", factsCodes},
				madeOtherwise: {"refused: InvalidParameterValue", factsCodes + " (general knowledge)"},
				onNothing:     {"not yet: InvalidInternetGatewayID.NotFound", factsCodes},
				deletedInUse:  {"not yet: DependencyViolation", factsCodes},
				goesDown:      {"detaching → absent", "inferred from aws-facts §1.2"},
				deletedTwice:  {"nothing there: Gateway.NotAttached", factsCodes},
				neverThere:    {"nothing there: InvalidInternetGatewayID.NotFound", factsCodes},
			}),
		},
		KindVPCPeering: {
			settings: func(b *bench, name string) any { // all with the same VPC
				return VPCPeering{Requester: b.need(KindVPC, name), Accepter: b.need(KindVPC, "g")}
			},
			other: func(b *bench, name string) any { // the other way round
				return VPCPeering{Requester: b.need(KindVPC, "g"), Accepter: b.need(KindVPC, name)}
			},
			parent: KindVPC, ghost: "pcx-0123456789abcdef0",
			aws: promised(map[contractCase]promise{
				comesUp:        {"initiating-request → pending-acceptance", factsState},
				madeTwice:      {"exists: VpcPeeringConnectionAlreadyExists", factsCodes},
				madeOtherwise:  {"exists: VpcPeeringConnectionAlreadyExists", inferred},
				foundByNatural: {notOurs, factsFind},
				onNothing:      {"not yet: InvalidVpcID.NotFound", factsCodes},
				deletedInUse:   none("a route does not hold it, and turns into a blackhole"),
				goesDown:       {"deleting → deleted", factsState},
				deletedTwice:   {"nothing there: InvalidVpcPeeringConnectionID.NotFound", inferred},
				neverThere:     {"nothing there: InvalidVpcPeeringConnectionID.NotFound", factsCodes},
			}),
		},
		KindVPCPeeringAccept: {
			settings: func(b *bench, name string) any { return VPCPeeringAccept{Peering: b.need(KindVPCPeering, name)} },
			parent:   KindVPCPeering,
			aws: linked("the peering", map[contractCase]promise{
				comesUp:   {"provisioning → active", factsState},
				madeTwice: {"exists: InvalidStateTransition", factsCodes},
				onNothing: {"not yet: InvalidVpcPeeringConnectionID.NotFound", factsCodes},
				onUnready: none("a request that is shown can mostly be accepted"),
			}),
		},
		KindVPCPeeringDNS: {
			settings: func(b *bench, name string) any {
				set := VPCPeeringDNS{Peering: b.need(KindVPCPeering, name)}
				if b.missing == "" {
					b.need(KindVPCPeeringAccept, name)
				}
				return set
			},
			parent: KindVPCPeering, slow: KindVPCPeeringAccept,
			aws: linked("the peering", map[contractCase]promise{
				comesUp:   {there, factsFind},
				madeTwice: {theSame, factsFind},
				onNothing: {"not yet: InvalidVpcPeeringConnectionID.NotFound", factsCodes},
				onUnready: {"not yet: OperationNotPermitted", "hashicorp/terraform-provider-aws#12113"},
			}),
		},
		KindVPCDNSHostnames: {
			settings: func(b *bench, name string) any { return VPCDNSHostnames{VPC: b.need(KindVPC, name)} },
			parent:   KindVPC,
			aws: linked("the VPC", map[contractCase]promise{
				comesUp:   {there, "aws-facts §2.1"},
				madeTwice: {theSame, "aws-facts §2.1"},
				morePages: none("one call tells of one VPC"),
				onNothing: {"not yet: InvalidVpcID.NotFound", factsCodes},
			}),
		},
	})
	return all
}

func contractInstance(b *bench, name, size string) Instance {
	b.Helper()
	set := Instance{
		Subnet: b.need(KindSubnet, name), Group: b.need(KindSecurityGroup, name), PrivateIP: fmt.Sprintf("10.%d.0.10", nth(name)),
		Image: linux, Type: size,
	}
	if b.word == KindInternetGatewayAttachment { // which a public address holds
		b.need(b.word, name)
		set.PublicIP = true
	}
	return set
}

// contractRoute is a route through the gateway of that name; the attachment that carries it is made first.
func contractRoute(b *bench, name, gateway string) Route {
	b.Helper()
	attachment := name
	if gateway != "a" {
		attachment += gateway
	}
	set := Route{
		RouteTable: b.need(KindRouteTable, name), Destination: state.Literal("10.200.0.0/16"), Target: b.need(KindTransitGateway, gateway),
	}
	if b.missing == "" {
		b.need(KindTGWAttachment, attachment)
	}
	return set
}
