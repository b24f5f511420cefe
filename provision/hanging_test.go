package provision

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"
	elbtypes "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2/types"

	"vpclink/state"
	"vpclink/steps"
)

// hangings are what strangers may hang on things of ours. Each makes it and returns the ID that down is to name.
var hangings = []struct {
	what string
	lab  int                 // one of the tutorials
	do   func(h hand) string // "" when nothing is held by it
	left []state.Key         // what it holds, sorted
}{
	{"an interface in our subnet", 0, func(h hand) string { return h.ownCard("0/subnet/a", nil) }, []state.Key{"0/subnet/a", "0/vpc/a"}},
	{"an instance in our subnet", 0, func(h hand) string { return h.instance("0/subnet/a", h.group("0/vpc/a")) }, []state.Key{"0/subnet/a", "0/vpc/a"}},
	{"a subnet in our VPC", 0, func(h hand) string { return h.subnet("0/vpc/a", "10.0.200.0/24", "apne1-az1") }, []state.Key{"0/vpc/a"}},
	{"a route table in our VPC", 0, func(h hand) string { return h.table("0/vpc/a") }, []state.Key{"0/vpc/a"}},
	{"a security group in our VPC", 0, func(h hand) string { return h.group("0/vpc/a") }, []state.Key{"0/vpc/a"}},
	{"a rule of another group that names ours", 0, func(h hand) string {
		group := h.group("0/vpc/a")
		h.names(group, *h.id("0/security-group/a"))
		return group
	}, []state.Key{"0/security-group/a", "0/vpc/a"}},
	{"an interface with our group", 0, func(h hand) string {
		return h.ownCard(h.inOwnSubnet("0/vpc/a"), []string{*h.id("0/security-group/a")})
	}, []state.Key{"0/security-group/a", "0/vpc/a"}},
	{"a subnet associated with our route table", 0, func(h hand) string {
		subnet := h.subnet("0/vpc/a", "10.0.200.0/24", "apne1-az1")
		h.associate("0/route-table/a", subnet)
		return subnet
	}, []state.Key{"0/route-table/a", "0/vpc/a"}},
	{"an attachment to our gateway", 0, func(h hand) string { return h.attachment() }, []state.Key{"1.4.1/transit-gateway/tgw"}},
	{"a route table of our gateway", 0, func(h hand) string { return h.gatewayTable() }, []state.Key{"1.4.1/transit-gateway/tgw"}},
	{"an association with our gateway's table", 0, func(h hand) string {
		attachment := h.attachment()
		h.associated(attachment)
		return attachment
	}, []state.Key{"1.4.1/transit-gateway/tgw", "1.4.2/tgw-route-table/tgw"}},
	{"a route of his to our gateway", 0, func(h hand) string {
		h.routed(h.attachment())
		return ""
	}, []state.Key{"1.4.1/transit-gateway/tgw"}},
	{"an internet gateway on our VPC", 0, func(h hand) string { return h.gateway("0/vpc/a") }, []state.Key{"0/vpc/a"}},
	{"a peering of our VPC", 0, func(h hand) string { return h.peering("0/vpc/a") }, []state.Key{"0/vpc/a"}},
	{"a public address in our VPC", 1, func(h hand) string {
		card := h.ownCard("0/subnet/a", nil)
		h.mapped(card)
		return card
	}, []state.Key{"0/subnet/a", "0/vpc/a", "1.1.1/internet-gateway-attachment/a", "1.1.1/internet-gateway/a"}},
	{"a load balancer in our subnet", 3, func(h hand) string { return h.balancer("0/subnet/a") }, []state.Key{"0/subnet/a", "0/vpc/a"}},
}

// What a stranger hangs on a thing of ours keeps that, and what that needs, and nothing else; it is named, with its ID,
// and is not touched. Once he has taken it away, down goes on to the end.
func TestWhatStrangersHang(t *testing.T) {
	t.Parallel()
	for _, tc := range hangings {
		t.Run(tutorials[tc.lab].pattern.Name+" "+tc.what, func(t *testing.T) {
			stood := standingPair(t, tc.lab, 1)
			if wrong := aftermath(t, tc.lab, stood.world, stood.end, func(l *lab) string {
				h := l.hand()
				id := tc.do(h)
				<-time.After(10 * time.Second)
				return h.holds(id, tc.left)
			}); wrong != "" {
				t.Error(wrong)
			}
		})
	}
}

