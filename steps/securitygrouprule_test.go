package steps

import (
	"context"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"vpclink/state"
	"vpclink/waiters"
)

type ruleCalls struct {
	account
	create call[ec2.AuthorizeSecurityGroupIngressInput, ec2.AuthorizeSecurityGroupIngressOutput]
	remove call[ec2.RevokeSecurityGroupIngressInput, ec2.RevokeSecurityGroupIngressOutput]
}

func (c *ruleCalls) AuthorizeSecurityGroupIngress(
	_ context.Context, in *ec2.AuthorizeSecurityGroupIngressInput, _ ...opt,
) (*ec2.AuthorizeSecurityGroupIngressOutput, error) {
	return c.create.do(in)
}

func (c *ruleCalls) RevokeSecurityGroupIngress(
	_ context.Context, in *ec2.RevokeSecurityGroupIngressInput, _ ...opt,
) (*ec2.RevokeSecurityGroupIngressOutput, error) {
	return c.remove.do(in)
}

const ruleAB state.Key = "0/security-group-rule/a:b"

// fromA admits a to the instance of b.
func fromA() SecurityGroupRule {
	return SecurityGroupRule{Group: state.Literal("sg-b"), Port: 3389, Source: state.Literal("10.0.0.0/16"), Description: "from a"}
}

func TestAddRule(t *testing.T) {
	aws := &ruleCalls{}
	aws.create.answer.SecurityGroupRules = []types.SecurityGroupRule{{SecurityGroupRuleId: new("sgr-a")}}
	rec := record(t, ruleAB, "", fromA())
	same(t, "what AWS answered", Observation{Key: ruleAB, ID: "sgr-a", Ours: true, Token: "token-1"}, made(t, aws, rec))
	bare := fromA()
	bare.Description = ""
	made(t, aws, record(t, ruleAB, "", bare))
	sent := func(description *string) *ec2.AuthorizeSecurityGroupIngressInput {
		return &ec2.AuthorizeSecurityGroupIngressInput{
			GroupId: new("sg-b"), TagSpecifications: here(nil).tagged(rec, "security-group-rule"),
			IpPermissions: []types.IpPermission{{
				IpProtocol: new("tcp"), FromPort: new(int32(3389)), ToPort: new(int32(3389)),
				IpRanges: []types.IpRange{{CidrIp: new("10.0.0.0/16"), Description: description}},
			}},
		}
	}
	same(t, "one TCP port from one block, and tags", []*ec2.AuthorizeSecurityGroupIngressInput{sent(new("from a")), sent(nil)}, aws.create.sent)

	for _, rules := range [][]types.SecurityGroupRule{nil, {{}}, {{SecurityGroupRuleId: new("sgr-a")}, {SecurityGroupRuleId: new("sgr-b")}}} {
		aws.create.answer.SecurityGroupRules = rules
		unanswered(t, aws, rec)
	}
}

// fromGroupA admits whatever carries a's group.
func fromGroupA(description string) SecurityGroupRule {
	return SecurityGroupRule{Group: state.Literal("sg-b"), Port: 3389, Source: state.Literal("sg-a"), Description: description}
}

func TestAddRuleFromAGroup(t *testing.T) {
	aws := &ruleCalls{}
	aws.create.answer.SecurityGroupRules = []types.SecurityGroupRule{{SecurityGroupRuleId: new("sgr-a")}}
	made(t, aws, record(t, ruleAB, "", fromGroupA("from a")))
	made(t, aws, record(t, ruleAB, "", fromGroupA("")))
	var sent [][]types.IpPermission
	for _, in := range aws.create.sent {
		sent = append(sent, in.IpPermissions)
	}
	from := func(description *string) []types.IpPermission {
		return []types.IpPermission{{
			IpProtocol: new("tcp"), FromPort: new(int32(3389)), ToPort: new(int32(3389)),
			UserIdGroupPairs: []types.UserIdGroupPair{{GroupId: new("sg-a"), Description: description}},
		}}
	}
	same(t, "one TCP port from the group, and from no block", [][]types.IpPermission{from(new("from a")), from(nil)}, sent)
}

func TestRuleRefused(t *testing.T) {
	rec := record(t, ruleAB, "sgr-a", fromA())
	refusals(t, "AuthorizeSecurityGroupIngress", map[string]error{
		"InvalidGroup.NotFound": waiters.ErrNotYet, "InvalidSecurityGroupID.NotFound": waiters.ErrNotYet, // the group is new
		"InvalidPermission.Duplicate": ErrExists, "RulesPerSecurityGroupLimitExceeded": asItIs,
	}, func(answer error) error {
		aws := &ruleCalls{}
		aws.create.err = answer
		return creating(t, aws, rec)
	})
	refusals(t, "RevokeSecurityGroupIngress", map[string]error{
		"InvalidPermission.NotFound": waiters.ErrNone, "InvalidSecurityGroupRuleId.NotFound": waiters.ErrNone,
		"InvalidGroup.NotFound": waiters.ErrNone, // it took its rules along
		"UnauthorizedOperation": asItIs,
	}, func(answer error) error {
		aws := &ruleCalls{}
		aws.remove.err = answer
		return deleting(t, aws, rec)
	})
}

func TestRevokeRule(t *testing.T) {
	aws := &ruleCalls{}
	if err := deleting(t, aws, record(t, ruleAB, "sgr-a", fromA())); err != nil {
		t.Errorf("want the rule revoked, got %v", err)
	}
	// By ID: a rule of the same meaning that somebody else added would be taken away by its permissions.
	same(t, "group and rule ID", []*ec2.RevokeSecurityGroupIngressInput{
		{GroupId: new("sg-b"), SecurityGroupRuleIds: []string{"sgr-a"}},
	}, aws.remove.sent)
}

