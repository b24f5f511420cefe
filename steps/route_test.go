package steps

import (
	"context"
	"errors"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"vpclink/state"
	"vpclink/waiters"
)

type routeCalls struct {
	account
	create call[ec2.CreateRouteInput, ec2.CreateRouteOutput]
	remove call[ec2.DeleteRouteInput, ec2.DeleteRouteOutput]
}

func (c *routeCalls) CreateRoute(_ context.Context, in *ec2.CreateRouteInput, _ ...opt) (*ec2.CreateRouteOutput, error) {
	return c.create.do(in)
}

func (c *routeCalls) DeleteRoute(_ context.Context, in *ec2.DeleteRouteInput, _ ...opt) (*ec2.DeleteRouteOutput, error) {
	return c.remove.do(in)
}

const routeAB state.Key = "1.4.6/route/a:b"

// toB leads from a's table to b's block.
func toB(target string) Route {
	return Route{RouteTable: state.Literal("rtb-a"), Destination: state.Literal("10.1.0.0/16"), Target: state.Literal(target)}
}

func TestAddRoute(t *testing.T) {
	aws := &routeCalls{}
	got := made(t, aws, record(t, routeAB, "", toB("tgw-1")))
	same(t, "an ID made of table and block, since AWS gives none", Observation{Key: routeAB, ID: "rtb-a|10.1.0.0/16", Ours: true}, got)
	same(t, "table, block and target", []*ec2.CreateRouteInput{
		{RouteTableId: new("rtb-a"), DestinationCidrBlock: new("10.1.0.0/16"), TransitGatewayId: new("tgw-1")},
	}, aws.create.sent)
}

// Each target has a field of its own in the call.
func TestRouteTargets(t *testing.T) {
	for target, want := range map[string]ec2.CreateRouteInput{
		"tgw-1": {TransitGatewayId: new("tgw-1")}, "igw-1": {GatewayId: new("igw-1")}, "pcx-1": {VpcPeeringConnectionId: new("pcx-1")},
	} {
		aws := &routeCalls{}
		made(t, aws, record(t, routeAB, "", toB(target)))
		want.RouteTableId, want.DestinationCidrBlock = new("rtb-a"), new("10.1.0.0/16")
		same(t, "a route to "+target, []*ec2.CreateRouteInput{&want}, aws.create.sent)
	}
}

func TestRouteToNothingKnownIsNotSent(t *testing.T) {
	for _, target := range []string{"", "i-1", "tgwrtb-1"} {
		aws := &routeCalls{}
		err := creating(t, aws, record(t, routeAB, "", toB(target)))
		if !errors.Is(err, errUnfit) || Unclear(err) || len(aws.create.sent) > 0 {
			t.Errorf("want no call for a route to %q, got %v and %d calls", target, err, len(aws.create.sent))
		}
	}
}

func TestRouteRefused(t *testing.T) {
	rec := record(t, routeAB, "rtb-a|10.1.0.0/16", toB("tgw-1"))
	refusals(t, "CreateRoute", map[string]error{
		"InvalidTransitGatewayID.NotFound": waiters.ErrNotYet,                                                    // the attachment is not ready
		"InvalidRouteTableID.NotFound":     waiters.ErrNotYet, "InvalidRouteTableId.NotFound": waiters.ErrNotYet, // the table is new
		"InvalidGatewayID.NotFound": waiters.ErrNotYet, "InvalidInternetGatewayID.NotFound": waiters.ErrNotYet, // the internet gateway is
		"InvalidVpcPeeringConnectionID.NotFound": waiters.ErrNotYet, // the peering is
		"InvalidParameterValue":                  asItIs,            // the internet gateway is of another VPC
		"RouteAlreadyExists":                     ErrExists, "RouteLimitExceeded": asItIs, "InvalidRoute.Malformed": asItIs,
	}, func(answer error) error {
		aws := &routeCalls{}
		aws.create.err = answer
		return creating(t, aws, rec)
	})
	refusals(t, "DeleteRoute", map[string]error{
		"InvalidRoute.NotFound":        waiters.ErrNone,
		"InvalidRouteTableID.NotFound": waiters.ErrNone, "InvalidRouteTableId.NotFound": waiters.ErrNone, // it took its routes along
		"UnauthorizedOperation": asItIs,
	}, func(answer error) error {
		aws := &routeCalls{}
		aws.remove.err = answer
		return deleting(t, aws, rec)
	})
}

func TestDeleteRoute(t *testing.T) {
	aws := &routeCalls{}
	if err := deleting(t, aws, record(t, routeAB, "rtb-a|10.1.0.0/16", toB("tgw-1"))); err != nil {
		t.Errorf("want the route deleted, got %v", err)
	}
	same(t, "table and block", []*ec2.DeleteRouteInput{{RouteTableId: new("rtb-a"), DestinationCidrBlock: new("10.1.0.0/16")}}, aws.remove.sent)
}

