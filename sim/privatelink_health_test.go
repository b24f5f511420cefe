package sim_test

import (
	"slices"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"
	elbtypes "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2/types"
	"github.com/google/go-cmp/cmp"

	"vpclink/sim"
)

const (
	unusedState   = "unused Target.NotInUse"
	initialState  = "initial Elb.RegistrationInProgress"
	timeoutState  = "unhealthy Target.Timeout"
	failsChecks   = "unhealthy Target.FailedHealthChecks"
	drainingState = "draining Target.DeregistrationInProgress"
)

// A target is unused until a listener points at its group, and healthy after two checks of an active load balancer
// (aws-facts §0.14, §0.15).
func TestHealthOfATarget(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, _ *sim.World, a account) {
		n := a.site("a", "10.0.0.0/16", "10.0.0.0/24", "10.0.0.0/16")
		targets := a.targets(n.vpc, "lab", n.instance)
		watch(t, a, "a target of no load balancer", a.health(targets), moment{0, unusedState}, moment{time.Hour, unusedState})
		out, err := a.balancing().CreateLoadBalancer(t.Context(), internal("lab", nil, n.subnet))
		a.fatal(err)
		pass(10 * s)
		a.listener(*out.LoadBalancers[0].LoadBalancerArn, targets)
		watch(t, a, "a target of a load balancer on its way", a.health(targets),
			moment{0, initialState}, moment{138 * s, initialState}, moment{148*s - 1, initialState}, moment{148 * s, "healthy"})
	})
}

// AWS's defaults take five checks of 30 s.
func TestDefaultHealthChecks(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, _ *sim.World, a account) {
		n := a.site("a", "10.0.0.0/16", "10.0.0.0/24", "10.0.0.0/16")
		out, err := a.balancing().CreateTargetGroup(t.Context(), &elb.CreateTargetGroupInput{
			Name: new("lab"), VpcId: &n.vpc, Protocol: elbtypes.ProtocolEnumTcp, Port: new(int32(3389)),
		})
		a.fatal(err)
		pass(2 * s)
		targets := *out.TargetGroups[0].TargetGroupArn
		a.fatal(a.register(targets, n.instance))
		balancer := a.balancer("lab", n.group, n.subnet)
		pass(time.Minute)
		watch(t, a, "a target without a listener", a.health(targets), moment{0, unusedState})
		_, err = a.balancing().CreateListener(t.Context(), forward(balancer, targets))
		a.fatal(err)
		watch(t, a, "a target", a.health(targets), moment{0, initialState}, moment{150*s - 1, initialState}, moment{150 * s, "healthy"})
	})
}

// What a target needs besides: a port that answers, and a rule that lets the checks in.
func TestUnhealthyTargets(t *testing.T) {
	ready := func(t *testing.T, a account, image, admitted string) (site, string) {
		n := site{vpc: a.vpc("a", "10.0.0.0/16")}
		n.subnet, n.group = a.subnet(n.vpc, "10.0.0.0/24"), a.group(n.vpc, "lab")
		if admitted != "" {
			n.rule = a.admit(n.group, admitted)
		}
		balancer := a.balancer("lab", a.group(n.vpc, "nlb"), n.subnet)
		out, err := a.RunInstances(t.Context(), launch(n.subnet, n.group, image, "t"))
		a.fatal(err)
		n.instance = *out.Instances[0].InstanceId
		pass(25 * s)
		targets := a.targets(n.vpc, "lab", n.instance)
		_, err = a.balancing().CreateListener(t.Context(), forward(balancer, targets))
		a.fatal(err)
		return n, targets
	}
	t.Run("Windows takes 200 s until its port answers", func(t *testing.T) {
		story(t, sim.Options{}, func(t *testing.T, _ *sim.World, a account) {
			_, targets := ready(t, a, windows, "10.0.0.0/24")
			watch(t, a, "the target", a.health(targets),
				moment{0, initialState}, moment{10 * s, failsChecks}, moment{208*s - 1, failsChecks}, moment{208 * s, "healthy"})
		})
	})
	t.Run("Linux takes 40 s", func(t *testing.T) {
		story(t, sim.Options{}, func(t *testing.T, _ *sim.World, a account) {
			_, targets := ready(t, a, linux, "10.0.0.0/24")
			watch(t, a, "the target", a.health(targets), moment{10 * s, failsChecks}, moment{48*s - 1, failsChecks}, moment{48 * s, "healthy"})
		})
	})
	t.Run("no rule, then one, then none", func(t *testing.T) {
		story(t, sim.Options{}, func(t *testing.T, _ *sim.World, a account) {
			n, targets := ready(t, a, linux, "")
			watch(t, a, "the target", a.health(targets), moment{0, initialState}, moment{10 * s, timeoutState}, moment{time.Hour, timeoutState})
			rule := a.admit(n.group, "10.0.0.4/32") // the load balancer was there first
			watch(t, a, "an admitted target", a.health(targets), moment{8*s - 1, failsChecks}, moment{8 * s, "healthy"})
			_, err := a.RevokeSecurityGroupIngress(t.Context(), &ec2.RevokeSecurityGroupIngressInput{GroupId: &n.group, SecurityGroupRuleIds: []string{rule}})
			a.fatal(err)
			watch(t, a, "a target that is no longer admitted", a.health(targets), moment{0, timeoutState})
		})
	})
	t.Run("a rule for other addresses", func(t *testing.T) {
		story(t, sim.Options{}, func(t *testing.T, _ *sim.World, a account) {
			_, targets := ready(t, a, linux, "10.0.0.5/32")
			watch(t, a, "the target", a.health(targets), moment{time.Hour, timeoutState})
		})
	})
	t.Run("a terminated instance", func(t *testing.T) {
		story(t, sim.Options{}, func(t *testing.T, _ *sim.World, a account) {
			n, targets := ready(t, a, linux, "10.0.0.0/24")
			_, err := a.TerminateInstances(t.Context(), &ec2.TerminateInstancesInput{InstanceIds: []string{n.instance}})
			a.fatal(err)
			watch(t, a, "the target", a.health(targets), moment{0, "unused Target.InvalidState"}, moment{31 * s, "unused Target.InvalidState"}, moment{2 * time.Hour, "absent"})
			wantCode(t, a.register(targets, n.instance), "InvalidTarget", "registering a terminated instance")
		})
	})
}