func TestObserveRule(t *testing.T) {
	show := func(id string, edit func(*types.SecurityGroupRule)) types.SecurityGroupRule {
		r := types.SecurityGroupRule{
			SecurityGroupRuleId: &id, GroupId: new("sg-b"), IsEgress: new(false), IpProtocol: new("tcp"),
			FromPort: new(int32(3389)), ToPort: new(int32(3389)), CidrIpv4: new("10.0.0.0/16"),
		}
		edit(&r)
		return r
	}
	tagged := func(r *types.SecurityGroupRule) { r.Tags = ours(ruleAB) }
	for _, test := range []struct {
		name  string
		id    string
		shown types.SecurityGroupRule
		want  []Observation
	}{
		{
			name: "ours", shown: show("sgr-a", tagged),
			want: []Observation{{Key: ruleAB, ID: "sgr-a", Ours: true, Token: "token-1"}},
		},
		{
			name: "ours, tags taken off", id: "sgr-a", shown: show("sgr-a", func(*types.SecurityGroupRule) {}),
			want: []Observation{{Key: ruleAB, ID: "sgr-a", Ours: true, Diff: bare(ruleAB)}},
		},
		{
			name: "ours, edited", shown: show("sgr-a", func(r *types.SecurityGroupRule) { tagged(r); r.ToPort = new(int32(3390)) }),
			want: []Observation{{Key: ruleAB, ID: "sgr-a", Ours: true, Token: "token-1", Diff: []Field{{
				Name: "rule", Want: "sg-b|false|tcp|3389-3389|10.0.0.0/16", Have: "sg-b|false|tcp|3389-3390|10.0.0.0/16", Flag: "--vpcs",
			}}}},
		},
		{
			name: "the same rule, somebody else's", shown: show("sgr-x", func(r *types.SecurityGroupRule) { r.IpProtocol = new("TCP") }),
			want: []Observation{{Key: ruleAB, ID: "sgr-x"}},
		},
		{name: "another group", shown: show("sgr-x", func(r *types.SecurityGroupRule) { r.GroupId = new("sg-x") })},
		{name: "outbound", shown: show("sgr-x", func(r *types.SecurityGroupRule) { r.IsEgress = new(true) })},
		{name: "UDP", shown: show("sgr-x", func(r *types.SecurityGroupRule) { r.IpProtocol = new("udp") })},
		{name: "another port", shown: show("sgr-x", func(r *types.SecurityGroupRule) { r.FromPort = new(int32(22)) })},
		{name: "another block", shown: show("sgr-x", func(r *types.SecurityGroupRule) { r.CidrIpv4 = new("10.1.0.0/16") })},
		{name: "from a group", shown: show("sgr-x", func(r *types.SecurityGroupRule) {
			r.CidrIpv4, r.ReferencedGroupInfo = nil, &types.ReferencedSecurityGroup{GroupId: new("sg-a")}
		})},
		{name: "nothing but an ID", shown: types.SecurityGroupRule{SecurityGroupRuleId: new("sgr-x")}},
	} {
		t.Run(test.name, func(t *testing.T) {
			aws := &ruleCalls{}
			aws.rules.things = []types.SecurityGroupRule{test.shown, {SecurityGroupRuleId: new("sgr-egress"), IsEgress: new(true)}}
			same(t, "the rule from a to b", test.want, seen(t, KindSecurityGroupRule, aws, record(t, ruleAB, test.id, fromA())))
		})
	}
}

// A block and a group are not the same, and neither are two groups.
func TestObserveRuleFromAGroup(t *testing.T) {
	show := func(edit func(*types.SecurityGroupRule)) types.SecurityGroupRule {
		r := types.SecurityGroupRule{
			SecurityGroupRuleId: new("sgr-a"), GroupId: new("sg-b"), IpProtocol: new("tcp"), FromPort: new(int32(3389)), ToPort: new(int32(3389)),
			ReferencedGroupInfo: &types.ReferencedSecurityGroup{GroupId: new("sg-a")},
		}
		edit(&r)
		return r
	}
	for _, test := range []struct {
		name  string
		shown types.SecurityGroupRule
		want  []Observation
	}{
		{
			name: "ours", shown: show(func(r *types.SecurityGroupRule) { r.Tags = ours(ruleAB) }),
			want: []Observation{{Key: ruleAB, ID: "sgr-a", Ours: true, Token: "token-1"}},
		},
		{name: "somebody else's", shown: show(func(*types.SecurityGroupRule) {}), want: []Observation{{Key: ruleAB, ID: "sgr-a"}}},
		{name: "from another group", shown: show(func(r *types.SecurityGroupRule) { r.ReferencedGroupInfo.GroupId = new("sg-x") })},
		{name: "from a block", shown: show(func(r *types.SecurityGroupRule) { r.ReferencedGroupInfo, r.CidrIpv4 = nil, new("10.0.0.0/16") })},
	} {
		t.Run(test.name, func(t *testing.T) {
			aws := &ruleCalls{}
			aws.rules.things = []types.SecurityGroupRule{test.shown}
			same(t, "the rule from a's group", test.want, seen(t, KindSecurityGroupRule, aws, record(t, ruleAB, "", fromGroupA("from a"))))
		})
	}
}