func TestObserveRoute(t *testing.T) {
	to := func(target string, state types.RouteState) types.Route {
		return types.Route{DestinationCidrBlock: new("10.1.0.0/16"), TransitGatewayId: &target, State: state}
	}
	instead := func(have string) []Field { return []Field{{Name: "target", Want: "tgw-1", Have: have}} }
	const id = "rtb-a|10.1.0.0/16"
	for _, test := range []struct {
		name  string
		id    string // what the journal has
		table string
		shown types.Route
		want  []Observation
	}{
		{
			name: "ours", id: id, table: "rtb-a", shown: to("tgw-1", types.RouteStateActive),
			want: []Observation{{Key: routeAB, ID: id, State: "active", Ours: true}},
		},
		{
			name: "found by table and block", table: "rtb-a", shown: to("tgw-1", types.RouteStateActive),
			want: []Observation{{Key: routeAB, ID: id, State: "active"}},
		},
		{
			name: "its gateway has gone", id: id, table: "rtb-a", shown: to("tgw-1", types.RouteStateBlackhole),
			want: []Observation{{Key: routeAB, ID: id, State: "blackhole", Ours: true}},
		},
		{
			name: "to somewhere else", table: "rtb-a", shown: to("tgw-9", types.RouteStateActive),
			want: []Observation{{Key: routeAB, ID: id, State: "active", Diff: instead("tgw-9")}},
		},
		{
			name: "to an interface", table: "rtb-a", // AWS names the instance beside it
			shown: types.Route{DestinationCidrBlock: new("10.1.0.0/16"), NetworkInterfaceId: new("eni-1"), InstanceId: new("i-1"), State: "active"},
			want:  []Observation{{Key: routeAB, ID: id, State: "active", Diff: instead("eni-1")}},
		},
		{
			name: "to an internet gateway", table: "rtb-a",
			shown: types.Route{DestinationCidrBlock: new("10.1.0.0/16"), GatewayId: new("igw-1"), State: "active"},
			want:  []Observation{{Key: routeAB, ID: id, State: "active", Diff: instead("igw-1")}},
		},
		{
			name: "over a peering", table: "rtb-a",
			shown: types.Route{DestinationCidrBlock: new("10.1.0.0/16"), VpcPeeringConnectionId: new("pcx-1"), State: "active"},
			want:  []Observation{{Key: routeAB, ID: id, State: "active", Diff: instead("pcx-1")}},
		},
		{
			name: "the VPC's own", table: "rtb-a",
			shown: types.Route{DestinationCidrBlock: new("10.1.0.0/16"), GatewayId: new("local"), State: "active"},
			want:  []Observation{{Key: routeAB, ID: id, State: "active", Diff: instead("local")}},
		},
		{
			name: "to nothing known, without a state", table: "rtb-a", shown: types.Route{DestinationCidrBlock: new("10.1.0.0/16")},
			want: []Observation{{Key: routeAB, ID: id, Diff: instead("")}},
		},
		{name: "in another table", table: "rtb-x", shown: to("tgw-1", types.RouteStateActive)},
		{name: "another block", table: "rtb-a", shown: types.Route{DestinationCidrBlock: new("10.1.0.0/24"), TransitGatewayId: new("tgw-1")}},
		{name: "no IPv4 block", table: "rtb-a", shown: types.Route{DestinationIpv6CidrBlock: new("::/0"), TransitGatewayId: new("tgw-1")}},
	} {
		t.Run(test.name, func(t *testing.T) {
			aws := &routeCalls{}
			aws.tables.things = []types.RouteTable{
				{RouteTableId: new("rtb-x"), Routes: []types.Route{{DestinationCidrBlock: new("0.0.0.0/0"), GatewayId: new("igw-1")}}},
				{RouteTableId: &test.table, Routes: []types.Route{test.shown}},
			}
			same(t, "the route from a to b", test.want, seen(t, KindRoute, aws, record(t, routeAB, test.id, toB("tgw-1"))))
		})
	}
}

// What was asked for is what is there, whatever sort of target it is.
func TestRoutesAsWanted(t *testing.T) {
	for target, shown := range map[string]types.Route{"igw-1": {GatewayId: new("igw-1")}, "pcx-1": {VpcPeeringConnectionId: new("pcx-1")}} {
		aws := &routeCalls{}
		shown.DestinationCidrBlock, shown.State = new("10.1.0.0/16"), types.RouteStateActive
		aws.tables.things = []types.RouteTable{{RouteTableId: new("rtb-a"), Routes: []types.Route{shown}}}
		same(t, "the route to "+target, []Observation{{Key: routeAB, ID: "rtb-a|10.1.0.0/16", State: "active"}},
			seen(t, KindRoute, aws, record(t, routeAB, "", toB(target))))
	}
}
