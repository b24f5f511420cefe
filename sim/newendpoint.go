package sim

import (
	"net/http"
	"slices"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"vpclink/sim/codec"
)

// What CreateVpcEndpoint checks and makes.

func (c *call) createEndpoint(in *ec2.CreateVpcEndpointInput) (*ec2.CreateVpcEndpointOutput, error) {
	if done, err := c.repeated(in.ClientToken); done != nil || err != nil {
		if err != nil {
			return nil, err
		}
		return c.endpointMade(c.endpoints.byID[done[0]], in.ClientToken), nil
	}
	tags, err := tagsOnCreate(in.TagSpecifications, kindEndpoint)
	if err != nil {
		return nil, err
	}
	if err := endpointWanted(in); err != nil {
		return nil, err
	}
	v, err := c.vpcs.use(c, kindVPC, in.VpcId)
	if err != nil {
		return nil, err
	}
	s, err := c.serviceNamed(in.ServiceName)
	if err != nil {
		return nil, err
	}
	subnets, groups, err := c.endpointPlaces(v, s, in)
	if err != nil {
		return nil, err
	}
	have := c.endpoints.in(v.id).holding(c, all)
	if err := within(len(have), c.opts.Quotas.EndpointsPerVPC, "VpcEndpointLimitExceeded", "VPC endpoints per VPC"); err != nil {
		return nil, err
	}
	e, err := c.addEndpoint(v, s, subnets, groups, tags)
	if err != nil {
		return nil, err
	}
	c.remember(in.ClientToken, e.id)
	return c.endpointMade(e, in.ClientToken), nil
}

func (c *call) endpointMade(e *endpoint, token *string) *ec2.CreateVpcEndpointOutput {
	out := c.awsEndpoint(e)
	out.PolicyDocument = nil // this answer has none
	return &ec2.CreateVpcEndpointOutput{VpcEndpoint: &out, ClientToken: token}
}

func endpointWanted(in *ec2.CreateVpcEndpointInput) error {
	switch {
	case in.VpcEndpointType != types.VpcEndpointTypeInterface:
		return fail("UnsupportedOperation", "The simulator has endpoints of type Interface only; the default is %s.", types.VpcEndpointTypeGateway)
	case in.IpAddressType != "" && in.IpAddressType != types.IpAddressTypeIpv4:
		return fail("UnsupportedOperation", "The simulator has endpoints of IP address type ipv4 only.")
	case in.ServiceRegion != nil:
		return fail("UnsupportedOperation", "The simulator has no endpoint services across regions.")
	case len(in.SubnetConfigurations) > 0:
		return fail("UnsupportedOperation", "The simulator chooses the addresses of endpoints itself.")
	case len(in.RouteTableIds) > 0:
		return fail("InvalidParameter", "An interface endpoint takes no route tables.")
	case deref(in.PrivateDnsEnabled):
		return noPrivateName(deref(in.ServiceName))
	case len(in.SubnetIds) == 0:
		return missing("subnetIds")
	}
	return policyTaken(deref(in.ServiceName), in.PolicyDocument)
}

func noPrivateName(service string) error {
	return fail("InvalidParameter", "Private DNS can't be enabled because the service %s does not provide a private DNS name.", service)
}

// serviceNamed finds a service that the account may use. Without permission there is none (aws-facts §1.3). A new one
// may answer once, before any effect, that it is not available.
func (c *call) serviceNamed(name *string) (*endpointService, error) {
	if deref(name) == "" {
		return nil, missing("serviceName")
	}
	all := c.usableServices()
	i := slices.IndexFunc(all, func(s *endpointService) bool { return s.name == *name })
	if i < 0 {
		return nil, noService(*name)
	}
	s := all[i]
	if c.now.Before(s.steady) && !s.complained {
		s.complained = true
		return nil, &codec.Error{
			Status: http.StatusServiceUnavailable, Code: "ServiceUnavailable", Message: "Service is unable to handle the request. Please try again shortly.",
		}
	}
	if s.stage(c.now) != standing {
		return nil, noService(*name)
	}
	return s, nil
}

// endpointPlaces finds the subnets, each in a zone of its own in which the service is, and the groups. One bad subnet
// refuses the call (aws-facts §1.3).
func (c *call) endpointPlaces(v *vpc, service *endpointService, in *ec2.CreateVpcEndpointInput) ([]*subnet, []string, error) {
	var list []*subnet
	var groups []string
	for i := range in.SubnetIds {
		s, err := c.subnets.use(c, kindSubnet, &in.SubnetIds[i])
		switch {
		case err != nil:
			return nil, nil, err
		case s.parent != v.id:
			return nil, nil, fail("InvalidParameter", "The subnet %s is not in the VPC %s.", s.id, v.id)
		case !service.in(s.zone):
			return nil, nil, fail("InvalidParameter",
				"The VPC endpoint service %s does not support the availability zone of the subnet: %s.", service.name, s.id)
		case slices.ContainsFunc(list, func(other *subnet) bool { return other.zone == s.zone }):
			return nil, nil, fail("DuplicateSubnetsInSameZone", "Found another VPC endpoint subnet in the availability zone of %s", s.id)
		case c.freeAddresses(s) < 1:
			return nil, nil, fail("InsufficientFreeAddressesInSubnet", "Insufficient free addresses in subnet %s.", s.id)
		}
		if err := c.roomForInterfaces(s, 1); err != nil {
			return nil, nil, err
		}
		if _, groups, err = c.placement(&s.id, in.SecurityGroupIds); err != nil {
			return nil, nil, err
		}
		list = append(list, s)
	}
	return list, groups, nil
}

// addEndpoint makes the endpoint with its interfaces, which are there from the beginning, as in the published answer to
// CreateVpcEndpoint.
func (c *call) addEndpoint(v *vpc, s *endpointService, subnets []*subnet, groups []string, tags map[string]string) (*endpoint, error) {
	e := &endpoint{
		thing: c.born(kindEndpoint, v.id, tags), place: c.place, service: s, connection: c.newID("vpce-con"), label: c.newLabel(), groups: groups,
	}
	takes := e.ready.Sub(e.asked)
	e.arrives, e.ready = e.asked.Add(c.opts.draw(c.dice, endpointArrives)), time.Time{}
	if !s.accepts {
		e.accepted, e.ready = e.arrives, e.arrives.Add(takes)
	}
	for _, sub := range subnets {
		if err := c.joinEndpoint(e, sub); err != nil {
			return nil, err
		}
	}
	s.endpoints = append(s.endpoints, e)
	return c.endpoints.add(c.region, e), nil
}

// joinEndpoint gives an endpoint an interface in a subnet.
func (c *call) joinEndpoint(e *endpoint, s *subnet) error {
	a, err := c.address(s, nil)
	if err != nil {
		return err
	}
	n := &netInterface{
		thing: c.comesWith(&e.thing, kindInterface, nil), address: a, groups: slices.Clone(e.groups),
		managed: true, form: types.NetworkInterfaceTypeVpcEndpoint, description: "VPC Endpoint Interface " + e.id,
	}
	n.ready = n.asked
	e.interfaces = append(e.interfaces, c.addInterface(s, n))
	return nil
}

// newLabel makes the eight letters and digits in an endpoint's DNS names.
func (c *call) newLabel() string {
	label := make([]byte, 8)
	for i := range label {
		label[i] = "abcdefghijklmnopqrstuvwxyz0123456789"[c.dice.IntN(36)]
	}
	return string(label)
}
