package steps

import (
	"maps"
	"slices"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	elbtypes "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2/types"

	"vpclink/state"
	"vpclink/waiters"
)

// The words of kinds are in keys and tags, those of Out in journals, and scripts read both: they are for life.
func TestWords(t *testing.T) {
	same(t, "the kinds' words", []string{
		"elastic-ip", "elastic-ip-association", "endpoint-accept", "endpoint-service", "instance", "interface-group", "internet-gateway", "internet-gateway-attachment", "listener", "nlb",
		"nlb-cross-zone", "route", "route-table", "route-table-association", "security-group", "security-group-rule", "subnet",
		"target", "target-group", "target-health", "tgw-association", "tgw-attachment", "tgw-propagation", "tgw-route-table",
		"transit-gateway", "vpc", "vpc-dns-hostnames", "vpc-endpoint", "vpc-peering", "vpc-peering-accept", "vpc-peering-dns",
	}, slices.Sorted(maps.Keys(Kinds())))
	same(t, "the names in Out", []string{
		"cidr", "more_cidrs", "az_id", "private_ip", "public_ip", "public_cidr", "service_name", "dns_name", "dns_names", "addresses",
	}, []string{
		OutCIDR, OutMoreCIDRs, OutAZID, OutPrivateIP, OutPublicIP, OutPublicCIDR, OutServiceName, OutDNSName, OutDNSNames, OutAddresses,
	})
	same(t, "the names of the tags", []string{
		"vpclink:stack", "vpclink:lineage", "vpclink:pattern", "vpclink:key", "vpclink:token", "Name",
	}, []string{TagStack, TagLineage, TagPattern, TagKey, TagToken, TagName})
}

// Of these a difference is refused, since others depend on them or people work in them; of all others it is made good.
func TestFixedKinds(t *testing.T) {
	var fixed []string
	for word, kind := range Kinds() {
		if f, is := kind.(Fixed); is {
			f.Fixed()
			fixed = append(fixed, word)
		}
	}
	same(t, "the kinds that are never replaced",
		[]string{"instance", "nlb", "subnet", "tgw-attachment", "transit-gateway", "vpc", "vpc-endpoint"}, slices.Sorted(slices.Values(fixed)))
}

// Of these nothing is taken back on the way down: they go with what they are of.
func TestKindsWithoutAnInverse(t *testing.T) {
	var acts []string
	for word, kind := range Kinds() {
		if kind.Life().NoUndo {
			acts = append(acts, word)
		}
	}
	same(t, "the kinds that have no inverse", []string{
		"endpoint-accept", "nlb-cross-zone", "target-health", "vpc-dns-hostnames", "vpc-peering-accept", "vpc-peering-dns",
	}, slices.Sorted(slices.Values(acts)))
}

func TestEveryKindHasALife(t *testing.T) {
	for word, kind := range Kinds() {
		life := kind.Life()
		if life.Typical <= 0 || life.Timeout <= life.Typical {
			t.Errorf("%s: want it to take some time and to be given more, got %v of %v", word, life.Typical, life.Timeout)
		}
		if !life.Exists && len(life.Ready) == 0 {
			t.Errorf("%s: want a way to tell that it is ready", word)
		}
	}
}

