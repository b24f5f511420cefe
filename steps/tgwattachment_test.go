package steps

import (
	"context"
	"slices"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"vpclink/state"
	"vpclink/waiters"
)

type attachmentCalls struct {
	account
	create call[ec2.CreateTransitGatewayVpcAttachmentInput, ec2.CreateTransitGatewayVpcAttachmentOutput]
	remove call[ec2.DeleteTransitGatewayVpcAttachmentInput, ec2.DeleteTransitGatewayVpcAttachmentOutput]
}

func (c *attachmentCalls) CreateTransitGatewayVpcAttachment(
	_ context.Context, in *ec2.CreateTransitGatewayVpcAttachmentInput, _ ...opt,
) (*ec2.CreateTransitGatewayVpcAttachmentOutput, error) {
	return c.create.do(in)
}

func (c *attachmentCalls) DeleteTransitGatewayVpcAttachment(
	_ context.Context, in *ec2.DeleteTransitGatewayVpcAttachmentInput, _ ...opt,
) (*ec2.DeleteTransitGatewayVpcAttachmentOutput, error) {
	return c.remove.do(in)
}

const attachmentA state.Key = "1.4.3/tgw-attachment/a"

// inTwoZones attaches a with its subnets in two AZs.
func inTwoZones() TGWAttachment {
	return TGWAttachment{
		Gateway: state.Literal("tgw-1"), VPC: state.Literal("vpc-a"), Subnets: []state.Value{state.Literal("subnet-2"), state.Literal("subnet-1")},
	}
}

func TestAttach(t *testing.T) {
	aws := &attachmentCalls{}
	aws.create.answer.TransitGatewayVpcAttachment = &types.TransitGatewayVpcAttachment{
		TransitGatewayAttachmentId: new("tgw-attach-a"), State: types.TransitGatewayAttachmentStatePending,
	}
	rec := record(t, attachmentA, "", inTwoZones())
	same(t, "what AWS answered", Observation{Key: attachmentA, ID: "tgw-attach-a", State: "pending", Ours: true}, made(t, aws, rec))
	same(t, "gateway, VPC, its subnets and tags", []*ec2.CreateTransitGatewayVpcAttachmentInput{{
		TransitGatewayId: new("tgw-1"), VpcId: new("vpc-a"), SubnetIds: []string{"subnet-2", "subnet-1"},
		TagSpecifications: here(nil).tagged(rec, "transit-gateway-attachment"),
	}}, aws.create.sent)

	aws.create.answer.TransitGatewayVpcAttachment = nil
	unanswered(t, aws, rec)
}

func TestAttachmentRefused(t *testing.T) {
	rec := record(t, attachmentA, "tgw-attach-a", inTwoZones())
	refusals(t, "CreateTransitGatewayVpcAttachment", map[string]error{
		"IncorrectState":                   waiters.ErrNotYet, // the gateway is not available
		"InvalidTransitGatewayID.NotFound": waiters.ErrNotYet, "InvalidVpcID.NotFound": waiters.ErrNotYet,
		"InvalidSubnetID.NotFound": waiters.ErrNotYet, "InvalidSubnetId.NotFound": waiters.ErrNotYet,
		"DuplicateTransitGatewayAttachment": ErrExists, "DuplicateSubnetsInSameZone": asItIs, "TransitGatewayAttachmentLimitExceeded": asItIs,
	}, func(answer error) error {
		aws := &attachmentCalls{}
		aws.create.err = answer
		return creating(t, aws, rec)
	})
	refusals(t, "DeleteTransitGatewayVpcAttachment", map[string]error{
		"InvalidTransitGatewayAttachmentID.NotFound": waiters.ErrNone,
		"IncorrectState":        waiters.ErrNotYet, // it is being made or modified
		"UnauthorizedOperation": asItIs,
	}, func(answer error) error {
		aws := &attachmentCalls{}
		aws.remove.err = answer
		return deleting(t, aws, rec)
	})
}