// Only an instance that runs can be registered, and its port may be checked elsewhere than it is used (aws-facts §2.13).
func TestOnlyRunningInstancesAreTargets(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, _ *sim.World, a account) {
		n := a.network()
		in := targetGroup(n.vpc, "lab")
		in.HealthCheckPort = new("80")
		group, err := a.balancing().CreateTargetGroup(t.Context(), in)
		a.fatal(err)
		targets := *group.TargetGroups[0].TargetGroupArn
		out, err := a.RunInstances(t.Context(), launch(n.subnet, n.group, linux, "t"))
		a.fatal(err)
		id := *out.Instances[0].InstanceId
		pass(25*s - 1)
		wantCode(t, a.register(targets, id), "InvalidTarget", "registering an instance that does not run yet")
		pass(1)
		wantCode(t, a.register(targets, id), "", "registering an instance that runs")
		a.admit(n.group, "10.0.0.0/16")
		a.listener(a.balancer("lab", n.group, n.subnet), targets)
		watch(t, a, "a target that is checked at port 80, where no rule admits it", a.health(targets), moment{time.Hour, timeoutState})
	})
}

// A group admits a load balancer by its group as well.
func TestAGroupAdmitsALoadBalancer(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, _ *sim.World, a account) {
		l := a.link()
		watch(t, a, "a target admitted by group", a.health(l.targets), moment{0, "healthy"})
		other := a.group(l.provider.vpc, "other")
		_, err := a.balancing().SetSecurityGroups(t.Context(), &elb.SetSecurityGroupsInput{LoadBalancerArn: &l.balancer, SecurityGroups: []string{other}})
		a.fatal(err)
		watch(t, a, "a target of a load balancer with another group", a.health(l.targets), moment{0, timeoutState})
		_, err = a.DeleteSecurityGroup(t.Context(), &ec2.DeleteSecurityGroupInput{GroupId: &other})
		wantCode(t, err, "DependencyViolation", "deleting the load balancer's new group")
	})
}

// A target in a zone that the load balancer has not is unused, unless traffic may cross zones (aws-facts §0.15).
func TestATargetInAnotherZone(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, _ *sim.World, a account) {
		ctx := t.Context()
		n := a.site("a", "10.0.0.0/16", "10.0.0.0/24", "10.0.0.0/16")
		other, err := a.CreateSubnet(ctx, &ec2.CreateSubnetInput{VpcId: &n.vpc, CidrBlock: new("10.0.1.0/24"), AvailabilityZone: new(tokyo + "c")})
		a.fatal(err)
		pass(2 * s)
		targets := a.targets(n.vpc, "lab", n.instance)
		balancer := a.balancer("lab", n.group, *other.Subnet.SubnetId)
		a.listener(balancer, targets)
		watch(t, a, "a target in a zone without the load balancer", a.health(targets), moment{time.Hour, unusedState})
		_, err = a.balancing().ModifyLoadBalancerAttributes(ctx, &elb.ModifyLoadBalancerAttributesInput{
			LoadBalancerArn: &balancer, Attributes: []elbtypes.LoadBalancerAttribute{{Key: new("load_balancing.cross_zone.enabled"), Value: new("true")}},
		})
		a.fatal(err)
		watch(t, a, "the same across zones", a.health(targets), moment{0, "healthy"})
	})
}

