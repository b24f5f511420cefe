package sim

import (
	"strconv"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
)

var ruleActions = []handler{
	action("AuthorizeSecurityGroupIngress", changing, (*call).authorizeIngress),
	action("AuthorizeSecurityGroupEgress", changing, (*call).authorizeEgress),
	action("RevokeSecurityGroupIngress", changing, (*call).revokeIngress),
	action("RevokeSecurityGroupEgress", changing, (*call).revokeEgress),
	action("DescribeSecurityGroupRules", reading, (*call).describeRules),
}

// rule is one rule of the group that is its parent.
type rule struct {
	thing
	permission
	egress      bool
	description string
}

var ruleFacets = facets[*rule]{
	"group-id":               one(func(r *rule) string { return r.parent }),
	"security-group-rule-id": one(func(r *rule) string { return r.id }),
}

func (c *call) describeRules(in *ec2.DescribeSecurityGroupRulesInput) (*ec2.DescribeSecurityGroupRulesOutput, error) {
	ask := listing{in.SecurityGroupRuleIds, in.Filters, in.MaxResults, in.NextToken}
	list, next, err := listed(c, &c.rules, kindRule, ruleFacets, ask)
	if err != nil {
		return nil, err
	}
	return &ec2.DescribeSecurityGroupRulesOutput{NextToken: next, SecurityGroupRules: shown(list, c.awsRule)}, nil
}

// rulesOf lists what reads show of a group's rules.
func (c *call) rulesOf(g *group) []*rule {
	return c.rules.in(g.id).seen(c)
}

func (c *call) awsRule(r *rule) types.SecurityGroupRule {
	out := types.SecurityGroupRule{
		SecurityGroupRuleId: new(r.id), SecurityGroupRuleArn: c.arn("security-group-rule", r.id),
		GroupId: new(r.parent), GroupOwnerId: new(c.account),
		IsEgress: new(r.egress), IpProtocol: new(r.protocol), FromPort: new(r.from), ToPort: new(r.to),
		CidrIpv4: orNil(r.cidr), CidrIpv6: orNil(r.cidr6), Description: orNil(r.description), Tags: awsTags(r.tags),
	}
	if r.peer != "" {
		// The peer's VPC is shown only for a peer across a peering connection.
		out.ReferencedGroupInfo = &types.ReferencedSecurityGroup{GroupId: new(r.peer), UserId: new(c.account)}
	}
	return out
}

func awsRevoked(r *rule) types.RevokedSecurityGroupRule {
	return types.RevokedSecurityGroupRule{
		SecurityGroupRuleId: new(r.id), GroupId: new(r.parent), IsEgress: new(r.egress),
		IpProtocol: new(r.protocol), FromPort: new(r.from), ToPort: new(r.to),
		CidrIpv4: orNil(r.cidr), CidrIpv6: orNil(r.cidr6), ReferencedGroupId: orNil(r.peer), Description: orNil(r.description),
	}
}

// port writes a port of a rule, "" for one that has none.
func port(p int32) string {
	if p < 0 {
		return ""
	}
	return strconv.Itoa(int(p))
}

// orNil points at a string, nil for "".
func orNil(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}
