package sim

import (
	"maps"
	"slices"
	"strconv"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
)

var ruleActions = []handler{
	action("AuthorizeSecurityGroupIngress", changing, (*call).authorizeIngress),
	action("RevokeSecurityGroupIngress", changing, (*call).revokeIngress),
	action("DescribeSecurityGroupRules", reading, (*call).describeRules),
}

// rule is one rule of the group that is its parent.
type rule struct {
	thing
	permission
	egress      bool
	description string
}

func (c *call) authorizeIngress(in *ec2.AuthorizeSecurityGroupIngressInput) (*ec2.AuthorizeSecurityGroupIngressOutput, error) {
	tags, err := tagsOnCreate(in.TagSpecifications, kindRule)
	if err != nil {
		return nil, err
	}
	g, err := c.groups.use(c, kindGroup, in.GroupId)
	if err != nil {
		return nil, err
	}
	asked, err := c.permissions(in.IpPermissions, flatPermission{in.IpProtocol, in.CidrIp, in.FromPort, in.ToPort})
	if err != nil {
		return nil, err
	}
	have := c.rules.in(g.id).standing(c, func(r *rule) bool { return !r.egress })
	for i, p := range asked {
		if slices.ContainsFunc(asked[:i], p.same) {
			return nil, invalid("The same permission must not appear multiple times")
		}
		if slices.ContainsFunc(have, func(r *rule) bool { return r.permission == p.permission }) {
			return nil, fail("InvalidPermission.Duplicate", "the specified rule %q already exists", p.permission.text())
		}
	}
	after, code := len(have)+len(asked), "RulesPerSecurityGroupLimitExceeded"
	if err := within(after-1, c.opts.Quotas.RulesPerGroup, code, "rules per security group"); err != nil {
		return nil, err
	}
	out := &ec2.AuthorizeSecurityGroupIngressOutput{Return: new(true), SecurityGroupRules: []types.SecurityGroupRule{}}
	for _, p := range asked { // each rule has tags of its own
		r := &rule{thing: c.born(kindRule, g.id, maps.Clone(tags)), permission: p.permission, description: p.description}
		c.rules.add(c.region, r)
		out.SecurityGroupRules = append(out.SecurityGroupRules, c.awsRule(r))
	}
	return out, nil
}

// revokeIngress takes rules by ID or by what they say. Of the latter, those that are not there are listed in the
// answer, and are an error only in the default VPC (aws-facts §2.6).
func (c *call) revokeIngress(in *ec2.RevokeSecurityGroupIngressInput) (*ec2.RevokeSecurityGroupIngressOutput, error) {
	g, err := c.groups.use(c, kindGroup, in.GroupId)
	if err != nil {
		return nil, err
	}
	leaving, unknown, err := c.revoked(g, in)
	if err != nil {
		return nil, err
	}
	if len(unknown) > 0 && c.vpcs.byID[g.parent].isDefault {
		return nil, fail("InvalidPermission.NotFound", "The specified rule does not exist in this security group.")
	}
	out := &ec2.RevokeSecurityGroupIngressOutput{
		Return: new(true), UnknownIpPermissions: unknown, RevokedSecurityGroupRules: []types.RevokedSecurityGroupRule{},
	}
	for _, r := range leaving {
		c.leave(&r.thing)
		out.RevokedSecurityGroupRules = append(out.RevokedSecurityGroupRules, awsRevoked(r))
	}
	return out, nil
}

// revoked finds the rules that a call names, and the permissions without a rule.
func (c *call) revoked(g *group, in *ec2.RevokeSecurityGroupIngressInput) ([]*rule, []types.IpPermission, error) {
	var leaving []*rule
	for i := range in.SecurityGroupRuleIds {
		r, err := c.rules.use(c, kindRule, &in.SecurityGroupRuleIds[i])
		if err != nil {
			return nil, nil, err
		}
		if r.parent != g.id || r.egress {
			return nil, nil, fail(kindRule.notFound, kindRule.missing, r.id)
		}
		leaving = append(leaving, r)
	}
	if len(in.SecurityGroupRuleIds) > 0 {
		return leaving, nil, nil
	}
	asked, err := c.permissions(in.IpPermissions, flatPermission{in.IpProtocol, in.CidrIp, in.FromPort, in.ToPort})
	if err != nil {
		return nil, nil, err
	}
	var unknown []types.IpPermission
	for _, p := range asked {
		found := c.rules.in(g.id).standing(c, func(r *rule) bool { return !r.egress && r.permission == p.permission })
		if len(found) == 0 {
			unknown = append(unknown, c.awsPermission(p.permission, ""))
		}
		leaving = append(leaving, found...)
	}
	return leaving, unknown, nil
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
