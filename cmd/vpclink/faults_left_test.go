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

	"vpclink/steps"
)

// wholeLab is how much there is of each kind when the tgw lab of three VPCs is up, nothing missing and nothing double.
const wholeLab = "3 instance, 6 route, 3 route-table, 3 route-table-association, 3 security-group, 6 security-group-rule, 3 subnet, " +
	"3 tgw-association, 3 tgw-attachment, 3 tgw-propagation, 1 tgw-route-table, 1 transit-gateway, 3 vpc"

// holdings asks a server, past the proxy, what it has of one stack.
type holdings struct {
	api   *ec2.Client
	stack string
	made  func(id *string) bool // whether an ID was in an answer to this stack
	seen  map[string][]string   // by kind
}

// found notes a thing when it is of this stack: by its tags, or by an ID. Moto forgets the tags of attachments, and the
// main table and the default group that come with a VPC have none.
func (h *holdings) found(kind, id string, tags []types.Tag, ids ...*string) bool {
	ours := slices.ContainsFunc(ids, h.made)
	for _, t := range tags {
		ours = ours || aws.ToString(t.Key) == steps.TagStack && aws.ToString(t.Value) == h.stack
	}
	if ours {
		h.seen[kind] = append(h.seen[kind], id)
	}
	return ours
}

// looks are what is asked of the server. What they show is matched here: some servers ignore filters.
var looks = []func(context.Context, *holdings) error{vpcsLeft, tablesLeft, groupsLeft, instancesLeft, gatewaysLeft, attachmentsLeft}

// left lists what the server has of the stack, by kind.
func (h holdings) left(ctx context.Context) (map[string][]string, error) {
	h.seen = map[string][]string{}
	for _, look := range looks {
		if err := look(ctx, &h); err != nil {
			return nil, fmt.Errorf("asking the server what it has: %w", err)
		}
	}
	return h.seen, nil
}

// kindInterface are the interfaces of instances, and on some servers of attachments: they come with these, and must go
// with them.
const kindInterface = "network-interface"

// counts writes what there is in the form of wholeLab.
func counts(seen map[string][]string) string {
	var list []string
	for kind, ids := range seen {
		if kind == kindInterface {
			continue
		}
		list = append(list, fmt.Sprintf("%d %s", len(ids), kind))
	}
	slices.SortFunc(list, func(a, b string) int {
		return cmp.Compare(a[strings.Index(a, " "):], b[strings.Index(b, " "):])
	})
	return strings.Join(list, ", ")
}

func vpcsLeft(ctx context.Context, h *holdings) error {
	vpcs, err := h.api.DescribeVpcs(ctx, &ec2.DescribeVpcsInput{})
	if err != nil {
		return err
	}
	for _, v := range vpcs.Vpcs {
		h.found(steps.KindVPC, aws.ToString(v.VpcId), v.Tags, v.VpcId)
	}
	subnets, err := h.api.DescribeSubnets(ctx, &ec2.DescribeSubnetsInput{})
	if err != nil {
		return err
	}
	for _, s := range subnets.Subnets {
		h.found(steps.KindSubnet, aws.ToString(s.SubnetId), s.Tags, s.SubnetId, s.VpcId)
	}
	return nil
}

func tablesLeft(ctx context.Context, h *holdings) error {
	out, err := h.api.DescribeRouteTables(ctx, &ec2.DescribeRouteTablesInput{})
	if err != nil {
		return err
	}
	for _, t := range out.RouteTables {
		id := aws.ToString(t.RouteTableId)
		if slices.ContainsFunc(t.Associations, func(a types.RouteTableAssociation) bool { return aws.ToBool(a.Main) }) {
			continue // comes and goes with its VPC
		}
		if !h.found(steps.KindRouteTable, id, t.Tags, t.RouteTableId, t.VpcId) {
			continue
		}
		for _, a := range t.Associations {
			h.seen[steps.KindRouteTableAssociation] = append(h.seen[steps.KindRouteTableAssociation], aws.ToString(a.RouteTableAssociationId))
		}
		for _, r := range t.Routes {
			if r.TransitGatewayId != nil {
				h.seen[steps.KindRoute] = append(h.seen[steps.KindRoute], id+"|"+aws.ToString(r.DestinationCidrBlock))
			}
		}
	}
	return nil
}