// The checks come from the load balancer's address in the target's own zone, and one group serves one load balancer.
func TestChecksComeFromTheSameZone(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, _ *sim.World, a account) {
		ctx := t.Context()
		n := a.site("a", "10.0.0.0/16", "10.0.0.0/24", "10.0.1.0/24") // admits the other zone alone
		other, err := a.CreateSubnet(ctx, &ec2.CreateSubnetInput{VpcId: &n.vpc, CidrBlock: new("10.0.1.0/24"), AvailabilityZone: new(tokyo + "c")})
		a.fatal(err)
		pass(2 * s)
		targets := a.targets(n.vpc, "lab", n.instance)
		a.listener(a.balancer("lab", a.group(n.vpc, "nlb"), n.subnet, *other.Subnet.SubnetId), targets)
		watch(t, a, "a target that admits the address in another zone", a.health(targets), moment{time.Hour, timeoutState})
		a.admit(n.group, "10.0.0.0/24")
		watch(t, a, "a target that admits the address in its zone", a.health(targets), moment{10 * s, "healthy"})

		_, err = a.balancing().CreateListener(ctx, forward(a.balancer("more", n.group, n.subnet), targets))
		wantCode(t, err, "TargetGroupAssociationLimit", "a second load balancer for a target group")
	})
}

// A target drains for as long as its group says; registered again it begins anew (aws-facts §2.13).
func TestDraining(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, _ *sim.World, a account) {
		ctx := t.Context()
		l := a.link()
		deregister := func(instance string) {
			_, err := a.balancing().DeregisterTargets(ctx, &elb.DeregisterTargetsInput{TargetGroupArn: &l.targets, Targets: []elbtypes.TargetDescription{{Id: &instance}}})
			a.fatal(err)
		}
		deregister("i-" + none) // is none of the group's business
		deregister(l.provider.instance)
		watch(t, a, "a target that was deregistered", a.health(l.targets), moment{0, drainingState}, moment{300*s - 1, drainingState}, moment{300 * s, "absent"})
		a.fatal(a.register(l.targets, l.provider.instance))
		deregister(l.provider.instance)
		a.fatal(a.register(l.targets, l.provider.instance))
		watch(t, a, "a target that was registered again", a.health(l.targets), moment{0, initialState}, moment{10 * s, "healthy"})

		_, err := a.balancing().ModifyTargetGroupAttributes(ctx, &elb.ModifyTargetGroupAttributesInput{
			TargetGroupArn: &l.targets, Attributes: []elbtypes.TargetGroupAttribute{{Key: new("deregistration_delay.timeout_seconds"), Value: new("5")}},
		})
		a.fatal(err)
		deregister(l.provider.instance)
		watch(t, a, "a target of a group in a hurry", a.health(l.targets), moment{5*s - 1, drainingState}, moment{5 * s, "absent"})

		out, err := a.balancing().DescribeTargetHealth(ctx, &elb.DescribeTargetHealthInput{TargetGroupArn: &l.targets, Targets: []elbtypes.TargetDescription{{Id: &l.provider.instance}}})
		a.fatal(err)
		if h := out.TargetHealthDescriptions[0].TargetHealth; h.State != "unused" || h.Reason != "Target.NotRegistered" {
			t.Errorf("a target that is asked for and not registered should be unused, Target.NotRegistered, not %s, %s", h.State, h.Reason)
		}

		a.fatal(a.register(l.targets, l.provider.instance))
		_, err = a.balancing().DeleteListener(ctx, &elb.DeleteListenerInput{ListenerArn: &l.listener})
		a.fatal(err)
		deregister(l.provider.instance)
		watch(t, a, "a target without traffic", a.health(l.targets), moment{0, "absent"})
	})
}

