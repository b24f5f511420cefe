package steps

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"
	elbtypes "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2/types"

	"vpclink/cloud"
	"vpclink/state"
	"vpclink/waiters"
	"vpclink/words"
)

// Target are the settings of an instance's registration in a target group. AWS gives it no ID; its natural key is group,
// instance and port.
type Target struct {
	TargetGroup state.Value `json:"target_group"`
	Instance    state.Value `json:"instance"`
	Port        int32       `json:"port"`
}

type targetAPI interface {
	DescribeTargetHealth(context.Context, *elb.DescribeTargetHealthInput, ...func(*elb.Options)) (*elb.DescribeTargetHealthOutput, error)
	RegisterTargets(context.Context, *elb.RegisterTargetsInput, ...func(*elb.Options)) (*elb.RegisterTargetsOutput, error)
	DeregisterTargets(context.Context, *elb.DeregisterTargetsInput, ...func(*elb.Options)) (*elb.DeregisterTargetsOutput, error)
}

type target struct{}

var _ typed[Target] = target{}

// Registered is ready, whatever its health: before there is a listener it is unused (aws-facts §0.15). What drains is
// out of the group; nobody waits for its last connections.
func (target) life() waiters.Life {
	return waiters.Life{
		Ready:   []string{"unused", "initial", "healthy", "unhealthy", "unavailable"},
		Gone:    []string{"draining", "unhealthy.draining"},
		Typical: 2 * time.Second, Timeout: 5 * time.Minute,
	}
}

// health is what AWS shows of one target of one group.
type health struct {
	elbtypes.TargetHealthDescription
	group string
}

func (h health) id() string {
	return targetID(h.group, aws.ToString(h.Target.Id), aws.ToInt32(h.Target.Port))
}

func (h health) state() (state, reason string) {
	if h.TargetHealth == nil {
		return "", ""
	}
	reason = string(h.TargetHealth.Reason)
	if d := aws.ToString(h.TargetHealth.Description); d != "" {
		reason += ": " + d
	}
	return string(h.TargetHealth.State), reason
}

// targetID is the natural key, and so the ID, of a target: "arn:…:targetgroup/vl-…|i-0a1|3389".
func targetID(group, instance string, port int32) string {
	return fmt.Sprintf("%s|%s|%d", group, instance, port)
}

func (set Target) id() string {
	return targetID(set.TargetGroup.String(), set.Instance.String(), set.Port)
}

// healths returns the targets of the groups that the wants are of. A group that is not there (or not to be seen yet) has none; a target that
// is not registered is not shown, unless it is asked for.
func healths[S any](ctx context.Context, api targetAPI, wants []want[S], of func(S) string) ([]health, error) {
	return eachParent(wants, of, unseenTargetGroup, func(group string) ([]health, error) {
		out, err := api.DescribeTargetHealth(ctx, &elb.DescribeTargetHealthInput{TargetGroupArn: aws.String(group)})
		if err != nil {
			return nil, err
		}
		var all []health
		for _, h := range out.TargetHealthDescriptions {
			if h.Target != nil {
				all = append(all, health{h, group})
			}
		}
		return all, nil
	})
}

func (k target) observe(ctx context.Context, env Env, wants []want[Target]) ([]Observation, error) {
	seen, err := healths(ctx, env.ELB, wants, func(set Target) string { return set.TargetGroup.String() })
	return view[Target, health]{
		life: k.life(), id: health.id, state: health.state,
		wanted: Target.id, natural: health.id,
	}.match(env, wants, seen), err
}

func (set Target) description() []elbtypes.TargetDescription {
	return []elbtypes.TargetDescription{{Id: aws.String(set.Instance.String()), Port: aws.Int32(set.Port)}}
}

func (target) create(ctx context.Context, env Env, w want[Target]) (Observation, error) {
	_, err := env.ELB.RegisterTargets(ctx, &elb.RegisterTargetsInput{
		TargetGroupArn: aws.String(w.set.TargetGroup.String()), Targets: w.set.description(),
	})
	if err != nil {
		return Observation{}, codes{create: slices.Concat(unseenTargetGroup, []string{"InvalidTarget"})}.taken(err) // not seen running yet
	}
	return Observation{ID: w.set.id()}, nil
}

// AWS deregisters what is not registered without a word (aws-facts §2.13); some servers have one for it.
func (target) remove(ctx context.Context, env Env, w want[Target]) error {
	_, err := env.ELB.DeregisterTargets(ctx, &elb.DeregisterTargetsInput{
		TargetGroupArn: aws.String(w.set.TargetGroup.String()), Targets: w.set.description(),
	})
	if cloud.HasCode(err, "InvalidTarget") {
		return words.Errorf("%w: %w", waiters.ErrNone, err)
	}
	return codes{}.removed(err)
}
