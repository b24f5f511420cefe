package sim

import (
	"math/rand/v2"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
)

var associationActions = []handler{
	action("AssociateTransitGatewayRouteTable", changing, (*call).associateGatewayTable),
	action("DisassociateTransitGatewayRouteTable", changing, (*call).disassociateGatewayTable),
	action("GetTransitGatewayRouteTableAssociations", reading, (*call).gatewayTableAssociations),
}

// association says by which route table, its parent, the traffic of an attachment goes. AWS gives it no ID.
type association struct {
	thing
	attachment *attachment
}

func (c *call) associateGatewayTable(in *ec2.AssociateTransitGatewayRouteTableInput) (*ec2.AssociateTransitGatewayRouteTableOutput, error) {
	t, a, err := c.tableAndAttachment(in.TransitGatewayRouteTableId, in.TransitGatewayAttachmentId)
	if err != nil {
		return nil, err
	}
	if len(c.associations.holding(c, func(x *association) bool { return x.attachment == a })) > 0 {
		return nil, fail("Resource.AlreadyAssociated", "Transit Gateway Attachment %s is already associated to a route table.", a.id)
	}
	x := c.addAssociation(t, a, c.born(kindAssociation, t.id, nil))
	return &ec2.AssociateTransitGatewayRouteTableOutput{Association: new(c.awsAssociation(x))}, nil
}

// tableAndAttachment finds both. They must be ready and belong to the same gateway.
func (c *call) tableAndAttachment(table, attach *string) (*gatewayTable, *attachment, error) {
	t, err := c.gatewayTables.use(c, kindGatewayTable, table)
	if err != nil {
		return nil, nil, err
	}
	a, err := c.attachments.use(c, kindAttachment, attach)
	if err != nil {
		return nil, nil, err
	}
	if err := c.ready(&t.thing); err != nil {
		return nil, nil, err
	}
	if err := c.ready(&a.thing); err != nil {
		return nil, nil, err
	}
	if t.parent != a.gateway {
		return nil, nil, invalid("%s and %s belong to different transit gateways", t.id, a.id)
	}
	return t, a, nil
}

func (c *call) addAssociation(t *gatewayTable, a *attachment, th thing) *association {
	th.id = t.id + "|" + a.id
	x := &association{thing: th, attachment: a}
	if c.opts.Durations == Spread && oneInAHundred(c.dice) {
		x.ready = x.asked.Add(c.opts.draw(c.dice, slowAssociate))
	}
	return c.associations.add(c.region, x)
}

func oneInAHundred(dice *rand.Rand) bool { return dice.IntN(100) == 0 }

func (c *call) disassociateGatewayTable(
	in *ec2.DisassociateTransitGatewayRouteTableInput,
) (*ec2.DisassociateTransitGatewayRouteTableOutput, error) {
	t, err := c.gatewayTables.use(c, kindGatewayTable, in.TransitGatewayRouteTableId)
	if err != nil {
		return nil, err
	}
	a, err := c.attachments.use(c, kindAttachment, in.TransitGatewayAttachmentId)
	if err != nil {
		return nil, err
	}
	x := c.associations.byID[t.id+"|"+a.id]
	if x == nil || !x.holds(c.now) {
		return nil, fail("InvalidAssociation.NotFound", "The association between %s and %s does not exist.", t.id, a.id)
	}
	if x.stage(c.now) != standing {
		return nil, incorrectState("The association of %s is in invalid state", a.id)
	}
	c.leave(&x.thing)
	return &ec2.DisassociateTransitGatewayRouteTableOutput{Association: new(c.awsAssociation(x))}, nil
}

var associationFacets = facets[*association]{
	"transit-gateway-attachment-id": one(func(x *association) string { return x.attachment.id }),
	"resource-id":                   one(func(x *association) string { return x.attachment.vpc }),
	"resource-type":                 one(func(*association) string { return "vpc" }),
}

func (c *call) gatewayTableAssociations(
	in *ec2.GetTransitGatewayRouteTableAssociationsInput,
) (*ec2.GetTransitGatewayRouteTableAssociationsOutput, error) {
	list, err := inTable(c, &c.associations, in.TransitGatewayRouteTableId)
	if err != nil {
		return nil, err
	}
	if list, err = matching(c, list, in.Filters, associationFacets); err != nil {
		return nil, err
	}
	list, next, err := page(c, list, in.MaxResults, in.NextToken)
	if err != nil {
		return nil, err
	}
	out := &ec2.GetTransitGatewayRouteTableAssociationsOutput{NextToken: next, Associations: []types.TransitGatewayRouteTableAssociation{}}
	for _, x := range list {
		out.Associations = append(out.Associations, types.TransitGatewayRouteTableAssociation{
			TransitGatewayAttachmentId: new(x.attachment.id), ResourceId: new(x.attachment.vpc),
			ResourceType: types.TransitGatewayAttachmentResourceTypeVpc, State: types.TransitGatewayAssociationState(x.state(c.now)),
		})
	}
	return out, nil
}

// inTable lists what reads show in one route table of a gateway, which must not be deleted.
func inTable[T entry](c *call, s *shelf[T], table *string) ([]T, error) {
	t, err := c.gatewayTables.use(c, kindGatewayTable, table)
	if err != nil {
		return nil, err
	}
	return s.in(t.id).seen(c), nil
}

func (c *call) awsAssociation(x *association) types.TransitGatewayAssociation {
	return types.TransitGatewayAssociation{
		TransitGatewayRouteTableId: new(x.parent), TransitGatewayAttachmentId: new(x.attachment.id), ResourceId: new(x.attachment.vpc),
		ResourceType: types.TransitGatewayAttachmentResourceTypeVpc, State: types.TransitGatewayAssociationState(x.state(c.now)),
	}
}
