package sim_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"
	elbtypes "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2/types"
	"github.com/google/go-cmp/cmp"

	"vpclink/sim"
)

// linkRefusal is one call on a standing link that AWS refuses.
type linkRefusal struct {
	what, code string
	from       string // where aws-facts says so; "assumed" where it does not
	call       func(account, link) error
}

// Shorthands for the calls that are refused in several ways.

func (a account) newTargets(change func(*elb.CreateTargetGroupInput), vpc string) error {
	in := targetGroup(vpc, "new")
	change(in)
	_, err := a.balancing().CreateTargetGroup(a.t.Context(), in)
	return err
}

func (a account) newBalancer(change func(*elb.CreateLoadBalancerInput), group string, subnets ...string) error {
	in := internal("new", []string{group}, subnets...)
	change(in)
	_, err := a.balancing().CreateLoadBalancer(a.t.Context(), in)
	return err
}

func (a account) register(targets, instance string) error {
	_, err := a.balancing().RegisterTargets(a.t.Context(), &elb.RegisterTargetsInput{TargetGroupArn: &targets, Targets: []elbtypes.TargetDescription{{Id: &instance}}})
	return err
}

func (a account) newService(change func(*ec2.CreateVpcEndpointServiceConfigurationInput), balancers ...string) error {
	in := &ec2.CreateVpcEndpointServiceConfigurationInput{NetworkLoadBalancerArns: balancers}
	change(in)
	_, err := a.CreateVpcEndpointServiceConfiguration(a.t.Context(), in)
	return err
}

func (a account) newEndpoint(l link, change func(*ec2.CreateVpcEndpointInput)) error {
	in := interfaceEndpoint(l.consumer.vpc, l.serviceName, l.endpointGroup, l.consumer.subnet)
	change(in)
	_, err := a.CreateVpcEndpoint(a.t.Context(), in)
	return err
}

// absent is an ARN of the form that this one has, of a thing that is not there.
func absent(arn string) string { return arn[:strings.LastIndexByte(arn, '/')+1] + "0123456789abcdef" }

