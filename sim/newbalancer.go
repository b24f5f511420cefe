package sim

import (
	"slices"

	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"
	elbtypes "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2/types"
)

// What CreateLoadBalancer checks and makes.

func (c *call) createBalancer(in *elb.CreateLoadBalancerInput) (*elb.CreateLoadBalancerOutput, error) {
	tags, err := balancerTags(nil, in.Tags)
	if err != nil {
		return nil, err
	}
	if err := balancerWanted(in); err != nil {
		return nil, err
	}
	subnets, wanted, err := c.balancerSubnets(in)
	if err != nil {
		return nil, err
	}
	if err := c.balancerGroups(subnets[0].parent, in.SecurityGroups); err != nil {
		return nil, err
	}
	settings := balancerSettings{sortedNames(shown(subnets, func(s *subnet) string { return s.id })), sortedNames(in.SecurityGroups)}
	same := c.balancers.standing(c, func(b *balancer) bool { return b.name == *in.Name })
	switch {
	case len(same) > 0 && same[0].settings == settings:
		return &elb.CreateLoadBalancerOutput{LoadBalancers: shown(same, c.awsBalancer)}, nil
	case len(same) > 0:
		return nil, fail("DuplicateLoadBalancerName", "A load balancer with the same name '%s' exists, but with different settings", *in.Name)
	}
	have := c.balancers.holding(c, all)
	if err := within(len(have), c.opts.Quotas.NLBs, "TooManyLoadBalancers", "load balancers"); err != nil {
		return nil, err
	}
	b := &balancer{
		thing: c.born(kindBalancer, subnets[0].parent, tags), name: *in.Name, hash: c.newHash(), settings: settings,
		groups: in.SecurityGroups, guarded: len(in.SecurityGroups) > 0, enforces: true, attributes: map[string]string{},
	}
	b.id = c.balancingARN("loadbalancer/net/" + b.name + "/" + b.hash)
	if err := c.addBalancerInterfaces(b, subnets, wanted); err != nil {
		return nil, err
	}
	c.balancers.add(c.region, b)
	return &elb.CreateLoadBalancerOutput{LoadBalancers: []elbtypes.LoadBalancer{c.awsBalancer(b)}}, nil
}

// balancerWanted refuses what the simulator has not, and what AWS does not take.
func balancerWanted(in *elb.CreateLoadBalancerInput) error {
	switch {
	case in.Type != elbtypes.LoadBalancerTypeEnumNetwork:
		return fail("InvalidConfigurationRequest", "The simulator has load balancers of type 'network' only, not '%s'", orDefault(in.Type, "application"))
	case in.Scheme != elbtypes.LoadBalancerSchemeEnumInternal:
		return fail("InvalidConfigurationRequest", "The simulator has internal load balancers only, not '%s'", orDefault(in.Scheme, "internet-facing"))
	case in.IpAddressType != "" && in.IpAddressType != elbtypes.IpAddressTypeIpv4:
		return fail("InvalidConfigurationRequest", "The simulator has load balancers of IP address type 'ipv4' only, not '%s'", in.IpAddressType)
	}
	return named("load balancer", *in.Name)
}

// balancerSubnets finds the subnets, of one VPC and each in a zone of its own, and the address asked for in each.
func (c *call) balancerSubnets(in *elb.CreateLoadBalancerInput) ([]*subnet, []*string, error) {
	mappings := in.SubnetMappings
	if (len(in.Subnets) > 0) == (len(mappings) > 0) {
		return nil, nil, unusable("Exactly one of 'Subnets' and 'SubnetMappings' must be specified")
	}
	for i := range in.Subnets {
		mappings = append(mappings, elbtypes.SubnetMapping{SubnetId: &in.Subnets[i]})
	}
	var list []*subnet
	var wanted []*string
	for _, m := range mappings {
		s, err := c.subnets.use(c, kindSubnet, m.SubnetId)
		switch {
		case err != nil:
			return nil, nil, fail("SubnetNotFound", "The subnet ID '%s' does not exist", deref(m.SubnetId))
		case m.AllocationId != nil:
			return nil, nil, fail("InvalidConfigurationRequest", "An internal load balancer cannot have elastic IP addresses")
		case len(list) > 0 && s.parent != list[0].parent:
			return nil, nil, fail("InvalidSubnet", "All subnets must belong to the same VPC: '%s'", list[0].parent)
		case slices.ContainsFunc(list, func(other *subnet) bool { return other.zone == s.zone }):
			return nil, nil, fail("InvalidConfigurationRequest",
				"A load balancer cannot be attached to multiple subnets in the same Availability Zone")
		}
		list, wanted = append(list, s), append(wanted, m.PrivateIPv4Address)
	}
	return list, wanted, nil
}

func (c *call) balancerGroups(vpc string, ids []string) error {
	for i := range ids {
		g, err := c.groups.use(c, kindGroup, &ids[i])
		if err != nil || g.parent != vpc {
			return fail("InvalidSecurityGroup", "One or more security groups are invalid")
		}
	}
	if len(ids) > c.opts.Quotas.GroupsPerInterface {
		return fail("InvalidConfigurationRequest", "Up to %d security groups can be associated with a load balancer", c.opts.Quotas.GroupsPerInterface)
	}
	return nil
}

// addBalancerInterfaces makes one in each subnet, with the load balancer's groups (aws-facts §7.4).
func (c *call) addBalancerInterfaces(b *balancer, subnets []*subnet, wanted []*string) error {
	for i, s := range subnets {
		a, err := c.address(s, wanted[i])
		if err != nil {
			return fail("InvalidSubnet", "Not enough IP space available in %s, or the address asked for is not free", s.id)
		}
		if err := c.roomForInterfaces(s, 1); err != nil {
			return fail("InvalidSubnet", "No network interface can be made in %s", s.id)
		}
		b.interfaces = append(b.interfaces, &netInterface{
			thing: c.comesWith(&b.thing, kindInterface, nil), address: a, groups: slices.Clone(b.groups),
			managed: true, form: types.NetworkInterfaceTypeNetworkLoadBalancer, description: "ELB net/" + b.name + "/" + b.hash,
		})
		b.interfaces[i].ready = b.asked
	}
	for i, s := range subnets { // all or none
		c.addInterface(s, b.interfaces[i])
	}
	return nil
}
