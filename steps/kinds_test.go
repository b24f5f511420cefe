package steps

import (
	"maps"
	"slices"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"vpclink/state"
	"vpclink/waiters"
)

// The words of kinds are in keys and tags, those of Out in journals, and scripts read both: they are for life.
func TestWords(t *testing.T) {
	same(t, "the kinds' words", []string{
		"instance", "route", "route-table", "route-table-association", "security-group", "security-group-rule", "subnet",
		"tgw-association", "tgw-attachment", "tgw-propagation", "tgw-route-table", "transit-gateway", "vpc",
	}, slices.Sorted(maps.Keys(Kinds())))
	same(t, "the names in Out", []string{"cidr", "az_id", "private_ip"}, []string{OutCIDR, OutAZID, OutPrivateIP})
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
	same(t, "the kinds that are never replaced", []string{"instance", "subnet", "tgw-attachment", "transit-gateway", "vpc"},
		slices.Sorted(slices.Values(fixed)))
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
	}
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
		// AWS keeps no state of these: what is seen is ready.
		KindRouteTable: nil, KindSecurityGroup: nil, KindSecurityGroupRule: nil,
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
	roundTrip(t, KindTransitGateway, TransitGateway{Description: "d", DefaultAssociation: true},
		`{"description":"d","default_association":true,"default_propagation":false}`)
	roundTrip(t, KindTGWRouteTable, TGWRouteTable{Gateway: v("tgw-1")}, `{"gateway":"tgw-1"}`)
	roundTrip(t, KindTGWAttachment, inTwoZones(), `{"gateway":"tgw-1","vpc":"vpc-a","subnets":["subnet-2","subnet-1"]}`)
	roundTrip(t, KindTGWAssociation, associated(), `{"route_table":"tgw-rtb-1","attachment":"tgw-attach-a"}`)
	roundTrip(t, KindTGWPropagation, propagated(), `{"route_table":"tgw-rtb-1","attachment":"tgw-attach-a"}`)
	roundTrip(t, KindRoute, toB("tgw-1"), `{"route_table":"rtb-a","destination":"10.1.0.0/16","target":"tgw-1"}`)
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
	got, err := read[S](state.Record{Settings: settings})
	if err != nil {
		t.Fatal(err)
	}
	same(t, "the settings of "+kind+" read again", set, got.set)
}
