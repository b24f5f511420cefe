package sim

import (
	"fmt"
	"slices"
	"strings"

	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"
	elbtypes "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2/types"
)

// How load balancers are shown.

func (c *call) describeBalancers(in *elb.DescribeLoadBalancersInput) (*elb.DescribeLoadBalancersOutput, error) {
	var list []*balancer
	var err error
	switch {
	case len(in.Names) > 0 && len(in.LoadBalancerArns) > 0:
		return nil, unusable("Load balancer names and load balancer ARNs cannot be specified at the same time")
	case len(in.Names) > 0:
		list, err = chosenByName(c, &c.balancers, kindBalancer, in.Names, func(b *balancer) string { return b.name })
	default:
		list, err = chosenByARN(c, &c.balancers, kindBalancer, in.LoadBalancerArns)
	}
	if err != nil {
		return nil, err
	}
	list, next, err := marked(c, list, in.PageSize, in.Marker)
	if err != nil {
		return nil, err
	}
	return &elb.DescribeLoadBalancersOutput{NextMarker: next, LoadBalancers: shown(list, c.awsBalancer)}, nil
}

func (c *call) awsBalancer(b *balancer) elbtypes.LoadBalancer {
	out := elbtypes.LoadBalancer{
		LoadBalancerArn: new(b.id), LoadBalancerName: new(b.name), VpcId: new(b.parent), CreatedTime: new(b.asked),
		Type: elbtypes.LoadBalancerTypeEnumNetwork, Scheme: elbtypes.LoadBalancerSchemeEnumInternal, IpAddressType: elbtypes.IpAddressTypeIpv4,
		State:                 &elbtypes.LoadBalancerState{Code: elbtypes.LoadBalancerStateEnum(b.state(c.now))},
		DNSName:               new(b.name + "-" + b.hash + ".elb." + c.region.name + ".amazonaws.com"),
		CanonicalHostedZoneId: new(c.hostedZone("elb")),
	}
	if b.guarded {
		out.SecurityGroups = b.groups
		out.EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic = new(onOff(b.enforces))
	}
	for _, n := range b.interfaces {
		out.AvailabilityZones = append(out.AvailabilityZones, elbtypes.AvailabilityZone{
			ZoneName: new(n.zone.name), SubnetId: new(n.subnet), LoadBalancerAddresses: []elbtypes.LoadBalancerAddress{},
		})
	}
	return out
}

// in reports whether a zone is enabled for the load balancer.
func (b *balancer) in(z *zone) bool {
	return slices.ContainsFunc(b.interfaces, func(n *netInterface) bool { return n.zone.id == z.id })
}

// crossZone is off unless somebody turned it on (aws-facts §2.14).
func (b *balancer) crossZone() bool {
	return b.attributes["load_balancing.cross_zone.enabled"] == "true"
}

// hostedZone is the ID of AWS's own DNS zone for a service in a region.
func (r *region) hostedZone(service string) string {
	return fmt.Sprintf("Z%013X", hashOf(place{service, r.name})>>12)
}

func sortedNames(ids []string) string {
	return strings.Join(slices.Sorted(slices.Values(ids)), " ")
}

func onOff(b bool) string {
	if b {
		return "on"
	}
	return "off"
}
