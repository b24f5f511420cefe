package sim

import (
	"net/netip"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
)

var gatewayRouteActions = []handler{
	action("SearchTransitGatewayRoutes", reading, (*call).searchGatewayRoutes),
}

// gatewayRoute is a line of a transit gateway's route table, computed from its propagations.
type gatewayRoute struct {
	thing
	to         netip.Prefix
	attachment *attachment
}

var gatewayRouteFacets = facets[*gatewayRoute]{
	"state": one(func(*gatewayRoute) string { return string(types.TransitGatewayRouteStateActive) }),
	"type":  one(func(*gatewayRoute) string { return string(types.TransitGatewayRouteTypePropagated) }),
	"attachment.transit-gateway-attachment-id": one(func(r *gatewayRoute) string { return r.attachment.id }),
	"attachment.resource-id":                   one(func(r *gatewayRoute) string { return r.attachment.vpc }),
	"attachment.resource-type":                 one(func(*gatewayRoute) string { return "vpc" }),
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
	list := c.propagated(t)
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
		NextToken: next, AdditionalRoutesAvailable: new(next != nil), Routes: []types.TransitGatewayRoute{},
	}
	for _, r := range list {
		out.Routes = append(out.Routes, types.TransitGatewayRoute{
			DestinationCidrBlock: new(r.to.String()), State: types.TransitGatewayRouteStateActive, Type: types.TransitGatewayRouteTypePropagated,
			TransitGatewayAttachments: []types.TransitGatewayRouteAttachment{{
				TransitGatewayAttachmentId: new(r.attachment.id), ResourceId: new(r.attachment.vpc),
				ResourceType: types.TransitGatewayAttachmentResourceTypeVpc,
			}},
		})
	}
	return out, nil
}

// propagated are the routes of a table. Of two VPCs with one CIDR block the second is not propagated (aws-facts §2.22).
func (c *call) propagated(t *gatewayTable) []*gatewayRoute {
	var list []*gatewayRoute
	for _, p := range c.propagations.seen(c) {
		if p.parent != t.id || p.stage(c.now) != standing || p.attachment.stage(c.now) != standing {
			continue
		}
		for _, to := range c.vpcs.byID[p.attachment.vpc].blocks() {
			if !slices.ContainsFunc(list, func(r *gatewayRoute) bool { return r.to == to }) {
				list = append(list, &gatewayRoute{thing: thing{kind: &kind{}, order: p.order}, to: to, attachment: p.attachment})
			}
		}
	}
	return list
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