// Attributes have AWS's defaults, and one that protects.
func TestBalancingAttributes(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, _ *sim.World, a account) {
		ctx := t.Context()
		n := a.network()
		balancer := a.balancer("lab", n.group, n.subnet)
		protect := func(value string) {
			_, err := a.balancing().ModifyLoadBalancerAttributes(ctx, &elb.ModifyLoadBalancerAttributesInput{
				LoadBalancerArn: &balancer, Attributes: []elbtypes.LoadBalancerAttribute{{Key: new("deletion_protection.enabled"), Value: &value}},
			})
			a.fatal(err)
		}
		remove := func() error {
			_, err := a.balancing().DeleteLoadBalancer(ctx, &elb.DeleteLoadBalancerInput{LoadBalancerArn: &balancer})
			return err
		}
		defaults, err := a.balancing().DescribeLoadBalancerAttributes(ctx, &elb.DescribeLoadBalancerAttributesInput{LoadBalancerArn: &balancer})
		a.fatal(err)
		for _, want := range []elbtypes.LoadBalancerAttribute{
			{Key: new("deletion_protection.enabled"), Value: new("false")},
			{Key: new("load_balancing.cross_zone.enabled"), Value: new("false")},
			{Key: new("zonal_shift.config.enabled"), Value: new("false")},
			{Key: new("dns_record.client_routing_policy"), Value: new("any_availability_zone")},
		} {
			if !slices.ContainsFunc(defaults.Attributes, func(a elbtypes.LoadBalancerAttribute) bool { return *a.Key == *want.Key && *a.Value == *want.Value }) {
				t.Errorf("a load balancer should have AWS's default %s for %s", *want.Value, *want.Key)
			}
		}
		protect("true")
		wantCode(t, remove(), "OperationNotPermitted", "deleting a protected load balancer")
		protect("false")
		wantCode(t, remove(), "", "deleting a load balancer")

		group, err := a.balancing().DescribeTargetGroupAttributes(ctx, &elb.DescribeTargetGroupAttributesInput{TargetGroupArn: new(a.spareReady(n.vpc))})
		a.fatal(err)
		have := map[string]string{}
		for _, attribute := range group.Attributes {
			have[*attribute.Key] = *attribute.Value
		}
		want := map[string]string{
			"deregistration_delay.timeout_seconds": "300", "deregistration_delay.connection_termination.enabled": "false", "preserve_client_ip.enabled": "true",
			"proxy_protocol_v2.enabled": "false", "stickiness.enabled": "false", "stickiness.type": "source_ip",
			"load_balancing.cross_zone.enabled": "use_load_balancer_configuration", "target_health_state.unhealthy.connection_termination.enabled": "true",
		}
		if diff := cmp.Diff(want, have); diff != "" {
			t.Errorf("a target group should have AWS's defaults (-want +have):\n%s", diff)
		}
	})
}

func (a account) spareReady(vpc string) string {
	arn := a.spare(vpc)
	pass(2 * s)
	return arn
}

// Whether its groups hold for PrivateLink's traffic is shown; they do until somebody says otherwise (aws-facts §0.13).
func TestInboundRulesOnPrivateLink(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, _ *sim.World, a account) {
		ctx := t.Context()
		n := a.network()
		balancer := a.balancer("lab", n.group, n.subnet)
		for _, step := range []struct{ to, want string }{{"", "on"}, {"off", "off"}, {"", "off"}, {"on", "on"}} {
			_, err := a.balancing().SetSecurityGroups(ctx, &elb.SetSecurityGroupsInput{
				LoadBalancerArn: &balancer, SecurityGroups: []string{n.group},
				EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic: elbtypes.EnforceSecurityGroupInboundRulesOnPrivateLinkTrafficEnum(step.to),
			})
			a.fatal(err)
			seen, err := a.balancing().DescribeLoadBalancers(ctx, &elb.DescribeLoadBalancersInput{LoadBalancerArns: []string{balancer}})
			a.fatal(err)
			if have := *seen.LoadBalancers[0].EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic; have != step.want {
				t.Errorf("after %q the switch should be shown as %s, not %s", step.to, step.want, have)
			}
		}
	})
}

// Groups that a load balancer was made without it never gets (aws-facts §0.13).
func TestALoadBalancerWithoutGroups(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, _ *sim.World, a account) {
		n := a.network()
		out, err := a.balancing().CreateLoadBalancer(t.Context(), internal("lab", nil, n.subnet))
		a.fatal(err)
		pass(2 * s)
		_, err = a.balancing().SetSecurityGroups(t.Context(), &elb.SetSecurityGroupsInput{LoadBalancerArn: out.LoadBalancers[0].LoadBalancerArn, SecurityGroups: []string{n.group}})
		wantCode(t, err, "InvalidConfigurationRequest", "groups for a load balancer that was made without")
		wantCode(t, a.newService(func(*ec2.CreateVpcEndpointServiceConfigurationInput) {}, *out.LoadBalancers[0].LoadBalancerArn), "InvalidParameter", "a service of a load balancer on its way")
	})
}
