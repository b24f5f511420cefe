package steps

import (
	"context"
	"fmt"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"vpclink/cloud"
)

// hangingAPI are the looks at what may hang on a thing that AWS will not delete: AWS itself never names it.
type hangingAPI interface {
	ec2.DescribeNetworkInterfacesAPIClient
	ec2.DescribeSubnetsAPIClient
	ec2.DescribeSecurityGroupsAPIClient
	ec2.DescribeRouteTablesAPIClient
	ec2.DescribeInternetGatewaysAPIClient
	ec2.DescribeTransitGatewayAttachmentsAPIClient
	ec2.GetTransitGatewayRouteTableAssociationsAPIClient
}

// hanging is one thing that hangs on another.
type hanging struct {
	kind, id string
	tags     []types.Tag
	passing  bool // it goes by itself: AWS's own interface, or on its way out
}

// look lists what of one kind hangs on the thing with this ID.
type look func(context.Context, hangingAPI, string) ([]hanging, error)

// What may hang on each kind (aws-facts §2.1, §2.5, §2.20, §2.22). A new pattern adds its things here.
var (
	inVPC            = []look{interfacesBy("vpc-id"), subnetsIn, groupsIn, tablesIn, gatewaysOf}
	inSubnet         = []look{interfacesBy("subnet-id")}
	onSecurityGroup  = []look{interfacesBy("group-id"), groupsNaming}
	onRouteTable     = []look{associationsOf}
	onTransitGateway = []look{attachmentsOf}
	onTGWRouteTable  = []look{associatedWith}
)

// hangingOn decides what a delete means that AWS refused because something hangs on the thing: a stranger's thing is
// an error at once, for it may hang there for ever; what is ours or AWS's own is on its way out, so not yet. Every
// other error is handed back as it is.
func hangingOn(ctx context.Context, env Env, id string, looks []look, refusal error) error {
	if cloud.MeaningOf(refusal) != cloud.Dependency && cloud.MeaningOf(refusal) != cloud.WrongState {
		return refusal
	}
	var waitingFor []string
	for _, l := range looks {
		list, err := l(ctx, env.EC2, id)
		if err != nil {
			return fmt.Errorf("looking for what hangs on %s: %w", id, err)
		}
		for _, h := range list {
			if !h.passing && env.owner(h.tags) == "" {
				return &StrangerError{Kind: h.kind, ID: h.id, On: id, Err: refusal}
			}
			waitingFor = append(waitingFor, h.kind+" "+h.id)
		}
	}
	if len(waitingFor) > 0 {
		return &NotYetError{Waiting: strings.Join(waitingFor, ", ") + " still hangs on " + id, Err: refusal}
	}
	return &NotYetError{Err: refusal}
}

// interfacesBy finds network interfaces. Those that AWS manages cannot be deleted by anyone but AWS, and outlive their
// parents (aws-facts §2.8).
func interfacesBy(name string) look {
	return func(ctx context.Context, api hangingAPI, id string) ([]hanging, error) {
		p := ec2.NewDescribeNetworkInterfacesPaginator(api, &ec2.DescribeNetworkInterfacesInput{Filters: []types.Filter{filter(name, id)}})
		return pages(ctx, p, func(o *ec2.DescribeNetworkInterfacesOutput) []hanging {
			var list []hanging
			for _, i := range o.NetworkInterfaces {
				list = append(list, hanging{"network interface", aws.ToString(i.NetworkInterfaceId), i.TagSet, aws.ToBool(i.RequesterManaged)})
			}
			return list
		})
	}
}

func subnetsIn(ctx context.Context, api hangingAPI, vpc string) ([]hanging, error) {
	p := ec2.NewDescribeSubnetsPaginator(api, &ec2.DescribeSubnetsInput{Filters: []types.Filter{filter("vpc-id", vpc)}})
	return pages(ctx, p, func(o *ec2.DescribeSubnetsOutput) []hanging {
		var list []hanging
		for _, s := range o.Subnets {
			list = append(list, hanging{"subnet", aws.ToString(s.SubnetId), s.Tags, false})
		}
		return list
	})
}

// groupsIn leaves out the default group, which goes with its VPC.
func groupsIn(ctx context.Context, api hangingAPI, vpc string) ([]hanging, error) {
	return groupsWhere(ctx, api, filter("vpc-id", vpc), func(g types.SecurityGroup) bool { return aws.ToString(g.GroupName) != "default" })
}

