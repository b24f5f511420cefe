package sim

import (
	"slices"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
)

// What can be changed of endpoints and endpoint services (API Reference of each action).
var serviceChangeActions = []handler{
	action("ModifyVpcEndpoint", changing, (*call).modifyEndpoint),
	action("ModifyVpcEndpointServiceConfiguration", changing, (*call).modifyService),
}

// modifyEndpoint changes the groups of an endpoint's interfaces, and the subnets in which it has them. Policy, private
// names and address type can be asked for as they are.
func (c *call) modifyEndpoint(in *ec2.ModifyVpcEndpointInput) (*ec2.ModifyVpcEndpointOutput, error) {
	e, err := c.endpoints.read(c, kindEndpoint, in.VpcEndpointId)
	switch {
	case err != nil:
		return nil, err
	case !e.stands(c.now):
		return nil, fail(kindEndpoint.notFound, kindEndpoint.missing, e.id)
	case len(in.AddRouteTableIds)+len(in.RemoveRouteTableIds)+len(in.SubnetConfigurations) > 0 || in.DnsOptions != nil:
		return nil, fail("UnsupportedOperation", "The simulator changes the security groups and subnets of an endpoint only.")
	case in.IpAddressType != "" && in.IpAddressType != types.IpAddressTypeIpv4:
		return nil, fail("UnsupportedOperation", "The simulator has endpoints of IP address type ipv4 only.")
	case deref(in.PrivateDnsEnabled):
		return nil, noPrivateName(e.service.name)
	}
	if err := policyTaken(e.service.name, in.PolicyDocument); err != nil {
		return nil, err
	}
	groups := slices.Clone(e.groups)
	for _, id := range in.RemoveSecurityGroupIds {
		groups = slices.DeleteFunc(groups, func(g string) bool { return g == id })
	}
	for _, id := range in.AddSecurityGroupIds {
		if !slices.Contains(groups, id) {
			groups = append(groups, id)
		}
	}
	if len(groups) == 0 {
		return nil, fail("InvalidParameter", "An interface endpoint must have at least one security group.")
	}
	if _, groups, err = c.placement(&e.interfaces[0].subnet, groups); err != nil {
		return nil, err
	}
	e.groups = groups
	for _, n := range e.interfaces {
		n.groups = slices.Clone(groups)
	}
	if err := c.moveEndpoint(e, in.AddSubnetIds, in.RemoveSubnetIds); err != nil {
		return nil, err
	}
	return &ec2.ModifyVpcEndpointOutput{Return: new(true)}, nil
}

// moveEndpoint adds subnets and takes some off; one at least remains, each in a zone of its own.
func (c *call) moveEndpoint(e *endpoint, add, remove []string) error {
	if len(add)+len(remove) == 0 {
		return nil
	}
	var all []string
	for _, n := range e.interfaces {
		if !slices.Contains(remove, n.subnet) {
			all = append(all, n.subnet)
		}
	}
	if all = append(all, add...); len(all) == 0 {
		return fail("InvalidParameter", "An interface endpoint must have at least one subnet.")
	}
	in := &ec2.CreateVpcEndpointInput{SubnetIds: all, SecurityGroupIds: e.groups}
	if _, _, err := c.endpointPlaces(c.vpcs.byID[e.parent], e.service, in); err != nil {
		return err
	}
	e.interfaces = c.outOf(remove, e.interfaces)
	for _, id := range add {
		if err := c.joinEndpoint(e, c.subnets.byID[id]); err != nil {
			return err
		}
	}
	return nil
}

// modifyService changes whether endpoints must be accepted, and the load balancers. One at least remains.
func (c *call) modifyService(in *ec2.ModifyVpcEndpointServiceConfigurationInput) (*ec2.ModifyVpcEndpointServiceConfigurationOutput, error) {
	s, err := c.services.read(c, kindService, in.ServiceId)
	switch {
	case err != nil:
		return nil, err
	case !s.stands(c.now):
		return nil, fail(kindService.notFound, kindService.missing, s.id)
	case len(in.AddGatewayLoadBalancerArns)+len(in.RemoveGatewayLoadBalancerArns) > 0 || in.PrivateDnsName != nil:
		return nil, fail("UnsupportedOperation", "The simulator has no gateway load balancers and no private DNS names of endpoint services.")
	case slices.ContainsFunc(in.AddSupportedRegions, func(r string) bool { return r != c.region.name }) || len(in.RemoveSupportedRegions) > 0:
		return nil, fail("UnsupportedOperation", "The simulator has no endpoint services across regions.")
	case slices.ContainsFunc(in.AddSupportedIpAddressTypes, func(t string) bool { return t != "ipv4" }) || len(in.RemoveSupportedIpAddressTypes) > 0:
		return nil, fail("UnsupportedOperation", "The simulator has endpoint services of IP address type ipv4 only.")
	}
	balancers := slices.DeleteFunc(slices.Clone(s.balancers), func(b *balancer) bool {
		return slices.Contains(in.RemoveNetworkLoadBalancerArns, b.id)
	})
	if len(in.AddNetworkLoadBalancerArns) > 0 {
		more, err := c.servable(&ec2.CreateVpcEndpointServiceConfigurationInput{NetworkLoadBalancerArns: in.AddNetworkLoadBalancerArns})
		if err != nil {
			return nil, err
		}
		balancers = append(balancers, more...)
	}
	if len(balancers) == 0 {
		return nil, fail("InvalidParameter", "An endpoint service must have at least one load balancer.")
	}
	s.balancers, s.accepts = balancers, or(in.AcceptanceRequired, s.accepts)
	return &ec2.ModifyVpcEndpointServiceConfigurationOutput{Return: new(true)}, nil
}
