package steps

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"vpclink/cloud"
	"vpclink/state"
	"vpclink/waiters"
)

// TGWRouteTable are the settings of a route table of a transit gateway.
type TGWRouteTable struct {
	Gateway state.Value `json:"gateway"`
}

type tgwRouteTableAPI interface {
	ec2.DescribeTransitGatewayRouteTablesAPIClient
	CreateTransitGatewayRouteTable(
		context.Context, *ec2.CreateTransitGatewayRouteTableInput, ...func(*ec2.Options),
	) (*ec2.CreateTransitGatewayRouteTableOutput, error)
	SearchTransitGatewayRoutes(
		context.Context, *ec2.SearchTransitGatewayRoutesInput, ...func(*ec2.Options),
	) (*ec2.SearchTransitGatewayRoutesOutput, error)
	DeleteTransitGatewayRouteTable(
		context.Context, *ec2.DeleteTransitGatewayRouteTableInput, ...func(*ec2.Options),
	) (*ec2.DeleteTransitGatewayRouteTableOutput, error)
}

type tgwRouteTable struct{}

var _ typed[TGWRouteTable] = tgwRouteTable{}

func (tgwRouteTable) life() waiters.Life {
	return waiters.Life{
		Making: []string{"pending"}, Ready: []string{"available"}, Leaving: []string{"deleting"}, Gone: []string{"deleted"},
		Typical: 30 * time.Second, Timeout: 10 * time.Minute,
	}
}

func (k tgwRouteTable) view() view[TGWRouteTable, types.TransitGatewayRouteTable] {
	return view[TGWRouteTable, types.TransitGatewayRouteTable]{
		life:  k.life(),
		id:    func(t types.TransitGatewayRouteTable) string { return aws.ToString(t.TransitGatewayRouteTableId) },
		tags:  func(t types.TransitGatewayRouteTable) []types.Tag { return t.Tags },
		state: func(t types.TransitGatewayRouteTable) (string, string) { return string(t.State), "" },
	}
}

// By gateway: there is no tag filter for these tables (aws-facts §1.1).
func (k tgwRouteTable) observe(ctx context.Context, env Env, wants []want[TGWRouteTable]) ([]Observation, error) {
	gateway := func(set TGWRouteTable) string { return set.Gateway.String() }
	seen, err := fetchByParent(ctx, wants, "transit-gateway-id", gateway, k.fetch(env))
	return k.view().match(env, wants, seen), err
}

func (tgwRouteTable) fetch(env Env) fetch[types.TransitGatewayRouteTable] {
	return func(ctx context.Context, by []types.Filter) ([]types.TransitGatewayRouteTable, error) {
		p := ec2.NewDescribeTransitGatewayRouteTablesPaginator(env.EC2, &ec2.DescribeTransitGatewayRouteTablesInput{Filters: by})
		return pages(ctx, p, func(o *ec2.DescribeTransitGatewayRouteTablesOutput) []types.TransitGatewayRouteTable {
			return o.TransitGatewayRouteTables
		})
	}
}

func (k tgwRouteTable) create(ctx context.Context, env Env, w want[TGWRouteTable]) (Observation, error) {
	var api tgwRouteTableAPI = env.EC2
	out, err := api.CreateTransitGatewayRouteTable(ctx, &ec2.CreateTransitGatewayRouteTableInput{
		TransitGatewayId:  aws.String(w.set.Gateway.String()),
		TagSpecifications: env.tagged(w.Record, types.ResourceTypeTransitGatewayRouteTable),
	})
	if err != nil {
		return Observation{}, codes{create: slices.Concat(unseenGateway, []string{"IncorrectState"})}.taken(err)
	}
	made, err := part(out.TransitGatewayRouteTable, "making a route table")
	return k.view().observation(w, made), err
}

// IncorrectState: an association is still on its way out (aws-facts §2.22), or somebody made it the gateway's default
// table, which goes with the gateway alone.
func (k tgwRouteTable) remove(ctx context.Context, env Env, w want[TGWRouteTable]) error {
	var api tgwRouteTableAPI = env.EC2
	_, err := api.DeleteTransitGatewayRouteTable(ctx, &ec2.DeleteTransitGatewayRouteTableInput{
		TransitGatewayRouteTableId: aws.String(w.ID),
	})
	if cloud.MeaningOf(err) == cloud.WrongState {
		if turned := k.noDefault(ctx, env, w.ID, err); turned != nil {
			return turned
		}
	}
	return hangingOn(ctx, env, w.ID, onTGWRouteTable, codes{}.removed(err))
}

// noDefault has the table's gateway, which is ours as well, have no default tables, when this is one: then the delete that
// was refused is to be repeated.
func (k tgwRouteTable) noDefault(ctx context.Context, env Env, table string, refusal error) error {
	list, err := k.fetch(env)(ctx, []types.Filter{filter("transit-gateway-route-table-id", table)})
	if err != nil {
		return err
	}
	for _, t := range list {
		if aws.ToString(t.TransitGatewayRouteTableId) == table && (aws.ToBool(t.DefaultAssociationRouteTable) || aws.ToBool(t.DefaultPropagationRouteTable)) {
			gateway := want[TransitGateway]{Record: state.Record{ID: aws.ToString(t.TransitGatewayId)}}
			return cmp.Or(transitGateway{}.update(ctx, env, gateway, nil), error(&NotYetError{Err: refusal}))
		}
	}
	return nil
}
