package sim

import (
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
)

// How endpoints are shown to their owner.

var endpointFacets = common("vpc-endpoint-id", "vpc-endpoint-state", facets[*endpoint]{
	"vpc-endpoint-type": one(func(*endpoint) string { return "Interface" }),
	"vpc-id":            one(func(e *endpoint) string { return e.parent }),
	"service-name":      one(func(e *endpoint) string { return e.service.name }),
	"service-region":    one(func(e *endpoint) string { return e.service.region }),
	"ip-address-type":   one(func(*endpoint) string { return "ipv4" }),
})

func (c *call) describeEndpoints(in *ec2.DescribeVpcEndpointsInput) (*ec2.DescribeVpcEndpointsOutput, error) {
	ask := listing{in.VpcEndpointIds, in.Filters, in.MaxResults, in.NextToken}
	list, next, err := listed(c, &c.endpoints, kindEndpoint, endpointFacets, ask)
	if err != nil {
		return nil, err
	}
	return &ec2.DescribeVpcEndpointsOutput{NextToken: next, VpcEndpoints: shown(list, c.awsEndpoint)}, nil
}

func (c *call) awsEndpoint(e *endpoint) types.VpcEndpoint {
	out := types.VpcEndpoint{
		VpcEndpointId: new(e.id), VpcEndpointType: types.VpcEndpointTypeInterface, VpcId: new(e.parent), OwnerId: new(e.account),
		ServiceName: new(e.service.name), ServiceRegion: new(e.service.region), State: types.State(e.state(c.now)),
		CreationTimestamp: new(e.asked), IpAddressType: types.IpAddressTypeIpv4, PrivateDnsEnabled: new(false), RequesterManaged: new(false),
		RouteTableIds: []string{}, SubnetIds: []string{}, NetworkInterfaceIds: []string{}, Groups: []types.SecurityGroupIdentifier{},
		PolicyDocument: new(fullAccess), DnsEntries: c.dnsEntries(e), Tags: awsTags(e.tags),
	}
	for _, n := range e.interfaces {
		out.SubnetIds = append(out.SubnetIds, n.subnet)
		out.NetworkInterfaceIds = append(out.NetworkInterfaceIds, n.id)
	}
	for _, id := range e.groups {
		out.Groups = append(out.Groups, types.SecurityGroupIdentifier{GroupId: new(id), GroupName: new(c.groups.byID[id].name)})
	}
	return out
}

// dnsEntries are there once the endpoint is available: first the name for the whole region, then one for each zone
// (aws-facts §2.17).
func (c *call) dnsEntries(e *endpoint) []types.DnsEntry {
	list := []types.DnsEntry{}
	if e.state(c.now) != "available" {
		return list
	}
	zone := new(c.hostedZone("vpce"))
	list = append(list, types.DnsEntry{DnsName: new(e.id + "-" + e.label + "." + e.service.domain()), HostedZoneId: zone})
	for _, n := range e.interfaces {
		list = append(list, types.DnsEntry{DnsName: new(e.id + "-" + e.label + "-" + n.zone.name + "." + e.service.domain()), HostedZoneId: zone})
	}
	return list
}
