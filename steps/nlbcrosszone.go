package steps

import (
	"context"
	"slices"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"
	elbtypes "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2/types"

	"vpclink/state"
	"vpclink/waiters"
)

// NLBCrossZone are the settings of cross-zone load balancing, off in a new load balancer (aws-facts §2.14). With one
// instance and several AZs the addresses in the other AZs lead nowhere without it. Its ID is the load balancer's.
type NLBCrossZone struct {
	NLB state.Value `json:"nlb"`
}

type nlbCrossZoneAPI interface {
	DescribeLoadBalancerAttributes(
		context.Context, *elb.DescribeLoadBalancerAttributesInput, ...func(*elb.Options),
	) (*elb.DescribeLoadBalancerAttributesOutput, error)
	ModifyLoadBalancerAttributes(
		context.Context, *elb.ModifyLoadBalancerAttributesInput, ...func(*elb.Options),
	) (*elb.ModifyLoadBalancerAttributesOutput, error)
}

// crossZone is AWS's name of the attribute.
const crossZone = "load_balancing.cross_zone.enabled"

type nlbCrossZone struct{}

var _ typed[NLBCrossZone] = nlbCrossZone{}

// The attribute goes with the load balancer.
func (nlbCrossZone) life() waiters.Life {
	return waiters.Life{Exists: true, NoUndo: true, Typical: 2 * time.Second, Timeout: 5 * time.Minute}
}

func (k nlbCrossZone) observe(ctx context.Context, env Env, wants []want[NLBCrossZone]) ([]Observation, error) {
	nlb := func(set NLBCrossZone) string { return set.NLB.String() }
	crossing, err := eachParent(wants, nlb, unseenNLB, func(arn string) ([]string, error) {
		out, err := env.ELB.DescribeLoadBalancerAttributes(ctx, &elb.DescribeLoadBalancerAttributesInput{LoadBalancerArn: aws.String(arn)})
		if err != nil {
			return nil, err
		}
		on := func(a elbtypes.LoadBalancerAttribute) bool {
			return aws.ToString(a.Key) == crossZone && aws.ToString(a.Value) == "true"
		}
		if !slices.ContainsFunc(out.Attributes, on) {
			return nil, nil
		}
		return []string{arn}, nil
	})
	id := func(arn string) string { return arn }
	return view[NLBCrossZone, string]{life: k.life(), id: id, wanted: nlb, natural: id}.match(env, wants, crossing), err
}

func (nlbCrossZone) create(ctx context.Context, env Env, w want[NLBCrossZone]) (Observation, error) {
	_, err := env.ELB.ModifyLoadBalancerAttributes(ctx, &elb.ModifyLoadBalancerAttributesInput{
		LoadBalancerArn: aws.String(w.set.NLB.String()),
		Attributes:      []elbtypes.LoadBalancerAttribute{{Key: aws.String(crossZone), Value: aws.String("true")}},
	})
	if err != nil {
		return Observation{}, codes{create: elbLater}.taken(err)
	}
	return Observation{ID: w.set.NLB.String()}, nil
}

func (nlbCrossZone) remove(context.Context, Env, want[NLBCrossZone]) error { return nil }
