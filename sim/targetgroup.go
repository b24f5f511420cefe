package sim

import (
	"slices"
	"strconv"

	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"
	elbtypes "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2/types"
)

var targetGroupActions = []handler{
	action("CreateTargetGroup", changing, (*call).createTargetGroup),
	action("DescribeTargetGroups", reading, (*call).describeTargetGroups),
	action("DeleteTargetGroup", changing, (*call).deleteTargetGroup),
}

// targetGroup lies in the VPC that is its parent.
type targetGroup struct {
	thing
	name       string
	settings   targetGroupSettings
	attributes map[string]string
}

// targetGroupSettings are what makes two target groups of one name the same (aws-facts §0.3).
type targetGroupSettings struct {
	vpc                          string
	port                         int32
	check                        elbtypes.ProtocolEnum
	checkPort, path, codes       string
	interval, timeout            int32 // seconds
	healthyAfter, unhealthyAfter int32 // checks
}

func (c *call) createTargetGroup(in *elb.CreateTargetGroupInput) (*elb.CreateTargetGroupOutput, error) {
	tags, err := balancerTags(nil, in.Tags)
	if err != nil {
		return nil, err
	}
	if err := named("target group", *in.Name); err != nil {
		return nil, err
	}
	settings, err := c.readTargetGroup(in)
	if err != nil {
		return nil, err
	}
	same := c.targetGroups.standing(c, func(g *targetGroup) bool { return g.name == *in.Name })
	switch {
	case len(same) > 0 && same[0].settings == settings:
		return &elb.CreateTargetGroupOutput{TargetGroups: shown(same, c.awsTargetGroup)}, nil
	case len(same) > 0:
		return nil, fail("DuplicateTargetGroupName", "A target group with the same name '%s' exists, but with different settings", *in.Name)
	}
	have := c.targetGroups.holding(c, all)
	if err := within(len(have), c.opts.Quotas.TargetGroups, "TooManyTargetGroups", "target groups"); err != nil {
		return nil, err
	}
	g := &targetGroup{thing: c.born(kindTargetGroup, settings.vpc, tags), name: *in.Name, settings: settings, attributes: map[string]string{}}
	g.id = c.balancingARN("targetgroup/" + g.name + "/" + c.newHash())
	c.targetGroups.add(c.region, g)
	return &elb.CreateTargetGroupOutput{TargetGroups: []elbtypes.TargetGroup{c.awsTargetGroup(g)}}, nil
}

// readTargetGroup fills in AWS's defaults (aws-facts §0.14).
func (c *call) readTargetGroup(in *elb.CreateTargetGroupInput) (targetGroupSettings, error) {
	var s targetGroupSettings
	switch {
	case in.TargetType != "" && in.TargetType != elbtypes.TargetTypeEnumInstance:
		return s, fail("InvalidConfigurationRequest", "The simulator has target groups of instances only, not of type '%s'", in.TargetType)
	case in.Protocol == "":
		return s, unusable("A protocol must be specified")
	case in.Protocol != elbtypes.ProtocolEnumTcp:
		return s, fail("UnsupportedProtocol", "The simulator has target groups of protocol TCP only, not '%s'", in.Protocol)
	case in.Port == nil:
		return s, unusable("A port must be specified")
	case deref(in.VpcId) == "":
		return s, unusable("A VPC ID must be specified")
	}
	v, err := c.vpcs.use(c, kindVPC, in.VpcId)
	if err != nil {
		return s, unusable("The VPC ID '%s' is not found", *in.VpcId)
	}
	s = targetGroupSettings{
		vpc: v.id, port: *in.Port, check: orDefault(in.HealthCheckProtocol, elbtypes.ProtocolEnumTcp),
		checkPort: or(in.HealthCheckPort, trafficPort), interval: or(in.HealthCheckIntervalSeconds, 30), timeout: or(in.HealthCheckTimeoutSeconds, 10),
		healthyAfter: or(in.HealthyThresholdCount, 5), unhealthyAfter: or(in.UnhealthyThresholdCount, 2),
	}
	if s.check == elbtypes.ProtocolEnumHttp || s.check == elbtypes.ProtocolEnumHttps {
		s.timeout = or(in.HealthCheckTimeoutSeconds, 6)
		s.path, s.codes = or(in.HealthCheckPath, "/"), or(deref(in.Matcher).HttpCode, "200-399")
	} else if s.check != elbtypes.ProtocolEnumTcp {
		return s, unusable("Health check protocol '%s' must be one of TCP, HTTP, HTTPS", s.check)
	}
	if s.timeout >= s.interval {
		return s, unusable("Health check timeout '%d' must be smaller than the interval '%d'", s.timeout, s.interval)
	}
	if n, err := strconv.Atoi(s.checkPort); s.checkPort != trafficPort && (err != nil || n < 1 || n > 65535) {
		return s, unusable("Health check port '%s' must be 'traffic-port' or in the range 1-65535", s.checkPort)
	}
	return s, nil
}

