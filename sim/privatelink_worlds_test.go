package sim_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"
	"github.com/google/go-cmp/cmp"

	"vpclink/sim"
)

// linkAnswers is what AWS tells of a link.
func (a account) linkAnswers() []any {
	a.t.Helper()
	ctx := a.t.Context()
	endpoints, err1 := a.DescribeVpcEndpoints(ctx, &ec2.DescribeVpcEndpointsInput{})
	services, err2 := a.DescribeVpcEndpointServiceConfigurations(ctx, &ec2.DescribeVpcEndpointServiceConfigurationsInput{})
	connections, err3 := a.DescribeVpcEndpointConnections(ctx, &ec2.DescribeVpcEndpointConnectionsInput{})
	balancers, err4 := a.balancing().DescribeLoadBalancers(ctx, &elb.DescribeLoadBalancersInput{})
	groups, err5 := a.balancing().DescribeTargetGroups(ctx, &elb.DescribeTargetGroupsInput{})
	for _, err := range []error{err1, err2, err3, err4, err5} {
		a.fatal(err)
	}
	all := []any{endpoints.VpcEndpoints, services.ServiceConfigurations, connections.VpcEndpointConnections, balancers.LoadBalancers, groups.TargetGroups}
	for _, g := range groups.TargetGroups {
		all = append(all, a.health(*g.TargetGroupArn)(ctx, a.Client))
	}
	return all
}

// A link's world is its changing calls, those of a service that answered 503 and of refused ones included.
func TestALinkReplayed(t *testing.T) {
	for _, row := range []sim.Options{{}, {Durations: sim.Spread, Seed: 7}} {
		story(t, row, func(t *testing.T, w *sim.World, a account) {
			if row.Durations == sim.Typical {
				l := a.link()
				a.deleteService(l.service) // is refused
				a.deleteEndpoint(l.endpoint)
			} else {
				a.hastyLink()
			}
			f := w.Fork(w.Changes(), w.Now())
			same(t, "a link replayed", w, f)
			other := account{Client: ec2In(f, sim.DefaultAccount, tokyo), t: t}
			if diff := cmp.Diff(a.linkAnswers(), other.linkAnswers(), ignoreSerde); diff != "" {
				t.Errorf("a link replayed should be answered in the same way (-one +other):\n%s", diff)
			}
		})
	}
}

// hastyLink makes a link by calling until AWS takes it.
func (a account) hastyLink() {
	a.t.Helper()
	ctx := a.t.Context()
	n := a.slowNetwork()
	made, err := a.balancing().CreateLoadBalancer(ctx, internal("lab", []string{n.group}, n.subnet))
	a.fatal(err)
	var name, service, endpoint *string
	a.waitFor(func() error {
		out, err := a.CreateVpcEndpointServiceConfiguration(ctx, &ec2.CreateVpcEndpointServiceConfigurationInput{NetworkLoadBalancerArns: []string{*made.LoadBalancers[0].LoadBalancerArn}})
		if err == nil {
			name, service = out.ServiceConfiguration.ServiceName, out.ServiceConfiguration.ServiceId
		}
		return err
	})
	a.waitFor(func() error {
		out, err := a.CreateVpcEndpoint(ctx, interfaceEndpoint(n.vpc, *name, n.group, n.subnet))
		if err == nil {
			endpoint = out.VpcEndpoint.VpcEndpointId
		}
		return err
	})
	a.waitFor(func() error {
		if failed := failures(a.acceptEndpoints(*service, *endpoint)); failed != "" {
			return fmt.Errorf("accepting: %s", failed)
		}
		return nil
	})
}