// Every state the SDK knows means something, so that none ends a wait as unexpected. What it means is said once more
// here: a word in the wrong list would make, keep or delete the wrong thing (aws-facts §1.2).
func TestEveryStateOfAWSMeansSomething(t *testing.T) {
	const making, ready, leaving, gone, failed, stopped, dead = waiters.StageMaking, waiters.StageReady, waiters.StageLeaving,
		waiters.StageGone, waiters.StageFailed, waiters.StageStopped, waiters.StageDead
	stages := map[string]map[string]waiters.Stage{
		KindVPC: {"pending": making, "available": ready, "deleting": leaving},
		KindSubnet: {
			"pending": making, "available": ready, "unavailable": failed, "failed": failed, "failed-insufficient-capacity": failed,
		},
		KindRouteTableAssociation: {
			"associating": making, "associated": ready, "disassociating": leaving, "disassociated": gone, "failed": failed,
		},
		KindRoute: {"active": ready, "blackhole": failed, "filtered": failed},
		KindInstance: {
			"pending": making, "running": ready, "shutting-down": leaving, "terminated": gone, "stopping": stopped, "stopped": stopped,
		},
		KindTransitGateway: {"pending": making, "available": ready, "modifying": making, "deleting": leaving, "deleted": gone},
		KindTGWRouteTable:  {"pending": making, "available": ready, "deleting": leaving, "deleted": gone},
		KindTGWAttachment: {
			"initiating": making, "initiatingRequest": making, "pendingAcceptance": making, "pending": making, "modifying": making,
			"available": ready, "rollingBack": leaving, "deleting": leaving, "rejecting": leaving, "failing": leaving,
			"deleted": gone, "failed": failed, "rejected": dead,
		},
		KindTGWAssociation: {"associating": making, "associated": ready, "disassociating": leaving, "disassociated": gone},
		KindTGWPropagation: {"enabling": making, "enabled": ready, "disabling": leaving, "disabled": gone},
		KindInternetGatewayAttachment: {
			"attaching": making, "attached": ready, "available": ready, "detaching": leaving, "detached": gone,
		},
		KindVPCPeering: {
			"initiating-request": making, "pending-acceptance": ready, "provisioning": ready, "active": ready, "deleting": leaving,
			"deleted": gone, "failed": dead, "rejected": dead, "expired": dead,
		},
		KindVPCPeeringAccept: {
			"initiating-request": making, "pending-acceptance": making, "provisioning": making, "active": ready, "deleting": leaving,
			"deleted": gone, "failed": dead, "rejected": dead, "expired": dead,
		},
		KindTarget: {
			"unused": ready, "initial": ready, "healthy": ready, "unhealthy": ready, "unavailable": ready,
			"draining": gone, "unhealthy.draining": gone,
		},
		KindTargetHealth: {
			"unused": making, "initial": making, "unhealthy": making, "unavailable": making, "healthy": ready,
			"draining": gone, "unhealthy.draining": gone,
		},
		KindNLB:             {"provisioning": making, "active": ready, "active_impaired": ready, "failed": failed, draining: leaving},
		KindEndpointService: {"Pending": making, "Available": ready, "Deleting": leaving, "Deleted": gone, "Failed": failed},
		KindVPCEndpoint: {
			"Pending": making, "Partial": making, "PendingAcceptance": ready, "Available": ready, "Deleting": leaving, draining: leaving,
			"Deleted": gone, "Rejected": failed, "Failed": failed, "Expired": failed,
		},
		KindEndpointAccept: {
			"Pending": making, "Partial": making, "Available": ready, "Deleting": leaving, "Deleted": gone,
			"Rejected": dead, "Failed": dead, "Expired": dead,
		},
	}
	endpoint, peering := states(types.State("").Values()), states(types.VpcPeeringConnectionStateReasonCode("").Values())
	health := states(elbtypes.TargetHealthStateEnum("").Values())
	words := map[string][]string{
		KindVPC:                   states(types.VpcState("").Values()),
		KindSubnet:                states(types.SubnetState("").Values()),
		KindRouteTableAssociation: states(types.RouteTableAssociationStateCode("").Values()),
		KindRoute:                 states(types.RouteState("").Values()),
		KindInstance:              states(types.InstanceStateName("").Values()),
		KindTransitGateway:        states(types.TransitGatewayState("").Values()),
		KindTGWRouteTable:         states(types.TransitGatewayRouteTableState("").Values()),
		KindTGWAttachment:         states(types.TransitGatewayAttachmentState("").Values()),
		KindTGWAssociation:        states(types.TransitGatewayAssociationState("").Values()),
		KindTGWPropagation:        states(types.TransitGatewayPropagationState("").Values()),
		KindVPCPeering:            peering,
		KindVPCPeeringAccept:      peering,
		KindTarget:                health,
		KindTargetHealth:          health,
		KindEndpointService:       states(types.ServiceState("").Values()),
		// A live attachment is "available", which the SDK does not have (aws-facts §1.2).
		KindInternetGatewayAttachment: append(states(types.AttachmentStatus("").Values()), "available"),
		// With our own word for what is gone but for its interfaces.
		KindNLB:         append(states(elbtypes.LoadBalancerStateEnum("").Values()), draining),
		KindVPCEndpoint: append(slices.Clone(endpoint), draining),
		// A look leaves out what waits to be accepted, and the call answers with no state.
		KindEndpointAccept: slices.DeleteFunc(slices.Clone(endpoint), func(s string) bool { return s == "PendingAcceptance" }),
		// AWS keeps no state of these: what is seen is ready.
		KindRouteTable: nil, KindSecurityGroup: nil, KindSecurityGroupRule: nil, KindInternetGateway: nil, KindVPCPeeringDNS: nil,
		KindVPCDNSHostnames: nil, KindTargetGroup: nil, KindNLBCrossZone: nil, KindListener: nil,
		KindElasticIP: nil, KindElasticIPAssociation: nil, KindInterfaceGroup: nil,
	}
	for word, kind := range Kinds() {
		known, listed := words[word]
		if !listed {
			t.Errorf("%s: want its states listed here", word)
		}
		same(t, "a meaning for each state of "+word, slices.Sorted(maps.Keys(stages[word])), slices.Sorted(slices.Values(known)))
		for _, s := range known {
			if got := kind.Life().Stage(s); got != stages[word][s] {
				t.Errorf("%s: want %q to be stage %d, got %d", word, s, stages[word][s], got)
			}
		}
		// Of an association some servers leave the state out; of anything else that would be an answer nobody knows.
		stateless := known == nil || word == KindRouteTableAssociation
		if ready := kind.Life().Stage("") == waiters.StageReady; ready != stateless {
			t.Errorf("%s: want it ready without a state: %t, got %t", word, stateless, ready)
		}
	}
}

