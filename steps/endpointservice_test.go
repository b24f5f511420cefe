package steps

import (
	"context"
	"errors"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"vpclink/state"
	"vpclink/waiters"
)

type serviceCalls struct {
	account
	create      call[ec2.CreateVpcEndpointServiceConfigurationInput, ec2.CreateVpcEndpointServiceConfigurationOutput]
	remove      call[ec2.DeleteVpcEndpointServiceConfigurationsInput, ec2.DeleteVpcEndpointServiceConfigurationsOutput]
	reject      call[ec2.RejectVpcEndpointConnectionsInput, ec2.RejectVpcEndpointConnectionsOutput]
	connections list[types.VpcEndpointConnection]
}

func (c *serviceCalls) CreateVpcEndpointServiceConfiguration(
	_ context.Context, in *ec2.CreateVpcEndpointServiceConfigurationInput, _ ...opt,
) (*ec2.CreateVpcEndpointServiceConfigurationOutput, error) {
	return c.create.do(in)
}

func (c *serviceCalls) DeleteVpcEndpointServiceConfigurations(
	_ context.Context, in *ec2.DeleteVpcEndpointServiceConfigurationsInput, _ ...opt,
) (*ec2.DeleteVpcEndpointServiceConfigurationsOutput, error) {
	return c.remove.do(in)
}

func (c *serviceCalls) RejectVpcEndpointConnections(
	_ context.Context, in *ec2.RejectVpcEndpointConnectionsInput, _ ...opt,
) (*ec2.RejectVpcEndpointConnectionsOutput, error) {
	return c.reject.do(in)
}

func (c *serviceCalls) DescribeVpcEndpointConnections(
	_ context.Context, in *ec2.DescribeVpcEndpointConnectionsInput, _ ...opt,
) (*ec2.DescribeVpcEndpointConnectionsOutput, error) {
	page, next, err := c.connections.page(in.Filters, in.NextToken)
	return &ec2.DescribeVpcEndpointConnectionsOutput{VpcEndpointConnections: page, NextToken: next}, err
}

const serviceA state.Key = "1.3.4/endpoint-service/a"

// serviceName is the name of a's service, vpce-svc-1.
const serviceName = "com.amazonaws.vpce.ap-northeast-1.vpce-svc-1"

func onNLBa() EndpointService { return EndpointService{NLB: state.Literal(nlbARN)} }

// offered is an endpoint service as AWS shows it.
func offered(id string, word types.ServiceState, tags []types.Tag) types.ServiceConfiguration {
	return types.ServiceConfiguration{ServiceId: &id, ServiceName: new("com.amazonaws.vpce.ap-northeast-1." + id), ServiceState: word, Tags: tags}
}

func TestOfferService(t *testing.T) {
	aws := &serviceCalls{}
	aws.create.answer.ServiceConfiguration = new(offered("vpce-svc-1", "Pending", nil))
	rec := record(t, serviceA, "", onNLBa())
	same(t, "what AWS answered", Observation{
		Key: serviceA, ID: "vpce-svc-1", State: "Pending", Ours: true, Out: map[string]string{OutServiceName: serviceName},
	}, made(t, aws, rec))
	same(t, "load balancer, acceptance required, token and tags", []*ec2.CreateVpcEndpointServiceConfigurationInput{{
		AcceptanceRequired: new(true), NetworkLoadBalancerArns: []string{nlbARN}, ClientToken: new("token-1"),
		TagSpecifications: here(nil).tagged(rec, "vpc-endpoint-service"),
	}}, aws.create.sent)

	for _, part := range []*types.ServiceConfiguration{nil, {}} {
		aws.create.answer.ServiceConfiguration = part
		unanswered(t, aws, rec)
	}
}

func TestServiceRefused(t *testing.T) {
	rec := record(t, serviceA, "vpce-svc-1", onNLBa())
	refusals(t, "CreateVpcEndpointServiceConfiguration", map[string]error{
		// The load balancer is new.
		"InvalidNetworkLoadBalancerArn.NotFound": waiters.ErrNotYet, "NetworkLoadBalancerNotFoundException": waiters.ErrNotYet, "LoadBalancerNotFound": waiters.ErrNotYet,
		"InvalidNetworkLoadBalancerArn.Malformed": asItIs, "VpcEndpointServiceLimitExceeded": asItIs,
	}, func(answer error) error {
		aws := &serviceCalls{}
		aws.create.err = answer
		return creating(t, aws, rec)
	})
	meanings := map[string]error{
		"InvalidVpcEndpointService.NotFound": waiters.ErrNone, "InvalidVpcEndpointServiceId.NotFound": waiters.ErrNone,
		"ExistingVpcEndpointConnections": waiters.ErrNotYet, "UnauthorizedOperation": asItIs,
	}
	refusals(t, "DeleteVpcEndpointServiceConfigurations", meanings, func(answer error) error {
		aws := &serviceCalls{}
		aws.remove.err = answer
		return deleting(t, aws, rec)
	})
	listedRefusals(t, "DeleteVpcEndpointServiceConfigurations", meanings, func(items []types.UnsuccessfulItem) error {
		aws := &serviceCalls{}
		aws.remove.answer.Unsuccessful = items
		return deleting(t, aws, rec)
	})
}

// connection is a connection to a service as its owner sees it.
func connection(service, endpoint string, word types.State) types.VpcEndpointConnection {
	return types.VpcEndpointConnection{ServiceId: &service, VpcEndpointId: &endpoint, VpcEndpointState: word}
}

