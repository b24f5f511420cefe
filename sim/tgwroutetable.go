package sim

import (
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
)

var gatewayTableActions = []handler{
	action("CreateTransitGatewayRouteTable", changing, (*call).createGatewayTable),
	action("DescribeTransitGatewayRouteTables", reading, (*call).describeGatewayTables),
	action("DeleteTransitGatewayRouteTable", changing, (*call).deleteGatewayTable),
}

// gatewayTable is a route table of the transit gateway that is its parent.
type gatewayTable struct {
	thing
	associates, propagates bool // it is the default one for these
}

func (c *call) createGatewayTable(in *ec2.CreateTransitGatewayRouteTableInput) (*ec2.CreateTransitGatewayRouteTableOutput, error) {
	tags, err := tagsOnCreate(in.TagSpecifications, kindGatewayTable)
	if err != nil {
		return nil, err
	}
	g, err := c.gateways.use(c, kindGateway, in.TransitGatewayId)
	if err != nil {
		return nil, err
	}
	if err := c.ready(&g.thing); err != nil {
		return nil, err
	}
	have := c.gatewayTables.in(g.id).holding(c, all)
	const code = "TransitGatewayRouteTableLimitExceeded"
	if err := within(len(have), c.opts.Quotas.RouteTablesPerTransitGateway, code, "transit gateway route tables"); err != nil {
		return nil, err
	}
	t := c.gatewayTables.add(c.region, &gatewayTable{thing: c.born(kindGatewayTable, g.id, tags)})
	return &ec2.CreateTransitGatewayRouteTableOutput{TransitGatewayRouteTable: new(c.awsGatewayTable(t))}, nil
}

var gatewayTableFacets = common("transit-gateway-route-table-id", "state", facets[*gatewayTable]{
	"transit-gateway-id":              one(func(t *gatewayTable) string { return t.parent }),
	"default-association-route-table": one(func(t *gatewayTable) string { return yesNo(t.associates) }),
	"default-propagation-route-table": one(func(t *gatewayTable) string { return yesNo(t.propagates) }),
})

func (c *call) describeGatewayTables(in *ec2.DescribeTransitGatewayRouteTablesInput) (*ec2.DescribeTransitGatewayRouteTablesOutput, error) {
	ask := listing{in.TransitGatewayRouteTableIds, in.Filters, in.MaxResults, in.NextToken}
	list, next, err := listed(c, &c.gatewayTables, kindGatewayTable, gatewayTableFacets, ask)
	if err != nil {
		return nil, err
	}
	return &ec2.DescribeTransitGatewayRouteTablesOutput{NextToken: next, TransitGatewayRouteTables: shown(list, c.awsGatewayTable)}, nil
}

// deleteGatewayTable takes propagations and static routes along and waits for associations: each must be disassociated to the end first
// (aws-facts §2.22). A default table goes with its gateway alone.
func (c *call) deleteGatewayTable(in *ec2.DeleteTransitGatewayRouteTableInput) (*ec2.DeleteTransitGatewayRouteTableOutput, error) {
	t, err := c.gatewayTables.use(c, kindGatewayTable, in.TransitGatewayRouteTableId)
	if err != nil {
		return nil, err
	}
	if err := c.deletable(&t.thing); err != nil {
		return nil, err
	}
	if t.associates || t.propagates {
		return nil, incorrectState("%s is a default route table of %s", t.id, t.parent)
	}
	if left := c.associations.in(t.id).holding(c, all); len(left) > 0 {
		return nil, incorrectState("%s has non-deleted associations: %s.", t.id, left[0].attachment.id)
	}
	c.leave(&t.thing)
	c.endRoutes(t)
	return &ec2.DeleteTransitGatewayRouteTableOutput{TransitGatewayRouteTable: new(c.awsGatewayTable(t))}, nil
}

func (c *call) awsGatewayTable(t *gatewayTable) types.TransitGatewayRouteTable {
	return types.TransitGatewayRouteTable{
		TransitGatewayRouteTableId: new(t.id), TransitGatewayId: new(t.parent), CreationTime: new(t.asked),
		State: types.TransitGatewayRouteTableState(t.state(c.now)), Tags: awsTags(t.tags),
		DefaultAssociationRouteTable: new(t.associates), DefaultPropagationRouteTable: new(t.propagates),
	}
}
