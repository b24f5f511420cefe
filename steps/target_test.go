package steps

import (
	"context"
	"errors"
	"testing"

	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"
	elbtypes "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2/types"

	"vpclink/state"
	"vpclink/waiters"
)

type targetCalls struct {
	account
	balancers
	create call[elb.RegisterTargetsInput, elb.RegisterTargetsOutput]
	remove call[elb.DeregisterTargetsInput, elb.DeregisterTargetsOutput]
}

func (c *targetCalls) RegisterTargets(_ context.Context, in *elb.RegisterTargetsInput, _ ...elbOpt) (*elb.RegisterTargetsOutput, error) {
	return c.create.do(in)
}

func (c *targetCalls) DeregisterTargets(_ context.Context, in *elb.DeregisterTargetsInput, _ ...elbOpt) (*elb.DeregisterTargetsOutput, error) {
	return c.remove.do(in)
}

const (
	targetA state.Key = "1.3.1/target/a"
	healthA state.Key = "1.3.3/target-health/a"
)

func registered() Target {
	return Target{TargetGroup: state.Literal(groupARN), Instance: state.Literal("i-a"), Port: 3389}
}

// ofGroup is the natural key of an instance in a's group.
func ofGroup(instance string) string { return groupARN + "|" + instance + "|3389" }

func TestRegisterTarget(t *testing.T) {
	aws := &targetCalls{}
	rec := record(t, targetA, "", registered())
	same(t, "its natural key", Observation{Key: targetA, ID: ofGroup("i-a"), Ours: true}, made(t, aws, rec))
	if err := deleting(t, aws, record(t, targetA, ofGroup("i-a"), registered())); err != nil {
		t.Errorf("want the target taken out of its group, got %v", err)
	}
	target := []elbtypes.TargetDescription{{Id: new("i-a"), Port: new(int32(3389))}}
	same(t, "group, instance and port", []*elb.RegisterTargetsInput{{TargetGroupArn: &groupARN, Targets: target}}, aws.create.sent)
	same(t, "group, instance and port", []*elb.DeregisterTargetsInput{{TargetGroupArn: &groupARN, Targets: target}}, aws.remove.sent)
}

func TestTargetRefused(t *testing.T) {
	rec := record(t, targetA, ofGroup("i-a"), registered())
	refusals(t, "RegisterTargets", map[string]error{
		"TargetGroupNotFound": waiters.ErrNotYet,
		"InvalidTarget":       waiters.ErrNotYet, // it is not seen running yet
		"TooManyTargets":      asItIs,
	}, func(answer error) error {
		aws := &targetCalls{}
		aws.create.err = answer
		return creating(t, aws, rec)
	})
	refusals(t, "DeregisterTargets", map[string]error{
		"TargetGroupNotFound": waiters.ErrNone, "InvalidTarget": waiters.ErrNone, "AccessDenied": asItIs,
	}, func(answer error) error {
		aws := &targetCalls{}
		aws.remove.err = answer
		return deleting(t, aws, rec)
	})
}

// health1 is an instance's health at a port.
func health1(instance string, port int32, state elbtypes.TargetHealthStateEnum) elbtypes.TargetHealthDescription {
	return elbtypes.TargetHealthDescription{
		Target: &elbtypes.TargetDescription{Id: &instance, Port: &port}, TargetHealth: &elbtypes.TargetHealth{State: state},
	}
}

