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

// VPCPeeringDNS are the settings of DNS resolution over a peering: each side resolves the other's public host names to
// private addresses. Its ID is the peering's.
type VPCPeeringDNS struct {
	Peering state.Value `json:"peering"`
}

type vpcPeeringDNSAPI interface {
	ec2.DescribeVpcPeeringConnectionsAPIClient
	ModifyVpcPeeringConnectionOptions(
		context.Context, *ec2.ModifyVpcPeeringConnectionOptionsInput, ...func(*ec2.Options),
	) (*ec2.ModifyVpcPeeringConnectionOptionsOutput, error)
}

type vpcPeeringDNS struct{}

var _ typed[VPCPeeringDNS] = vpcPeeringDNS{}

// The options go with the peering.
func (vpcPeeringDNS) life() waiters.Life {
	return waiters.Life{Exists: true, NoUndo: true, Typical: 2 * time.Second, Timeout: 5 * time.Minute}
}

func (k vpcPeeringDNS) observe(ctx context.Context, env Env, wants []want[VPCPeeringDNS]) ([]Observation, error) {
	peering := func(set VPCPeeringDNS) string { return set.Peering.String() }
	seen, err := fetchByParent(ctx, wants, "vpc-peering-connection-id", peering, describeVPCPeerings(env.EC2))
	resolving := slices.DeleteFunc(seen, func(p types.VpcPeeringConnection) bool {
		code, _ := peeringState(p)
		return code != string(types.VpcPeeringConnectionStateReasonCodeActive) || !resolves(p.RequesterVpcInfo) || !resolves(p.AccepterVpcInfo)
	})
	id := func(p types.VpcPeeringConnection) string { return aws.ToString(p.VpcPeeringConnectionId) }
	return view[VPCPeeringDNS, types.VpcPeeringConnection]{
		life: k.life(), id: id,
		wanted: func(set VPCPeeringDNS) string { return set.Peering.String() }, natural: id,
	}.match(env, wants, resolving), err
}

func resolves(side *types.VpcPeeringConnectionVpcInfo) bool {
	return side != nil && side.PeeringOptions != nil && aws.ToBool(side.PeeringOptions.AllowDnsResolutionFromRemoteVpc)
}

func (vpcPeeringDNS) create(ctx context.Context, env Env, w want[VPCPeeringDNS]) (Observation, error) {
	var api vpcPeeringDNSAPI = env.EC2
	on := &types.PeeringConnectionOptionsRequest{AllowDnsResolutionFromRemoteVpc: aws.Bool(true)}
	_, err := api.ModifyVpcPeeringConnectionOptions(ctx, &ec2.ModifyVpcPeeringConnectionOptionsInput{
		VpcPeeringConnectionId:            aws.String(w.set.Peering.String()),
		RequesterPeeringConnectionOptions: on, AccepterPeeringConnectionOptions: on,
	})
	if err != nil {
		return Observation{}, codes{create: slices.Concat(unseenPeering, []string{"OperationNotPermitted", "InvalidStateTransition"})}.taken(err) // not seen as active yet
	}
	return Observation{ID: w.set.Peering.String()}, nil
}

func (vpcPeeringDNS) remove(context.Context, Env, want[VPCPeeringDNS]) error { return nil }
