package sim

import (
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
)

// The two ways in which AWS describes attachments: of VPCs, with subnets and options, and of all types, with the
// association.

var attachmentFacets = common("transit-gateway-attachment-id", "state", facets[*attachment]{
	"transit-gateway-id":       one(func(a *attachment) string { return a.gateway }),
	"vpc-id":                   one(func(a *attachment) string { return a.vpc }),
	"resource-id":              one(func(a *attachment) string { return a.vpc }),
	"resource-type":            one(func(*attachment) string { return "vpc" }),
	"resource-owner-id":        func(c *call, _ *attachment) []string { return []string{c.account} },
	"transit-gateway-owner-id": func(c *call, _ *attachment) []string { return []string{c.account} },
	"association.state": ofAssociation(func(c *call, x *association) string {
		return x.state(c.now)
	}),
	"association.transit-gateway-route-table-id": ofAssociation(func(_ *call, x *association) string { return x.parent }),
})

func ofAssociation(look func(*call, *association) string) func(*call, *attachment) []string {
	return func(c *call, a *attachment) []string {
		if x := c.associationOf(a); x != nil {
			return []string{look(c, x)}
		}
		return nil
	}
}

// associationOf is what reads show of an attachment's association, nil when they show none.
func (c *call) associationOf(a *attachment) *association {
	for _, x := range c.associations.seen(c) {
		if x.attachment == a {
			return x
		}
	}
	return nil
}

func (c *call) describeVPCAttachments(
	in *ec2.DescribeTransitGatewayVpcAttachmentsInput,
) (*ec2.DescribeTransitGatewayVpcAttachmentsOutput, error) {
	list, next, err := c.attachmentPage(in.TransitGatewayAttachmentIds, in.Filters, in.MaxResults, in.NextToken)
	if err != nil {
		return nil, err
	}
	return &ec2.DescribeTransitGatewayVpcAttachmentsOutput{NextToken: next, TransitGatewayVpcAttachments: shown(list, c.awsVPCAttachment)}, nil
}

func (c *call) describeAttachments(in *ec2.DescribeTransitGatewayAttachmentsInput) (*ec2.DescribeTransitGatewayAttachmentsOutput, error) {
	list, next, err := c.attachmentPage(in.TransitGatewayAttachmentIds, in.Filters, in.MaxResults, in.NextToken)
	if err != nil {
		return nil, err
	}
	return &ec2.DescribeTransitGatewayAttachmentsOutput{NextToken: next, TransitGatewayAttachments: shown(list, c.awsAttachment)}, nil
}

func (c *call) attachmentPage(ids []string, filters []types.Filter, limit *int32, token *string) ([]*attachment, *string, error) {
	list, err := c.attachments.chosen(c, kindAttachment, ids)
	if err != nil {
		return nil, nil, err
	}
	if list, err = matching(c, list, filters, attachmentFacets); err != nil {
		return nil, nil, err
	}
	return page(c, list, limit, token)
}

func (c *call) awsVPCAttachment(a *attachment) types.TransitGatewayVpcAttachment {
	options := a.options
	return types.TransitGatewayVpcAttachment{
		TransitGatewayAttachmentId: new(a.id), TransitGatewayId: new(a.gateway), VpcId: new(a.vpc), VpcOwnerId: new(c.account),
		State: types.TransitGatewayAttachmentState(a.state(c.now)), SubnetIds: a.subnets, CreationTime: new(a.asked),
		Options: &options, Tags: awsTags(a.tags),
	}
}

func (c *call) awsAttachment(a *attachment) types.TransitGatewayAttachment {
	out := types.TransitGatewayAttachment{
		TransitGatewayAttachmentId: new(a.id), TransitGatewayId: new(a.gateway), TransitGatewayOwnerId: new(c.account),
		ResourceId: new(a.vpc), ResourceOwnerId: new(c.account), ResourceType: types.TransitGatewayAttachmentResourceTypeVpc,
		State: types.TransitGatewayAttachmentState(a.state(c.now)), CreationTime: new(a.asked), Tags: awsTags(a.tags),
	}
	if x := c.associationOf(a); x != nil {
		out.Association = &types.TransitGatewayAttachmentAssociation{
			State: types.TransitGatewayAssociationState(x.state(c.now)), TransitGatewayRouteTableId: new(x.parent),
		}
	}
	return out
}
