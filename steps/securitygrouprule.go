package steps

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"vpclink/state"
	"vpclink/waiters"
	"vpclink/words"
)

// SecurityGroupRule are the settings of an inbound TCP rule: who may reach the group's interfaces at that port.
type SecurityGroupRule struct {
	Group       state.Value `json:"group"`
	Port        int32       `json:"port"`
	Source      state.Value `json:"source"` // an IPv4 block in canonical form, or the ID of a security group
	Description string      `json:"description,omitempty"`
}

type securityGroupRuleAPI interface {
	ec2.DescribeSecurityGroupRulesAPIClient
	AuthorizeSecurityGroupIngress(
		context.Context, *ec2.AuthorizeSecurityGroupIngressInput, ...func(*ec2.Options),
	) (*ec2.AuthorizeSecurityGroupIngressOutput, error)
	RevokeSecurityGroupIngress(
		context.Context, *ec2.RevokeSecurityGroupIngressInput, ...func(*ec2.Options),
	) (*ec2.RevokeSecurityGroupIngressOutput, error)
}

type securityGroupRule struct{}

var _ typed[SecurityGroupRule] = securityGroupRule{}

func (securityGroupRule) life() waiters.Life {
	return waiters.Life{Exists: true, Typical: 2 * time.Second, Timeout: 5 * time.Minute}
}

// ruleKey is the natural key of a rule: group, direction, protocol, ports and source (aws-facts §1.1).
func ruleKey(group string, egress bool, protocol string, from, to int32, source string) string {
	return fmt.Sprintf("%s|%t|%s|%d-%d|%s", group, egress, protocol, from, to, source)
}

// ruleSource is whom a rule lets in.
func ruleSource(r types.SecurityGroupRule) string {
	if r.ReferencedGroupInfo != nil {
		return aws.ToString(r.ReferencedGroupInfo.GroupId)
	}
	return aws.ToString(r.CidrIpv4)
}

// permission is the rule as AWS takes it.
func (set SecurityGroupRule) permission() types.IpPermission {
	p := types.IpPermission{IpProtocol: aws.String("tcp"), FromPort: aws.Int32(set.Port), ToPort: aws.Int32(set.Port)}
	var description *string
	if set.Description != "" {
		description = aws.String(set.Description)
	}
	if source := set.Source.String(); strings.HasPrefix(source, "sg-") {
		p.UserIdGroupPairs = []types.UserIdGroupPair{{GroupId: aws.String(source), Description: description}}
	} else {
		p.IpRanges = []types.IpRange{{CidrIp: aws.String(source), Description: description}}
	}
	return p
}

func (k securityGroupRule) view() view[SecurityGroupRule, types.SecurityGroupRule] {
	natural := func(r types.SecurityGroupRule) string {
		return ruleKey(aws.ToString(r.GroupId), aws.ToBool(r.IsEgress), strings.ToLower(aws.ToString(r.IpProtocol)),
			aws.ToInt32(r.FromPort), aws.ToInt32(r.ToPort), ruleSource(r))
	}
	wanted := func(set SecurityGroupRule) string {
		return ruleKey(set.Group.String(), false, "tcp", set.Port, set.Port, set.Source.String())
	}
	return view[SecurityGroupRule, types.SecurityGroupRule]{
		life:    k.life(),
		id:      func(r types.SecurityGroupRule) string { return aws.ToString(r.SecurityGroupRuleId) },
		tags:    func(r types.SecurityGroupRule) []types.Tag { return r.Tags },
		wanted:  wanted,
		natural: natural,
		diff: func(set SecurityGroupRule, r types.SecurityGroupRule) []Field {
			fields := differ("rule", "--vpcs", wanted(set), natural(r))
			if have := aws.ToString(r.Description); have != "" && tag(r.Tags, TagKey) != "" { // a stranger's may be called otherwise
				fields = append(fields, differ("description", "", set.Description, have)...)
			}
			return fields
		},
	}
}

func (k securityGroupRule) observe(ctx context.Context, env Env, wants []want[SecurityGroupRule]) ([]Observation, error) {
	group := func(set SecurityGroupRule) string { return set.Group.String() }
	seen, err := fetchByParent(ctx, wants, "group-id", group, k.fetch(env))
	return k.view().match(env, wants, seen), err
}

func (securityGroupRule) fetch(env Env) fetch[types.SecurityGroupRule] {
	return func(ctx context.Context, by []types.Filter) ([]types.SecurityGroupRule, error) {
		p := ec2.NewDescribeSecurityGroupRulesPaginator(env.EC2, &ec2.DescribeSecurityGroupRulesInput{Filters: by})
		return pages(ctx, p, func(o *ec2.DescribeSecurityGroupRulesOutput) []types.SecurityGroupRule { return o.SecurityGroupRules })
	}
}

func (securityGroupRule) create(ctx context.Context, env Env, w want[SecurityGroupRule]) (Observation, error) {
	var api securityGroupRuleAPI = env.EC2
	out, err := api.AuthorizeSecurityGroupIngress(ctx, &ec2.AuthorizeSecurityGroupIngressInput{
		GroupId:           aws.String(w.set.Group.String()),
		IpPermissions:     []types.IpPermission{w.set.permission()},
		TagSpecifications: env.tagged(w.Record, types.ResourceTypeSecurityGroupRule),
	})
	if err != nil {
		return Observation{}, codes{create: unseenSecurityGroup}.taken(err)
	}
	if len(out.SecurityGroupRules) != 1 {
		return Observation{}, words.Errorf("adding a rule: %w (%d rules)", errUnanswered, len(out.SecurityGroupRules))
	}
	return Observation{ID: aws.ToString(out.SecurityGroupRules[0].SecurityGroupRuleId), Token: w.Token}, nil
}

func (securityGroupRule) remove(ctx context.Context, env Env, w want[SecurityGroupRule]) error {
	var api securityGroupRuleAPI = env.EC2
	_, err := api.RevokeSecurityGroupIngress(ctx, &ec2.RevokeSecurityGroupIngressInput{
		GroupId: aws.String(w.set.Group.String()), SecurityGroupRuleIds: []string{w.ID},
	})
	return codes{}.removed(err)
}
