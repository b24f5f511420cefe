package sim_test

import (
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/google/go-cmp/cmp"

	"vpclink/sim"
)

// Peering connections join two VPCs and carry routes (aws-facts §2.4, §2.11).
func TestAPeeringConnectionComesAndGoes(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, w *sim.World, a account) {
		ctx := t.Context()
		n, other := a.network(), a.vpc("b", "10.1.0.0/16")
		before := w.Objects()
		id, err := a.request(n.vpc, other)
		a.fatal(err)
		wantCode(t, a.accept(id), noPeering, "accepting a request made this moment")
		wantCode(t, a.peeringRoute(n.table, "10.1.0.0/16", id), noPeering, "a route to a request made this moment")
		_, err = a.request(n.vpc, other)
		wantCode(t, err, "VpcPeeringConnectionAlreadyExists", "a second request")
		_, err = a.request(other, n.vpc)
		wantCode(t, err, "VpcPeeringConnectionAlreadyExists", "a second request, the other way round")
		pass(2 * s)

		a.fatal(a.peeringRoute(n.table, "10.1.0.0/16", id))
		a.fatal(a.peeringRoute(n.table, "10.1.0.0/16", id)) // the same again succeeds
		elsewhere := mainTable(ctx, a.Client, a.vpc("c", "10.2.0.0/16"))
		wantCode(t, a.peeringRoute(*elsewhere.RouteTableId, "10.1.0.0/16", id), "InvalidParameterValue", "a route of a VPC that is not peered")
		watch(t, a, "a route to a request", routeState(n.table, "10.1.0.0/16"), moment{s, "blackhole"})
		a.fatal(a.accept(id))
		watch(t, a, "the route", routeState(n.table, "10.1.0.0/16"), moment{0, "blackhole"}, moment{s, "active"})
		have, err := a.tables(ctx, filter("route.vpc-peering-connection-id", id))
		if err != nil || have != 1 {
			t.Errorf("the table should be found by the connection, not %d, %v", have, err)
		}
		_, err = a.request(other, n.vpc)
		wantCode(t, err, "VpcPeeringConnectionAlreadyExists", "a request beside an active connection")

		a.fatal(a.unpeer(id))
		watch(t, a, "the route", routeState(n.table, "10.1.0.0/16"), moment{0, "blackhole"}, moment{time.Hour, "blackhole"})
		wantCode(t, a.peeringRoute(n.table, "10.3.0.0/16", id), noPeering, "a route to a deleted connection")
		renewed := a.peered(other, n.vpc) // a deleted one does not stand in the way
		_, err = a.ReplaceRoute(ctx, &ec2.ReplaceRouteInput{RouteTableId: &n.table, DestinationCidrBlock: new("10.1.0.0/16"), VpcPeeringConnectionId: &renewed})
		a.fatal(err)
		watch(t, a, "the route", routeState(n.table, "10.1.0.0/16"), moment{0, "active"})

		a.fatal(a.unpeer(renewed))
		_, err = a.DeleteRoute(ctx, &ec2.DeleteRouteInput{RouteTableId: &n.table, DestinationCidrBlock: new("10.1.0.0/16")})
		a.fatal(err)
		pass(time.Minute)
		want, left := kinds(before), kinds(w.Objects())
		want["vpc"]++ // c
		if diff := cmp.Diff(want, left); diff != "" {
			t.Errorf("nothing of the connections should be left (-before +after):\n%s", diff)
		}
	})
}

// A connection as AWS shows it: the accepter's block and options come with the acceptance, the expiry goes.
func TestAPeeringConnectionAsAWSShowsIt(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, w *sim.World, a account) {
		ctx := t.Context()
		p := a.pair()
		asked := w.Now()
		id := a.requested(p.a, p.b)
		show := func() types.VpcPeeringConnection {
			out, err := a.DescribeVpcPeeringConnections(ctx, &ec2.DescribeVpcPeeringConnectionsInput{VpcPeeringConnectionIds: []string{id}})
			a.fatal(err)
			return out.VpcPeeringConnections[0]
		}
		is := show()
		if !is.ExpirationTime.Equal(asked.Add(7*day).Truncate(time.Millisecond)) || is.AccepterVpcInfo.CidrBlock != nil {
			t.Errorf("a request should expire 7 days after %v and not tell the accepter's block, but is %v, %v", asked, is.ExpirationTime, is.AccepterVpcInfo.CidrBlock)
		}
		if have := *is.Status.Message; have != "Pending Acceptance by "+sim.DefaultAccount {
			t.Errorf("the message should name who may accept, but is %q", have)
		}
		request := w.Objects()[len(w.Objects())-1]
		if request.ID != id || !request.DeleteAsked.IsZero() || !request.Gone.IsZero() {
			t.Errorf("that the request will expire is nobody's delete yet, but Objects has %+v", request)
		}
		accepted := w.Now()
		a.fatal(a.accept(id))
		pass(s)
		if ready := w.Objects()[len(w.Objects())-1].Ready; ready.Sub(accepted).Round(time.Millisecond) != s {
			t.Errorf("Objects should say that it is active a second after its acceptance, at %v, not at %v", accepted, ready)
		}
		is = show()
		if is.ExpirationTime != nil || *is.AccepterVpcInfo.CidrBlock != "10.1.0.0/16" || *is.RequesterVpcInfo.CidrBlock != "10.0.0.0/16" {
			t.Errorf("an active connection should show both blocks, and no expiry, but is %v, %+v", is.ExpirationTime, is.AccepterVpcInfo)
		}
	})
}

