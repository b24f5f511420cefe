package sim

import (
	"net/netip"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
)

var routeTableActions = []handler{
	action("CreateRouteTable", changing, (*call).createRouteTable),
	action("DescribeRouteTables", reading, (*call).describeRouteTables),
	action("DeleteRouteTable", changing, (*call).deleteRouteTable),
	action("AssociateRouteTable", changing, (*call).associateRouteTable),
	action("DisassociateRouteTable", changing, (*call).disassociateRouteTable),
}

// routeTable lies in the VPC that is its parent.
type routeTable struct {
	thing
	mainLink *tableLink // nil unless it is the VPC's main table
}

func (c *call) createRouteTable(in *ec2.CreateRouteTableInput) (*ec2.CreateRouteTableOutput, error) {
	if done, err := c.repeated(in.ClientToken); done != nil || err != nil {
		if err != nil {
			return nil, err
		}
		return c.madeRouteTable(c.routeTables.byID[done[0]], in.ClientToken), nil
	}
	tags, err := tagsOnCreate(in.TagSpecifications, kindRouteTable)
	if err != nil {
		return nil, err
	}
	v, err := c.vpcs.use(c, kindVPC, in.VpcId)
	if err != nil {
		return nil, err
	}
	have := c.routeTables.in(v.id).standing(c, all)
	if err := within(len(have), c.opts.Quotas.RouteTablesPerVPC, "RouteTableLimitExceeded", "route tables"); err != nil {
		return nil, err
	}
	t := c.addRouteTable(&routeTable{thing: c.born(kindRouteTable, v.id, tags)}, v)
	c.remember(in.ClientToken, t.id)
	return c.madeRouteTable(t, in.ClientToken), nil
}

// madeRouteTable answers CreateRouteTable. The answer has the local route, which reads do not see yet.
func (c *call) madeRouteTable(t *routeTable, token *string) *ec2.CreateRouteTableOutput {
	out := c.awsRouteTable(t)
	out.Routes = nil
	for _, b := range c.vpcs.byID[t.parent].blocks() {
		if r := c.findRoute(t, b); r != nil {
			out.Routes = append(out.Routes, c.awsRoute(r))
		}
	}
	return &ec2.CreateRouteTableOutput{RouteTable: &out, ClientToken: token}
}

// addRouteTable puts a table there, with its local routes.
func (c *call) addRouteTable(t *routeTable, v *vpc) *routeTable {
	c.routeTables.add(c.region, t)
	for _, b := range v.blocks() {
		c.addLocalRoute(t, b)
	}
	return t
}

// addLocalRoute adds the route that leads to one of the VPC's own blocks.
func (c *call) addLocalRoute(t *routeTable, to netip.Prefix) {
	local := &route{thing: c.comesWith(&t.thing, kindRoute, nil), to: to, target: target{gateway: "local"}, table: t}
	local.id, local.implicit = routeID(t.id, to), true
	c.routes.add(c.region, local)
}

// addMainTable makes the table that a VPC has from the start.
func (c *call) addMainTable(v *vpc) *routeTable {
	t := &routeTable{thing: c.comesWith(&v.thing, kindRouteTable, nil)}
	t.implicit = true
	t.mainLink = &tableLink{thing: c.comesWith(&t.thing, kindTableAssociation, nil), table: t}
	t.mainLink.implicit = true
	c.addRouteTable(t, v)
	c.tableLinks.add(c.region, t.mainLink)
	return t
}

var routeTableFacets = common("route-table-id", "", facets[*routeTable]{
	"vpc-id":                                 one(func(t *routeTable) string { return t.parent }),
	"association.route-table-association-id": ofLinks(func(l *tableLink) string { return l.id }),
	"association.route-table-id":             ofLinks(func(l *tableLink) string { return l.parent }),
	"association.subnet-id":                  ofLinks(func(l *tableLink) string { return l.subnet }),
	"association.main":                       ofLinks(func(l *tableLink) string { return yesNo(l.isMain()) }),
	"route.destination-cidr-block":           ofRoutes(func(_ *call, r *route) string { return r.to.String() }),
	"route.gateway-id":                       ofRoutes(func(_ *call, r *route) string { return r.target.gateway }),
	"route.transit-gateway-id":               ofRoutes(func(_ *call, r *route) string { return r.target.transit }),
	"route.vpc-peering-connection-id":        ofRoutes(func(_ *call, r *route) string { return r.target.peering }),
	"route.instance-id":                      ofRoutes(func(c *call, r *route) string { return c.instanceOf(r) }),
	"route.origin":                           ofRoutes(func(_ *call, r *route) string { return string(r.origin()) }),
	"route.state":                            ofRoutes(func(c *call, r *route) string { return string(c.routeState(r)) }),
})

// ofLinks is a facet over what DescribeRouteTables shows of a table's associations.
func ofLinks(look func(*tableLink) string) func(*call, *routeTable) []string {
	return func(c *call, t *routeTable) []string {
		var values []string
		for _, l := range c.linksOf(t) {
			values = append(values, look(l))
		}
		return values
	}
}

// ofRoutes is a facet over the routes of a table.
func ofRoutes(look func(*call, *route) string) func(*call, *routeTable) []string {
	return func(c *call, t *routeTable) []string {
		var values []string
		for _, r := range c.routesOf(t) {
			if s := look(c, r); s != "" {
				values = append(values, s)
			}
		}
		return values
	}
}

func (c *call) describeRouteTables(in *ec2.DescribeRouteTablesInput) (*ec2.DescribeRouteTablesOutput, error) {
	ask := listing{in.RouteTableIds, in.Filters, in.MaxResults, in.NextToken}
	list, next, err := listed(c, &c.routeTables, kindRouteTable, routeTableFacets, ask)
	if err != nil {
		return nil, err
	}
	return &ec2.DescribeRouteTablesOutput{NextToken: next, RouteTables: shown(list, c.awsRouteTable)}, nil
}

// deleteRouteTable takes the routes along. A table with associations stays, and so does the main one.
func (c *call) deleteRouteTable(in *ec2.DeleteRouteTableInput) (*ec2.DeleteRouteTableOutput, error) {
	t, err := c.routeTables.use(c, kindRouteTable, in.RouteTableId)
	if err != nil {
		return nil, err
	}
	if len(c.tableLinks.in(t.id).holding(c, all)) > 0 {
		return nil, dependency("The routeTable '%s' has dependencies and cannot be deleted.", t.id)
	}
	c.leave(&t.thing)
	for _, r := range c.routes.in(t.id).standing(c, all) {
		r.leaveWith(&t.life)
	}
	return &ec2.DeleteRouteTableOutput{}, nil
}

func (c *call) awsRouteTable(t *routeTable) types.RouteTable {
	out := types.RouteTable{
		RouteTableId: new(t.id), VpcId: new(t.parent), OwnerId: new(c.account), Tags: awsTags(t.tags),
		Associations: []types.RouteTableAssociation{}, Routes: []types.Route{}, PropagatingVgws: []types.PropagatingVgw{},
	}
	for _, l := range c.linksOf(t) {
		out.Associations = append(out.Associations, c.awsTableLink(l))
	}
	for _, r := range c.routesOf(t) {
		out.Routes = append(out.Routes, c.awsRoute(r))
	}
	return out
}
