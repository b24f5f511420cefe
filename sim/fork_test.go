package sim_test

import (
	"context"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"vpclink/sim"
)

// answers is what AWS tells of a region, as the SDK reads it.
func answers(ctx context.Context, t *testing.T, c *ec2.Client) []any {
	t.Helper()
	vpcs, err1 := c.DescribeVpcs(ctx, &ec2.DescribeVpcsInput{})
	subnets, err2 := c.DescribeSubnets(ctx, &ec2.DescribeSubnetsInput{})
	tables, err3 := c.DescribeRouteTables(ctx, &ec2.DescribeRouteTablesInput{})
	groups, err4 := c.DescribeSecurityGroups(ctx, &ec2.DescribeSecurityGroupsInput{})
	rules, err5 := c.DescribeSecurityGroupRules(ctx, &ec2.DescribeSecurityGroupRulesInput{})
	instances, err6 := c.DescribeInstances(ctx, &ec2.DescribeInstancesInput{})
	cards, err7 := c.DescribeNetworkInterfaces(ctx, &ec2.DescribeNetworkInterfacesInput{})
	gateways, err8 := c.DescribeTransitGateways(ctx, &ec2.DescribeTransitGatewaysInput{})
	gatewayTables, err9 := c.DescribeTransitGatewayRouteTables(ctx, &ec2.DescribeTransitGatewayRouteTablesInput{})
	attachments, err10 := c.DescribeTransitGatewayAttachments(ctx, &ec2.DescribeTransitGatewayAttachmentsInput{})
	internetGates, err11 := c.DescribeInternetGateways(ctx, &ec2.DescribeInternetGatewaysInput{})
	addresses, err12 := c.DescribeAddresses(ctx, &ec2.DescribeAddressesInput{})
	peerings, err13 := c.DescribeVpcPeeringConnections(ctx, &ec2.DescribeVpcPeeringConnectionsInput{})
	for _, err := range []error{err1, err2, err3, err4, err5, err6, err7, err8, err9, err10, err11, err12, err13} {
		if err != nil {
			t.Fatalf("describing the region: %v", err)
		}
	}
	return []any{
		vpcs.Vpcs, subnets.Subnets, tables.RouteTables, groups.SecurityGroups, rules.SecurityGroupRules, instances.Reservations,
		cards.NetworkInterfaces, gateways.TransitGateways, gatewayTables.TransitGatewayRouteTables, attachments.TransitGatewayAttachments,
		internetGates.InternetGateways, addresses.Addresses, peerings.VpcPeeringConnections,
	}
}

// ignoreSerde leaves out what the SDK's structs hold for themselves.
var ignoreSerde = cmp.FilterPath(func(p cmp.Path) bool { return p.Last().String() == ".noSmithyDocumentSerde" }, cmp.Ignore())

// same compares two worlds: what they know, and what they answer.
func same(t *testing.T, what string, one, other *sim.World) {
	t.Helper()
	if diff := cmp.Diff(one.Now(), other.Now()); diff != "" {
		t.Errorf("%s: the clocks differ:\n%s", what, diff)
	}
	for name, look := range map[string]func(*sim.World) []sim.Object{"objects": (*sim.World).Objects, "history": (*sim.World).History, "furniture": (*sim.World).Furniture} {
		if diff := cmp.Diff(look(one), look(other)); diff != "" {
			t.Errorf("%s: the %s differ:\n%s", what, name, diff)
		}
	}
	here, there := answers(t.Context(), t, ec2In(one, sim.DefaultAccount, tokyo)), answers(t.Context(), t, ec2In(other, sim.DefaultAccount, tokyo))
	if diff := cmp.Diff(here, there, ignoreSerde, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("%s: AWS's answers differ:\n%s", what, diff)
	}
}

