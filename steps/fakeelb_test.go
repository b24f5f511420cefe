package steps

import (
	"context"
	"slices"
	"strings"

	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"
	elbtypes "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2/types"

	"vpclink/state"
)

// balancers stands in for what an account holds of Elastic Load Balancing. A test adds the changing calls it makes; any
// other call panics. What a test needs of EC2 too it embeds beside it.
type balancers struct {
	ELB
	nlbs         list[elbtypes.LoadBalancer]
	targetGroups list[elbtypes.TargetGroup]
	listeners    map[string]*list[elbtypes.Listener] // by load balancer
	targets      map[string][]elbtypes.TargetHealthDescription
	attributes   map[string][]elbtypes.LoadBalancerAttribute
	tags         map[string][]elbtypes.Tag // by ARN
	tagsAsked    []string                  // the ARNs of each question, with the number of them where they are many
	err          error                     // of the looks at one load balancer or target group
	tagsErr      error
}

type elbOpt = func(*elb.Options)

// A name that is not there fails the whole call.
func (b *balancers) DescribeLoadBalancers(
	_ context.Context, in *elb.DescribeLoadBalancersInput, _ ...elbOpt,
) (*elb.DescribeLoadBalancersOutput, error) {
	if len(in.Names) > 0 {
		b.nlbs.asked = append(b.nlbs.asked, "name="+strings.Join(in.Names, ","))
		named := slices.DeleteFunc(slices.Clone(b.nlbs.things), func(n elbtypes.LoadBalancer) bool { return !slices.Contains(in.Names, *n.LoadBalancerName) })
		if len(named) == 0 {
			return nil, refused("DescribeLoadBalancers", "LoadBalancerNotFound")
		}
		return &elb.DescribeLoadBalancersOutput{LoadBalancers: named}, b.nlbs.err
	}
	page, next, err := b.nlbs.page(nil, in.Marker)
	return &elb.DescribeLoadBalancersOutput{LoadBalancers: page, NextMarker: next}, err
}

func (b *balancers) DescribeTargetGroups(
	_ context.Context, in *elb.DescribeTargetGroupsInput, _ ...elbOpt,
) (*elb.DescribeTargetGroupsOutput, error) {
	page, next, err := b.targetGroups.page(nil, in.Marker)
	return &elb.DescribeTargetGroupsOutput{TargetGroups: page, NextMarker: next}, err
}

func (b *balancers) DescribeListeners(_ context.Context, in *elb.DescribeListenersInput, _ ...elbOpt) (*elb.DescribeListenersOutput, error) {
	on, there := b.listeners[*in.LoadBalancerArn]
	if !there {
		return nil, refused("DescribeListeners", "LoadBalancerNotFound")
	}
	page, next, err := on.page(nil, in.Marker)
	return &elb.DescribeListenersOutput{Listeners: page, NextMarker: next}, err
}

func (b *balancers) DescribeTargetHealth(
	_ context.Context, in *elb.DescribeTargetHealthInput, _ ...elbOpt,
) (*elb.DescribeTargetHealthOutput, error) {
	of, there := b.targets[*in.TargetGroupArn]
	if !there && b.err == nil {
		return nil, refused("DescribeTargetHealth", "TargetGroupNotFound")
	}
	return &elb.DescribeTargetHealthOutput{TargetHealthDescriptions: of}, b.err
}

func (b *balancers) DescribeLoadBalancerAttributes(
	_ context.Context, in *elb.DescribeLoadBalancerAttributesInput, _ ...elbOpt,
) (*elb.DescribeLoadBalancerAttributesOutput, error) {
	of, there := b.attributes[*in.LoadBalancerArn]
	if !there && b.err == nil {
		return nil, refused("DescribeLoadBalancerAttributes", "LoadBalancerNotFound")
	}
	return &elb.DescribeLoadBalancerAttributesOutput{Attributes: of}, b.err
}

func (b *balancers) DescribeTags(_ context.Context, in *elb.DescribeTagsInput, _ ...elbOpt) (*elb.DescribeTagsOutput, error) {
	asked := strings.Join(in.ResourceArns, ",")
	if len(in.ResourceArns) > 3 {
		asked = strings.Repeat("*", len(in.ResourceArns))
	}
	b.tagsAsked = append(b.tagsAsked, asked)
	out := &elb.DescribeTagsOutput{}
	for _, arn := range in.ResourceArns {
		out.TagDescriptions = append(out.TagDescriptions, elbtypes.TagDescription{ResourceArn: new(arn), Tags: b.tags[arn]})
	}
	return out, b.tagsErr
}

// elbOurs are the tags that tell a thing is this stack's, in ELBv2's form.
func elbOurs(key state.Key) []elbtypes.Tag {
	var tags []elbtypes.Tag
	for _, t := range ours(key) {
		tags = append(tags, elbtypes.Tag{Key: t.Key, Value: t.Value})
	}
	return tags
}

// Names as this stack gives them, and as another stack does.
const (
	ourName   = "vl-0a1b2c3d-000000000000"
	theirName = "vl-ffffffff-000000000000"
)

// arn is the ARN of a thing of ELBv2.
func arn(path string) string {
	return "arn:aws:elasticloadbalancing:ap-northeast-1:123456789012:" + path
}

// The ARNs of the things of stories: a's group, load balancer and listener.
var (
	groupARN    = arn("targetgroup/" + ourName + "/0a")
	nlbARN      = arn("loadbalancer/net/" + ourName + "/0b")
	listenerARN = arn("listener/net/" + ourName + "/0b/0c")
)
