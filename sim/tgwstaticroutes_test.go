package sim_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/google/go-cmp/cmp"

	"vpclink/sim"
)

// gatewayRoutes are the lines of a gateway's table that a search shows, each as a sentence.
func (a account) gatewayRoutes(table string, filters []types.Filter) []string {
	a.t.Helper()
	out, err := a.SearchTransitGatewayRoutes(a.t.Context(), &ec2.SearchTransitGatewayRoutesInput{TransitGatewayRouteTableId: &table, Filters: filters})
	a.fatal(err)
	have := []string{}
	for _, r := range out.Routes {
		words := []string{*r.DestinationCidrBlock, string(r.Type), string(r.State)}
		for _, to := range r.TransitGatewayAttachments {
			words = append(words, *to.TransitGatewayAttachmentId)
		}
		have = append(have, strings.Join(words, " "))
	}
	return have
}

func (a account) wantGatewayRoutes(when, table string, filters []types.Filter, want ...string) {
	a.t.Helper()
	if diff := cmp.Diff(want, a.gatewayRoutes(table, filters)); diff != "" {
		a.t.Errorf("%s, a search by %s %v finds other routes (-want +have):\n%s", when, *filters[0].Name, filters[0].Values, diff)
	}
}

// blackhole makes a static route that drops its traffic.
func (a account) blackhole(table, cidr string) {
	a.t.Helper()
	out, err := a.CreateTransitGatewayRoute(a.t.Context(), &ec2.CreateTransitGatewayRouteInput{
		TransitGatewayRouteTableId: &table, DestinationCidrBlock: &cidr, Blackhole: new(true), TransitGatewayAttachmentId: new("tgw-attach-" + none),
	})
	a.fatal(err)
	if r := out.Route; r.State != "blackhole" || r.Type != "static" || len(r.TransitGatewayAttachments) != 0 {
		a.t.Errorf("a route that drops its traffic has no attachment, and is a blackhole from the start, not %+v", r)
	}
	pass(2 * s)
}

// A static route wins over a propagated one of the same block, which is back when the static one is gone.
func TestStaticRoutes(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, _ *sim.World, a account) {
		l := a.lab()
		either := filter("type", "static", "propagated")
		toA, toB := l.a.cidr+" propagated active "+l.a.attachment, l.b.cidr+" propagated active "+l.b.attachment
		a.wantGatewayRoutes("before", l.table, either, toA, toB)

		a.staticRoute(l.table, "10.9.0.0/16", l.a.attachment)
		a.staticRoute(l.table, l.a.cidr, l.b.attachment)
		a.blackhole(l.table, l.b.cidr)
		further, over, drop := "10.9.0.0/16 static active "+l.a.attachment, l.a.cidr+" static active "+l.b.attachment, l.b.cidr+" static blackhole"
		for _, row := range []struct {
			filters []types.Filter
			want    []string
		}{
			{either, []string{further, over, drop}},
			{filter("type", "static"), []string{further, over, drop}},
			{filter("type", "propagated"), []string{}},
			{filter("state", "active"), []string{further, over}},
			{filter("state", "blackhole"), []string{drop}},
			{filter("route-search.exact-match", l.b.cidr), []string{drop}},
			{filter("attachment.transit-gateway-attachment-id", l.a.attachment), []string{further}},
			{filter("attachment.resource-id", l.b.vpc), []string{over}},
			{filter("attachment.resource-type", "vpc"), []string{further, over}},
		} {
			a.wantGatewayRoutes("with static routes", l.table, row.filters, row.want...)
		}

		wantCode(t, gatewayRoute(l.b.cidr, ec2.CreateTransitGatewayRouteInput{TransitGatewayAttachmentId: &l.b.attachment})(t.Context(), a.Client, l),
			"RouteAlreadyExists", "a second static route of one block")
		a.fatal(a.deleteStaticRoute(l.table, l.a.cidr))
		wantCode(t, a.deleteStaticRoute(l.table, l.a.cidr), "InvalidRoute.NotFound", "deleting it again")
		a.fatal(a.deleteStaticRoute(l.table, "10.9.0.0/16"))
		a.wantGatewayRoutes("right after two deletes", l.table, filter("state", "deleted"),
			"10.9.0.0/16 static deleted "+l.a.attachment, l.a.cidr+" static deleted "+l.b.attachment)
		pass(s)
		a.wantGatewayRoutes("a second later", l.table, either, toA, drop)
	})
}

