package sim_test

import (
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"
	elbtypes "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2/types"
	"github.com/google/go-cmp/cmp"

	"vpclink/sim"
)

func (a account) regroup(instance string, groups ...string) error {
	_, err := a.ModifyInstanceAttribute(a.t.Context(), &ec2.ModifyInstanceAttributeInput{InstanceId: &instance, Groups: groups})
	return err
}

func (a account) rewrite(group, rule, cidr string) error {
	_, err := a.ModifySecurityGroupRules(a.t.Context(), &ec2.ModifySecurityGroupRulesInput{GroupId: &group, SecurityGroupRules: []types.SecurityGroupRuleUpdate{{
		SecurityGroupRuleId: &rule, SecurityGroupRule: &types.SecurityGroupRuleRequest{IpProtocol: new("tcp"), FromPort: new(int32(22)), ToPort: new(int32(22)), CidrIpv4: &cidr},
	}}})
	return err
}

func TestTheNetworkIsModified(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, _ *sim.World, a account) {
		ctx := t.Context()
		s, far := a.site("a", "10.0.0.0/16", "10.0.0.0/24", "10.1.0.0/16"), a.vpc("far", "10.2.0.0/16")
		other, elsewhere := a.group(s.vpc, "other"), a.group(far, "elsewhere")

		a.fatal(a.regroup(s.instance, s.group, other))
		seen, err := a.DescribeInstances(ctx, &ec2.DescribeInstancesInput{InstanceIds: []string{s.instance}})
		a.fatal(err)
		var groups []string
		for _, g := range seen.Reservations[0].Instances[0].SecurityGroups {
			groups = append(groups, *g.GroupId)
		}
		if diff := cmp.Diff([]string{s.group, other}, groups); diff != "" {
			t.Errorf("the instance has both groups (-want +got):\n%s", diff)
		}
		wantCode(t, a.regroup(s.instance, elsewhere), "InvalidParameter", "a group of another VPC")
		_, err = a.DeleteSecurityGroup(ctx, &ec2.DeleteSecurityGroupInput{GroupId: &other})
		wantCode(t, err, "DependencyViolation", "a group that the instance has now")

		a.fatal(a.rewrite(s.group, s.rule, "10.9.0.0/16"))
		rules, err := a.DescribeSecurityGroupRules(ctx, &ec2.DescribeSecurityGroupRulesInput{SecurityGroupRuleIds: []string{s.rule}})
		a.fatal(err)
		if r := rules.SecurityGroupRules[0]; *r.CidrIpv4 != "10.9.0.0/16" || *r.FromPort != 22 {
			t.Errorf("the rule keeps its ID and lets in another block at another port, got %s at %d", *r.CidrIpv4, *r.FromPort)
		}
		a.admit(s.group, "10.3.0.0/16")
		wantCode(t, a.rewrite(other, s.rule, "10.9.0.0/16"), "InvalidSecurityGroupRuleId.NotFound", "a rule of another group")

		table := a.routeTable(s.vpc)
		out, err := a.ReplaceRouteTableAssociation(ctx, &ec2.ReplaceRouteTableAssociationInput{AssociationId: &s.tableLink, RouteTableId: &table})
		a.fatal(err)
		pass(2 * time.Second)
		tables, err := a.DescribeRouteTables(ctx, &ec2.DescribeRouteTablesInput{Filters: filter("association.subnet-id", s.subnet)})
		a.fatal(err)
		if len(tables.RouteTables) != 1 || *tables.RouteTables[0].RouteTableId != table || *out.NewAssociationId == s.tableLink {
			t.Errorf("the subnet has the other table alone, under a new ID, got %d tables", len(tables.RouteTables))
		}
	})
}

