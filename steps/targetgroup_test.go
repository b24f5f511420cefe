package steps

import (
	"context"
	"testing"

	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"
	elbtypes "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2/types"

	"vpclink/state"
	"vpclink/waiters"
)

type targetGroupCalls struct {
	account
	balancers
	create call[elb.CreateTargetGroupInput, elb.CreateTargetGroupOutput]
	remove call[elb.DeleteTargetGroupInput, elb.DeleteTargetGroupOutput]
}

func (c *targetGroupCalls) CreateTargetGroup(_ context.Context, in *elb.CreateTargetGroupInput, _ ...elbOpt) (*elb.CreateTargetGroupOutput, error) {
	return c.create.do(in)
}

func (c *targetGroupCalls) DeleteTargetGroup(_ context.Context, in *elb.DeleteTargetGroupInput, _ ...elbOpt) (*elb.DeleteTargetGroupOutput, error) {
	return c.remove.do(in)
}

const targetGroupA state.Key = "1.3.1/target-group/a"

func inVPCAt3389() TargetGroup { return TargetGroup{VPC: state.Literal("vpc-a"), Port: 3389} }

func TestMakeTargetGroup(t *testing.T) {
	aws := &targetGroupCalls{}
	aws.create.answer.TargetGroups = []elbtypes.TargetGroup{{TargetGroupArn: &groupARN}}
	rec := record(t, targetGroupA, "", inVPCAt3389())
	same(t, "what AWS answered", Observation{Key: targetGroupA, ID: groupARN, Ours: true, Token: "token-1"}, made(t, aws, rec))
	same(t, "a group of instances with quick TCP checks, under a name of the lineage, and tags", []*elb.CreateTargetGroupInput{{
		Name: new(here(nil).uniqueName(targetGroupA)), VpcId: new("vpc-a"), TargetType: "instance", Protocol: "TCP", Port: new(int32(3389)),
		HealthCheckProtocol: "TCP", HealthCheckIntervalSeconds: new(int32(5)), HealthCheckTimeoutSeconds: new(int32(4)),
		HealthyThresholdCount: new(int32(2)), UnhealthyThresholdCount: new(int32(2)), Tags: here(nil).elbTagged(rec),
	}}, aws.create.sent)
	same(t, "all the tags of an EC2 resource", len(here(nil).tags(rec)), len(aws.create.sent[0].Tags))

	for _, groups := range [][]elbtypes.TargetGroup{nil, {{}}, {{TargetGroupArn: &groupARN}, {TargetGroupArn: new("another")}}} {
		aws.create.answer.TargetGroups = groups
		unanswered(t, aws, rec)
	}
}

func TestTargetGroupRefused(t *testing.T) {
	rec := record(t, targetGroupA, groupARN, inVPCAt3389())
	refusals(t, "CreateTargetGroup", map[string]error{
		"InvalidVpcID.NotFound": waiters.ErrNotYet, "DuplicateTargetGroupName": ErrExists, "TooManyTargetGroups": asItIs, "ValidationError": asItIs,
	}, func(answer error) error {
		aws := &targetGroupCalls{}
		aws.create.err = answer
		return creating(t, aws, rec)
	})
	refusals(t, "DeleteTargetGroup", map[string]error{
		"TargetGroupNotFound": waiters.ErrNone,
		"ResourceInUse":       waiters.ErrNotYet, // a listener points at it
		"AccessDenied":        asItIs,
	}, func(answer error) error {
		aws := &targetGroupCalls{}
		aws.remove.err = answer
		return deleting(t, aws, rec)
	})
}

func TestDeleteTargetGroup(t *testing.T) {
	aws := &targetGroupCalls{}
	if err := deleting(t, aws, record(t, targetGroupA, groupARN, inVPCAt3389())); err != nil {
		t.Errorf("want the group deleted, got %v", err)
	}
	same(t, "the journal's ARN in the call", []*elb.DeleteTargetGroupInput{{TargetGroupArn: &groupARN}}, aws.remove.sent)
}

func TestObserveTargetGroup(t *testing.T) {
	group := func(arn, name string) elbtypes.TargetGroup {
		return elbtypes.TargetGroup{TargetGroupArn: &arn, TargetGroupName: &name}
	}
	asWanted := Observation{Key: targetGroupA, ID: groupARN, Ours: true, Token: "token-1"}
	for _, test := range []struct {
		name  string
		id    string
		shown []elbtypes.TargetGroup
		tags  map[string][]elbtypes.Tag
		want  []Observation
	}{
		{
			name: "ours by name and tags", shown: []elbtypes.TargetGroup{group("arn-x", "web"), group(groupARN, ourName)},
			tags: map[string][]elbtypes.Tag{groupARN: elbOurs(targetGroupA)}, want: []Observation{asWanted},
		},
		{
			name: "ours by the journal's ARN", id: groupARN, shown: []elbtypes.TargetGroup{group(groupARN, ourName)},
			want: []Observation{{Key: targetGroupA, ID: groupARN, Ours: true}},
		},
		{
			name: "ours by the journal's ARN, whatever its name", id: groupARN, shown: []elbtypes.TargetGroup{group(groupARN, "renamed")},
			want: []Observation{{Key: targetGroupA, ID: groupARN, Ours: true}},
		},
		{
			name: "our name, tags taken off, not in the journal", shown: []elbtypes.TargetGroup{group(groupARN, ourName)},
		},
		{
			name: "ours, another key's", shown: []elbtypes.TargetGroup{group(groupARN, ourName)},
			tags: map[string][]elbtypes.Tag{groupARN: elbOurs("1.3.1/target-group/b")},
		},
		{
			name: "our tags under a stranger's name", shown: []elbtypes.TargetGroup{group(groupARN, theirName)},
			tags: map[string][]elbtypes.Tag{groupARN: elbOurs(targetGroupA)},
		},
		{name: "nothing there", id: groupARN},
	} {
		t.Run(test.name, func(t *testing.T) {
			aws := &targetGroupCalls{}
			aws.targetGroups.things, aws.balancers.tags = test.shown, test.tags
			same(t, "a's target group", test.want, seen(t, KindTargetGroup, aws, record(t, targetGroupA, test.id, inVPCAt3389())))
		})
	}
}
