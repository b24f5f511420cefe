package sim

import (
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
)

var propagationActions = []handler{
	action("EnableTransitGatewayRouteTablePropagation", changing, (*call).enablePropagation),
	action("DisableTransitGatewayRouteTablePropagation", changing, (*call).disablePropagation),
	action("GetTransitGatewayRouteTablePropagations", reading, (*call).gatewayTablePropagations),
}

// propagation puts the CIDR block of an attachment's VPC into a route table, its parent. AWS gives it no ID.
type propagation struct {
	thing
	attachment *attachment
}

func (c *call) enablePropagation(
	in *ec2.EnableTransitGatewayRouteTablePropagationInput,
) (*ec2.EnableTransitGatewayRouteTablePropagationOutput, error) {
	t, a, err := c.tableAndAttachment(in.TransitGatewayRouteTableId, in.TransitGatewayAttachmentId)
	if err != nil {
		return nil, err
	}
	if p := c.propagations.byID[t.id+"|"+a.id]; p != nil && p.holds(c.now) {
		return nil, fail("TransitGatewayRouteTablePropagation.Duplicate",
			"Propagation %s already exists in Transit Gateway Route Table %s.", a.id, t.id)
	}
	p := c.addPropagation(t, a, c.born(kindPropagation, t.id, nil))
	return &ec2.EnableTransitGatewayRouteTablePropagationOutput{Propagation: new(c.awsPropagation(p))}, nil
}

func (c *call) addPropagation(t *gatewayTable, a *attachment, th thing) *propagation {
	th.id = t.id + "|" + a.id
	return c.propagations.add(c.region, &propagation{thing: th, attachment: a})
}

func (c *call) disablePropagation(
	in *ec2.DisableTransitGatewayRouteTablePropagationInput,
) (*ec2.DisableTransitGatewayRouteTablePropagationOutput, error) {
	t, err := c.gatewayTables.use(c, kindGatewayTable, in.TransitGatewayRouteTableId)
	if err != nil {
		return nil, err
	}
	a, err := c.attachments.use(c, kindAttachment, in.TransitGatewayAttachmentId)
	if err != nil {
		return nil, err
	}
	p := c.propagations.byID[t.id+"|"+a.id]
	if p == nil || !p.holds(c.now) {
		return nil, fail("TransitGatewayRouteTablePropagation.NotFound",
			"Propagation %s does not exist in Transit Gateway Route Table %s.", a.id, t.id)
	}
	if p.stage(c.now) != standing {
		return nil, incorrectState("The propagation of %s is in invalid state", a.id)
	}
	c.leave(&p.thing)
	return &ec2.DisableTransitGatewayRouteTablePropagationOutput{Propagation: new(c.awsPropagation(p))}, nil
}

var propagationFacets = facets[*propagation]{
	"transit-gateway-attachment-id": one(func(p *propagation) string { return p.attachment.id }),
	"resource-id":                   one(func(p *propagation) string { return p.attachment.vpc }),
	"resource-type":                 one(func(*propagation) string { return "vpc" }),
}

func (c *call) gatewayTablePropagations(
	in *ec2.GetTransitGatewayRouteTablePropagationsInput,
) (*ec2.GetTransitGatewayRouteTablePropagationsOutput, error) {
	list, err := inTable(c, &c.propagations, in.TransitGatewayRouteTableId)
	if err != nil {
		return nil, err
	}
	if list, err = matching(c, list, in.Filters, propagationFacets); err != nil {
		return nil, err
	}
	list, next, err := page(c, list, in.MaxResults, in.NextToken)
	if err != nil {
		return nil, err
	}
	out := &ec2.GetTransitGatewayRouteTablePropagationsOutput{
		NextToken: next, TransitGatewayRouteTablePropagations: []types.TransitGatewayRouteTablePropagation{},
	}
	for _, p := range list {
		out.TransitGatewayRouteTablePropagations = append(out.TransitGatewayRouteTablePropagations, types.TransitGatewayRouteTablePropagation{
			TransitGatewayAttachmentId: new(p.attachment.id), ResourceId: new(p.attachment.vpc),
			ResourceType: types.TransitGatewayAttachmentResourceTypeVpc, State: types.TransitGatewayPropagationState(p.state(c.now)),
		})
	}
	return out, nil
}

func (c *call) awsPropagation(p *propagation) types.TransitGatewayPropagation {
	return types.TransitGatewayPropagation{
		TransitGatewayRouteTableId: new(p.parent), TransitGatewayAttachmentId: new(p.attachment.id), ResourceId: new(p.attachment.vpc),
		ResourceType: types.TransitGatewayAttachmentResourceTypeVpc, State: types.TransitGatewayPropagationState(p.state(c.now)),
	}
}
