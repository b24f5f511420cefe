package sim_test

import (
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/google/go-cmp/cmp"

	"vpclink/sim"
)

// allOut is what every fresh group lets out.
var allOut = []types.IpPermission{{IpProtocol: new("-1"), IpRanges: []types.IpRange{{CidrIp: new("0.0.0.0/0")}}}}

func (a account) admitOut(group, cidr string) (string, error) {
	out, err := a.AuthorizeSecurityGroupEgress(a.t.Context(), &ec2.AuthorizeSecurityGroupEgressInput{GroupId: &group, IpPermissions: rdp(cidr)})
	if err != nil {
		return "", err
	}
	return *out.SecurityGroupRules[0].SecurityGroupRuleId, nil
}

func (a account) revokeOut(group, rule string) error {
	_, err := a.RevokeSecurityGroupEgress(a.t.Context(), &ec2.RevokeSecurityGroupEgressInput{GroupId: &group, SecurityGroupRuleIds: []string{rule}})
	return err
}

// The rules out of a group are a list of their own, with the errors of the rules in.
func TestRulesOut(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, _ *sim.World, a account) {
		ctx := t.Context()
		group := a.group(a.vpc("a", "10.0.0.0/16"), "g")
		in := a.admit(group, "10.1.0.0/16")
		_, err := a.admitOut(group, "10.1.0.0/16") // the same permission, in the other direction
		a.fatal(err)
		pass(time.Second)
		_, err = a.admitOut(group, "10.1.2.3/16")
		wantCode(t, err, "InvalidPermission.Duplicate", "a rule out that is there already, written with host bits")

		revoke := func(p []types.IpPermission) error {
			_, err := a.RevokeSecurityGroupEgress(ctx, &ec2.RevokeSecurityGroupEgressInput{GroupId: &group, IpPermissions: p})
			return err
		}
		a.fatal(revoke(allOut))
		wantCode(t, revoke(allOut), "InvalidPermission.NotFound", "revoking the rule for all outbound traffic a second time")
		wantCode(t, a.revokeOut(group, in), "InvalidSecurityGroupRuleId.NotFound", "revoking an inbound rule as an outbound one")
		pass(time.Second)
		seen, err := a.DescribeSecurityGroups(ctx, &ec2.DescribeSecurityGroupsInput{GroupIds: []string{group}})
		a.fatal(err)
		g := seen.SecurityGroups[0]
		if diff := cmp.Diff(g.IpPermissions, g.IpPermissionsEgress, ignoreSerde); diff != "" || len(g.IpPermissions) != 1 {
			t.Errorf("the group should have the one rule in each direction (-in +out):\n%s", diff)
		}
		a.fatal(revoke(rdp("10.1.0.0/16")))
		pass(time.Second)
		seen, err = a.DescribeSecurityGroups(ctx, &ec2.DescribeSecurityGroupsInput{GroupIds: []string{group}})
		a.fatal(err)
		if g := seen.SecurityGroups[0]; len(g.IpPermissions) != 1 || len(g.IpPermissionsEgress) != 0 {
			t.Errorf("only the rule in should be left, not %+v and %+v", g.IpPermissions, g.IpPermissionsEgress)
		}
	})
}