func TestFiltersOfPeeringConnections(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, _ *sim.World, a account) {
		ctx := t.Context()
		p := a.pair()
		id := a.peered(p.a, p.b)
		a.requested(p.a, p.twin)
		for _, row := range []struct {
			name, value string
			want        int
		}{
			{"vpc-peering-connection-id", id, 1},
			{"requester-vpc-info.vpc-id", p.a, 2},
			{"accepter-vpc-info.vpc-id", p.b, 1},
			{"requester-vpc-info.owner-id", sim.DefaultAccount, 2},
			{"accepter-vpc-info.owner-id", sim.DefaultAccount, 2},
			{"requester-vpc-info.cidr-block", "10.0.0.0/16", 2},
			{"accepter-vpc-info.cidr-block", "10.1.0.0/16", 1},
			{"status-code", "active", 1},
			{"status-message", failedState, 1},
			{"expiration-time", "20*", 0},
		} {
			for value, want := range map[string]int{row.value: row.want, "other": 0} {
				out, err := a.DescribeVpcPeeringConnections(ctx, &ec2.DescribeVpcPeeringConnectionsInput{Filters: filter(row.name, value)})
				a.fatal(err)
				if have := len(out.VpcPeeringConnections); have != want {
					t.Errorf("%s = %s should find %d connections, not %d", row.name, value, want, have)
				}
			}
		}
	})
}

// The options of the two sides are apart, and for active connections (hashicorp/terraform-provider-aws#12113).
func TestPeeringOptions(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, _ *sim.World, a account) {
		ctx := t.Context()
		p := a.pair()
		id := a.requested(p.a, p.b)
		set := func(in ec2.ModifyVpcPeeringConnectionOptionsInput) error {
			in.VpcPeeringConnectionId = &id
			_, err := a.ModifyVpcPeeringConnectionOptions(ctx, &in)
			return err
		}
		dns := &types.PeeringConnectionOptionsRequest{AllowDnsResolutionFromRemoteVpc: new(true)}
		wantCode(t, set(ec2.ModifyVpcPeeringConnectionOptionsInput{RequesterPeeringConnectionOptions: dns}), "OperationNotPermitted", "options of a request")
		a.fatal(a.accept(id))
		pass(2 * s)
		a.fatal(set(ec2.ModifyVpcPeeringConnectionOptionsInput{AccepterPeeringConnectionOptions: dns}))
		wantCode(t, set(ec2.ModifyVpcPeeringConnectionOptionsInput{}), "MissingParameter", "no options")
		out, err := a.DescribeVpcPeeringConnections(ctx, &ec2.DescribeVpcPeeringConnectionsInput{})
		a.fatal(err)
		is := out.VpcPeeringConnections[0]
		if *is.RequesterVpcInfo.PeeringOptions.AllowDnsResolutionFromRemoteVpc || !*is.AccepterVpcInfo.PeeringOptions.AllowDnsResolutionFromRemoteVpc {
			t.Error("the accepter's side should resolve for the other, and the requester's should not")
		}
	})
}

func TestAPeeringConnectionHoldsItsVPCs(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, _ *sim.World, a account) {
		p := a.pair()
		active := a.peered(p.a, p.b)
		_, err := a.DeleteVpc(t.Context(), &ec2.DeleteVpcInput{VpcId: &p.b})
		wantCode(t, err, "DependencyViolation", "a VPC with an active peering connection")
		_, err = a.DeleteVpcPeeringConnection(t.Context(), &ec2.DeleteVpcPeeringConnectionInput{VpcPeeringConnectionId: &active})
		a.fatal(err)
		pass(30 * s)
		_, err = a.DeleteVpc(t.Context(), &ec2.DeleteVpcInput{VpcId: &p.b})
		a.fatal(err)
	})
}
