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
	"vpclink/words"
)

// VPCPeering are the settings of a VPC peering connection as it is requested. Two VPCs have one at most, whichever of
// them asked for it.
type VPCPeering struct {
	Requester state.Value `json:"requester"` // VPC IDs
	Accepter  state.Value `json:"accepter"`
}

type vpcPeeringAPI interface {
	ec2.DescribeVpcPeeringConnectionsAPIClient
	CreateVpcPeeringConnection(
		context.Context, *ec2.CreateVpcPeeringConnectionInput, ...func(*ec2.Options),
	) (*ec2.CreateVpcPeeringConnectionOutput, error)
	DeleteVpcPeeringConnection(
		context.Context, *ec2.DeleteVpcPeeringConnectionInput, ...func(*ec2.Options),
	) (*ec2.DeleteVpcPeeringConnectionOutput, error)
}

type vpcPeering struct{}

var _ typed[VPCPeering] = vpcPeering{}

// A request is ready as soon as it can be accepted. One that failed, was rejected or has expired is shown for hours or
// days, stands in nobody's way, and cannot be deleted (aws-facts §1.2, §2.11).
func (vpcPeering) life() waiters.Life {
	return waiters.Life{
		Making: []string{"initiating-request"}, Ready: []string{"pending-acceptance", "provisioning", "active"},
		Leaving: []string{"deleting"}, Gone: []string{"deleted"}, Dead: []string{"failed", "rejected", "expired"},
		Typical: 2 * time.Second, Timeout: 10 * time.Minute,
	}
}

func (k vpcPeering) view() view[VPCPeering, types.VpcPeeringConnection] {
	return view[VPCPeering, types.VpcPeeringConnection]{
		life:  k.life(),
		id:    func(p types.VpcPeeringConnection) string { return aws.ToString(p.VpcPeeringConnectionId) },
		tags:  func(p types.VpcPeeringConnection) []types.Tag { return p.Tags },
		state: peeringState,
		place: func(p types.VpcPeeringConnection) Place {
			return Place{VPCs: []string{peeringVPC(p.RequesterVpcInfo), peeringVPC(p.AccepterVpcInfo)}}
		},
		wanted: func(set VPCPeering) string { return between(set.Requester.String(), set.Accepter.String()) },
		natural: func(p types.VpcPeeringConnection) string {
			return between(peeringVPC(p.RequesterVpcInfo), peeringVPC(p.AccepterVpcInfo))
		},
	}
}

// between is the natural key of a peering: the two VPCs, in either direction.
func between(a, b string) string { return min(a, b) + "|" + max(a, b) }

func peeringVPC(side *types.VpcPeeringConnectionVpcInfo) string {
	if side == nil {
		return ""
	}
	return aws.ToString(side.VpcId)
}

func peeringState(p types.VpcPeeringConnection) (state, reason string) {
	if p.Status == nil {
		return "", ""
	}
	return string(p.Status.Code), aws.ToString(p.Status.Message)
}

// A second question, for peerings that were requested the other way round, is asked only when not all are found. Beside
// one that is as good as gone the pair may have another.
func (k vpcPeering) observe(ctx context.Context, env Env, wants []want[VPCPeering]) ([]Observation, error) {
	requester := func(set VPCPeering) string { return set.Requester.String() }
	seen, err := fetchByParent(ctx, wants, "requester-vpc-info.vpc-id", requester, describeVPCPeerings(env.EC2))
	if err != nil {
		return nil, err
	}
	found := k.view().match(env, wants, seen)
	present := slices.DeleteFunc(slices.Clone(found), func(o Observation) bool { return k.life().Stage(o.State).Absent() })
	missing := without(wants, present)
	if len(missing) == 0 {
		return found, nil
	}
	seen, err = fetchBy(ctx, seen, "accepter-vpc-info.vpc-id", parents(missing, requester), describeVPCPeerings(env.EC2))
	return k.view().match(env, wants, seen), err
}

// Requests that wait to be accepted have a quota of their own (25, aws-facts §1.4). Each is accepted as soon as it is
// there, so a place comes free.
func (k vpcPeering) create(ctx context.Context, env Env, w want[VPCPeering]) (Observation, error) {
	var api vpcPeeringAPI = env.EC2
	out, err := api.CreateVpcPeeringConnection(ctx, &ec2.CreateVpcPeeringConnectionInput{
		VpcId: aws.String(w.set.Requester.String()), PeerVpcId: aws.String(w.set.Accepter.String()),
		TagSpecifications: env.tagged(w.Record, types.ResourceTypeVpcPeeringConnection),
	})
	if err != nil {
		full := []string{
			"OutstandingVpcPeeringConnectionLimitExceeded", "PendingVpcPeeringConnectionLimitExceeded",
			"VpcPeeringConnectionsPerVpcLimitExceeded", // those on their way out still count
		}
		return Observation{}, codes{create: slices.Concat(full, unseenVPC)}.taken(err)
	}
	made, err := part(out.VpcPeeringConnection, "requesting a peering")
	return k.view().observation(w, made), err
}

// A peering that cannot be deleted any more is as good as gone.
func (vpcPeering) remove(ctx context.Context, env Env, w want[VPCPeering]) error {
	var api vpcPeeringAPI = env.EC2
	_, err := api.DeleteVpcPeeringConnection(ctx, &ec2.DeleteVpcPeeringConnectionInput{VpcPeeringConnectionId: aws.String(w.ID)})
	if cloud.HasCode(err, "InvalidStateTransition") {
		return words.Errorf("%w: %w", waiters.ErrNone, err)
	}
	return codes{}.removed(err)
}

func describeVPCPeerings(api ec2.DescribeVpcPeeringConnectionsAPIClient) fetch[types.VpcPeeringConnection] {
	return func(ctx context.Context, by []types.Filter) ([]types.VpcPeeringConnection, error) {
		p := ec2.NewDescribeVpcPeeringConnectionsPaginator(api, &ec2.DescribeVpcPeeringConnectionsInput{Filters: by})
		return pages(ctx, p, func(o *ec2.DescribeVpcPeeringConnectionsOutput) []types.VpcPeeringConnection {
			return o.VpcPeeringConnections
		})
	}
}
