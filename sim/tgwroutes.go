package sim

import (
	"cmp"
	"net/netip"
	"slices"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
)

var gatewayRouteActions = []handler{
	action("SearchTransitGatewayRoutes", reading, (*call).searchGatewayRoutes),
}

// gatewayRoute is a line of a transit gateway's route table: a static one, which is kept under the table, or one that is
// computed from a propagation. AWS gives it no ID: it is known by table and destination.
type gatewayRoute struct {
	thing
	to         netip.Prefix
	origin     types.TransitGatewayRouteType
	attachment *attachment // nil when it drops the traffic
}

// state: a route whose attachment went stays, as a blackhole.
func (r *gatewayRoute) state(now time.Time) string {
	switch {
	case !r.stands(now):
		return string(types.TransitGatewayRouteStateDeleted)
	case r.attachment == nil || !r.attachment.stands(now):
		return string(types.TransitGatewayRouteStateBlackhole)
	}
	return string(types.TransitGatewayRouteStateActive)
}

var gatewayRouteFacets = facets[*gatewayRoute]{
	"state": func(c *call, r *gatewayRoute) []string { return []string{r.state(c.now)} },
	"type":  one(func(r *gatewayRoute) string { return string(r.origin) }),
	"attachment.transit-gateway-attachment-id": ofTarget(func(a *attachment) string { return a.id }),
	"attachment.resource-id":                   ofTarget(func(a *attachment) string { return a.vpc }),
	"attachment.resource-type":                 ofTarget(func(*attachment) string { return "vpc" }),
}

func ofTarget(look func(*attachment) string) func(*call, *gatewayRoute) []string {
	return one(func(r *gatewayRoute) string {
		if r.attachment == nil {
			return ""
		}
		return look(r.attachment)
	})
}

// routeSearches compare a route's destination with the block of a route-search filter. The longest-prefix match keeps
// of what contains the block the narrowest.
var routeSearches = map[string]func(route, block netip.Prefix) bool{
	"route-search.exact-match":          func(r, b netip.Prefix) bool { return r == b },
	"route-search.subnet-of-match":      func(r, b netip.Prefix) bool { return b.Overlaps(r) && r.Bits() >= b.Bits() },
	"route-search.supernet-of-match":    contains,
	"route-search.longest-prefix-match": contains,
}

func contains(r, b netip.Prefix) bool { return r.Overlaps(b) && r.Bits() <= b.Bits() }

func (c *call) searchGatewayRoutes(in *ec2.SearchTransitGatewayRoutesInput) (*ec2.SearchTransitGatewayRoutesOutput, error) {
	t, err := c.gatewayTables.use(c, kindGatewayTable, in.TransitGatewayRouteTableId)
	if err != nil {
		return nil, err
	}
	list := c.gatewayRoutesOf(t)
	var filters []types.Filter
	for _, f := range in.Filters {
		if !strings.HasPrefix(deref(f.Name), "route-search.") {
			filters = append(filters, f)
			continue
		}
		if list, err = searchRoutes(list, f); err != nil {
			return nil, err
		}
	}
	if list, err = matching(c, list, filters, gatewayRouteFacets); err != nil {
		return nil, err
	}
	list, next, err := page(c, list, in.MaxResults, in.NextToken)
	if err != nil {
		return nil, err
	}
	out := &ec2.SearchTransitGatewayRoutesOutput{
		NextToken: next, AdditionalRoutesAvailable: new(next != nil), Routes: shown(list, c.awsGatewayRoute),
	}
	return out, nil
}

// gatewayRoutesOf are the routes of a table. A static one wins over a propagated one of the same block; of two VPCs with
// one block the second is not propagated (aws-facts §2.22).
func (c *call) gatewayRoutesOf(t *gatewayTable) []*gatewayRoute {
	list := renewed(c.staticRoutes.in(t.id).seen(c))
	for _, p := range c.propagations.seen(c) {
		if p.parent != t.id || p.stage(c.now) != standing || p.attachment.stage(c.now) != standing {
			continue
		}
		for _, to := range c.vpcs.byID[p.attachment.vpc].blocks() {
			if !slices.ContainsFunc(list, func(r *gatewayRoute) bool { return r.to == to }) {
				list = append(list, &gatewayRoute{
					thing: thing{kind: kindGatewayRoute, order: p.order}, to: to, origin: types.TransitGatewayRouteTypePropagated, attachment: p.attachment,
				})
			}
		}
	}
	slices.SortStableFunc(list, func(a, b *gatewayRoute) int { return cmp.Compare(a.order, b.order) }) // pages go by it
	return list
}

func (c *call) awsGatewayRoute(r *gatewayRoute) types.TransitGatewayRoute {
	out := types.TransitGatewayRoute{
		DestinationCidrBlock: new(r.to.String()), State: types.TransitGatewayRouteState(r.state(c.now)), Type: r.origin,
	}
	if r.attachment != nil {
		out.TransitGatewayAttachments = []types.TransitGatewayRouteAttachment{{
			TransitGatewayAttachmentId: new(r.attachment.id), ResourceId: new(r.attachment.vpc),
			ResourceType: types.TransitGatewayAttachmentResourceTypeVpc,
		}}
	}
	return out
}

func searchRoutes(list []*gatewayRoute, f types.Filter) ([]*gatewayRoute, error) {
	fits := routeSearches[deref(f.Name)]
	if fits == nil || len(f.Values) != 1 {
		return nil, invalid("The filter '%s' is invalid", deref(f.Name))
	}
	value := f.Values[0]
	if !strings.Contains(value, "/") {
		value += "/32"
	}
	block, err := netip.ParsePrefix(value)
	if err != nil {
		return nil, invalid("The filter '%s' is invalid: '%s' is not a CIDR block", *f.Name, f.Values[0])
	}
	var kept []*gatewayRoute
	longest := 0
	for _, r := range list {
		if fits(r.to, block.Masked()) {
			kept = append(kept, r)
			longest = max(longest, r.to.Bits())
		}
	}
	if *f.Name == "route-search.longest-prefix-match" {
		kept = slices.DeleteFunc(kept, func(r *gatewayRoute) bool { return r.to.Bits() < longest })
	}
	return kept, nil
}
