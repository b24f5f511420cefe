package steps

import (
	"context"
	"slices"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"vpclink/cloud"
	"vpclink/state"
	"vpclink/waiters"
	"vpclink/words"
)

// EndpointService are the settings of an endpoint service on a network load balancer, with acceptance required.
type EndpointService struct {
	NLB state.Value `json:"nlb"`
}

// OutServiceName is the entry of Out that holds the name by which consumers ask for an endpoint service.
const OutServiceName = "service_name"

type endpointServiceAPI interface {
	ec2.DescribeVpcEndpointServiceConfigurationsAPIClient
	ec2.DescribeVpcEndpointConnectionsAPIClient
	CreateVpcEndpointServiceConfiguration(
		context.Context, *ec2.CreateVpcEndpointServiceConfigurationInput, ...func(*ec2.Options),
	) (*ec2.CreateVpcEndpointServiceConfigurationOutput, error)
	ModifyVpcEndpointServiceConfiguration(
		context.Context, *ec2.ModifyVpcEndpointServiceConfigurationInput, ...func(*ec2.Options),
	) (*ec2.ModifyVpcEndpointServiceConfigurationOutput, error)
	DeleteVpcEndpointServiceConfigurations(
		context.Context, *ec2.DeleteVpcEndpointServiceConfigurationsInput, ...func(*ec2.Options),
	) (*ec2.DeleteVpcEndpointServiceConfigurationsOutput, error)
	RejectVpcEndpointConnections(
		context.Context, *ec2.RejectVpcEndpointConnectionsInput, ...func(*ec2.Options),
	) (*ec2.RejectVpcEndpointConnectionsOutput, error)
}

type endpointService struct{}

var _ typed[EndpointService] = endpointService{}

func (endpointService) life() waiters.Life {
	return waiters.Life{
		Making: []string{"Pending"}, Ready: []string{"Available"}, Leaving: []string{"Deleting"}, Gone: []string{"Deleted"}, Failed: []string{"Failed"},
		Typical: 5 * time.Second, Timeout: 10 * time.Minute,
	}
}

func (k endpointService) view() view[EndpointService, types.ServiceConfiguration] {
	return view[EndpointService, types.ServiceConfiguration]{
		life:  k.life(),
		id:    func(s types.ServiceConfiguration) string { return aws.ToString(s.ServiceId) },
		tags:  func(s types.ServiceConfiguration) []types.Tag { return s.Tags },
		state: func(s types.ServiceConfiguration) (string, string) { return string(s.ServiceState), "" },
		out: func(s types.ServiceConfiguration) map[string]string {
			return map[string]string{OutServiceName: aws.ToString(s.ServiceName)}
		},
		diff: serviceDiff,
	}
}

func (k endpointService) observe(ctx context.Context, env Env, wants []want[EndpointService]) ([]Observation, error) {
	v := k.view()
	seen, err := lookup(ctx, env, wants, "service-id", v.id, describeEndpointServices(env.EC2))
	return v.match(env, wants, seen), err
}

func (k endpointService) create(ctx context.Context, env Env, w want[EndpointService]) (Observation, error) {
	var api endpointServiceAPI = env.EC2
	out, err := api.CreateVpcEndpointServiceConfiguration(ctx, &ec2.CreateVpcEndpointServiceConfigurationInput{
		AcceptanceRequired: aws.Bool(true), NetworkLoadBalancerArns: []string{w.set.NLB.String()}, ClientToken: aws.String(w.Token),
		TagSpecifications: env.tagged(w.Record, types.ResourceTypeVpcEndpointService),
	})
	if err != nil {
		later := []string{"InvalidNetworkLoadBalancerArn.NotFound", "NetworkLoadBalancerNotFoundException"}
		return Observation{}, codes{create: slices.Concat(later, unseenNLB)}.taken(err)
	}
	made, err := part(out.ServiceConfiguration, "making an endpoint service")
	return k.view().observation(w, made), err
}

// AWS keeps a service as long as it has connections. Ours are gone before it; whoever else has connected is rejected,
// and then AWS still counts the connection for some seconds (aws-facts §2.15).
func (endpointService) remove(ctx context.Context, env Env, w want[EndpointService]) error {
	var api endpointServiceAPI = env.EC2
	out, err := api.DeleteVpcEndpointServiceConfigurations(ctx, &ec2.DeleteVpcEndpointServiceConfigurationsInput{ServiceIds: []string{w.ID}})
	if err == nil {
		err = unsuccessful("DeleteVpcEndpointServiceConfigurations", out.Unsuccessful)
	}
	if !cloud.HasCode(err, connected...) {
		return codes{}.removed(err)
	}
	if rejected := rejectConnections(ctx, api, w.ID); rejected != nil {
		return rejected
	}
	return codes{remove: connected}.removed(err)
}

// connected are the codes of a service that has connections.
var connected = []string{"ExistingVpcEndpointConnections"}

// rejectConnections rejects all that is connected to a service or asks to be.
func rejectConnections(ctx context.Context, api endpointServiceAPI, service string) error {
	open, err := connections(ctx, api, service)
	if err != nil || len(open) == 0 {
		return err
	}
	out, err := api.RejectVpcEndpointConnections(ctx, &ec2.RejectVpcEndpointConnectionsInput{ServiceId: aws.String(service), VpcEndpointIds: open})
	if err != nil {
		return err
	}
	if err := unsuccessful("RejectVpcEndpointConnections", out.Unsuccessful); err != nil {
		return &NotYetError{Waiting: words.New("a connection could not be rejected"), Err: err} // it may have gone meanwhile
	}
	return nil
}

// connections are the endpoints that are connected to a service or ask to be.
func connections(ctx context.Context, api ec2.DescribeVpcEndpointConnectionsAPIClient, service string) ([]string, error) {
	p := ec2.NewDescribeVpcEndpointConnectionsPaginator(api, &ec2.DescribeVpcEndpointConnectionsInput{
		Filters: []types.Filter{filter("service-id", service)},
	})
	return pages(ctx, p, func(o *ec2.DescribeVpcEndpointConnectionsOutput) []string {
		var ids []string
		for _, c := range o.VpcEndpointConnections {
			if aws.ToString(c.ServiceId) == service && slices.ContainsFunc(openStates, func(s string) bool { return is(c.VpcEndpointState, s) }) {
				ids = append(ids, aws.ToString(c.VpcEndpointId))
			}
		}
		return ids
	})
}

func describeEndpointServices(api ec2.DescribeVpcEndpointServiceConfigurationsAPIClient) fetch[types.ServiceConfiguration] {
	return func(ctx context.Context, by []types.Filter) ([]types.ServiceConfiguration, error) {
		p := ec2.NewDescribeVpcEndpointServiceConfigurationsPaginator(api, &ec2.DescribeVpcEndpointServiceConfigurationsInput{Filters: by})
		return pages(ctx, p, func(o *ec2.DescribeVpcEndpointServiceConfigurationsOutput) []types.ServiceConfiguration {
			return o.ServiceConfigurations
		})
	}
}
