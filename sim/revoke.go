package sim

import (
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
)

func (c *call) revokeIngress(in *ec2.RevokeSecurityGroupIngressInput) (*ec2.RevokeSecurityGroupIngressOutput, error) {
	gone, unknown, err := c.revoke(ruleRequest{
		group: in.GroupId, ids: in.SecurityGroupRuleIds, permissions: in.IpPermissions,
		flat: flatPermission{in.IpProtocol, in.CidrIp, in.FromPort, in.ToPort},
	})
	if err != nil {
		return nil, err
	}
	return &ec2.RevokeSecurityGroupIngressOutput{Return: new(true), UnknownIpPermissions: unknown, RevokedSecurityGroupRules: gone}, nil
}

func (c *call) revokeEgress(in *ec2.RevokeSecurityGroupEgressInput) (*ec2.RevokeSecurityGroupEgressOutput, error) {
	gone, unknown, err := c.revoke(ruleRequest{egress: true, group: in.GroupId, ids: in.SecurityGroupRuleIds, permissions: in.IpPermissions})
	if err != nil {
		return nil, err
	}
	return &ec2.RevokeSecurityGroupEgressOutput{Return: new(true), UnknownIpPermissions: unknown, RevokedSecurityGroupRules: gone}, nil
}

// revoke takes rules by ID or by what they admit. Of the latter, one that is not there is an error and nothing is
// revoked, but in the default VPC it is listed in the answer (API Reference, RevokeSecurityGroupIngress; for the other
// direction cloud-custodian/cloud-custodian#6099).
func (c *call) revoke(q ruleRequest) ([]types.RevokedSecurityGroupRule, []types.IpPermission, error) {
	g, err := c.groups.use(c, kindGroup, q.group)
	if err != nil {
		return nil, nil, err
	}
	leaving, unknown, err := c.revoked(g, q)
	if err != nil {
		return nil, nil, err
	}
	if len(unknown) > 0 && !c.vpcs.byID[g.parent].isDefault {
		return nil, nil, fail("InvalidPermission.NotFound", "The specified rule does not exist in this security group.")
	}
	gone := []types.RevokedSecurityGroupRule{}
	for _, r := range leaving {
		c.leave(&r.thing)
		gone = append(gone, awsRevoked(r))
	}
	return gone, unknown, nil
}

// revoked finds the rules that a call names, and the permissions without a rule.
func (c *call) revoked(g *group, q ruleRequest) ([]*rule, []types.IpPermission, error) {
	var leaving []*rule
	for i := range q.ids {
		r, err := c.rules.use(c, kindRule, &q.ids[i])
		if err != nil {
			return nil, nil, err
		}
		if r.parent != g.id || r.egress != q.egress {
			return nil, nil, fail(kindRule.notFound, kindRule.missing, r.id)
		}
		leaving = append(leaving, r)
	}
	if len(q.ids) > 0 {
		return leaving, nil, nil
	}
	asked, err := c.permissions(q.permissions, q.flat)
	if err != nil {
		return nil, nil, err
	}
	var unknown []types.IpPermission
	for _, p := range asked {
		found := c.rules.in(g.id).standing(c, func(r *rule) bool { return r.egress == q.egress && r.permission == p.permission })
		if len(found) == 0 {
			unknown = append(unknown, c.awsPermission(p.permission, ""))
		}
		leaving = append(leaving, found...)
	}
	return leaving, unknown, nil
}