// A link that is kept on disk comes out the same, across a change of options as well.
func TestALinkIsKept(t *testing.T) {
	dir := t.TempDir()
	w := open(t, dir, quick)
	a := account{Client: ec2In(w, sim.DefaultAccount, tokyo), t: t}
	n := a.quickNetwork()
	made, err := a.balancing().CreateLoadBalancer(t.Context(), internal("lab", []string{n.group}, n.subnet))
	a.fatal(err)
	balancer := *made.LoadBalancers[0].LoadBalancerArn
	group, err := a.balancing().CreateTargetGroup(t.Context(), targetGroup(n.vpc, "lab"))
	a.fatal(err)
	instance, err := a.RunInstances(t.Context(), launch(n.subnet, n.group, linux, "t"))
	a.fatal(err)
	a.fatal(a.register(*group.TargetGroups[0].TargetGroupArn, *instance.Instances[0].InstanceId))
	_, err = a.balancing().CreateListener(t.Context(), forward(balancer, *group.TargetGroups[0].TargetGroupArn))
	a.fatal(err)
	service, err := a.CreateVpcEndpointServiceConfiguration(t.Context(), &ec2.CreateVpcEndpointServiceConfigurationInput{NetworkLoadBalancerArns: []string{balancer}})
	a.fatal(err)
	endpoint, err := a.CreateVpcEndpoint(t.Context(), interfaceEndpoint(n.vpc, *service.ServiceConfiguration.ServiceName, n.group, n.subnet))
	a.fatal(err)
	if failed := failures(a.acceptEndpoints(*service.ServiceConfiguration.ServiceId, *endpoint.VpcEndpoint.VpcEndpointId)); failed != "" {
		t.Fatalf("accepting should not end with %s", failed)
	}
	before := a.linkAnswers()
	shut(t, w)

	w = open(t, dir, sim.Options{Durations: sim.Spread, Speed: 0.001, NoLimits: true})
	a.Client = ec2In(w, sim.DefaultAccount, tokyo)
	after := a.linkAnswers()
	if diff := cmp.Diff(before[:5], after[:5], ignoreSerde); diff != "" {
		t.Errorf("the link should be there again as it was (-before +after):\n%s", diff)
	}
}

// slowNetwork is one in a world that hides new IDs for up to five seconds.
func (a account) slowNetwork() network {
	a.t.Helper()
	n := network{vpc: a.vpc("a", "10.0.0.0/16")}
	pass(5 * s)
	n.subnet, n.group = a.subnet(n.vpc, "10.0.0.0/24"), a.group(n.vpc, "lab")
	pass(5 * s)
	return n
}

// quickNetwork is a VPC with subnet and group in a world without delays.
func (a account) quickNetwork() network {
	a.t.Helper()
	ctx := a.t.Context()
	v, err := a.CreateVpc(ctx, &ec2.CreateVpcInput{CidrBlock: new("10.0.0.0/16")})
	a.fatal(err)
	sub, err := a.CreateSubnet(ctx, &ec2.CreateSubnetInput{VpcId: v.Vpc.VpcId, CidrBlock: new("10.0.0.0/24")})
	a.fatal(err)
	g, err := a.CreateSecurityGroup(ctx, &ec2.CreateSecurityGroupInput{VpcId: v.Vpc.VpcId, GroupName: new("lab"), Description: new("of a test")})
	a.fatal(err)
	a.admitQuick(*g.GroupId)
	return network{vpc: *v.Vpc.VpcId, subnet: *sub.Subnet.SubnetId, group: *g.GroupId}
}

func (a account) admitQuick(group string) {
	a.t.Helper()
	_, err := a.AuthorizeSecurityGroupIngress(a.t.Context(), &ec2.AuthorizeSecurityGroupIngressInput{GroupId: &group, IpPermissions: rdp("10.0.0.0/16")})
	a.fatal(err)
}

