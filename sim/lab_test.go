package sim_test

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"vpclink/sim"
)

// story runs a test in a world whose clock is the test's: an hour passes at once.
func story(t *testing.T, opts sim.Options, tell func(t *testing.T, w *sim.World, a account)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		w := sim.New(opts)
		tell(t, w, account{Client: ec2In(w, sim.DefaultAccount, tokyo), t: t})
	})
}

// pass lets time pass.
func pass(d time.Duration) { <-time.After(d) }

// account makes things the way a lab does, each waited for until it is ready. What AWS refuses ends the test.
type account struct {
	*ec2.Client
	t *testing.T
}

func (a account) fatal(err error) {
	a.t.Helper()
	if err != nil {
		a.t.Fatalf("%v", err)
	}
}

// named are the tags that give a new thing a name.
func named(kind types.ResourceType, name string) []types.TagSpecification {
	return []types.TagSpecification{{ResourceType: kind, Tags: []types.Tag{{Key: new("Name"), Value: &name}}}}
}

// filter is one filter.
func filter(name string, values ...string) []types.Filter {
	return []types.Filter{{Name: &name, Values: values}}
}

func (a account) vpc(name, cidr string) string {
	a.t.Helper()
	out, err := a.CreateVpc(a.t.Context(), &ec2.CreateVpcInput{CidrBlock: &cidr, TagSpecifications: named("vpc", name)})
	a.fatal(err)
	pass(2 * time.Second)
	return *out.Vpc.VpcId
}

func (a account) subnet(vpc, cidr string) string {
	a.t.Helper()
	out, err := a.CreateSubnet(a.t.Context(), &ec2.CreateSubnetInput{VpcId: &vpc, CidrBlock: &cidr})
	a.fatal(err)
	pass(2 * time.Second)
	return *out.Subnet.SubnetId
}

func (a account) routeTable(vpc string) string {
	a.t.Helper()
	out, err := a.CreateRouteTable(a.t.Context(), &ec2.CreateRouteTableInput{VpcId: &vpc})
	a.fatal(err)
	pass(2 * time.Second)
	return *out.RouteTable.RouteTableId
}

func (a account) associate(table, subnet string) string {
	a.t.Helper()
	out, err := a.AssociateRouteTable(a.t.Context(), &ec2.AssociateRouteTableInput{RouteTableId: &table, SubnetId: &subnet})
	a.fatal(err)
	pass(2 * time.Second)
	return *out.AssociationId
}

func (a account) group(vpc, name string) string {
	a.t.Helper()
	out, err := a.CreateSecurityGroup(a.t.Context(), &ec2.CreateSecurityGroupInput{VpcId: &vpc, GroupName: &name, Description: new("of a test")})
	a.fatal(err)
	pass(2 * time.Second)
	return *out.GroupId
}

// rdp is TCP 3389 from a block.
func rdp(cidr string) []types.IpPermission {
	return []types.IpPermission{{
		IpProtocol: new("tcp"), FromPort: new(int32(3389)), ToPort: new(int32(3389)), IpRanges: []types.IpRange{{CidrIp: &cidr}},
	}}
}

func (a account) admit(group, cidr string) string {
	a.t.Helper()
	out, err := a.AuthorizeSecurityGroupIngress(a.t.Context(), &ec2.AuthorizeSecurityGroupIngressInput{GroupId: &group, IpPermissions: rdp(cidr)})
	a.fatal(err)
	pass(2 * time.Second)
	return *out.SecurityGroupRules[0].SecurityGroupRuleId
}

const (
	windows = "resolve:ssm:/aws/service/ami-windows-latest/Windows_Server-2022-English-Full-Base"
	linux   = "resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64"
)

// launch is the input that starts one instance.
func launch(subnet, group, image, token string) *ec2.RunInstancesInput {
	return &ec2.RunInstancesInput{
		ImageId: &image, InstanceType: types.InstanceTypeT3Micro, MinCount: new(int32(1)), MaxCount: new(int32(1)),
		SubnetId: &subnet, SecurityGroupIds: []string{group}, ClientToken: &token,
	}
}

func (a account) instance(subnet, group string) string {
	a.t.Helper()
	out, err := a.RunInstances(a.t.Context(), launch(subnet, group, linux, "token of "+subnet))
	a.fatal(err)
	pass(30 * time.Second)
	return *out.Instances[0].InstanceId
}

// off is a gateway's options as the tutorial wants them: no default association, no default propagation.
var off = &types.TransitGatewayRequestOptions{
	DefaultRouteTableAssociation: types.DefaultRouteTableAssociationValueDisable,
	DefaultRouteTablePropagation: types.DefaultRouteTablePropagationValueDisable,
}