// states are the words of one of the SDK's enumerations.
func states[T ~string](words []T) []string {
	list := make([]string, 0, len(words))
	for _, w := range words {
		list = append(list, string(w))
	}
	return list
}

// Settings go through the journal and come back as they were; their references are found on the way.
func TestSettingsRoundTrip(t *testing.T) {
	v := func(s string) state.Value { return state.Literal(s) }
	roundTrip(t, KindVPC, VPC{CIDR: "10.0.0.0/16"}, `{"cidr":"10.0.0.0/16"}`)
	roundTrip(t, KindSubnet, Subnet{VPC: v("vpc-a"), CIDR: "10.0.0.0/24", AZID: "apne1-az1"},
		`{"vpc":"vpc-a","cidr":"10.0.0.0/24","az_id":"apne1-az1"}`)
	roundTrip(t, KindRouteTable, RouteTable{VPC: v("vpc-a")}, `{"vpc":"vpc-a"}`)
	roundTrip(t, KindRouteTableAssociation, association("rtb-a", "subnet-a"), `{"route_table":"rtb-a","subnet":"subnet-a"}`)
	roundTrip(t, KindSecurityGroup, SecurityGroup{VPC: v("vpc-a"), Description: "d"}, `{"vpc":"vpc-a","description":"d"}`)
	roundTrip(t, KindSecurityGroupRule, fromA(), `{"group":"sg-b","port":3389,"source":"10.0.0.0/16","description":"from a"}`)
	roundTrip(t, KindInstance,
		Instance{Subnet: v("subnet-a"), Group: v("sg-a"), PrivateIP: "10.0.0.10", Image: "ami-1", Type: "t3.micro", KeyName: "k", UserData: "u"},
		`{"subnet":"subnet-a","group":"sg-a","private_ip":"10.0.0.10","image":"ami-1","type":"t3.micro","key_name":"k","user_data":"u"}`)
	roundTrip(t, KindInstance,
		Instance{Subnet: v("subnet-a"), Group: v("sg-a"), PrivateIP: "10.0.0.10", PublicIP: true, Image: "ami-1", Type: "t3.micro"},
		`{"subnet":"subnet-a","group":"sg-a","private_ip":"10.0.0.10","public_ip":true,"image":"ami-1","type":"t3.micro"}`)
	roundTrip(t, KindTransitGateway, TransitGateway{Description: "d", DefaultAssociation: true},
		`{"description":"d","default_association":true,"default_propagation":false}`)
	roundTrip(t, KindTGWRouteTable, TGWRouteTable{Gateway: v("tgw-1")}, `{"gateway":"tgw-1"}`)
	roundTrip(t, KindTGWAttachment, inTwoZones(), `{"gateway":"tgw-1","vpc":"vpc-a","subnets":["subnet-2","subnet-1"]}`)
	roundTrip(t, KindTGWAssociation, associated(), `{"route_table":"tgw-rtb-1","attachment":"tgw-attach-a"}`)
	roundTrip(t, KindTGWPropagation, propagated(), `{"route_table":"tgw-rtb-1","attachment":"tgw-attach-a"}`)
	roundTrip(t, KindRoute, toB("tgw-1"), `{"route_table":"rtb-a","destination":"10.1.0.0/16","target":"tgw-1"}`)
	roundTrip(t, KindInternetGateway, forA(), `{"vpc":"vpc-a"}`)
	roundTrip(t, KindInternetGatewayAttachment, toInternet(), `{"gateway":"igw-a","vpc":"vpc-a"}`)
	roundTrip(t, KindVPCPeering, aWithB(), `{"requester":"vpc-a","accepter":"vpc-b"}`)
	roundTrip(t, KindVPCPeeringAccept, ofPeering(), `{"peering":"pcx-1"}`)
	roundTrip(t, KindVPCPeeringDNS, overPeering(), `{"peering":"pcx-1"}`)
	roundTrip(t, KindVPCDNSHostnames, inVPCa(), `{"vpc":"vpc-a"}`)
	roundTrip(t, KindTargetGroup, TargetGroup{VPC: v("vpc-a"), Port: 3389}, `{"vpc":"vpc-a","port":3389}`)
	roundTrip(t, KindTarget, Target{TargetGroup: v("arn:tg"), Instance: v("i-a"), Port: 3389}, `{"target_group":"arn:tg","instance":"i-a","port":3389}`)
	roundTrip(t, KindTargetHealth, TargetHealth{TargetGroup: v("arn:tg"), Instance: v("i-a"), Port: 3389}, `{"target_group":"arn:tg","instance":"i-a","port":3389}`)
	roundTrip(t, KindNLB, NLB{Subnets: []state.Value{v("subnet-a")}, Group: v("sg-a")}, `{"subnets":["subnet-a"],"group":"sg-a"}`)
	roundTrip(t, KindNLBCrossZone, NLBCrossZone{NLB: v("arn:nlb")}, `{"nlb":"arn:nlb"}`)
	roundTrip(t, KindListener, Listener{NLB: v("arn:nlb"), TargetGroup: v("arn:tg"), Port: 3389}, `{"nlb":"arn:nlb","target_group":"arn:tg","port":3389}`)
	roundTrip(t, KindEndpointService, EndpointService{NLB: v("arn:nlb")}, `{"nlb":"arn:nlb"}`)
	roundTrip(t, KindVPCEndpoint,
		VPCEndpoint{VPC: v("vpc-a"), ServiceName: v("com.amazonaws.vpce.x"), Subnets: []state.Value{v("subnet-a")}, Group: v("sg-a")},
		`{"vpc":"vpc-a","service_name":"com.amazonaws.vpce.x","subnets":["subnet-a"],"group":"sg-a"}`)
	roundTrip(t, KindEndpointAccept, EndpointAccept{Service: v("vpce-svc-1"), Endpoint: v("vpce-1"), VPC: v("vpc-a")},
		`{"service":"vpce-svc-1","endpoint":"vpce-1","vpc":"vpc-a"}`)
	ref := state.Value{Ref: state.Ref{Key: "1.4.1/transit-gateway/tgw"}}
	roundTrip(t, KindTGWRouteTable, TGWRouteTable{Gateway: ref}, `{"gateway":{"ref":"1.4.1/transit-gateway/tgw"}}`)
}

// The JSON is in journals that later versions read: its names are for life.
func roundTrip[S any](t *testing.T, kind string, set S, written string) {
	t.Helper()
	settings, err := state.NewSettings(set)
	if err != nil {
		t.Fatal(err)
	}
	same(t, "the settings of "+kind+" written", written, string(settings))
	var got want[S]
	if err := read(state.Record{Settings: settings}, &got.Record, &got.set); err != nil {
		t.Fatal(err)
	}
	same(t, "the settings of "+kind+" read again", set, got.set)
}
