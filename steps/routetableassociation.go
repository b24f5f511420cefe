package steps

import (
	"context"
	"slices"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"vpclink/state"
	"vpclink/waiters"
)

// RouteTableAssociation are the settings of the association of a subnet with a route table. A subnet has one at most,
// so the subnet is its natural key (aws-facts §1.1).
type RouteTableAssociation struct {
	RouteTable state.Value `json:"route_table"`
	Subnet     state.Value `json:"subnet"`
}

type routeTableAssociationAPI interface {
	ec2.DescribeRouteTablesAPIClient
	AssociateRouteTable(context.Context, *ec2.AssociateRouteTableInput, ...func(*ec2.Options)) (*ec2.AssociateRouteTableOutput, error)
	DisassociateRouteTable(context.Context, *ec2.DisassociateRouteTableInput, ...func(*ec2.Options)) (*ec2.DisassociateRouteTableOutput, error)
}

type routeTableAssociation struct{}

var _ typed[RouteTableAssociation] = routeTableAssociation{}

func (routeTableAssociation) life() waiters.Life {
	return waiters.Life{
		Exists: true, Making: []string{"associating"}, Ready: []string{"associated"}, Leaving: []string{"disassociating"},
		Gone: []string{"disassociated"}, Failed: []string{"failed"},
		Typical: 2 * time.Second, Timeout: 5 * time.Minute,
	}
}

func (k routeTableAssociation) view() view[RouteTableAssociation, types.RouteTableAssociation] {
	return view[RouteTableAssociation, types.RouteTableAssociation]{
		life: k.life(),
		id:   func(a types.RouteTableAssociation) string { return aws.ToString(a.RouteTableAssociationId) },
		state: func(a types.RouteTableAssociation) (string, string) {
			if a.AssociationState == nil {
				return "", "" // some servers leave it out: there is there
			}
			return string(a.AssociationState.State), aws.ToString(a.AssociationState.StatusMessage)
		},
		wanted:  func(set RouteTableAssociation) string { return set.Subnet.String() },
		natural: func(a types.RouteTableAssociation) string { return aws.ToString(a.SubnetId) },
		diff: func(set RouteTableAssociation, a types.RouteTableAssociation) []Field {
			return differ("route table", "", set.RouteTable.String(), aws.ToString(a.RouteTableId))
		},
	}
}

func (k routeTableAssociation) observe(ctx context.Context, env Env, wants []want[RouteTableAssociation]) ([]Observation, error) {
	// A subnet on the main table implicitly is not found by this filter, which is right: nothing is associated.
	subnet := func(set RouteTableAssociation) string { return set.Subnet.String() }
	tables, err := fetchByParent(ctx, wants, "association.subnet-id", subnet, describeRouteTables(env.EC2))
	if err != nil {
		return nil, err
	}
	var seen []types.RouteTableAssociation
	for _, t := range tables {
		seen = append(seen, t.Associations...)
	}
	found := k.view().match(env, wants, seen)
	for i, o := range found {
		// Another table for the subnet is the same association to whoever gave it that, and AWS gives it another ID.
		found[i].Ours = o.Ours || slices.ContainsFunc(wants, func(w want[RouteTableAssociation]) bool {
			return w.Key == o.Key && w.Owned && w.Phase == state.Ready
		})
	}
	return found, nil
}

func (routeTableAssociation) create(ctx context.Context, env Env, w want[RouteTableAssociation]) (Observation, error) {
	var api routeTableAssociationAPI = env.EC2
	out, err := api.AssociateRouteTable(ctx, &ec2.AssociateRouteTableInput{
		RouteTableId: aws.String(w.set.RouteTable.String()),
		SubnetId:     aws.String(w.set.Subnet.String()),
	})
	if err != nil {
		return Observation{}, codes{create: slices.Concat(unseenSubnet, unseenRouteTable)}.taken(err)
	}
	seen := Observation{ID: aws.ToString(out.AssociationId)}
	if out.AssociationState != nil {
		seen.State = string(out.AssociationState.State)
	}
	return seen, nil
}

func (routeTableAssociation) remove(ctx context.Context, env Env, w want[RouteTableAssociation]) error {
	var api routeTableAssociationAPI = env.EC2
	_, err := api.DisassociateRouteTable(ctx, &ec2.DisassociateRouteTableInput{AssociationId: aws.String(w.ID)})
	return codes{}.removed(err)
}
