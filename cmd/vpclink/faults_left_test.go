package main

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"vpclink/cloud"
	"vpclink/steps"
)

// faultLab is a pattern's lab, and how much there is of each kind when it is up, nothing missing and nothing double.
type faultLab struct{ vpcs, whole string }

// faultLabs are what -faults.pattern can name.
var faultLabs = map[string]faultLab{
	"tgw": {"a,b,c", "3 instance, 6 route, 3 route-table, 3 route-table-association, 3 security-group, 6 security-group-rule, 3 subnet, " +
		"3 tgw-association, 3 tgw-attachment, 3 tgw-propagation, 1 tgw-route-table, 1 transit-gateway, 3 vpc"},
	"igw": {"a,b,c", "3 instance, 3 internet-gateway, 3 internet-gateway-attachment, 3 route, 3 route-table, 3 route-table-association, " +
		"3 security-group, 6 security-group-rule, 3 subnet, 3 vpc"},
	"peering": {"a,b,c", "3 instance, 6 route, 3 route-table, 3 route-table-association, 3 security-group, 6 security-group-rule, " +
		"3 subnet, 3 vpc, 3 vpc-peering"},
	"privatelink": {"a,b", "1 endpoint-service, 2 instance, 1 listener, 1 nlb, 2 route-table, 2 route-table-association, " +
		"4 security-group, 3 security-group-rule, 2 subnet, 1 target, 1 target-group, 2 vpc, 1 vpc-endpoint"},
}

// The words for what no step makes.
const (
	kindInterface = "network-interface" // comes with what it belongs to, and must go with it
	kindElasticIP = "elastic-ip"
)

// inventory is all that an account has, by kind.
type inventory map[string][]string

// note puts a thing in, unless its state is that of a tombstone (aws-facts §1.2).
func (in inventory) note(kind string, id *string, state string) {
	switch strings.ToLower(state) {
	case "deleted", "terminated", "disassociated", "disabled":
	default:
		in[kind] = append(in[kind], aws.ToString(id))
	}
}

// inventoryOf lists all that the account has. Nothing is filtered, neither by the server, since some ignore it, nor by
// tags, since a thing that lost its own is left as well.
func inventoryOf(ctx context.Context, account *cloud.Account) (inventory, error) {
	in := inventory{}
	for _, look := range looks {
		if err := look(ctx, account, in); err != nil {
			return nil, fmt.Errorf("asking the server what it has: %w", err)
		}
	}
	return in, nil
}

// without returns what was not there before. A thing that is listed twice is there twice: moto keeps a propagation so
// that was enabled twice.
func (in inventory) without(before inventory) inventory {
	rest := inventory{}
	for kind, ids := range in {
		for _, id := range ids {
			if !slices.Contains(before[kind], id) {
				rest[kind] = append(rest[kind], id)
			}
		}
	}
	return rest
}

// counts writes what there is in the form of faultLab.whole.
func (in inventory) counts() string {
	var list []string
	for kind, ids := range in {
		if kind != kindInterface {
			list = append(list, fmt.Sprintf("%d %s", len(ids), kind))
		}
	}
	slices.SortFunc(list, func(a, b string) int {
		return cmp.Compare(a[strings.Index(a, " "):], b[strings.Index(b, " "):])
	})
	return strings.Join(list, ", ")
}

type look func(context.Context, *cloud.Account, inventory) error

// by makes a look of one of EC2's calls. A server that does not know the call has no such things.
func by[I, O any](call func(*ec2.Client, context.Context, *I, ...func(*ec2.Options)) (*O, error), read func(*O, inventory)) look {
	return func(ctx context.Context, account *cloud.Account, in inventory) error {
		out, err := call(account.EC2, ctx, new(I))
		if cloud.HasCode(err, "InvalidAction") {
			return nil
		}
		if err == nil {
			read(out, in)
		}
		return err
	}
}

