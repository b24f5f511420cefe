package steps

import (
	"context"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"vpclink/state"
	"vpclink/waiters"
)

// RouteTable are the settings of a VPC's route table.
type RouteTable struct {
	VPC      state.Value `json:"vpc"`
	Existing string      `json:"existing,omitempty"` // the ID of one that is there already
}

func (set RouteTable) existing() string { return set.Existing }

type routeTableAPI interface {
	ec2.DescribeRouteTablesAPIClient
	CreateRouteTable(context.Context, *ec2.CreateRouteTableInput, ...func(*ec2.Options)) (*ec2.CreateRouteTableOutput, error)
	DeleteRouteTable(context.Context, *ec2.DeleteRouteTableInput, ...func(*ec2.Options)) (*ec2.DeleteRouteTableOutput, error)
}

type routeTable struct{}

var _ typed[RouteTable] = routeTable{}

func (routeTable) life() waiters.Life {
	return waiters.Life{Exists: true, Typical: 2 * time.Second, Timeout: 5 * time.Minute}
}

func (k routeTable) view() view[RouteTable, types.RouteTable] {
	return view[RouteTable, types.RouteTable]{
		life: k.life(),
		id:   func(t types.RouteTable) string { return aws.ToString(t.RouteTableId) },
		tags: func(t types.RouteTable) []types.Tag { return t.Tags },
	}
}

func (k routeTable) observe(ctx context.Context, env Env, wants []want[RouteTable]) ([]Observation, error) {
	v := k.view()
	seen, err := lookup(ctx, env, wants, "route-table-id", v.id, describeRouteTables(env.EC2))
	return v.match(env, wants, seen), err
}

func (k routeTable) create(ctx context.Context, env Env, w want[RouteTable]) (Observation, error) {
	var api routeTableAPI = env.EC2
	out, err := api.CreateRouteTable(ctx, &ec2.CreateRouteTableInput{
		VpcId:             aws.String(w.set.VPC.String()),
		ClientToken:       aws.String(w.Token),
		TagSpecifications: env.tagged(w.Record, types.ResourceTypeRouteTable),
	})
	if err != nil {
		return Observation{}, codes{create: unseenVPC}.taken(err)
	}
	made, err := part(out.RouteTable, "making a route table")
	return k.view().observation(w, made), err
}

func (routeTable) remove(ctx context.Context, env Env, w want[RouteTable]) error {
	var api routeTableAPI = env.EC2
	_, err := api.DeleteRouteTable(ctx, &ec2.DeleteRouteTableInput{RouteTableId: aws.String(w.ID)})
	return hangingOn(ctx, env, w.ID, onRouteTable, codes{}.removed(err))
}

// describeRouteTables shows tables with their routes and associations: three kinds are read from them.
func describeRouteTables(api ec2.DescribeRouteTablesAPIClient) fetch[types.RouteTable] {
	return func(ctx context.Context, by []types.Filter) ([]types.RouteTable, error) {
		p := ec2.NewDescribeRouteTablesPaginator(api, &ec2.DescribeRouteTablesInput{Filters: by})
		return pages(ctx, p, func(o *ec2.DescribeRouteTablesOutput) []types.RouteTable { return o.RouteTables })
	}
}
