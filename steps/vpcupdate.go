package steps

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"vpclink/state"
	"vpclink/words"
)

const dnsSupportField words.Text = "DNS support"

// vpcAttributes: a new VPC has DNS support on (aws-facts §2.1). Without it neither an endpoint's names nor those of a
// peering are resolved.
func vpcAttributes(ctx context.Context, env Env, rec state.Record) ([]Field, error) {
	var api vpcDNSHostnamesAPI = env.EC2
	out, err := api.DescribeVpcAttribute(ctx, &ec2.DescribeVpcAttributeInput{VpcId: aws.String(rec.ID), Attribute: types.VpcAttributeNameEnableDnsSupport})
	if err != nil || out.EnableDnsSupport == nil {
		return nil, err
	}
	return mends(differ(dnsSupportField, "", "true", truth(out.EnableDnsSupport.Value))), nil
}

var _ typedUpdater[VPC] = vpc{}

// update turns DNS support on again.
func (vpc) update(ctx context.Context, env Env, w want[VPC], _ []Field) error {
	var api vpcDNSHostnamesAPI = env.EC2
	_, err := api.ModifyVpcAttribute(ctx, &ec2.ModifyVpcAttributeInput{
		VpcId: aws.String(w.ID), EnableDnsSupport: &types.AttributeBooleanValue{Value: aws.Bool(true)},
	})
	return codes{create: unseenVPC}.taken(err)
}