var refusedOfALink = []linkRefusal{
	{"a target group with a check that takes longer than its interval", "ValidationError", "§0.14", func(a account, l link) error {
		return a.newTargets(func(in *elb.CreateTargetGroupInput) { in.HealthCheckTimeoutSeconds = nil }, l.provider.vpc)
	}},
	{"a target group that is checked too often", "ValidationError", "§0.14", func(a account, l link) error {
		return a.newTargets(func(in *elb.CreateTargetGroupInput) { in.HealthCheckIntervalSeconds = new(int32(4)) }, l.provider.vpc)
	}},
	{"a target group that takes one check for healthy", "ValidationError", "§0.14", func(a account, l link) error {
		return a.newTargets(func(in *elb.CreateTargetGroupInput) { in.HealthyThresholdCount = new(int32(1)) }, l.provider.vpc)
	}},
	{"a target group with a long name", "ValidationError", "§1.1", func(a account, l link) error {
		return a.newTargets(func(in *elb.CreateTargetGroupInput) { in.Name = new(strings.Repeat("x", 33)) }, l.provider.vpc)
	}},
	{"a target group with a name of other characters", "ValidationError", "§1.1", func(a account, l link) error {
		return a.newTargets(func(in *elb.CreateTargetGroupInput) { in.Name = new("a_b") }, l.provider.vpc)
	}},
	{"a target group in a VPC that is not there", "ValidationError", "assumed", func(a account, _ link) error {
		return a.newTargets(func(*elb.CreateTargetGroupInput) {}, "vpc-"+none)
	}},
	{"a target group of the same name with other settings", "DuplicateTargetGroupName", "§0.3", func(a account, l link) error {
		return a.newTargets(func(in *elb.CreateTargetGroupInput) {
			in.Name, in.HealthyThresholdCount = new("lab"), new(int32(3))
		}, l.provider.vpc)
	}},
	{"a target group with the same tag twice", "DuplicateTagKeys", "assumed", func(a account, l link) error {
		return a.newTargets(func(in *elb.CreateTargetGroupInput) {
			in.Tags = slices.Concat(balancingTag("a", "1"), balancingTag("a", "2"))
		}, l.provider.vpc)
	}},
	{"a target group that a listener points at", "ResourceInUse", "§1.3", func(a account, l link) error {
		_, err := a.balancing().DeleteTargetGroup(a.t.Context(), &elb.DeleteTargetGroupInput{TargetGroupArn: &l.targets})
		return err
	}},
	{"a target group that is not there", "TargetGroupNotFound", "§1.3", func(a account, l link) error {
		_, err := a.balancing().DeleteTargetGroup(a.t.Context(), &elb.DeleteTargetGroupInput{TargetGroupArn: new(absent(l.targets))})
		return err
	}},
	{"a target group by a name that is not there", "TargetGroupNotFound", "§1.3", func(a account, _ link) error {
		_, err := a.balancing().DescribeTargetGroups(a.t.Context(), &elb.DescribeTargetGroupsInput{Names: []string{"lab", "other"}})
		return err
	}},
	{"an ARN that is none", "ValidationError", "assumed", func(a account, _ link) error {
		_, err := a.balancing().DescribeTargetHealth(a.t.Context(), &elb.DescribeTargetHealthInput{TargetGroupArn: new("lab")})
		return err
	}},
	{"a target in another VPC", "InvalidTarget", "§2.13", func(a account, l link) error { return a.register(l.targets, l.consumer.instance) }},
	{"a target that is not there", "InvalidTarget", "§2.13", func(a account, l link) error { return a.register(l.targets, "i-"+none) }},
	{"an attribute that a target group has not", "ValidationError", "§2.13", func(a account, l link) error {
		_, err := a.balancing().ModifyTargetGroupAttributes(a.t.Context(), &elb.ModifyTargetGroupAttributesInput{
			TargetGroupArn: &l.targets, Attributes: []elbtypes.TargetGroupAttribute{{Key: new("deregistration_delay"), Value: new("1")}},
		})
		return err
	}},
	{"a delay beyond an hour", "ValidationError", "§2.13", func(a account, l link) error {
		_, err := a.balancing().ModifyTargetGroupAttributes(a.t.Context(), &elb.ModifyTargetGroupAttributesInput{
			TargetGroupArn: &l.targets, Attributes: []elbtypes.TargetGroupAttribute{{Key: new("deregistration_delay.timeout_seconds"), Value: new("3601")}},
		})
		return err
	}},

	{"a load balancer called internal-…", "ValidationError", "§1.1", func(a account, l link) error {
		return a.newBalancer(func(in *elb.CreateLoadBalancerInput) { in.Name = new("internal-x") }, l.shield, l.provider.subnet)
	}},
	{"a load balancer of the default type", "InvalidConfigurationRequest", "the simulator's own", func(a account, l link) error {
		return a.newBalancer(func(in *elb.CreateLoadBalancerInput) { in.Type = "" }, l.shield, l.provider.subnet)
	}},
	{"a load balancer in a subnet that is not there", "SubnetNotFound", "§1.3", func(a account, l link) error {
		return a.newBalancer(func(*elb.CreateLoadBalancerInput) {}, l.shield, "subnet-"+none)
	}},
	{"a load balancer without a subnet", "ValidationError", "assumed", func(a account, l link) error {
		return a.newBalancer(func(*elb.CreateLoadBalancerInput) {}, l.shield)
	}},
	{"a load balancer in two VPCs", "InvalidSubnet", "assumed", func(a account, l link) error {
		return a.newBalancer(func(*elb.CreateLoadBalancerInput) {}, l.shield, l.provider.subnet, l.consumer.subnet)
	}},
	{"a load balancer with a group of another VPC", "InvalidSecurityGroup", "§1.3", func(a account, l link) error {
		return a.newBalancer(func(*elb.CreateLoadBalancerInput) {}, l.endpointGroup, l.provider.subnet)
	}},
	{"a load balancer of the same name with other settings", "DuplicateLoadBalancerName", "§0.3", func(a account, l link) error {
		return a.newBalancer(func(in *elb.CreateLoadBalancerInput) { in.Name, in.SecurityGroups = new("lab"), nil }, l.shield, l.provider.subnet)
	}},
	{"a load balancer that an endpoint service holds", "ResourceInUse", "§1.3", func(a account, l link) error {
		_, err := a.balancing().DeleteLoadBalancer(a.t.Context(), &elb.DeleteLoadBalancerInput{LoadBalancerArn: &l.balancer})
		return err
	}},
	{"a load balancer to describe that is not there", "LoadBalancerNotFound", "§1.3", func(a account, l link) error {
		_, err := a.balancing().DescribeLoadBalancers(a.t.Context(), &elb.DescribeLoadBalancersInput{LoadBalancerArns: []string{l.balancer, absent(l.balancer)}})
		return err
	}},
	{"more load balancers than one request takes", "ValidationError", "§1.1", func(a account, l link) error {
		_, err := a.balancing().DescribeLoadBalancers(a.t.Context(), &elb.DescribeLoadBalancersInput{LoadBalancerArns: slices.Repeat([]string{l.balancer}, 21)})
		return err
	}},
	{"a page after a marker that is none", "ValidationError", "assumed", func(a account, _ link) error {
		_, err := a.balancing().DescribeLoadBalancers(a.t.Context(), &elb.DescribeLoadBalancersInput{Marker: new("x")})
		return err
	}},
	{"a load balancer's interface", "OperationNotPermitted", "§2.8", func(a account, _ link) error {
		_, err := a.DeleteNetworkInterface(a.t.Context(), &ec2.DeleteNetworkInterfaceInput{NetworkInterfaceId: a.managed("network_load_balancer")[0].NetworkInterfaceId})
		return err
	}},
	{"a group that a load balancer carries", "DependencyViolation", "§2.5", func(a account, l link) error {
		_, err := a.DeleteSecurityGroup(a.t.Context(), &ec2.DeleteSecurityGroupInput{GroupId: &l.shield})
		return err
	}},
	{"a listener at a port that has one, to another group", "DuplicateListener", "§0.3", func(a account, l link) error {
		_, err := a.balancing().CreateListener(a.t.Context(), forward(l.balancer, a.spare(l.provider.vpc)))
		return err
	}},
	{"a listener to a group of another VPC", "InvalidConfigurationRequest", "assumed", func(a account, l link) error {
		in := forward(l.balancer, a.spare(l.consumer.vpc))
		in.Port = new(int32(80))
		_, err := a.balancing().CreateListener(a.t.Context(), in)
		return err
	}},
	{"a listener to a group that is not there", "TargetGroupNotFound", "§1.3", func(a account, l link) error {
		_, err := a.balancing().CreateListener(a.t.Context(), forward(l.balancer, absent(l.targets)))
		return err
	}},
	{"a listener of UDP", "UnsupportedProtocol", "the simulator's own", func(a account, l link) error {
		in := forward(l.balancer, l.targets)
		in.Protocol = elbtypes.ProtocolEnumUdp
		_, err := a.balancing().CreateListener(a.t.Context(), in)
		return err
	}},
	{"a listener to delete that is not there", "ListenerNotFound", "§1.3", func(a account, l link) error {
		_, err := a.balancing().DeleteListener(a.t.Context(), &elb.DeleteListenerInput{ListenerArn: new(absent(l.listener))})
		return err
	}},
	{"listeners of everything", "ValidationError", "assumed", func(a account, _ link) error {
		_, err := a.balancing().DescribeListeners(a.t.Context(), &elb.DescribeListenersInput{})
		return err
	}},
	{"tags of more than 20 things", "ValidationError", "§1.1", func(a account, l link) error {
		_, err := a.balancing().DescribeTags(a.t.Context(), &elb.DescribeTagsInput{ResourceArns: slices.Repeat([]string{l.targets}, 21)})
		return err
	}},
	{"tags of AWS's own", "ValidationError", "§0.1", func(a account, l link) error {
		_, err := a.balancing().AddTags(a.t.Context(), &elb.AddTagsInput{ResourceArns: []string{l.targets}, Tags: balancingTag("aws:x", "y")})
		return err
	}},

	{"a service without a load balancer", "MissingParameter", "§0.1", func(a account, _ link) error {
		return a.newService(func(*ec2.CreateVpcEndpointServiceConfigurationInput) {})
	}},
	{"a service of a load balancer that is not there", "InvalidNetworkLoadBalancerArn.NotFound", "§1.3", func(a account, l link) error {
		return a.newService(func(*ec2.CreateVpcEndpointServiceConfigurationInput) {}, absent(l.balancer))
	}},
	{"a service of something else", "InvalidNetworkLoadBalancerArn.Malformed", "§1.3", func(a account, l link) error {
		return a.newService(func(*ec2.CreateVpcEndpointServiceConfigurationInput) {}, l.targets)
	}},
	{"a second service of a load balancer", "InvalidParameter", "§1.1", func(a account, l link) error {
		return a.newService(func(*ec2.CreateVpcEndpointServiceConfigurationInput) {}, l.balancer)
	}},
	{"a permission for nobody", "InvalidPrincipal", "assumed", func(a account, l link) error {
		_, err := a.ModifyVpcEndpointServicePermissions(a.t.Context(), &ec2.ModifyVpcEndpointServicePermissionsInput{ServiceId: &l.service, AddAllowedPrincipals: []string{"*", "me"}})
		return err
	}},
	{"a permission of a service that is not there", "InvalidVpcEndpointServiceId.NotFound", "§1.3", func(a account, _ link) error {
		_, err := a.DescribeVpcEndpointServicePermissions(a.t.Context(), &ec2.DescribeVpcEndpointServicePermissionsInput{ServiceId: new("vpce-svc-" + none)})
		return err
	}},
	{"a service to describe that is not there", "InvalidServiceName", "§1.3", func(a account, l link) error {
		_, err := a.DescribeVpcEndpointServices(a.t.Context(), &ec2.DescribeVpcEndpointServicesInput{ServiceNames: []string{l.serviceName, "com.amazonaws.x"}})
		return err
	}},
	{"a connection of a service that is not there", "InvalidVpcEndpointServiceId.NotFound", "§1.3", func(a account, l link) error {
		_, err := a.AcceptVpcEndpointConnections(a.t.Context(), &ec2.AcceptVpcEndpointConnectionsInput{ServiceId: new("vpce-svc-" + none), VpcEndpointIds: []string{l.endpoint}})
		return err
	}},

	{"an endpoint of the default type", "UnsupportedOperation", "the simulator's own", func(a account, l link) error {
		return a.newEndpoint(l, func(in *ec2.CreateVpcEndpointInput) { in.VpcEndpointType = "" })
	}},
	{"an endpoint of type Gateway", "UnsupportedOperation", "the simulator's own", func(a account, l link) error {
		return a.newEndpoint(l, func(in *ec2.CreateVpcEndpointInput) { in.VpcEndpointType = types.VpcEndpointTypeGateway })
	}},
	{"an endpoint of a service that is not there", "InvalidServiceName", "§1.3", func(a account, l link) error {
		return a.newEndpoint(l, func(in *ec2.CreateVpcEndpointInput) { in.ServiceName = new(l.serviceName + "0") })
	}},
	{"an endpoint in a VPC that is not there", "InvalidVpcID.NotFound", "§1.3", func(a account, l link) error {
		return a.newEndpoint(l, func(in *ec2.CreateVpcEndpointInput) { in.VpcId = new("vpc-" + none) })
	}},
	{"an endpoint in a subnet of another VPC", "InvalidParameter", "assumed", func(a account, l link) error {
		return a.newEndpoint(l, func(in *ec2.CreateVpcEndpointInput) { in.SubnetIds = []string{l.provider.subnet} })
	}},
	{"an endpoint with a group of another VPC", "InvalidParameter", "§1.3", func(a account, l link) error {
		return a.newEndpoint(l, func(in *ec2.CreateVpcEndpointInput) { in.SecurityGroupIds = []string{l.shield} })
	}},
	{"an endpoint with a private DNS name that the service has not", "InvalidParameter", "assumed", func(a account, l link) error {
		return a.newEndpoint(l, func(in *ec2.CreateVpcEndpointInput) { in.PrivateDnsEnabled = new(true) })
	}},
	{"an endpoint with another kind's tags", "InvalidParameterValue", "§0.1", func(a account, l link) error {
		return a.newEndpoint(l, func(in *ec2.CreateVpcEndpointInput) { in.TagSpecifications = named("vpc", "x") })
	}},
	{"an endpoint that would do no more than a dry run", "DryRunOperation", "§0.1", func(a account, l link) error {
		return a.newEndpoint(l, func(in *ec2.CreateVpcEndpointInput) { in.DryRun = new(true) })
	}},
	{"an endpoint to describe that is not there", "InvalidVpcEndpointId.NotFound", "§1.3", func(a account, l link) error {
		_, err := a.DescribeVpcEndpoints(a.t.Context(), &ec2.DescribeVpcEndpointsInput{VpcEndpointIds: []string{l.endpoint, "vpce-" + none}})
		return err
	}},
	{"an endpoint's interface", "OperationNotPermitted", "§2.8", func(a account, _ link) error {
		_, err := a.DeleteNetworkInterface(a.t.Context(), &ec2.DeleteNetworkInterfaceInput{NetworkInterfaceId: a.managed("vpc_endpoint")[0].NetworkInterfaceId})
		return err
	}},
	{"a group that an endpoint carries", "DependencyViolation", "§2.5", func(a account, l link) error {
		_, err := a.DeleteSecurityGroup(a.t.Context(), &ec2.DeleteSecurityGroupInput{GroupId: &l.endpointGroup})
		return err
	}},
	{"endpoints by a filter that is not documented", "InvalidParameterValue", "§7.2", func(a account, _ link) error {
		_, err := a.DescribeVpcEndpoints(a.t.Context(), &ec2.DescribeVpcEndpointsInput{Filters: filter("state", "available")})
		return err
	}},
	{"tags for an endpoint that is not there", "InvalidVpcEndpointId.NotFound", "§1.3", func(a account, _ link) error {
		_, err := a.CreateTags(a.t.Context(), &ec2.CreateTagsInput{Resources: []string{"vpce-" + none}, Tags: []types.Tag{{Key: new("x"), Value: new("y")}}})
		return err
	}},
}

