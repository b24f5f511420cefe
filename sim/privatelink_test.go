package sim_test

import (
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"
	elbtypes "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2/types"
	"github.com/google/go-cmp/cmp"

	"vpclink/sim"
)

// takeLinkDown takes a link away in the order of aws-facts §3: each thing as soon as AWS takes its delete.
func (a account) takeLinkDown(l link) {
	a.t.Helper()
	ctx := a.t.Context()
	if failed := failures(a.deleteEndpoint(l.endpoint)); failed != "" {
		a.t.Fatalf("deleting the endpoint should not end with %s", failed)
	}
	a.waitFor(func() error {
		_, err := a.DeleteSecurityGroup(ctx, &ec2.DeleteSecurityGroupInput{GroupId: &l.endpointGroup})
		return err
	})
	if failed := failures(a.deleteService(l.service)); failed != "" {
		a.t.Fatalf("deleting the service should not end with %s", failed)
	}
	pass(5 * s)
	_, err := a.balancing().DeleteListener(ctx, &elb.DeleteListenerInput{ListenerArn: &l.listener})
	a.fatal(err)
	_, err = a.balancing().DeleteLoadBalancer(ctx, &elb.DeleteLoadBalancerInput{LoadBalancerArn: &l.balancer})
	a.fatal(err)
	_, err = a.balancing().DeleteTargetGroup(ctx, &elb.DeleteTargetGroupInput{TargetGroupArn: &l.targets})
	a.fatal(err)
	for _, s := range []site{l.provider, l.consumer} {
		_, err = a.TerminateInstances(ctx, &ec2.TerminateInstancesInput{InstanceIds: []string{s.instance}})
		a.fatal(err)
		_, err = a.DisassociateRouteTable(ctx, &ec2.DisassociateRouteTableInput{AssociationId: &s.tableLink})
		a.fatal(err)
	}
	for _, group := range []string{l.provider.group, l.consumer.group, l.shield} { // the provider's names the load balancer's
		a.waitFor(func() error {
			_, err := a.DeleteSecurityGroup(ctx, &ec2.DeleteSecurityGroupInput{GroupId: &group})
			return err
		})
	}
	for _, s := range []site{l.provider, l.consumer} {
		_, err = a.DeleteRouteTable(ctx, &ec2.DeleteRouteTableInput{RouteTableId: &s.table})
		a.fatal(err)
		_, err = a.DeleteSubnet(ctx, &ec2.DeleteSubnetInput{SubnetId: &s.subnet})
		a.fatal(err)
		pass(5 * time.Second)
		_, err = a.DeleteVpc(ctx, &ec2.DeleteVpcInput{VpcId: &s.vpc})
		a.fatal(err)
	}
	pass(3 * time.Minute)
}

