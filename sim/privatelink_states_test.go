package sim_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"
	"github.com/google/go-cmp/cmp"

	"vpclink/sim"
)

// The states of aws-facts §1.2 with the typical durations of the project's timing page.
func TestALinkOnTheWayUp(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, w *sim.World, a account) {
		ctx := t.Context()
		n := a.network()
		made, err := a.balancing().CreateLoadBalancer(ctx, internal("lab", []string{n.group}, n.subnet))
		a.fatal(err)
		arn := *made.LoadBalancers[0].LoadBalancerArn
		watch(t, a, "a load balancer", a.balancerState(arn),
			moment{0, "LoadBalancerNotFound"}, moment{s, "provisioning"}, moment{150*s - 1, "provisioning"}, moment{150 * s, "active"})

		service, err := a.CreateVpcEndpointServiceConfiguration(ctx, &ec2.CreateVpcEndpointServiceConfigurationInput{NetworkLoadBalancerArns: []string{arn}})
		a.fatal(err)
		if c := service.ServiceConfiguration; c.ServiceState != "Pending" || !*c.AcceptanceRequired {
			t.Errorf("a new service should be Pending, and ask for acceptance unless told otherwise, not %s, %t", c.ServiceState, *c.AcceptanceRequired)
		}
		watch(t, a, "a service", serviceState(*service.ServiceConfiguration.ServiceId),
			moment{0, "InvalidVpcEndpointServiceId.NotFound"}, moment{s, "Available"})

		in := interfaceEndpoint(n.vpc, *service.ServiceConfiguration.ServiceName, n.group, n.subnet)
		out, err := a.CreateVpcEndpoint(ctx, in)
		a.fatal(err)
		if len(out.VpcEndpoint.NetworkInterfaceIds) != 1 || out.VpcEndpoint.State != "pending" || len(out.VpcEndpoint.DnsEntries) != 0 {
			t.Errorf("a new endpoint should be pending, have its interface and no names yet, not %+v", out.VpcEndpoint)
		}
		id := *out.VpcEndpoint.VpcEndpointId
		watch(t, a, "an endpoint", endpointState(id),
			moment{0, "InvalidVpcEndpointId.NotFound"}, moment{s, "pending"}, moment{30*s - 1, "pending"}, moment{30 * s, "pendingAcceptance"}, moment{time.Hour, "pendingAcceptance"})
		for _, o := range w.Objects() {
			if o.ID == id && !o.Ready.IsZero() {
				t.Errorf("nobody should know when an endpoint is ready before it is accepted, and not tell %v", o.Ready)
			}
		}
		if failed := failures(a.acceptEndpoints(*service.ServiceConfiguration.ServiceId, id)); failed != "" {
			t.Errorf("accepting an endpoint that waits for it should not end with %s", failed)
		}
		watch(t, a, "an accepted endpoint", endpointState(id), moment{0, "pending"}, moment{45*s - 1, "pending"}, moment{45 * s, "available"})
		if failed := failures(a.acceptEndpoints(*service.ServiceConfiguration.ServiceId, id)); failed != "InvalidState" {
			t.Errorf("accepting it again should be listed with InvalidState, not %q", failed)
		}
	})
}

// An endpoint's names come when it is available: first the one for the region, then one for each zone (aws-facts §2.17).
func TestNamesOfAnEndpoint(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, _ *sim.World, a account) {
		l := a.link()
		out, err := a.DescribeVpcEndpoints(t.Context(), &ec2.DescribeVpcEndpointsInput{VpcEndpointIds: []string{l.endpoint}})
		a.fatal(err)
		var names []string
		for _, e := range out.VpcEndpoints[0].DnsEntries {
			label, rest, _ := strings.Cut(*e.DnsName, ".")
			names = append(names, strings.TrimPrefix(label, l.endpoint)[9:]+"."+rest)
		}
		domain := "." + l.service + ".ap-northeast-1.vpce.amazonaws.com"
		if diff := cmp.Diff([]string{domain, "-ap-northeast-1a" + domain}, names); diff != "" {
			t.Errorf("the endpoint should have these names behind its ID and a label (-want +have):\n%s", diff)
		}
	})
}