// looks are what is asked, whatever the pattern: a thing of another one would be left as well.
var looks = []look{
	by((*ec2.Client).DescribeVpcs, func(o *ec2.DescribeVpcsOutput, in inventory) {
		for _, v := range o.Vpcs {
			in.note(steps.KindVPC, v.VpcId, string(v.State))
		}
	}),
	by((*ec2.Client).DescribeSubnets, func(o *ec2.DescribeSubnetsOutput, in inventory) {
		for _, s := range o.Subnets {
			in.note(steps.KindSubnet, s.SubnetId, string(s.State))
		}
	}),
	by((*ec2.Client).DescribeRouteTables, noteTables),
	by((*ec2.Client).DescribeSecurityGroups, noteGroups),
	by((*ec2.Client).DescribeInstances, func(o *ec2.DescribeInstancesOutput, in inventory) {
		for _, r := range o.Reservations {
			for _, i := range r.Instances {
				in.note(steps.KindInstance, i.InstanceId, string(i.State.Name))
			}
		}
	}),
	by((*ec2.Client).DescribeNetworkInterfaces, func(o *ec2.DescribeNetworkInterfacesOutput, in inventory) {
		for _, i := range o.NetworkInterfaces {
			in.note(kindInterface, i.NetworkInterfaceId, "")
		}
	}),
	by((*ec2.Client).DescribeTransitGateways, func(o *ec2.DescribeTransitGatewaysOutput, in inventory) {
		for _, g := range o.TransitGateways {
			in.note(steps.KindTransitGateway, g.TransitGatewayId, string(g.State))
		}
	}),
	by((*ec2.Client).DescribeTransitGatewayVpcAttachments, func(o *ec2.DescribeTransitGatewayVpcAttachmentsOutput, in inventory) {
		for _, a := range o.TransitGatewayVpcAttachments {
			in.note(steps.KindTGWAttachment, a.TransitGatewayAttachmentId, string(a.State))
		}
	}),
	gatewayTables,
	by((*ec2.Client).DescribeInternetGateways, func(o *ec2.DescribeInternetGatewaysOutput, in inventory) {
		for _, g := range o.InternetGateways {
			in.note(steps.KindInternetGateway, g.InternetGatewayId, "")
			for _, a := range g.Attachments {
				in.note(steps.KindInternetGatewayAttachment, new(aws.ToString(g.InternetGatewayId)+"|"+aws.ToString(a.VpcId)), "")
			}
		}
	}),
	by((*ec2.Client).DescribeAddresses, func(o *ec2.DescribeAddressesOutput, in inventory) {
		for _, a := range o.Addresses {
			in.note(kindElasticIP, a.AllocationId, "")
		}
	}),
	by((*ec2.Client).DescribeVpcPeeringConnections, func(o *ec2.DescribeVpcPeeringConnectionsOutput, in inventory) {
		for _, c := range o.VpcPeeringConnections {
			in.note(steps.KindVPCPeering, c.VpcPeeringConnectionId, string(c.Status.Code))
		}
	}),
	by((*ec2.Client).DescribeVpcEndpointServiceConfigurations, func(o *ec2.DescribeVpcEndpointServiceConfigurationsOutput, in inventory) {
		for _, s := range o.ServiceConfigurations {
			in.note(steps.KindEndpointService, s.ServiceId, string(s.ServiceState))
		}
	}),
	by((*ec2.Client).DescribeVpcEndpoints, func(o *ec2.DescribeVpcEndpointsOutput, in inventory) {
		for _, e := range o.VpcEndpoints {
			in.note(steps.KindVPCEndpoint, e.VpcEndpointId, string(e.State))
		}
	}),
	loadBalancers, targetGroups,
}

// noteTables leaves out main tables, which come and go with their VPC.
func noteTables(o *ec2.DescribeRouteTablesOutput, in inventory) {
	for _, t := range o.RouteTables {
		if slices.ContainsFunc(t.Associations, func(a types.RouteTableAssociation) bool { return aws.ToBool(a.Main) }) {
			continue
		}
		in.note(steps.KindRouteTable, t.RouteTableId, "")
		for _, a := range t.Associations {
			in.note(steps.KindRouteTableAssociation, a.RouteTableAssociationId, "")
		}
		for _, r := range t.Routes {
			if aws.ToString(r.GatewayId) != "local" {
				in.note(steps.KindRoute, new(aws.ToString(t.RouteTableId)+"|"+aws.ToString(r.DestinationCidrBlock)), "")
			}
		}
	}
}

// noteGroups leaves out default groups, which come and go with their VPC.
func noteGroups(o *ec2.DescribeSecurityGroupsOutput, in inventory) {
	for _, g := range o.SecurityGroups {
		if aws.ToString(g.GroupName) == "default" {
			continue
		}
		in.note(steps.KindSecurityGroup, g.GroupId, "")
		for _, p := range g.IpPermissions {
			for _, r := range p.IpRanges {
				in.note(steps.KindSecurityGroupRule, new(aws.ToString(g.GroupId)+"|"+aws.ToString(r.CidrIp)), "")
			}
			for _, r := range p.UserIdGroupPairs {
				in.note(steps.KindSecurityGroupRule, new(aws.ToString(g.GroupId)+"|"+aws.ToString(r.GroupId)), "")
			}
		}
	}
}

// gatewayTables looks at the gateways' tables and at what hangs on them. It leaves out the table that moto makes by
// itself, although the default table is off.
func gatewayTables(ctx context.Context, account *cloud.Account, in inventory) error {
	api := account.EC2
	tables, err := api.DescribeTransitGatewayRouteTables(ctx, &ec2.DescribeTransitGatewayRouteTablesInput{})
	if err != nil {
		return err
	}
	for _, t := range tables.TransitGatewayRouteTables {
		if t.State == types.TransitGatewayRouteTableStateDeleted || aws.ToBool(t.DefaultAssociationRouteTable) {
			continue
		}
		in.note(steps.KindTGWRouteTable, t.TransitGatewayRouteTableId, "")
		associations, err := api.GetTransitGatewayRouteTableAssociations(ctx, &ec2.GetTransitGatewayRouteTableAssociationsInput{TransitGatewayRouteTableId: t.TransitGatewayRouteTableId})
		if err != nil {
			return err
		}
		for _, a := range associations.Associations {
			in.note(steps.KindTGWAssociation, a.TransitGatewayAttachmentId, string(a.State))
		}
		propagations, err := api.GetTransitGatewayRouteTablePropagations(ctx, &ec2.GetTransitGatewayRouteTablePropagationsInput{TransitGatewayRouteTableId: t.TransitGatewayRouteTableId})
		if err != nil {
			return err
		}
		for _, p := range propagations.TransitGatewayRouteTablePropagations {
			in.note(steps.KindTGWPropagation, p.TransitGatewayAttachmentId, string(p.State))
		}
	}
	return nil
}