func groupsLeft(ctx context.Context, h *holdings) error {
	out, err := h.api.DescribeSecurityGroups(ctx, &ec2.DescribeSecurityGroupsInput{})
	if err != nil {
		return err
	}
	for _, g := range out.SecurityGroups {
		id := aws.ToString(g.GroupId)
		if aws.ToString(g.GroupName) == "default" || !h.found(steps.KindSecurityGroup, id, g.Tags, g.GroupId, g.VpcId) {
			continue
		}
		for _, p := range g.IpPermissions {
			for _, r := range p.IpRanges {
				h.seen[steps.KindSecurityGroupRule] = append(h.seen[steps.KindSecurityGroupRule], id+"|"+aws.ToString(r.CidrIp))
			}
		}
	}
	return nil
}

func instancesLeft(ctx context.Context, h *holdings) error {
	// The one filter: terminated ones stay in the list, on moto for ever.
	mine := []types.Filter{{Name: aws.String("tag:" + steps.TagStack), Values: []string{h.stack}}}
	out, err := h.api.DescribeInstances(ctx, &ec2.DescribeInstancesInput{Filters: mine})
	if err != nil {
		return err
	}
	for _, r := range out.Reservations {
		for _, i := range r.Instances {
			if i.State != nil && i.State.Name != types.InstanceStateNameTerminated {
				h.found(steps.KindInstance, aws.ToString(i.InstanceId), i.Tags)
			}
		}
	}
	interfaces, err := h.api.DescribeNetworkInterfaces(ctx, &ec2.DescribeNetworkInterfacesInput{})
	if err != nil {
		return err
	}
	for _, i := range interfaces.NetworkInterfaces {
		h.found(kindInterface, aws.ToString(i.NetworkInterfaceId), i.TagSet, i.VpcId)
	}
	return nil
}

// gatewaysLeft leaves out the table that moto and LocalStack make by themselves, although the default table is off.
func gatewaysLeft(ctx context.Context, h *holdings) error {
	gateways, err := h.api.DescribeTransitGateways(ctx, &ec2.DescribeTransitGatewaysInput{})
	if err != nil {
		return err
	}
	for _, g := range gateways.TransitGateways {
		if g.State != types.TransitGatewayStateDeleted {
			h.found(steps.KindTransitGateway, aws.ToString(g.TransitGatewayId), g.Tags, g.TransitGatewayId)
		}
	}
	tables, err := h.api.DescribeTransitGatewayRouteTables(ctx, &ec2.DescribeTransitGatewayRouteTablesInput{})
	if err != nil {
		return err
	}
	for _, t := range tables.TransitGatewayRouteTables {
		if t.State == types.TransitGatewayRouteTableStateDeleted || aws.ToBool(t.DefaultAssociationRouteTable) {
			continue
		}
		if h.found(steps.KindTGWRouteTable, aws.ToString(t.TransitGatewayRouteTableId), t.Tags, t.TransitGatewayRouteTableId) {
			if err := linksLeft(ctx, h, t.TransitGatewayRouteTableId); err != nil {
				return err
			}
		}
	}
	return nil
}

// linksLeft lists what hangs on a gateway's route table. Moto keeps a propagation twice that was enabled twice.
func linksLeft(ctx context.Context, h *holdings, table *string) error {
	associations, err := h.api.GetTransitGatewayRouteTableAssociations(ctx, &ec2.GetTransitGatewayRouteTableAssociationsInput{TransitGatewayRouteTableId: table})
	if err != nil {
		return err
	}
	for _, a := range associations.Associations {
		if a.State != types.TransitGatewayAssociationStateDisassociated {
			h.seen[steps.KindTGWAssociation] = append(h.seen[steps.KindTGWAssociation], aws.ToString(a.TransitGatewayAttachmentId))
		}
	}
	propagations, err := h.api.GetTransitGatewayRouteTablePropagations(ctx, &ec2.GetTransitGatewayRouteTablePropagationsInput{TransitGatewayRouteTableId: table})
	if err != nil {
		return err
	}
	for _, p := range propagations.TransitGatewayRouteTablePropagations {
		if p.State != types.TransitGatewayPropagationStateDisabled {
			h.seen[steps.KindTGWPropagation] = append(h.seen[steps.KindTGWPropagation], aws.ToString(p.TransitGatewayAttachmentId))
		}
	}
	return nil
}

func attachmentsLeft(ctx context.Context, h *holdings) error {
	out, err := h.api.DescribeTransitGatewayVpcAttachments(ctx, &ec2.DescribeTransitGatewayVpcAttachmentsInput{})
	if err != nil {
		return err
	}
	for _, a := range out.TransitGatewayVpcAttachments {
		if a.State != types.TransitGatewayAttachmentStateDeleted {
			h.found(steps.KindTGWAttachment, aws.ToString(a.TransitGatewayAttachmentId), a.Tags, a.TransitGatewayAttachmentId, a.TransitGatewayId, a.VpcId)
		}
	}
	return nil
}