// In two zones it has two interfaces, and a name for each.
func TestAnEndpointInTwoZones(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, _ *sim.World, a account) {
		n := a.network()
		out, err := a.CreateSubnet(t.Context(), &ec2.CreateSubnetInput{VpcId: &n.vpc, CidrBlock: new("10.0.1.0/24"), AvailabilityZone: new(tokyo + "c")})
		a.fatal(err)
		pass(2 * s)
		both := []string{n.subnet, *out.Subnet.SubnetId}
		service, name := a.endpointService(a.balancer("lab", n.group, both...))
		made, err := a.CreateVpcEndpoint(t.Context(), interfaceEndpoint(n.vpc, name, n.group, both...))
		a.fatal(err)
		id := *made.VpcEndpoint.VpcEndpointId
		pass(30 * s)
		if failed := failures(a.acceptEndpoints(service, id)); failed != "" {
			t.Fatalf("accepting it should not end with %s", failed)
		}
		pass(45 * s)
		shown, err := a.DescribeVpcEndpoints(t.Context(), &ec2.DescribeVpcEndpointsInput{VpcEndpointIds: []string{id}})
		a.fatal(err)
		e := shown.VpcEndpoints[0]
		if !slices.Equal(e.SubnetIds, both) || len(e.NetworkInterfaceIds) != 2 || len(e.DnsEntries) != 3 || !strings.Contains(*e.DnsEntries[2].DnsName, "-"+tokyo+"c.") {
			t.Errorf("the endpoint should have both subnets, two interfaces and three names, not %+v", e)
		}
		if cards := a.managed("network_load_balancer"); len(cards) != 2 {
			t.Errorf("the load balancer should have two interfaces, not %d", len(cards))
		}
	})
}

// A subnet that is full takes neither a load balancer nor an endpoint, and none of what goes before it is made.
func TestAFullSubnet(t *testing.T) {
	story(t, sim.Options{NoLimits: true}, func(t *testing.T, w *sim.World, a account) {
		ctx := t.Context()
		n := a.network()
		out, err := a.CreateSubnet(ctx, &ec2.CreateSubnetInput{VpcId: &n.vpc, CidrBlock: new("10.0.1.0/28"), AvailabilityZone: new(tokyo + "c")})
		a.fatal(err)
		pass(2 * s)
		both := []string{n.subnet, *out.Subnet.SubnetId}
		_, name := a.endpointService(a.balancer("lab", n.group, both...))
		for range 10 { // 16 addresses less 5 of AWS's and 1 of the load balancer
			_, err := a.CreateNetworkInterface(ctx, &ec2.CreateNetworkInterfaceInput{SubnetId: &both[1]})
			a.fatal(err)
		}
		before := w.Objects()
		_, err = a.CreateVpcEndpoint(ctx, interfaceEndpoint(n.vpc, name, n.group, both...))
		wantCode(t, err, "InsufficientFreeAddressesInSubnet", "an endpoint in a full subnet")
		wantCode(t, a.newBalancer(func(*elb.CreateLoadBalancerInput) {}, n.group, both...), "InvalidSubnet", "a load balancer in a full subnet")
		if diff := cmp.Diff(before, w.Objects()); diff != "" {
			t.Errorf("none of this should have changed the world (-before +after):\n%s", diff)
		}
	})
}

// Without acceptance an endpoint becomes available by itself.
func TestAServiceThatAcceptsEverybody(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, _ *sim.World, a account) {
		n := a.network()
		out, err := a.CreateVpcEndpointServiceConfiguration(t.Context(), &ec2.CreateVpcEndpointServiceConfigurationInput{
			NetworkLoadBalancerArns: []string{a.balancer("lab", n.group, n.subnet)}, AcceptanceRequired: new(false),
		})
		a.fatal(err)
		pass(2 * s)
		made, err := a.CreateVpcEndpoint(t.Context(), interfaceEndpoint(n.vpc, *out.ServiceConfiguration.ServiceName, n.group, n.subnet))
		a.fatal(err)
		watch(t, a, "its endpoint", endpointState(*made.VpcEndpoint.VpcEndpointId), moment{2 * s, "pending"}, moment{75*s - 1, "pending"}, moment{75 * s, "available"})
	})
}

