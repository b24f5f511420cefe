package steps

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"vpclink/state"
)

// What each kind asks AWS, whose account is empty: by filters that AWS documents for it (aws-facts §1.1), since an
// unknown one is an error, and once, however many records there are.
func TestQuestions(t *testing.T) {
	const many, few = 450, 2
	byLineage := "tag:vpclink:lineage=" + lineage
	chunks := func(name string) []string {
		return []string{name + "=" + strings.Repeat("*", 200), name + "=" + strings.Repeat("*", 200), name + "=" + strings.Repeat("*", 50)}
	}
	n := func(prefix string, i int) state.Value { return state.Literal(fmt.Sprintf("%s-%03d", prefix, i)) }
	for _, test := range []struct {
		kind   string
		set    func(i int) any
		asked  func(*account) []string
		byKey  []string // the journal has no ID of any
		byID   []string // it has the IDs of all
		byMany []string // it has the IDs of 450
	}{
		{
			kind: KindVPC, set: func(int) any { return VPC{} }, asked: func(a *account) []string { return a.vpcs.asked },
			byKey: []string{byLineage}, byID: []string{"vpc-id=id-000,id-001"}, byMany: chunks("vpc-id"),
		},
		{
			kind: KindSubnet, set: func(i int) any { return Subnet{VPC: n("vpc", i)} }, asked: func(a *account) []string { return a.subnets.asked },
			byKey: []string{byLineage}, byID: []string{"subnet-id=id-000,id-001"}, byMany: chunks("subnet-id"),
		},
		{
			kind: KindRouteTable, set: func(i int) any { return RouteTable{VPC: n("vpc", i)} }, asked: func(a *account) []string { return a.tables.asked },
			byKey: []string{byLineage}, byID: []string{"route-table-id=id-000,id-001"}, byMany: chunks("route-table-id"),
		},
		{
			kind: KindSecurityGroup, set: func(i int) any { return SecurityGroup{VPC: n("vpc", i)} }, asked: func(a *account) []string { return a.groups.asked },
			byKey: []string{byLineage}, byID: []string{"group-id=id-000,id-001"}, byMany: chunks("group-id"),
		},
		{
			kind: KindInstance, set: func(i int) any { return Instance{Subnet: n("subnet", i)} }, asked: func(a *account) []string { return a.instances.asked },
			byKey: []string{byLineage}, byID: []string{"instance-id=id-000,id-001"}, byMany: chunks("instance-id"),
		},
		{ // a subnet that is on the main table is not found, which is right: nothing is associated
			kind: KindRouteTableAssociation, set: func(i int) any { return RouteTableAssociation{Subnet: n("subnet", i)} },
			asked: func(a *account) []string { return a.tables.asked },
			byKey: []string{"association.subnet-id=subnet-000,subnet-001"}, byID: []string{"association.subnet-id=subnet-000,subnet-001"},
			byMany: chunks("association.subnet-id"),
		},
		{
			kind: KindSecurityGroupRule, set: func(i int) any { return SecurityGroupRule{Group: n("sg", i)} },
			asked: func(a *account) []string { return a.rules.asked },
			byKey: []string{"group-id=sg-000,sg-001"}, byID: []string{"group-id=sg-000,sg-001"}, byMany: chunks("group-id"),
		},
		{
			kind: KindRoute, set: func(i int) any { return Route{RouteTable: n("rtb", i)} },
			asked: func(a *account) []string { return a.tables.asked },
			byKey: []string{"route-table-id=rtb-000,rtb-001"}, byID: []string{"route-table-id=rtb-000,rtb-001"}, byMany: chunks("route-table-id"),
		},
		{ // the tag filter is documented under a doubtful name
			kind: KindTransitGateway, set: func(int) any { return TransitGateway{} }, asked: func(a *account) []string { return a.gateways.asked },
			byKey: []string{"everything"}, byID: []string{"everything"}, byMany: []string{"everything"},
		},
		{ // no tag filter is documented
			kind: KindTGWRouteTable, set: func(int) any { return TGWRouteTable{Gateway: n("tgw", 1)} },
			asked: func(a *account) []string { return a.tgwTables.asked },
			byKey: []string{"transit-gateway-id=tgw-001"}, byID: []string{"transit-gateway-id=tgw-001"}, byMany: []string{"transit-gateway-id=tgw-001"},
		},
		{
			kind: KindTGWAttachment, set: func(i int) any { return TGWAttachment{Gateway: n("tgw", 1), VPC: n("vpc", i)} },
			asked: func(a *account) []string { return a.attachments.asked },
			byKey: []string{"transit-gateway-id=tgw-001"}, byID: []string{"transit-gateway-id=tgw-001"}, byMany: []string{"transit-gateway-id=tgw-001"},
		},
		{
			kind: KindTGWAssociation, set: func(i int) any { return TGWAssociation{RouteTable: n("tgw-rtb", 1), Attachment: n("tgw-attach", i)} },
			asked: func(a *account) []string { return a.associations["tgw-rtb-001"].asked },
			byKey: []string{"everything"}, byID: []string{"everything"}, byMany: []string{"everything"},
		},
		{
			kind: KindTGWPropagation, set: func(i int) any { return TGWPropagation{RouteTable: n("tgw-rtb", 1), Attachment: n("tgw-attach", i)} },
			asked: func(a *account) []string { return a.propagations["tgw-rtb-001"].asked },
			byKey: []string{"everything"}, byID: []string{"everything"}, byMany: []string{"everything"},
		},
		{ // what is not found by its tags or ID may be a stranger's, attached to the VPC
			kind: KindInternetGateway, set: func(i int) any { return InternetGateway{VPC: n("vpc", i)} },
			asked:  func(a *account) []string { return a.internet.asked },
			byKey:  []string{byLineage, "attachment.vpc-id=vpc-000,vpc-001"},
			byID:   []string{"internet-gateway-id=id-000,id-001", "attachment.vpc-id=vpc-000,vpc-001"},
			byMany: append(chunks("internet-gateway-id"), chunks("attachment.vpc-id")...),
		},
		{
			kind: KindInternetGatewayAttachment, set: func(i int) any { return InternetGatewayAttachment{Gateway: n("igw", i), VPC: n("vpc", i)} },
			asked: func(a *account) []string { return a.internet.asked },
			byKey: []string{"internet-gateway-id=igw-000,igw-001"}, byID: []string{"internet-gateway-id=igw-000,igw-001"},
			byMany: chunks("internet-gateway-id"),
		},
		{ // what is not found may have been requested the other way round
			kind: KindVPCPeering, set: func(i int) any { return VPCPeering{Requester: n("vpc", i), Accepter: n("vpc", i+1)} },
			asked:  func(a *account) []string { return a.peerings.asked },
			byKey:  []string{"requester-vpc-info.vpc-id=vpc-000,vpc-001", "accepter-vpc-info.vpc-id=vpc-000,vpc-001"},
			byID:   []string{"requester-vpc-info.vpc-id=vpc-000,vpc-001", "accepter-vpc-info.vpc-id=vpc-000,vpc-001"},
			byMany: append(chunks("requester-vpc-info.vpc-id"), chunks("accepter-vpc-info.vpc-id")...),
		},
		{
			kind: KindVPCPeeringAccept, set: func(i int) any { return VPCPeeringAccept{Peering: n("pcx", i)} },
			asked: func(a *account) []string { return a.peerings.asked },
			byKey: []string{"vpc-peering-connection-id=pcx-000,pcx-001"}, byID: []string{"vpc-peering-connection-id=pcx-000,pcx-001"},
			byMany: chunks("vpc-peering-connection-id"),
		},
		{
			kind: KindVPCPeeringDNS, set: func(i int) any { return VPCPeeringDNS{Peering: n("pcx", i)} },
			asked: func(a *account) []string { return a.peerings.asked },
			byKey: []string{"vpc-peering-connection-id=pcx-000,pcx-001"}, byID: []string{"vpc-peering-connection-id=pcx-000,pcx-001"},
			byMany: chunks("vpc-peering-connection-id"),
		},
	} {
		t.Run(test.kind, func(t *testing.T) {
			ask := func(count int, known bool) []string {
				empty := &account{
					associations: map[string]*list[types.TransitGatewayRouteTableAssociation]{"tgw-rtb-001": {}},
					propagations: map[string]*list[types.TransitGatewayRouteTablePropagation]{"tgw-rtb-001": {}},
				}
				var recs []state.Record
				for i := range count {
					id := ""
					if known {
						id = fmt.Sprintf("id-%03d", i)
					}
					recs = append(recs, record(t, state.NewKey("0", test.kind, fmt.Sprint(i)), id, test.set(i)))
				}
				if got := seen(t, test.kind, empty, recs...); got != nil {
					t.Errorf("want nothing found in an empty account, got %+v", got)
				}
				return test.asked(empty)
			}
			same(t, "the question for records without IDs", test.byKey, ask(few, false))
			same(t, "the question for records with IDs", test.byID, ask(few, true))
			same(t, "questions of no more than 200 values", test.byMany, ask(many, true))
		})
	}
}

