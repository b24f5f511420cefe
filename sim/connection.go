package sim

import (
	"slices"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
)

// How endpoints look from the other end: to the owner of the service each is a connection.

var connectionActions = []handler{
	action("DescribeVpcEndpointConnections", reading, (*call).describeConnections),
	action("AcceptVpcEndpointConnections", changing, (*call).acceptConnections),
	action("RejectVpcEndpointConnections", changing, (*call).rejectConnections),
}

var connectionFacets = common("vpc-endpoint-id", "vpc-endpoint-state", facets[*endpoint]{
	"service-id":          one(func(e *endpoint) string { return e.service.id }),
	"vpc-endpoint-owner":  one(func(e *endpoint) string { return e.account }),
	"vpc-endpoint-region": one(func(e *endpoint) string { return e.region }),
	"ip-address-type":     one(func(*endpoint) string { return "ipv4" }),
})

// describeConnections lists the endpoints of all of the account's services, from when on a service knows of them.
func (c *call) describeConnections(in *ec2.DescribeVpcEndpointConnectionsInput) (*ec2.DescribeVpcEndpointConnectionsOutput, error) {
	var all []*endpoint
	place := map[*endpoint]int{} // endpoints of several accounts have no order in common
	for _, s := range c.services.list {
		for _, e := range s.endpoints {
			place[e] = len(place) + 1
			if s.seen(c.now) && e.known(c) {
				all = append(all, e)
			}
		}
	}
	list, err := matching(c, all, in.Filters, connectionFacets)
	if err != nil {
		return nil, err
	}
	list, next, err := pageBy(c, list, func(e *endpoint) int { return place[e] }, in.MaxResults, in.NextToken)
	if err != nil {
		return nil, err
	}
	return &ec2.DescribeVpcEndpointConnectionsOutput{NextToken: next, VpcEndpointConnections: shown(list, c.awsConnection)}, nil
}

// known reports whether the service shows the endpoint among its connections.
func (e *endpoint) known(c *call) bool { return e.seen(c.now) && !c.now.Before(e.arrives) }

func (c *call) awsConnection(e *endpoint) types.VpcEndpointConnection {
	return types.VpcEndpointConnection{
		ServiceId: new(e.service.id), VpcEndpointId: new(e.id), VpcEndpointConnectionId: new(e.connection), VpcEndpointOwner: new(e.account),
		VpcEndpointRegion: new(e.region), VpcEndpointState: types.State(e.state(c.now)), CreationTimestamp: new(e.asked),
		IpAddressType: types.IpAddressTypeIpv4, NetworkLoadBalancerArns: shown(e.service.balancers, func(b *balancer) string { return b.id }),
		Tags: []types.Tag{},
	}
}

// acceptConnections takes what waits for it, and lists the rest (aws-facts §7.5).
func (c *call) acceptConnections(in *ec2.AcceptVpcEndpointConnectionsInput) (*ec2.AcceptVpcEndpointConnectionsOutput, error) {
	failed, err := c.connections(in.ServiceId, in.VpcEndpointIds, []string{"pendingAcceptance"}, func(e *endpoint) {
		e.accepted, e.ready = c.now, c.now.Add(c.opts.draw(c.dice, paces[kindEndpoint.word].create))
	})
	if err != nil {
		return nil, err
	}
	return &ec2.AcceptVpcEndpointConnectionsOutput{Unsuccessful: failed}, nil
}

// rejectConnections takes what waits and what is connected. The endpoint stays, rejected, until its owner deletes it
// (aws-facts §2.17).
func (c *call) rejectConnections(in *ec2.RejectVpcEndpointConnectionsInput) (*ec2.RejectVpcEndpointConnectionsOutput, error) {
	failed, err := c.connections(in.ServiceId, in.VpcEndpointIds, []string{"pendingAcceptance", "pending", "available"}, func(e *endpoint) {
		e.rejected = c.now
	})
	if err != nil {
		return nil, err
	}
	return &ec2.RejectVpcEndpointConnectionsOutput{Unsuccessful: failed}, nil
}

// connections does something to those of a service's endpoints that are in one of the states.
func (c *call) connections(service *string, ids, states []string, do func(*endpoint)) ([]types.UnsuccessfulItem, error) {
	s, err := c.services.use(c, kindService, service)
	if err != nil {
		return nil, err
	}
	failed := []types.UnsuccessfulItem{}
	for _, id := range ids {
		i := slices.IndexFunc(s.endpoints, func(e *endpoint) bool { return e.id == id && e.known(c) })
		switch {
		case i < 0:
			failed = append(failed, unsuccessful(id, fail(kindEndpoint.notFound, kindEndpoint.missing, id)))
		case !slices.Contains(states, s.endpoints[i].state(c.now)):
			failed = append(failed, unsuccessful(id, fail("InvalidState",
				"The Vpc Endpoint '%s' is in the state '%s'", id, s.endpoints[i].state(c.now))))
		default:
			do(s.endpoints[i])
		}
	}
	return failed, nil
}
