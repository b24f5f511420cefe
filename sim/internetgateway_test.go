package sim_test

import (
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/google/go-cmp/cmp"

	"vpclink/sim"
)

// An internet gateway is made, attached, used and taken away, and each step taken too early is refused (aws-facts §2.10).
func TestAnInternetGatewayComesAndGoes(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, w *sim.World, a account) {
		ctx := t.Context()
		n := a.network()
		out, err := a.CreateInternetGateway(ctx, &ec2.CreateInternetGatewayInput{TagSpecifications: named("internet-gateway", "a")})
		a.fatal(err)
		gateway := *out.InternetGateway.InternetGatewayId
		wantCode(t, a.attachInternet(gateway, n.vpc), "InvalidInternetGatewayID.NotFound", "attaching a gateway made this moment")
		watch(t, a, "a new gateway", internetState(gateway), moment{0, "InvalidInternetGatewayID.NotFound"}, moment{s, "absent"})
		wantCode(t, a.internetRoute(n.table, gateway), "InvalidParameterValue", "a route to a gateway that is not attached")
		wantCode(t, a.detachInternet(gateway, n.vpc), "Gateway.NotAttached", "detaching a gateway that is not attached")

		a.fatal(a.attachInternet(gateway, n.vpc))
		wantCode(t, a.attachInternet(gateway, n.vpc), "Resource.AlreadyAssociated", "attaching a gateway again, before reads show that it is")
		watch(t, a, "an attachment", internetState(gateway), moment{0, "absent"}, moment{s, "available"})
		a.fatal(a.internetRoute(n.table, gateway))
		a.fatal(a.internetRoute(n.table, gateway)) // the same again succeeds
		watch(t, a, "the default route", routeState(n.table, "0.0.0.0/0"), moment{0, "absent"}, moment{s, "active"})
		tables, err := a.DescribeRouteTables(ctx, &ec2.DescribeRouteTablesInput{Filters: filter("route.gateway-id", gateway)})
		a.fatal(err)
		if len(tables.RouteTables) != 1 || *tables.RouteTables[0].Routes[1].GatewayId != gateway {
			t.Errorf("the default route should lead to the gateway, but the tables with such a route are %+v", tables.RouteTables)
		}
		instance := a.publicInstance(n.subnet, n.group, "t")

		removeGateway := func() error {
			_, err := a.DeleteInternetGateway(ctx, &ec2.DeleteInternetGatewayInput{InternetGatewayId: &gateway})
			return err
		}
		wantCode(t, removeGateway(), "DependencyViolation", "deleting a gateway that is attached")
		wantCode(t, a.detachInternet(gateway, n.vpc), "DependencyViolation", "detaching from a VPC with a public address")
		a.terminate(instance)
		pass(30*s - 1)
		wantCode(t, a.detachInternet(gateway, n.vpc), "DependencyViolation", "detaching while the instance is shutting down")
		pass(1)
		a.fatal(a.detachInternet(gateway, n.vpc))
		watch(t, a, "the default route", routeState(n.table, "0.0.0.0/0"), moment{0, "blackhole"})
		wantCode(t, a.internetRoute(n.table, gateway), "InvalidParameterValue", "a route to a gateway that was detached")
		wantCode(t, a.detachInternet(gateway, n.vpc), "Gateway.NotAttached", "detaching a gateway again")
		watch(t, a, "the attachment", internetState(gateway), moment{0, "detaching"}, moment{s, "absent"})
		a.fatal(removeGateway())
		wantCode(t, removeGateway(), "InvalidInternetGatewayID.NotFound", "deleting a gateway again")
		watch(t, a, "the gateway", internetState(gateway), moment{s, "InvalidInternetGatewayID.NotFound"})
		watch(t, a, "the default route", routeState(n.table, "0.0.0.0/0"), moment{time.Hour, "blackhole"})
		have := kinds(w.Objects())
		if have["internet-gateway"]+have["internet-gateway-attachment"] != 0 {
			t.Errorf("neither gateway nor attachment should be left, but there are %v", have)
		}
	})
}

// A gateway that was detached may come back, to the same VPC or to another. Routes go by the VPC.
func TestAnInternetGatewayMoves(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, _ *sim.World, a account) {
		n, other := a.network(), a.vpc("b", "10.1.0.0/16")
		gateway := a.opened(n.vpc)
		a.fatal(a.internetRoute(n.table, gateway))
		pass(2 * s)
		a.fatal(a.detachInternet(gateway, n.vpc))
		a.fatal(a.attachInternet(gateway, other)) // reads still show the former attachment
		pass(2 * s)
		watch(t, a, "the route of the first VPC", routeState(n.table, "0.0.0.0/0"), moment{0, "blackhole"})
		have, err := a.internetGateways(t.Context(), filter("attachment.vpc-id", other))
		if err != nil || have != 1 {
			t.Errorf("the gateway should be found by the other VPC, not %d, %v", have, err)
		}
		a.fatal(a.detachInternet(gateway, other))
		a.fatal(a.attachInternet(gateway, n.vpc))
		pass(2 * s)
		watch(t, a, "the route of the first VPC", routeState(n.table, "0.0.0.0/0"), moment{0, "active"})
	})
}

// A VPC with a gateway is not deleted, and the default VPC's gateway counts and goes like every other (aws-facts §2.1).
func TestAnAttachedGatewayHoldsItsVPC(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, w *sim.World, a account) {
		ctx := t.Context()
		vpc := a.vpc("a", "10.0.0.0/16")
		gateway := a.opened(vpc)
		remove := func() error {
			_, err := a.DeleteVpc(ctx, &ec2.DeleteVpcInput{VpcId: &vpc})
			return err
		}
		wantCode(t, remove(), "DependencyViolation", "deleting a VPC with a gateway")
		a.fatal(a.detachInternet(gateway, vpc))
		pass(2 * s)
		wantCode(t, remove(), "", "deleting the VPC without it")

		before := w.Furniture()
		all, err := a.DescribeInternetGateways(ctx, &ec2.DescribeInternetGatewaysInput{Filters: filter("attachment.state", "available")})
		a.fatal(err)
		first := all.InternetGateways[0]
		a.fatal(a.detachInternet(*first.InternetGatewayId, *first.Attachments[0].VpcId))
		pass(2 * s)
		if have := kinds(w.Furniture()); have["internet-gateway-attachment"] != 0 {
			t.Errorf("the default VPC's gateway should be detached, but of AWS's own things there are %v", have)
		}
		a.fatal(a.attachInternet(*first.InternetGatewayId, *first.Attachments[0].VpcId))
		pass(2 * s)
		if diff := cmp.Diff(kinds(before)["internet-gateway"], kinds(w.Furniture())["internet-gateway"]); diff != "" {
			t.Errorf("the gateway itself should stay (-before +after):\n%s", diff)
		}
	})
}