func TestATransitGatewayIsModified(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, _ *sim.World, a account) {
		ctx := t.Context()
		l := a.lab()
		turn := func(o *types.ModifyTransitGatewayOptions) error {
			_, err := a.ModifyTransitGateway(ctx, &ec2.ModifyTransitGatewayInput{TransitGatewayId: &l.gateway, Options: o})
			return err
		}
		a.fatal(turn(&types.ModifyTransitGatewayOptions{
			DefaultRouteTablePropagation: types.DefaultRouteTablePropagationValueEnable, PropagationDefaultRouteTableId: &l.table,
		}))
		_, err := a.DeleteTransitGatewayRouteTable(ctx, &ec2.DeleteTransitGatewayRouteTableInput{TransitGatewayRouteTableId: &l.table})
		wantCode(t, err, "IncorrectState", "a default table")
		a.fatal(turn(&types.ModifyTransitGatewayOptions{DefaultRouteTablePropagation: types.DefaultRouteTablePropagationValueDisable}))
		seen, err := a.DescribeTransitGateways(ctx, &ec2.DescribeTransitGatewaysInput{TransitGatewayIds: []string{l.gateway}})
		a.fatal(err)
		if o := seen.TransitGateways[0].Options; o.DefaultRouteTablePropagation != "disable" || o.PropagationDefaultRouteTableId != nil {
			t.Errorf("it propagates into no table any more, got %+v", o)
		}

		further := a.subnet(l.a.vpc, "10.0.1.0/24")
		change := func(add, remove []string) error {
			_, err := a.ModifyTransitGatewayVpcAttachment(ctx, &ec2.ModifyTransitGatewayVpcAttachmentInput{
				TransitGatewayAttachmentId: &l.a.attachment, AddSubnetIds: add, RemoveSubnetIds: remove,
			})
			return err
		}
		a.fatal(change([]string{further}, []string{l.a.subnet}))
		cards, err := a.DescribeNetworkInterfaces(ctx, &ec2.DescribeNetworkInterfacesInput{Filters: filter("subnet-id", further)})
		a.fatal(err)
		if len(cards.NetworkInterfaces) != 1 {
			t.Errorf("the attachment has an interface in the new subnet, got %d", len(cards.NetworkInterfaces))
		}
		wantCode(t, change(nil, []string{further}), "InvalidParameterValue", "the last subnet")
	})
}

func TestALinkIsModified(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, _ *sim.World, a account) {
		ctx := t.Context()
		l := a.link()
		other := a.group(l.consumer.vpc, "other")
		regroup := func(add, remove []string) error {
			_, err := a.ModifyVpcEndpoint(ctx, &ec2.ModifyVpcEndpointInput{VpcEndpointId: &l.endpoint, AddSecurityGroupIds: add, RemoveSecurityGroupIds: remove})
			return err
		}
		a.fatal(regroup([]string{other}, []string{l.endpointGroup}))
		wantCode(t, regroup(nil, []string{other}), "InvalidParameter", "the last group")
		seen, err := a.DescribeVpcEndpoints(ctx, &ec2.DescribeVpcEndpointsInput{VpcEndpointIds: []string{l.endpoint}})
		a.fatal(err)
		if groups := seen.VpcEndpoints[0].Groups; len(groups) != 1 || *groups[0].GroupId != other {
			t.Errorf("the endpoint has the other group alone, got %+v", groups)
		}

		further := a.subnet(l.consumer.vpc, "10.0.1.0/24")
		move := func(add, remove []string) error {
			_, err := a.ModifyVpcEndpoint(ctx, &ec2.ModifyVpcEndpointInput{VpcEndpointId: &l.endpoint, AddSubnetIds: add, RemoveSubnetIds: remove})
			return err
		}
		a.fatal(move([]string{further}, []string{l.consumer.subnet}))
		wantCode(t, move(nil, []string{further}), "InvalidParameter", "the last subnet")
		wantCode(t, move([]string{l.consumer.subnet}, nil), "DuplicateSubnetsInSameZone", "a second subnet in the zone")
		cards, err := a.DescribeNetworkInterfaces(ctx, &ec2.DescribeNetworkInterfacesInput{Filters: filter("subnet-id", further)})
		a.fatal(err)
		if len(cards.NetworkInterfaces) != 1 {
			t.Errorf("the endpoint has its interface in the new subnet, got %d", len(cards.NetworkInterfaces))
		}

		_, err = a.ModifyVpcEndpointServiceConfiguration(ctx, &ec2.ModifyVpcEndpointServiceConfigurationInput{ServiceId: &l.service, AcceptanceRequired: new(false)})
		a.fatal(err)
		services, err := a.DescribeVpcEndpointServiceConfigurations(ctx, &ec2.DescribeVpcEndpointServiceConfigurationsInput{ServiceIds: []string{l.service}})
		a.fatal(err)
		if *services.ServiceConfigurations[0].AcceptanceRequired {
			t.Error("the service takes endpoints without acceptance now")
		}
		_, err = a.ModifyVpcEndpointServiceConfiguration(ctx, &ec2.ModifyVpcEndpointServiceConfigurationInput{ServiceId: &l.service, RemoveNetworkLoadBalancerArns: []string{l.balancer}})
		wantCode(t, err, "InvalidParameter", "the last load balancer")

		e := a.balancing()
		groups, err := e.ModifyTargetGroup(ctx, &elb.ModifyTargetGroupInput{TargetGroupArn: &l.targets, HealthCheckIntervalSeconds: new(int32(20))})
		a.fatal(err)
		if g := groups.TargetGroups[0]; *g.HealthCheckIntervalSeconds != 20 || *g.HealthCheckTimeoutSeconds != 4 {
			t.Errorf("the interval is 20 and the timeout stays 4, got %d and %d", *g.HealthCheckIntervalSeconds, *g.HealthCheckTimeoutSeconds)
		}
		listeners, err := e.ModifyListener(ctx, &elb.ModifyListenerInput{ListenerArn: &l.listener, Port: new(int32(22))})
		a.fatal(err)
		if got := listeners.Listeners[0]; *got.Port != 22 || *got.ListenerArn != l.listener {
			t.Errorf("the listener keeps its ARN at another port, got %+v", got)
		}
		_, err = e.ModifyListener(ctx, &elb.ModifyListenerInput{ListenerArn: &l.listener, Protocol: elbtypes.ProtocolEnumUdp})
		wantCode(t, err, "UnsupportedProtocol", "another protocol")
	})
}

