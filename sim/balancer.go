package sim

import (
	"slices"

	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"
	elbtypes "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2/types"
)

var balancerActions = []handler{
	action("CreateLoadBalancer", changing, (*call).createBalancer),
	action("DescribeLoadBalancers", reading, (*call).describeBalancers),
	action("DeleteLoadBalancer", changing, (*call).deleteBalancer),
	action("SetSecurityGroups", changing, (*call).setBalancerGroups),
}

// balancer is an internal network load balancer. It lies in the VPC that is its parent, with an interface in each of
// its subnets.
type balancer struct {
	thing
	name, hash string
	settings   balancerSettings
	groups     []string
	guarded    bool // it was made with groups, and so may get others
	enforces   bool // its groups' inbound rules, on PrivateLink traffic too (aws-facts §0.13)
	interfaces []*netInterface
	attributes map[string]string
}

// balancerSettings are what makes two load balancers of one name the same (aws-facts §0.3). Whether tags belong to
// them is not known: here they do not.
type balancerSettings struct{ subnets, groups string }

// deleteBalancer succeeds for one that is not there. Its listeners go along; its interfaces stay for minutes
// (aws-facts §7.4). An endpoint service that holds it refuses the call (aws-facts §1.3).
func (c *call) deleteBalancer(in *elb.DeleteLoadBalancerInput) (*elb.DeleteLoadBalancerOutput, error) {
	b, err := byARN(c, &c.balancers, kindBalancer, in.LoadBalancerArn)
	if err != nil {
		if asAWS(err).Code == kindBalancer.notFound {
			return &elb.DeleteLoadBalancerOutput{}, nil
		}
		return nil, err
	}
	if b.attributes["deletion_protection.enabled"] == "true" {
		return nil, fail("OperationNotPermitted", "Load balancer '%s' cannot be deleted because deletion protection is enabled", b.id)
	}
	if len(c.services.holding(c, func(s *endpointService) bool { return slices.Contains(s.balancers, b) })) > 0 {
		return nil, fail("ResourceInUse", "Load balancer '%s' cannot be deleted because it is currently associated with another service", b.id)
	}
	c.leave(&b.thing)
	for _, l := range c.listeners.in(b.id).standing(c, all) {
		l.leaveWith(&b.life)
	}
	c.linger(b.interfaces, &b.life, balancerLingers)
	return &elb.DeleteLoadBalancerOutput{}, nil
}

// setBalancerGroups is for load balancers that were made with groups (aws-facts §0.13).
func (c *call) setBalancerGroups(in *elb.SetSecurityGroupsInput) (*elb.SetSecurityGroupsOutput, error) {
	b, err := byARN(c, &c.balancers, kindBalancer, in.LoadBalancerArn)
	switch {
	case err != nil:
		return nil, err
	case !b.guarded:
		return nil, fail("InvalidConfigurationRequest", "A network load balancer that was created without security groups cannot get any")
	case len(in.SecurityGroups) == 0:
		return nil, fail("InvalidConfigurationRequest", "At least one security group must be specified")
	}
	if err := c.balancerGroups(b.parent, in.SecurityGroups); err != nil {
		return nil, err
	}
	b.groups = in.SecurityGroups
	for _, n := range b.interfaces {
		n.groups = slices.Clone(b.groups)
	}
	out := &elb.SetSecurityGroupsOutput{SecurityGroupIds: b.groups}
	if in.EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic != "" {
		b.enforces = in.EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic == elbtypes.EnforceSecurityGroupInboundRulesOnPrivateLinkTrafficEnumOn
		out.EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic = in.EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic
	}
	return out, nil
}

func (b *balancer) tell(o *Object) { o.Drained = drained(b.interfaces) }