// A world is its changing calls: replayed, they give the same IDs, durations and answers.
func TestForkIsTheSameWorld(t *testing.T) {
	for name, opts := range map[string]sim.Options{
		"typical": {NoLimits: true},
		"spread":  {Durations: sim.Spread, Seed: 7, Scale: 0.1, NoLimits: true},
	} {
		t.Run(name, func(t *testing.T) {
			story(t, opts, func(t *testing.T, w *sim.World, a account) {
				w.Inject(sim.Fault{Kind: sim.Hide, Action: "CreateSubnet", Duration: time.Second})
				l := a.lab()
				a.staticRoute(l.table, "10.9.0.0/16", l.a.attachment)
				same(t, "the lab", w, w.Fork(w.Changes(), w.Now()))
				a.takeDown(l)
				same(t, "the lab taken down", w, w.Fork(w.Changes(), w.Now()))
				links := a.linked()
				same(t, "gateways, addresses and peerings", w, w.Fork(w.Changes(), w.Now()))
				a.fatal(a.unpeer(links.peering))
				same(t, "a peering connection on its way down", w, w.Fork(w.Changes(), w.Now()))
			})
		})
	}
}

// A fork is as the world was then, and goes its own way.
func TestForkOfThePast(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, w *sim.World, a account) {
		start := w.Now()
		first := a.vpc("first", "10.0.0.0/16")
		then := w.Now()
		a.vpc("second", "10.1.0.0/16")

		if have := w.Fork(0, time.Time{}); have.Changes() != 0 || !have.Now().Equal(start) || len(have.Objects()) != 0 {
			t.Errorf("a fork before the first call should be empty, at %v, not at %v with %d calls", start, have.Now(), have.Changes())
		}
		f := w.Fork(1, time.Time{})
		if have := f.Objects(); len(have) != 1 || have[0].ID != first || !f.Now().Equal(start) {
			t.Fatalf("a fork after the first call should have the first VPC alone, at the moment of the call, not %+v at %v", have, f.Now())
		}
		if have := w.Fork(1, then).Now(); !have.Equal(then) {
			t.Errorf("a fork's clock should show what was asked for, %v, not %v", then, have)
		}
		b := account{Client: ec2In(f, sim.DefaultAccount, tokyo), t: t}
		pass(time.Second)
		other := b.subnet(first, "10.0.0.0/24")
		if subnetState(other)(t.Context(), a.Client) != "absent" {
			t.Error("what is made in a fork should not be in the world")
		}
		if calls := f.Calls(); calls[0].Action != "CreateVpc" || calls[0].N != 1 {
			t.Errorf("a fork's log should begin with the calls it was made of, not with %+v", calls[0])
		}
	})
}

// The changing calls of the past have taken their tokens in a fork too.
func TestForkedBuckets(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, w *sim.World, a account) {
		create := func(c *ec2.Client) error {
			_, err := c.CreateVpc(t.Context(), &ec2.CreateVpcInput{CidrBlock: new("10.0.0.0/16")})
			return err
		}
		for range 50 {
			a.fatal(create(a.Client))
		}
		f := ec2In(w.Fork(50, w.Now()), sim.DefaultAccount, tokyo)
		wantCode(t, create(f), "RequestLimitExceeded", "a 51st call in a fork of the world after 50")
		pass(time.Second)
		wantCode(t, create(f), "", "the call a second later")
	})
}

// A fork of any point of a story is what the world was there.
func TestForkAnywhere(t *testing.T) {
	type point struct {
		n       int
		at      time.Time
		objects []sim.Object
	}
	var points []point
	var w *sim.World
	opts := sim.Options{After: func(c sim.Call) error {
		points = append(points, point{c.N, w.Now(), w.Objects()})
		return nil
	}}
	story(t, opts, func(t *testing.T, world *sim.World, a account) {
		w = world
		l := a.lab()
		a.everyChange(&l)
		a.takeDown(l)
		everyLink(a)
		for _, p := range points {
			if diff := cmp.Diff(p.objects, w.Fork(p.n, p.at).Objects()); diff != "" {
				t.Fatalf("a fork after call %d differs from the world at that point:\n%s", p.n, diff)
			}
		}
		seen := len(points)
		if seen != w.Changes() {
			t.Errorf("the hook should have seen all %d calls, not %d", w.Changes(), seen)
		}
		b := account{Client: ec2In(w.Fork(0, time.Time{}), sim.DefaultAccount, tokyo), t: t}
		b.vpc("x", "10.0.0.0/16")
		if len(points) != seen {
			t.Error("a fork should be without the hooks")
		}
	})
}