// everyChange is the part of TestEveryAction that changes what stands.
func (a account) everyChange(l *lab) {
	a.t.Helper()
	ctx := a.t.Context()
	a.fatal(a.regroup(l.a.instance, l.a.group))
	a.fatal(a.rewrite(l.b.group, l.b.rule, "10.9.0.0/16"))
	_, err := a.setSubnet(l.a.subnet, ec2.ModifySubnetAttributeInput{MapPublicIpOnLaunch: turned(true)})
	a.fatal(err)
	rule, err := a.admitOut(l.a.group, "10.9.0.0/16")
	a.fatal(err)
	pass(2 * time.Second)
	a.fatal(a.revokeOut(l.a.group, rule))
	_, err = a.DescribeInstanceAttribute(ctx, &ec2.DescribeInstanceAttributeInput{InstanceId: &l.a.instance, Attribute: types.InstanceAttributeNameGroupSet})
	a.fatal(err)
	a.fatal(a.stop(l.a.instance))
	pass(30 * time.Second)
	a.fatal(a.start(l.a.instance))
	spare := a.routeTable(l.a.vpc)
	for table, link := spare, l.a.tableLink; ; table = l.a.table {
		out, err := a.ReplaceRouteTableAssociation(ctx, &ec2.ReplaceRouteTableAssociationInput{AssociationId: &link, RouteTableId: &table})
		a.fatal(err)
		if link = *out.NewAssociationId; table == l.a.table {
			l.a.tableLink = link
			break
		}
		pass(5 * time.Second)
	}
	pass(5 * time.Second)
	_, err = a.DeleteRouteTable(ctx, &ec2.DeleteRouteTableInput{RouteTableId: &spare})
	a.fatal(err)
	_, err = a.ModifyTransitGateway(ctx, &ec2.ModifyTransitGatewayInput{TransitGatewayId: &l.gateway, Description: new("x")})
	a.fatal(err)
	further := a.subnet(l.a.vpc, "10.0.1.0/24")
	_, err = a.ModifyTransitGatewayVpcAttachment(ctx, &ec2.ModifyTransitGatewayVpcAttachmentInput{
		TransitGatewayAttachmentId: &l.a.attachment, AddSubnetIds: []string{further}, RemoveSubnetIds: []string{l.a.subnet},
	})
	a.fatal(err)
	_, err = a.ModifyTransitGatewayVpcAttachment(ctx, &ec2.ModifyTransitGatewayVpcAttachmentInput{
		TransitGatewayAttachmentId: &l.a.attachment, AddSubnetIds: []string{l.a.subnet}, RemoveSubnetIds: []string{further},
	})
	a.fatal(err)
	pass(5 * time.Second)
	_, err = a.DeleteSubnet(ctx, &ec2.DeleteSubnetInput{SubnetId: &further})
	a.fatal(err)
	a.staticRoute(l.table, "10.9.0.0/16", l.a.attachment)
	a.fatal(a.deleteStaticRoute(l.table, "10.9.0.0/16"))
}
