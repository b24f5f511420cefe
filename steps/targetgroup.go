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
)

// TargetGroup are the settings of a target group of instances, TCP, with a TCP health check at the same port.
type TargetGroup struct {
	VPC  state.Value `json:"vpc"`
	Port int32       `json:"port"`
}

// Two good checks five seconds apart make a target healthy; AWS's own settings take two and a half minutes. The default
// timeout of 10 s does not go with that interval (aws-facts §0.14).
const (
	checkInterval, checkTimeout = 5, 4 // seconds
	checksNeeded                = 2
)

type targetGroupAPI interface {
	elb.DescribeTargetGroupsAPIClient
	CreateTargetGroup(context.Context, *elb.CreateTargetGroupInput, ...func(*elb.Options)) (*elb.CreateTargetGroupOutput, error)
	DescribeTargetGroupAttributes(
		context.Context, *elb.DescribeTargetGroupAttributesInput, ...func(*elb.Options),
	) (*elb.DescribeTargetGroupAttributesOutput, error)
	ModifyTargetGroupAttributes(
		context.Context, *elb.ModifyTargetGroupAttributesInput, ...func(*elb.Options),
	) (*elb.ModifyTargetGroupAttributesOutput, error)
	ModifyTargetGroup(context.Context, *elb.ModifyTargetGroupInput, ...func(*elb.Options)) (*elb.ModifyTargetGroupOutput, error)
	DeleteTargetGroup(context.Context, *elb.DeleteTargetGroupInput, ...func(*elb.Options)) (*elb.DeleteTargetGroupOutput, error)
}

type targetGroup struct{}

var _ typed[TargetGroup] = targetGroup{}

func (targetGroup) life() waiters.Life {
	return waiters.Life{Exists: true, Typical: 2 * time.Second, Timeout: 5 * time.Minute}
}

type taggedTargetGroup = elbThing[elbtypes.TargetGroup]

func (k targetGroup) view() view[TargetGroup, taggedTargetGroup] {
	return view[TargetGroup, taggedTargetGroup]{
		life:   k.life(),
		id:     func(g taggedTargetGroup) string { return aws.ToString(g.it.TargetGroupArn) },
		tags:   taggedTargetGroup.ownTags,
		untold: true,
		place:  func(g taggedTargetGroup) Place { return Place{VPCs: []string{aws.ToString(g.it.VpcId)}} },
		diff:   func(_ TargetGroup, g taggedTargetGroup) []Field { return healthCheck(g.it) },
	}
}

// All are looked at: a name or ARN that is not there would fail the call (aws-facts §1.1).
func (k targetGroup) observe(ctx context.Context, env Env, wants []want[TargetGroup]) ([]Observation, error) {
	seen, err := k.fetch(ctx, env, ids(wants))
	return k.view().match(env, wants, seen), err
}

func (targetGroup) fetch(ctx context.Context, env Env, known []string) ([]taggedTargetGroup, error) {
	p := elb.NewDescribeTargetGroupsPaginator(env.ELB, &elb.DescribeTargetGroupsInput{})
	all, err := elbPages(ctx, p, func(o *elb.DescribeTargetGroupsOutput) []elbtypes.TargetGroup { return o.TargetGroups })
	if err != nil {
		return nil, err
	}
	return withELBTags(ctx, env, all, known,
		func(g elbtypes.TargetGroup) string { return aws.ToString(g.TargetGroupName) },
		func(g elbtypes.TargetGroup) string { return aws.ToString(g.TargetGroupArn) })
}

func (k targetGroup) create(ctx context.Context, env Env, w want[TargetGroup]) (Observation, error) {
	out, err := env.ELB.CreateTargetGroup(ctx, &elb.CreateTargetGroupInput{
		Name: aws.String(env.uniqueName(w.Key)), VpcId: aws.String(w.set.VPC.String()),
		TargetType: elbtypes.TargetTypeEnumInstance, Protocol: elbtypes.ProtocolEnumTcp, Port: aws.Int32(w.set.Port),
		HealthCheckProtocol: elbtypes.ProtocolEnumTcp, HealthCheckIntervalSeconds: aws.Int32(checkInterval),
		HealthCheckTimeoutSeconds: aws.Int32(checkTimeout), HealthyThresholdCount: aws.Int32(checksNeeded),
		UnhealthyThresholdCount: aws.Int32(checksNeeded), Tags: env.elbTagged(w.Record),
	})
	if cloud.HasCode(err, "ValidationError") && strings.Contains(err.Error(), "not found") {
		return Observation{}, &NotYetError{Err: err} // ELBv2's words for a VPC that it does not see yet (ansible/ansible#31919)
	}
	if err != nil {
		return Observation{}, codes{create: unseenVPC}.taken(err)
	}
	if len(out.TargetGroups) != 1 {
		return Observation{}, unansweredCount("making a target group", len(out.TargetGroups))
	}
	return Observation{ID: aws.ToString(out.TargetGroups[0].TargetGroupArn), Token: w.Token}, nil
}

// As long as a listener points at it AWS keeps it (ResourceInUse).
func (targetGroup) remove(ctx context.Context, env Env, w want[TargetGroup]) error {
	_, err := env.ELB.DeleteTargetGroup(ctx, &elb.DeleteTargetGroupInput{TargetGroupArn: aws.String(w.ID)})
	return codes{remove: elbInUse}.removed(err)
}

var (
	unseenTargetGroup = []string{"TargetGroupNotFound"}
	unseenNLB         = []string{"LoadBalancerNotFound"}
	elbInUse          = []string{"ResourceInUse", "PriorRequestNotComplete"}
	elbLater          = slices.Concat(unseenTargetGroup, unseenNLB, []string{"PriorRequestNotComplete"})
)
