package sim

import "github.com/aws/aws-sdk-go-v2/service/ec2/types"

// target is where a route leads; one of its fields is set.
type target struct {
	gateway      string // "local" or an internet gateway
	transit      string // transit gateway
	netInterface string
	peering      string
}

// routeTarget is a target as a call names it.
type routeTarget struct{ gateway, transit, netInterface, instance, peering, nat *string }

// targetOf checks that the target is there, and ready to take a route (aws-facts §2.4).
func (c *call) targetOf(t *routeTable, in routeTarget) (target, error) {
	given := 0
	for _, id := range []*string{in.gateway, in.transit, in.netInterface, in.instance, in.peering, in.nat} {
		if id != nil {
			given++
		}
	}
	switch {
	case given == 0:
		return target{}, fail("MissingParameter", "The request must contain exactly one target of the route")
	case given > 1:
		return target{}, fail("InvalidParameterCombination", "The request must contain exactly one target of the route")
	case in.transit != nil:
		return c.transitTarget(t, *in.transit)
	case in.gateway != nil:
		return c.gatewayTarget(t, *in.gateway)
	case in.netInterface != nil:
		n, err := c.interfaces.use(c, kindInterface, in.netInterface)
		if err != nil {
			return target{}, err
		}
		return target{netInterface: n.id}, nil
	case in.instance != nil:
		i, err := c.instances.use(c, kindInstance, in.instance)
		if err != nil {
			return target{}, err
		}
		return target{netInterface: i.netInterface.id}, nil
	case in.peering != nil:
		return c.peeringTarget(t, in.peering)
	}
	return target{}, fail("NatGatewayNotFound", "The Nat Gateway %s was not found", *in.nat)
}

// transitTarget: as long as the VPC's attachment is not available, AWS says that the gateway does not exist
// (aws-facts §1.3, hashicorp/terraform-provider-aws#9222).
func (c *call) transitTarget(t *routeTable, id string) (target, error) {
	if !kindGateway.wellFormed(id) {
		return target{}, fail(kindGateway.malformed, "Invalid id: %q (expecting \"tgw-...\")", id)
	}
	if !c.attached(id, t.parent) {
		return target{}, fail(kindGateway.notFound, "The transitGateway ID '%s' does not exist", id)
	}
	return target{transit: id}, nil
}

// attached reports whether the VPC has an available attachment to the transit gateway.
func (c *call) attached(gateway, vpc string) bool {
	return len(c.attachments.holding(c, func(a *attachment) bool {
		return a.gateway == gateway && a.vpc == vpc && a.stage(c.now) == standing
	})) > 0
}

func (c *call) gatewayTarget(t *routeTable, id string) (target, error) {
	if id == "local" {
		return target{gateway: id}, nil
	}
	if !kindInternetGateway.wellFormed(id) {
		return target{}, fail("InvalidGatewayID.NotFound", "The gateway ID '%s' does not exist", id)
	}
	g, err := c.internetGates.use(c, kindInternetGateway, &id)
	if err != nil {
		return target{}, fail("InvalidGatewayID.NotFound", "The gateway ID '%s' does not exist", id)
	}
	if l := c.internetLinkOf(g); l == nil || l.vpc != t.parent {
		return target{}, invalid("route table %s and network gateway %s belong to different networks", t.id, id)
	}
	return target{gateway: id}, nil
}

// peeringTarget takes a connection that is not active yet: the route is a blackhole until then (aws-facts §2.4).
func (c *call) peeringTarget(t *routeTable, id *string) (target, error) {
	p, err := c.peerings.use(c, kindPeering, id)
	if err != nil {
		return target{}, err
	}
	if !p.joins(t.parent) {
		return target{}, invalid("route table %s and vpc peering connection %s belong to different networks", t.id, p.id)
	}
	return target{peering: p.id}, nil
}

// routeState: a route whose target went stays, as a blackhole (aws-facts §7.9).
func (c *call) routeState(r *route) types.RouteState {
	alive := true
	switch {
	case r.target.transit != "":
		alive = c.attached(r.target.transit, r.table.parent)
	case r.target.netInterface != "":
		n := c.interfaces.byID[r.target.netInterface]
		alive = n.holds(c.now) && n.status(c.now) == types.NetworkInterfaceStatusInUse
	case r.target.peering != "":
		alive = c.peerings.byID[r.target.peering].active(c.now)
	case r.target.gateway != "local":
		l := c.internetLinkOf(c.internetGates.byID[r.target.gateway])
		alive = l != nil && l.vpc == r.table.parent
	}
	if alive {
		return types.RouteStateActive
	}
	return types.RouteStateBlackhole
}

// instanceOf is the instance that a route to an interface leads to, "" when there is none.
func (c *call) instanceOf(r *route) string {
	if r.target.netInterface == "" {
		return ""
	}
	return c.interfaces.byID[r.target.netInterface].instance
}
