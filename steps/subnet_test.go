package steps

import (
	"context"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"vpclink/state"
	"vpclink/waiters"
)

type subnetCalls struct {
	account
	create call[ec2.CreateSubnetInput, ec2.CreateSubnetOutput]
	remove call[ec2.DeleteSubnetInput, ec2.DeleteSubnetOutput]
}

func (c *subnetCalls) CreateSubnet(_ context.Context, in *ec2.CreateSubnetInput, _ ...opt) (*ec2.CreateSubnetOutput, error) {
	return c.create.do(in)
}

func (c *subnetCalls) DeleteSubnet(_ context.Context, in *ec2.DeleteSubnetInput, _ ...opt) (*ec2.DeleteSubnetOutput, error) {
	return c.remove.do(in)
}

func TestMakeSubnet(t *testing.T) {
	aws := &subnetCalls{}
	aws.create.answer.Subnet = &types.Subnet{
		SubnetId: new("subnet-a"), CidrBlock: new("10.0.0.0/24"), AvailabilityZoneId: new("apne1-az1"), State: types.SubnetStatePending,
	}
	rec := record(t, "0/subnet/a", "", Subnet{VPC: state.Literal("vpc-a"), CIDR: "10.0.0.0/24", AZID: "apne1-az1"})
	got := made(t, aws, rec)
	anywhere := record(t, "0/subnet/b", "", Subnet{VPC: state.Literal("vpc-a"), CIDR: "10.0.1.0/24"})
	made(t, aws, anywhere)
	same(t, "VPC, block, tags and the zone where one is wanted", []*ec2.CreateSubnetInput{
		{
			VpcId: new("vpc-a"), CidrBlock: new("10.0.0.0/24"), AvailabilityZoneId: new("apne1-az1"),
			TagSpecifications: here(nil).tagged(rec, "subnet"),
		},
		{VpcId: new("vpc-a"), CidrBlock: new("10.0.1.0/24"), TagSpecifications: here(nil).tagged(anywhere, "subnet")},
	}, aws.create.sent)
	same(t, "what AWS answered", Observation{
		Key: "0/subnet/a", ID: "subnet-a", State: "pending", Ours: true,
		Out: map[string]string{OutCIDR: "10.0.0.0/24", OutAZID: "apne1-az1"},
	}, got)

	aws.create.answer.Subnet = nil
	unanswered(t, aws, rec)
}

func TestSubnetRefused(t *testing.T) {
	rec := record(t, "0/subnet/a", "subnet-a", Subnet{VPC: state.Literal("vpc-a"), CIDR: "10.0.0.0/24"})
	refusals(t, "CreateSubnet", map[string]error{
		"InvalidVpcID.NotFound":  waiters.ErrNotYet, // the VPC is new
		"InvalidSubnet.Conflict": ErrExists, "InvalidSubnet.Range": asItIs, "SubnetLimitExceeded": asItIs,
	}, func(answer error) error {
		aws := &subnetCalls{}
		aws.create.err = answer
		return creating(t, aws, rec)
	})
	refusals(t, "DeleteSubnet", map[string]error{
		"InvalidSubnetID.NotFound": waiters.ErrNone, "InvalidSubnetId.NotFound": waiters.ErrNone,
		"DependencyViolation": waiters.ErrNotYet, "UnauthorizedOperation": asItIs,
	}, func(answer error) error {
		aws := &subnetCalls{}
		aws.remove.err = answer
		return deleting(t, aws, rec)
	})
}

func TestDeleteSubnet(t *testing.T) {
	aws := &subnetCalls{}
	if err := deleting(t, aws, record(t, "0/subnet/a", "subnet-a", Subnet{})); err != nil {
		t.Errorf("want the subnet deleted, got %v", err)
	}
	same(t, "the journal's ID in the call", []*ec2.DeleteSubnetInput{{SubnetId: new("subnet-a")}}, aws.remove.sent)
}

func TestObserveSubnet(t *testing.T) {
	aws := &subnetCalls{}
	show := func(id, cidr, zone string, tags []types.Tag) types.Subnet {
		return types.Subnet{SubnetId: &id, CidrBlock: &cidr, AvailabilityZoneId: &zone, State: types.SubnetStateAvailable, Tags: tags}
	}
	aws.subnets.things = []types.Subnet{
		show("subnet-x", "10.0.0.0/24", "apne1-az1", nil), // a stranger's, though its block is the wanted one: never adopted
		show("subnet-y", "10.0.0.0/24", "apne1-az1", theirs("0/subnet/a")),
		show("subnet-a", "10.0.0.0/24", "apne1-az1", ours("0/subnet/a")),
		show("subnet-b", "10.0.7.0/24", "apne1-az4", ours("0/subnet/b")),
		{SubnetId: new("subnet-c"), Tags: ours("0/subnet/c")}, // all else is left out
	}
	got := seen(t, KindSubnet, aws,
		record(t, "0/subnet/a", "", Subnet{VPC: state.Literal("vpc-a"), CIDR: "10.0.0.0/24"}), // in any zone
		record(t, "0/subnet/b", "", Subnet{VPC: state.Literal("vpc-b"), CIDR: "10.0.1.0/24", AZID: "apne1-az1"}),
		record(t, "0/subnet/c", "", Subnet{}),
	)
	same(t, "ours, and b told to have another block in another zone", []Observation{
		{
			Key: "0/subnet/a", ID: "subnet-a", State: "available", Ours: true, Token: "token-1",
			Out: map[string]string{OutCIDR: "10.0.0.0/24", OutAZID: "apne1-az1"},
		},
		{
			Key: "0/subnet/b", ID: "subnet-b", State: "available", Ours: true, Token: "token-1",
			Out: map[string]string{OutCIDR: "10.0.7.0/24", OutAZID: "apne1-az4"},
			Diff: []Field{
				{Name: "CIDR", Want: "10.0.1.0/24", Have: "10.0.7.0/24", Flag: "--vpcs"},
				{Name: "AZ", Want: "apne1-az1", Have: "apne1-az4", Flag: "--azs"},
			},
		},
		{Key: "0/subnet/c", ID: "subnet-c", Ours: true, Token: "token-1", Out: map[string]string{OutCIDR: "", OutAZID: ""}},
	}, got)
}
