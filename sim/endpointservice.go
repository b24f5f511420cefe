package sim

import (
	"slices"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
)

var serviceActions = []handler{
	action("CreateVpcEndpointServiceConfiguration", changing, (*call).createService),
	action("DescribeVpcEndpointServiceConfigurations", reading, (*call).describeServiceConfigurations),
	action("DescribeVpcEndpointServices", reading, (*call).describeServices),
	action("DeleteVpcEndpointServiceConfigurations", changing, (*call).deleteServices),
}

// endpointService is an endpoint service: load balancers that endpoints of other VPCs, and of other accounts, lead to.
type endpointService struct {
	thing
	place      // of its owner
	name       string
	accepts    bool // each endpoint must be accepted
	balancers  []*balancer
	endpoints  []*endpoint // all that ever were, of all accounts
	steady     time.Time   // until then it may answer 503 once
	complained bool        // and has
}

func (c *call) createService(in *ec2.CreateVpcEndpointServiceConfigurationInput) (*ec2.CreateVpcEndpointServiceConfigurationOutput, error) {
	if done, err := c.repeated(in.ClientToken); done != nil || err != nil {
		if err != nil {
			return nil, err
		}
		return c.serviceMade(c.services.byID[done[0]], in.ClientToken), nil
	}
	tags, err := tagsOnCreate(in.TagSpecifications, kindService)
	if err != nil {
		return nil, err
	}
	balancers, err := c.servable(in)
	if err != nil {
		return nil, err
	}
	have := c.services.holding(c, all)
	if err := within(len(have), c.opts.Quotas.EndpointServices, "VpcEndpointServiceLimitExceeded", "VPC endpoint services"); err != nil {
		return nil, err
	}
	s := &endpointService{thing: c.born(kindService, "", tags), place: c.place, accepts: or(in.AcceptanceRequired, true), balancers: balancers}
	s.name = "com.amazonaws.vpce." + c.region.name + "." + s.id
	s.steady = latest(s.ready, s.visible).Add(c.opts.draw(c.dice, serviceUnsteady))
	c.services.add(c.region, s)
	c.remember(in.ClientToken, s.id)
	return c.serviceMade(s, in.ClientToken), nil
}

func (c *call) serviceMade(s *endpointService, token *string) *ec2.CreateVpcEndpointServiceConfigurationOutput {
	return &ec2.CreateVpcEndpointServiceConfigurationOutput{ServiceConfiguration: new(c.awsConfiguration(s)), ClientToken: token}
}

// servable finds the load balancers of a new service. That one serves one service is aws-facts §1.1; that one must be
// active is not documented: whoever waits for it is safe in either case (aws-facts §2.15).
func (c *call) servable(in *ec2.CreateVpcEndpointServiceConfigurationInput) ([]*balancer, error) {
	switch {
	case len(in.GatewayLoadBalancerArns) > 0:
		return nil, fail("UnsupportedOperation", "The simulator has no gateway load balancers.")
	case in.PrivateDnsName != nil:
		return nil, fail("UnsupportedOperation", "The simulator has no private DNS names of endpoint services.")
	case len(in.SupportedRegions) > 0:
		return nil, fail("UnsupportedOperation", "The simulator has no endpoint services across regions.")
	case len(in.NetworkLoadBalancerArns) == 0:
		return nil, missing("networkLoadBalancerArns")
	case slices.ContainsFunc(in.SupportedIpAddressTypes, func(t string) bool { return t != "ipv4" }):
		return nil, fail("UnsupportedOperation", "The simulator has endpoint services of IP address type ipv4 only.")
	}
	var list []*balancer
	for i, arn := range in.NetworkLoadBalancerArns {
		if balancingKind(arn) != "loadbalancer" {
			return nil, fail("InvalidNetworkLoadBalancerArn.Malformed", "The network load balancer ARN '%s' is malformed", arn)
		}
		b, err := byARN(c, &c.balancers, kindBalancer, &in.NetworkLoadBalancerArns[i])
		if err != nil {
			return nil, fail("InvalidNetworkLoadBalancerArn.NotFound", "The network load balancer '%s' does not exist", arn)
		}
		if b.stage(c.now) != standing {
			return nil, fail("InvalidParameter", "The network load balancer '%s' is not active", arn)
		}
		if len(c.services.holding(c, func(s *endpointService) bool { return slices.Contains(s.balancers, b) })) > 0 || slices.Contains(list, b) {
			return nil, fail("InvalidParameter", "The network load balancer '%s' is already associated with a VPC endpoint service", arn)
		}
		list = append(list, b)
	}
	return list, nil
}

// deleteServices answers with success, and lists what it has not deleted (aws-facts §7.5). A service that is being
// deleted is on its way already.
func (c *call) deleteServices(in *ec2.DeleteVpcEndpointServiceConfigurationsInput) (*ec2.DeleteVpcEndpointServiceConfigurationsOutput, error) {
	failed := []types.UnsuccessfulItem{}
	for i, id := range in.ServiceIds {
		s, err := c.services.read(c, kindService, &in.ServiceIds[i])
		switch {
		case err != nil:
			failed = append(failed, unsuccessful(id, err))
		case slices.ContainsFunc(s.endpoints, func(e *endpoint) bool { return e.counts(c.now) }):
			failed = append(failed, unsuccessful(id, fail("ExistingVpcEndpointConnections", "Service has existing active VPC Endpoint connections!")))
		case s.stands(c.now):
			c.leave(&s.thing)
			for _, p := range c.principals.in(s.id).standing(c, all) {
				p.leaveWith(&s.life)
			}
		}
	}
	return &ec2.DeleteVpcEndpointServiceConfigurationsOutput{Unsuccessful: failed}, nil
}

func unsuccessful(id string, err error) types.UnsuccessfulItem {
	e := asAWS(err)
	return types.UnsuccessfulItem{ResourceId: new(id), Error: &types.UnsuccessfulItemError{Code: new(e.Code), Message: new(e.Message)}}
}

// in reports whether endpoints can lie in a zone. Zones go by their IDs: names are each account's own.
func (s *endpointService) in(z *zone) bool {
	return slices.ContainsFunc(s.balancers, func(b *balancer) bool { return b.in(z) })
}
