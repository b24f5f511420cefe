package steps

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"vpclink/cloud"
	"vpclink/state"
	"vpclink/waiters"
	"vpclink/words"
)

// InternetGatewayAttachment are the settings of the attachment of an internet gateway to a VPC. AWS gives it no ID; its
// natural key is the gateway and the VPC.
type InternetGatewayAttachment struct {
	Gateway state.Value `json:"gateway"`
	VPC     state.Value `json:"vpc"`
}

type internetGatewayAttachmentAPI interface {
	ec2.DescribeInternetGatewaysAPIClient
	AttachInternetGateway(context.Context, *ec2.AttachInternetGatewayInput, ...func(*ec2.Options)) (*ec2.AttachInternetGatewayOutput, error)
	DetachInternetGateway(context.Context, *ec2.DetachInternetGatewayInput, ...func(*ec2.Options)) (*ec2.DetachInternetGatewayOutput, error)
}

type internetGatewayAttachment struct{}

var _ typed[InternetGatewayAttachment] = internetGatewayAttachment{}

// A live attachment reads "available", which the SDK's enum lacks (aws-facts §1.2).
func (internetGatewayAttachment) life() waiters.Life {
	return waiters.Life{
		Making: []string{"attaching"}, Ready: []string{"available", "attached"}, Leaving: []string{"detaching"}, Gone: []string{"detached"},
		Typical: 2 * time.Second, Timeout: 10 * time.Minute,
	}
}

// gatewayAttachment is an attachment together with the gateway it was read from.
type gatewayAttachment struct {
	types.InternetGatewayAttachment
	gateway string
	tags    []types.Tag // the gateway's
}

func (a gatewayAttachment) id() string { return gatewayAttachmentID(a.gateway, aws.ToString(a.VpcId)) }

// gatewayAttachmentID is the natural key, and so the ID, of an attachment: "igw-0a1|vpc-0b2".
func gatewayAttachmentID(gateway, vpc string) string { return gateway + "|" + vpc }

func (k internetGatewayAttachment) observe(
	ctx context.Context, env Env, wants []want[InternetGatewayAttachment],
) ([]Observation, error) {
	gateway := func(set InternetGatewayAttachment) string { return set.Gateway.String() }
	seen, err := fetchByParent(ctx, wants, "internet-gateway-id", gateway, k.fetch(env))
	return k.view().match(env, wants, seen), err
}

func (k internetGatewayAttachment) view() view[InternetGatewayAttachment, gatewayAttachment] {
	return view[InternetGatewayAttachment, gatewayAttachment]{
		life:  k.life(),
		id:    gatewayAttachment.id,
		state: func(a gatewayAttachment) (string, string) { return string(a.State), "" },
		wanted: func(set InternetGatewayAttachment) string {
			return gatewayAttachmentID(set.Gateway.String(), set.VPC.String())
		},
		natural: gatewayAttachment.id,
	}
}

func (internetGatewayAttachment) fetch(env Env) fetch[gatewayAttachment] {
	return func(ctx context.Context, by []types.Filter) ([]gatewayAttachment, error) {
		gateways, err := describeInternetGateways(env.EC2)(ctx, by)
		var list []gatewayAttachment
		for _, g := range gateways {
			for _, a := range g.Attachments {
				list = append(list, gatewayAttachment{a, aws.ToString(g.InternetGatewayId), g.Tags})
			}
		}
		return list, err
	}
}

// discover finds the attachments of the stack's gateways: they carry no tags of their own, and go by their gateway's.
func (k internetGatewayAttachment) discover(ctx context.Context, env Env, byLineage []types.Filter) ([]Found, error) {
	seen, err := k.fetch(env)(ctx, byLineage)
	var list []Found
	for _, a := range seen {
		if key := env.carried(a.tags); key != "" {
			own := state.NewKey(key.Step(), KindInternetGatewayAttachment, key.Name())
			list = append(list, Found{Stack: stackOf(a.tags), Observation: Observation{Key: own, ID: a.id(), Ours: true, State: string(a.State)}})
		}
	}
	return list, err
}

func (internetGatewayAttachment) create(ctx context.Context, env Env, w want[InternetGatewayAttachment]) (Observation, error) {
	var api internetGatewayAttachmentAPI = env.EC2
	_, err := api.AttachInternetGateway(ctx, &ec2.AttachInternetGatewayInput{
		InternetGatewayId: aws.String(w.set.Gateway.String()), VpcId: aws.String(w.set.VPC.String()),
	})
	if err != nil {
		return Observation{}, codes{create: slices.Concat(unseenInternetGateway, unseenVPC)}.taken(err)
	}
	return Observation{ID: gatewayAttachmentID(w.set.Gateway.String(), w.set.VPC.String())}, nil
}

// AWS detaches no gateway while anything in the VPC has a public address (aws-facts §2.10).
func (internetGatewayAttachment) remove(ctx context.Context, env Env, w want[InternetGatewayAttachment]) error {
	var api internetGatewayAttachmentAPI = env.EC2
	gateway, vpc, _ := strings.Cut(w.ID, "|") // not from the settings: one that was discovered has none
	_, err := api.DetachInternetGateway(ctx, &ec2.DetachInternetGatewayInput{
		InternetGatewayId: aws.String(gateway), VpcId: aws.String(vpc),
	})
	if cloud.HasCode(err, "Gateway.NotAttached") {
		return words.Errorf("%w: %w", waiters.ErrNone, err)
	}
	return hangingOn(ctx, env, vpc, onInternetGatewayAttachment, codes{}.removed(err))
}