// holds says what is wrong when down does not name what a stranger hung there, or leaves other things than that holds.
func (h hand) holds(id string, left []state.Key) string {
	before := h.theirs()
	result, err := h.down(h.t.Context())
	hanging, named := errors.AsType[*steps.StrangerError](err)
	var keys []state.Key
	for _, l := range result.Left {
		keys = append(keys, l.Key)
	}
	slices.Sort(keys)
	switch {
	case !named || id != "" && !strings.Contains(id, hanging.ID):
		return "down does not name " + id + ", but: " + errorText(err)
	case !slices.Equal(keys, left):
		return "left is " + joinKeys(keys) + ", not " + joinKeys(left)
	case !slices.Equal(before, h.theirs()):
		return "something of his is gone: before " + strings.Join(before, ", ") + ", now " + strings.Join(h.theirs(), ", ")
	}
	for _, rec := range h.journal.Records() {
		if rec.Present() != slices.Contains(left, rec.Key) {
			return "the journal says that " + string(rec.Key) + " is " + string(rec.Phase)
		}
	}
	if err := h.clear(); err != nil {
		return "by hand: " + err.Error()
	}
	return downThen(h.lab)
}

// theirs is what lives in the account and does not carry our tags, or lie in what does.
func (h hand) theirs() []string {
	var list []string
	for _, o := range h.world.Objects() {
		if slices.Contains([]string{"vpc", "subnet", "route-table", "security-group", "instance", "internet-gateway", "vpc-peering", "tgw-attachment", "tgw-route-table", "nlb", "elastic-ip"}, o.Kind) && o.Tags[steps.TagLineage] == "" {
			list = append(list, o.Kind+" "+o.ID)
		}
	}
	slices.Sort(list)
	return list
}

func errorText(err error) string {
	if err == nil {
		return "nothing"
	}
	return err.Error()
}

func joinKeys(keys []state.Key) string {
	var list []string
	for _, k := range keys {
		list = append(list, string(k))
	}
	return strings.Join(list, ", ")
}

// inOwnSubnet makes a subnet of his and returns its ID as a key, for what takes one.
func (h hand) inOwnSubnet(vpc state.Key) state.Key {
	return state.Key(h.subnet(vpc, "10.0.200.0/24", "apne1-az1"))
}

// idOf is the ID of one of the lab's things, or the ID itself.
func (h hand) idOf(key state.Key) *string {
	if rec, ok := h.journal.Record(key); ok {
		return aws.String(rec.ID)
	}
	return aws.String(string(key))
}

func (h hand) ownCard(subnet state.Key, groups []string) string {
	id := must(h.CreateNetworkInterface(h.t.Context(), &ec2.CreateNetworkInterfaceInput{SubnetId: h.idOf(subnet), Groups: groups})).NetworkInterface.NetworkInterfaceId
	h.later(func() error {
		_, err := h.DeleteNetworkInterface(h.t.Context(), &ec2.DeleteNetworkInterfaceInput{NetworkInterfaceId: id})
		return err
	})
	return *id
}

// instance returns the ID of its interface: that is what holds a subnet.
func (h hand) instance(subnet state.Key, group string) string {
	made := must(h.RunInstances(h.t.Context(), &ec2.RunInstancesInput{
		ImageId: aws.String("resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64"), InstanceType: types.InstanceTypeT3Micro,
		MinCount: aws.Int32(1), MaxCount: aws.Int32(1), SubnetId: h.idOf(subnet), SecurityGroupIds: []string{group},
	})).Instances[0]
	h.later(func() error {
		_, err := h.TerminateInstances(h.t.Context(), &ec2.TerminateInstancesInput{InstanceIds: []string{*made.InstanceId}})
		<-time.After(time.Minute)
		return err
	})
	return *made.NetworkInterfaces[0].NetworkInterfaceId + " " + group
}

// names has one group let another in.
func (h hand) names(group, other string) {
	must(h.AuthorizeSecurityGroupIngress(h.t.Context(), &ec2.AuthorizeSecurityGroupIngressInput{GroupId: &group, IpPermissions: []types.IpPermission{{
		IpProtocol: aws.String("tcp"), FromPort: aws.Int32(22), ToPort: aws.Int32(22), UserIdGroupPairs: []types.UserIdGroupPair{{GroupId: &other}},
	}}}))
}

func (h hand) associate(table state.Key, subnet string) {
	must(h.AssociateRouteTable(h.t.Context(), &ec2.AssociateRouteTableInput{RouteTableId: h.id(table), SubnetId: &subnet}))
}

// ownVPC is one of his, with a subnet.
func (h hand) ownVPC() (vpc, subnet string) {
	id := must(h.CreateVpc(h.t.Context(), &ec2.CreateVpcInput{CidrBlock: aws.String("172.20.0.0/16")})).Vpc.VpcId
	h.later(func() error {
		_, err := h.DeleteVpc(h.t.Context(), &ec2.DeleteVpcInput{VpcId: id})
		return err
	})
	return *id, h.subnet(state.Key(*id), "172.20.0.0/24", "apne1-az1")
}

