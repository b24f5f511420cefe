package steps

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"
	elbtypes "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2/types"

	"vpclink/cloud"
	"vpclink/state"
	"vpclink/waiters"
	"vpclink/words"
)

// NLB are the settings of an internal network load balancer. It has its security group from the start: one that is made
// without can never get one (aws-facts §0.13).
type NLB struct {
	Subnets []state.Value `json:"subnets"` // one per AZ
	Group   state.Value   `json:"group"`
}

type nlbAPI interface {
	elb.DescribeLoadBalancersAPIClient
	CreateLoadBalancer(context.Context, *elb.CreateLoadBalancerInput, ...func(*elb.Options)) (*elb.CreateLoadBalancerOutput, error)
	SetSecurityGroups(context.Context, *elb.SetSecurityGroupsInput, ...func(*elb.Options)) (*elb.SetSecurityGroupsOutput, error)
	DeleteLoadBalancer(context.Context, *elb.DeleteLoadBalancerInput, ...func(*elb.Options)) (*elb.DeleteLoadBalancerOutput, error)
}

type nlb struct{}

var _ typed[NLB] = nlb{}

// An impaired one serves traffic (aws-facts §1.2).
func (nlb) life() waiters.Life {
	return waiters.Life{
		Making: []string{"provisioning"}, Ready: []string{"active", "active_impaired"}, Leaving: []string{draining}, Failed: []string{"failed"},
		Typical: 150 * time.Second, Timeout: 15 * time.Minute,
	}
}

type taggedNLB = elbThing[elbtypes.LoadBalancer]

func (k nlb) view() view[NLB, taggedNLB] {
	return view[NLB, taggedNLB]{
		life:   k.life(),
		id:     func(b taggedNLB) string { return aws.ToString(b.it.LoadBalancerArn) },
		tags:   taggedNLB.ownTags,
		untold: true,
		state: func(b taggedNLB) (string, string) {
			if b.it.State == nil {
				return "", ""
			}
			return string(b.it.State.Code), aws.ToString(b.it.State.Reason)
		},
		place: func(b taggedNLB) Place {
			return Place{VPCs: []string{aws.ToString(b.it.VpcId)}, Subnets: nlbSubnets(b)}
		},
		diff: func(set NLB, b taggedNLB) []Field {
			return append(differInSubnets(set.Subnets, nlbSubnets(b)), differInGroups(set.Group, b.it.SecurityGroups)...)
		},
		given: []given[taggedNLB]{
			{"inbound rules on PrivateLink traffic", enforced, func(b taggedNLB) string {
				return aws.ToString(b.it.EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic)
			}, true},
		},
	}
}

// enforced: what comes over PrivateLink needs a rule of the load balancer's group like any other traffic.
const enforced = string(elbtypes.EnforceSecurityGroupInboundRulesOnPrivateLinkTrafficEnumOn)

func nlbSubnets(b taggedNLB) []string {
	var list []string
	for _, z := range b.it.AvailabilityZones {
		list = append(list, aws.ToString(z.SubnetId))
	}
	return list
}

// All are looked at: a name or ARN that is not there would fail the call (aws-facts §1.1). Of one that is not shown any
// more, its interfaces are: as long as they are there it drains.
func (k nlb) observe(ctx context.Context, env Env, wants []want[NLB]) ([]Observation, error) {
	seen, err := k.fetch(ctx, env, ids(wants))
	if err != nil {
		return nil, err
	}
	found := k.view().match(env, wants, seen)
	left, err := drainingOf(ctx, env, without(wants, found), nlbInterface)
	return append(found, left...), err
}

func (nlb) fetch(ctx context.Context, env Env, known []string) ([]taggedNLB, error) {
	all, err := describeLoadBalancers(ctx, env.ELB)
	if err != nil {
		return nil, err
	}
	return withELBTags(ctx, env, all, known,
		func(b elbtypes.LoadBalancer) string { return aws.ToString(b.LoadBalancerName) },
		func(b elbtypes.LoadBalancer) string { return aws.ToString(b.LoadBalancerArn) })
}

// nlbInterface is the description of the interfaces of a load balancer: "ELB net/NAME/HASH" (aws-facts §2.8).
func nlbInterface(arn string) string {
	_, name, _ := strings.Cut(arn, ":loadbalancer/")
	return "ELB " + name
}

func (k nlb) create(ctx context.Context, env Env, w want[NLB]) (Observation, error) {
	out, err := env.ELB.CreateLoadBalancer(ctx, &elb.CreateLoadBalancerInput{
		Name: aws.String(env.uniqueName(w.Key)), Type: elbtypes.LoadBalancerTypeEnumNetwork, Scheme: elbtypes.LoadBalancerSchemeEnumInternal,
		Subnets: values(w.set.Subnets), SecurityGroups: []string{w.set.Group.String()}, Tags: env.elbTagged(w.Record),
	})
	if err != nil {
		later := []string{"SubnetNotFound", "InvalidSecurityGroup", "PriorRequestNotComplete"}
		return Observation{}, codes{create: slices.Concat(later, unseenSubnet, unseenSecurityGroup)}.taken(err)
	}
	if len(out.LoadBalancers) != 1 {
		return Observation{}, unansweredCount("making a load balancer", len(out.LoadBalancers))
	}
	return k.view().observation(w, taggedNLB{it: out.LoadBalancers[0]}), nil
}

// AWS says yes also when there is none, or does not see it yet (aws-facts §1.3): whether there is one, a look tells. It
// says "in use" as long as an endpoint service holds it.
func (nlb) remove(ctx context.Context, env Env, w want[NLB]) error {
	seen, err := describeLoadBalancers(ctx, env.ELB)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(seen, func(b elbtypes.LoadBalancer) bool { return aws.ToString(b.LoadBalancerArn) == w.ID }) {
		return words.Errorf("%w: no load balancer %s is shown", waiters.ErrNone, w.ID)
	}
	_, err = env.ELB.DeleteLoadBalancer(ctx, &elb.DeleteLoadBalancerInput{LoadBalancerArn: aws.String(w.ID)})
	if cloud.HasCode(err, elbInUse...) {
		return hangingOn(ctx, env, w.ID, onNLB, err)
	}
	return codes{}.removed(err)
}

func describeLoadBalancers(ctx context.Context, api elb.DescribeLoadBalancersAPIClient) ([]elbtypes.LoadBalancer, error) {
	p := elb.NewDescribeLoadBalancersPaginator(api, &elb.DescribeLoadBalancersInput{})
	return elbPages(ctx, p, func(o *elb.DescribeLoadBalancersOutput) []elbtypes.LoadBalancer { return o.LoadBalancers })
}

var _ typedUpdater[NLB] = nlb{}

// update puts the groups back, and that they count. Subnets cannot be taken off a network load balancer again.
func (nlb) update(ctx context.Context, env Env, w want[NLB], _ []Field) error {
	_, err := env.ELB.SetSecurityGroups(ctx, &elb.SetSecurityGroupsInput{
		LoadBalancerArn: aws.String(w.ID), SecurityGroups: []string{w.set.Group.String()},
		EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic: elbtypes.EnforceSecurityGroupInboundRulesOnPrivateLinkTrafficEnumOn,
	})
	return codes{create: elbLater}.taken(err)
}