// Another account may use a service when its owner lets it, and else there is none (aws-facts §2.16). Its zones go by
// their IDs, since names are each account's own (aws-facts §2.18).
func TestTwoAccounts(t *testing.T) {
	story(t, sim.Options{NoLimits: true}, func(t *testing.T, w *sim.World, a account) {
		ctx := t.Context()
		const stranger = "111122223333"
		n := a.network()
		service, name := a.endpointService(a.balancer("lab", n.group, n.subnet))
		b := account{Client: ec2In(w, stranger, tokyo), t: t}
		vpc := b.vpc("b", "10.0.0.0/16")
		sub, err := b.CreateSubnet(ctx, &ec2.CreateSubnetInput{VpcId: &vpc, CidrBlock: new("10.0.0.0/24"), AvailabilityZoneId: new("apne1-az4")})
		a.fatal(err)
		elsewhere, err := b.CreateSubnet(ctx, &ec2.CreateSubnetInput{VpcId: &vpc, CidrBlock: new("10.0.1.0/24"), AvailabilityZoneId: new("apne1-az1")})
		a.fatal(err)
		group := b.group(vpc, "lab")
		create := func(subnet *string) (string, error) {
			out, err := b.CreateVpcEndpoint(ctx, interfaceEndpoint(vpc, name, group, *subnet))
			if err != nil {
				return "", err
			}
			return *out.VpcEndpoint.VpcEndpointId, nil
		}
		_, err = create(sub.Subnet.SubnetId)
		wantCode(t, err, "InvalidServiceName", "an endpoint of a stranger's service")
		_, err = a.ModifyVpcEndpointServicePermissions(ctx, &ec2.ModifyVpcEndpointServicePermissionsInput{ServiceId: &service, AddAllowedPrincipals: []string{"arn:aws:iam::" + stranger + ":root"}})
		a.fatal(err)
		pass(2 * s)
		again, err := a.ModifyVpcEndpointServicePermissions(ctx, &ec2.ModifyVpcEndpointServicePermissionsInput{ServiceId: &service, AddAllowedPrincipals: []string{"arn:aws:iam::" + stranger + ":root"}})
		a.fatal(err)
		if len(again.AddedPrincipals) != 0 {
			t.Errorf("a permission that is there should not be added again, but %v were", again.AddedPrincipals)
		}
		_, err = create(elsewhere.Subnet.SubnetId)
		wantCode(t, err, "InvalidParameter", "an endpoint in a zone of another ID")
		id, err := create(sub.Subnet.SubnetId)
		wantCode(t, err, "", "an endpoint of a service that its owner lets one use")
		services, err := b.DescribeVpcEndpointServices(ctx, &ec2.DescribeVpcEndpointServicesInput{ServiceNames: []string{name}})
		a.fatal(err)
		if d := services.ServiceDetails[0]; *d.Owner != sim.DefaultAccount || !slices.Equal(d.AvailabilityZoneIds, []string{"apne1-az4"}) || d.AvailabilityZones[0] != *sub.Subnet.AvailabilityZone || len(d.Tags) != 0 {
			t.Errorf("the stranger should see the owner, the zone by its own name %s, and no tags, not %+v", *sub.Subnet.AvailabilityZone, d)
		}
		pass(30 * s)
		connections, err := a.DescribeVpcEndpointConnections(ctx, &ec2.DescribeVpcEndpointConnectionsInput{Filters: filter("vpc-endpoint-owner", stranger)})
		a.fatal(err)
		if len(connections.VpcEndpointConnections) != 1 || *connections.VpcEndpointConnections[0].VpcEndpointId != id {
			t.Fatalf("the owner should see the stranger's endpoint among its connections, not %+v", connections.VpcEndpointConnections)
		}
		if failed := failures(a.acceptEndpoints(service, id)); failed != "" {
			t.Errorf("accepting it should not end with %s", failed)
		}
		pass(45 * s)
		watch(t, b, "the stranger's endpoint", endpointState(id), moment{0, "available"})
		watch(t, a, "the same for the owner of the service", endpointState(id), moment{0, "InvalidVpcEndpointId.NotFound"})
		same(t, "two accounts replayed", w, w.Fork(w.Changes(), w.Now()))

		_, err = a.ModifyVpcEndpointServicePermissions(ctx, &ec2.ModifyVpcEndpointServicePermissionsInput{ServiceId: &service, RemoveAllowedPrincipals: []string{"arn:aws:iam::" + stranger + ":root", "*"}})
		a.fatal(err)
		_, err = create(sub.Subnet.SubnetId)
		wantCode(t, err, "InvalidServiceName", "another endpoint when the permission is gone")
	})
}