func (h hand) attachment() string {
	vpc, subnet := h.ownVPC()
	id := must(h.CreateTransitGatewayVpcAttachment(h.t.Context(), &ec2.CreateTransitGatewayVpcAttachmentInput{
		TransitGatewayId: h.id("1.4.1/transit-gateway/tgw"), VpcId: &vpc, SubnetIds: []string{subnet},
	})).TransitGatewayVpcAttachment.TransitGatewayAttachmentId
	<-time.After(time.Minute)
	h.later(func() error {
		_, err := h.DeleteTransitGatewayVpcAttachment(h.t.Context(), &ec2.DeleteTransitGatewayVpcAttachmentInput{TransitGatewayAttachmentId: id})
		<-time.After(time.Minute)
		return err
	})
	return *id
}

func (h hand) gatewayTable() string {
	id := must(h.CreateTransitGatewayRouteTable(h.t.Context(), &ec2.CreateTransitGatewayRouteTableInput{TransitGatewayId: h.id("1.4.1/transit-gateway/tgw")})).TransitGatewayRouteTable.TransitGatewayRouteTableId
	h.later(func() error {
		_, err := h.DeleteTransitGatewayRouteTable(h.t.Context(), &ec2.DeleteTransitGatewayRouteTableInput{TransitGatewayRouteTableId: id})
		<-time.After(time.Minute)
		return err
	})
	return *id
}

func (h hand) associated(attachment string) {
	must(h.AssociateTransitGatewayRouteTable(h.t.Context(), &ec2.AssociateTransitGatewayRouteTableInput{
		TransitGatewayRouteTableId: h.id("1.4.2/tgw-route-table/tgw"), TransitGatewayAttachmentId: &attachment,
	}))
	<-time.After(time.Minute)
}

// routed gives the table of his VPC a route to our gateway.
func (h hand) routed(attachment string) {
	seen := must(h.DescribeTransitGatewayVpcAttachments(h.t.Context(), &ec2.DescribeTransitGatewayVpcAttachmentsInput{TransitGatewayAttachmentIds: []string{attachment}}))
	tables := must(h.DescribeRouteTables(h.t.Context(), &ec2.DescribeRouteTablesInput{Filters: []types.Filter{{Name: aws.String("vpc-id"), Values: []string{*seen.TransitGatewayVpcAttachments[0].VpcId}}}}))
	must(h.CreateRoute(h.t.Context(), &ec2.CreateRouteInput{
		RouteTableId: tables.RouteTables[0].RouteTableId, DestinationCidrBlock: aws.String("10.0.0.0/8"), TransitGatewayId: h.id("1.4.1/transit-gateway/tgw"),
	}))
}

func (h hand) gateway(vpc state.Key) string {
	ctx := h.t.Context()
	id := must(h.CreateInternetGateway(ctx, &ec2.CreateInternetGatewayInput{})).InternetGateway.InternetGatewayId
	h.later(func() error {
		_, err := h.DeleteInternetGateway(ctx, &ec2.DeleteInternetGatewayInput{InternetGatewayId: id})
		return err
	})
	must(h.AttachInternetGateway(ctx, &ec2.AttachInternetGatewayInput{InternetGatewayId: id, VpcId: h.id(vpc)}))
	h.later(func() error {
		_, err := h.DetachInternetGateway(ctx, &ec2.DetachInternetGatewayInput{InternetGatewayId: id, VpcId: h.id(vpc)})
		return err
	})
	return *id
}

func (h hand) peering(vpc state.Key) string {
	own, _ := h.ownVPC()
	id := must(h.CreateVpcPeeringConnection(h.t.Context(), &ec2.CreateVpcPeeringConnectionInput{VpcId: &own, PeerVpcId: h.id(vpc)})).VpcPeeringConnection.VpcPeeringConnectionId
	h.later(func() error {
		_, err := h.DeleteVpcPeeringConnection(h.t.Context(), &ec2.DeleteVpcPeeringConnectionInput{VpcPeeringConnectionId: id})
		return err
	})
	return *id
}

// mapped gives an interface of his a public address.
func (h hand) mapped(card string) {
	address := h.address()
	link := must(h.AssociateAddress(h.t.Context(), &ec2.AssociateAddressInput{AllocationId: &address, NetworkInterfaceId: &card})).AssociationId
	h.later(func() error {
		_, err := h.DisassociateAddress(h.t.Context(), &ec2.DisassociateAddressInput{AssociationId: link})
		return err
	})
}

// balancer returns what its interfaces say that they belong to.
func (h hand) balancer(subnet state.Key) string {
	arn := must(h.elb.CreateLoadBalancer(h.t.Context(), &elb.CreateLoadBalancerInput{
		Name: aws.String("mine"), Type: elbtypes.LoadBalancerTypeEnumNetwork, Scheme: elbtypes.LoadBalancerSchemeEnumInternal, Subnets: []string{*h.id(subnet)},
	})).LoadBalancers[0].LoadBalancerArn
	h.later(func() error {
		_, err := h.elb.DeleteLoadBalancer(h.t.Context(), &elb.DeleteLoadBalancerInput{LoadBalancerArn: arn})
		<-time.After(5 * time.Minute)
		return err
	})
	return *arn
}
