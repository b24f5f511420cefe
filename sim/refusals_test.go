package sim_test

import (
	"context"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/google/go-cmp/cmp"

	"vpclink/sim"
)

// refusal is one call on a standing lab that AWS refuses.
type refusal struct {
	what string
	code string
	from string // where aws-facts says so
	call func(context.Context, *ec2.Client, lab) error
}

// AWS's ways to write an ID that is not there.
const none = "0123456789abcdef0"

// refused lists what AWS refuses. None of it may have any effect.
var refused = []refusal{
	{"a VPC larger than /16", "InvalidVpc.Range", "§1.3", func(ctx context.Context, c *ec2.Client, _ lab) error {
		_, err := c.CreateVpc(ctx, &ec2.CreateVpcInput{CidrBlock: new("10.0.0.0/8")})
		return err
	}},
	{"a VPC without a block", "MissingParameter", "§0.1", func(ctx context.Context, c *ec2.Client, _ lab) error {
		_, err := c.CreateVpc(ctx, &ec2.CreateVpcInput{})
		return err
	}},
	{"a VPC whose block is none", "InvalidParameterValue", "§0.1", func(ctx context.Context, c *ec2.Client, _ lab) error {
		_, err := c.CreateVpc(ctx, &ec2.CreateVpcInput{CidrBlock: new("10.0.0/16")})
		return err
	}},
	{"tags for another kind than the one that is made", "InvalidParameterValue", "§0.1", func(ctx context.Context, c *ec2.Client, _ lab) error {
		_, err := c.CreateVpc(ctx, &ec2.CreateVpcInput{CidrBlock: new("10.9.0.0/16"), TagSpecifications: named("subnet", "x")})
		return err
	}},
	{"a tag of AWS's own", "InvalidTagKey.Malformed", "§0.1", func(ctx context.Context, c *ec2.Client, l lab) error {
		_, err := c.CreateTags(ctx, &ec2.CreateTagsInput{Resources: []string{l.a.vpc}, Tags: []types.Tag{{Key: new("aws:x"), Value: new("")}}})
		return err
	}},
	{"tags for a thing that is not there", "InvalidSubnetID.NotFound", "§1.3", func(ctx context.Context, c *ec2.Client, l lab) error {
		_, err := c.CreateTags(ctx, &ec2.CreateTagsInput{Resources: []string{l.a.vpc, "subnet-" + none}, Tags: []types.Tag{{Key: new("x"), Value: new("y")}}})
		return err
	}},
	{"a VPC that is not there", "InvalidVpcID.NotFound", "§1.3", func(ctx context.Context, c *ec2.Client, _ lab) error {
		_, err := c.DeleteVpc(ctx, &ec2.DeleteVpcInput{VpcId: new("vpc-" + none)})
		return err
	}},
	{"an ID that cannot be a VPC's", "InvalidVpcID.Malformed", "§0.1", func(ctx context.Context, c *ec2.Client, _ lab) error {
		_, err := c.DeleteVpc(ctx, &ec2.DeleteVpcInput{VpcId: new("vpc-xyz")})
		return err
	}},
	{"an ID that is too short", "InvalidVpcID.Malformed", "§0.1", func(ctx context.Context, c *ec2.Client, _ lab) error {
		_, err := c.DeleteVpc(ctx, &ec2.DeleteVpcInput{VpcId: new("vpc-0123")})
		return err
	}},
	{"a VPC with things in it", "DependencyViolation", "§2.1", func(ctx context.Context, c *ec2.Client, l lab) error {
		_, err := c.DeleteVpc(ctx, &ec2.DeleteVpcInput{VpcId: &l.a.vpc})
		return err
	}},
	{"a subnet outside the VPC", "InvalidSubnet.Range", "§1.3", func(ctx context.Context, c *ec2.Client, l lab) error {
		_, err := c.CreateSubnet(ctx, &ec2.CreateSubnetInput{VpcId: &l.a.vpc, CidrBlock: new("10.5.0.0/24")})
		return err
	}},
	{"a subnet smaller than /28", "InvalidSubnet.Range", "§2.2", func(ctx context.Context, c *ec2.Client, l lab) error {
		_, err := c.CreateSubnet(ctx, &ec2.CreateSubnetInput{VpcId: &l.a.vpc, CidrBlock: new("10.0.5.0/29")})
		return err
	}},
	{"a subnet that overlaps another", "InvalidSubnet.Conflict", "§1.3", func(ctx context.Context, c *ec2.Client, l lab) error {
		_, err := c.CreateSubnet(ctx, &ec2.CreateSubnetInput{VpcId: &l.a.vpc, CidrBlock: new("10.0.0.128/25")})
		return err
	}},
	{"a subnet in a zone that is not there", "InvalidParameterValue", "§2.18", func(ctx context.Context, c *ec2.Client, l lab) error {
		_, err := c.CreateSubnet(ctx, &ec2.CreateSubnetInput{VpcId: &l.a.vpc, CidrBlock: new("10.0.5.0/24"), AvailabilityZoneId: new("use1-az1")})
		return err
	}},
	{"a subnet with an instance in it", "DependencyViolation", "§2.7", func(ctx context.Context, c *ec2.Client, l lab) error {
		_, err := c.DeleteSubnet(ctx, &ec2.DeleteSubnetInput{SubnetId: &l.a.subnet})
		return err
	}},
	{"a route table that a subnet uses", "DependencyViolation", "§2.3", func(ctx context.Context, c *ec2.Client, l lab) error {
		_, err := c.DeleteRouteTable(ctx, &ec2.DeleteRouteTableInput{RouteTableId: &l.a.table})
		return err
	}},
	{"the main route table", "DependencyViolation", "§1.3", func(ctx context.Context, c *ec2.Client, l lab) error {
		_, err := c.DeleteRouteTable(ctx, &ec2.DeleteRouteTableInput{RouteTableId: mainTable(ctx, c, l.a.vpc).RouteTableId})
		return err
	}},
	{"the main table's association", "InvalidParameterValue", "§1.1", func(ctx context.Context, c *ec2.Client, l lab) error {
		_, err := c.DisassociateRouteTable(ctx, &ec2.DisassociateRouteTableInput{AssociationId: mainTable(ctx, c, l.a.vpc).Associations[0].RouteTableAssociationId})
		return err
	}},
	{"a second table for a subnet", "Resource.AlreadyAssociated", "§1.3", func(ctx context.Context, c *ec2.Client, l lab) error {
		_, err := c.AssociateRouteTable(ctx, &ec2.AssociateRouteTableInput{RouteTableId: mainTable(ctx, c, l.a.vpc).RouteTableId, SubnetId: &l.a.subnet})
		return err
	}},
	{"a table for a subnet of another VPC", "InvalidParameterValue", "§1.3", func(ctx context.Context, c *ec2.Client, l lab) error {
		_, err := c.AssociateRouteTable(ctx, &ec2.AssociateRouteTableInput{RouteTableId: &l.a.table, SubnetId: &l.b.subnet})
		return err
	}},
	{"an association that is not there", "InvalidAssociationID.NotFound", "§1.3", func(ctx context.Context, c *ec2.Client, _ lab) error {
		_, err := c.DisassociateRouteTable(ctx, &ec2.DisassociateRouteTableInput{AssociationId: new("rtbassoc-" + none)})
		return err
	}},
	{"a route in a table that is not there", "InvalidRouteTableID.NotFound", "§1.3", func(ctx context.Context, c *ec2.Client, l lab) error {
		_, err := c.CreateRoute(ctx, &ec2.CreateRouteInput{RouteTableId: new("rtb-" + none), DestinationCidrBlock: &l.b.cidr, TransitGatewayId: &l.gateway})
		return err
	}},
	{"a route to a gateway that is not attached", "InvalidTransitGatewayID.NotFound", "§1.3", func(ctx context.Context, c *ec2.Client, l lab) error {
		_, err := c.CreateRoute(ctx, &ec2.CreateRouteInput{RouteTableId: &l.a.table, DestinationCidrBlock: new("10.7.0.0/16"), TransitGatewayId: new("tgw-" + none)})
		return err
	}},
	{"the same route to another target", "RouteAlreadyExists", "§2.4", func(ctx context.Context, c *ec2.Client, l lab) error {
		_, err := c.CreateRoute(ctx, &ec2.CreateRouteInput{RouteTableId: &l.a.table, DestinationCidrBlock: &l.b.cidr, NetworkInterfaceId: cardOf(ctx, c, l.a.instance)})
		return err
	}},
	{"a route more specific than the local one", "InvalidParameterValue", "§1.3", func(ctx context.Context, c *ec2.Client, l lab) error {
		_, err := c.CreateRoute(ctx, &ec2.CreateRouteInput{RouteTableId: &l.a.table, DestinationCidrBlock: new("10.0.0.0/24"), TransitGatewayId: &l.gateway})
		return err
	}},
	{"a route without a target", "MissingParameter", "§0.1", func(ctx context.Context, c *ec2.Client, l lab) error {
		_, err := c.CreateRoute(ctx, &ec2.CreateRouteInput{RouteTableId: &l.a.table, DestinationCidrBlock: new("10.7.0.0/16")})
		return err
	}},
	{"a route to an internet gateway of another VPC", "InvalidParameterValue", "§2.4", func(ctx context.Context, c *ec2.Client, l lab) error {
		out, err := c.DescribeInternetGateways(ctx, &ec2.DescribeInternetGatewaysInput{})
		if err != nil {
			return err
		}
		_, err = c.CreateRoute(ctx, &ec2.CreateRouteInput{RouteTableId: &l.a.table, DestinationCidrBlock: new("0.0.0.0/0"), GatewayId: out.InternetGateways[0].InternetGatewayId})
		return err
	}},
	{"a route to a peering connection that is not there", "InvalidVpcPeeringConnectionID.NotFound", "§1.3", func(ctx context.Context, c *ec2.Client, l lab) error {
		_, err := c.CreateRoute(ctx, &ec2.CreateRouteInput{RouteTableId: &l.a.table, DestinationCidrBlock: new("10.7.0.0/16"), VpcPeeringConnectionId: new("pcx-" + none)})
		return err
	}},
	{"a route to replace that is not there", "InvalidParameterValue", "§1.3", func(ctx context.Context, c *ec2.Client, l lab) error {
		_, err := c.ReplaceRoute(ctx, &ec2.ReplaceRouteInput{RouteTableId: &l.a.table, DestinationCidrBlock: new("10.7.0.0/16"), TransitGatewayId: &l.gateway})
		return err
	}},
	{"a route to delete that is not there", "InvalidRoute.NotFound", "§1.3", func(ctx context.Context, c *ec2.Client, l lab) error {
		_, err := c.DeleteRoute(ctx, &ec2.DeleteRouteInput{RouteTableId: &l.a.table, DestinationCidrBlock: new("10.7.0.0/16")})
		return err
	}},
	{"the local route", "InvalidParameterValue", "§1.2", func(ctx context.Context, c *ec2.Client, l lab) error {
		_, err := c.DeleteRoute(ctx, &ec2.DeleteRouteInput{RouteTableId: &l.a.table, DestinationCidrBlock: &l.a.cidr})
		return err
	}},
	{"a group of the same name, in other letters", "InvalidGroup.Duplicate", "§2.5", func(ctx context.Context, c *ec2.Client, l lab) error {
		_, err := c.CreateSecurityGroup(ctx, &ec2.CreateSecurityGroupInput{VpcId: &l.a.vpc, GroupName: new("LAB"), Description: new("x")})
		return err
	}},
	{"a group called default", "InvalidGroup.Reserved", "§1.3", func(ctx context.Context, c *ec2.Client, l lab) error {
		_, err := c.CreateSecurityGroup(ctx, &ec2.CreateSecurityGroupInput{VpcId: &l.a.vpc, GroupName: new("default"), Description: new("x")})
		return err
	}},
	{"a group called like an ID", "InvalidParameterValue", "§1.1", func(ctx context.Context, c *ec2.Client, l lab) error {
		_, err := c.CreateSecurityGroup(ctx, &ec2.CreateSecurityGroupInput{VpcId: &l.a.vpc, GroupName: new("sg-x"), Description: new("x")})
		return err
	}},
	{"the default group", "CannotDelete", "§1.3", func(ctx context.Context, c *ec2.Client, l lab) error {
		out, err := c.DescribeSecurityGroups(ctx, &ec2.DescribeSecurityGroupsInput{Filters: append(filter("vpc-id", l.a.vpc), filter("group-name", "default")...)})
		if err != nil {
			return err
		}
		_, err = c.DeleteSecurityGroup(ctx, &ec2.DeleteSecurityGroupInput{GroupId: out.SecurityGroups[0].GroupId})
		return err
	}},
	{"a group that an instance carries", "DependencyViolation", "§2.5", func(ctx context.Context, c *ec2.Client, l lab) error {
		_, err := c.DeleteSecurityGroup(ctx, &ec2.DeleteSecurityGroupInput{GroupId: &l.a.group})
		return err
	}},
	{"a rule that is there already, written with host bits", "InvalidPermission.Duplicate", "§1.3", func(ctx context.Context, c *ec2.Client, l lab) error {
		_, err := c.AuthorizeSecurityGroupIngress(ctx, &ec2.AuthorizeSecurityGroupIngressInput{GroupId: &l.a.group, IpPermissions: rdp("10.1.2.3/16")})
		return err
	}},
	{"rules of which one is there already: all or nothing", "InvalidPermission.Duplicate", "§2.6", func(ctx context.Context, c *ec2.Client, l lab) error {
		_, err := c.AuthorizeSecurityGroupIngress(ctx, &ec2.AuthorizeSecurityGroupIngressInput{GroupId: &l.a.group, IpPermissions: append(rdp("10.8.0.0/16"), rdp("10.1.0.0/16")...)})
		return err
	}},
	{"a rule of TCP without ports", "InvalidParameterValue", "§1.3", func(ctx context.Context, c *ec2.Client, l lab) error {
		_, err := c.AuthorizeSecurityGroupIngress(ctx, &ec2.AuthorizeSecurityGroupIngressInput{GroupId: &l.a.group, IpProtocol: new("tcp"), CidrIp: new("10.8.0.0/16")})
		return err
	}},
	{"a rule to revoke by an ID that is not there", "InvalidSecurityGroupRuleId.NotFound", "§1.3", func(ctx context.Context, c *ec2.Client, l lab) error {
		_, err := c.RevokeSecurityGroupIngress(ctx, &ec2.RevokeSecurityGroupIngressInput{GroupId: &l.a.group, SecurityGroupRuleIds: []string{"sgr-" + none}})
		return err
	}},
	{"an image whose ID is none", "InvalidAMIID.Malformed", "§1.3", func(ctx context.Context, c *ec2.Client, l lab) error {
		_, err := c.RunInstances(ctx, launch(l.a.subnet, l.a.group, "ami-x", "new"))
		return err
	}},
	{"an image of an unknown parameter", "InvalidParameterValue", "§2.7", func(ctx context.Context, c *ec2.Client, l lab) error {
		_, err := c.RunInstances(ctx, launch(l.a.subnet, l.a.group, "resolve:ssm:/my/own", "new"))
		return err
	}},
	{"a group of another VPC", "InvalidParameter", "§1.3", func(ctx context.Context, c *ec2.Client, l lab) error {
		_, err := c.RunInstances(ctx, launch(l.a.subnet, l.b.group, linux, "new"))
		return err
	}},
	{"a key pair that is not there", "InvalidKeyPair.NotFound", "§1.3", func(ctx context.Context, c *ec2.Client, l lab) error {
		in := launch(l.a.subnet, l.a.group, linux, "new")
		in.KeyName = new("mine")
		_, err := c.RunInstances(ctx, in)
		return err
	}},
	{"a type that nobody has", "InvalidParameterValue", "§1.3", func(ctx context.Context, c *ec2.Client, l lab) error {
		in := launch(l.a.subnet, l.a.group, linux, "new")
		in.InstanceType = "p9.huge"
		_, err := c.RunInstances(ctx, in)
		return err
	}},
	{"an address that is taken", "InvalidIPAddress.InUse", "§1.3", func(ctx context.Context, c *ec2.Client, l lab) error {
		in := launch(l.a.subnet, l.a.group, linux, "new")
		in.PrivateIpAddress = new("10.0.0.4")
		_, err := c.RunInstances(ctx, in)
		return err
	}},
	{"an address that AWS keeps", "InvalidParameterValue", "§2.2", func(ctx context.Context, c *ec2.Client, l lab) error {
		in := launch(l.a.subnet, l.a.group, linux, "new")
		in.PrivateIpAddress = new("10.0.0.3")
		_, err := c.RunInstances(ctx, in)
		return err
	}},
	{"a subnet's last address, which AWS keeps too", "InvalidParameterValue", "§2.2", func(ctx context.Context, c *ec2.Client, l lab) error {
		in := launch(l.a.subnet, l.a.group, linux, "new")
		in.PrivateIpAddress = new("10.0.0.255")
		_, err := c.RunInstances(ctx, in)
		return err
	}},
	{"an address outside the subnet", "InvalidParameterValue", "§2.2", func(ctx context.Context, c *ec2.Client, l lab) error {
		in := launch(l.a.subnet, l.a.group, linux, "new")
		in.PrivateIpAddress = new("10.0.1.10")
		_, err := c.RunInstances(ctx, in)
		return err
	}},
	{"one address for two instances", "InvalidParameterCombination", "§2.7", func(ctx context.Context, c *ec2.Client, l lab) error {
		in := launch(l.a.subnet, l.a.group, linux, "new")
		in.PrivateIpAddress, in.MaxCount = new("10.0.0.10"), new(int32(2))
		_, err := c.RunInstances(ctx, in)
		return err
	}},
	{"the same token for something else", "IdempotentParameterMismatch", "§0.1", func(ctx context.Context, c *ec2.Client, l lab) error {
		in := launch(l.a.subnet, l.a.group, windows, "token of "+l.a.subnet)
		_, err := c.RunInstances(ctx, in)
		return err
	}},
	{"an end for instances of which one is not there", "InvalidInstanceID.NotFound", "§2.7", func(ctx context.Context, c *ec2.Client, l lab) error {
		_, err := c.TerminateInstances(ctx, &ec2.TerminateInstancesInput{InstanceIds: []string{l.a.instance, "i-" + none}})
		return err
	}},
	{"an instance's interface", "InvalidParameterValue", "§1.3", func(ctx context.Context, c *ec2.Client, l lab) error {
		_, err := c.DeleteNetworkInterface(ctx, &ec2.DeleteNetworkInterfaceInput{NetworkInterfaceId: cardOf(ctx, c, l.a.instance)})
		return err
	}},
	{"an interface of AWS's own", "OperationNotPermitted", "§2.8", func(ctx context.Context, c *ec2.Client, l lab) error {
		out, err := c.DescribeNetworkInterfaces(ctx, &ec2.DescribeNetworkInterfacesInput{Filters: append(filter("interface-type", "transit_gateway"), filter("vpc-id", l.a.vpc)...)})
		if err != nil {
			return err
		}
		_, err = c.DeleteNetworkInterface(ctx, &ec2.DeleteNetworkInterfaceInput{NetworkInterfaceId: out.NetworkInterfaces[0].NetworkInterfaceId})
		return err
	}},
	{"a second attachment of a VPC", "DuplicateTransitGatewayAttachment", "§7.7", func(ctx context.Context, c *ec2.Client, l lab) error {
		_, err := c.CreateTransitGatewayVpcAttachment(ctx, &ec2.CreateTransitGatewayVpcAttachmentInput{TransitGatewayId: &l.gateway, VpcId: &l.a.vpc, SubnetIds: []string{l.a.subnet}})
		return err
	}},
	{"an attachment with a subnet that is not there", "InvalidSubnetID.NotFound", "§1.3", func(ctx context.Context, c *ec2.Client, l lab) error {
		_, err := c.CreateTransitGatewayVpcAttachment(ctx, &ec2.CreateTransitGatewayVpcAttachmentInput{TransitGatewayId: &l.gateway, VpcId: &l.a.vpc, SubnetIds: []string{"subnet-" + none}})
		return err
	}},
	{"an attachment to a gateway that is not there", "InvalidTransitGatewayID.NotFound", "§1.3", func(ctx context.Context, c *ec2.Client, l lab) error {
		_, err := c.CreateTransitGatewayVpcAttachment(ctx, &ec2.CreateTransitGatewayVpcAttachmentInput{TransitGatewayId: new("tgw-" + none), VpcId: &l.a.vpc, SubnetIds: []string{l.a.subnet}})
		return err
	}},
	{"a second table for an attachment", "Resource.AlreadyAssociated", "§1.3", func(ctx context.Context, c *ec2.Client, l lab) error {
		_, err := c.AssociateTransitGatewayRouteTable(ctx, &ec2.AssociateTransitGatewayRouteTableInput{TransitGatewayRouteTableId: &l.table, TransitGatewayAttachmentId: &l.a.attachment})
		return err
	}},
	{"a second propagation into a table", "TransitGatewayRouteTablePropagation.Duplicate", "§1.3", func(ctx context.Context, c *ec2.Client, l lab) error {
		_, err := c.EnableTransitGatewayRouteTablePropagation(ctx, &ec2.EnableTransitGatewayRouteTablePropagationInput{TransitGatewayRouteTableId: &l.table, TransitGatewayAttachmentId: &l.a.attachment})
		return err
	}},
	{"a static route without an attachment", "MissingParameter", "§0.1", gatewayRoute("10.9.0.0/16", ec2.CreateTransitGatewayRouteInput{})},
	{"a static route to an attachment that is not there", "InvalidTransitGatewayAttachmentID.NotFound", "§1.3", gatewayRoute("10.9.0.0/16", ec2.CreateTransitGatewayRouteInput{TransitGatewayAttachmentId: new("tgw-attach-" + none)})},
	{"a static route in a table that is not there", "InvalidRouteTableID.NotFound", "§1.3", gatewayRoute("10.9.0.0/16", ec2.CreateTransitGatewayRouteInput{TransitGatewayRouteTableId: new("tgw-rtb-" + none), Blackhole: new(true)})},
	{"a static route to what is no block", "InvalidParameterValue", "§1.3", gatewayRoute("10.9.0.0/33", ec2.CreateTransitGatewayRouteInput{Blackhole: new(true)})},
	{"the delete of a route that is propagated", "InvalidRoute.NotFound", "§1.3", func(ctx context.Context, c *ec2.Client, l lab) error {
		_, err := c.DeleteTransitGatewayRoute(ctx, &ec2.DeleteTransitGatewayRouteInput{TransitGatewayRouteTableId: &l.table, DestinationCidrBlock: &l.a.cidr})
		return err
	}},
	{"the delete of a static route in a table that is not there", "InvalidRouteTableID.NotFound", "§1.3", func(ctx context.Context, c *ec2.Client, l lab) error {
		_, err := c.DeleteTransitGatewayRoute(ctx, &ec2.DeleteTransitGatewayRouteInput{TransitGatewayRouteTableId: new("tgw-rtb-" + none), DestinationCidrBlock: &l.a.cidr})
		return err
	}},
	{"an association with an attachment that is not there", "InvalidTransitGatewayAttachmentID.NotFound", "§1.3", func(ctx context.Context, c *ec2.Client, l lab) error {
		_, err := c.DisassociateTransitGatewayRouteTable(ctx, &ec2.DisassociateTransitGatewayRouteTableInput{TransitGatewayRouteTableId: &l.table, TransitGatewayAttachmentId: new("tgw-attach-" + none)})
		return err
	}},
	{"a route table that has associations", "IncorrectState", "§2.22", func(ctx context.Context, c *ec2.Client, l lab) error {
		_, err := c.DeleteTransitGatewayRouteTable(ctx, &ec2.DeleteTransitGatewayRouteTableInput{TransitGatewayRouteTableId: &l.table})
		return err
	}},
	{"a gateway route table that is not there has a VPC table's code", "InvalidRouteTableID.NotFound", "§1.3", func(ctx context.Context, c *ec2.Client, _ lab) error {
		_, err := c.GetTransitGatewayRouteTableAssociations(ctx, &ec2.GetTransitGatewayRouteTableAssociationsInput{TransitGatewayRouteTableId: new("tgw-rtb-" + none)})
		return err
	}},
	{"a gateway that has attachments", "IncorrectState", "§1.3", func(ctx context.Context, c *ec2.Client, l lab) error {
		_, err := c.DeleteTransitGateway(ctx, &ec2.DeleteTransitGatewayInput{TransitGatewayId: &l.gateway})
		return err
	}},
	{"a filter that is not documented", "InvalidParameterValue", "§7.2", func(ctx context.Context, c *ec2.Client, _ lab) error {
		_, err := c.DescribeTransitGatewayRouteTables(ctx, &ec2.DescribeTransitGatewayRouteTablesInput{Filters: filter("owner-id", "x")})
		return err
	}},
	{"more than 200 values in filters", "FilterLimitExceeded", "§0.1", func(ctx context.Context, c *ec2.Client, _ lab) error {
		_, err := c.DescribeVpcs(ctx, &ec2.DescribeVpcsInput{Filters: filter("vpc-id", make([]string, 201)...)})
		return err
	}},
	{"a page smaller than AWS's least", "InvalidParameterValue", "§1.1", func(ctx context.Context, c *ec2.Client, _ lab) error {
		_, err := c.DescribeVpcs(ctx, &ec2.DescribeVpcsInput{MaxResults: new(int32(1))})
		return err
	}},
	{"a token of another action", "InvalidNextToken", "§1.1", func(ctx context.Context, c *ec2.Client, _ lab) error {
		_, err := c.DescribeVpcs(ctx, &ec2.DescribeVpcsInput{NextToken: new("bm90IG91cnM")})
		return err
	}},
	{"one ID of many that is not there", "InvalidVpcID.NotFound", "§0.6", func(ctx context.Context, c *ec2.Client, l lab) error {
		_, err := c.DescribeVpcs(ctx, &ec2.DescribeVpcsInput{VpcIds: []string{l.a.vpc, "vpc-" + none}})
		return err
	}},
	{"a dry run", "DryRunOperation", "§0.1", func(ctx context.Context, c *ec2.Client, _ lab) error {
		_, err := c.CreateVpc(ctx, &ec2.CreateVpcInput{CidrBlock: new("10.9.0.0/16"), DryRun: new(true)})
		return err
	}},
	{"a dry run without what the call needs", "MissingParameter", "§7.13", func(ctx context.Context, c *ec2.Client, l lab) error {
		_, err := c.CreateTransitGatewayVpcAttachment(ctx, &ec2.CreateTransitGatewayVpcAttachmentInput{TransitGatewayId: new(""), VpcId: &l.a.vpc, SubnetIds: []string{l.a.subnet}, DryRun: new(true)})
		return err
	}},
}

