package steps

import (
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

// TGWPropagation are the settings of a propagation: the attachment's routes appear in the transit gateway's table.
type TGWPropagation struct {
	RouteTable state.Value `json:"route_table"`
	Attachment state.Value `json:"attachment"`
}

type tgwPropagationAPI interface {
	ec2.GetTransitGatewayRouteTablePropagationsAPIClient
	EnableTransitGatewayRouteTablePropagation(
		context.Context, *ec2.EnableTransitGatewayRouteTablePropagationInput, ...func(*ec2.Options),
	) (*ec2.EnableTransitGatewayRouteTablePropagationOutput, error)
	DisableTransitGatewayRouteTablePropagation(
		context.Context, *ec2.DisableTransitGatewayRouteTablePropagationInput, ...func(*ec2.Options),
	) (*ec2.DisableTransitGatewayRouteTablePropagationOutput, error)
}

type tgwPropagation struct{}

var _ typed[TGWPropagation] = tgwPropagation{}

func (tgwPropagation) life() waiters.Life {
	return waiters.Life{
		Making: []string{"enabling"}, Ready: []string{"enabled"}, Leaving: []string{"disabling"}, Gone: []string{"disabled"},
		Typical: 30 * time.Second, Timeout: 10 * time.Minute,
	}
}

// tableLater are the codes of a new table or attachment that AWS does not see as ready yet.
var tableLater = slices.Concat([]string{"IncorrectState"}, unseenRouteTable, unseenAttachment)

// noTable reports whether a list was asked of a table that is not there (or not to be seen yet): nothing is in it.
func noTable(err error) bool { return cloud.HasCode(err, unseenRouteTable...) }

func (k tgwPropagation) observe(ctx context.Context, env Env, wants []want[TGWPropagation]) ([]Observation, error) {
	of := func(set TGWPropagation) string { return set.RouteTable.String() }
	seen, err := eachParent(wants, of, unseenRouteTable, func(table string) ([]tableEntry, error) {
		p := ec2.NewGetTransitGatewayRouteTablePropagationsPaginator(env.EC2, &ec2.GetTransitGatewayRouteTablePropagationsInput{
			TransitGatewayRouteTableId: aws.String(table),
		})
		list, err := pages(ctx, p, func(o *ec2.GetTransitGatewayRouteTablePropagationsOutput) []types.TransitGatewayRouteTablePropagation {
			return o.TransitGatewayRouteTablePropagations
		})
		entries := make([]tableEntry, 0, len(list))
		for _, p := range list {
			entries = append(entries, tableEntry{table, aws.ToString(p.TransitGatewayAttachmentId), string(p.State)})
		}
		return entries, err
	})
	return view[TGWPropagation, tableEntry]{
		life:    k.life(),
		id:      tableEntry.id,
		state:   func(e tableEntry) (string, string) { return e.state, "" },
		wanted:  func(set TGWPropagation) string { return inTable(set.RouteTable.String(), set.Attachment.String()) },
		natural: tableEntry.id,
	}.match(env, wants, seen), err
}

func (tgwPropagation) create(ctx context.Context, env Env, w want[TGWPropagation]) (Observation, error) {
	var api tgwPropagationAPI = env.EC2
	out, err := api.EnableTransitGatewayRouteTablePropagation(ctx, &ec2.EnableTransitGatewayRouteTablePropagationInput{
		TransitGatewayRouteTableId: aws.String(w.set.RouteTable.String()),
		TransitGatewayAttachmentId: aws.String(w.set.Attachment.String()),
	})
	if err != nil {
		return Observation{}, codes{create: tableLater}.taken(err)
	}
	made, err := part(out.Propagation, "enabling a propagation")
	return Observation{ID: inTable(w.set.RouteTable.String(), w.set.Attachment.String()), State: string(made.State)}, err
}

func (tgwPropagation) remove(ctx context.Context, env Env, w want[TGWPropagation]) error {
	var api tgwPropagationAPI = env.EC2
	_, err := api.DisableTransitGatewayRouteTablePropagation(ctx, &ec2.DisableTransitGatewayRouteTablePropagationInput{
		TransitGatewayRouteTableId: aws.String(w.set.RouteTable.String()),
		TransitGatewayAttachmentId: aws.String(w.set.Attachment.String()),
	})
	return codes{remove: []string{"IncorrectState"}}.removed(err)
}
