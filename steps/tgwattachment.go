package steps

import (
	"context"
	"slices"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"vpclink/state"
	"vpclink/waiters"
	"vpclink/words"
)

// TGWAttachment are the settings of a VPC's attachment to a transit gateway: one subnet per AZ that is to be reached.
type TGWAttachment struct {
	Gateway state.Value   `json:"gateway"`
	VPC     state.Value   `json:"vpc"`
	Subnets []state.Value `json:"subnets"`
}

type tgwAttachmentAPI interface {
	ec2.DescribeTransitGatewayVpcAttachmentsAPIClient
	CreateTransitGatewayVpcAttachment(
		context.Context, *ec2.CreateTransitGatewayVpcAttachmentInput, ...func(*ec2.Options),
	) (*ec2.CreateTransitGatewayVpcAttachmentOutput, error)
	ModifyTransitGatewayVpcAttachment(
		context.Context, *ec2.ModifyTransitGatewayVpcAttachmentInput, ...func(*ec2.Options),
	) (*ec2.ModifyTransitGatewayVpcAttachmentOutput, error)
	DeleteTransitGatewayVpcAttachment(
		context.Context, *ec2.DeleteTransitGatewayVpcAttachmentInput, ...func(*ec2.Options),
	) (*ec2.DeleteTransitGatewayVpcAttachmentOutput, error)
}

type tgwAttachment struct{}

var _ typed[TGWAttachment] = tgwAttachment{}

func (tgwAttachment) life() waiters.Life {
	return waiters.Life{
		Making:  []string{"initiating", "initiatingRequest", "pendingAcceptance", "pending", "modifying"},
		Ready:   []string{"available"},
		Leaving: []string{"deleting", "rejecting", "rollingBack", "failing"},
		Gone:    []string{"deleted"}, Failed: []string{"failed"}, Dead: []string{"rejected"},
		Typical: 100 * time.Second, Timeout: 10 * time.Minute,
	}
}

func (k tgwAttachment) view() view[TGWAttachment, types.TransitGatewayVpcAttachment] {
	natural := func(gateway, vpc string) string { return gateway + "|" + vpc }
	return view[TGWAttachment, types.TransitGatewayVpcAttachment]{
		life:   k.life(),
		id:     func(a types.TransitGatewayVpcAttachment) string { return aws.ToString(a.TransitGatewayAttachmentId) },
		tags:   func(a types.TransitGatewayVpcAttachment) []types.Tag { return a.Tags },
		state:  func(a types.TransitGatewayVpcAttachment) (string, string) { return string(a.State), "" },
		wanted: func(set TGWAttachment) string { return natural(set.Gateway.String(), set.VPC.String()) },
		natural: func(a types.TransitGatewayVpcAttachment) string {
			return natural(aws.ToString(a.TransitGatewayId), aws.ToString(a.VpcId))
		},
		place: func(a types.TransitGatewayVpcAttachment) Place {
			return Place{VPCs: []string{aws.ToString(a.VpcId)}, Subnets: a.SubnetIds}
		},
		diff: func(set TGWAttachment, a types.TransitGatewayVpcAttachment) []Field {
			if len(a.SubnetIds) == 0 {
				return nil // some servers leave them out; an attachment has one at least
			}
			return mends(differInSubnets(set.Subnets, a.SubnetIds))
		},
		given: attachmentGiven,
	}
}

// By gateway: there is no tag filter for attachments (aws-facts §1.1).
func (k tgwAttachment) observe(ctx context.Context, env Env, wants []want[TGWAttachment]) ([]Observation, error) {
	gateway := func(set TGWAttachment) string { return set.Gateway.String() }
	seen, err := fetchByParent(ctx, wants, "transit-gateway-id", gateway, k.fetch(env))
	return k.view().match(env, wants, seen), err
}

