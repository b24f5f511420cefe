package sim_test

import (
	"time"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"
	elbtypes "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2/types"
)

// privatelinkRequests ask what the examples of PrivateLink and Elastic Load Balancing ask.
var privatelinkRequests = map[string]func(a account) (any, error){
	"CreateTargetGroup": func(a account) (any, error) {
		return a.balancing().CreateTargetGroup(a.t.Context(), targetGroup(a.vpc("a", "10.0.0.0/16"), "my-targets"))
	},
	"DescribeTargetGroups": func(a account) (any, error) {
		// The example is of HTTP; checks by HTTP a TCP group can have too.
		n := a.network()
		in := targetGroup(n.vpc, "my-targets")
		in.HealthCheckProtocol, in.Matcher = elbtypes.ProtocolEnumHttp, &elbtypes.Matcher{HttpCode: new("200")}
		out, err := a.balancing().CreateTargetGroup(a.t.Context(), in)
		a.fatal(err)
		pass(2 * s)
		arn := *out.TargetGroups[0].TargetGroupArn
		a.listener(a.balancer("my-load-balancer", n.group, n.subnet), arn)
		return a.balancing().DescribeTargetGroups(a.t.Context(), &elb.DescribeTargetGroupsInput{TargetGroupArns: []string{arn}})
	},
	"DeleteTargetGroup": func(a account) (any, error) {
		arn, _ := a.oneTarget()
		return a.balancing().DeleteTargetGroup(a.t.Context(), &elb.DeleteTargetGroupInput{TargetGroupArn: &arn})
	},
	"RegisterTargets": func(a account) (any, error) {
		arn, target := a.oneTarget()
		target[0].Port = new(int32(766))
		return a.balancing().RegisterTargets(a.t.Context(), &elb.RegisterTargetsInput{TargetGroupArn: &arn, Targets: target})
	},
	"DeregisterTargets": func(a account) (any, error) {
		arn, target := a.oneTarget()
		return a.balancing().DeregisterTargets(a.t.Context(), &elb.DeregisterTargetsInput{TargetGroupArn: &arn, Targets: target})
	},
	"DescribeTargetHealth": func(a account) (any, error) { return a.healthAt80(true, true, time.Minute) },
	"DescribeTargetHealth/unused": func(a account) (any, error) {
		return a.healthAt80(false, true, time.Minute)
	},
	"DescribeTargetHealth/initial":   func(a account) (any, error) { return a.healthAt80(true, true, 5*s) },
	"DescribeTargetHealth/unhealthy": func(a account) (any, error) { return a.healthAt80(true, false, time.Minute) },
	"ModifyTargetGroupAttributes": func(a account) (any, error) {
		arn, _ := a.oneTarget()
		return a.balancing().ModifyTargetGroupAttributes(a.t.Context(), &elb.ModifyTargetGroupAttributesInput{
			TargetGroupArn: &arn, Attributes: []elbtypes.TargetGroupAttribute{{Key: new("deregistration_delay.timeout_seconds"), Value: new("600")}},
		})
	},
	"DescribeTargetGroupAttributes": func(a account) (any, error) {
		arn, _ := a.oneTarget()
		return a.balancing().DescribeTargetGroupAttributes(a.t.Context(), &elb.DescribeTargetGroupAttributesInput{TargetGroupArn: &arn})
	},

	"CreateLoadBalancer": func(a account) (any, error) {
		n := a.network()
		return a.balancing().CreateLoadBalancer(a.t.Context(), internal("my-network-load-balancer", nil, n.subnet))
	},
	"DescribeLoadBalancers": func(a account) (any, error) {
		n := a.network()
		arn := a.balancer("my-load-balancer", n.group, n.subnet)
		return a.balancing().DescribeLoadBalancers(a.t.Context(), &elb.DescribeLoadBalancersInput{LoadBalancerArns: []string{arn}})
	},
	"DeleteLoadBalancer": func(a account) (any, error) {
		n := a.network()
		arn := a.balancer("my-load-balancer", n.group, n.subnet)
		return a.balancing().DeleteLoadBalancer(a.t.Context(), &elb.DeleteLoadBalancerInput{LoadBalancerArn: &arn})
	},
	"SetSecurityGroups": func(a account) (any, error) {
		n := a.network()
		arn := a.balancer("my-load-balancer", n.group, n.subnet)
		return a.balancing().SetSecurityGroups(a.t.Context(), &elb.SetSecurityGroupsInput{LoadBalancerArn: &arn, SecurityGroups: []string{n.group}})
	},
	"ModifyLoadBalancerAttributes": func(a account) (any, error) {
		n := a.network()
		arn := a.balancer("my-load-balancer", n.group, n.subnet)
		return a.balancing().ModifyLoadBalancerAttributes(a.t.Context(), &elb.ModifyLoadBalancerAttributesInput{
			LoadBalancerArn: &arn, Attributes: []elbtypes.LoadBalancerAttribute{{Key: new("deletion_protection.enabled"), Value: new("true")}},
		})
	},
	"DescribeLoadBalancerAttributes": func(a account) (any, error) {
		n := a.network()
		arn := a.balancer("my-load-balancer", n.group, n.subnet)
		return a.balancing().DescribeLoadBalancerAttributes(a.t.Context(), &elb.DescribeLoadBalancerAttributesInput{LoadBalancerArn: &arn})
	},
	"CreateListener": func(a account) (any, error) {
		n := a.network()
		out, err := a.balancing().CreateTargetGroup(a.t.Context(), targetGroup(n.vpc, "my-targets"))
		a.fatal(err)
		pass(2 * s)
		return a.balancing().CreateListener(a.t.Context(), forward(a.balancer("my-load-balancer", n.group, n.subnet), *out.TargetGroups[0].TargetGroupArn))
	},
	"DescribeListeners": func(a account) (any, error) {
		return a.balancing().DescribeListeners(a.t.Context(), &elb.DescribeListenersInput{ListenerArns: []string{a.link().listener}})
	},
	"DeleteListener": func(a account) (any, error) {
		return a.balancing().DeleteListener(a.t.Context(), &elb.DeleteListenerInput{ListenerArn: new(a.link().listener)})
	},
	"AddTags": func(a account) (any, error) {
		arn, _ := a.oneTarget()
		return a.balancing().AddTags(a.t.Context(), &elb.AddTagsInput{ResourceArns: []string{arn}, Tags: balancingTag("project", "lima")})
	},
	"RemoveTags": func(a account) (any, error) {
		arn, _ := a.oneTarget()
		return a.balancing().RemoveTags(a.t.Context(), &elb.RemoveTagsInput{ResourceArns: []string{arn}, TagKeys: []string{"project"}})
	},
	"DescribeTags": func(a account) (any, error) {
		n := a.network()
		arn := a.balancer("my-load-balancer", n.group, n.subnet)
		_, err := a.balancing().AddTags(a.t.Context(), &elb.AddTagsInput{ResourceArns: []string{arn}, Tags: balancingTag("project", "lima")})
		a.fatal(err)
		return a.balancing().DescribeTags(a.t.Context(), &elb.DescribeTagsInput{ResourceArns: []string{arn}})
	},

	"CreateVpcEndpointServiceConfiguration": func(a account) (any, error) {
		n := a.network()
		return a.CreateVpcEndpointServiceConfiguration(a.t.Context(), &ec2.CreateVpcEndpointServiceConfigurationInput{
			NetworkLoadBalancerArns: []string{a.balancer("nlb-vpce", n.group, n.subnet)}, AcceptanceRequired: new(true),
		})
	},
	"DescribeVpcEndpointServiceConfigurations": func(a account) (any, error) {
		n := a.network()
		_, err := a.CreateVpcEndpointServiceConfiguration(a.t.Context(), &ec2.CreateVpcEndpointServiceConfigurationInput{
			NetworkLoadBalancerArns: []string{a.balancer("nlb-vpce", n.group, n.subnet)},
		})
		a.fatal(err)
		pass(2 * s)
		return a.DescribeVpcEndpointServiceConfigurations(a.t.Context(), &ec2.DescribeVpcEndpointServiceConfigurationsInput{})
	},
	"DeleteVpcEndpointServiceConfigurations": func(a account) (any, error) {
		n := a.network()
		id, _ := a.endpointService(a.balancer("nlb-vpce", n.group, n.subnet))
		return a.DeleteVpcEndpointServiceConfigurations(a.t.Context(), &ec2.DeleteVpcEndpointServiceConfigurationsInput{ServiceIds: []string{id}})
	},
	"DescribeVpcEndpointServices": func(a account) (any, error) {
		n := a.network()
		_, err := a.CreateVpcEndpointServiceConfiguration(a.t.Context(), &ec2.CreateVpcEndpointServiceConfigurationInput{
			NetworkLoadBalancerArns: []string{a.balancer("nlb-vpce", n.group, n.subnet)}, AcceptanceRequired: new(false),
		})
		a.fatal(err)
		pass(2 * s)
		return a.DescribeVpcEndpointServices(a.t.Context(), &ec2.DescribeVpcEndpointServicesInput{Filters: filter("service-type", "Interface")})
	},
	"ModifyVpcEndpointServicePermissions": func(a account) (any, error) {
		n := a.network()
		id, _ := a.endpointService(a.balancer("nlb-vpce", n.group, n.subnet))
		return a.permitRoot(id)
	},
	"DescribeVpcEndpointServicePermissions": func(a account) (any, error) {
		n := a.network()
		id, _ := a.endpointService(a.balancer("nlb-vpce", n.group, n.subnet))
		_, err := a.permitRoot(id)
		a.fatal(err)
		pass(2 * s)
		return a.DescribeVpcEndpointServicePermissions(a.t.Context(), &ec2.DescribeVpcEndpointServicePermissionsInput{ServiceId: &id})
	},
	"CreateVpcEndpoint": func(a account) (any, error) {
		n := a.network()
		_, name := a.endpointService(a.balancer("nlb-vpce", n.group, n.subnet))
		return a.CreateVpcEndpoint(a.t.Context(), interfaceEndpoint(n.vpc, name, n.group, n.subnet))
	},
	"DescribeVpcEndpoints": func(a account) (any, error) {
		return a.DescribeVpcEndpoints(a.t.Context(), &ec2.DescribeVpcEndpointsInput{VpcEndpointIds: []string{a.link().endpoint}})
	},
	"DeleteVpcEndpoints": func(a account) (any, error) {
		return a.DeleteVpcEndpoints(a.t.Context(), &ec2.DeleteVpcEndpointsInput{VpcEndpointIds: []string{a.link().endpoint}})
	},
	"DescribeVpcEndpointConnections": func(a account) (any, error) {
		n := a.network()
		_, name := a.endpointService(a.balancer("nlb-vpce", n.group, n.subnet))
		a.endpoint(n.vpc, name, n.group, n.subnet)
		return a.DescribeVpcEndpointConnections(a.t.Context(), &ec2.DescribeVpcEndpointConnectionsInput{Filters: filter("vpc-endpoint-state", "pendingAcceptance")})
	},
	"AcceptVpcEndpointConnections": func(a account) (any, error) {
		n := a.network()
		id, name := a.endpointService(a.balancer("nlb-vpce", n.group, n.subnet))
		return a.AcceptVpcEndpointConnections(a.t.Context(), &ec2.AcceptVpcEndpointConnectionsInput{
			ServiceId: &id, VpcEndpointIds: []string{a.endpoint(n.vpc, name, n.group, n.subnet)},
		})
	},
	"RejectVpcEndpointConnections": func(a account) (any, error) {
		n := a.network()
		id, name := a.endpointService(a.balancer("nlb-vpce", n.group, n.subnet))
		return a.RejectVpcEndpointConnections(a.t.Context(), &ec2.RejectVpcEndpointConnectionsInput{
			ServiceId: &id, VpcEndpointIds: []string{a.endpoint(n.vpc, name, n.group, n.subnet)},
		})
	},
}

