package steps

import (
	"context"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"vpclink/state"
	"vpclink/waiters"
)

type associationCalls struct {
	account
	create call[ec2.AssociateRouteTableInput, ec2.AssociateRouteTableOutput]
	remove call[ec2.DisassociateRouteTableInput, ec2.DisassociateRouteTableOutput]
}

func (c *associationCalls) AssociateRouteTable(
	_ context.Context, in *ec2.AssociateRouteTableInput, _ ...opt,
) (*ec2.AssociateRouteTableOutput, error) {
	return c.create.do(in)
}

func (c *associationCalls) DisassociateRouteTable(
	_ context.Context, in *ec2.DisassociateRouteTableInput, _ ...opt,
) (*ec2.DisassociateRouteTableOutput, error) {
	return c.remove.do(in)
}

const associationA state.Key = "0/route-table-association/a"

func association(table, subnet string) RouteTableAssociation {
	return RouteTableAssociation{RouteTable: state.Literal(table), Subnet: state.Literal(subnet)}
}

func TestAssociate(t *testing.T) {
	aws := &associationCalls{}
	aws.create.answer = ec2.AssociateRouteTableOutput{
		AssociationId:    new("rtbassoc-a"),
		AssociationState: &types.RouteTableAssociationState{State: types.RouteTableAssociationStateCodeAssociating},
	}
	rec := record(t, associationA, "", association("rtb-a", "subnet-a"))
	same(t, "what AWS answered", Observation{Key: associationA, ID: "rtbassoc-a", State: "associating", Ours: true}, made(t, aws, rec))
	same(t, "table and subnet", []*ec2.AssociateRouteTableInput{{RouteTableId: new("rtb-a"), SubnetId: new("subnet-a")}}, aws.create.sent)

	aws.create.answer.AssociationState = nil
	same(t, "an answer without a state taken", Observation{Key: associationA, ID: "rtbassoc-a", Ours: true}, made(t, aws, rec))
	aws.create.answer.AssociationId = nil
	unanswered(t, aws, rec)
}

func TestAssociationRefused(t *testing.T) {
	rec := record(t, associationA, "rtbassoc-a", association("rtb-a", "subnet-a"))
	refusals(t, "AssociateRouteTable", map[string]error{
		"InvalidSubnetID.NotFound": waiters.ErrNotYet, "InvalidSubnetId.NotFound": waiters.ErrNotYet,
		"InvalidRouteTableID.NotFound": waiters.ErrNotYet, "InvalidRouteTableId.NotFound": waiters.ErrNotYet,
		"Resource.AlreadyAssociated": ErrExists, "UnauthorizedOperation": asItIs,
	}, func(answer error) error {
		aws := &associationCalls{}
		aws.create.err = answer
		return creating(t, aws, rec)
	})
	refusals(t, "DisassociateRouteTable", map[string]error{
		"InvalidAssociationID.NotFound": waiters.ErrNone, "UnauthorizedOperation": asItIs,
	}, func(answer error) error {
		aws := &associationCalls{}
		aws.remove.err = answer
		return deleting(t, aws, rec)
	})
}

func TestDisassociate(t *testing.T) {
	aws := &associationCalls{}
	if err := deleting(t, aws, record(t, associationA, "rtbassoc-a", association("rtb-a", "subnet-a"))); err != nil {
		t.Errorf("want the subnet disassociated, got %v", err)
	}
	same(t, "the association's ID", []*ec2.DisassociateRouteTableInput{{AssociationId: new("rtbassoc-a")}}, aws.remove.sent)
}

func TestObserveAssociation(t *testing.T) {
	show := func(id, table, subnet string, state *types.RouteTableAssociationState) types.RouteTableAssociation {
		return types.RouteTableAssociation{RouteTableAssociationId: &id, RouteTableId: &table, SubnetId: &subnet, AssociationState: state}
	}
	in := func(word types.RouteTableAssociationStateCode) *types.RouteTableAssociationState {
		return &types.RouteTableAssociationState{State: word, StatusMessage: new("because")}
	}
	for _, test := range []struct {
		name  string
		id    string // what the journal has
		shown []types.RouteTableAssociation
		want  []Observation
	}{
		{name: "nothing", shown: []types.RouteTableAssociation{
			{RouteTableAssociationId: new("rtbassoc-main"), RouteTableId: new("rtb-main"), Main: new(true)}, // of no subnet
			show("rtbassoc-x", "rtb-a", "subnet-x", nil),
		}},
		{
			name: "ours", id: "rtbassoc-a",
			shown: []types.RouteTableAssociation{show("rtbassoc-a", "rtb-a", "subnet-a", in(types.RouteTableAssociationStateCodeAssociated))},
			want:  []Observation{{Key: associationA, ID: "rtbassoc-a", State: "associated", Reason: "because", Ours: true}},
		},
		{
			name: "without a state", id: "rtbassoc-a",
			shown: []types.RouteTableAssociation{show("rtbassoc-a", "rtb-a", "subnet-a", nil)},
			want:  []Observation{{Key: associationA, ID: "rtbassoc-a", Ours: true}},
		},
		{
			name:  "found by its subnet, before the journal has an ID",
			shown: []types.RouteTableAssociation{show("rtbassoc-a", "rtb-a", "subnet-a", nil)},
			want:  []Observation{{Key: associationA, ID: "rtbassoc-a"}},
		},
		{
			name: "somebody moved the subnet to another table", id: "rtbassoc-a",
			shown: []types.RouteTableAssociation{show("rtbassoc-n", "rtb-x", "subnet-a", nil)},
			want: []Observation{{
				Key: associationA, ID: "rtbassoc-n", Diff: []Field{{Name: "route table", Want: "rtb-a", Have: "rtb-x"}},
			}},
		},
		{
			name: "gone, and shown still", id: "rtbassoc-a",
			shown: []types.RouteTableAssociation{show("rtbassoc-a", "rtb-a", "subnet-a", in(types.RouteTableAssociationStateCodeDisassociated))},
			want:  []Observation{{Key: associationA, ID: "rtbassoc-a", State: "disassociated", Reason: "because", Ours: true}},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			aws := &associationCalls{}
			for _, a := range test.shown {
				aws.tables.things = append(aws.tables.things, types.RouteTable{Associations: []types.RouteTableAssociation{a}})
			}
			same(t, "the association of subnet-a", test.want,
				seen(t, KindRouteTableAssociation, aws, record(t, associationA, test.id, association("rtb-a", "subnet-a"))))
		})
	}
}
