package sim

import (
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
)

// tableLink is the association of a route table, which is its parent, with a subnet; the main one has no subnet.
type tableLink struct {
	thing
	table  *routeTable
	subnet string
}

func (l *tableLink) isMain() bool { return l.subnet == "" }

// associateRouteTable: a subnet has one table (aws-facts §1.1), and keeps it until it is disassociated.
func (c *call) associateRouteTable(in *ec2.AssociateRouteTableInput) (*ec2.AssociateRouteTableOutput, error) {
	t, err := c.routeTables.use(c, kindRouteTable, in.RouteTableId)
	if err != nil {
		return nil, err
	}
	if in.SubnetId == nil {
		return nil, missing("subnetId")
	}
	s, err := c.subnets.use(c, kindSubnet, in.SubnetId)
	if err != nil {
		return nil, err
	}
	if s.parent != t.parent {
		return nil, invalid("Route table %s and subnet %s belong to different networks", t.id, s.id)
	}
	if len(c.tableLinks.standing(c, func(l *tableLink) bool { return l.subnet == s.id })) > 0 {
		return nil, fail("Resource.AlreadyAssociated",
			"the specified association for route table %s conflicts with an existing association", t.id)
	}
	l := c.tableLinks.add(c.region, &tableLink{thing: c.born(kindTableAssociation, t.id, nil), table: t, subnet: s.id})
	return &ec2.AssociateRouteTableOutput{AssociationId: new(l.id), AssociationState: c.linkState(l)}, nil
}

func (c *call) disassociateRouteTable(in *ec2.DisassociateRouteTableInput) (*ec2.DisassociateRouteTableOutput, error) {
	l, err := c.tableLinks.use(c, kindTableAssociation, in.AssociationId)
	if err != nil {
		return nil, err
	}
	if l.isMain() {
		return nil, invalid("cannot disassociate the main route table association %s", l.id)
	}
	c.leave(&l.thing)
	return &ec2.DisassociateRouteTableOutput{}, nil
}

// linksOf lists what reads show of a table's associations.
func (c *call) linksOf(t *routeTable) []*tableLink {
	return c.tableLinks.in(t.id).seen(c)
}

func (c *call) linkState(l *tableLink) *types.RouteTableAssociationState {
	return &types.RouteTableAssociationState{State: types.RouteTableAssociationStateCode(l.state(c.now))}
}

func (c *call) awsTableLink(l *tableLink) types.RouteTableAssociation {
	out := types.RouteTableAssociation{
		RouteTableAssociationId: new(l.id), RouteTableId: new(l.parent), Main: new(l.isMain()), AssociationState: c.linkState(l),
	}
	if !l.isMain() {
		out.SubnetId = new(l.subnet)
	}
	return out
}