// The way down of the same things, in the wrong order first (aws-facts §3), with interfaces that stay for a while
// (aws-facts §7.4).
func TestALinkOnTheWayDown(t *testing.T) {
	story(t, sim.Options{NoLimits: true}, func(t *testing.T, w *sim.World, a account) {
		ctx := t.Context()
		l := a.link()
		removeSubnet := func(id string) error {
			_, err := a.DeleteSubnet(ctx, &ec2.DeleteSubnetInput{SubnetId: &id})
			return err
		}
		removeGroup := func(id string) error {
			_, err := a.DeleteSecurityGroup(ctx, &ec2.DeleteSecurityGroupInput{GroupId: &id})
			return err
		}
		for _, site := range []site{l.provider, l.consumer} {
			_, err := a.TerminateInstances(ctx, &ec2.TerminateInstancesInput{InstanceIds: []string{site.instance}})
			a.fatal(err)
		}
		pass(time.Minute)
		if failed := failures(a.deleteService(l.service)); failed != "ExistingVpcEndpointConnections" {
			t.Errorf("deleting a service with an endpoint should be listed with ExistingVpcEndpointConnections, not %q", failed)
		}
		wantCode(t, removeSubnet(l.consumer.subnet), "DependencyViolation", "deleting the subnet of an endpoint")

		if failed := failures(a.deleteEndpoint(l.endpoint)); failed != "" {
			t.Errorf("deleting an endpoint should not be listed with %s", failed)
		}
		if failed := failures(a.deleteEndpoint(l.endpoint)); failed != "" {
			t.Errorf("deleting an endpoint that is being deleted should not be listed with %s", failed)
		}
		if failed := failures(a.deleteService(l.service)); failed != "ExistingVpcEndpointConnections" {
			t.Errorf("a deleted endpoint should hold its service for some seconds, but that is answered with %q", failed)
		}
		pass(5*s - 1)
		if failed := failures(a.deleteService(l.service)); failed != "ExistingVpcEndpointConnections" {
			t.Errorf("a deleted endpoint should hold its service for 5 s, but less a moment that is answered with %q", failed)
		}
		pass(1)
		if failed := failures(a.deleteService(l.service)); failed != "" {
			t.Errorf("5 s after the endpoint's delete its service should go, but that is listed with %s", failed)
		}
		_, err := a.balancing().DeleteLoadBalancer(ctx, &elb.DeleteLoadBalancerInput{LoadBalancerArn: &l.balancer})
		wantCode(t, err, "ResourceInUse", "deleting the load balancer of a service that is being deleted")
		watch(t, a, "the service", serviceState(l.service), moment{0, "Deleting"}, moment{3*s - 1, "Deleting"}, moment{3 * s, "InvalidVpcEndpointServiceId.NotFound"})
		watch(t, a, "the endpoint", endpointState(l.endpoint), moment{0, "deleting"}, moment{82*s - 1, "deleting"}, moment{82 * s, "deleted"})
		wantCode(t, removeGroup(l.endpointGroup), "DependencyViolation", "deleting the group of a deleted endpoint whose interface is there")
		wantCode(t, removeSubnet(l.consumer.subnet), "DependencyViolation", "deleting its subnet")
		pass(20 * s)
		wantCode(t, removeGroup(l.endpointGroup), "", "deleting the group when the interface is gone")
		wantCode(t, removeSubnet(l.consumer.subnet), "", "deleting the subnet when the interface is gone")
		if failed := failures(a.deleteEndpoint(l.endpoint)); failed != "InvalidVpcEndpointId.NotFound" {
			t.Errorf("deleting a deleted endpoint should be listed with InvalidVpcEndpointId.NotFound, not %q", failed)
		}
		watch(t, a, "its tombstone", endpointState(l.endpoint), moment{580*s - 1, "deleted"}, moment{580 * s, "InvalidVpcEndpointId.NotFound"})

		remove := func() error {
			_, err := a.balancing().DeleteLoadBalancer(ctx, &elb.DeleteLoadBalancerInput{LoadBalancerArn: &l.balancer})
			return err
		}
		wantCode(t, remove(), "", "deleting a load balancer")
		wantCode(t, remove(), "", "deleting it again")
		watch(t, a, "the load balancer", a.balancerState(l.balancer), moment{0, "active"}, moment{44*s - 1, "active"}, moment{44 * s, "LoadBalancerNotFound"})
		wantCode(t, remove(), "", "deleting one that is gone")
		wantCode(t, removeGroup(l.provider.group), "", "deleting the instance's group")
		wantCode(t, removeGroup(l.shield), "DependencyViolation", "deleting the load balancer's group while its interface is there")
		wantCode(t, removeSubnet(l.provider.subnet), "DependencyViolation", "deleting the load balancer's subnet while its interface is there")
		pass(120*s - 1)
		wantCode(t, removeGroup(l.shield), "DependencyViolation", "deleting the load balancer's group, a moment too early")
		pass(1)
		wantCode(t, removeGroup(l.shield), "", "deleting the load balancer's group")
		wantCode(t, removeSubnet(l.provider.subnet), "", "deleting the load balancer's subnet")
		if k := kinds(w.Objects()); k["network-interface"] != 0 || k["listener"] != 0 {
			t.Errorf("the listener and all interfaces should be gone with what they belong to, not %v", k)
		}
	})
}

