package sim

import (
	"net/netip"
	"slices"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
)

var routeActions = []handler{
	action("CreateRoute", changing, (*call).createRoute),
	action("ReplaceRoute", changing, (*call).replaceRoute),
	action("DeleteRoute", changing, (*call).deleteRoute),
}

// route is a line of a route table, which is its parent. AWS gives it no ID: it is known by table and destination.
type route struct {
	thing
	table  *routeTable
	to     netip.Prefix
	target target
}

func routeID(table string, to netip.Prefix) string { return table + "|" + to.String() }

func (c *call) createRoute(in *ec2.CreateRouteInput) (*ec2.CreateRouteOutput, error) {
	t, to, err := c.routePlace(in.RouteTableId, in.DestinationCidrBlock)
	if err != nil {
		return nil, err
	}
	via, err := c.targetOf(t, routeTarget{
		gateway: in.GatewayId, transit: in.TransitGatewayId, netInterface: in.NetworkInterfaceId, instance: in.InstanceId,
		peering: in.VpcPeeringConnectionId, nat: in.NatGatewayId,
	})
	if err != nil {
		return nil, err
	}
	if r := c.findRoute(t, to); r != nil {
		if r.target == via { // the same again succeeds (aws-facts §2.4)
			return &ec2.CreateRouteOutput{Return: new(true)}, nil
		}
		return nil, fail("RouteAlreadyExists", "The route identified by %s already exists.", to)
	}
	narrower := func(b netip.Prefix) bool { return b.Overlaps(to) && to.Bits() > b.Bits() }
	if slices.ContainsFunc(c.vpcs.byID[t.parent].blocks(), narrower) && via.netInterface == "" {
		return nil, invalid("The destination CIDR block %s is equal to or more specific than one of this VPC's CIDR blocks. "+
			"This route can target only an interface or an instance.", to)
	}
	have := c.routes.in(t.id).standing(c, func(r *route) bool { return !r.implicit })
	if err := within(len(have), c.opts.Quotas.RoutesPerTable, "RouteLimitExceeded", "routes in this route table"); err != nil {
		return nil, err
	}
	c.addRoute(t, to, via)
	return &ec2.CreateRouteOutput{Return: new(true)}, nil
}

func (c *call) addRoute(t *routeTable, to netip.Prefix, target target) *route {
	r := &route{thing: c.born(kindRoute, t.id, nil), table: t, to: to, target: target}
	r.id = routeID(t.id, to)
	return c.routes.add(c.region, r)
}

func (c *call) replaceRoute(in *ec2.ReplaceRouteInput) (*ec2.ReplaceRouteOutput, error) {
	t, to, err := c.routePlace(in.RouteTableId, in.DestinationCidrBlock)
	if err != nil {
		return nil, err
	}
	r := c.findRoute(t, to)
	if r == nil {
		return nil, invalid("There is no route defined for '%s' in the route table. Use CreateRoute instead.", to)
	}
	if r.implicit {
		return nil, invalid("cannot replace local route %s in route table %s", to, t.id)
	}
	target, err := c.targetOf(t, routeTarget{
		gateway: in.GatewayId, transit: in.TransitGatewayId, netInterface: in.NetworkInterfaceId, instance: in.InstanceId,
		peering: in.VpcPeeringConnectionId, nat: in.NatGatewayId,
	})
	if err != nil {
		return nil, err
	}
	r.target = target
	return &ec2.ReplaceRouteOutput{}, nil
}

func (c *call) deleteRoute(in *ec2.DeleteRouteInput) (*ec2.DeleteRouteOutput, error) {
	t, to, err := c.routePlace(in.RouteTableId, in.DestinationCidrBlock)
	if err != nil {
		return nil, err
	}
	r := c.findRoute(t, to)
	if r == nil {
		return nil, fail("InvalidRoute.NotFound", "no route with destination-cidr-block %s in route table %s", to, t.id)
	}
	if r.implicit {
		return nil, invalid("cannot remove local route %s in route table %s", to, t.id)
	}
	c.leave(&r.thing)
	return &ec2.DeleteRouteOutput{}, nil
}

// routePlace reads table and destination.
func (c *call) routePlace(table, cidr *string) (*routeTable, netip.Prefix, error) {
	t, err := c.routeTables.use(c, kindRouteTable, table)
	if err != nil {
		return nil, netip.Prefix{}, err
	}
	to, err := parseIPv4("destinationCidrBlock", cidr)
	return t, to, err
}

// findRoute finds a route as AWS itself knows it, whatever reads show yet or still.
func (c *call) findRoute(t *routeTable, to netip.Prefix) *route {
	if r := c.routes.byID[routeID(t.id, to)]; r != nil && r.stands(c.now) {
		return r
	}
	return nil
}

// routesOf lists what reads show of a table's routes.
func (c *call) routesOf(t *routeTable) []*route { return renewed(c.routes.in(t.id).seen(c)) }

func (r *route) origin() types.RouteOrigin {
	if r.implicit {
		return types.RouteOriginCreateRouteTable
	}
	return types.RouteOriginCreateRoute
}

func (c *call) awsRoute(r *route) types.Route {
	out := types.Route{DestinationCidrBlock: new(r.to.String()), Origin: r.origin(), State: c.routeState(r)}
	switch {
	case r.target.gateway != "":
		out.GatewayId = new(r.target.gateway)
	case r.target.transit != "":
		out.TransitGatewayId = new(r.target.transit)
	case r.target.peering != "":
		out.VpcPeeringConnectionId = new(r.target.peering)
	case r.target.netInterface != "":
		out.NetworkInterfaceId = new(r.target.netInterface)
		if id := c.instanceOf(r); id != "" {
			out.InstanceId, out.InstanceOwnerId = new(id), new(c.account)
		}
	}
	return out
}