func TestLinkRefusals(t *testing.T) {
	story(t, sim.Options{NoLimits: true}, func(t *testing.T, w *sim.World, a account) {
		l := a.link()
		a.spare(l.provider.vpc)
		a.spare(l.consumer.vpc)
		pass(2 * s)
		before := w.Objects()
		for _, r := range refusedOfALink {
			if have := code(r.call(a, l)); have != r.code {
				t.Errorf("%s should be refused with %s (aws-facts %s), but the answer was %q", r.what, r.code, r.from, have)
			}
			if diff := cmp.Diff(before, w.Objects()); diff != "" {
				t.Fatalf("%s was refused, and still changed the world (-before +after):\n%s", r.what, diff)
			}
		}
	})
}

// spare is a target group of a VPC that nothing uses; made twice it is one.
func (a account) spare(vpc string) string {
	a.t.Helper()
	out, err := a.balancing().CreateTargetGroup(a.t.Context(), targetGroup(vpc, "spare-"+vpc[len(vpc)-8:]))
	a.fatal(err)
	return *out.TargetGroups[0].TargetGroupArn
}

// managed lists AWS's own interfaces of a type.
func (a account) managed(form string) []types.NetworkInterface {
	a.t.Helper()
	out, err := a.DescribeNetworkInterfaces(a.t.Context(), &ec2.DescribeNetworkInterfacesInput{Filters: filter("interface-type", form)})
	a.fatal(err)
	return out.NetworkInterfaces
}