// AWS's own interfaces say what they belong to (aws-facts §2.8).
func TestInterfacesOfALink(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, _ *sim.World, a account) {
		l := a.link()
		_, path, _ := strings.Cut(l.balancer, ":loadbalancer/")
		for _, row := range []struct{ form, description, group, subnet string }{
			{"network_load_balancer", "ELB " + path, l.shield, l.provider.subnet},
			{"vpc_endpoint", "VPC Endpoint Interface " + l.endpoint, l.endpointGroup, l.consumer.subnet},
		} {
			cards := a.managed(row.form)
			if len(cards) != 1 {
				t.Fatalf("there should be one interface of type %s, not %d", row.form, len(cards))
			}
			c := cards[0]
			if *c.Description != row.description || !*c.RequesterManaged || *c.Groups[0].GroupId != row.group || *c.SubnetId != row.subnet || c.Status != "in-use" {
				t.Errorf("the interface should be AWS's own, %q, in use, with group %s in %s, not %+v", row.description, row.group, row.subnet, c)
			}
		}
	})
}

// A connection is hidden from the service's owner until it asks for acceptance; rejected it stays, and holds nothing
// but what is its own (aws-facts §1.2, §2.15).
func TestConnections(t *testing.T) {
	story(t, sim.Options{NoLimits: true}, func(t *testing.T, w *sim.World, a account) {
		n := a.network()
		service, name := a.endpointService(a.balancer("lab", n.group, n.subnet))
		out, err := a.CreateVpcEndpoint(t.Context(), interfaceEndpoint(n.vpc, name, n.group, n.subnet))
		a.fatal(err)
		id := *out.VpcEndpoint.VpcEndpointId
		pass(10 * s)
		watch(t, a, "a connection on its way", connectionState(id), moment{0, "absent"})
		if failed := failures(a.acceptEndpoints(service, id, "vpce-"+none)); failed != "InvalidVpcEndpointId.NotFound InvalidVpcEndpointId.NotFound" {
			t.Errorf("accepting what is not known yet, and what is not there, should be listed, not %q", failed)
		}
		if failed := failures(a.deleteService(service)); failed != "ExistingVpcEndpointConnections" {
			t.Errorf("an endpoint on its way should hold its service, but that is answered with %q", failed)
		}
		pass(20 * s)
		watch(t, a, "a connection", connectionState(id), moment{0, "pendingAcceptance"})
		reject := func() string {
			out, err := a.RejectVpcEndpointConnections(t.Context(), &ec2.RejectVpcEndpointConnectionsInput{ServiceId: &service, VpcEndpointIds: []string{id}})
			a.fatal(err)
			return failures(out.Unsuccessful)
		}
		if failed := reject(); failed != "" {
			t.Errorf("rejecting an endpoint should not be listed with %s", failed)
		}
		if failed := reject(); failed != "InvalidState" {
			t.Errorf("rejecting it again should be listed with InvalidState, not %q", failed)
		}
		watch(t, a, "a rejected endpoint", endpointState(id), moment{0, "rejected"}, moment{24 * time.Hour, "rejected"})
		_, err = a.permitRoot(service)
		a.fatal(err)
		if failed := failures(a.deleteService(service)); failed != "" {
			t.Errorf("a rejected endpoint should not hold its service, but that is listed with %s", failed)
		}
		pass(3 * s)
		if k := kinds(w.Objects()); k["service-permission"] != 0 {
			t.Errorf("a service's permissions should go with it, not %v", k)
		}
		if failed := failures(a.deleteEndpoint(id)); failed != "" {
			t.Errorf("deleting a rejected endpoint should not be listed with %s", failed)
		}
		watch(t, a, "a rejected endpoint that is deleted", endpointState(id), moment{0, "deleting"}, moment{90 * s, "deleted"})
		items := a.deleteService("vpce-svc-" + none)
		if failures(items) != "InvalidVpcEndpointServiceId.NotFound" || *items[0].ResourceId != "vpce-svc-"+none {
			t.Errorf("a service that is not there should be listed by its ID, not as %+v", items)
		}
	})
}

