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

// TGWAssociation are the settings of the association of an attachment with a transit gateway's route table: by that
// table the traffic which comes in through the attachment finds its way. An attachment has one at most.
type TGWAssociation struct {
	RouteTable state.Value `json:"route_table"`
	Attachment state.Value `json:"attachment"`
}

type tgwAssociationAPI interface {
	ec2.GetTransitGatewayRouteTableAssociationsAPIClient
	AssociateTransitGatewayRouteTable(
		context.Context, *ec2.AssociateTransitGatewayRouteTableInput, ...func(*ec2.Options),
	) (*ec2.AssociateTransitGatewayRouteTableOutput, error)
	DisassociateTransitGatewayRouteTable(
		context.Context, *ec2.DisassociateTransitGatewayRouteTableInput, ...func(*ec2.Options),
	) (*ec2.DisassociateTransitGatewayRouteTableOutput, error)
}

type tgwAssociation struct{}

var _ typed[TGWAssociation] = tgwAssociation{}

// The timeout leaves room for the tail of ten minutes that has been seen (aws-facts §1.5).
func (tgwAssociation) life() waiters.Life {
	return waiters.Life{
		Making: []string{"associating"}, Ready: []string{"associated"}, Leaving: []string{"disassociating"},
		Gone: []string{"disassociated"}, Typical: 45 * time.Second, Timeout: 15 * time.Minute,
	}
}

// inTable is the natural key, and so the ID, of what an attachment has in a transit gateway's route table.
func inTable(table, attachment string) string { return table + "|" + attachment }

// tableEntry is an association or propagation together with the table it was read from.
type tableEntry struct{ table, attachment, state string }

func (e tableEntry) id() string { return inTable(e.table, e.attachment) }

func (k tgwAssociation) observe(ctx context.Context, env Env, wants []want[TGWAssociation]) ([]Observation, error) {
	of := func(set TGWAssociation) string { return set.RouteTable.String() }
	seen, err := eachParent(wants, of, unseenRouteTable, func(table string) ([]tableEntry, error) {
		p := ec2.NewGetTransitGatewayRouteTableAssociationsPaginator(env.EC2, &ec2.GetTransitGatewayRouteTableAssociationsInput{
			TransitGatewayRouteTableId: aws.String(table),
		})
		list, err := pages(ctx, p, func(o *ec2.GetTransitGatewayRouteTableAssociationsOutput) []types.TransitGatewayRouteTableAssociation {
			return o.Associations
		})
		entries := make([]tableEntry, 0, len(list))
		for _, a := range list {
			entries = append(entries, tableEntry{table, aws.ToString(a.TransitGatewayAttachmentId), string(a.State)})
		}
		return entries, err
	})
	return view[TGWAssociation, tableEntry]{
		life:    k.life(),
		id:      tableEntry.id,
		state:   func(e tableEntry) (string, string) { return e.state, "" },
		wanted:  func(set TGWAssociation) string { return inTable(set.RouteTable.String(), set.Attachment.String()) },
		natural: tableEntry.id,
	}.match(env, wants, seen), err
}

func (tgwAssociation) create(ctx context.Context, env Env, w want[TGWAssociation]) (Observation, error) {
	var api tgwAssociationAPI = env.EC2
	out, err := api.AssociateTransitGatewayRouteTable(ctx, &ec2.AssociateTransitGatewayRouteTableInput{
		TransitGatewayRouteTableId: aws.String(w.set.RouteTable.String()),
		TransitGatewayAttachmentId: aws.String(w.set.Attachment.String()),
	})
	if err != nil {
		return Observation{}, codes{create: tableLater}.taken(err)
	}
	made, err := part(out.Association, "associating an attachment")
	return Observation{ID: inTable(w.set.RouteTable.String(), w.set.Attachment.String()), State: string(made.State)}, err
}

func (tgwAssociation) remove(ctx context.Context, env Env, w want[TGWAssociation]) error {
	var api tgwAssociationAPI = env.EC2
	_, err := api.DisassociateTransitGatewayRouteTable(ctx, &ec2.DisassociateTransitGatewayRouteTableInput{
		TransitGatewayRouteTableId: aws.String(w.set.RouteTable.String()),
		TransitGatewayAttachmentId: aws.String(w.set.Attachment.String()),
	})
	return codes{remove: []string{"IncorrectState"}}.removed(err)
}
