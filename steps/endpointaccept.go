package steps

import (
	"context"
	"slices"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"

	"vpclink/cloud"
	"vpclink/state"
	"vpclink/waiters"
	"vpclink/words"
)

// EndpointAccept are the settings of the acceptance of an endpoint by the service's owner. Its ID is the endpoint's.
type EndpointAccept struct {
	Service  state.Value `json:"service"`
	Endpoint state.Value `json:"endpoint"`
	VPC      state.Value `json:"vpc"` // the endpoint's
}

type endpointAcceptAPI interface {
	AcceptVpcEndpointConnections(
		context.Context, *ec2.AcceptVpcEndpointConnectionsInput, ...func(*ec2.Options),
	) (*ec2.AcceptVpcEndpointConnectionsOutput, error)
}

type endpointAccept struct{}

var _ typed[EndpointAccept] = endpointAccept{}

// An acceptance is not taken back: it goes with the endpoint.
func (endpointAccept) life() waiters.Life {
	return waiters.Life{
		Making: []string{"pending", "partial"}, Ready: []string{"available"}, Leaving: []string{"deleting"}, Gone: []string{"deleted"},
		Dead: []string{"rejected", "failed", "expired"}, NoUndo: true,
		Typical: 45 * time.Second, Timeout: 15 * time.Minute,
	}
}

func (k endpointAccept) view() view[EndpointAccept, endpoint] {
	return view[EndpointAccept, endpoint]{
		life: k.life(), id: endpoint.id, state: endpoint.state,
		wanted: func(set EndpointAccept) string { return set.Endpoint.String() }, natural: endpoint.id,
		lacks: func(_ EndpointAccept, e endpoint) words.Text {
			if len(e.DnsEntries) == 0 {
				return "DNS names"
			}
			return ""
		},
	}
}

// An endpoint that still asks to be accepted is not.
func (k endpointAccept) observe(ctx context.Context, env Env, wants []want[EndpointAccept]) ([]Observation, error) {
	vpc := func(set EndpointAccept) string { return set.VPC.String() }
	list, err := fetchByParent(ctx, wants, "vpc-id", vpc, describeEndpoints(env.EC2))
	var seen []endpoint
	for _, e := range list {
		if !is(e.State, "pendingAcceptance") {
			seen = append(seen, endpoint{VpcEndpoint: e})
		}
	}
	return k.view().match(env, wants, seen), err
}

// A connection shows at the service some time after the endpoint does; one that is in no state to be accepted may be
// accepted already, and is looked at.
func (endpointAccept) create(ctx context.Context, env Env, w want[EndpointAccept]) (Observation, error) {
	var api endpointAcceptAPI = env.EC2
	out, err := api.AcceptVpcEndpointConnections(ctx, &ec2.AcceptVpcEndpointConnectionsInput{
		ServiceId: aws.String(w.set.Service.String()), VpcEndpointIds: []string{w.set.Endpoint.String()},
	})
	if err == nil {
		err = unsuccessful("AcceptVpcEndpointConnections", out.Unsuccessful)
	}
	switch {
	case err == nil:
		return Observation{ID: w.set.Endpoint.String()}, nil
	case cloud.MeaningOf(err) == cloud.WrongState:
		return Observation{}, words.Errorf("%w: %w", ErrExists, err)
	}
	return Observation{}, codes{create: slices.Concat(unseenEndpoint, unseenEndpointService)}.taken(err)
}

func (endpointAccept) remove(context.Context, Env, want[EndpointAccept]) error { return nil }

// Codes of endpoints and services that are not there, or not to be seen yet (aws-facts §1.3: either spelling).
var (
	unseenEndpoint        = []string{"InvalidVpcEndpoint.NotFound", "InvalidVpcEndpointId.NotFound"}
	unseenEndpointService = []string{"InvalidVpcEndpointService.NotFound", "InvalidVpcEndpointServiceId.NotFound"}
)
