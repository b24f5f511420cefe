package steps

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
)

// The looks at what may hang on route tables and transit gateways. AWS keeps no tags of associations, so whose one is,
// what it associates tells: a thing of ours, which takes it along when it goes, or a stranger's.

// associationsOf finds what is associated with a VPC's route table: subnets, a gateway (edge association), or the VPC
// itself, whose main table somebody made it.
func associationsOf(ctx context.Context, api hangingAPI, table string) ([]hanging, error) {
	tables, err := describeRouteTables(api)(ctx, []types.Filter{filter("route-table-id", table)})
	if err != nil {
		return nil, err
	}
	var list, others []hanging
	for _, t := range tables {
		if aws.ToString(t.RouteTableId) != table {
			continue
		}
		for _, a := range t.Associations {
			leaving := a.AssociationState != nil && a.AssociationState.State == types.RouteTableAssociationStateCodeDisassociating
			switch {
			case aws.ToBool(a.Main):
				others = append(others, hanging{kind: "main association of %s", id: aws.ToString(t.VpcId), passing: leaving})
			case a.SubnetId == nil:
				others = append(others, hanging{kind: "association of %s", id: aws.ToString(a.GatewayId), passing: leaving})
			default:
				list = append(list, hanging{kind: "association of %s", id: *a.SubnetId, passing: leaving})
			}
		}
	}
	list, err = withTags(ctx, list, "subnet-id", describeSubnets(api),
		func(s types.Subnet) (string, []types.Tag) { return aws.ToString(s.SubnetId), s.Tags })
	return append(list, others...), err
}

// attachmentsOf finds attachments of every kind: those of VPCs, peerings, VPNs.
func attachmentsOf(ctx context.Context, api hangingAPI, gateway string) ([]hanging, error) {
	attachments, err := describeAttachments(api)(ctx, []types.Filter{filter("transit-gateway-id", gateway)})
	var list []hanging
	for _, a := range attachments {
		if aws.ToString(a.TransitGatewayId) != gateway || a.State == types.TransitGatewayAttachmentStateDeleted {
			continue
		}
		list = append(list, hanging{
			kind: "attachment %s", id: aws.ToString(a.TransitGatewayAttachmentId), note: aws.ToString(a.ResourceId),
			tags: a.Tags, passing: a.State == types.TransitGatewayAttachmentStateDeleting,
		})
	}
	return list, err
}

// tablesOfGateway leaves out default tables, which go with their gateway.
func tablesOfGateway(ctx context.Context, api hangingAPI, gateway string) ([]hanging, error) {
	p := ec2.NewDescribeTransitGatewayRouteTablesPaginator(api, &ec2.DescribeTransitGatewayRouteTablesInput{
		Filters: []types.Filter{filter("transit-gateway-id", gateway)},
	})
	return pages(ctx, p, func(o *ec2.DescribeTransitGatewayRouteTablesOutput) []hanging {
		var list []hanging
		for _, t := range o.TransitGatewayRouteTables {
			isDefault := aws.ToBool(t.DefaultAssociationRouteTable) || aws.ToBool(t.DefaultPropagationRouteTable)
			if aws.ToString(t.TransitGatewayId) == gateway && !isDefault && t.State != types.TransitGatewayRouteTableStateDeleted {
				list = append(list, hanging{
					kind: "route table %s", id: aws.ToString(t.TransitGatewayRouteTableId), tags: t.Tags,
					passing: t.State == types.TransitGatewayRouteTableStateDeleting,
				})
			}
		}
		return list
	})
}

// associatedWith finds the attachments associated with a route table of a transit gateway.
func associatedWith(ctx context.Context, api hangingAPI, table string) ([]hanging, error) {
	p := ec2.NewGetTransitGatewayRouteTableAssociationsPaginator(api, &ec2.GetTransitGatewayRouteTableAssociationsInput{
		TransitGatewayRouteTableId: aws.String(table),
	})
	list, err := pages(ctx, p, func(o *ec2.GetTransitGatewayRouteTableAssociationsOutput) []hanging {
		var list []hanging
		for _, a := range o.Associations {
			if a.State != types.TransitGatewayAssociationStateDisassociated {
				leaving := a.State == types.TransitGatewayAssociationStateDisassociating
				list = append(list, hanging{kind: "association of %s", id: aws.ToString(a.TransitGatewayAttachmentId), passing: leaving})
			}
		}
		return list
	})
	if err != nil {
		if noTable(err) {
			return nil, nil
		}
		return nil, err
	}
	return withTags(ctx, list, "transit-gateway-attachment-id", describeAttachments(api),
		func(a types.TransitGatewayAttachment) (string, []types.Tag) {
			return aws.ToString(a.TransitGatewayAttachmentId), a.Tags
		})
}

// withTags gives each association the tags of what it associates. What is not there any more took the association
// along, whatever the list of those still shows.
func withTags[T any](
	ctx context.Context, list []hanging, name string, fetch fetch[T], of func(T) (id string, tags []types.Tag),
) ([]hanging, error) {
	var ids []string
	for _, h := range list {
		ids = append(ids, h.id)
	}
	seen, err := fetchBy(ctx, nil, name, ids, fetch)
	if err != nil {
		return nil, err
	}
	tags := map[string][]types.Tag{}
	for _, t := range seen {
		id, own := of(t)
		tags[id] = own
	}
	for i, h := range list {
		own, there := tags[h.id]
		list[i].tags, list[i].passing = own, h.passing || !there
	}
	return list, nil
}

func describeAttachments(api ec2.DescribeTransitGatewayAttachmentsAPIClient) fetch[types.TransitGatewayAttachment] {
	return func(ctx context.Context, by []types.Filter) ([]types.TransitGatewayAttachment, error) {
		p := ec2.NewDescribeTransitGatewayAttachmentsPaginator(api, &ec2.DescribeTransitGatewayAttachmentsInput{Filters: by})
		return pages(ctx, p, func(o *ec2.DescribeTransitGatewayAttachmentsOutput) []types.TransitGatewayAttachment {
			return o.TransitGatewayAttachments
		})
	}
}