// Whoever else is connected when ours are gone is rejected; then AWS counts the connection for some seconds more, and
// the delete is to be repeated.
func TestWithdrawService(t *testing.T) {
	rec := record(t, serviceA, "vpce-svc-1", onNLBa())
	aws := &serviceCalls{}
	if err := deleting(t, aws, rec); err != nil {
		t.Errorf("want the service deleted, got %v", err)
	}
	same(t, "the journal's ID in the call", []*ec2.DeleteVpcEndpointServiceConfigurationsInput{{ServiceIds: []string{"vpce-svc-1"}}}, aws.remove.sent)
	same(t, "nobody rejected without need", 0, len(aws.reject.sent)+len(aws.connections.asked))

	existing := []types.UnsuccessfulItem{{Error: &types.UnsuccessfulItemError{Code: new("ExistingVpcEndpointConnections")}}}
	aws.remove.answer.Unsuccessful = existing
	aws.connections.things = []types.VpcEndpointConnection{
		connection("vpce-svc-1", "vpce-1", "pendingAcceptance"), connection("vpce-svc-1", "vpce-2", "pending"),
		connection("vpce-svc-1", "vpce-3", "available"), connection("vpce-svc-1", "vpce-4", types.StateAvailable), // the SDK's spelling
		connection("vpce-svc-1", "vpce-5", "deleting"), connection("vpce-svc-1", "vpce-6", "rejected"), connection("vpce-svc-1", "vpce-7", "deleted"),
		connection("vpce-svc-x", "vpce-8", "available"),
	}
	waits(t, deleting(t, aws, rec), "")
	same(t, "the service's connections asked for", []string{"service-id=vpce-svc-1"}, aws.connections.asked)
	same(t, "those that are open rejected", []*ec2.RejectVpcEndpointConnectionsInput{
		{ServiceId: new("vpce-svc-1"), VpcEndpointIds: []string{"vpce-1", "vpce-2", "vpce-3", "vpce-4"}},
	}, aws.reject.sent)

	gone := &serviceCalls{}
	gone.remove.answer.Unsuccessful, gone.connections.things = existing, aws.connections.things[4:]
	waits(t, deleting(t, gone, rec), "")
	same(t, "nobody rejected whose connection is closed", 0, len(gone.reject.sent))
}

// What comes of the rejection decides: a connection may have gone meanwhile, anything else stays in the way.
func TestServiceWhoseConnectionsStay(t *testing.T) {
	rec := record(t, serviceA, "vpce-svc-1", onNLBa())
	with := func(edit func(*serviceCalls)) error {
		aws := &serviceCalls{}
		aws.remove.answer.Unsuccessful = []types.UnsuccessfulItem{{Error: &types.UnsuccessfulItemError{Code: new("ExistingVpcEndpointConnections")}}}
		aws.connections.things = []types.VpcEndpointConnection{connection("vpce-svc-1", "vpce-1", "available")}
		edit(aws)
		return deleting(t, aws, rec)
	}
	no := refused("Reject", "UnauthorizedOperation")
	for name, edit := range map[string]func(*serviceCalls){
		"the look fails":          func(aws *serviceCalls) { aws.connections.err = no },
		"the rejection is denied": func(aws *serviceCalls) { aws.reject.err = no },
	} {
		if err := with(edit); !errors.Is(err, no) || errors.Is(err, waiters.ErrNotYet) {
			t.Errorf("%s: want AWS's answer handed on, got %v", name, err)
		}
	}
	waits(t, with(func(aws *serviceCalls) {
		aws.reject.answer.Unsuccessful = []types.UnsuccessfulItem{{Error: &types.UnsuccessfulItemError{Code: new("InvalidState")}}}
	}), "a connection could not be rejected")
}

func TestObserveService(t *testing.T) {
	asWanted := Observation{
		Key: serviceA, ID: "vpce-svc-1", State: "Available", Ours: true, Token: "token-1", Out: map[string]string{OutServiceName: serviceName},
	}
	untagged := asWanted
	untagged.Token, untagged.Diff = "", bare(untagged.Key)
	for _, test := range []struct {
		name  string
		id    string
		shown []types.ServiceConfiguration
		want  []Observation
		asked []string
	}{
		{
			name: "ours", want: []Observation{asWanted}, asked: []string{"tag:vpclink:lineage=" + lineage},
			shown: []types.ServiceConfiguration{offered("vpce-svc-x", "Available", nil), offered("vpce-svc-1", "Available", ours(serviceA))},
		},
		{
			name: "ours, tags taken off", id: "vpce-svc-1", want: []Observation{untagged}, asked: []string{"service-id=vpce-svc-1"},
			shown: []types.ServiceConfiguration{offered("vpce-svc-1", "Available", nil)},
		},
		{
			name: "strangers'", asked: []string{"tag:vpclink:lineage=" + lineage},
			shown: []types.ServiceConfiguration{offered("vpce-svc-x", "Available", nil), offered("vpce-svc-y", "Available", theirs(serviceA))},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			aws := &serviceCalls{}
			aws.services.things = test.shown
			same(t, "a's service", test.want, seen(t, KindEndpointService, aws, record(t, serviceA, test.id, onNLBa())))
			same(t, "what was asked for", test.asked, aws.services.asked)
		})
	}
}