// The request buckets of PrivateLink and of Elastic Load Balancing (aws-facts §4.1, §4.2).
func TestBucketsOfALink(t *testing.T) {
	const arn = "arn:aws:elasticloadbalancing:ap-northeast-1:000000000000:targetgroup/a/0123456789abcdef"
	for _, row := range []struct {
		what, throttle string
		call           func(context.Context, account) error
		once, tenth    int // at once, and more after ten seconds
	}{
		{"CreateVpcEndpoint", "RequestLimitExceeded", func(ctx context.Context, a account) error {
			_, err := a.CreateVpcEndpoint(ctx, interfaceEndpoint("vpc-"+none, "x", "sg-"+none, "subnet-"+none))
			return unless(err, "InvalidVpcID.NotFound")
		}, 4, 3},
		{"DeleteVpcEndpoints", "RequestLimitExceeded", func(ctx context.Context, a account) error {
			_, err := a.DeleteVpcEndpoints(ctx, &ec2.DeleteVpcEndpointsInput{VpcEndpointIds: []string{"vpce-" + none}})
			return err
		}, 4, 3},
		{"CreateVpcEndpointServiceConfiguration", "RequestLimitExceeded", func(ctx context.Context, a account) error {
			_, err := a.CreateVpcEndpointServiceConfiguration(ctx, &ec2.CreateVpcEndpointServiceConfigurationInput{})
			return unless(err, "MissingParameter")
		}, 10, 10},
		{"AcceptVpcEndpointConnections", "RequestLimitExceeded", func(ctx context.Context, a account) error {
			_, err := a.AcceptVpcEndpointConnections(ctx, &ec2.AcceptVpcEndpointConnectionsInput{ServiceId: new("vpce-svc-" + none), VpcEndpointIds: []string{"x"}})
			return unless(err, "InvalidVpcEndpointServiceId.NotFound")
		}, 10, 10},
		{"ModifyVpcEndpointServicePermissions", "RequestLimitExceeded", func(ctx context.Context, a account) error {
			_, err := a.ModifyVpcEndpointServicePermissions(ctx, &ec2.ModifyVpcEndpointServicePermissionsInput{ServiceId: new("vpce-svc-" + none)})
			return unless(err, "InvalidVpcEndpointServiceId.NotFound")
		}, 50, 50},
		{"DescribeTargetGroups", "ThrottlingException", func(ctx context.Context, a account) error {
			_, err := a.balancing().DescribeTargetGroups(ctx, &elb.DescribeTargetGroupsInput{})
			return err
		}, 40, 40},
		{"DeleteTargetGroup", "ThrottlingException", func(ctx context.Context, a account) error {
			_, err := a.balancing().DeleteTargetGroup(ctx, &elb.DeleteTargetGroupInput{TargetGroupArn: new(arn)})
			return unless(err, "TargetGroupNotFound")
		}, 40, 40},
	} {
		t.Run(row.what, func(t *testing.T) {
			story(t, sim.Options{}, func(t *testing.T, _ *sim.World, a account) {
				through := func() int {
					for n := 0; ; n++ {
						err := row.call(t.Context(), a)
						if code(err) == row.throttle {
							return n
						}
						a.fatal(err)
					}
				}
				if have := through(); have != row.once {
					t.Errorf("%s should go through %d times at once, not %d", row.what, row.once, have)
				}
				pass(10 * time.Second)
				if have := through(); have != row.tenth {
					t.Errorf("%s should go through %d times more after ten seconds, not %d", row.what, row.tenth, have)
				}
			})
		})
	}
}

