package steps

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"vpclink/state"
	"vpclink/waiters"
	"vpclink/words"
)

// Route are the settings of a route in a VPC's route table.
type Route struct {
	RouteTable  state.Value `json:"route_table"`
	Destination state.Value `json:"destination"` // an IPv4 block
	Target      state.Value `json:"target"`      // the ID of what the traffic goes to; its prefix tells the kind
}

type routeAPI interface {
	ec2.DescribeRouteTablesAPIClient
	CreateRoute(context.Context, *ec2.CreateRouteInput, ...func(*ec2.Options)) (*ec2.CreateRouteOutput, error)
	DeleteRoute(context.Context, *ec2.DeleteRouteInput, ...func(*ec2.Options)) (*ec2.DeleteRouteOutput, error)
}

type route struct{}

var _ typed[Route] = route{}

// A blackhole's target has vanished; AWS leaves the route in place (aws-facts §1.2), so it is deleted and made again.
func (route) life() waiters.Life {
	return waiters.Life{
		Ready: []string{"active"}, Failed: []string{"blackhole", "filtered"},
		Typical: 2 * time.Second, Timeout: 5 * time.Minute,
	}
}

// routeTargets set the field of a request that belongs to a target, by the prefix of its ID.
var routeTargets = map[string]func(*ec2.CreateRouteInput, *string){
	"tgw": func(in *ec2.CreateRouteInput, id *string) { in.TransitGatewayId = id },
	"igw": func(in *ec2.CreateRouteInput, id *string) { in.GatewayId = id },
	"pcx": func(in *ec2.CreateRouteInput, id *string) { in.VpcPeeringConnectionId = id },
}

// unseenTarget are the codes of a target that AWS does not see yet; it has one of its own for an internet gateway.
var unseenTarget = slices.Concat(unseenGateway, unseenPeering, unseenInternetGateway, []string{"InvalidGatewayID.NotFound"})

// tableRoute is a route together with the table it was read from.
type tableRoute struct {
	types.Route
	table string
}

func (r tableRoute) id() string { return routeID(r.table, aws.ToString(r.DestinationCidrBlock)) }

func (r tableRoute) target() string {
	for _, id := range []*string{
		r.TransitGatewayId, r.VpcPeeringConnectionId, r.GatewayId, r.NatGatewayId, r.NetworkInterfaceId, r.InstanceId,
	} {
		if id != nil {
			return *id
		}
	}
	return ""
}

// routeID is the natural key, and so the ID, of a route: "rtb-0a1|10.1.0.0/16".
func routeID(table, destination string) string { return table + "|" + destination }

func (k route) observe(ctx context.Context, env Env, wants []want[Route]) ([]Observation, error) {
	table := func(set Route) string { return set.RouteTable.String() }
	tables, err := fetchByParent(ctx, wants, "route-table-id", table, describeRouteTables(env.EC2))
	if err != nil {
		return nil, err
	}
	var seen []tableRoute
	for _, t := range tables {
		for _, r := range t.Routes {
			seen = append(seen, tableRoute{r, aws.ToString(t.RouteTableId)})
		}
	}
	return view[Route, tableRoute]{
		life:    k.life(),
		id:      tableRoute.id,
		state:   func(r tableRoute) (string, string) { return string(r.State), "" },
		wanted:  func(set Route) string { return routeID(set.RouteTable.String(), set.Destination.String()) },
		natural: tableRoute.id,
		diff: func(set Route, r tableRoute) []Field {
			fields := differ("destination", "", set.Destination.String(), aws.ToString(r.DestinationCidrBlock))
			return append(fields, differ("target", "", set.Target.String(), r.target())...)
		},
	}.match(env, wants, seen), nil
}

// A route to a gateway is refused with "does not exist" as long as the VPC's attachment is not ready (aws-facts §2.4).
func (route) create(ctx context.Context, env Env, w want[Route]) (Observation, error) {
	var api routeAPI = env.EC2
	in := &ec2.CreateRouteInput{
		RouteTableId: aws.String(w.set.RouteTable.String()), DestinationCidrBlock: aws.String(w.set.Destination.String()),
	}
	prefix, _, _ := strings.Cut(w.set.Target.String(), "-")
	to, known := routeTargets[prefix]
	if !known {
		return Observation{}, words.Errorf("making a route to %q: %w: no target has such an ID", w.set.Target.String(), errUnfit)
	}
	to(in, aws.String(w.set.Target.String()))
	if _, err := api.CreateRoute(ctx, in); err != nil {
		return Observation{}, codes{create: slices.Concat(unseenTarget, unseenRouteTable)}.taken(err)
	}
	return Observation{ID: routeID(w.set.RouteTable.String(), w.set.Destination.String())}, nil
}

func (route) remove(ctx context.Context, env Env, w want[Route]) error {
	var api routeAPI = env.EC2
	table, destination, known := strings.Cut(w.ID, "|") // the settings may want another one by now
	if !known {
		table, destination = w.set.RouteTable.String(), w.set.Destination.String()
	}
	_, err := api.DeleteRoute(ctx, &ec2.DeleteRouteInput{RouteTableId: aws.String(table), DestinationCidrBlock: aws.String(destination)})
	return codes{}.removed(err)
}
