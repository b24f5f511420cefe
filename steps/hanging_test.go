package steps

import (
	"errors"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"vpclink/cloud"
	"vpclink/state"
	"vpclink/waiters"
	"vpclink/words"
)

// AWS refuses to delete a thing of ours because something hangs on it, and does not say what.
func TestHanging(t *testing.T) {
	const x, a = state.Key("0/subnet/a"), "vpc-a"
	var (
		instance = types.NetworkInterface{NetworkInterfaceId: new("eni-1"), VpcId: new(a), SubnetId: new("subnet-a"), TagSet: ours("0/instance/a")}
		group    = types.NetworkInterface{NetworkInterfaceId: new("eni-2"), Groups: []types.GroupIdentifier{{GroupId: new("sg-o")}, {GroupId: new("sg-a")}}}
		managed  = types.NetworkInterface{
			NetworkInterfaceId: new("eni-3"), VpcId: new(a), SubnetId: new("subnet-a"), RequesterManaged: new(true),
			Description: new("Network Interface for Transit Gateway Attachment tgw-attach-a"),
		}
		main = types.RouteTable{RouteTableId: new("rtb-main"), VpcId: new(a), Associations: []types.RouteTableAssociation{{Main: new(true)}}}
		own  = types.SecurityGroup{GroupId: new("sg-default"), GroupName: new("default"), VpcId: new(a)}
	)
	naming := func(tags []types.Tag, group string) types.SecurityGroup {
		return types.SecurityGroup{GroupId: new("sg-b"), Tags: tags, IpPermissions: []types.IpPermission{
			{}, {UserIdGroupPairs: []types.UserIdGroupPair{{GroupId: &group}}},
		}}
	}
	table := func(associations ...types.RouteTableAssociation) []types.RouteTable {
		return []types.RouteTable{{RouteTableId: new("rtb-a"), VpcId: new(a), Associations: associations}}
	}
	with := func(subnet string, word types.RouteTableAssociationStateCode) types.RouteTableAssociation {
		return types.RouteTableAssociation{SubnetId: &subnet, AssociationState: &types.RouteTableAssociationState{State: word}}
	}
	peerings := func(all ...types.VpcPeeringConnection) account {
		return account{peerings: list[types.VpcPeeringConnection]{things: all}}
	}
	internet := func(word types.AttachmentStatus, tags []types.Tag) account {
		return account{
			internet: list[types.InternetGateway]{things: []types.InternetGateway{
				{InternetGatewayId: new("igw-x"), Attachments: onVPC("vpc-x", "available")}, {InternetGatewayId: new("igw-a"), Attachments: onVPC(a, word)},
			}},
			vpcs: list[types.Vpc]{things: []types.Vpc{{VpcId: new("vpc-x")}, {VpcId: new(a), Tags: tags}}},
		}
	}
	gone := internet("available", nil)
	gone.vpcs.things = nil
	attached := func(tags []types.Tag, gateway string, word types.TransitGatewayAttachmentState) []types.TransitGatewayAttachment {
		return []types.TransitGatewayAttachment{{
			TransitGatewayAttachmentId: new("tgw-attach-a"), TransitGatewayId: &gateway, ResourceId: new(a), State: word, Tags: tags,
		}}
	}
	associated := func(words ...types.TransitGatewayAssociationState) map[string]*list[types.TransitGatewayRouteTableAssociation] {
		rows := &list[types.TransitGatewayRouteTableAssociation]{}
		for _, word := range words {
			rows.things = append(rows.things, types.TransitGatewayRouteTableAssociation{TransitGatewayAttachmentId: new("tgw-attach-a"), State: word})
		}
		return map[string]*list[types.TransitGatewayRouteTableAssociation]{"tgw-rtb-1": rows}
	}
	for _, test := range []struct {
		name  string
		id    string
		looks []look
		there account

		stranger string // kind and ID of the stranger's thing; "" for none
		waiting  string // part of what it waits for
	}{
		{name: "vpc: nothing to be seen", id: a, looks: inVPC},
		{name: "vpc: what goes with it", id: a, looks: inVPC, there: account{
			tables: list[types.RouteTable]{things: []types.RouteTable{main}}, groups: list[types.SecurityGroup]{things: []types.SecurityGroup{own}},
		}},
		{name: "vpc: things of other VPCs", id: a, looks: inVPC, there: account{
			interfaces: list[types.NetworkInterface]{things: []types.NetworkInterface{group}},
			subnets:    list[types.Subnet]{things: []types.Subnet{{SubnetId: new("subnet-x"), VpcId: new("vpc-x")}}},
			groups:     list[types.SecurityGroup]{things: []types.SecurityGroup{{GroupId: new("sg-x"), VpcId: new("vpc-x")}}},
			tables:     list[types.RouteTable]{things: []types.RouteTable{{RouteTableId: new("rtb-x"), VpcId: new("vpc-x")}}},
			internet: list[types.InternetGateway]{things: []types.InternetGateway{
				{InternetGatewayId: new("igw-x"), Attachments: []types.InternetGatewayAttachment{{VpcId: new("vpc-x")}}}, {InternetGatewayId: new("igw-y")},
			}},
		}},
		{
			name: "vpc: our subnet", id: a, looks: inVPC, waiting: "subnet subnet-a still hangs on vpc-a",
			there: account{subnets: list[types.Subnet]{things: []types.Subnet{{SubnetId: new("subnet-a"), VpcId: new(a), Tags: ours(x)}}}},
		},
		{
			name: "vpc: a stranger's subnet behind ours", id: a, looks: inVPC, stranger: "subnet subnet-x",
			there: account{subnets: list[types.Subnet]{things: []types.Subnet{
				{SubnetId: new("subnet-a"), VpcId: new(a), Tags: ours(x)}, {SubnetId: new("subnet-x"), VpcId: new(a)},
			}}},
		},
		{
			name: "vpc: another stack's group", id: a, looks: inVPC, stranger: "security group sg-x",
			there: account{groups: list[types.SecurityGroup]{things: []types.SecurityGroup{{GroupId: new("sg-x"), VpcId: new(a), Tags: theirs(x)}}}},
		},
		{
			name: "vpc: a stranger's route table", id: a, looks: inVPC, stranger: "route table rtb-x",
			there: account{tables: list[types.RouteTable]{things: []types.RouteTable{main, {RouteTableId: new("rtb-x"), VpcId: new(a)}}}},
		},
		{
			name: "vpc: a stranger's internet gateway", id: a, looks: inVPC, stranger: "internet gateway igw-x",
			there: account{internet: list[types.InternetGateway]{things: []types.InternetGateway{
				{InternetGatewayId: new("igw-x"), Attachments: []types.InternetGatewayAttachment{{VpcId: new(a)}}},
			}}},
		},
		{
			name: "vpc: a stranger's peering", id: a, looks: inVPC, stranger: "peering connection pcx-x",
			there: peerings(peered("pcx-1", a, "vpc-b", "active", ours(peeringAB)), peered("pcx-x", a, "vpc-x", "active", nil)),
		},
		{
			name: "vpc: a stranger's peering that was requested of it", id: a, looks: inVPC, stranger: "peering connection pcx-x",
			there: peerings(peered("pcx-x", "vpc-x", a, "pending-acceptance", theirs(peeringAB))),
		},
		{
			name: "vpc: our peering", id: a, looks: inVPC, waiting: "peering connection pcx-1",
			there: peerings(peered("pcx-1", a, "vpc-b", "active", ours(peeringAB))),
		},
		{
			name: "vpc: a stranger's peering on its way out", id: a, looks: inVPC, waiting: "peering connection pcx-x",
			there: peerings(peered("pcx-x", "vpc-x", a, "deleting", nil)),
		},
		{name: "vpc: peerings that are as good as gone, and of other VPCs", id: a, looks: inVPC, there: peerings(
			peered("pcx-u", a, "vpc-x", "deleted", nil), peered("pcx-v", a, "vpc-x", "failed", nil), peered("pcx-w", "vpc-x", a, "rejected", nil),
			peered("pcx-x", "vpc-x", a, "expired", nil), peered("pcx-y", "vpc-x", "vpc-y", "active", nil),
		)},
		{
			name: "internet gateway: attached to our VPC", id: "igw-a", looks: onInternetGateway, waiting: "attachment to vpc-a still hangs on igw-a",
			there: internet("available", ours("0/vpc/a")),
		},
		{
			name: "internet gateway: attached to a stranger's VPC", id: "igw-a", looks: onInternetGateway, stranger: "attachment to vpc-a",
			there: internet("available", nil),
		},
		{
			name: "internet gateway: on its way off a stranger's VPC", id: "igw-a", looks: onInternetGateway, waiting: "attachment to vpc-a",
			there: internet("detaching", nil),
		},
		{name: "internet gateway: attached to a VPC that has gone", id: "igw-a", looks: onInternetGateway, waiting: "attachment to vpc-a", there: gone},
		{name: "internet gateway: others'", id: "igw-b", looks: onInternetGateway, there: internet("available", nil)},
		{
			name: "internet attachment: our public address", id: a, looks: onInternetGatewayAttachment,
			waiting: "network interface eni-1 (public address 203.0.113.7) still hangs on vpc-a",
			there:   account{interfaces: list[types.NetworkInterface]{things: []types.NetworkInterface{mapped("eni-1", a, ours("1.1.3/instance/a")), managed}}},
		},
		{
			name: "internet attachment: a stranger's public address", id: a, looks: onInternetGatewayAttachment, stranger: "network interface eni-x",
			there: account{interfaces: list[types.NetworkInterface]{things: []types.NetworkInterface{
				mapped("eni-1", a, ours("1.1.3/instance/a")), mapped("eni-x", a, nil),
			}}},
		},
		{
			name: "internet attachment: public addresses elsewhere, none here", id: a, looks: onInternetGatewayAttachment,
			there: account{interfaces: list[types.NetworkInterface]{things: []types.NetworkInterface{
				mapped("eni-x", "vpc-x", nil), instance, {NetworkInterfaceId: new("eni-y"), VpcId: new(a), Association: &types.NetworkInterfaceAssociation{}},
			}}},
		},
		{
			name: "subnet: our instance's interface", id: "subnet-a", looks: inSubnet, waiting: "network interface eni-1 still hangs",
			there: account{interfaces: list[types.NetworkInterface]{things: []types.NetworkInterface{instance}}},
		},
		{
			name: "subnet: AWS's own interfaces", id: "subnet-a", looks: inSubnet,
			waiting: "network interface eni-1, network interface eni-3 (Network Interface for Transit Gateway Attachment tgw-attach-a) still hangs",
			there:   account{interfaces: list[types.NetworkInterface]{things: []types.NetworkInterface{instance, managed}}},
		},
		{
			name: "subnet: a stranger's interface", id: "subnet-a", looks: inSubnet, stranger: "network interface eni-x",
			there: account{interfaces: list[types.NetworkInterface]{things: []types.NetworkInterface{
				managed, {NetworkInterfaceId: new("eni-x"), SubnetId: new("subnet-a")},
			}}},
		},
		{
			name: "group: a stranger's interface carries it", id: "sg-a", looks: onSecurityGroup, stranger: "network interface eni-2",
			there: account{interfaces: list[types.NetworkInterface]{things: []types.NetworkInterface{group}}},
		},
		{
			name: "group: our other group names it", id: "sg-a", looks: onSecurityGroup, waiting: "security group sg-b",
			there: account{groups: list[types.SecurityGroup]{things: []types.SecurityGroup{naming(ours(x), "sg-a")}}},
		},
		{
			name: "group: a stranger's group names it", id: "sg-a", looks: onSecurityGroup, stranger: "security group sg-b",
			there: account{groups: list[types.SecurityGroup]{things: []types.SecurityGroup{naming(nil, "sg-a")}}},
		},
		{
			name: "group: it names itself, others name others", id: "sg-b", looks: onSecurityGroup,
			there: account{groups: list[types.SecurityGroup]{things: []types.SecurityGroup{naming(nil, "sg-b"), {GroupId: new("sg-c")}}}},
		},
		{
			name: "table: a subnet of ours, in any state", id: "rtb-a", looks: onRouteTable, waiting: "association of subnet-a still hangs on rtb-a",
			there: account{
				tables:  list[types.RouteTable]{things: table(with("subnet-a", "associated"))},
				subnets: list[types.Subnet]{things: []types.Subnet{{SubnetId: new("subnet-a"), Tags: ours(x)}}},
			},
		},
		{
			name: "table: a subnet that has gone", id: "rtb-a", looks: onRouteTable, waiting: "association of subnet-a",
			there: account{tables: list[types.RouteTable]{things: table(with("subnet-a", "associated"))}},
		},
		{
			name: "table: a stranger's subnet", id: "rtb-a", looks: onRouteTable, stranger: "association of subnet-x",
			there: account{
				tables:  list[types.RouteTable]{things: table(types.RouteTableAssociation{SubnetId: new("subnet-x")})},
				subnets: list[types.Subnet]{things: []types.Subnet{{SubnetId: new("subnet-x")}}},
			},
		},
		{
			name: "table: a stranger's subnet on its way out", id: "rtb-a", looks: onRouteTable, waiting: "association of subnet-x",
			there: account{
				tables:  list[types.RouteTable]{things: table(with("subnet-x", "disassociating"))},
				subnets: list[types.Subnet]{things: []types.Subnet{{SubnetId: new("subnet-x")}}},
			},
		},
		{
			name: "table: somebody made it the main one", id: "rtb-a", looks: onRouteTable, stranger: "main association of vpc-a",
			there: account{tables: list[types.RouteTable]{things: table(types.RouteTableAssociation{Main: new(true)})}},
		},
		{
			name: "table: a gateway's", id: "rtb-a", looks: onRouteTable, stranger: "association of igw-x",
			there: account{tables: list[types.RouteTable]{things: table(types.RouteTableAssociation{GatewayId: new("igw-x")})}},
		},
		{
			name: "table: associations of another table", id: "rtb-b", looks: onRouteTable,
			there: account{tables: list[types.RouteTable]{things: table(types.RouteTableAssociation{SubnetId: new("subnet-x")})}},
		},
		{
			name: "gateway: our attachment", id: "tgw-1", looks: onTransitGateway, waiting: "attachment tgw-attach-a (vpc-a)",
			there: account{anyAttached: list[types.TransitGatewayAttachment]{things: attached(ours(attachmentA), "tgw-1", "available")}},
		},
		{
			name: "gateway: a stranger's attachment", id: "tgw-1", looks: onTransitGateway, stranger: "attachment tgw-attach-a",
			there: account{anyAttached: list[types.TransitGatewayAttachment]{things: attached(nil, "tgw-1", "available")}},
		},
		{
			name: "gateway: a stranger's attachment on its way out", id: "tgw-1", looks: onTransitGateway, waiting: "attachment tgw-attach-a",
			there: account{anyAttached: list[types.TransitGatewayAttachment]{things: attached(nil, "tgw-1", "deleting")}},
		},
		{
			name: "gateway: a tombstone", id: "tgw-1", looks: onTransitGateway,
			there: account{anyAttached: list[types.TransitGatewayAttachment]{things: attached(nil, "tgw-1", "deleted")}},
		},
		{
			name: "gateway: another gateway's attachment", id: "tgw-1", looks: onTransitGateway,
			there: account{anyAttached: list[types.TransitGatewayAttachment]{things: attached(nil, "tgw-2", "available")}},
		},
		{
			name: "tgw table: our attachment", id: "tgw-rtb-1", looks: onTGWRouteTable, waiting: "association of tgw-attach-a still hangs",
			there: account{
				associations: associated("associated"),
				anyAttached:  list[types.TransitGatewayAttachment]{things: attached(ours(attachmentA), "tgw-1", "deleting")},
			},
		},
		{
			name: "tgw table: a stranger's attachment", id: "tgw-rtb-1", looks: onTGWRouteTable, stranger: "association of tgw-attach-a",
			there: account{
				associations: associated("disassociated", "associated"),
				anyAttached:  list[types.TransitGatewayAttachment]{things: attached(nil, "tgw-1", "available")},
			},
		},
		{
			name: "tgw table: a stranger's attachment on its way out", id: "tgw-rtb-1", looks: onTGWRouteTable, waiting: "association of tgw-attach-a",
			there: account{
				associations: associated("disassociating"),
				anyAttached:  list[types.TransitGatewayAttachment]{things: attached(nil, "tgw-1", "available")},
			},
		},
		{
			name: "tgw table: an attachment that has gone", id: "tgw-rtb-1", looks: onTGWRouteTable, waiting: "association of tgw-attach-a",
			there: account{associations: associated("associated")},
		},
		{name: "tgw table: it has gone", id: "tgw-rtb-1", looks: onTGWRouteTable},
	} {
		t.Run(test.name, func(t *testing.T) {
			for _, code := range []string{"DependencyViolation", "IncorrectState", "InvalidGroup.InUse"} {
				refusal := refused("Delete", code)
				got := hangingOn(t.Context(), here(&test.there), test.id, test.looks, refusal)
				if !errors.Is(got, refusal) {
					t.Errorf("want AWS's refusal in the error, got %v", got)
				}
				if test.stranger != "" {
					names(t, got, test.stranger, test.id)
				} else {
					waits(t, got, test.waiting)
				}
			}
		})
	}
}

