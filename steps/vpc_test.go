package steps

import (
	"context"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"vpclink/waiters"
)

type vpcCalls struct {
	account
	create call[ec2.CreateVpcInput, ec2.CreateVpcOutput]
	remove call[ec2.DeleteVpcInput, ec2.DeleteVpcOutput]
}

func (c *vpcCalls) CreateVpc(_ context.Context, in *ec2.CreateVpcInput, _ ...opt) (*ec2.CreateVpcOutput, error) {
	return c.create.do(in)
}

func (c *vpcCalls) DeleteVpc(_ context.Context, in *ec2.DeleteVpcInput, _ ...opt) (*ec2.DeleteVpcOutput, error) {
	return c.remove.do(in)
}

func TestMakeVPC(t *testing.T) {
	aws := &vpcCalls{}
	aws.create.answer.Vpc = &types.Vpc{VpcId: new("vpc-a"), CidrBlock: new("10.0.0.0/16"), State: types.VpcStatePending}
	rec := record(t, "0/vpc/a", "", VPC{CIDR: "10.0.0.0/16"})
	got := made(t, aws, rec)
	same(t, "the block and the tags in the call", []*ec2.CreateVpcInput{{
		CidrBlock: new("10.0.0.0/16"), TagSpecifications: here(nil).tagged(rec, "vpc"),
	}}, aws.create.sent)
	same(t, "what AWS answered", Observation{
		Key: "0/vpc/a", ID: "vpc-a", State: "pending", Ours: true, Out: map[string]string{OutCIDR: "10.0.0.0/16"},
	}, got)

	aws.create.answer.Vpc = &types.Vpc{CidrBlock: new("10.0.0.0/16")}
	unanswered(t, aws, rec)
	aws.create.answer.Vpc = nil
	unanswered(t, aws, rec)
}

func TestVPCRefused(t *testing.T) {
	rec := record(t, "0/vpc/a", "vpc-a", VPC{CIDR: "10.0.0.0/16"})
	refusals(t, "CreateVpc", map[string]error{
		"VpcLimitExceeded": asItIs, "InvalidVpcRange": asItIs, "UnauthorizedOperation": asItIs,
	}, func(answer error) error {
		aws := &vpcCalls{}
		aws.create.err = answer
		return creating(t, aws, rec)
	})
	refusals(t, "DeleteVpc", map[string]error{
		"InvalidVpcID.NotFound": waiters.ErrNone, "DependencyViolation": waiters.ErrNotYet, "UnauthorizedOperation": asItIs,
	}, func(answer error) error {
		aws := &vpcCalls{}
		aws.remove.err = answer
		return deleting(t, aws, rec)
	})
}

func TestDeleteVPC(t *testing.T) {
	aws := &vpcCalls{}
	if err := deleting(t, aws, record(t, "0/vpc/a", "vpc-a", VPC{})); err != nil {
		t.Errorf("want the VPC deleted, got %v", err)
	}
	same(t, "the journal's ID in the call", []*ec2.DeleteVpcInput{{VpcId: new("vpc-a")}}, aws.remove.sent)
}

func TestObserveVPC(t *testing.T) {
	aws := &vpcCalls{}
	aws.vpcs.things = []types.Vpc{
		{VpcId: new("vpc-default"), CidrBlock: new("10.0.0.0/16"), State: types.VpcStateAvailable}, // the same block, and no tags
		{VpcId: new("vpc-b"), CidrBlock: new("10.9.0.0/16"), State: types.VpcStateAvailable, Tags: ours("0/vpc/b")},
		{VpcId: new("vpc-x"), CidrBlock: new("10.0.0.0/16"), State: types.VpcStateAvailable, Tags: theirs("0/vpc/a")},
		{VpcId: new("vpc-a"), CidrBlock: new("10.0.0.0/16"), Tags: ours("0/vpc/a")}, // without a state
	}
	got := seen(t, KindVPC, aws, record(t, "0/vpc/a", "", VPC{CIDR: "10.0.0.0/16"}), record(t, "0/vpc/b", "", VPC{CIDR: "10.1.0.0/16"}))
	same(t, "ours, and the block of b told to be another one", []Observation{
		{Key: "0/vpc/a", ID: "vpc-a", Ours: true, Token: "token-1", Out: map[string]string{OutCIDR: "10.0.0.0/16"}},
		{
			Key: "0/vpc/b", ID: "vpc-b", State: "available", Ours: true, Token: "token-1", Out: map[string]string{OutCIDR: "10.9.0.0/16"},
			Diff: []Field{{Name: "CIDR", Want: "10.1.0.0/16", Have: "10.9.0.0/16", Flag: "--vpcs"}},
		},
	}, got)
}
