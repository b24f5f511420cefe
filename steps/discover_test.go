package steps

import (
	"errors"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	elbtypes "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2/types"

	"vpclink/cloud"
)

// inTags is the stack of which the tags of ours tell here.
var inTags = Stack{Name: "lab", Lineage: lineage, Pattern: "tgw"}

func TestDiscover(t *testing.T) {
	aws := &struct {
		account
		balancers
	}{}
	aws.vpcs.things = []types.Vpc{
		{VpcId: new("vpc-a"), State: "available", Tags: ours("0/vpc/a")},
		{VpcId: new("vpc-b"), State: "available", Tags: ours("0/vpc/b")},
		{VpcId: new("vpc-x"), State: "available", Tags: theirs("0/vpc/a")},
		{VpcId: new("vpc-default"), State: "available"},
		{VpcId: new("vpc-y"), Tags: ours("0/subnet/a")},
		{VpcId: new("vpc-z"), Tags: ours("0/vpc/\x1b[31m")}, // copied from a subnet; no key at all
	}
	aws.subnets.things = []types.Subnet{{SubnetId: new("subnet-a"), Tags: ours("0/subnet/a")}}
	aws.tables.things = []types.RouteTable{{RouteTableId: new("rtb-main")}, {RouteTableId: new("rtb-a"), Tags: ours("0/route-table/a")}}
	aws.groups.things = []types.SecurityGroup{
		{GroupId: new("sg-a"), Tags: ours("0/security-group/a")},
		{GroupId: new("sg-b"), Tags: ours("0/security-group/b"), Description: new("vpclink lab b for eni-b")},
		{GroupId: new("sg-x"), Tags: theirs("0/security-group/b"), Description: new("vpclink lab b for eni-b")},
	}
	aws.interfaces.things = []types.NetworkInterface{
		{NetworkInterfaceId: new("eni-a"), Groups: []types.GroupIdentifier{{GroupId: new("sg-a")}, {GroupId: new("sg-b")}}}, // not made for it
		{NetworkInterfaceId: new("eni-b"), Groups: []types.GroupIdentifier{{GroupId: new("sg-old")}, {GroupId: new("sg-x")}, {GroupId: new("sg-b")}}},
	}
	aws.addresses.things = []types.Address{
		{AllocationId: new("eipalloc-a"), AssociationId: new("eipassoc-a"), PublicIp: new("192.0.2.1"), Tags: ours("1.1.3/elastic-ip/a")},
		{AllocationId: new("eipalloc-b"), PublicIp: new("192.0.2.2"), Tags: ours("1.1.3/elastic-ip/b")},
		{AllocationId: new("eipalloc-x"), AssociationId: new("eipassoc-x"), Tags: theirs("1.1.3/elastic-ip/a")},
	}
	aws.instances.things = []types.Instance{
		{InstanceId: new("i-a"), State: &types.InstanceState{Name: types.InstanceStateNameTerminated}, Tags: ours("0/instance/a")},
	}
	aws.gateways.things = []types.TransitGateway{{TransitGatewayId: new("tgw-x")}, {TransitGatewayId: new("tgw-1"), Tags: ours(gatewayKey)}}
	aws.tgwTables.things = []types.TransitGatewayRouteTable{{TransitGatewayRouteTableId: new("tgw-rtb-1"), Tags: ours(tgwTableKey)}}
	aws.attachments.things = []types.TransitGatewayVpcAttachment{
		{TransitGatewayAttachmentId: new("tgw-attach-x"), Tags: theirs(attachmentA)},
		{TransitGatewayAttachmentId: new("tgw-attach-a"), State: "available", Tags: ours(attachmentA)},
	}
	aws.internet.things = []types.InternetGateway{
		{InternetGatewayId: new("igw-x"), Attachments: onVPC("vpc-x", "available"), Tags: theirs(internetA)},
		{InternetGatewayId: new("igw-a"), Attachments: onVPC("vpc-a", "available"), Tags: ours(internetA)},
		{InternetGatewayId: new("igw-b"), Tags: ours("1.1.1/internet-gateway/b")}, // attached to nothing
	}
	aws.peerings.things = []types.VpcPeeringConnection{
		peered("pcx-x", "vpc-a", "vpc-x", "active", theirs(peeringAB)), peered("pcx-1", "vpc-a", "vpc-b", "active", ours(peeringAB)),
		peered("pcx-0", "vpc-a", "vpc-b", "deleted", ours(peeringAB)),
	}
	aws.endpoints.things = []types.VpcEndpoint{
		shownEndpoint("vpce-x", "available", theirs(endpointBA)), shownEndpoint("vpce-1", "rejected", ours(endpointBA)),
		shownEndpoint("vpce-0", "deleted", ours(endpointBA)),
	}
	aws.services.things = []types.ServiceConfiguration{
		offered("vpce-svc-x", "Available", nil), offered("vpce-svc-1", "Available", ours(serviceA)),
	}
	aws.nlbs.things = []elbtypes.LoadBalancer{
		balancer("arn-x", theirName, "active"), balancer(nlbARN, ourName, "active"), balancer("arn-y", ourName, "active"),
	}
	aws.targetGroups.things = []elbtypes.TargetGroup{
		{TargetGroupArn: new("arn-z"), TargetGroupName: new("web")}, {TargetGroupArn: &groupARN, TargetGroupName: new(ourName)},
	}
	aws.balancers.tags = map[string][]elbtypes.Tag{
		nlbARN: elbOurs(nlbA), groupARN: elbOurs(targetGroupA), "arn-x": elbOurs("1.3.3/nlb/x"), // tags of ours, and not the name
	}
	got, err := Discover(t.Context(), here(aws), nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := range got {
		got[i].Place = Place{} // TestDiscoverTellsPlaces
	}
	of := func(kind string, o Observation) Found {
		o.Ours, o.Token = true, "token-1"
		return Found{Kind: kind, Stack: inTags, Observation: o}
	}
	same(t, "all of ours and nothing else, what needs others first", []Found{
		of(KindInstance, Observation{Key: "0/instance/a", ID: "i-a", State: "terminated"}),
		of(KindVPCEndpoint, Observation{Key: endpointBA, ID: "vpce-1", State: "rejected"}),
		of(KindVPCEndpoint, Observation{Key: endpointBA, ID: "vpce-0", State: "deleted"}),
		of(KindEndpointService, Observation{Key: serviceA, ID: "vpce-svc-1", State: "Available"}),
		of(KindNLB, Observation{Key: nlbA, ID: nlbARN, State: "active"}),
		of(KindTargetGroup, Observation{Key: targetGroupA, ID: groupARN}),
		{Kind: KindElasticIPAssociation, Stack: inTags, Observation: Observation{Key: "1.1.3/elastic-ip-association/a", ID: "eipassoc-a", Ours: true}},
		of(KindElasticIP, Observation{Key: "1.1.3/elastic-ip/a", ID: "eipalloc-a"}),
		of(KindElasticIP, Observation{Key: "1.1.3/elastic-ip/b", ID: "eipalloc-b"}),
		// It carries no tags, and goes by its gateway's; its key is of the gateway's step and name.
		{Kind: KindInternetGatewayAttachment, Stack: inTags, Observation: Observation{Key: internetAttachmentA, ID: "igw-a|vpc-a", State: "available", Ours: true}},
		of(KindInternetGateway, Observation{Key: internetA, ID: "igw-a"}),
		of(KindInternetGateway, Observation{Key: "1.1.1/internet-gateway/b", ID: "igw-b"}),
		of(KindVPCPeering, Observation{Key: peeringAB, ID: "pcx-1", State: "active"}),
		of(KindVPCPeering, Observation{Key: peeringAB, ID: "pcx-0", State: "deleted"}),
		of(KindTGWAttachment, Observation{Key: attachmentA, ID: "tgw-attach-a", State: "available"}),
		of(KindTGWRouteTable, Observation{Key: tgwTableKey, ID: "tgw-rtb-1"}),
		of(KindTransitGateway, Observation{Key: gatewayKey, ID: "tgw-1"}),
		{Kind: KindInterfaceGroup, Stack: inTags, Observation: Observation{Key: "0/interface-group/b", ID: "eni-b|sg-b", Ours: true}},
		of(KindSecurityGroup, Observation{Key: "0/security-group/a", ID: "sg-a"}),
		of(KindSecurityGroup, Observation{Key: "0/security-group/b", ID: "sg-b"}),
		of(KindSubnet, Observation{Key: "0/subnet/a", ID: "subnet-a"}),
		of(KindRouteTable, Observation{Key: "0/route-table/a", ID: "rtb-a"}),
		of(KindVPC, Observation{Key: "0/vpc/a", ID: "vpc-a", State: "available"}),
		of(KindVPC, Observation{Key: "0/vpc/b", ID: "vpc-b", State: "available"}),
	}, got)

	tag := []string{"tag:vpclink:lineage=" + lineage}
	all := []string{"everything"}
	same(t, "the tag asked for where AWS documents that, and all where it does not", [][]string{
		tag, tag, tag, {tag[0], tag[0]}, tag, {tag[0], tag[0]}, tag, tag, tag, all, all, all, all, all,
	},
		[][]string{
			aws.vpcs.asked, aws.subnets.asked, aws.tables.asked, aws.groups.asked, aws.instances.asked, aws.internet.asked, aws.peerings.asked,
			aws.endpoints.asked, aws.services.asked, aws.gateways.asked, aws.tgwTables.asked, aws.attachments.asked, aws.nlbs.asked, aws.targetGroups.asked,
		})
	same(t, "tags of ELBv2 asked for where the name is ours", []string{nlbARN + ",arn-y", groupARN}, aws.tagsAsked)
}

// Of kinds that a pattern does not make nothing is asked: the server may lack them.
func TestDiscoverOnlyTheseKinds(t *testing.T) {
	aws := &account{}
	aws.vpcs.things = []types.Vpc{{VpcId: new("vpc-a"), Tags: ours("0/vpc/a")}}
	aws.peerings.things = []types.VpcPeeringConnection{peered("pcx-1", "vpc-a", "vpc-b", "active", ours(peeringAB))}
	env := here(aws)
	env.ELB = nil // any call would panic
	got, err := Discover(t.Context(), env, []string{KindVPC, KindVPCPeering, KindRoute, KindVPCPeeringAccept})
	if err != nil {
		t.Fatal(err)
	}
	same(t, "the kinds asked for that carry tags, in their order", []Found{
		{Kind: KindVPCPeering, Stack: inTags, Place: Place{VPCs: []string{"vpc-a", "vpc-b"}}, Observation: Observation{Key: peeringAB, ID: "pcx-1", State: "active", Ours: true, Token: "token-1"}},
		{Kind: KindVPC, Stack: inTags, Observation: Observation{Key: "0/vpc/a", ID: "vpc-a", Ours: true, Token: "token-1"}},
	}, got)
	same(t, "nothing else looked at", [][]string{nil, nil, nil, nil}, [][]string{
		aws.subnets.asked, aws.internet.asked, aws.endpoints.asked, aws.instances.asked,
	})
	if none, err := Discover(t.Context(), env, []string{}); err != nil || none != nil {
		t.Errorf("want nothing of no kinds, got %+v and %v", none, err)
	}
}

// What is made in VPCs that are there already tells of them.
func TestDiscoverTellsPlaces(t *testing.T) {
	aws := &struct {
		account
		balancers
	}{}
	aws.groups.things = []types.SecurityGroup{{GroupId: new("sg-b"), VpcId: new("vpc-b"), Tags: ours("0/security-group/b"), Description: new("vpclink lab b for eni-b with routes in rtb-1,rtb-2")}}
	aws.attachments.things = []types.TransitGatewayVpcAttachment{
		{TransitGatewayAttachmentId: new("tgw-attach-a"), VpcId: new("vpc-a"), SubnetIds: []string{"subnet-1", "subnet-2"}, Tags: ours(attachmentA)},
	}
	aws.internet.things = []types.InternetGateway{{InternetGatewayId: new("igw-a"), Attachments: onVPC("vpc-a", "available"), Tags: ours(internetA)}}
	aws.endpoints.things = []types.VpcEndpoint{{VpcEndpointId: new("vpce-1"), VpcId: new("vpc-b"), SubnetIds: []string{"subnet-3"}, Tags: ours(endpointBA)}}
	aws.nlbs.things = []elbtypes.LoadBalancer{{
		LoadBalancerArn: new(nlbARN), LoadBalancerName: new(ourName), VpcId: new("vpc-a"), AvailabilityZones: []elbtypes.AvailabilityZone{{SubnetId: new("subnet-1")}},
	}}
	aws.targetGroups.things = []elbtypes.TargetGroup{{TargetGroupArn: &groupARN, TargetGroupName: new(ourName), VpcId: new("vpc-a")}}
	aws.balancers.tags = map[string][]elbtypes.Tag{nlbARN: elbOurs(nlbA), groupARN: elbOurs(targetGroupA)}
	list, err := Discover(t.Context(), here(aws), nil)
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]Place{}
	for _, f := range list {
		if len(f.Place.VPCs) > 0 {
			got[f.Kind] = f.Place
		}
	}
	same(t, "where things are", map[string]Place{
		KindSecurityGroup:   {VPCs: []string{"vpc-b"}, Purpose: Purpose{Interface: "eni-b", Opened: []string{"rtb-1", "rtb-2"}}},
		KindTGWAttachment:   {VPCs: []string{"vpc-a"}, Subnets: []string{"subnet-1", "subnet-2"}},
		KindInternetGateway: {VPCs: []string{"vpc-a"}},
		KindVPCEndpoint:     {VPCs: []string{"vpc-b"}, Subnets: []string{"subnet-3"}},
		KindNLB:             {VPCs: []string{"vpc-a"}, Subnets: []string{"subnet-1"}},
		KindTargetGroup:     {VPCs: []string{"vpc-a"}},
	}, got)
}

