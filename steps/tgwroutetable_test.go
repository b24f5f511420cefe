package steps

import (
	"context"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"vpclink/state"
	"vpclink/waiters"
)

type tgwTableCalls struct {
	account
	create call[ec2.CreateTransitGatewayRouteTableInput, ec2.CreateTransitGatewayRouteTableOutput]
	remove call[ec2.DeleteTransitGatewayRouteTableInput, ec2.DeleteTransitGatewayRouteTableOutput]
}

func (c *tgwTableCalls) CreateTransitGatewayRouteTable(
	_ context.Context, in *ec2.CreateTransitGatewayRouteTableInput, _ ...opt,
) (*ec2.CreateTransitGatewayRouteTableOutput, error) {
	return c.create.do(in)
}

func (c *tgwTableCalls) DeleteTransitGatewayRouteTable(
	_ context.Context, in *ec2.DeleteTransitGatewayRouteTableInput, _ ...opt,
) (*ec2.DeleteTransitGatewayRouteTableOutput, error) {
	return c.remove.do(in)
}

const tgwTableKey state.Key = "1.4.2/tgw-route-table/tgw"

func TestMakeTGWRouteTable(t *testing.T) {
	aws := &tgwTableCalls{}
	aws.create.answer.TransitGatewayRouteTable = &types.TransitGatewayRouteTable{
		TransitGatewayRouteTableId: new("tgw-rtb-1"), State: types.TransitGatewayRouteTableStatePending,
	}
	rec := record(t, tgwTableKey, "", TGWRouteTable{Gateway: state.Literal("tgw-1")})
	same(t, "what AWS answered", Observation{Key: tgwTableKey, ID: "tgw-rtb-1", State: "pending", Ours: true}, made(t, aws, rec))
	same(t, "gateway and tags", []*ec2.CreateTransitGatewayRouteTableInput{{
		TransitGatewayId: new("tgw-1"), TagSpecifications: here(nil).tagged(rec, "transit-gateway-route-table"),
	}}, aws.create.sent)

	aws.create.answer.TransitGatewayRouteTable = nil
	unanswered(t, aws, rec)
}

func TestTGWRouteTableRefused(t *testing.T) {
	rec := record(t, tgwTableKey, "tgw-rtb-1", TGWRouteTable{Gateway: state.Literal("tgw-1")})
	refusals(t, "CreateTransitGatewayRouteTable", map[string]error{
		"InvalidTransitGatewayID.NotFound": waiters.ErrNotYet, "IncorrectState": waiters.ErrNotYet,
		"TransitGatewayRouteTableLimitExceeded": asItIs,
	}, func(answer error) error {
		aws := &tgwTableCalls{}
		aws.create.err = answer
		return creating(t, aws, rec)
	})
	refusals(t, "DeleteTransitGatewayRouteTable", map[string]error{
		"InvalidRouteTableID.NotFound": waiters.ErrNone, "InvalidRouteTableId.NotFound": waiters.ErrNone, // the VPC table's codes
		"IncorrectState": waiters.ErrNotYet, "UnauthorizedOperation": asItIs,
	}, func(answer error) error {
		aws := &tgwTableCalls{}
		aws.remove.err = answer
		return deleting(t, aws, rec)
	})
}

func TestDeleteTGWRouteTable(t *testing.T) {
	aws := &tgwTableCalls{}
	if err := deleting(t, aws, record(t, tgwTableKey, "tgw-rtb-1", TGWRouteTable{})); err != nil {
		t.Errorf("want the table deleted, got %v", err)
	}
	same(t, "the journal's ID in the call", []*ec2.DeleteTransitGatewayRouteTableInput{
		{TransitGatewayRouteTableId: new("tgw-rtb-1")},
	}, aws.remove.sent)
}

func TestObserveTGWRouteTable(t *testing.T) {
	show := func(id string, state types.TransitGatewayRouteTableState, tags []types.Tag) types.TransitGatewayRouteTable {
		return types.TransitGatewayRouteTable{TransitGatewayRouteTableId: &id, TransitGatewayId: new("tgw-1"), State: state, Tags: tags}
	}
	aws := &tgwTableCalls{}
	aws.tgwTables.things = []types.TransitGatewayRouteTable{
		show("tgw-rtb-default", types.TransitGatewayRouteTableStateAvailable, nil),
		show("tgw-rtb-x", types.TransitGatewayRouteTableStateAvailable, theirs(tgwTableKey)),
		show("tgw-rtb-0", types.TransitGatewayRouteTableStateDeleted, ours(tgwTableKey)),
		show("tgw-rtb-1", types.TransitGatewayRouteTableStateAvailable, ours(tgwTableKey)),
	}
	same(t, "ours, tombstones told as such", []Observation{
		{Key: tgwTableKey, ID: "tgw-rtb-0", State: "deleted", Ours: true, Token: "token-1"},
		{Key: tgwTableKey, ID: "tgw-rtb-1", State: "available", Ours: true, Token: "token-1"},
	}, seen(t, KindTGWRouteTable, aws, record(t, tgwTableKey, "", TGWRouteTable{Gateway: state.Literal("tgw-1")})))
}
