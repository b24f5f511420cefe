package sim

import (
	"slices"

	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"
	elbtypes "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2/types"
)

// What can be changed of target groups and listeners (API Reference of each action).
var balancingChangeActions = []handler{
	action("ModifyTargetGroup", changing, (*call).modifyTargetGroup),
	action("ModifyListener", changing, (*call).modifyListener),
}

// modifyTargetGroup changes the health check; what is not given stays as it is.
func (c *call) modifyTargetGroup(in *elb.ModifyTargetGroupInput) (*elb.ModifyTargetGroupOutput, error) {
	g, err := byARN(c, &c.targetGroups, kindTargetGroup, in.TargetGroupArn)
	if err != nil {
		return nil, err
	}
	s := g.settings
	wanted, err := c.readTargetGroup(&elb.CreateTargetGroupInput{
		Protocol: elbtypes.ProtocolEnumTcp, Port: new(s.port), VpcId: new(s.vpc),
		HealthCheckProtocol: orDefault(in.HealthCheckProtocol, s.check), HealthCheckPort: new(or(in.HealthCheckPort, s.checkPort)),
		HealthCheckPath: in.HealthCheckPath, Matcher: in.Matcher,
		HealthCheckIntervalSeconds: new(or(in.HealthCheckIntervalSeconds, s.interval)),
		HealthCheckTimeoutSeconds:  new(or(in.HealthCheckTimeoutSeconds, s.timeout)),
		HealthyThresholdCount:      new(or(in.HealthyThresholdCount, s.healthyAfter)),
		UnhealthyThresholdCount:    new(or(in.UnhealthyThresholdCount, s.unhealthyAfter)),
	})
	if err != nil {
		return nil, err
	}
	g.settings = wanted
	return &elb.ModifyTargetGroupOutput{TargetGroups: []elbtypes.TargetGroup{c.awsTargetGroup(g)}}, nil
}

// modifyListener changes port and target group; what is not given stays as it is.
func (c *call) modifyListener(in *elb.ModifyListenerInput) (*elb.ModifyListenerOutput, error) {
	l, err := byARN(c, &c.listeners, kindListener, in.ListenerArn)
	if err != nil {
		return nil, err
	}
	port, group := or(in.Port, l.port), l.group
	if len(in.DefaultActions) > 0 {
		if group, err = c.forwardedTo(in.DefaultActions); err != nil {
			return nil, err
		}
	}
	taken := func(o *listener) bool { return o != l && o.port == port }
	switch {
	case in.Protocol != "" && in.Protocol != elbtypes.ProtocolEnumTcp:
		return nil, fail("UnsupportedProtocol", "The simulator has listeners of protocol TCP only, not '%s'", in.Protocol)
	case len(c.listeners.in(l.balancer.id).standing(c, taken)) > 0:
		return nil, fail("DuplicateListener", "A listener already exists on this port for this load balancer '%s'", l.balancer.id)
	case group.settings.vpc != l.balancer.parent:
		return nil, fail("InvalidConfigurationRequest", "The target group '%s' and the load balancer '%s' are not in the same VPC", group.id, l.balancer.id)
	case slices.ContainsFunc(c.balancersOf(group), func(arn string) bool { return arn != l.balancer.id }):
		return nil, fail("TargetGroupAssociationLimit", "The following target groups cannot be associated with more than one load balancer: %s", group.id)
	}
	l.port, l.group = port, group
	return &elb.ModifyListenerOutput{Listeners: []elbtypes.Listener{awsListener(l)}}, nil
}