// names checks that a stranger's thing is named, and that nobody waits for it.
func names(t *testing.T, got error, thing, on string) {
	t.Helper()
	stranger, strange := errors.AsType[*StrangerError](got)
	if !strange || words.English.Say(stranger.Kind, stranger.ID) != thing || stranger.On != on || errors.Is(got, waiters.ErrNotYet) {
		t.Errorf("want the stranger's %s on %s named, and no waiting for it; got %v", thing, on, got)
	}
}

// waits checks that the delete is to be repeated, and what for: "" when nothing is known to hang there.
func waits(t *testing.T, got error, what string) {
	t.Helper()
	later, waiting := errors.AsType[*NotYetError](got)
	if _, strange := errors.AsType[*StrangerError](got); strange || !waiting {
		t.Fatalf("want the delete repeated, got %v", got)
	}
	if !strings.Contains(words.English.Error(later.Waiting), what) || (what == "") != (later.Waiting == nil) {
		t.Errorf("want it to wait for %q, got %v", what, later.Waiting)
	}
}

func TestHangingQuestions(t *testing.T) {
	ask := func(looks []look, id string, there *account) {
		_ = hangingOn(t.Context(), here(there), id, looks, refused("Delete", "DependencyViolation"))
	}
	v, s, g, r, tgw, table, internet := &account{}, &account{}, &account{}, &account{}, &account{}, &account{}, &account{}
	ask(inVPC, "vpc-a", v)
	same(t, "all that may be in the VPC", [][]string{
		{"vpc-id=vpc-a"},
		{"vpc-id=vpc-a"},
		{"vpc-id=vpc-a"},
		{"vpc-id=vpc-a"},
		{"attachment.vpc-id=vpc-a"},
		{"requester-vpc-info.vpc-id=vpc-a", "accepter-vpc-info.vpc-id=vpc-a"},
	}, [][]string{v.interfaces.asked, v.subnets.asked, v.groups.asked, v.tables.asked, v.internet.asked, v.peerings.asked})
	internet.internet.things = []types.InternetGateway{{InternetGatewayId: new("igw-a"), Attachments: onVPC("vpc-a", "available")}}
	ask(onInternetGateway, "igw-a", internet)
	same(t, "the gateway, and whose its VPC is", [][]string{{"internet-gateway-id=igw-a"}, {"vpc-id=vpc-a"}},
		[][]string{internet.internet.asked, internet.vpcs.asked})
	ask(onInternetGatewayAttachment, "vpc-a", internet)
	same(t, "interfaces in the VPC", []string{"vpc-id=vpc-a"}, internet.interfaces.asked)
	ask(inSubnet, "subnet-a", s)
	same(t, "interfaces in the subnet", []string{"subnet-id=subnet-a"}, s.interfaces.asked)
	ask(onSecurityGroup, "sg-a", g)
	same(t, "interfaces with the group, groups that name it", [][]string{{"group-id=sg-a"}, {"ip-permission.group-id=sg-a"}},
		[][]string{g.interfaces.asked, g.groups.asked})

	r.tables.things = []types.RouteTable{
		{RouteTableId: new("rtb-a"), Associations: []types.RouteTableAssociation{{SubnetId: new("subnet-a")}, {SubnetId: new("subnet-b")}}},
	}
	ask(onRouteTable, "rtb-a", r)
	same(t, "the table, and whose its subnets are", [][]string{{"route-table-id=rtb-a"}, {"subnet-id=subnet-a,subnet-b"}},
		[][]string{r.tables.asked, r.subnets.asked})

	ask(onTransitGateway, "tgw-1", tgw)
	same(t, "attachments of the gateway", []string{"transit-gateway-id=tgw-1"}, tgw.anyAttached.asked)

	rows := &list[types.TransitGatewayRouteTableAssociation]{things: []types.TransitGatewayRouteTableAssociation{{TransitGatewayAttachmentId: new("tgw-attach-a")}}}
	table.associations = map[string]*list[types.TransitGatewayRouteTableAssociation]{"tgw-rtb-1": rows}
	ask(onTGWRouteTable, "tgw-rtb-1", table)
	same(t, "whose the attachments are", []string{"transit-gateway-attachment-id=tgw-attach-a"}, table.anyAttached.asked)
}

