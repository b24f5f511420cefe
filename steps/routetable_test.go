package steps

import (
	"context"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"vpclink/state"
	"vpclink/waiters"
)

type routeTableCalls struct {
	account
	create call[ec2.CreateRouteTableInput, ec2.CreateRouteTableOutput]
	remove call[ec2.DeleteRouteTableInput, ec2.DeleteRouteTableOutput]
}

func (c *routeTableCalls) CreateRouteTable(
	_ context.Context, in *ec2.CreateRouteTableInput, _ ...opt,
) (*ec2.CreateRouteTableOutput, error) {
	return c.create.do(in)
}

func (c *routeTableCalls) DeleteRouteTable(
	_ context.Context, in *ec2.DeleteRouteTableInput, _ ...opt,
) (*ec2.DeleteRouteTableOutput, error) {
	return c.remove.do(in)
}

func TestMakeRouteTable(t *testing.T) {
	aws := &routeTableCalls{}
	aws.create.answer.RouteTable = &types.RouteTable{RouteTableId: new("rtb-a"), Tags: ours("0/route-table/a")}
	rec := record(t, "0/route-table/a", "", RouteTable{VPC: state.Literal("vpc-a")})
	got := made(t, aws, rec)
	// Without a token of ours the SDK makes one up for each call, and a call that is repeated makes a second table.
	same(t, "VPC, tags and the intent's token", []*ec2.CreateRouteTableInput{{
		VpcId: new("vpc-a"), ClientToken: new("token-1"), TagSpecifications: here(nil).tagged(rec, "route-table"),
	}}, aws.create.sent)
	same(t, "what AWS answered", Observation{Key: "0/route-table/a", ID: "rtb-a", Ours: true, Token: "token-1"}, got)

	aws.create.answer.RouteTable = nil
	unanswered(t, aws, rec)
}

func TestRouteTableRefused(t *testing.T) {
	rec := record(t, "0/route-table/a", "rtb-a", RouteTable{VPC: state.Literal("vpc-a")})
	refusals(t, "CreateRouteTable", map[string]error{
		"InvalidVpcID.NotFound":   waiters.ErrNotYet, // the VPC is new
		"RouteTableLimitExceeded": asItIs, "IdempotentParameterMismatch": asItIs,
	}, func(answer error) error {
		aws := &routeTableCalls{}
		aws.create.err = answer
		return creating(t, aws, rec)
	})
	refusals(t, "DeleteRouteTable", map[string]error{
		"InvalidRouteTableID.NotFound": waiters.ErrNone, "InvalidRouteTableId.NotFound": waiters.ErrNone,
		"DependencyViolation": waiters.ErrNotYet, "UnauthorizedOperation": asItIs,
	}, func(answer error) error {
		aws := &routeTableCalls{}
		aws.remove.err = answer
		return deleting(t, aws, rec)
	})
}

func TestDeleteRouteTable(t *testing.T) {
	aws := &routeTableCalls{}
	if err := deleting(t, aws, record(t, "0/route-table/a", "rtb-a", RouteTable{})); err != nil {
		t.Errorf("want the table deleted, got %v", err)
	}
	same(t, "the journal's ID in the call", []*ec2.DeleteRouteTableInput{{RouteTableId: new("rtb-a")}}, aws.remove.sent)
}

func TestObserveRouteTable(t *testing.T) {
	aws := &routeTableCalls{}
	aws.tables.things = []types.RouteTable{
		{RouteTableId: new("rtb-main")},
		{RouteTableId: new("rtb-x"), Tags: theirs("0/route-table/a")},
		{RouteTableId: new("rtb-a"), Tags: ours("0/route-table/a")},
	}
	got := seen(t, KindRouteTable, aws, record(t, "0/route-table/a", "", RouteTable{}), record(t, "0/route-table/b", "", RouteTable{}))
	same(t, "ours, and nothing of b", []Observation{{Key: "0/route-table/a", ID: "rtb-a", Ours: true, Token: "token-1"}}, got)
	if stage := Kinds()[KindRouteTable].Life().Stage(got[0].State); stage != waiters.StageReady {
		t.Errorf("want a table ready as soon as it is seen, for it has no state; got stage %v", stage)
	}
}
