package steps

import (
	"context"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"vpclink/state"
	"vpclink/waiters"
)

type gatewayCalls struct {
	account
	create call[ec2.CreateTransitGatewayInput, ec2.CreateTransitGatewayOutput]
	remove call[ec2.DeleteTransitGatewayInput, ec2.DeleteTransitGatewayOutput]
}

func (c *gatewayCalls) CreateTransitGateway(
	_ context.Context, in *ec2.CreateTransitGatewayInput, _ ...opt,
) (*ec2.CreateTransitGatewayOutput, error) {
	return c.create.do(in)
}

func (c *gatewayCalls) DeleteTransitGateway(
	_ context.Context, in *ec2.DeleteTransitGatewayInput, _ ...opt,
) (*ec2.DeleteTransitGatewayOutput, error) {
	return c.remove.do(in)
}

const gatewayKey state.Key = "1.4.1/transit-gateway/tgw"

func TestMakeTransitGateway(t *testing.T) {
	aws := &gatewayCalls{}
	aws.create.answer.TransitGateway = &types.TransitGateway{TransitGatewayId: new("tgw-1"), State: types.TransitGatewayStatePending}
	rec := record(t, gatewayKey, "", TransitGateway{Description: "vpclink lab"})
	same(t, "what AWS answered", Observation{Key: gatewayKey, ID: "tgw-1", State: "pending", Ours: true}, made(t, aws, rec))
	made(t, aws, record(t, gatewayKey, "", TransitGateway{DefaultAssociation: true, DefaultPropagation: true}))

	sent := func(description string, association, propagation string) *ec2.CreateTransitGatewayInput {
		return &ec2.CreateTransitGatewayInput{
			Description: &description, TagSpecifications: here(nil).tagged(rec, "transit-gateway"),
			Options: &types.TransitGatewayRequestOptions{
				DefaultRouteTableAssociation: types.DefaultRouteTableAssociationValue(association),
				DefaultRouteTablePropagation: types.DefaultRouteTablePropagationValue(propagation),
			},
		}
	}
	same(t, "both defaults off as in 1.4.1, or on", []*ec2.CreateTransitGatewayInput{
		sent("vpclink lab", "disable", "disable"), sent("", "enable", "enable"),
	}, aws.create.sent)

	aws.create.answer.TransitGateway = nil
	unanswered(t, aws, rec)
}

func TestTransitGatewayRefused(t *testing.T) {
	rec := record(t, gatewayKey, "tgw-1", TransitGateway{})
	refusals(t, "CreateTransitGateway", map[string]error{
		"TransitGatewayLimitExceeded": asItIs, "UnauthorizedOperation": asItIs,
	}, func(answer error) error {
		aws := &gatewayCalls{}
		aws.create.err = answer
		return creating(t, aws, rec)
	})
	refusals(t, "DeleteTransitGateway", map[string]error{
		"InvalidTransitGatewayID.NotFound": waiters.ErrNone,
		"IncorrectState":                   waiters.ErrNotYet, // for a minute after the last attachment has gone
		"UnauthorizedOperation":            asItIs,
	}, func(answer error) error {
		aws := &gatewayCalls{}
		aws.remove.err = answer
		return deleting(t, aws, rec)
	})
}

func TestDeleteTransitGateway(t *testing.T) {
	aws := &gatewayCalls{}
	if err := deleting(t, aws, record(t, gatewayKey, "tgw-1", TransitGateway{})); err != nil {
		t.Errorf("want the gateway deleted, got %v", err)
	}
	same(t, "the journal's ID in the call", []*ec2.DeleteTransitGatewayInput{{TransitGatewayId: new("tgw-1")}}, aws.remove.sent)
}

func TestObserveTransitGateway(t *testing.T) {
	show := func(id string, tags []types.Tag, options *types.TransitGatewayOptions) types.TransitGateway {
		return types.TransitGateway{TransitGatewayId: &id, State: types.TransitGatewayStateAvailable, Tags: tags, Options: options}
	}
	options := func(association, propagation string) *types.TransitGatewayOptions {
		return &types.TransitGatewayOptions{
			DefaultRouteTableAssociation: types.DefaultRouteTableAssociationValue(association),
			DefaultRouteTablePropagation: types.DefaultRouteTablePropagationValue(propagation),
		}
	}
	for _, test := range []struct {
		name  string
		shown []types.TransitGateway
		want  []Observation
	}{
		{name: "strangers' gateways", shown: []types.TransitGateway{
			show("tgw-x", nil, options("enable", "enable")), show("tgw-y", theirs(gatewayKey), options("disable", "disable")),
		}},
		{
			name: "ours", shown: []types.TransitGateway{show("tgw-x", nil, nil), show("tgw-1", ours(gatewayKey), options("disable", "disable"))},
			want: []Observation{{Key: gatewayKey, ID: "tgw-1", State: "available", Ours: true, Token: "token-1"}},
		},
		{
			name: "ours, its options left out", shown: []types.TransitGateway{show("tgw-1", ours(gatewayKey), nil)},
			want: []Observation{{Key: gatewayKey, ID: "tgw-1", State: "available", Ours: true, Token: "token-1"}},
		},
		{
			name: "ours, with its defaults turned on", shown: []types.TransitGateway{show("tgw-1", ours(gatewayKey), options("enable", "enable"))},
			want: []Observation{{Key: gatewayKey, ID: "tgw-1", State: "available", Ours: true, Token: "token-1", Diff: []Field{
				{Name: "default route table association", Want: "false", Have: "true", Mends: true},
				{Name: "default route table propagation", Want: "false", Have: "true", Mends: true},
			}}},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			aws := &gatewayCalls{}
			aws.gateways.things = test.shown
			same(t, "the gateway", test.want, seen(t, KindTransitGateway, aws, record(t, gatewayKey, "", TransitGateway{})))
		})
	}
}
