package steps

import (
	"errors"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
)

func TestDiscover(t *testing.T) {
	aws := &account{}
	aws.vpcs.things = []types.Vpc{
		{VpcId: new("vpc-a"), State: "available", Tags: ours("0/vpc/a")},
		{VpcId: new("vpc-b"), State: "available", Tags: ours("0/vpc/b")},
		{VpcId: new("vpc-x"), State: "available", Tags: theirs("0/vpc/a")},
		{VpcId: new("vpc-default"), State: "available"},
	}
	aws.subnets.things = []types.Subnet{{SubnetId: new("subnet-a"), Tags: ours("0/subnet/a")}}
	aws.tables.things = []types.RouteTable{{RouteTableId: new("rtb-main")}, {RouteTableId: new("rtb-a"), Tags: ours("0/route-table/a")}}
	aws.groups.things = []types.SecurityGroup{{GroupId: new("sg-a"), Tags: ours("0/security-group/a")}}
	aws.instances.things = []types.Instance{
		{InstanceId: new("i-a"), State: &types.InstanceState{Name: types.InstanceStateNameTerminated}, Tags: ours("0/instance/a")},
	}
	aws.gateways.things = []types.TransitGateway{{TransitGatewayId: new("tgw-x")}, {TransitGatewayId: new("tgw-1"), Tags: ours(gatewayKey)}}
	aws.tgwTables.things = []types.TransitGatewayRouteTable{{TransitGatewayRouteTableId: new("tgw-rtb-1"), Tags: ours(tgwTableKey)}}
	aws.attachments.things = []types.TransitGatewayVpcAttachment{
		{TransitGatewayAttachmentId: new("tgw-attach-x"), Tags: theirs(attachmentA)},
		{TransitGatewayAttachmentId: new("tgw-attach-a"), State: "available", Tags: ours(attachmentA)},
	}
	got, err := Discover(t.Context(), here(aws))
	if err != nil {
		t.Fatal(err)
	}
	of := func(kind string, o Observation) Found {
		o.Ours, o.Token = true, "token-1"
		return Found{kind, o}
	}
	same(t, "all of ours and nothing else, what needs others first", []Found{
		of(KindInstance, Observation{Key: "0/instance/a", ID: "i-a", State: "terminated"}),
		of(KindTGWAttachment, Observation{Key: attachmentA, ID: "tgw-attach-a", State: "available"}),
		of(KindTGWRouteTable, Observation{Key: tgwTableKey, ID: "tgw-rtb-1"}),
		of(KindTransitGateway, Observation{Key: gatewayKey, ID: "tgw-1"}),
		of(KindSecurityGroup, Observation{Key: "0/security-group/a", ID: "sg-a"}),
		of(KindSubnet, Observation{Key: "0/subnet/a", ID: "subnet-a"}),
		of(KindRouteTable, Observation{Key: "0/route-table/a", ID: "rtb-a"}),
		of(KindVPC, Observation{Key: "0/vpc/a", ID: "vpc-a", State: "available"}),
		of(KindVPC, Observation{Key: "0/vpc/b", ID: "vpc-b", State: "available"}),
	}, got)

	tag := []string{"tag:vpclink:lineage=" + lineage}
	all := []string{"everything"}
	same(t, "the tag asked for where AWS documents that, and all where it does not", [][]string{tag, tag, tag, tag, tag, all, all, all},
		[][]string{
			aws.vpcs.asked, aws.subnets.asked, aws.tables.asked, aws.groups.asked, aws.instances.asked,
			aws.gateways.asked, aws.tgwTables.asked, aws.attachments.asked,
		})
}

// Half a list would look like a clean account.
func TestDiscoverAllOrNothing(t *testing.T) {
	aws := &account{}
	aws.subnets.err = refused("DescribeSubnets", "UnauthorizedOperation")
	got, err := Discover(t.Context(), here(aws))
	if !errors.Is(err, aws.subnets.err) || !strings.Contains(err.Error(), "looking for subnet by tags") || got != nil {
		t.Errorf("want AWS's answer and what was looked for, got %v and %v", got, err)
	}
}