func (tgwAttachment) fetch(env Env) fetch[types.TransitGatewayVpcAttachment] {
	return func(ctx context.Context, by []types.Filter) ([]types.TransitGatewayVpcAttachment, error) {
		p := ec2.NewDescribeTransitGatewayVpcAttachmentsPaginator(env.EC2, &ec2.DescribeTransitGatewayVpcAttachmentsInput{Filters: by})
		return pages(ctx, p, func(o *ec2.DescribeTransitGatewayVpcAttachmentsOutput) []types.TransitGatewayVpcAttachment {
			return o.TransitGatewayVpcAttachments
		})
	}
}

func (k tgwAttachment) create(ctx context.Context, env Env, w want[TGWAttachment]) (Observation, error) {
	var api tgwAttachmentAPI = env.EC2
	out, err := api.CreateTransitGatewayVpcAttachment(ctx, &ec2.CreateTransitGatewayVpcAttachmentInput{
		TransitGatewayId:  aws.String(w.set.Gateway.String()),
		VpcId:             aws.String(w.set.VPC.String()),
		SubnetIds:         values(w.set.Subnets),
		TagSpecifications: env.tagged(w.Record, types.ResourceTypeTransitGatewayAttachment),
	})
	if err != nil {
		later := slices.Concat([]string{"IncorrectState"}, unseenGateway, unseenVPC, unseenSubnet)
		return Observation{}, codes{create: later}.taken(err)
	}
	made, err := part(out.TransitGatewayVpcAttachment, "making an attachment")
	return k.view().observation(w, made), err
}

func (tgwAttachment) remove(ctx context.Context, env Env, w want[TGWAttachment]) error {
	var api tgwAttachmentAPI = env.EC2
	_, err := api.DeleteTransitGatewayVpcAttachment(ctx, &ec2.DeleteTransitGatewayVpcAttachmentInput{
		TransitGatewayAttachmentId: aws.String(w.ID),
	})
	return codes{remove: []string{"IncorrectState"}}.removed(err)
}

const applianceField words.Text = "appliance mode"

// attachmentGiven are the options of a new attachment. Whether AWS lets IPv6 support be changed its pages have said both ways.
var attachmentGiven = []given[types.TransitGatewayVpcAttachment]{
	{dnsSupportField, "enable", attachmentOption(func(o types.TransitGatewayVpcAttachmentOptions) string { return string(o.DnsSupport) }), true},
	{applianceField, "disable", attachmentOption(func(o types.TransitGatewayVpcAttachmentOptions) string { return string(o.ApplianceModeSupport) }), true},
	{"IPv6 support", "disable", attachmentOption(func(o types.TransitGatewayVpcAttachmentOptions) string { return string(o.Ipv6Support) }), false},
}

func attachmentOption(of func(types.TransitGatewayVpcAttachmentOptions) string) func(types.TransitGatewayVpcAttachment) string {
	return func(a types.TransitGatewayVpcAttachment) string {
		if a.Options == nil {
			return ""
		}
		return of(*a.Options)
	}
}

var _ typedUpdater[TGWAttachment] = tgwAttachment{}

// update puts back the subnets that somebody changed, and those of the options.
func (tgwAttachment) update(ctx context.Context, env Env, w want[TGWAttachment], diff []Field) error {
	var api tgwAttachmentAPI = env.EC2
	in := &ec2.ModifyTransitGatewayVpcAttachmentInput{TransitGatewayAttachmentId: aws.String(w.ID)}
	if Differs(diff, dnsSupportField) || Differs(diff, applianceField) {
		in.Options = &types.ModifyTransitGatewayVpcAttachmentRequestOptions{
			DnsSupport: types.DnsSupportValueEnable, ApplianceModeSupport: types.ApplianceModeSupportValueDisable,
		}
	}
	if have := listed(diff, subnetsField); have != nil {
		want := values(w.set.Subnets)
		in.AddSubnetIds, in.RemoveSubnetIds = less(want, have...), less(have, want...)
	}
	_, err := api.ModifyTransitGatewayVpcAttachment(ctx, in)
	return codes{create: []string{"IncorrectState"}}.taken(err)
}