func (a account) gateway(options *types.TransitGatewayRequestOptions) string {
	a.t.Helper()
	out, err := a.CreateTransitGateway(a.t.Context(), &ec2.CreateTransitGatewayInput{Options: options})
	a.fatal(err)
	pass(80 * time.Second)
	return *out.TransitGateway.TransitGatewayId
}

func (a account) gatewayTable(gateway string) string {
	a.t.Helper()
	out, err := a.CreateTransitGatewayRouteTable(a.t.Context(), &ec2.CreateTransitGatewayRouteTableInput{TransitGatewayId: &gateway})
	a.fatal(err)
	pass(40 * time.Second)
	return *out.TransitGatewayRouteTable.TransitGatewayRouteTableId
}

func (a account) attach(gateway, vpc string, subnets ...string) string {
	a.t.Helper()
	out, err := a.CreateTransitGatewayVpcAttachment(a.t.Context(), &ec2.CreateTransitGatewayVpcAttachmentInput{TransitGatewayId: &gateway, VpcId: &vpc, SubnetIds: subnets})
	a.fatal(err)
	pass(110 * time.Second)
	return *out.TransitGatewayVpcAttachment.TransitGatewayAttachmentId
}

func (a account) associateAttachment(table, attachment string) {
	a.t.Helper()
	_, err := a.AssociateTransitGatewayRouteTable(a.t.Context(), &ec2.AssociateTransitGatewayRouteTableInput{TransitGatewayRouteTableId: &table, TransitGatewayAttachmentId: &attachment})
	a.fatal(err)
	pass(50 * time.Second)
}

func (a account) propagate(table, attachment string) {
	a.t.Helper()
	_, err := a.EnableTransitGatewayRouteTablePropagation(a.t.Context(), &ec2.EnableTransitGatewayRouteTablePropagationInput{TransitGatewayRouteTableId: &table, TransitGatewayAttachmentId: &attachment})
	a.fatal(err)
	pass(40 * time.Second)
}

func (a account) staticRoute(table, cidr, attachment string) {
	a.t.Helper()
	_, err := a.CreateTransitGatewayRoute(a.t.Context(), &ec2.CreateTransitGatewayRouteInput{TransitGatewayRouteTableId: &table, DestinationCidrBlock: &cidr, TransitGatewayAttachmentId: &attachment})
	a.fatal(err)
	pass(2 * time.Second)
}

func (a account) deleteStaticRoute(table, cidr string) error {
	_, err := a.DeleteTransitGatewayRoute(a.t.Context(), &ec2.DeleteTransitGatewayRouteInput{TransitGatewayRouteTableId: &table, DestinationCidrBlock: &cidr})
	return err
}

func (a account) route(table, cidr, gateway string) {
	a.t.Helper()
	_, err := a.CreateRoute(a.t.Context(), &ec2.CreateRouteInput{RouteTableId: &table, DestinationCidrBlock: &cidr, TransitGatewayId: &gateway})
	a.fatal(err)
	pass(2 * time.Second)
}

// site is one VPC of a lab with what lies in it.
type site struct {
	vpc, cidr, subnet, table, tableLink, group, rule, instance, attachment string
}

// lab is two sites joined by a transit gateway.
type lab struct {
	a, b           site
	gateway, table string
}

func (a account) site(name, cidr, subnetCIDR, peer string) site {
	a.t.Helper()
	s := site{cidr: cidr}
	s.vpc = a.vpc(name, cidr)
	s.subnet = a.subnet(s.vpc, subnetCIDR)
	s.table = a.routeTable(s.vpc)
	s.tableLink = a.associate(s.table, s.subnet)
	s.group = a.group(s.vpc, "lab")
	s.rule = a.admit(s.group, peer)
	s.instance = a.instance(s.subnet, s.group)
	return s
}

// lab makes all of it.
func (a account) lab() lab {
	a.t.Helper()
	l := lab{
		a: a.site("a", "10.0.0.0/16", "10.0.0.0/24", "10.1.0.0/16"),
		b: a.site("b", "10.1.0.0/16", "10.1.0.0/24", "10.0.0.0/16"),
	}
	l.gateway = a.gateway(off)
	l.table = a.gatewayTable(l.gateway)
	for _, s := range []*site{&l.a, &l.b} {
		s.attachment = a.attach(l.gateway, s.vpc, s.subnet)
		a.associateAttachment(l.table, s.attachment)
		a.propagate(l.table, s.attachment)
	}
	a.route(l.a.table, l.b.cidr, l.gateway)
	a.route(l.b.table, l.a.cidr, l.gateway)
	return l
}
