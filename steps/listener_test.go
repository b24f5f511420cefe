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

type listenerCalls struct {
	account
	balancers
	create call[elb.CreateListenerInput, elb.CreateListenerOutput]
	remove call[elb.DeleteListenerInput, elb.DeleteListenerOutput]
}

func (c *listenerCalls) CreateListener(_ context.Context, in *elb.CreateListenerInput, _ ...elbOpt) (*elb.CreateListenerOutput, error) {
	return c.create.do(in)
}

func (c *listenerCalls) DeleteListener(_ context.Context, in *elb.DeleteListenerInput, _ ...elbOpt) (*elb.DeleteListenerOutput, error) {
	return c.remove.do(in)
}

const listenerA state.Key = "1.3.3/listener/a"

func listening() Listener {
	return Listener{NLB: state.Literal(nlbARN), TargetGroup: state.Literal(groupARN), Port: 3389}
}

func forward(group string) []elbtypes.Action {
	return []elbtypes.Action{{Type: "forward", TargetGroupArn: &group}}
}

func TestMakeListener(t *testing.T) {
	aws := &listenerCalls{}
	aws.create.answer.Listeners = []elbtypes.Listener{{ListenerArn: &listenerARN}}
	rec := record(t, listenerA, "", listening())
	same(t, "what AWS answered", Observation{Key: listenerA, ID: listenerARN, Ours: true}, made(t, aws, rec))
	same(t, "TCP, forwarded to the group, and tags", []*elb.CreateListenerInput{{
		LoadBalancerArn: &nlbARN, Protocol: "TCP", Port: new(int32(3389)), DefaultActions: forward(groupARN), Tags: here(nil).elbTagged(rec),
	}}, aws.create.sent)
	if err := deleting(t, aws, record(t, listenerA, listenerARN, listening())); err != nil {
		t.Errorf("want the listener deleted, got %v", err)
	}
	same(t, "the journal's ARN in the call", []*elb.DeleteListenerInput{{ListenerArn: &listenerARN}}, aws.remove.sent)

	for _, all := range [][]elbtypes.Listener{nil, {{}}, {{ListenerArn: &listenerARN}, {ListenerArn: new("another")}}} {
		aws.create.answer.Listeners = all
		unanswered(t, aws, rec)
	}
}

func TestListenerRefused(t *testing.T) {
	rec := record(t, listenerA, listenerARN, listening())
	refusals(t, "CreateListener", map[string]error{
		"LoadBalancerNotFound": waiters.ErrNotYet, "TargetGroupNotFound": waiters.ErrNotYet, "PriorRequestNotComplete": waiters.ErrNotYet,
		"DuplicateListener": ErrExists, "TooManyListeners": asItIs, "TargetGroupAssociationLimit": asItIs,
	}, func(answer error) error {
		aws := &listenerCalls{}
		aws.create.err = answer
		return creating(t, aws, rec)
	})
	refusals(t, "DeleteListener", map[string]error{
		"ListenerNotFound": waiters.ErrNone, "LoadBalancerNotFound": waiters.ErrNone, "AccessDenied": asItIs,
	}, func(answer error) error {
		aws := &listenerCalls{}
		aws.remove.err = answer
		return deleting(t, aws, rec)
	})
}

func TestObserveListener(t *testing.T) {
	show := func(arn string, port int32, actions []elbtypes.Action) elbtypes.Listener {
		return elbtypes.Listener{ListenerArn: &arn, LoadBalancerArn: &nlbARN, Port: &port, DefaultActions: actions}
	}
	elsewhere := Observation{Key: listenerA, ID: listenerARN, Diff: []Field{{Name: "target group", Want: groupARN, Have: "another", Mends: true}}}
	nowhere := elsewhere
	nowhere.Diff = []Field{{Name: "target group", Want: groupARN, Mends: true}}
	for _, test := range []struct {
		name  string
		id    string
		shown []elbtypes.Listener
		want  []Observation
	}{
		{
			name: "at the port, not in the journal", want: []Observation{{Key: listenerA, ID: listenerARN}},
			shown: []elbtypes.Listener{show("arn-x", 22, forward(groupARN)), show(listenerARN, 3389, forward(groupARN))},
		},
		{
			name: "ours", id: listenerARN, shown: []elbtypes.Listener{show(listenerARN, 3389, forward(groupARN))},
			want: []Observation{{Key: listenerA, ID: listenerARN, Ours: true}},
		},
		{name: "to another group", shown: []elbtypes.Listener{show(listenerARN, 3389, forward("another"))}, want: []Observation{elsewhere}},
		{name: "to nowhere", shown: []elbtypes.Listener{show(listenerARN, 3389, nil)}, want: []Observation{nowhere}},
		{name: "at other ports", shown: []elbtypes.Listener{show("arn-x", 22, forward(groupARN)), {ListenerArn: new("arn-y")}}},
	} {
		t.Run(test.name, func(t *testing.T) {
			aws := &listenerCalls{}
			aws.listeners = map[string]*list[elbtypes.Listener]{nlbARN: {things: test.shown}}
			same(t, "a's listener", test.want, seen(t, KindListener, aws, record(t, listenerA, test.id, listening())))
		})
	}
}

// Listeners go with their load balancer; any other answer tells nothing of them.
func TestListenersOfNoLoadBalancer(t *testing.T) {
	aws := &listenerCalls{}
	rec := record(t, listenerA, listenerARN, listening())
	same(t, "no listener", []Observation(nil), seen(t, KindListener, aws, rec))
	aws.listeners = map[string]*list[elbtypes.Listener]{nlbARN: {err: refused("DescribeListeners", "AccessDenied")}}
	if _, err := Kinds()[KindListener].Observe(t.Context(), here(aws), []state.Record{rec}); !errors.Is(err, aws.listeners[nlbARN].err) {
		t.Errorf("want AWS's answer handed on, got %v", err)
	}
}