func TestDetach(t *testing.T) {
	aws := &attachmentCalls{}
	if err := deleting(t, aws, record(t, attachmentA, "tgw-attach-a", inTwoZones())); err != nil {
		t.Errorf("want the attachment deleted, got %v", err)
	}
	same(t, "the journal's ID in the call", []*ec2.DeleteTransitGatewayVpcAttachmentInput{
		{TransitGatewayAttachmentId: new("tgw-attach-a")},
	}, aws.remove.sent)
}

func TestObserveAttachment(t *testing.T) {
	show := func(id string, edit func(*types.TransitGatewayVpcAttachment)) types.TransitGatewayVpcAttachment {
		a := types.TransitGatewayVpcAttachment{
			TransitGatewayAttachmentId: &id, TransitGatewayId: new("tgw-1"), VpcId: new("vpc-a"), SubnetIds: []string{"subnet-1", "subnet-2"},
			State: types.TransitGatewayAttachmentStateAvailable, Tags: ours(attachmentA),
		}
		edit(&a)
		return a
	}
	asItShould := func(*types.TransitGatewayVpcAttachment) {}
	asWanted := Observation{Key: attachmentA, ID: "tgw-attach-a", State: "available", Ours: true, Token: "token-1"}
	oneZone := asWanted
	oneZone.Diff = []Field{{Name: "subnets", Want: "subnet-1, subnet-2", Have: "subnet-1", Flag: "--azs", Mends: true}}
	for _, test := range []struct {
		name  string
		id    string
		shown []types.TransitGatewayVpcAttachment
		want  []Observation
	}{
		{name: "ours", shown: []types.TransitGatewayVpcAttachment{show("tgw-attach-a", asItShould)}, want: []Observation{asWanted}},
		{
			name: "its subnets in another order", want: []Observation{asWanted},
			shown: []types.TransitGatewayVpcAttachment{
				show("tgw-attach-a", func(a *types.TransitGatewayVpcAttachment) { slices.Reverse(a.SubnetIds) }),
			},
		},
		{
			name: "ours in one zone", want: []Observation{oneZone},
			shown: []types.TransitGatewayVpcAttachment{
				show("tgw-attach-a", func(a *types.TransitGatewayVpcAttachment) { a.SubnetIds = []string{"subnet-1"} }),
			},
		},
		{
			name: "its subnets left out", want: []Observation{asWanted},
			shown: []types.TransitGatewayVpcAttachment{show("tgw-attach-a", func(a *types.TransitGatewayVpcAttachment) { a.SubnetIds = nil })},
		},
		{
			name: "ours, tags taken off", id: "tgw-attach-a", want: []Observation{{Key: attachmentA, ID: "tgw-attach-a", State: "available", Ours: true, Diff: bare(attachmentA)}},
			shown: []types.TransitGatewayVpcAttachment{show("tgw-attach-a", func(a *types.TransitGatewayVpcAttachment) { a.Tags = nil })},
		},
		{
			name: "somebody attached the VPC to the gateway", want: []Observation{{Key: attachmentA, ID: "tgw-attach-x", State: "available"}},
			shown: []types.TransitGatewayVpcAttachment{show("tgw-attach-x", func(a *types.TransitGatewayVpcAttachment) { a.Tags = nil })},
		},
		{name: "a tombstone of somebody's", shown: []types.TransitGatewayVpcAttachment{
			show("tgw-attach-x", func(a *types.TransitGatewayVpcAttachment) {
				a.Tags, a.State = nil, types.TransitGatewayAttachmentStateDeleted
			}),
			show("tgw-attach-y", func(a *types.TransitGatewayVpcAttachment) {
				a.Tags, a.State = nil, types.TransitGatewayAttachmentStateRejected
			}),
		}},
		{name: "to another gateway, of another VPC", shown: []types.TransitGatewayVpcAttachment{
			show("tgw-attach-x", func(a *types.TransitGatewayVpcAttachment) { a.Tags, a.TransitGatewayId = nil, new("tgw-9") }),
			show("tgw-attach-y", func(a *types.TransitGatewayVpcAttachment) { a.Tags, a.VpcId = nil, new("vpc-b") }),
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			aws := &attachmentCalls{}
			aws.attachments.things = test.shown
			same(t, "a's attachment", test.want, seen(t, KindTGWAttachment, aws, record(t, attachmentA, test.id, inTwoZones())))
		})
	}
}
