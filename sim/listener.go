package sim

import (
	"slices"
	"strings"

	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"
	elbtypes "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2/types"
)

var listenerActions = []handler{
	action("CreateListener", changing, (*call).createListener),
	action("DescribeListeners", reading, (*call).describeListeners),
	action("DeleteListener", changing, (*call).deleteListener),
}

// listener takes connections at a port of the load balancer that is its parent, and forwards them to a target group.
type listener struct {
	thing
	balancer *balancer
	port     int32
	group    *targetGroup

	attributes map[string]string // that are not as they are by themselves
}

func (c *call) createListener(in *elb.CreateListenerInput) (*elb.CreateListenerOutput, error) {
	tags, err := balancerTags(nil, in.Tags)
	if err != nil {
		return nil, err
	}
	b, err := byARN(c, &c.balancers, kindBalancer, in.LoadBalancerArn)
	if err != nil {
		return nil, err
	}
	switch {
	case in.Protocol == "" || in.Port == nil:
		return nil, unusable("A listener protocol and a port must be specified")
	case in.Protocol != elbtypes.ProtocolEnumTcp:
		return nil, fail("UnsupportedProtocol", "The simulator has listeners of protocol TCP only, not '%s'", in.Protocol)
	}
	g, err := c.forwardedTo(in.DefaultActions)
	if err != nil {
		return nil, err
	}
	same := c.listeners.in(b.id).standing(c, func(l *listener) bool { return l.port == *in.Port })
	switch {
	case len(same) > 0 && same[0].group == g:
		return &elb.CreateListenerOutput{Listeners: shown(same, awsListener)}, nil
	case len(same) > 0:
		return nil, fail("DuplicateListener", "A listener already exists on this port for this load balancer '%s'", b.id)
	case g.settings.vpc != b.parent:
		return nil, fail("InvalidConfigurationRequest", "The target group '%s' and the load balancer '%s' are not in the same VPC", g.id, b.id)
	case slices.ContainsFunc(c.balancersOf(g), func(arn string) bool { return arn != b.id }):
		return nil, fail("TargetGroupAssociationLimit", "The following target groups cannot be associated with more than one load balancer: %s", g.id)
	}
	have := c.listeners.in(b.id).holding(c, all)
	if err := within(len(have), c.opts.Quotas.ListenersPerNLB, "TooManyListeners", "listeners per load balancer"); err != nil {
		return nil, err
	}
	l := &listener{thing: c.born(kindListener, b.id, tags), balancer: b, port: *in.Port, group: g, attributes: map[string]string{}}
	l.id = c.balancingARN("listener/net/" + b.name + "/" + b.hash + "/" + c.newHash())
	c.listeners.add(c.region, l)
	return &elb.CreateListenerOutput{Listeners: []elbtypes.Listener{awsListener(l)}}, nil
}

// forwardedTo is the one target group that the one default action of a listener forwards to.
func (c *call) forwardedTo(actions []elbtypes.Action) (*targetGroup, error) {
	if len(actions) != 1 || actions[0].Type != elbtypes.ActionTypeEnumForward {
		return nil, unusable("A listener of a network load balancer must have exactly one default action, of type 'forward'")
	}
	arn := actions[0].TargetGroupArn
	if f := actions[0].ForwardConfig; arn == nil && f != nil && len(f.TargetGroups) == 1 {
		arn = f.TargetGroups[0].TargetGroupArn
	}
	return byARN(c, &c.targetGroups, kindTargetGroup, arn)
}

func (c *call) describeListeners(in *elb.DescribeListenersInput) (*elb.DescribeListenersOutput, error) {
	if (in.LoadBalancerArn != nil) == (len(in.ListenerArns) > 0) {
		return nil, unusable("You must specify either listener ARNs or a load balancer ARN")
	}
	list, err := chosenByARN(c, &c.listeners, kindListener, in.ListenerArns)
	if err != nil {
		return nil, err
	}
	if in.LoadBalancerArn != nil {
		b, err := seenByARN(c, &c.balancers, kindBalancer, *in.LoadBalancerArn)
		if err != nil {
			return nil, err
		}
		list = c.listeners.in(b.id).seen(c)
	}
	list, next, err := marked(c, list, in.PageSize, in.Marker)
	if err != nil {
		return nil, err
	}
	return &elb.DescribeListenersOutput{NextMarker: next, Listeners: shown(list, awsListener)}, nil
}

func (c *call) deleteListener(in *elb.DeleteListenerInput) (*elb.DeleteListenerOutput, error) {
	l, err := byARN(c, &c.listeners, kindListener, in.ListenerArn)
	if err != nil {
		return nil, err
	}
	c.leave(&l.thing)
	return &elb.DeleteListenerOutput{}, nil
}

func awsListener(l *listener) elbtypes.Listener {
	return elbtypes.Listener{
		ListenerArn: new(l.id), LoadBalancerArn: new(l.balancer.id), Protocol: elbtypes.ProtocolEnumTcp, Port: new(l.port),
		DefaultActions: []elbtypes.Action{{
			Type: elbtypes.ActionTypeEnumForward, TargetGroupArn: new(l.group.id),
			ForwardConfig: &elbtypes.ForwardActionConfig{TargetGroups: []elbtypes.TargetGroupTuple{{TargetGroupArn: new(l.group.id)}}},
		}},
	}
}

// balancingKind is the kind that an ARN is of: "targetgroup", "loadbalancer" or "listener".
func balancingKind(arn string) string {
	parts := strings.SplitN(arn, ":", 6)
	if len(parts) < 6 {
		return ""
	}
	word, _, _ := strings.Cut(parts[5], "/")
	return word
}
