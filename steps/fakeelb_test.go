package steps

import (
	"context"

	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"
	elbtypes "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2/types"
)

// balancers stands in for what an account holds of Elastic Load Balancing. A test adds the changing calls it makes; any
// other call panics.
type balancers struct {
	ELB
	nlbs   list[elbtypes.LoadBalancer]
	groups list[elbtypes.TargetGroup]
	tags   map[string][]elbtypes.Tag // by ARN
}

type elbOpt = func(*elb.Options)

func (b *balancers) DescribeLoadBalancers(
	_ context.Context, in *elb.DescribeLoadBalancersInput, _ ...elbOpt,
) (*elb.DescribeLoadBalancersOutput, error) {
	page, next, err := b.nlbs.page(nil, in.Marker)
	return &elb.DescribeLoadBalancersOutput{LoadBalancers: page, NextMarker: next}, err
}

func (b *balancers) DescribeTargetGroups(
	_ context.Context, in *elb.DescribeTargetGroupsInput, _ ...elbOpt,
) (*elb.DescribeTargetGroupsOutput, error) {
	page, next, err := b.groups.page(nil, in.Marker)
	return &elb.DescribeTargetGroupsOutput{TargetGroups: page, NextMarker: next}, err
}

func (b *balancers) DescribeTags(_ context.Context, in *elb.DescribeTagsInput, _ ...elbOpt) (*elb.DescribeTagsOutput, error) {
	out := &elb.DescribeTagsOutput{}
	for _, arn := range in.ResourceArns {
		out.TagDescriptions = append(out.TagDescriptions, elbtypes.TagDescription{ResourceArn: new(arn), Tags: b.tags[arn]})
	}
	return out, nil
}
