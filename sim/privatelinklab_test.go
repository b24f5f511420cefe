package sim_test

import (
	"context"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"
	elbtypes "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2/types"
)

// link is two sites, with the same addresses, of which the second reaches the first's instance through PrivateLink.
type link struct {
	provider, consumer                            site
	targets, shield, balancer, listener           string
	service, serviceName, endpointGroup, endpoint string
}

// balancing is Elastic Load Balancing for the same account and region.
func (a account) balancing() *elb.Client {
	o := a.Options()
	return elb.New(elb.Options{Region: o.Region, HTTPClient: o.HTTPClient, Credentials: o.Credentials, Retryer: o.Retryer})
}

// targetGroup is what the tutorial asks for, with the checks of a lab in a hurry: 2 × 5 s.
func targetGroup(vpc, name string) *elb.CreateTargetGroupInput {
	return &elb.CreateTargetGroupInput{
		Name: &name, VpcId: &vpc, Protocol: elbtypes.ProtocolEnumTcp, Port: new(int32(3389)), TargetType: elbtypes.TargetTypeEnumInstance,
		HealthCheckIntervalSeconds: new(int32(5)), HealthCheckTimeoutSeconds: new(int32(4)), HealthyThresholdCount: new(int32(2)),
	}
}

func (a account) targets(vpc, name, instance string) string {
	a.t.Helper()
	out, err := a.balancing().CreateTargetGroup(a.t.Context(), targetGroup(vpc, name))
	a.fatal(err)
	pass(2 * s)
	arn := *out.TargetGroups[0].TargetGroupArn
	_, err = a.balancing().RegisterTargets(a.t.Context(), &elb.RegisterTargetsInput{TargetGroupArn: &arn, Targets: []elbtypes.TargetDescription{{Id: &instance}}})
	a.fatal(err)
	return arn
}

func internal(name string, groups []string, subnets ...string) *elb.CreateLoadBalancerInput {
	return &elb.CreateLoadBalancerInput{
		Name: &name, Type: elbtypes.LoadBalancerTypeEnumNetwork, Scheme: elbtypes.LoadBalancerSchemeEnumInternal, Subnets: subnets, SecurityGroups: groups,
	}
}

func (a account) balancer(name, group string, subnets ...string) string {
	a.t.Helper()
	out, err := a.balancing().CreateLoadBalancer(a.t.Context(), internal(name, []string{group}, subnets...))
	a.fatal(err)
	pass(150 * s)
	return *out.LoadBalancers[0].LoadBalancerArn
}

func forward(balancer, targets string) *elb.CreateListenerInput {
	return &elb.CreateListenerInput{
		LoadBalancerArn: &balancer, Protocol: elbtypes.ProtocolEnumTcp, Port: new(int32(3389)),
		DefaultActions: []elbtypes.Action{{Type: elbtypes.ActionTypeEnumForward, TargetGroupArn: &targets}},
	}
}

func (a account) listener(balancer, targets string) string {
	a.t.Helper()
	out, err := a.balancing().CreateListener(a.t.Context(), forward(balancer, targets))
	a.fatal(err)
	pass(2 * s)
	return *out.Listeners[0].ListenerArn
}

// admitGroup lets another group in at TCP 3389.
func (a account) admitGroup(group, peer string) {
	a.t.Helper()
	_, err := a.AuthorizeSecurityGroupIngress(a.t.Context(), &ec2.AuthorizeSecurityGroupIngressInput{GroupId: &group, IpPermissions: []types.IpPermission{{
		IpProtocol: new("tcp"), FromPort: new(int32(3389)), ToPort: new(int32(3389)), UserIdGroupPairs: []types.UserIdGroupPair{{GroupId: &peer}},
	}}})
	a.fatal(err)
	pass(2 * s)
}

func (a account) endpointService(balancer string) (id, name string) {
	a.t.Helper()
	out, err := a.CreateVpcEndpointServiceConfiguration(a.t.Context(), &ec2.CreateVpcEndpointServiceConfigurationInput{
		NetworkLoadBalancerArns: []string{balancer}, AcceptanceRequired: new(true), TagSpecifications: named("vpc-endpoint-service", "a"),
	})
	a.fatal(err)
	pass(2 * s)
	return *out.ServiceConfiguration.ServiceId, *out.ServiceConfiguration.ServiceName
}

func interfaceEndpoint(vpc, service, group string, subnets ...string) *ec2.CreateVpcEndpointInput {
	return &ec2.CreateVpcEndpointInput{
		VpcId: &vpc, VpcEndpointType: types.VpcEndpointTypeInterface, ServiceName: &service, SubnetIds: subnets, SecurityGroupIds: []string{group},
		TagSpecifications: named("vpc-endpoint", "a"),
	}
}

// endpoint makes one and waits until it asks for acceptance.
func (a account) endpoint(vpc, service, group, subnet string) string {
	a.t.Helper()
	out, err := a.CreateVpcEndpoint(a.t.Context(), interfaceEndpoint(vpc, service, group, subnet))
	a.fatal(err)
	pass(30 * s)
	return *out.VpcEndpoint.VpcEndpointId
}

