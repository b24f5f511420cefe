package steps

import (
	"context"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"vpclink/state"
	"vpclink/waiters"
)

type tgwPropagationCalls struct {
	account
	create call[ec2.EnableTransitGatewayRouteTablePropagationInput, ec2.EnableTransitGatewayRouteTablePropagationOutput]
	remove call[ec2.DisableTransitGatewayRouteTablePropagationInput, ec2.DisableTransitGatewayRouteTablePropagationOutput]
}

func (c *tgwPropagationCalls) EnableTransitGatewayRouteTablePropagation(
	_ context.Context, in *ec2.EnableTransitGatewayRouteTablePropagationInput, _ ...opt,
) (*ec2.EnableTransitGatewayRouteTablePropagationOutput, error) {
	return c.create.do(in)
}

func (c *tgwPropagationCalls) DisableTransitGatewayRouteTablePropagation(
	_ context.Context, in *ec2.DisableTransitGatewayRouteTablePropagationInput, _ ...opt,
) (*ec2.DisableTransitGatewayRouteTablePropagationOutput, error) {
	return c.remove.do(in)
}

const tgwPropagationA state.Key = "1.4.5/tgw-propagation/a"

func propagated() TGWPropagation {
	return TGWPropagation{RouteTable: state.Literal("tgw-rtb-1"), Attachment: state.Literal("tgw-attach-a")}
}

func TestEnablePropagation(t *testing.T) {
	aws := &tgwPropagationCalls{}
	aws.create.answer.Propagation = &types.TransitGatewayPropagation{State: types.TransitGatewayPropagationStateEnabling}
	rec := record(t, tgwPropagationA, "", propagated())
	same(t, "an ID made of table and attachment, since AWS gives none",
		Observation{Key: tgwPropagationA, ID: idA, State: "enabling", Ours: true}, made(t, aws, rec))
	same(t, "table and attachment", []*ec2.EnableTransitGatewayRouteTablePropagationInput{
		{TransitGatewayRouteTableId: new("tgw-rtb-1"), TransitGatewayAttachmentId: new("tgw-attach-a")},
	}, aws.create.sent)

	aws.create.answer.Propagation = nil
	unanswered(t, aws, rec)
}

func TestTGWPropagationRefused(t *testing.T) {
	rec := record(t, tgwPropagationA, idA, propagated())
	refusals(t, "EnableTransitGatewayRouteTablePropagation", map[string]error{
		"IncorrectState": waiters.ErrNotYet, "InvalidTransitGatewayAttachmentID.NotFound": waiters.ErrNotYet,
		"InvalidRouteTableID.NotFound": waiters.ErrNotYet, "InvalidRouteTableId.NotFound": waiters.ErrNotYet,
		"TransitGatewayRouteTablePropagation.Duplicate": ErrExists, "UnauthorizedOperation": asItIs,
	}, func(answer error) error {
		aws := &tgwPropagationCalls{}
		aws.create.err = answer
		return creating(t, aws, rec)
	})
	refusals(t, "DisableTransitGatewayRouteTablePropagation", map[string]error{
		"IncorrectState": waiters.ErrNotYet, "TransitGatewayRouteTablePropagation.NotFound": waiters.ErrNone,
		"InvalidRouteTableID.NotFound": waiters.ErrNone, "InvalidRouteTableId.NotFound": waiters.ErrNone, // it took them along
		"InvalidTransitGatewayAttachmentID.NotFound": waiters.ErrNone, "UnauthorizedOperation": asItIs,
	}, func(answer error) error {
		aws := &tgwPropagationCalls{}
		aws.remove.err = answer
		return deleting(t, aws, rec)
	})
}

func TestDisablePropagation(t *testing.T) {
	aws := &tgwPropagationCalls{}
	if err := deleting(t, aws, record(t, tgwPropagationA, idA, propagated())); err != nil {
		t.Errorf("want the propagation disabled, got %v", err)
	}
	same(t, "table and attachment", []*ec2.DisableTransitGatewayRouteTablePropagationInput{
		{TransitGatewayRouteTableId: new("tgw-rtb-1"), TransitGatewayAttachmentId: new("tgw-attach-a")},
	}, aws.remove.sent)
}

func TestObserveTGWPropagation(t *testing.T) {
	type row = types.TransitGatewayRouteTablePropagation
	show := func(attachment string, state types.TransitGatewayPropagationState) row {
		return row{TransitGatewayAttachmentId: &attachment, State: state}
	}
	for _, test := range []struct {
		name  string
		id    string // what the journal has
		shown map[string][]row
		want  []Observation
	}{
		{name: "the table is not there, or not to be seen yet"},
		{name: "others' attachments, another table", shown: map[string][]row{
			"tgw-rtb-1": {show("tgw-attach-x", "enabled"), {}}, "tgw-rtb-2": {show("tgw-attach-a", "enabled")},
		}},
		{
			name: "ours", id: idA, shown: map[string][]row{"tgw-rtb-1": {show("tgw-attach-x", "enabled"), show("tgw-attach-a", "enabled")}},
			want: []Observation{{Key: tgwPropagationA, ID: idA, State: "enabled", Ours: true}},
		},
		{
			name: "before the journal has an ID", shown: map[string][]row{"tgw-rtb-1": {show("tgw-attach-a", "enabling")}},
			want: []Observation{{Key: tgwPropagationA, ID: idA, State: "enabling"}},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			aws := &tgwPropagationCalls{}
			aws.propagations = map[string]*list[row]{}
			for table, rows := range test.shown {
				aws.propagations[table] = &list[row]{things: rows}
			}
			same(t, "a's propagation", test.want, seen(t, KindTGWPropagation, aws, record(t, tgwPropagationA, test.id, propagated())))
		})
	}
}
