package sim_test

import (
	"time"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/aws/aws-sdk-go-v2/service/sts"
)

// network is a VPC with one subnet, table and group, each named as the examples name theirs, and with DNS hostnames.
type network struct{ vpc, subnet, table, group string }

func (a account) network() network {
	a.t.Helper()
	n := network{vpc: a.vpc("a", "10.0.0.0/16")}
	n.subnet, n.table, n.group = a.subnet(n.vpc, "10.0.0.0/24"), a.routeTable(n.vpc), a.group(n.vpc, "lab")
	a.tag("a", n.subnet, n.group)
	a.hostnames(n.vpc)
	return n
}

// tag names things that have their IDs.
func (a account) tag(name string, ids ...string) {
	a.t.Helper()
	_, err := a.CreateTags(a.t.Context(), &ec2.CreateTagsInput{Resources: ids, Tags: []types.Tag{{Key: new("Name"), Value: &name}}})
	a.fatal(err)
	pass(2 * time.Second)
}

// joined is a network with an attachment to a gateway that has one table.
type joined struct {
	network
	gateway, table, attachment string
}

func (a account) joined() joined {
	a.t.Helper()
	j := joined{network: a.network(), gateway: a.gateway(off)}
	j.table = a.gatewayTable(j.gateway)
	j.attachment = a.attach(j.gateway, j.vpc, j.subnet)
	return j
}

// permit lets something into a group.
func permit(a account, protocol string, to types.IpPermission) (any, error) {
	to.IpProtocol = &protocol
	if protocol == "tcp" {
		to.FromPort, to.ToPort = new(int32(22)), new(int32(22))
	}
	return a.AuthorizeSecurityGroupIngress(a.t.Context(), &ec2.AuthorizeSecurityGroupIngressInput{
		GroupId: new(a.group(a.vpc("a", "10.0.0.0/16"), "lab")), IpPermissions: []types.IpPermission{to},
	})
}

