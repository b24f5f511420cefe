package steps

import (
	"context"
	"strconv"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"
	elbtypes "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2/types"

	"vpclink/state"
	"vpclink/waiters"
)

// Listener are the settings of a TCP listener that forwards to one target group. A port of a load balancer has one at
// most, so that is its natural key.
type Listener struct {
	NLB         state.Value `json:"nlb"`
	TargetGroup state.Value `json:"target_group"`
	Port        int32       `json:"port"`
}

type listenerAPI interface {
	elb.DescribeListenersAPIClient
	CreateListener(context.Context, *elb.CreateListenerInput, ...func(*elb.Options)) (*elb.CreateListenerOutput, error)
	ModifyListener(context.Context, *elb.ModifyListenerInput, ...func(*elb.Options)) (*elb.ModifyListenerOutput, error)
	DeleteListener(context.Context, *elb.DeleteListenerInput, ...func(*elb.Options)) (*elb.DeleteListenerOutput, error)
}

type listener struct{}

var _ typed[Listener] = listener{}

func (listener) life() waiters.Life {
	return waiters.Life{Exists: true, Typical: 2 * time.Second, Timeout: 5 * time.Minute}
}

func listenerKey(nlb string, port int32) string { return nlb + "|" + strconv.Itoa(int(port)) }

func (k listener) view() view[Listener, elbtypes.Listener] {
	return view[Listener, elbtypes.Listener]{
		life:   k.life(),
		id:     func(l elbtypes.Listener) string { return aws.ToString(l.ListenerArn) },
		wanted: func(set Listener) string { return listenerKey(set.NLB.String(), set.Port) },
		natural: func(l elbtypes.Listener) string {
			return listenerKey(aws.ToString(l.LoadBalancerArn), aws.ToInt32(l.Port))
		},
		diff: func(set Listener, l elbtypes.Listener) []Field {
			group := ""
			if len(l.DefaultActions) > 0 {
				group = aws.ToString(l.DefaultActions[0].TargetGroupArn)
			}
			fields := differ("target group", "", set.TargetGroup.String(), group)
			if l.Port != nil {
				fields = append(fields, differ("port", "", strconv.Itoa(int(set.Port)), strconv.Itoa(int(*l.Port)))...)
			}
			if l.Protocol != "" {
				fields = append(fields, differ("protocol", "", string(elbtypes.ProtocolEnumTcp), string(l.Protocol))...)
			}
			return mends(fields)
		},
	}
}

func (k listener) observe(ctx context.Context, env Env, wants []want[Listener]) ([]Observation, error) {
	seen, err := listenersOf(ctx, env, wants)
	return k.view().match(env, wants, seen), err
}

// listenersOf shows the listeners of the load balancers that the wants are of.
func listenersOf(ctx context.Context, env Env, wants []want[Listener]) ([]elbtypes.Listener, error) {
	nlb := func(set Listener) string { return set.NLB.String() }
	return eachParent(wants, nlb, unseenNLB, func(arn string) ([]elbtypes.Listener, error) {
		p := elb.NewDescribeListenersPaginator(env.ELB, &elb.DescribeListenersInput{LoadBalancerArn: aws.String(arn)})
		return elbPages(ctx, p, func(o *elb.DescribeListenersOutput) []elbtypes.Listener { return o.Listeners })
	})
}

func (listener) create(ctx context.Context, env Env, w want[Listener]) (Observation, error) {
	out, err := env.ELB.CreateListener(ctx, &elb.CreateListenerInput{
		LoadBalancerArn: aws.String(w.set.NLB.String()), Protocol: elbtypes.ProtocolEnumTcp, Port: aws.Int32(w.set.Port),
		DefaultActions: w.set.actions(),
		Tags:           env.elbTagged(w.Record),
	})
	if err != nil {
		return Observation{}, codes{create: elbLater}.taken(err)
	}
	if len(out.Listeners) != 1 {
		return Observation{}, unansweredCount("making a listener", len(out.Listeners))
	}
	return Observation{ID: aws.ToString(out.Listeners[0].ListenerArn)}, nil
}

func (listener) remove(ctx context.Context, env Env, w want[Listener]) error {
	_, err := env.ELB.DeleteListener(ctx, &elb.DeleteListenerInput{ListenerArn: aws.String(w.ID)})
	return codes{remove: elbInUse}.removed(err)
}

func (set Listener) actions() []elbtypes.Action {
	return []elbtypes.Action{{Type: elbtypes.ActionTypeEnumForward, TargetGroupArn: aws.String(set.TargetGroup.String())}}
}

var _ typedUpdater[Listener] = listener{}

func (listener) update(ctx context.Context, env Env, w want[Listener], _ []Field) error {
	_, err := env.ELB.ModifyListener(ctx, &elb.ModifyListenerInput{
		ListenerArn: aws.String(w.ID), Protocol: elbtypes.ProtocolEnumTcp, Port: aws.Int32(w.set.Port), DefaultActions: w.set.actions(),
	})
	return codes{create: elbLater}.taken(err)
}