// oneTarget is a target group with its only target.
func (a account) oneTarget() (string, []elbtypes.TargetDescription) {
	a.t.Helper()
	n := a.network()
	id := a.instance(n.subnet, n.group)
	return a.targets(n.vpc, "my-targets", id), []elbtypes.TargetDescription{{Id: &id}}
}

// healthAt80 asks for the health of a target at port 80, some time after a listener points at it, or none does, and
// with or without a rule that admits its checks.
func (a account) healthAt80(listens, admits bool, after time.Duration) (any, error) {
	a.t.Helper()
	n := a.network()
	id := a.instance(n.subnet, n.group)
	if admits {
		_, err := a.AuthorizeSecurityGroupIngress(a.t.Context(), &ec2.AuthorizeSecurityGroupIngressInput{GroupId: &n.group, IpProtocol: new("-1"), CidrIp: new("10.0.0.0/16")})
		a.fatal(err)
	}
	in := targetGroup(n.vpc, "my-targets")
	in.Port = new(int32(80))
	out, err := a.balancing().CreateTargetGroup(a.t.Context(), in)
	a.fatal(err)
	pass(2 * s)
	arn := out.TargetGroups[0].TargetGroupArn
	_, err = a.balancing().RegisterTargets(a.t.Context(), &elb.RegisterTargetsInput{TargetGroupArn: arn, Targets: []elbtypes.TargetDescription{{Id: &id}}})
	a.fatal(err)
	if listens {
		a.listener(a.balancer("my-load-balancer", n.group, n.subnet), *arn)
	}
	pass(after)
	return a.balancing().DescribeTargetHealth(a.t.Context(), &elb.DescribeTargetHealthInput{TargetGroupArn: arn})
}

func balancingTag(key, value string) []elbtypes.Tag {
	return []elbtypes.Tag{{Key: &key, Value: &value}}
}

// permitRoot lets another account use a service.
func (a account) permitRoot(service string) (*ec2.ModifyVpcEndpointServicePermissionsOutput, error) {
	return a.ModifyVpcEndpointServicePermissions(a.t.Context(), &ec2.ModifyVpcEndpointServicePermissionsInput{
		ServiceId: &service, AddAllowedPrincipals: []string{"arn:aws:iam::123456789012:root"},
	})
}