// requests ask the simulator what the example of the same name asks AWS, each in a world of its own.
var requests = map[string]func(a account) (any, error){
	"GetCallerIdentity": func(a account) (any, error) {
		o := a.Options()
		return sts.New(sts.Options{Region: o.Region, HTTPClient: o.HTTPClient, Credentials: o.Credentials}).
			GetCallerIdentity(a.t.Context(), &sts.GetCallerIdentityInput{})
	},

	"AssumeRole": func(a account) (any, error) {
		o := a.Options()
		return sts.New(sts.Options{Region: o.Region, HTTPClient: o.HTTPClient, Credentials: o.Credentials}).
			AssumeRole(a.t.Context(), &sts.AssumeRoleInput{RoleArn: new("arn:aws:iam::123456789012:role/lab"), RoleSessionName: new("lab")})
	},

	"CreateVpc": func(a account) (any, error) {
		return a.CreateVpc(a.t.Context(), &ec2.CreateVpcInput{CidrBlock: new("10.0.0.0/16"), TagSpecifications: named("vpc", "a")})
	},
	"DescribeVpcs": func(a account) (any, error) {
		return a.DescribeVpcs(a.t.Context(), &ec2.DescribeVpcsInput{VpcIds: []string{a.vpc("a", "10.0.0.0/16")}})
	},
	"DeleteVpc": func(a account) (any, error) {
		return a.DeleteVpc(a.t.Context(), &ec2.DeleteVpcInput{VpcId: new(a.vpc("a", "10.0.0.0/16"))})
	},

	"DescribeAvailabilityZones": func(a account) (any, error) {
		return a.DescribeAvailabilityZones(a.t.Context(), &ec2.DescribeAvailabilityZonesInput{})
	},
	"DescribeInstanceTypeOfferings": func(a account) (any, error) {
		return a.DescribeInstanceTypeOfferings(a.t.Context(), &ec2.DescribeInstanceTypeOfferingsInput{})
	},
	"DescribeInternetGateways": func(a account) (any, error) {
		// The one that there is belongs to the default VPC.
		all, err := a.DescribeInternetGateways(a.t.Context(), &ec2.DescribeInternetGatewaysInput{})
		a.fatal(err)
		id := *all.InternetGateways[0].InternetGatewayId
		a.tag("a", id)
		return a.DescribeInternetGateways(a.t.Context(), &ec2.DescribeInternetGatewaysInput{InternetGatewayIds: []string{id}})
	},

	"CreateSubnet": func(a account) (any, error) {
		return a.CreateSubnet(a.t.Context(), &ec2.CreateSubnetInput{
			VpcId: new(a.vpc("a", "10.0.0.0/16")), CidrBlock: new("10.0.0.0/24"), TagSpecifications: named("subnet", "a"),
		})
	},
	"DescribeSubnets": func(a account) (any, error) {
		// The example is of a subnet of a default VPC, with a name.
		all, err := a.DescribeSubnets(a.t.Context(), &ec2.DescribeSubnetsInput{Filters: filter("default-for-az", "true")})
		a.fatal(err)
		id := *all.Subnets[0].SubnetId
		a.tag("a", id)
		return a.DescribeSubnets(a.t.Context(), &ec2.DescribeSubnetsInput{SubnetIds: []string{id}})
	},
	"DeleteSubnet": func(a account) (any, error) {
		return a.DeleteSubnet(a.t.Context(), &ec2.DeleteSubnetInput{SubnetId: new(a.network().subnet)})
	},

	"CreateRouteTable": func(a account) (any, error) {
		return a.CreateRouteTable(a.t.Context(), &ec2.CreateRouteTableInput{VpcId: new(a.vpc("a", "10.0.0.0/16"))})
	},
	"DescribeRouteTables": func(a account) (any, error) {
		n := a.network()
		a.associate(n.table, n.subnet)
		return a.DescribeRouteTables(a.t.Context(), &ec2.DescribeRouteTablesInput{})
	},
	"DeleteRouteTable": func(a account) (any, error) {
		return a.DeleteRouteTable(a.t.Context(), &ec2.DeleteRouteTableInput{RouteTableId: new(a.network().table)})
	},
	"AssociateRouteTable": func(a account) (any, error) {
		n := a.network()
		return a.AssociateRouteTable(a.t.Context(), &ec2.AssociateRouteTableInput{RouteTableId: &n.table, SubnetId: &n.subnet})
	},
	"DisassociateRouteTable": func(a account) (any, error) {
		n := a.network()
		return a.DisassociateRouteTable(a.t.Context(), &ec2.DisassociateRouteTableInput{AssociationId: new(a.associate(n.table, n.subnet))})
	},
	"CreateRoute": func(a account) (any, error) {
		j := a.joined()
		return a.CreateRoute(a.t.Context(), &ec2.CreateRouteInput{
			RouteTableId: &j.network.table, DestinationCidrBlock: new("0.0.0.0/0"), TransitGatewayId: &j.gateway,
		})
	},
	"ReplaceRoute": func(a account) (any, error) {
		j := a.joined()
		a.route(j.network.table, "10.1.0.0/16", j.gateway)
		return a.ReplaceRoute(a.t.Context(), &ec2.ReplaceRouteInput{
			RouteTableId: &j.network.table, DestinationCidrBlock: new("10.1.0.0/16"), TransitGatewayId: &j.gateway,
		})
	},
	"DeleteRoute": func(a account) (any, error) {
		j := a.joined()
		a.route(j.network.table, "0.0.0.0/0", j.gateway)
		return a.DeleteRoute(a.t.Context(), &ec2.DeleteRouteInput{RouteTableId: &j.network.table, DestinationCidrBlock: new("0.0.0.0/0")})
	},

	"CreateSecurityGroup": func(a account) (any, error) {
		return a.CreateSecurityGroup(a.t.Context(), &ec2.CreateSecurityGroupInput{GroupName: new("lab"), Description: new("of a test")})
	},
	"DescribeSecurityGroups": func(a account) (any, error) {
		n := a.network()
		_, err := a.AuthorizeSecurityGroupIngress(a.t.Context(), &ec2.AuthorizeSecurityGroupIngressInput{GroupId: &n.group, IpPermissions: []types.IpPermission{
			{IpProtocol: new("-1"), UserIdGroupPairs: []types.UserIdGroupPair{{GroupId: &n.group}}},
			{IpProtocol: new("tcp"), FromPort: new(int32(22)), ToPort: new(int32(22)), IpRanges: []types.IpRange{{CidrIp: new("203.0.113.0/24"), Description: new("of a test")}}},
		}})
		a.fatal(err)
		pass(2 * time.Second)
		return a.DescribeSecurityGroups(a.t.Context(), &ec2.DescribeSecurityGroupsInput{GroupIds: []string{n.group}})
	},
	"DeleteSecurityGroup": func(a account) (any, error) {
		return a.DeleteSecurityGroup(a.t.Context(), &ec2.DeleteSecurityGroupInput{GroupId: new(a.network().group)})
	},
	"AuthorizeSecurityGroupIngress": func(a account) (any, error) {
		return permit(a, "tcp", types.IpPermission{IpRanges: []types.IpRange{{CidrIp: new("203.0.113.0/24")}}})
	},
	"AuthorizeSecurityGroupIngress/group": func(a account) (any, error) {
		vpc := a.vpc("b", "10.1.0.0/16")
		return a.AuthorizeSecurityGroupIngress(a.t.Context(), &ec2.AuthorizeSecurityGroupIngressInput{
			GroupId: new(a.group(vpc, "lab")), IpPermissions: []types.IpPermission{{
				IpProtocol: new("tcp"), FromPort: new(int32(80)), ToPort: new(int32(80)),
				UserIdGroupPairs: []types.UserIdGroupPair{{GroupId: new(a.group(vpc, "peer"))}},
			}},
		})
	},
	"AuthorizeSecurityGroupIngress/ipv6": func(a account) (any, error) {
		return permit(a, "tcp", types.IpPermission{Ipv6Ranges: []types.Ipv6Range{{CidrIpv6: new("2001:db8:1234:1a00::/64")}}})
	},
	"AuthorizeSecurityGroupIngress/icmpv6": func(a account) (any, error) {
		return permit(a, "icmpv6", types.IpPermission{Ipv6Ranges: []types.Ipv6Range{{CidrIpv6: new("::/0")}}})
	},
	"AuthorizeSecurityGroupIngress/description": func(a account) (any, error) {
		return permit(a, "tcp", types.IpPermission{IpRanges: []types.IpRange{{CidrIp: new("203.0.113.0/24"), Description: new("of a test")}}})
	},
	"RevokeSecurityGroupIngress": func(a account) (any, error) {
		group := a.network().group
		a.admit(group, "203.0.113.0/24")
		return a.RevokeSecurityGroupIngress(a.t.Context(), &ec2.RevokeSecurityGroupIngressInput{GroupId: &group, IpPermissions: rdp("203.0.113.0/24")})
	},
	"DescribeSecurityGroupRules": func(a account) (any, error) {
		all, err := a.DescribeSecurityGroups(a.t.Context(), &ec2.DescribeSecurityGroupsInput{Filters: filter("group-name", "default")})
		a.fatal(err)
		group := *all.SecurityGroups[0].GroupId
		_, err = a.AuthorizeSecurityGroupIngress(a.t.Context(), &ec2.AuthorizeSecurityGroupIngressInput{GroupId: &group, IpPermissions: []types.IpPermission{
			{IpProtocol: new("-1"), Ipv6Ranges: []types.Ipv6Range{{CidrIpv6: new("::/0")}}},
		}})
		a.fatal(err)
		pass(2 * time.Second)
		return a.DescribeSecurityGroupRules(a.t.Context(), &ec2.DescribeSecurityGroupRulesInput{Filters: filter("group-id", group)})
	},

	"CreateNetworkInterface": func(a account) (any, error) {
		n := a.network()
		return a.CreateNetworkInterface(a.t.Context(), &ec2.CreateNetworkInterfaceInput{
			SubnetId: &n.subnet, Groups: []string{n.group}, Description: new("of a test"), PrivateIpAddress: new("10.0.0.17"),
		})
	},
	"DescribeNetworkInterfaces": func(a account) (any, error) {
		n := a.network()
		a.opened(n.vpc)
		a.publicInstance(n.subnet, n.group, "a")
		_, err := a.mapTo(a.elasticIP(), a.instance(n.subnet, n.group))
		a.fatal(err)
		return a.DescribeNetworkInterfaces(a.t.Context(), &ec2.DescribeNetworkInterfacesInput{})
	},
	"DescribeNetworkInterfaces/free": func(a account) (any, error) {
		a.tag("a", a.freeInterface())
		return a.DescribeNetworkInterfaces(a.t.Context(), &ec2.DescribeNetworkInterfacesInput{Filters: filter("tag:Name", "a")})
	},
	"DeleteNetworkInterface": func(a account) (any, error) {
		return a.DeleteNetworkInterface(a.t.Context(), &ec2.DeleteNetworkInterfaceInput{NetworkInterfaceId: new(a.freeInterface())})
	},
	"RunInstances": func(a account) (any, error) {
		n := a.network()
		return a.RunInstances(a.t.Context(), launch(n.subnet, n.group, linux, "a"))
	},
	"DescribeInstances": func(a account) (any, error) {
		n := a.network()
		id := a.publicInstance(n.subnet, n.group, "a")
		a.tag("a", id)
		return a.DescribeInstances(a.t.Context(), &ec2.DescribeInstancesInput{InstanceIds: []string{id}})
	},
	"TerminateInstances": func(a account) (any, error) {
		n := a.network()
		return a.TerminateInstances(a.t.Context(), &ec2.TerminateInstancesInput{InstanceIds: []string{a.instance(n.subnet, n.group)}})
	},
	"CreateTags": func(a account) (any, error) {
		return a.CreateTags(a.t.Context(), &ec2.CreateTagsInput{
			Resources: []string{a.vpc("a", "10.0.0.0/16")}, Tags: []types.Tag{{Key: new("stack"), Value: new("a")}},
		})
	},
	"DeleteTags": func(a account) (any, error) {
		return a.DeleteTags(a.t.Context(), &ec2.DeleteTagsInput{
			Resources: []string{a.vpc("a", "10.0.0.0/16")}, Tags: []types.Tag{{Key: new("Name"), Value: new("a")}},
		})
	},

	"CreateTransitGateway": func(a account) (any, error) {
		const on = types.DefaultRouteTableAssociationValueEnable
		return a.CreateTransitGateway(a.t.Context(), &ec2.CreateTransitGatewayInput{Description: new("of a test"), Options: &types.TransitGatewayRequestOptions{
			AmazonSideAsn: new(int64(64516)), AutoAcceptSharedAttachments: "enable", DefaultRouteTableAssociation: on,
			DefaultRouteTablePropagation: "enable", VpnEcmpSupport: "enable", DnsSupport: "enable",
		}})
	},
	"DescribeTransitGateways": func(a account) (any, error) {
		a.tag("a", a.openGateway())
		a.openGateway()
		return a.DescribeTransitGateways(a.t.Context(), &ec2.DescribeTransitGatewaysInput{})
	},
	"DeleteTransitGateway": func(a account) (any, error) {
		return a.DeleteTransitGateway(a.t.Context(), &ec2.DeleteTransitGatewayInput{TransitGatewayId: new(a.openGateway())})
	},
	"CreateTransitGatewayRouteTable": func(a account) (any, error) {
		return a.CreateTransitGatewayRouteTable(a.t.Context(), &ec2.CreateTransitGatewayRouteTableInput{TransitGatewayId: new(a.gateway(off))})
	},
	"DescribeTransitGatewayRouteTables": func(a account) (any, error) {
		a.openGateway()
		return a.DescribeTransitGatewayRouteTables(a.t.Context(), &ec2.DescribeTransitGatewayRouteTablesInput{})
	},
	"DeleteTransitGatewayRouteTable": func(a account) (any, error) {
		return a.DeleteTransitGatewayRouteTable(a.t.Context(), &ec2.DeleteTransitGatewayRouteTableInput{
			TransitGatewayRouteTableId: new(a.gatewayTable(a.gateway(off))),
		})
	},
	"CreateTransitGatewayVpcAttachment": func(a account) (any, error) {
		n := a.network()
		return a.CreateTransitGatewayVpcAttachment(a.t.Context(), &ec2.CreateTransitGatewayVpcAttachmentInput{
			TransitGatewayId: new(a.gateway(off)), VpcId: &n.vpc, SubnetIds: []string{n.subnet},
		})
	},
	"DescribeTransitGatewayVpcAttachments": func(a account) (any, error) {
		a.tag("a", a.joined().attachment)
		return a.DescribeTransitGatewayVpcAttachments(a.t.Context(), &ec2.DescribeTransitGatewayVpcAttachmentsInput{})
	},
	"DescribeTransitGatewayAttachments": func(a account) (any, error) {
		j := a.joined()
		a.tag("a", j.attachment)
		a.associateAttachment(j.table, j.attachment)
		return a.DescribeTransitGatewayAttachments(a.t.Context(), &ec2.DescribeTransitGatewayAttachmentsInput{})
	},
	"DeleteTransitGatewayVpcAttachment": func(a account) (any, error) {
		return a.DeleteTransitGatewayVpcAttachment(a.t.Context(), &ec2.DeleteTransitGatewayVpcAttachmentInput{
			TransitGatewayAttachmentId: new(a.joined().attachment),
		})
	},
	"AssociateTransitGatewayRouteTable": func(a account) (any, error) {
		j := a.joined()
		return a.AssociateTransitGatewayRouteTable(a.t.Context(), &ec2.AssociateTransitGatewayRouteTableInput{
			TransitGatewayRouteTableId: &j.table, TransitGatewayAttachmentId: &j.attachment,
		})
	},
	"GetTransitGatewayRouteTableAssociations": func(a account) (any, error) {
		j := a.joined()
		_, err := a.AssociateTransitGatewayRouteTable(a.t.Context(), &ec2.AssociateTransitGatewayRouteTableInput{
			TransitGatewayRouteTableId: &j.table, TransitGatewayAttachmentId: &j.attachment,
		})
		a.fatal(err)
		pass(5 * time.Second)
		return a.GetTransitGatewayRouteTableAssociations(a.t.Context(), &ec2.GetTransitGatewayRouteTableAssociationsInput{TransitGatewayRouteTableId: &j.table})
	},
	"DisassociateTransitGatewayRouteTable": func(a account) (any, error) {
		j := a.joined()
		a.associateAttachment(j.table, j.attachment)
		return a.DisassociateTransitGatewayRouteTable(a.t.Context(), &ec2.DisassociateTransitGatewayRouteTableInput{
			TransitGatewayRouteTableId: &j.table, TransitGatewayAttachmentId: &j.attachment,
		})
	},
	"EnableTransitGatewayRouteTablePropagation": func(a account) (any, error) {
		j := a.joined()
		return a.EnableTransitGatewayRouteTablePropagation(a.t.Context(), &ec2.EnableTransitGatewayRouteTablePropagationInput{
			TransitGatewayRouteTableId: &j.table, TransitGatewayAttachmentId: &j.attachment,
		})
	},
	"GetTransitGatewayRouteTablePropagations": func(a account) (any, error) {
		j := a.joined()
		a.propagate(j.table, j.attachment)
		return a.GetTransitGatewayRouteTablePropagations(a.t.Context(), &ec2.GetTransitGatewayRouteTablePropagationsInput{TransitGatewayRouteTableId: &j.table})
	},
	"DisableTransitGatewayRouteTablePropagation": func(a account) (any, error) {
		j := a.joined()
		a.propagate(j.table, j.attachment)
		return a.DisableTransitGatewayRouteTablePropagation(a.t.Context(), &ec2.DisableTransitGatewayRouteTablePropagationInput{
			TransitGatewayRouteTableId: &j.table, TransitGatewayAttachmentId: &j.attachment,
		})
	},
	"CreateTransitGatewayRoute": func(a account) (any, error) {
		j := a.joined()
		return a.CreateTransitGatewayRoute(a.t.Context(), &ec2.CreateTransitGatewayRouteInput{
			TransitGatewayRouteTableId: &j.table, TransitGatewayAttachmentId: &j.attachment, DestinationCidrBlock: new("10.0.2.0/24"),
		})
	},
	"DeleteTransitGatewayRoute": func(a account) (any, error) {
		j := a.joined()
		a.staticRoute(j.table, "10.0.2.0/24", j.attachment)
		return a.DeleteTransitGatewayRoute(a.t.Context(), &ec2.DeleteTransitGatewayRouteInput{
			TransitGatewayRouteTableId: &j.table, DestinationCidrBlock: new("10.0.2.0/24"),
		})
	},
	"SearchTransitGatewayRoutes": func(a account) (any, error) {
		j := a.joined()
		a.staticRoute(j.table, "10.0.2.0/24", j.attachment)
		return a.SearchTransitGatewayRoutes(a.t.Context(), &ec2.SearchTransitGatewayRoutesInput{
			TransitGatewayRouteTableId: &j.table, Filters: filter("state", "active"),
		})
	},
}

// openGateway is a gateway with the default tables that AWS gives it when it is not asked otherwise.
func (a account) openGateway() string {
	a.t.Helper()
	out, err := a.CreateTransitGateway(a.t.Context(), &ec2.CreateTransitGatewayInput{Description: new("of a test")})
	a.fatal(err)
	pass(80 * time.Second)
	return *out.TransitGateway.TransitGatewayId
}

// freeInterface is one that nothing uses.
func (a account) freeInterface() string {
	a.t.Helper()
	n := a.network()
	out, err := a.CreateNetworkInterface(a.t.Context(), &ec2.CreateNetworkInterfaceInput{SubnetId: &n.subnet, Groups: []string{n.group}, Description: new("of a test")})
	a.fatal(err)
	pass(10 * time.Second)
	return *out.NetworkInterface.NetworkInterfaceId
}