func TestNoRecordsNoQuestion(t *testing.T) {
	for word := range Kinds() {
		if got := seen(t, word, nil); got != nil { // any call would panic
			t.Errorf("want nothing of no %s, got %+v", word, got)
		}
	}
}

// Some IDs are known, and of those one does not carry its tags any more.
func TestLookupByLineageAndThenByID(t *testing.T) {
	aws := &account{}
	aws.vpcs.things = []types.Vpc{{VpcId: new("vpc-a"), Tags: ours("0/vpc/a")}, {VpcId: new("vpc-b"), Tags: ours("0/vpc/b")}}
	a, b := record(t, "0/vpc/a", "", VPC{}), record(t, "0/vpc/b", "vpc-b", VPC{})
	bare := record(t, "0/vpc/c", "vpc-c", VPC{})
	seen(t, KindVPC, aws, a, b, bare)
	same(t, "the lineage, and then the one ID that did not show", []string{"tag:vpclink:lineage=" + lineage, "vpc-id=vpc-c"}, aws.vpcs.asked)
}

// A thing that was discovered by its tags has a record without settings. Its parent is not known, so all is looked at.
func TestWithoutAParentEverythingIsLookedAt(t *testing.T) {
	aws := &account{}
	aws.attachments.things = []types.TransitGatewayVpcAttachment{
		{TransitGatewayAttachmentId: new("tgw-attach-a"), TransitGatewayId: new("tgw-1"), State: "available", Tags: ours(attachmentA)},
		{TransitGatewayAttachmentId: new("tgw-attach-b"), TransitGatewayId: new("tgw-2"), State: "available"},
	}
	stray := state.Record{Key: "1.4.3/tgw-attachment/b", ID: "tgw-attach-b", Owned: true}
	got := seen(t, KindTGWAttachment, aws, record(t, attachmentA, "", inTwoZones()), stray)
	same(t, "one question", []string{"everything"}, aws.attachments.asked)
	found := slices.ContainsFunc(got, func(o Observation) bool { return o.ID == "tgw-attach-b" && o.Ours })
	if len(got) != 2 || !found {
		t.Errorf("want both attachments seen, the one of an unknown gateway by its ID; got %+v", got)
	}
}

func TestALookThatFails(t *testing.T) {
	no := refused("DescribeVpcs", "UnauthorizedOperation")
	aws := &account{}
	aws.vpcs.err = no
	for _, id := range []string{"", "vpc-a"} {
		if _, err := Kinds()[KindVPC].Observe(t.Context(), here(aws), []state.Record{record(t, "0/vpc/a", id, VPC{})}); !errors.Is(err, no) {
			t.Errorf("want AWS's answer to a look for %q handed on, got %v", id, err)
		}
	}
}

// Rules of two groups in turn are one question about two groups.
func TestParentsAreAskedOnce(t *testing.T) {
	aws := &account{}
	var recs []state.Record
	for i, group := range []string{"sg-b", "sg-a", "sg-b", "sg-a"} {
		recs = append(recs, record(t, state.NewKey("0", KindSecurityGroupRule, strings.Repeat("r", i+1)), "", SecurityGroupRule{Group: state.Literal(group)}))
	}
	seen(t, KindSecurityGroupRule, aws, recs...)
	same(t, "each group once", []string{"group-id=sg-a,sg-b"}, aws.rules.asked)
}
