package steps

import (
	"context"
	"strconv"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"vpclink/waiters"
)

// TransitGateway are the settings of a transit gateway.
type TransitGateway struct {
	Description        string `json:"description,omitempty"`
	DefaultAssociation bool   `json:"default_association"` // attachments go into a default route table by themselves
	DefaultPropagation bool   `json:"default_propagation"` // their routes do
}

type transitGatewayAPI interface {
	ec2.DescribeTransitGatewaysAPIClient
	CreateTransitGateway(context.Context, *ec2.CreateTransitGatewayInput, ...func(*ec2.Options)) (*ec2.CreateTransitGatewayOutput, error)
	ModifyTransitGateway(context.Context, *ec2.ModifyTransitGatewayInput, ...func(*ec2.Options)) (*ec2.ModifyTransitGatewayOutput, error)
	DeleteTransitGateway(context.Context, *ec2.DeleteTransitGatewayInput, ...func(*ec2.Options)) (*ec2.DeleteTransitGatewayOutput, error)
}

type transitGateway struct{}

var _ typed[TransitGateway] = transitGateway{}

func (transitGateway) life() waiters.Life {
	return waiters.Life{
		Making: []string{"pending", "modifying"}, Ready: []string{"available"}, Leaving: []string{"deleting"},
		Gone: []string{"deleted"}, Typical: 78 * time.Second, Timeout: 10 * time.Minute,
	}
}

func (k transitGateway) view() view[TransitGateway, types.TransitGateway] {
	return view[TransitGateway, types.TransitGateway]{
		life:  k.life(),
		id:    func(t types.TransitGateway) string { return aws.ToString(t.TransitGatewayId) },
		tags:  func(t types.TransitGateway) []types.Tag { return t.Tags },
		state: func(t types.TransitGateway) (string, string) { return string(t.State), "" },
		diff: func(set TransitGateway, t types.TransitGateway) []Field {
			if t.Options == nil {
				return nil
			}
			return mends(append(
				differ("default route table association", "", strconv.FormatBool(set.DefaultAssociation),
					strconv.FormatBool(t.Options.DefaultRouteTableAssociation == types.DefaultRouteTableAssociationValueEnable)),
				differ("default route table propagation", "", strconv.FormatBool(set.DefaultPropagation),
					strconv.FormatBool(t.Options.DefaultRouteTablePropagation == types.DefaultRouteTablePropagationValueEnable))...))
		},
		given: []given[types.TransitGateway]{
			{"DNS support", "enable", option(func(o types.TransitGatewayOptions) string { return string(o.DnsSupport) }), true},
			{"VPN ECMP support", "enable", option(func(o types.TransitGatewayOptions) string { return string(o.VpnEcmpSupport) }), true},
			{"auto-accept shared attachments", "disable", option(func(o types.TransitGatewayOptions) string { return string(o.AutoAcceptSharedAttachments) }), true},
		},
	}
}

// option reads one of a gateway's options.
func option(of func(types.TransitGatewayOptions) string) func(types.TransitGateway) string {
	return func(t types.TransitGateway) string {
		if t.Options == nil {
			return ""
		}
		return of(*t.Options)
	}
}

// All gateways of the region are looked at: the tag filter is documented under a doubtful name (aws-facts §1.1), and
// an account has five of them at most by default.
func (k transitGateway) observe(ctx context.Context, env Env, wants []want[TransitGateway]) ([]Observation, error) {
	seen, err := k.fetch(env)(ctx, nil)
	return k.view().match(env, wants, seen), err
}

func (transitGateway) fetch(env Env) fetch[types.TransitGateway] {
	return func(ctx context.Context, by []types.Filter) ([]types.TransitGateway, error) {
		p := ec2.NewDescribeTransitGatewaysPaginator(env.EC2, &ec2.DescribeTransitGatewaysInput{Filters: by})
		return pages(ctx, p, func(o *ec2.DescribeTransitGatewaysOutput) []types.TransitGateway { return o.TransitGateways })
	}
}

func (k transitGateway) create(ctx context.Context, env Env, w want[TransitGateway]) (Observation, error) {
	var api transitGatewayAPI = env.EC2
	options := &types.TransitGatewayRequestOptions{
		DefaultRouteTableAssociation: types.DefaultRouteTableAssociationValueDisable,
		DefaultRouteTablePropagation: types.DefaultRouteTablePropagationValueDisable,
	}
	if w.set.DefaultAssociation {
		options.DefaultRouteTableAssociation = types.DefaultRouteTableAssociationValueEnable
	}
	if w.set.DefaultPropagation {
		options.DefaultRouteTablePropagation = types.DefaultRouteTablePropagationValueEnable
	}
	out, err := api.CreateTransitGateway(ctx, &ec2.CreateTransitGatewayInput{
		Description: aws.String(w.set.Description), Options: options,
		TagSpecifications: env.tagged(w.Record, types.ResourceTypeTransitGateway),
	})
	if err != nil {
		return Observation{}, codes{}.taken(err)
	}
	made, err := part(out.TransitGateway, "making a transit gateway")
	return k.view().observation(w, made), err
}

// AWS keeps saying IncorrectState for up to a minute after the last attachment is deleted (aws-facts §2.20).
func (transitGateway) remove(ctx context.Context, env Env, w want[TransitGateway]) error {
	var api transitGatewayAPI = env.EC2
	_, err := api.DeleteTransitGateway(ctx, &ec2.DeleteTransitGatewayInput{TransitGatewayId: aws.String(w.ID)})
	return hangingOn(ctx, env, w.ID, onTransitGateway, codes{}.removed(err))
}

var _ typedUpdater[TransitGateway] = transitGateway{}

// update puts all options back as they are in a gateway that vpclink makes, without default tables.
func (transitGateway) update(ctx context.Context, env Env, w want[TransitGateway], _ []Field) error {
	var api transitGatewayAPI = env.EC2
	_, err := api.ModifyTransitGateway(ctx, &ec2.ModifyTransitGatewayInput{
		TransitGatewayId: aws.String(w.ID), Options: &types.ModifyTransitGatewayOptions{
			DefaultRouteTableAssociation: types.DefaultRouteTableAssociationValueDisable,
			DefaultRouteTablePropagation: types.DefaultRouteTablePropagationValueDisable,
			DnsSupport:                   types.DnsSupportValueEnable,
			VpnEcmpSupport:               types.VpnEcmpSupportValueEnable,
			AutoAcceptSharedAttachments:  types.AutoAcceptSharedAttachmentsValueDisable,
		},
	})
	return codes{create: []string{"IncorrectState"}}.taken(err)
}
