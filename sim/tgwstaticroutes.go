package sim

import (
	"net/netip"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
)

var staticRouteActions = []handler{
	action("CreateTransitGatewayRoute", changing, (*call).createStaticRoute),
	action("DeleteTransitGatewayRoute", changing, (*call).deleteStaticRoute),
}

func (c *call) createStaticRoute(in *ec2.CreateTransitGatewayRouteInput) (*ec2.CreateTransitGatewayRouteOutput, error) {
	t, to, err := c.staticRoutePlace(in.TransitGatewayRouteTableId, in.DestinationCidrBlock)
	if err != nil {
		return nil, err
	}
	r := &gatewayRoute{to: to, origin: types.TransitGatewayRouteTypeStatic}
	if !deref(in.Blackhole) { // one that drops the traffic ignores the attachment (hashicorp/terraform-provider-aws#9046)
		if _, r.attachment, err = c.tableAndAttachment(in.TransitGatewayRouteTableId, in.TransitGatewayAttachmentId); err != nil {
			return nil, err
		}
	}
	if c.findStaticRoute(t, to) != nil {
		return nil, fail("RouteAlreadyExists", "Route %s already exists in Transit Gateway Route Table %s.", to, t.id)
	}
	r.thing = c.born(kindGatewayRoute, t.id, nil)
	r.id = routeID(t.id, to)
	c.staticRoutes.add(c.region, r)
	return &ec2.CreateTransitGatewayRouteOutput{Route: new(c.awsGatewayRoute(r))}, nil
}

// deleteStaticRoute finds no propagated routes: they go with their propagation.
func (c *call) deleteStaticRoute(in *ec2.DeleteTransitGatewayRouteInput) (*ec2.DeleteTransitGatewayRouteOutput, error) {
	t, to, err := c.staticRoutePlace(in.TransitGatewayRouteTableId, in.DestinationCidrBlock)
	if err != nil {
		return nil, err
	}
	r := c.findStaticRoute(t, to)
	if r == nil {
		return nil, fail("InvalidRoute.NotFound", "Route %s does not exists in Transit Gateway Route Table %s.", to, t.id)
	}
	c.leave(&r.thing)
	return &ec2.DeleteTransitGatewayRouteOutput{Route: new(c.awsGatewayRoute(r))}, nil
}

// staticRoutePlace reads table, which must be ready, and destination.
func (c *call) staticRoutePlace(table, cidr *string) (*gatewayTable, netip.Prefix, error) {
	t, err := c.gatewayTables.use(c, kindGatewayTable, table)
	if err != nil {
		return nil, netip.Prefix{}, err
	}
	if err := c.ready(&t.thing); err != nil {
		return nil, netip.Prefix{}, err
	}
	to, err := parseIPv4("destinationCidrBlock", cidr)
	return t, to, err
}

// findStaticRoute finds a static route as AWS itself knows it, whatever reads show yet or still.
func (c *call) findStaticRoute(t *gatewayTable, to netip.Prefix) *gatewayRoute {
	if r := c.staticRoutes.byID[routeID(t.id, to)]; r != nil && r.stands(c.now) {
		return r
	}
	return nil
}

// endRoutes ends what puts routes into a table, together with the table.
func (c *call) endRoutes(t *gatewayTable) {
	for _, p := range c.propagations.in(t.id).standing(c, all) {
		p.leaveWith(&t.life)
	}
	for _, r := range c.staticRoutes.in(t.id).standing(c, all) {
		r.leaveWith(&t.life)
	}
}