// One made anew while the deleted one is still shown takes its place: a block has one line, whatever the delays.
func TestAStaticRouteIsMadeAnew(t *testing.T) {
	story(t, sim.Options{Durations: sim.Spread, Seed: 7, Scale: 0.1, NoLimits: true}, func(t *testing.T, _ *sim.World, a account) {
		l := a.lab()
		ask := gatewayRoute("10.9.0.0/16", ec2.CreateTransitGatewayRouteInput{TransitGatewayAttachmentId: &l.a.attachment})
		for range 20 {
			a.fatal(ask(t.Context(), a.Client, l))
			pass(s)
			a.fatal(a.deleteStaticRoute(l.table, "10.9.0.0/16"))
			a.fatal(ask(t.Context(), a.Client, l))
			for range 50 {
				if have := a.gatewayRoutes(l.table, filter("type", "static")); len(have) > 1 {
					t.Fatalf("a block should have one static route, not %v", have)
				}
				pass(20 * time.Millisecond)
			}
			a.fatal(a.deleteStaticRoute(l.table, "10.9.0.0/16"))
			pass(s)
		}
	})
}

// A page of routes ends in the order in which the next one goes on, whether they are static or propagated.
func TestPagesOfRoutes(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, _ *sim.World, a account) {
		l := a.lab()
		want := []string{l.a.cidr, l.b.cidr}
		for _, cidr := range []string{"10.9.0.0/16", "10.10.0.0/16", "10.11.0.0/16", "10.12.0.0/16", "10.13.0.0/16"} {
			a.staticRoute(l.table, cidr, l.a.attachment)
			want = append(want, cidr)
		}
		have := []string{}
		in := &ec2.SearchTransitGatewayRoutesInput{TransitGatewayRouteTableId: &l.table, Filters: filter("state", "active"), MaxResults: new(int32(5))}
		for {
			out, err := a.SearchTransitGatewayRoutes(t.Context(), in)
			a.fatal(err)
			for _, r := range out.Routes {
				have = append(have, *r.DestinationCidrBlock)
			}
			if in.NextToken = out.NextToken; in.NextToken == nil {
				break
			}
		}
		if diff := cmp.Diff(want, have); diff != "" {
			t.Errorf("two pages should have every route once (-want +have):\n%s", diff)
		}
	})
}

// An attachment's end leaves its static routes as blackholes, until they are deleted.
func TestStaticRoutesOfADeletedAttachment(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, _ *sim.World, a account) {
		l := a.lab()
		a.staticRoute(l.table, l.a.cidr, l.a.attachment)
		_, err := a.DeleteTransitGatewayVpcAttachment(t.Context(), &ec2.DeleteTransitGatewayVpcAttachmentInput{TransitGatewayAttachmentId: &l.a.attachment})
		a.fatal(err)
		for _, wait := range []time.Duration{0, 70 * s, 2 * time.Hour} {
			pass(wait)
			a.wantGatewayRoutes("after the attachment's delete", l.table, filter("type", "static"), l.a.cidr+" static blackhole "+l.a.attachment)
		}
		a.fatal(a.deleteStaticRoute(l.table, l.a.cidr))
		pass(s)
		a.wantGatewayRoutes("after the route's delete", l.table, filter("type", "static"), []string{}...)
	})
}