func TestObserveTarget(t *testing.T) {
	failing := health1("i-a", 3389, "unhealthy")
	failing.TargetHealth.Reason = "Target.FailedHealthChecks"
	explained := health1("i-a", 3389, "unused")
	explained.TargetHealth.Reason, explained.TargetHealth.Description = "Target.NotInUse", new("no listener")
	stateless := health1("i-a", 3389, "")
	stateless.TargetHealth = nil
	for _, test := range []struct {
		name  string
		id    string
		shown []elbtypes.TargetHealthDescription
		want  []Observation
	}{
		{
			name: "registered, not in the journal", shown: []elbtypes.TargetHealthDescription{health1("i-a", 3389, "initial")},
			want: []Observation{{Key: targetA, ID: ofGroup("i-a"), State: "initial"}},
		},
		{
			name: "ours, healthy", id: ofGroup("i-a"), shown: []elbtypes.TargetHealthDescription{health1("i-a", 3389, "healthy")},
			want: []Observation{{Key: targetA, ID: ofGroup("i-a"), State: "healthy", Ours: true}},
		},
		{
			name: "why it is unhealthy", id: ofGroup("i-a"), shown: []elbtypes.TargetHealthDescription{failing},
			want: []Observation{{Key: targetA, ID: ofGroup("i-a"), State: "unhealthy", Reason: "Target.FailedHealthChecks", Ours: true}},
		},
		{
			name: "why it is unused, in AWS's words", id: ofGroup("i-a"), shown: []elbtypes.TargetHealthDescription{explained},
			want: []Observation{{Key: targetA, ID: ofGroup("i-a"), State: "unused", Reason: "Target.NotInUse: no listener", Ours: true}},
		},
		{
			name: "without a health", id: ofGroup("i-a"), shown: []elbtypes.TargetHealthDescription{stateless},
			want: []Observation{{Key: targetA, ID: ofGroup("i-a"), Ours: true}},
		},
		{name: "one on its way out, not in the journal", shown: []elbtypes.TargetHealthDescription{health1("i-a", 3389, "draining")}},
		{name: "another instance, another port, nothing at all", shown: []elbtypes.TargetHealthDescription{
			health1("i-x", 3389, "healthy"), health1("i-a", 22, "healthy"), {},
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			aws := &targetCalls{}
			aws.targets = map[string][]elbtypes.TargetHealthDescription{groupARN: test.shown}
			same(t, "a in its group", test.want, seen(t, KindTarget, aws, record(t, targetA, test.id, registered())))
		})
	}
}

// A group that is gone, or not to be seen yet, has no targets; any other answer tells nothing of them.
func TestTargetsOfAGroupThatIsNotThere(t *testing.T) {
	aws := &targetCalls{}
	rec := record(t, targetA, ofGroup("i-a"), registered())
	same(t, "no target", []Observation(nil), seen(t, KindTarget, aws, rec))
	same(t, "no health", []Observation(nil), seen(t, KindTargetHealth, aws, record(t, healthA, ofGroup("i-a"), TargetHealth(registered()))))
	aws.balancers.err = refused("DescribeTargetHealth", "AccessDenied")
	if _, err := Kinds()[KindTarget].Observe(t.Context(), here(aws), []state.Record{rec}); !errors.Is(err, aws.balancers.err) {
		t.Errorf("want AWS's answer handed on, got %v", err)
	}
}

// The wait for health makes no call, and is nobody else's: what it sees is the target.
func TestTargetHealth(t *testing.T) {
	aws := &targetCalls{} // any changing call would be kept
	rec := record(t, healthA, "", TargetHealth(registered()))
	same(t, "the target's natural key", Observation{Key: healthA, ID: ofGroup("i-a"), Ours: true}, made(t, aws, rec))
	if err := deleting(t, aws, rec); err != nil {
		t.Errorf("want a wait to be over without a call, got %v", err)
	}
	same(t, "no call", 0, len(aws.create.sent)+len(aws.remove.sent))
	for _, state := range elbtypes.TargetHealthStateEnum("").Values() {
		aws.targets = map[string][]elbtypes.TargetHealthDescription{groupARN: {health1("i-x", 3389, "healthy"), health1("i-a", 3389, state)}}
		var want []Observation
		if state != "draining" && state != "unhealthy.draining" { // it is out of the group
			want = []Observation{{Key: healthA, ID: ofGroup("i-a"), State: string(state), Ours: true}}
		}
		same(t, "the health of a, "+string(state), want, seen(t, KindTargetHealth, aws, rec))
	}
}
