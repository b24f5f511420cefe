package sim

import (
	"slices"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
)

// The two ways in which AWS describes endpoint services: to their owner, and to those who may use them.

var configurationFacets = common("service-id", "service-state", facets[*endpointService]{
	"service-name":               one(func(s *endpointService) string { return s.name }),
	"supported-ip-address-types": one(func(*endpointService) string { return "ipv4" }),
})

func (c *call) describeServiceConfigurations(
	in *ec2.DescribeVpcEndpointServiceConfigurationsInput,
) (*ec2.DescribeVpcEndpointServiceConfigurationsOutput, error) {
	ask := listing{in.ServiceIds, in.Filters, in.MaxResults, in.NextToken}
	list, next, err := listed(c, &c.services, kindService, configurationFacets, ask)
	if err != nil {
		return nil, err
	}
	return &ec2.DescribeVpcEndpointServiceConfigurationsOutput{NextToken: next, ServiceConfigurations: shown(list, c.awsConfiguration)}, nil
}

var serviceFacets = facets[*endpointService]{
	"service-name":               one(func(s *endpointService) string { return s.name }),
	"service-type":               one(func(*endpointService) string { return "Interface" }),
	"service-region":             one(func(s *endpointService) string { return s.region }),
	"owner":                      one(func(s *endpointService) string { return s.account }),
	"supported-ip-address-types": one(func(*endpointService) string { return "ipv4" }),
}

// describeServices lists the account's own services and those that it may use. AWS's own are left out.
func (c *call) describeServices(in *ec2.DescribeVpcEndpointServicesInput) (*ec2.DescribeVpcEndpointServicesOutput, error) {
	all := c.usableServices()
	list := all
	if len(in.ServiceNames) > 0 {
		list = nil
		for _, name := range in.ServiceNames {
			i := slices.IndexFunc(all, func(s *endpointService) bool { return s.name == name })
			if i < 0 {
				return nil, noService(name)
			}
			list = append(list, all[i])
		}
	}
	list, err := matching(c, list, in.Filters, serviceFacets)
	if err != nil {
		return nil, err
	}
	list, next, err := pageBy(c, list, func(s *endpointService) int { return slices.Index(list, s) + 1 }, in.MaxResults, in.NextToken)
	if err != nil {
		return nil, err
	}
	return &ec2.DescribeVpcEndpointServicesOutput{
		NextToken: next, ServiceDetails: shown(list, c.awsService),
		ServiceNames: shown(list, func(s *endpointService) string { return s.name }),
	}, nil
}

func noService(name string) error {
	return fail("InvalidServiceName", "The Vpc Endpoint Service '%s' does not exist", name)
}

// usableServices are the services of this region that the account may use: its own, and those whose owner lets it
// (aws-facts §2.16).
func (c *call) usableServices() []*endpointService {
	var list []*endpointService
	for _, p := range c.world.places() {
		if p.region != c.region.name {
			continue
		}
		owner := c.world.regions[p]
		for _, s := range owner.services.seen(c) {
			if p == c.place || c.permitted(owner, s) {
				list = append(list, s)
			}
		}
	}
	return list
}

func (c *call) permitted(owner *region, s *endpointService) bool {
	return len(owner.principals.in(s.id).standing(c, func(p *servicePermission) bool {
		return p.seen(c.now) && (p.principal == "*" || p.principal == "arn:aws:iam::"+c.account+":root")
	})) > 0
}

// serviceZones are the zones of a service by the names that they have for the account that asks, and their IDs.
func (c *call) serviceZones(s *endpointService) (names, ids []string) {
	for i := range c.zones {
		if z := &c.zones[i]; s.in(z) {
			names, ids = append(names, z.name), append(ids, z.id)
		}
	}
	return names, ids
}

// domain is the name in which those of the service's endpoints end.
func (s *endpointService) domain() string { return s.id + "." + s.region + ".vpce.amazonaws.com" }

func (c *call) awsConfiguration(s *endpointService) types.ServiceConfiguration {
	names, ids := c.serviceZones(s)
	return types.ServiceConfiguration{
		ServiceId: new(s.id), ServiceName: new(s.name), ServiceState: types.ServiceState(s.state(c.now)),
		ServiceType:        []types.ServiceTypeDetail{{ServiceType: types.ServiceTypeInterface}},
		AcceptanceRequired: new(s.accepts), ManagesVpcEndpoints: new(false), RemoteAccessEnabled: new(false),
		AvailabilityZones: names, AvailabilityZoneIds: ids, BaseEndpointDnsNames: []string{s.domain()},
		NetworkLoadBalancerArns: shown(s.balancers, func(b *balancer) string { return b.id }),
		SupportedIpAddressTypes: []types.ServiceConnectivityType{types.ServiceConnectivityTypeIpv4},
		Tags:                    awsTags(s.tags),
	}
}

// awsService shows tags to the owner alone: they are each account's own.
func (c *call) awsService(s *endpointService) types.ServiceDetail {
	names, ids := c.serviceZones(s)
	tags := map[string]string{}
	if s.place == c.place {
		tags = s.tags
	}
	return types.ServiceDetail{
		ServiceId: new(s.id), ServiceName: new(s.name), ServiceRegion: new(s.region), Owner: new(s.account),
		ServiceType:        []types.ServiceTypeDetail{{ServiceType: types.ServiceTypeInterface}},
		AcceptanceRequired: new(s.accepts), ManagesVpcEndpoints: new(false), VpcEndpointPolicySupported: new(false),
		AvailabilityZones: names, AvailabilityZoneIds: ids, BaseEndpointDnsNames: []string{s.domain()},
		SupportedIpAddressTypes: []types.ServiceConnectivityType{types.ServiceConnectivityTypeIpv4},
		Tags:                    awsTags(tags),
	}
}
