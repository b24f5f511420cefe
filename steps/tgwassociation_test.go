package steps

import (
	"context"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"vpclink/state"
	"vpclink/waiters"
)

type tgwAssociationCalls struct {
	account
	create call[ec2.AssociateTransitGatewayRouteTableInput, ec2.AssociateTransitGatewayRouteTableOutput]
	remove call[ec2.DisassociateTransitGatewayRouteTableInput, ec2.DisassociateTransitGatewayRouteTableOutput]
}

func (c *tgwAssociationCalls) AssociateTransitGatewayRouteTable(
	_ context.Context, in *ec2.AssociateTransitGatewayRouteTableInput, _ ...opt,
) (*ec2.AssociateTransitGatewayRouteTableOutput, error) {
	return c.create.do(in)
}

func (c *tgwAssociationCalls) DisassociateTransitGatewayRouteTable(
	_ context.Context, in *ec2.DisassociateTransitGatewayRouteTableInput, _ ...opt,
) (*ec2.DisassociateTransitGatewayRouteTableOutput, error) {
	return c.remove.do(in)
}

const tgwAssociationA state.Key = "1.4.4/tgw-association/a"

// idA is the ID of what a's attachment has in the table.
const idA = "tgw-rtb-1|tgw-attach-a"

func associated() TGWAssociation {
	return TGWAssociation{RouteTable: state.Literal("tgw-rtb-1"), Attachment: state.Literal("tgw-attach-a")}
}

func TestAssociateAttachment(t *testing.T) {
	aws := &tgwAssociationCalls{}
	aws.create.answer.Association = &types.TransitGatewayAssociation{State: types.TransitGatewayAssociationStateAssociating}
	rec := record(t, tgwAssociationA, "", associated())
	same(t, "an ID made of table and attachment, since AWS gives none",
		Observation{Key: tgwAssociationA, ID: idA, State: "associating", Ours: true}, made(t, aws, rec))
	same(t, "table and attachment", []*ec2.AssociateTransitGatewayRouteTableInput{
		{TransitGatewayRouteTableId: new("tgw-rtb-1"), TransitGatewayAttachmentId: new("tgw-attach-a")},
	}, aws.create.sent)

	aws.create.answer.Association = nil
	unanswered(t, aws, rec)
}

func TestTGWAssociationRefused(t *testing.T) {
	rec := record(t, tgwAssociationA, idA, associated())
	refusals(t, "AssociateTransitGatewayRouteTable", map[string]error{
		"IncorrectState": waiters.ErrNotYet, "InvalidTransitGatewayAttachmentID.NotFound": waiters.ErrNotYet,
		"InvalidRouteTableID.NotFound": waiters.ErrNotYet, "InvalidRouteTableId.NotFound": waiters.ErrNotYet,
		"Resource.AlreadyAssociated": ErrExists, "UnauthorizedOperation": asItIs,
	}, func(answer error) error {
		aws := &tgwAssociationCalls{}
		aws.create.err = answer
		return creating(t, aws, rec)
	})
	refusals(t, "DisassociateTransitGatewayRouteTable", map[string]error{
		"IncorrectState": waiters.ErrNotYet, "InvalidAssociation.NotFound": waiters.ErrNone,
		"InvalidRouteTableID.NotFound": waiters.ErrNone, "InvalidRouteTableId.NotFound": waiters.ErrNone, // it took them along
		"InvalidTransitGatewayAttachmentID.NotFound": waiters.ErrNone, "UnauthorizedOperation": asItIs,
	}, func(answer error) error {
		aws := &tgwAssociationCalls{}
		aws.remove.err = answer
		return deleting(t, aws, rec)
	})
}

func TestDisassociateAttachment(t *testing.T) {
	aws := &tgwAssociationCalls{}
	if err := deleting(t, aws, record(t, tgwAssociationA, idA, associated())); err != nil {
		t.Errorf("want the attachment disassociated, got %v", err)
	}
	same(t, "table and attachment", []*ec2.DisassociateTransitGatewayRouteTableInput{
		{TransitGatewayRouteTableId: new("tgw-rtb-1"), TransitGatewayAttachmentId: new("tgw-attach-a")},
	}, aws.remove.sent)
}

func TestObserveTGWAssociation(t *testing.T) {
	type row = types.TransitGatewayRouteTableAssociation
	show := func(attachment string, state types.TransitGatewayAssociationState) row {
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
			"tgw-rtb-1": {show("tgw-attach-x", "associated"), {}}, "tgw-rtb-2": {show("tgw-attach-a", "associated")},
		}},
		{
			name: "ours", id: idA, shown: map[string][]row{"tgw-rtb-1": {show("tgw-attach-x", "associated"), show("tgw-attach-a", "associated")}},
			want: []Observation{{Key: tgwAssociationA, ID: idA, State: "associated", Ours: true}},
		},
		{
			name: "before the journal has an ID", shown: map[string][]row{"tgw-rtb-1": {show("tgw-attach-a", "associating")}},
			want: []Observation{{Key: tgwAssociationA, ID: idA, State: "associating"}},
		},
		{
			name: "made again beside what is left of the last one", id: idA,
			shown: map[string][]row{"tgw-rtb-1": {show("tgw-attach-a", "disassociated"), show("tgw-attach-a", "associating")}},
			want:  []Observation{{Key: tgwAssociationA, ID: idA, State: "associating", Ours: true}},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			aws := &tgwAssociationCalls{}
			aws.associations = map[string]*list[row]{}
			for table, rows := range test.shown {
				aws.associations[table] = &list[row]{things: rows}
			}
			same(t, "a's association", test.want, seen(t, KindTGWAssociation, aws, record(t, tgwAssociationA, test.id, associated())))
		})
	}
}
