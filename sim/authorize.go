package sim

import (
	"maps"
	"slices"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
)

// ruleRequest is what a call says of rules in one direction: by ID where it can, or by what they admit.
type ruleRequest struct {
	egress      bool
	group       *string
	ids         []string
	permissions []types.IpPermission
	flat        flatPermission // of the inbound direction only (API Reference, AuthorizeSecurityGroupEgress)
}

func (c *call) authorizeIngress(in *ec2.AuthorizeSecurityGroupIngressInput) (*ec2.AuthorizeSecurityGroupIngressOutput, error) {
	q := ruleRequest{group: in.GroupId, permissions: in.IpPermissions, flat: flatPermission{in.IpProtocol, in.CidrIp, in.FromPort, in.ToPort}}
	made, err := c.authorize(q, in.TagSpecifications)
	if err != nil {
		return nil, err
	}
	return &ec2.AuthorizeSecurityGroupIngressOutput{Return: new(true), SecurityGroupRules: made}, nil
}

func (c *call) authorizeEgress(in *ec2.AuthorizeSecurityGroupEgressInput) (*ec2.AuthorizeSecurityGroupEgressOutput, error) {
	made, err := c.authorize(ruleRequest{egress: true, group: in.GroupId, permissions: in.IpPermissions}, in.TagSpecifications)
	if err != nil {
		return nil, err
	}
	return &ec2.AuthorizeSecurityGroupEgressOutput{Return: new(true), SecurityGroupRules: made}, nil
}

// authorize adds rules, all or none.
func (c *call) authorize(q ruleRequest, specs []types.TagSpecification) ([]types.SecurityGroupRule, error) {
	tags, err := tagsOnCreate(specs, kindRule)
	if err != nil {
		return nil, err
	}
	g, err := c.groups.use(c, kindGroup, q.group)
	if err != nil {
		return nil, err
	}
	asked, err := c.permissions(q.permissions, q.flat)
	if err != nil {
		return nil, err
	}
	have := c.rules.in(g.id).standing(c, func(r *rule) bool { return r.egress == q.egress })
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
	made := []types.SecurityGroupRule{}
	for _, p := range asked { // each rule has tags of its own
		r := &rule{thing: c.born(kindRule, g.id, maps.Clone(tags)), permission: p.permission, egress: q.egress, description: p.description}
		c.rules.add(c.region, r)
		made = append(made, c.awsRule(r))
	}
	return made, nil
}