// groupsNaming finds groups whose rules name this one; its own rules do not block it.
func groupsNaming(ctx context.Context, api hangingAPI, group string) ([]hanging, error) {
	return groupsWhere(ctx, api, filter("ip-permission.group-id", group), func(g types.SecurityGroup) bool { return aws.ToString(g.GroupId) != group })
}

func groupsWhere(ctx context.Context, api hangingAPI, by types.Filter, counts func(types.SecurityGroup) bool) ([]hanging, error) {
	groups, err := describeSecurityGroups(api)(ctx, []types.Filter{by})
	var list []hanging
	for _, g := range groups {
		if counts(g) {
			list = append(list, hanging{"security group", aws.ToString(g.GroupId), g.Tags, false})
		}
	}
	return list, err
}

// tablesIn leaves out the main table, which goes with its VPC.
func tablesIn(ctx context.Context, api hangingAPI, vpc string) ([]hanging, error) {
	tables, err := describeRouteTables(api)(ctx, []types.Filter{filter("vpc-id", vpc)})
	var list []hanging
	for _, t := range tables {
		main := false
		for _, a := range t.Associations {
			main = main || aws.ToBool(a.Main)
		}
		if !main {
			list = append(list, hanging{"route table", aws.ToString(t.RouteTableId), t.Tags, false})
		}
	}
	return list, err
}

// gatewaysOf finds the internet gateway attached to a VPC.
func gatewaysOf(ctx context.Context, api hangingAPI, vpc string) ([]hanging, error) {
	p := ec2.NewDescribeInternetGatewaysPaginator(api, &ec2.DescribeInternetGatewaysInput{Filters: []types.Filter{filter("attachment.vpc-id", vpc)}})
	return pages(ctx, p, func(o *ec2.DescribeInternetGatewaysOutput) []hanging {
		var list []hanging
		for _, g := range o.InternetGateways {
			list = append(list, hanging{"internet gateway", aws.ToString(g.InternetGatewayId), g.Tags, false})
		}
		return list
	})
}

// associationsOf finds the subnets associated with a route table. Associations have no tags: while ours are still
// shown, their table, which is ours, tells whose they may be.
func associationsOf(ctx context.Context, api hangingAPI, table string) ([]hanging, error) {
	tables, err := describeRouteTables(api)(ctx, []types.Filter{filter("route-table-id", table)})
	var list []hanging
	for _, t := range tables {
		for _, a := range t.Associations {
			leaving := a.AssociationState != nil && a.AssociationState.State != types.RouteTableAssociationStateCodeAssociated
			list = append(list, hanging{"association of subnet", aws.ToString(a.SubnetId), nil, leaving})
		}
	}
	return list, err
}

func attachmentsOf(ctx context.Context, api hangingAPI, gateway string) ([]hanging, error) {
	p := ec2.NewDescribeTransitGatewayAttachmentsPaginator(api, &ec2.DescribeTransitGatewayAttachmentsInput{
		Filters: []types.Filter{filter("transit-gateway-id", gateway)},
	})
	return pages(ctx, p, func(o *ec2.DescribeTransitGatewayAttachmentsOutput) []hanging {
		var list []hanging
		for _, a := range o.TransitGatewayAttachments {
			leaving := a.State == types.TransitGatewayAttachmentStateDeleting
			if a.State != types.TransitGatewayAttachmentStateDeleted {
				list = append(list, hanging{"attachment", aws.ToString(a.TransitGatewayAttachmentId), a.Tags, leaving})
			}
		}
		return list
	})
}

func associatedWith(ctx context.Context, api hangingAPI, table string) ([]hanging, error) {
	p := ec2.NewGetTransitGatewayRouteTableAssociationsPaginator(api, &ec2.GetTransitGatewayRouteTableAssociationsInput{
		TransitGatewayRouteTableId: aws.String(table),
	})
	list, err := pages(ctx, p, func(o *ec2.GetTransitGatewayRouteTableAssociationsOutput) []hanging {
		var list []hanging
		for _, a := range o.Associations {
			leaving := a.State == types.TransitGatewayAssociationStateDisassociating
			list = append(list, hanging{"association of attachment", aws.ToString(a.TransitGatewayAttachmentId), nil, leaving})
		}
		return list
	})
	if noTable(err) {
		return nil, nil
	}
	return list, err
}
