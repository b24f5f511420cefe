package steps

import (
	"context"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"vpclink/state"
	"vpclink/waiters"
)

type groupCalls struct {
	account
	create call[ec2.CreateSecurityGroupInput, ec2.CreateSecurityGroupOutput]
	remove call[ec2.DeleteSecurityGroupInput, ec2.DeleteSecurityGroupOutput]
}

func (c *groupCalls) CreateSecurityGroup(
	_ context.Context, in *ec2.CreateSecurityGroupInput, _ ...opt,
) (*ec2.CreateSecurityGroupOutput, error) {
	return c.create.do(in)
}

func (c *groupCalls) DeleteSecurityGroup(
	_ context.Context, in *ec2.DeleteSecurityGroupInput, _ ...opt,
) (*ec2.DeleteSecurityGroupOutput, error) {
	return c.remove.do(in)
}

func TestMakeSecurityGroup(t *testing.T) {
	aws := &groupCalls{}
	aws.create.answer.GroupId = new("sg-a")
	rec := record(t, "0/security-group/a", "", SecurityGroup{VPC: state.Literal("vpc-a"), Description: "vpclink lab a"})
	got := made(t, aws, rec)
	same(t, "VPC, a name of its own, description and tags", []*ec2.CreateSecurityGroupInput{{
		VpcId: new("vpc-a"), GroupName: new("vl-0a1b2c3d-75f6a7d37bfa"), Description: new("vpclink lab a"),
		TagSpecifications: here(nil).tagged(rec, "security-group"),
	}}, aws.create.sent)
	same(t, "what AWS answered", Observation{Key: "0/security-group/a", ID: "sg-a", Ours: true, Token: "token-1"}, got)

	aws.create.answer.GroupId = nil
	unanswered(t, aws, rec)
}

func TestSecurityGroupRefused(t *testing.T) {
	rec := record(t, "0/security-group/a", "sg-a", SecurityGroup{VPC: state.Literal("vpc-a")})
	refusals(t, "CreateSecurityGroup", map[string]error{
		"InvalidVpcID.NotFound":  waiters.ErrNotYet, // the VPC is new
		"InvalidGroup.Duplicate": ErrExists, "SecurityGroupLimitExceeded": asItIs,
	}, func(answer error) error {
		aws := &groupCalls{}
		aws.create.err = answer
		return creating(t, aws, rec)
	})
	refusals(t, "DeleteSecurityGroup", map[string]error{
		"InvalidGroup.NotFound": waiters.ErrNone, "InvalidSecurityGroupID.NotFound": waiters.ErrNone,
		"DependencyViolation": waiters.ErrNotYet, "InvalidGroup.InUse": waiters.ErrNotYet, "CannotDelete": asItIs,
	}, func(answer error) error {
		aws := &groupCalls{}
		aws.remove.err = answer
		return deleting(t, aws, rec)
	})
}

func TestDeleteSecurityGroup(t *testing.T) {
	aws := &groupCalls{}
	if err := deleting(t, aws, record(t, "0/security-group/a", "sg-a", SecurityGroup{})); err != nil {
		t.Errorf("want the group deleted, got %v", err)
	}
	same(t, "the journal's ID in the call", []*ec2.DeleteSecurityGroupInput{{GroupId: new("sg-a")}}, aws.remove.sent)
}

func TestObserveSecurityGroup(t *testing.T) {
	aws := &groupCalls{}
	aws.groups.things = []types.SecurityGroup{
		{GroupId: new("sg-default"), GroupName: new("default")},
		{GroupId: new("sg-x"), Tags: theirs("0/security-group/a")},
		{GroupId: new("sg-a"), Tags: ours("0/security-group/a")},
	}
	same(t, "ours", []Observation{{Key: "0/security-group/a", ID: "sg-a", Ours: true, Token: "token-1"}},
		seen(t, KindSecurityGroup, aws, record(t, "0/security-group/a", "", SecurityGroup{})))
}
