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

// VPCPeeringAccept are the settings of the acceptance of a peering. Its ID is the peering's.
type VPCPeeringAccept struct {
	Peering state.Value `json:"peering"`
}

type vpcPeeringAcceptAPI interface {
	ec2.DescribeVpcPeeringConnectionsAPIClient
	AcceptVpcPeeringConnection(
		context.Context, *ec2.AcceptVpcPeeringConnectionInput, ...func(*ec2.Options),
	) (*ec2.AcceptVpcPeeringConnectionOutput, error)
}

type vpcPeeringAccept struct{}

var _ typed[VPCPeeringAccept] = vpcPeeringAccept{}

// An acceptance cannot be taken back: it goes with the peering. The answer to it may still show the request.
func (vpcPeeringAccept) life() waiters.Life {
	return waiters.Life{
		Making: []string{"initiating-request", "pending-acceptance", "provisioning"}, Ready: []string{"active"},
		Leaving: []string{"deleting"}, Gone: []string{"deleted"}, Dead: []string{"failed", "rejected", "expired"}, NoUndo: true,
		Typical: 2 * time.Second, Timeout: 10 * time.Minute,
	}
}

func (k vpcPeeringAccept) view() view[VPCPeeringAccept, types.VpcPeeringConnection] {
	id := func(p types.VpcPeeringConnection) string { return aws.ToString(p.VpcPeeringConnectionId) }
	return view[VPCPeeringAccept, types.VpcPeeringConnection]{
		life: k.life(), id: id, state: peeringState,
		wanted: func(set VPCPeeringAccept) string { return set.Peering.String() }, natural: id,
	}
}

func (k vpcPeeringAccept) observe(ctx context.Context, env Env, wants []want[VPCPeeringAccept]) ([]Observation, error) {
	peering := func(set VPCPeeringAccept) string { return set.Peering.String() }
	seen, err := fetchByParent(ctx, wants, "vpc-peering-connection-id", peering, describeVPCPeerings(env.EC2))
	accepted := slices.DeleteFunc(seen, func(p types.VpcPeeringConnection) bool {
		code, _ := peeringState(p)
		return code == string(types.VpcPeeringConnectionStateReasonCodeInitiatingRequest) ||
			code == string(types.VpcPeeringConnectionStateReasonCodePendingAcceptance)
	})
	return k.view().match(env, wants, accepted), err
}

// "Not in a state to be accepted" is looked at: it may be accepted already.
func (k vpcPeeringAccept) create(ctx context.Context, env Env, w want[VPCPeeringAccept]) (Observation, error) {
	var api vpcPeeringAcceptAPI = env.EC2
	out, err := api.AcceptVpcPeeringConnection(ctx, &ec2.AcceptVpcPeeringConnectionInput{
		VpcPeeringConnectionId: aws.String(w.set.Peering.String()),
	})
	switch {
	case cloud.HasCode(err, "InvalidStateTransition"):
		return Observation{}, words.Errorf("%w: %w", ErrExists, err)
	case err != nil:
		return Observation{}, codes{create: unseenPeering}.taken(err)
	}
	made, err := part(out.VpcPeeringConnection, "accepting a peering")
	return k.view().observation(w, made), err
}

func (vpcPeeringAccept) remove(context.Context, Env, want[VPCPeeringAccept]) error { return nil }
