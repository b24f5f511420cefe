package sim

import (
	"slices"
	"strconv"

	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"
	elbtypes "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2/types"
)

var balancerAttributeActions = []handler{
	action("DescribeTargetGroupAttributes", reading, (*call).describeTargetGroupAttributes),
	action("ModifyTargetGroupAttributes", changing, (*call).modifyTargetGroupAttributes),
	action("DescribeLoadBalancerAttributes", reading, (*call).describeBalancerAttributes),
	action("ModifyLoadBalancerAttributes", changing, (*call).modifyBalancerAttributes),
}

// attribute is one that a thing has, with its value when nobody has set it, and what it takes.
type attribute struct {
	key, def string
	takes    []string // nil for a number from least to most
	least    int
	most     int
}

var truths = []string{"true", "false"}

// What AWS documents for TCP target groups of instances and for network load balancers, as far as something here, or
// the published answers, have to do with it.
var (
	targetGroupAttributes = []attribute{
		{key: "deregistration_delay.timeout_seconds", def: "300", most: 3600},
		{key: "deregistration_delay.connection_termination.enabled", def: "false", takes: truths},
		{key: "preserve_client_ip.enabled", def: "true", takes: truths},
		{key: "proxy_protocol_v2.enabled", def: "false", takes: truths},
		{key: "stickiness.enabled", def: "false", takes: truths},
		{key: "stickiness.type", def: "source_ip", takes: []string{"source_ip"}},
		{key: "target_health_state.unhealthy.connection_termination.enabled", def: "true", takes: truths},
		{key: "load_balancing.cross_zone.enabled", def: "use_load_balancer_configuration", takes: append(truths, "use_load_balancer_configuration")},
	}
	balancerAttributes = []attribute{
		{key: "deletion_protection.enabled", def: "false", takes: truths},
		{key: "load_balancing.cross_zone.enabled", def: "false", takes: truths},
		{key: "access_logs.s3.enabled", def: "false", takes: []string{"false"}},
		{key: "access_logs.s3.bucket", takes: []string{""}},
		{key: "access_logs.s3.prefix", takes: []string{""}},
		{key: "zonal_shift.config.enabled", def: "false", takes: truths},
		{key: "dns_record.client_routing_policy", def: "any_availability_zone", takes: []string{
			"any_availability_zone", "availability_zone_affinity", "partial_availability_zone_affinity",
		}},
	}
)

func (c *call) describeTargetGroupAttributes(in *elb.DescribeTargetGroupAttributesInput) (*elb.DescribeTargetGroupAttributesOutput, error) {
	g, err := byARN(c, &c.targetGroups, kindTargetGroup, in.TargetGroupArn)
	if err != nil {
		return nil, err
	}
	return &elb.DescribeTargetGroupAttributesOutput{Attributes: g.awsAttributes()}, nil
}

func (c *call) modifyTargetGroupAttributes(in *elb.ModifyTargetGroupAttributesInput) (*elb.ModifyTargetGroupAttributesOutput, error) {
	g, err := byARN(c, &c.targetGroups, kindTargetGroup, in.TargetGroupArn)
	if err != nil {
		return nil, err
	}
	if err := setAttributes(targetGroupAttributes, g.attributes, in.Attributes); err != nil {
		return nil, err
	}
	return &elb.ModifyTargetGroupAttributesOutput{Attributes: g.awsAttributes()}, nil
}

func (g *targetGroup) awsAttributes() []elbtypes.TargetGroupAttribute {
	return shown(targetGroupAttributes, func(a attribute) elbtypes.TargetGroupAttribute {
		return elbtypes.TargetGroupAttribute{Key: new(a.key), Value: new(a.in(g.attributes))}
	})
}

// seconds is an attribute that is a number of seconds: nothing else is let in.
func (g *targetGroup) seconds(key string) float64 {
	i := slices.IndexFunc(targetGroupAttributes, func(a attribute) bool { return a.key == key })
	n, _ := strconv.ParseFloat(targetGroupAttributes[i].in(g.attributes), 64)
	return n
}

func (c *call) describeBalancerAttributes(in *elb.DescribeLoadBalancerAttributesInput) (*elb.DescribeLoadBalancerAttributesOutput, error) {
	b, err := byARN(c, &c.balancers, kindBalancer, in.LoadBalancerArn)
	if err != nil {
		return nil, err
	}
	return &elb.DescribeLoadBalancerAttributesOutput{Attributes: b.awsAttributes()}, nil
}

func (c *call) modifyBalancerAttributes(in *elb.ModifyLoadBalancerAttributesInput) (*elb.ModifyLoadBalancerAttributesOutput, error) {
	b, err := byARN(c, &c.balancers, kindBalancer, in.LoadBalancerArn)
	if err != nil {
		return nil, err
	}
	asked := shown(in.Attributes, func(a elbtypes.LoadBalancerAttribute) elbtypes.TargetGroupAttribute {
		return elbtypes.TargetGroupAttribute(a)
	})
	if err := setAttributes(balancerAttributes, b.attributes, asked); err != nil {
		return nil, err
	}
	return &elb.ModifyLoadBalancerAttributesOutput{Attributes: b.awsAttributes()}, nil
}

func (b *balancer) awsAttributes() []elbtypes.LoadBalancerAttribute {
	return shown(balancerAttributes, func(a attribute) elbtypes.LoadBalancerAttribute {
		return elbtypes.LoadBalancerAttribute{Key: new(a.key), Value: new(a.in(b.attributes))}
	})
}

// in is the attribute's value among those that somebody has set.
func (a attribute) in(set map[string]string) string {
	if v, ok := set[a.key]; ok {
		return v
	}
	return a.def
}

// setAttributes takes all that is asked for, or none.
func setAttributes(of []attribute, set map[string]string, asked []elbtypes.TargetGroupAttribute) error {
	for _, a := range asked {
		if err := allowed(of, deref(a.Key), deref(a.Value)); err != nil {
			return err
		}
	}
	for _, a := range asked {
		set[*a.Key] = deref(a.Value)
	}
	return nil
}

func allowed(of []attribute, key, value string) error {
	i := slices.IndexFunc(of, func(a attribute) bool { return a.key == key })
	if i < 0 {
		return unusable("The attribute key '%s' is not recognized", key)
	}
	a := of[i]
	if a.takes != nil && !slices.Contains(a.takes, value) {
		return unusable("The value '%s' is not valid for the attribute '%s', which takes %q", value, key, a.takes)
	}
	if n, err := strconv.Atoi(value); a.takes == nil && (err != nil || n < a.least || n > a.most) {
		return unusable("The value '%s' is not valid for the attribute '%s', which takes a number from %d to %d", value, key, a.least, a.most)
	}
	return nil
}