// Nothing is left of a table's static routes when it goes, by itself or with its gateway.
func TestStaticRoutesGoWithTheirTable(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, w *sim.World, a account) {
		ctx := t.Context()
		l := a.lab()
		own := a.gatewayTable(l.gateway)
		a.staticRoute(own, "10.9.0.0/16", l.a.attachment)
		a.blackhole(own, "10.8.0.0/16")
		open := a.openGateway()
		tables, err := a.DescribeTransitGatewayRouteTables(ctx, &ec2.DescribeTransitGatewayRouteTablesInput{Filters: filter("transit-gateway-id", open)})
		a.fatal(err)
		a.blackhole(*tables.TransitGatewayRouteTables[0].TransitGatewayRouteTableId, "10.7.0.0/16")
		routes := func() []string {
			var have []string
			for _, o := range w.Objects() {
				if o.Kind == "tgw-route" {
					have = append(have, o.ID[strings.Index(o.ID, "|")+1:]+" "+o.State)
				}
			}
			return slices.Sorted(slices.Values(have))
		}
		if diff := cmp.Diff([]string{"10.7.0.0/16 blackhole", "10.8.0.0/16 blackhole", "10.9.0.0/16 active"}, routes()); diff != "" {
			t.Errorf("the world should have three static routes (-want +have):\n%s", diff)
		}
		_, err = a.DeleteTransitGatewayRouteTable(ctx, &ec2.DeleteTransitGatewayRouteTableInput{TransitGatewayRouteTableId: &own})
		a.fatal(err)
		pass(20 * s)
		if diff := cmp.Diff([]string{"10.7.0.0/16 blackhole"}, routes()); diff != "" {
			t.Errorf("the table should have taken its static routes along (-want +have):\n%s", diff)
		}
		remove(t, a, open)
		pass(96 * s)
		if have := routes(); len(have) != 0 {
			t.Errorf("the gateway should have taken its default table's static routes along, not left %v", have)
		}
	})
}

// What is pending takes no static route and gives none back.
func TestStaticRoutesOfWhatIsPending(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, _ *sim.World, a account) {
		ctx := t.Context()
		l := a.lab()
		add := func(table string, in ec2.CreateTransitGatewayRouteInput) error {
			in.TransitGatewayRouteTableId, in.DestinationCidrBlock = &table, new("10.9.0.0/16")
			_, err := a.CreateTransitGatewayRoute(ctx, &in)
			return err
		}
		out, err := a.CreateTransitGatewayRouteTable(ctx, &ec2.CreateTransitGatewayRouteTableInput{TransitGatewayId: &l.gateway})
		a.fatal(err)
		table := *out.TransitGatewayRouteTable.TransitGatewayRouteTableId
		pass(5 * s)
		wantCode(t, add(table, ec2.CreateTransitGatewayRouteInput{TransitGatewayAttachmentId: &l.a.attachment}), "IncorrectState", "a static route in a pending table")
		wantCode(t, add(table, ec2.CreateTransitGatewayRouteInput{Blackhole: new(true)}), "IncorrectState", "a blackhole in a pending table")
		wantCode(t, a.deleteStaticRoute(table, "10.9.0.0/16"), "IncorrectState", "deleting a static route of a pending table")

		vpc := a.vpc("c", "10.2.0.0/16")
		made, err := a.CreateTransitGatewayVpcAttachment(ctx, &ec2.CreateTransitGatewayVpcAttachmentInput{
			TransitGatewayId: &l.gateway, VpcId: &vpc, SubnetIds: []string{a.subnet(vpc, "10.2.0.0/24")},
		})
		a.fatal(err)
		pass(40 * s)
		pending := made.TransitGatewayVpcAttachment.TransitGatewayAttachmentId
		wantCode(t, add(table, ec2.CreateTransitGatewayRouteInput{TransitGatewayAttachmentId: pending}), "IncorrectState", "a static route to a pending attachment")
		other := a.gatewayTable(a.gateway(off))
		wantCode(t, add(other, ec2.CreateTransitGatewayRouteInput{TransitGatewayAttachmentId: pending}), "InvalidParameterValue", "a static route to another gateway's attachment")
	})
}