// trafficPort says that a target's health is checked at the port that it is registered with.
const trafficPort = "traffic-port"

// or is what a pointer leads to, or the default.
func or[T any](p *T, def T) T {
	if p == nil {
		return def
	}
	return *p
}

func (c *call) describeTargetGroups(in *elb.DescribeTargetGroupsInput) (*elb.DescribeTargetGroupsOutput, error) {
	list, err := c.targetGroupsNamed(in)
	if err != nil {
		return nil, err
	}
	list, next, err := marked(c, list, in.PageSize, in.Marker)
	if err != nil {
		return nil, err
	}
	return &elb.DescribeTargetGroupsOutput{NextMarker: next, TargetGroups: shown(list, c.awsTargetGroup)}, nil
}

func (c *call) targetGroupsNamed(in *elb.DescribeTargetGroupsInput) ([]*targetGroup, error) {
	switch {
	case len(in.Names) > 0 && len(in.TargetGroupArns) > 0:
		return nil, unusable("Target group names and target group ARNs cannot be specified at the same time")
	case len(in.Names) > 0:
		return chosenByName(c, &c.targetGroups, kindTargetGroup, in.Names, func(g *targetGroup) string { return g.name })
	case in.LoadBalancerArn != nil:
		b, err := seenByARN(c, &c.balancers, kindBalancer, *in.LoadBalancerArn)
		if err != nil {
			return nil, err
		}
		return slices.DeleteFunc(c.targetGroups.seen(c), func(g *targetGroup) bool {
			return !slices.Contains(c.balancersOf(g), b.id)
		}), nil
	}
	return chosenByARN(c, &c.targetGroups, kindTargetGroup, in.TargetGroupArns)
}

// deleteTargetGroup takes the registrations along. A listener that points at it refuses the call (aws-facts §1.3). One
// that is not there is an error.
func (c *call) deleteTargetGroup(in *elb.DeleteTargetGroupInput) (*elb.DeleteTargetGroupOutput, error) {
	g, err := byARN(c, &c.targetGroups, kindTargetGroup, in.TargetGroupArn)
	if err != nil {
		return nil, err
	}
	if len(c.balancersOf(g)) > 0 {
		return nil, fail("ResourceInUse", "Target group '%s' is currently in use by a listener or a rule", g.id)
	}
	c.leave(&g.thing)
	for _, r := range c.registrations.in(g.id).holding(c, all) {
		r.leaveWith(&g.life)
	}
	return &elb.DeleteTargetGroupOutput{}, nil
}

// balancersOf lists the load balancers whose listeners point at a target group: one at most.
func (c *call) balancersOf(g *targetGroup) []string {
	arns := []string{}
	for _, l := range c.listeners.standing(c, func(l *listener) bool { return l.group == g }) {
		if !slices.Contains(arns, l.balancer.id) {
			arns = append(arns, l.balancer.id)
		}
	}
	return arns
}

func (c *call) awsTargetGroup(g *targetGroup) elbtypes.TargetGroup {
	s := g.settings
	out := elbtypes.TargetGroup{
		TargetGroupArn: new(g.id), TargetGroupName: new(g.name), Protocol: elbtypes.ProtocolEnumTcp, Port: new(s.port), VpcId: new(s.vpc),
		TargetType: elbtypes.TargetTypeEnumInstance, IpAddressType: elbtypes.TargetGroupIpAddressTypeEnumIpv4,
		HealthCheckEnabled: new(true), HealthCheckProtocol: s.check, HealthCheckPort: new(s.checkPort), HealthCheckPath: orNil(s.path),
		HealthCheckIntervalSeconds: new(s.interval), HealthCheckTimeoutSeconds: new(s.timeout),
		HealthyThresholdCount: new(s.healthyAfter), UnhealthyThresholdCount: new(s.unhealthyAfter),
		LoadBalancerArns: c.balancersOf(g),
	}
	if s.codes != "" {
		out.Matcher = &elbtypes.Matcher{HttpCode: new(s.codes)}
	}
	return out
}