func TestRefusals(t *testing.T) {
	story(t, sim.Options{NoLimits: true}, func(t *testing.T, w *sim.World, a account) {
		l := a.lab()
		before := w.Objects()
		for _, r := range refused {
			if have := code(r.call(t.Context(), a.Client, l)); have != r.code {
				t.Errorf("%s should be refused with %s (aws-facts %s), but the answer was %q", r.what, r.code, r.from, have)
			}
			if diff := cmp.Diff(before, w.Objects()); diff != "" {
				t.Fatalf("%s was refused, and still changed the world (-before +after):\n%s", r.what, diff)
			}
		}
	})
}

// gatewayRoute asks for a static route in the lab's table, if not in another.
func gatewayRoute(cidr string, in ec2.CreateTransitGatewayRouteInput) func(context.Context, *ec2.Client, lab) error {
	return func(ctx context.Context, c *ec2.Client, l lab) error {
		in.DestinationCidrBlock = &cidr
		if in.TransitGatewayRouteTableId == nil {
			in.TransitGatewayRouteTableId = &l.table
		}
		_, err := c.CreateTransitGatewayRoute(ctx, &in)
		return err
	}
}

func mainTable(ctx context.Context, c *ec2.Client, vpc string) types.RouteTable {
	out, err := c.DescribeRouteTables(ctx, &ec2.DescribeRouteTablesInput{Filters: append(filter("vpc-id", vpc), filter("association.main", "true")...)})
	if err != nil || len(out.RouteTables) != 1 {
		return types.RouteTable{Associations: make([]types.RouteTableAssociation, 1)}
	}
	return out.RouteTables[0]
}

// cardOf is the interface of an instance.
func cardOf(ctx context.Context, c *ec2.Client, instance string) *string {
	out, err := c.DescribeNetworkInterfaces(ctx, &ec2.DescribeNetworkInterfacesInput{Filters: filter("attachment.instance-id", instance)})
	if err != nil || len(out.NetworkInterfaces) != 1 {
		return nil
	}
	return out.NetworkInterfaces[0].NetworkInterfaceId
}
