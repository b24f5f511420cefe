package steps

import (
	"context"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"
	elbtypes "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2/types"

	"vpclink/cloud"
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
	var crossing []string // the load balancers that balance across zones
	for _, arn := range parents(wants, func(set NLBCrossZone) string { return set.NLB.String() }) {
		out, err := env.ELB.DescribeLoadBalancerAttributes(ctx, &elb.DescribeLoadBalancerAttributesInput{LoadBalancerArn: aws.String(arn)})
		if cloud.HasCode(err, unseenNLB...) {
			continue
		}
		if err != nil {
			return nil, err
		}
		for _, a := range out.Attributes {
			if aws.ToString(a.Key) == crossZone && aws.ToString(a.Value) == "true" {
				crossing = append(crossing, arn)
			}
		}
	}
	id := func(arn string) string { return arn }
	return view[NLBCrossZone, string]{
		life: k.life(), id: id, wanted: func(set NLBCrossZone) string { return set.NLB.String() }, natural: id,
	}.match(env, wants, crossing), nil
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