// Half a list would look like a clean account.
func TestDiscoverAllOrNothing(t *testing.T) {
	aws := &account{}
	aws.subnets.err = refused("DescribeSubnets", "UnauthorizedOperation")
	got, err := Discover(t.Context(), here(aws), nil)
	if !errors.Is(err, aws.subnets.err) || !strings.Contains(err.Error(), "looking for subnet by tags") || got != nil {
		t.Errorf("want AWS's answer and what was looked for, got %v and %v", got, err)
	}
}

// Whoever has lost everything knows no lineage: then all stacks are found, each by what its tags tell, and a target that
// lacks a kind is not asked for it.
func TestDiscoverAnyLineage(t *testing.T) {
	told := []types.Tag{
		{Key: new(TagLineage), Value: new("ffffffff-0000-4000-8000-000000000000")},
		{Key: new(TagKey), Value: new("0/vpc/a")},
		{Key: new(TagStack), Value: new("mine")},
		{Key: new(TagPattern), Value: new("igw")},
		{Key: new(TagExpires), Value: new("2026-11-24T18:00:00Z")},
	}
	aws := &account{}
	aws.vpcs.things = []types.Vpc{
		{VpcId: new("vpc-a"), Tags: ours("0/vpc/a")},
		{VpcId: new("vpc-x"), Tags: told},
		{VpcId: new("vpc-default")},
		{VpcId: new("vpc-tagged"), Tags: []types.Tag{{Key: new(TagKey), Value: new("0/vpc/a")}}}, // a key alone is nobody's
	}
	env := here(aws)
	env.Stack, env.ELB = Stack{}, nil
	env.Target.Caps = cloud.Caps{"CreateLoadBalancer": "%s has none", "CreateTargetGroup": "%s has none"}
	got, err := Discover(t.Context(), env, nil)
	if err != nil {
		t.Fatal(err)
	}
	same(t, "both stacks, as their tags tell them", []Found{
		{Kind: KindVPC, Stack: inTags, Observation: Observation{Key: "0/vpc/a", ID: "vpc-a", Ours: true, Token: "token-1"}},
		{
			Kind:        KindVPC,
			Stack:       Stack{Name: "mine", Lineage: "ffffffff-0000-4000-8000-000000000000", Pattern: "igw", Expires: "2026-11-24T18:00:00Z"},
			Observation: Observation{Key: "0/vpc/a", ID: "vpc-x", Ours: true},
		},
	}, got)
	same(t, "what has the tag asked for", []string{"tag-key=vpclink:lineage"}, aws.vpcs.asked)
}