// An endpoint lies only in zones in which its service is, one subnet in each (aws-facts §2.18).
func TestZonesOfAnEndpoint(t *testing.T) {
	story(t, sim.Options{NoLimits: true}, func(t *testing.T, _ *sim.World, a account) {
		ctx := t.Context()
		n := a.network()
		second, err := a.CreateSubnet(ctx, &ec2.CreateSubnetInput{VpcId: &n.vpc, CidrBlock: new("10.0.1.0/24"), AvailabilityZone: new(tokyo + "c")})
		a.fatal(err)
		third := a.subnet(n.vpc, "10.0.2.0/24")
		_, name := a.endpointService(a.balancer("lab", n.group, n.subnet))
		create := func(subnets ...string) error {
			_, err := a.CreateVpcEndpoint(ctx, interfaceEndpoint(n.vpc, name, n.group, subnets...))
			return err
		}
		err = create(n.subnet, *second.Subnet.SubnetId)
		wantCode(t, err, "InvalidParameter", "an endpoint of which one subnet lies in another zone than the service")
		want := "The VPC endpoint service " + name + " does not support the availability zone of the subnet: " + *second.Subnet.SubnetId
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("the refusal should say %q, not %v", want, err)
		}
		wantCode(t, create(n.subnet, third), "DuplicateSubnetsInSameZone", "an endpoint with two subnets of one zone")
		wantCode(t, create(third), "", "an endpoint in a zone of the service")
		services, err := a.DescribeVpcEndpointServices(ctx, &ec2.DescribeVpcEndpointServicesInput{ServiceNames: []string{name}})
		a.fatal(err)
		if d := services.ServiceDetails[0]; !slices.Equal(d.AvailabilityZoneIds, []string{"apne1-az4"}) || !slices.Equal(d.AvailabilityZones, []string{tokyo + "a"}) {
			t.Errorf("the service should be in zone %sa alone, which is apne1-az4, not in %v, %v", tokyo, d.AvailabilityZones, d.AvailabilityZoneIds)
		}
		_, err = a.balancing().CreateLoadBalancer(ctx, internal("two", nil, n.subnet, third))
		wantCode(t, err, "InvalidConfigurationRequest", "a load balancer with two subnets of one zone")
	})
}

// A new service may answer once that it is not available, before any effect (aws/aws-sdk-go-v2#2254).
func TestAServiceMayBeUnsteady(t *testing.T) {
	codes := map[string]int{}
	for seed := range uint64(8) {
		story(t, sim.Options{Durations: sim.Spread, Seed: seed, NoLimits: true}, func(t *testing.T, w *sim.World, a account) {
			n := a.slowNetwork()
			balancer := a.balancer("lab", n.group, n.subnet)
			pass(20 * s)
			out, err := a.CreateVpcEndpointServiceConfiguration(t.Context(), &ec2.CreateVpcEndpointServiceConfigurationInput{NetworkLoadBalancerArns: []string{balancer}})
			a.fatal(err)
			var said []string
			for range 200 {
				before := len(w.Objects())
				_, err := a.CreateVpcEndpoint(t.Context(), interfaceEndpoint(n.vpc, *out.ServiceConfiguration.ServiceName, n.group, n.subnet))
				if err == nil {
					break
				}
				if len(w.Objects()) != before {
					t.Errorf("%s should come before any effect", code(err))
				}
				said = append(said, code(err))
				pass(s / 10)
			}
			codes[strings.Join(slices.Compact(slices.Clone(said)), " ")]++
			if n := len(slices.DeleteFunc(said, func(c string) bool { return c != "ServiceUnavailable" })); n > 1 {
				t.Errorf("a service should say so once, not %d times", n)
			}
		})
	}
	with := 0
	for said, n := range codes {
		if strings.Contains(said, "ServiceUnavailable") {
			with += n
		}
	}
	if with == 0 {
		t.Errorf("some of 8 services should have answered ServiceUnavailable, but they said %v", codes)
	}
}

