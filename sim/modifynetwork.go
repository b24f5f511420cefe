package sim

import (
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
)

// What can be changed of things that stand in a VPC (API Reference of each action).
var networkChangeActions = []handler{
	action("ModifySecurityGroupRules", changing, (*call).modifyRules),
	action("ReplaceRouteTableAssociation", changing, (*call).replaceTableLink),
}

// modifyRules changes rules, which keep their IDs and tags. What a rule shall be is written whole, so a description that
// is left out is taken away.
func (c *call) modifyRules(in *ec2.ModifySecurityGroupRulesInput) (*ec2.ModifySecurityGroupRulesOutput, error) {
	g, err := c.groups.use(c, kindGroup, in.GroupId)
	if err != nil {
		return nil, err
	}
	for i := range in.SecurityGroupRules {
		r, err := c.rules.use(c, kindRule, in.SecurityGroupRules[i].SecurityGroupRuleId)
		switch {
		case err != nil:
			return nil, err
		case r.parent != g.id:
			return nil, fail(kindRule.notFound, kindRule.missing, r.id)
		}
		wanted, err := c.permissions([]types.IpPermission{asPermission(deref(in.SecurityGroupRules[i].SecurityGroupRule))}, flatPermission{})
		if err != nil {
			return nil, err
		}
		other := func(o *rule) bool { return o != r && o.egress == r.egress && o.permission == wanted[0].permission }
		if len(c.rules.in(g.id).standing(c, other)) > 0 {
			return nil, fail("InvalidPermission.Duplicate", "the specified rule %q already exists", wanted[0].permission.text())
		}
		r.permission, r.description = wanted[0].permission, wanted[0].description
	}
	return &ec2.ModifySecurityGroupRulesOutput{Return: new(true)}, nil
}

func asPermission(r types.SecurityGroupRuleRequest) types.IpPermission {
	p := types.IpPermission{IpProtocol: r.IpProtocol, FromPort: r.FromPort, ToPort: r.ToPort}
	switch {
	case r.ReferencedGroupId != nil:
		p.UserIdGroupPairs = []types.UserIdGroupPair{{GroupId: r.ReferencedGroupId, Description: r.Description}}
	case r.CidrIpv6 != nil:
		p.Ipv6Ranges = []types.Ipv6Range{{CidrIpv6: r.CidrIpv6, Description: r.Description}}
	default:
		p.IpRanges = []types.IpRange{{CidrIp: r.CidrIpv4, Description: r.Description}}
	}
	return p
}

// replaceTableLink gives a subnet another table. The association gets another ID.
func (c *call) replaceTableLink(in *ec2.ReplaceRouteTableAssociationInput) (*ec2.ReplaceRouteTableAssociationOutput, error) {
	l, err := c.tableLinks.use(c, kindTableAssociation, in.AssociationId)
	if err != nil {
		return nil, err
	}
	t, err := c.routeTables.use(c, kindRouteTable, in.RouteTableId)
	switch {
	case err != nil:
		return nil, err
	case l.isMain():
		return nil, fail("UnsupportedOperation", "The simulator keeps the main route table of a VPC.")
	case t.parent != l.table.parent:
		return nil, invalid("Route table %s and association %s belong to different networks", t.id, l.id)
	}
	c.leave(&l.thing)
	n := c.tableLinks.add(c.region, &tableLink{thing: c.born(kindTableAssociation, t.id, nil), table: t, subnet: l.subnet})
	return &ec2.ReplaceRouteTableAssociationOutput{NewAssociationId: new(n.id), AssociationState: c.linkState(n)}, nil
}