func (a account) acceptEndpoints(service string, endpoints ...string) []types.UnsuccessfulItem {
	a.t.Helper()
	out, err := a.AcceptVpcEndpointConnections(a.t.Context(), &ec2.AcceptVpcEndpointConnectionsInput{ServiceId: &service, VpcEndpointIds: endpoints})
	a.fatal(err)
	return out.Unsuccessful
}

func (a account) deleteEndpoint(endpoint string) []types.UnsuccessfulItem {
	a.t.Helper()
	out, err := a.DeleteVpcEndpoints(a.t.Context(), &ec2.DeleteVpcEndpointsInput{VpcEndpointIds: []string{endpoint}})
	a.fatal(err)
	return out.Unsuccessful
}

func (a account) deleteService(service string) []types.UnsuccessfulItem {
	a.t.Helper()
	out, err := a.DeleteVpcEndpointServiceConfigurations(a.t.Context(), &ec2.DeleteVpcEndpointServiceConfigurationsInput{ServiceIds: []string{service}})
	a.fatal(err)
	return out.Unsuccessful
}

// failures are the codes of an answer's Unsuccessful, "" for none.
func failures(items []types.UnsuccessfulItem) string {
	var codes []string
	for _, i := range items {
		codes = append(codes, *i.Error.Code)
	}
	return strings.Join(codes, " ")
}

// link makes all of it, in the tutorial's order.
func (a account) link() link {
	a.t.Helper()
	l := link{
		provider: a.site("provider", "10.0.0.0/16", "10.0.0.0/24", "10.9.0.0/16"),
		consumer: a.site("consumer", "10.0.0.0/16", "10.0.0.0/24", "10.9.0.0/16"),
	}
	l.targets = a.targets(l.provider.vpc, "lab", l.provider.instance)
	l.shield = a.group(l.provider.vpc, "nlb")
	a.admit(l.shield, l.consumer.cidr)
	a.admitGroup(l.provider.group, l.shield)
	l.balancer = a.balancer("lab", l.shield, l.provider.subnet)
	l.listener = a.listener(l.balancer, l.targets)
	l.service, l.serviceName = a.endpointService(l.balancer)
	l.endpointGroup = a.group(l.consumer.vpc, "endpoint")
	a.admitGroup(l.endpointGroup, l.consumer.group)
	l.endpoint = a.endpoint(l.consumer.vpc, l.serviceName, l.endpointGroup, l.consumer.subnet)
	if failed := failures(a.acceptEndpoints(l.service, l.endpoint)); failed != "" {
		a.t.Fatalf("accepting the endpoint should not end with %s", failed)
	}
	pass(45 * s)
	return l
}

// The looks below say what reads show of one thing, for watch.

func endpointState(id string) func(context.Context, *ec2.Client) string {
	return func(ctx context.Context, c *ec2.Client) string {
		out, err := c.DescribeVpcEndpoints(ctx, &ec2.DescribeVpcEndpointsInput{VpcEndpointIds: []string{id}})
		if err != nil {
			return code(err)
		}
		return string(out.VpcEndpoints[0].State)
	}
}

func connectionState(endpoint string) func(context.Context, *ec2.Client) string {
	return func(ctx context.Context, c *ec2.Client) string {
		out, err := c.DescribeVpcEndpointConnections(ctx, &ec2.DescribeVpcEndpointConnectionsInput{Filters: filter("vpc-endpoint-id", endpoint)})
		switch {
		case err != nil:
			return code(err)
		case len(out.VpcEndpointConnections) == 0:
			return "absent"
		}
		return string(out.VpcEndpointConnections[0].VpcEndpointState)
	}
}

func serviceState(id string) func(context.Context, *ec2.Client) string {
	return func(ctx context.Context, c *ec2.Client) string {
		out, err := c.DescribeVpcEndpointServiceConfigurations(ctx, &ec2.DescribeVpcEndpointServiceConfigurationsInput{ServiceIds: []string{id}})
		if err != nil {
			return code(err)
		}
		return string(out.ServiceConfigurations[0].ServiceState)
	}
}

func (a account) balancerState(arn string) func(context.Context, *ec2.Client) string {
	return func(ctx context.Context, _ *ec2.Client) string {
		out, err := a.balancing().DescribeLoadBalancers(ctx, &elb.DescribeLoadBalancersInput{LoadBalancerArns: []string{arn}})
		if err != nil {
			return code(err)
		}
		return string(out.LoadBalancers[0].State.Code)
	}
}

// health is the state of a group's only target, with the reason.
func (a account) health(targets string) func(context.Context, *ec2.Client) string {
	return func(ctx context.Context, _ *ec2.Client) string {
		out, err := a.balancing().DescribeTargetHealth(ctx, &elb.DescribeTargetHealthInput{TargetGroupArn: &targets})
		switch {
		case err != nil:
			return code(err)
		case len(out.TargetHealthDescriptions) == 0:
			return "absent"
		}
		h := out.TargetHealthDescriptions[0].TargetHealth
		return strings.TrimSpace(string(h.State) + " " + string(h.Reason))
	}
}

// waitFor lets time pass until a call is taken, for an hour at most, and returns how long it was refused.
func (a account) waitFor(call func() error) time.Duration {
	a.t.Helper()
	for waited := time.Duration(0); ; waited += s {
		err := call()
		if err == nil {
			return waited
		}
		if waited > time.Hour {
			a.t.Fatalf("the call should have been taken within an hour: %v", err)
		}
		pass(s)
	}
}