// everyPrivatelinkAction is the part of TestEveryAction that is about links.
func (a account) everyPrivatelinkAction() {
	a.t.Helper()
	ctx := a.t.Context()
	l := a.link()
	a.linkAnswers()
	e := a.balancing()
	_, err := e.DescribeListeners(ctx, &elb.DescribeListenersInput{LoadBalancerArn: &l.balancer})
	a.fatal(err)
	_, err = e.DescribeTargetGroupAttributes(ctx, &elb.DescribeTargetGroupAttributesInput{TargetGroupArn: &l.targets})
	a.fatal(err)
	_, err = e.ModifyTargetGroupAttributes(ctx, &elb.ModifyTargetGroupAttributesInput{TargetGroupArn: &l.targets, Attributes: []elbtypes.TargetGroupAttribute{{Key: new("stickiness.enabled"), Value: new("false")}}})
	a.fatal(err)
	_, err = e.DescribeLoadBalancerAttributes(ctx, &elb.DescribeLoadBalancerAttributesInput{LoadBalancerArn: &l.balancer})
	a.fatal(err)
	_, err = e.ModifyLoadBalancerAttributes(ctx, &elb.ModifyLoadBalancerAttributesInput{LoadBalancerArn: &l.balancer, Attributes: []elbtypes.LoadBalancerAttribute{{Key: new("deletion_protection.enabled"), Value: new("false")}}})
	a.fatal(err)
	_, err = e.SetSecurityGroups(ctx, &elb.SetSecurityGroupsInput{LoadBalancerArn: &l.balancer, SecurityGroups: []string{l.shield}})
	a.fatal(err)
	_, err = e.AddTags(ctx, &elb.AddTagsInput{ResourceArns: []string{l.balancer}, Tags: balancingTag("x", "y")})
	a.fatal(err)
	_, err = e.DescribeTags(ctx, &elb.DescribeTagsInput{ResourceArns: []string{l.balancer}})
	a.fatal(err)
	_, err = e.RemoveTags(ctx, &elb.RemoveTagsInput{ResourceArns: []string{l.balancer}, TagKeys: []string{"x"}})
	a.fatal(err)
	_, err = e.ModifyTargetGroup(ctx, &elb.ModifyTargetGroupInput{TargetGroupArn: &l.targets, HealthCheckIntervalSeconds: new(int32(10))})
	a.fatal(err)
	_, err = e.ModifyListener(ctx, &elb.ModifyListenerInput{ListenerArn: &l.listener, Port: new(int32(3389))})
	a.fatal(err)
	_, err = a.idleFor(l.listener, "500")
	a.fatal(err)
	_, err = e.DescribeListenerAttributes(ctx, &elb.DescribeListenerAttributesInput{ListenerArn: &l.listener})
	a.fatal(err)
	_, err = a.ModifyVpcEndpoint(ctx, &ec2.ModifyVpcEndpointInput{VpcEndpointId: &l.endpoint, AddSecurityGroupIds: []string{l.endpointGroup}})
	a.fatal(err)
	_, err = a.ModifyVpcEndpointServiceConfiguration(ctx, &ec2.ModifyVpcEndpointServiceConfigurationInput{ServiceId: &l.service, AcceptanceRequired: new(true)})
	a.fatal(err)
	_, err = e.DeregisterTargets(ctx, &elb.DeregisterTargetsInput{TargetGroupArn: &l.targets, Targets: []elbtypes.TargetDescription{{Id: &l.provider.instance}}})
	a.fatal(err)
	_, err = a.permitRoot(l.service)
	a.fatal(err)
	_, err = a.DescribeVpcEndpointServicePermissions(ctx, &ec2.DescribeVpcEndpointServicePermissionsInput{ServiceId: &l.service})
	a.fatal(err)
	_, err = a.DescribeVpcEndpointServices(ctx, &ec2.DescribeVpcEndpointServicesInput{})
	a.fatal(err)
	_, err = a.RejectVpcEndpointConnections(ctx, &ec2.RejectVpcEndpointConnectionsInput{ServiceId: &l.service, VpcEndpointIds: []string{l.endpoint}})
	a.fatal(err)
	a.takeLinkDown(l)
}

// ofALink is what a link consists of.
var ofALink = map[string]int{
	"vpc": 2, "subnet": 2, "route-table": 2, "route-table-association": 2, "security-group": 4, "security-group-rule": 5,
	"instance": 2, "network-interface": 4, "target-group": 1, "target": 1, "nlb": 1, "listener": 1, "endpoint-service": 1, "vpc-endpoint": 1,
}

func TestALinkComesAndGoes(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, w *sim.World, a account) {
		_, err := a.DescribeVpcs(t.Context(), &ec2.DescribeVpcsInput{}) // AWS's own things come with the first look
		a.fatal(err)
		furniture := w.Furniture()
		l := a.link()
		if diff := cmp.Diff(ofALink, kinds(w.Objects())); diff != "" {
			t.Errorf("the link should have these things, four interfaces among them (-want +have):\n%s", diff)
		}
		watch(t, a, "the target", a.health(l.targets), moment{0, "healthy"})
		watch(t, a, "the endpoint", endpointState(l.endpoint), moment{0, "available"})
		a.takeLinkDown(l)
		if left := w.Objects(); len(left) > 0 {
			t.Errorf("nothing should be left, but there is %+v", left)
		}
		if diff := cmp.Diff(ofALink, kinds(w.History())); diff != "" {
			t.Errorf("history should keep what is gone (-want +have):\n%s", diff)
		}
		if diff := cmp.Diff(furniture, w.Furniture()); diff != "" {
			t.Errorf("AWS's own things should be as before (-before +after):\n%s", diff)
		}
	})
}