// The look fails: AWS's refusal still counts, and mostly what hangs there goes by itself.
func TestHangingLookThatFails(t *testing.T) {
	refusal := refused("DeleteVpc", "DependencyViolation")
	for _, test := range []struct {
		name  string
		looks []look
		there account
	}{
		{"interfaces", inVPC, account{interfaces: list[types.NetworkInterface]{err: refused("DescribeNetworkInterfaces", "UnauthorizedOperation")}}},
		{"tables", onRouteTable, account{tables: list[types.RouteTable]{err: refused("DescribeRouteTables", "UnauthorizedOperation")}}},
		{"attachments", onTransitGateway, account{anyAttached: list[types.TransitGatewayAttachment]{err: refused("Describe", "UnauthorizedOperation")}}},
		{"associations", onTGWRouteTable, account{associations: map[string]*list[types.TransitGatewayRouteTableAssociation]{
			"id": {err: refused("Get", "UnauthorizedOperation")},
		}}},
		{"peerings", inVPC, account{peerings: list[types.VpcPeeringConnection]{err: refused("Describe", "UnauthorizedOperation")}}},
		{"internet gateways", onInternetGateway, account{internet: list[types.InternetGateway]{err: refused("Describe", "UnauthorizedOperation")}}},
		{"public addresses", onInternetGatewayAttachment, account{
			interfaces: list[types.NetworkInterface]{err: refused("DescribeNetworkInterfaces", "UnauthorizedOperation")},
		}},
		{"subnets", onRouteTable, account{
			tables: list[types.RouteTable]{things: []types.RouteTable{
				{RouteTableId: new("id"), Associations: []types.RouteTableAssociation{{SubnetId: new("subnet-a")}}},
			}},
			subnets: list[types.Subnet]{err: refused("DescribeSubnets", "UnauthorizedOperation")},
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := hangingOn(t.Context(), here(&test.there), "id", test.looks, refusal)
			if !errors.Is(got, waiters.ErrNotYet) || cloud.CodeOf(got) != "DependencyViolation" || !strings.Contains(got.Error(), "UnauthorizedOperation") {
				t.Errorf("want the delete repeated, and both answers told; got %v", got)
			}
		})
	}
}

// Anything but a dependency is nobody's fault, and nothing is looked at.
func TestNothingHangs(t *testing.T) {
	for _, answer := range []error{nil, waiters.ErrNone, refused("DeleteVpc", "UnauthorizedOperation"), lost("DeleteVpc")} {
		if got := hangingOn(t.Context(), here(nil), "vpc-a", inVPC, answer); got != answer { //nolint:errorlint // the very same
			t.Errorf("want %v handed on, got %v", answer, got)
		}
	}
}