// Each quota of a link, set to what it has, refuses one more with its code.
func TestQuotasOfALink(t *testing.T) {
	for _, row := range []struct {
		quotas sim.Quotas
		code   string
		more   func(account, link) error
	}{
		{sim.Quotas{TargetGroups: 1}, "TooManyTargetGroups", func(a account, l link) error {
			return a.newTargets(func(*elb.CreateTargetGroupInput) {}, l.provider.vpc)
		}},
		{sim.Quotas{NLBs: 1}, "TooManyLoadBalancers", func(a account, l link) error {
			return a.newBalancer(func(*elb.CreateLoadBalancerInput) {}, l.shield, l.provider.subnet)
		}},
		{sim.Quotas{ListenersPerNLB: 1}, "TooManyListeners", func(a account, l link) error {
			in := forward(l.balancer, l.targets)
			in.Port = new(int32(80))
			_, err := a.balancing().CreateListener(a.t.Context(), in)
			return err
		}},
		{sim.Quotas{EndpointServices: 1}, "VpcEndpointServiceLimitExceeded", func(a account, l link) error {
			return a.newService(func(*ec2.CreateVpcEndpointServiceConfigurationInput) {}, a.balancer("more", l.shield, l.provider.subnet))
		}},
		{sim.Quotas{EndpointsPerVPC: 1}, "VpcEndpointLimitExceeded", func(a account, l link) error {
			return a.newEndpoint(l, func(*ec2.CreateVpcEndpointInput) {})
		}},
	} {
		t.Run(row.code, func(t *testing.T) {
			story(t, sim.Options{Quotas: row.quotas}, func(t *testing.T, _ *sim.World, a account) {
				wantCode(t, row.more(a, a.link()), row.code, fmt.Sprintf("one more than %+v", row.quotas))
			})
		})
	}
}

// Faults strike Elastic Load Balancing as they strike EC2, in its own words; a failed thing is one for good.
func TestFaultsOfALink(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, w *sim.World, a account) {
		n := a.network()
		create := func() error {
			_, err := a.balancing().CreateLoadBalancer(t.Context(), internal("broken", nil, n.subnet))
			return err
		}
		for _, row := range []struct {
			fault sim.Fault
			code  string
		}{
			{sim.Fault{Kind: sim.Throttle, Action: "CreateLoadBalancer"}, "ThrottlingException"},
			{sim.Fault{Kind: sim.ErrorBefore, Action: "CreateLoadBalancer"}, "InternalError"},
			{sim.Fault{Kind: sim.Fail, Action: "CreateLoadBalancer"}, ""},
		} {
			w.Inject(row.fault)
			wantCode(t, create(), row.code, fmt.Sprintf("CreateLoadBalancer under the fault %q", row.fault.Kind))
		}
		pass(150 * s)
		out, err := a.balancing().DescribeLoadBalancers(t.Context(), &elb.DescribeLoadBalancersInput{Names: []string{"broken"}})
		a.fatal(err)
		if state := out.LoadBalancers[0].State.Code; state != "failed" {
			t.Errorf("a load balancer under the fault fail should be failed, not %s", state)
		}
		l := a.link()
		w.Inject(sim.Fault{Kind: sim.Fail, Action: "CreateVpcEndpoint"})
		id := a.endpoint(l.consumer.vpc, l.serviceName, l.endpointGroup, l.consumer.subnet)
		if failed := failures(a.acceptEndpoints(l.service, id)); failed != "" {
			t.Fatalf("accepting it should not end with %s", failed)
		}
		watch(t, a, "an endpoint under the fault fail", endpointState(id), moment{45*s - 1, "pending"}, moment{45 * s, "failed"}, moment{time.Hour, "failed"})
		if failed := failures(a.deleteEndpoint(id)); failed != "" {
			t.Errorf("deleting a failed endpoint should not be listed with %s", failed)
		}
	})
}

// Load balancers come in pages by a marker.
func TestPagesOfBalancing(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, _ *sim.World, a account) {
		vpc := a.vpc("a", "10.0.0.0/16")
		var want, have []string
		for i := range 5 {
			name := fmt.Sprintf("lab-%d", i)
			_, err := a.balancing().CreateTargetGroup(t.Context(), targetGroup(vpc, name))
			a.fatal(err)
			want = append(want, name)
		}
		pass(2 * s)
		pages := elb.NewDescribeTargetGroupsPaginator(a.balancing(), &elb.DescribeTargetGroupsInput{PageSize: new(int32(2))})
		for n := 0; pages.HasMorePages(); n++ {
			page, err := pages.NextPage(t.Context())
			a.fatal(err)
			for _, g := range page.TargetGroups {
				have = append(have, *g.TargetGroupName)
			}
		}
		if diff := cmp.Diff(want, have); diff != "" {
			t.Errorf("the pages should hold every group once (-want +have):\n%s", diff)
		}
	})
}
