package steps

import (
	"context"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"vpclink/state"
	"vpclink/waiters"
)

// InternetGateway are the settings of an internet gateway. A VPC has one at most, so the gateway that is attached to the
// VPC already is the one, whoever made it.
type InternetGateway struct {
	VPC      state.Value `json:"vpc"`                // the VPC it is meant for; attaching it is a kind of its own
	Existing string      `json:"existing,omitempty"` // the ID of the one that is attached already
}

func (set InternetGateway) existing() string { return set.Existing }

type internetGatewayAPI interface {
	ec2.DescribeInternetGatewaysAPIClient
	CreateInternetGateway(context.Context, *ec2.CreateInternetGatewayInput, ...func(*ec2.Options)) (*ec2.CreateInternetGatewayOutput, error)
	DeleteInternetGateway(context.Context, *ec2.DeleteInternetGatewayInput, ...func(*ec2.Options)) (*ec2.DeleteInternetGatewayOutput, error)
}

type internetGateway struct{}

var _ typed[InternetGateway] = internetGateway{}

func (internetGateway) life() waiters.Life {
	return waiters.Life{Exists: true, Typical: 2 * time.Second, Timeout: 5 * time.Minute}
}

func (k internetGateway) view() view[InternetGateway, types.InternetGateway] {
	return view[InternetGateway, types.InternetGateway]{
		life: k.life(),
		id:   func(g types.InternetGateway) string { return aws.ToString(g.InternetGatewayId) },
		tags: func(g types.InternetGateway) []types.Tag { return g.Tags },
		place: func(g types.InternetGateway) Place {
			var at Place
			for _, a := range g.Attachments {
				at.VPCs = append(at.VPCs, aws.ToString(a.VpcId))
			}
			return at
		},
		wanted: func(set InternetGateway) string { return set.VPC.String() },
		natural: func(g types.InternetGateway) string {
			if len(g.Attachments) == 0 {
				return "of no VPC"
			}
			return aws.ToString(g.Attachments[0].VpcId)
		},
	}
}

// A second question, for what is attached to the VPCs, is asked only when not every gateway is found to be ours.
func (k internetGateway) observe(ctx context.Context, env Env, wants []want[InternetGateway]) ([]Observation, error) {
	v := k.view()
	seen, err := lookup(ctx, env, wants, "internet-gateway-id", v.id, describeInternetGateways(env.EC2))
	if err != nil {
		return nil, err
	}
	found := v.match(env, wants, seen)
	var vpcs []string
	for _, w := range without(wants, found) {
		if vpc := w.set.VPC.String(); vpc != "" {
			vpcs = append(vpcs, vpc)
		}
	}
	if len(vpcs) == 0 {
		return found, nil
	}
	seen, err = fetchBy(ctx, seen, "attachment.vpc-id", vpcs, describeInternetGateways(env.EC2))
	return v.match(env, wants, seen), err
}

func (k internetGateway) create(ctx context.Context, env Env, w want[InternetGateway]) (Observation, error) {
	var api internetGatewayAPI = env.EC2
	out, err := api.CreateInternetGateway(ctx, &ec2.CreateInternetGatewayInput{
		TagSpecifications: env.tagged(w.Record, types.ResourceTypeInternetGateway),
	})
	if err != nil {
		return Observation{}, codes{}.taken(err)
	}
	made, err := part(out.InternetGateway, "making an internet gateway")
	return k.view().observation(w, made), err
}

func (internetGateway) remove(ctx context.Context, env Env, w want[InternetGateway]) error {
	var api internetGatewayAPI = env.EC2
	_, err := api.DeleteInternetGateway(ctx, &ec2.DeleteInternetGatewayInput{InternetGatewayId: aws.String(w.ID)})
	return hangingOn(ctx, env, w.ID, onInternetGateway, codes{}.removed(err))
}

func describeInternetGateways(api ec2.DescribeInternetGatewaysAPIClient) fetch[types.InternetGateway] {
	return func(ctx context.Context, by []types.Filter) ([]types.InternetGateway, error) {
		p := ec2.NewDescribeInternetGatewaysPaginator(api, &ec2.DescribeInternetGatewaysInput{Filters: by})
		return pages(ctx, p, func(o *ec2.DescribeInternetGatewaysOutput) []types.InternetGateway { return o.InternetGateways })
	}
}