// A token makes one thing, and the same form is answered with it (aws-facts §0.1).
func TestTokensOfALink(t *testing.T) {
	story(t, sim.Options{NoLimits: true}, func(t *testing.T, w *sim.World, a account) {
		ctx := t.Context()
		n := a.network()
		in := &ec2.CreateVpcEndpointServiceConfigurationInput{NetworkLoadBalancerArns: []string{a.balancer("lab", n.group, n.subnet)}, ClientToken: new("one")}
		first, err := a.CreateVpcEndpointServiceConfiguration(ctx, in)
		a.fatal(err)
		again, err := a.CreateVpcEndpointServiceConfiguration(ctx, in)
		a.fatal(err)
		if *first.ServiceConfiguration.ServiceId != *again.ServiceConfiguration.ServiceId {
			t.Error("the same token should be answered with the same service")
		}
		pass(2 * s)
		endpoint := interfaceEndpoint(n.vpc, *first.ServiceConfiguration.ServiceName, n.group, n.subnet)
		endpoint.ClientToken = new("two")
		one, err := a.CreateVpcEndpoint(ctx, endpoint)
		a.fatal(err)
		two, err := a.CreateVpcEndpoint(ctx, endpoint)
		a.fatal(err)
		if *one.VpcEndpoint.VpcEndpointId != *two.VpcEndpoint.VpcEndpointId || kinds(w.Objects())["vpc-endpoint"] != 1 {
			t.Error("the same token should be answered with the same endpoint")
		}
		endpoint.SecurityGroupIds = nil
		_, err = a.CreateVpcEndpoint(ctx, endpoint)
		wantCode(t, err, "IdempotentParameterMismatch", "the same token for another endpoint")
	})
}

// Load balancers, target groups and listeners have no token: the same settings are the same thing (aws-facts §0.3).
func TestIdempotentBySettings(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, w *sim.World, a account) {
		ctx := t.Context()
		l := a.link()
		before := w.Objects()
		targets, err := a.balancing().CreateTargetGroup(ctx, targetGroup(l.provider.vpc, "lab"))
		a.fatal(err)
		balancers, err := a.balancing().CreateLoadBalancer(ctx, internal("lab", []string{l.shield}, l.provider.subnet))
		a.fatal(err)
		listeners, err := a.balancing().CreateListener(ctx, forward(l.balancer, l.targets))
		a.fatal(err)
		have := []string{*targets.TargetGroups[0].TargetGroupArn, *balancers.LoadBalancers[0].LoadBalancerArn, *listeners.Listeners[0].ListenerArn}
		if diff := cmp.Diff([]string{l.targets, l.balancer, l.listener}, have); diff != "" {
			t.Errorf("the same settings should be answered with what is there (-want +have):\n%s", diff)
		}
		wantCode(t, a.register(l.targets, l.provider.instance), "", "registering a target again")
		if diff := cmp.Diff(before, w.Objects()); diff != "" {
			t.Errorf("none of this should have changed the world (-before +after):\n%s", diff)
		}
	})
}

// EC2's tag calls know endpoints and services, Elastic Load Balancing has its own.
func TestTagsOfALink(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, _ *sim.World, a account) {
		ctx := t.Context()
		l := a.link()
		a.tag("b", l.endpoint, l.service)
		endpoints, err := a.DescribeVpcEndpoints(ctx, &ec2.DescribeVpcEndpointsInput{Filters: filter("tag:Name", "b")})
		a.fatal(err)
		services, err := a.DescribeVpcEndpointServiceConfigurations(ctx, &ec2.DescribeVpcEndpointServiceConfigurationsInput{Filters: filter("tag:Name", "b")})
		a.fatal(err)
		if len(endpoints.VpcEndpoints) != 1 || len(services.ServiceConfigurations) != 1 {
			t.Errorf("the endpoint and the service should be found by their new tag, not %d and %d", len(endpoints.VpcEndpoints), len(services.ServiceConfigurations))
		}
		_, err = a.DeleteTags(ctx, &ec2.DeleteTagsInput{Resources: []string{l.endpoint}, Tags: []types.Tag{{Key: new("Name")}}})
		a.fatal(err)

		all := []string{l.balancer, l.targets, l.listener}
		_, err = a.balancing().AddTags(ctx, &elb.AddTagsInput{ResourceArns: all, Tags: append(balancingTag("x", "1"), balancingTag("y", "2")...)})
		a.fatal(err)
		_, err = a.balancing().RemoveTags(ctx, &elb.RemoveTagsInput{ResourceArns: all, TagKeys: []string{"x", "z"}})
		a.fatal(err)
		out, err := a.balancing().DescribeTags(ctx, &elb.DescribeTagsInput{ResourceArns: all})
		a.fatal(err)
		for i, d := range out.TagDescriptions {
			if *d.ResourceArn != all[i] || len(d.Tags) != 1 || *d.Tags[0].Key != "y" || *d.Tags[0].Value != "2" {
				t.Errorf("%s should have the tag y=2 alone, not %+v", all[i], d)
			}
		}
	})
}
