package sim

import (
	"slices"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
)

var peeringAnswerActions = []handler{
	action("AcceptVpcPeeringConnection", changing, (*call).acceptPeering),
	action("RejectVpcPeeringConnection", changing, (*call).rejectPeering),
}

// acceptPeering takes only a request that is pending-acceptance (API Reference, AcceptVpcPeeringConnection).
func (c *call) acceptPeering(in *ec2.AcceptVpcPeeringConnectionInput) (*ec2.AcceptVpcPeeringConnectionOutput, error) {
	p, err := c.peeringGoing(in.VpcPeeringConnectionId, peeringProvisioning, peeringPending)
	if err != nil {
		return nil, err
	}
	if err := c.roomForPeers(p); err != nil {
		return nil, err
	}
	p.accepted, p.requested = c.now, p.ready
	p.ready = c.now.Add(c.opts.draw(c.dice, provisioning))
	p.deleteAsked, p.gone, p.buried = time.Time{}, time.Time{}, time.Time{}
	return &ec2.AcceptVpcPeeringConnectionOutput{VpcPeeringConnection: new(c.awsPeering(p))}, nil
}

// rejectPeering takes the same, and is done at once.
func (c *call) rejectPeering(in *ec2.RejectVpcPeeringConnectionInput) (*ec2.RejectVpcPeeringConnectionOutput, error) {
	p, err := c.peeringGoing(in.VpcPeeringConnectionId, peeringRejected, peeringPending)
	if err != nil {
		return nil, err
	}
	p.end = peeringRejected
	p.life.leave(c.now, 0, kindPeering.tombstone)
	return &ec2.RejectVpcPeeringConnectionOutput{Return: new(true)}, nil
}

// deletePeering: one that failed, was rejected or expired is not deleted but goes by itself (aws-facts §2.11). AWS
// documents the delete of active and pending connections; that one on its way to either is taken too is assumed.
func (c *call) deletePeering(in *ec2.DeleteVpcPeeringConnectionInput) (*ec2.DeleteVpcPeeringConnectionOutput, error) {
	p, err := c.peeringGoing(in.VpcPeeringConnectionId, peeringDeleting, peeringInitiating, peeringPending, peeringProvisioning, peeringActive)
	if err != nil {
		return nil, err
	}
	c.endPeering(p)
	return &ec2.DeleteVpcPeeringConnectionOutput{Return: new(true)}, nil
}

// endPeering begins the end of a connection. Where durations spread, reads show the former state once more for a
// moment while it is being deleted (hashicorp/terraform-provider-aws#4140, #3393).
func (c *call) endPeering(p *peering) {
	p.was, p.end = peeringState(p.state(c.now)), peeringDeleted
	c.leave(&p.thing)
	if c.opts.Durations == Spread {
		takes := p.gone.Sub(c.now)
		p.flickers = c.now.Add(time.Duration(c.dice.Float64() * float64(takes)))
		p.settles = p.flickers.Add(takes / 4)
	}
}

// peeringNamed finds a connection, one that failed, was rejected or expired as well. A deleted one does not exist.
func (c *call) peeringNamed(id *string) (*peering, error) {
	p, err := c.peerings.read(c, kindPeering, id)
	if err == nil && p.state(c.now) == string(peeringDeleted) {
		return nil, fail(kindPeering.notFound, kindPeering.missing, p.id)
	}
	return p, err
}

// peeringGoing finds a connection that shall go from one of these states into another.
func (c *call) peeringGoing(
	id *string, to peeringState, from ...peeringState,
) (*peering, error) {
	p, err := c.peeringNamed(id)
	if err != nil {
		return nil, err
	}
	is := peeringState(p.state(c.now))
	if slices.Contains(from, is) {
		return p, nil
	}
	return nil, fail("InvalidStateTransition", "Invalid state transition for %s, attempted to transition from %s to %s", p.id, is, to)
}

// modifyPeeringOptions is for active connections: AWS says OperationNotPermitted before that
// (hashicorp/terraform-provider-aws#12113).
func (c *call) modifyPeeringOptions(in *ec2.ModifyVpcPeeringConnectionOptionsInput) (*ec2.ModifyVpcPeeringConnectionOptionsOutput, error) {
	p, err := c.peeringNamed(in.VpcPeeringConnectionId)
	if err != nil {
		return nil, err
	}
	if !p.active(c.now) {
		return nil, fail("OperationNotPermitted", "Peering %s is not active. Peering options can be added only to active peerings.", p.id)
	}
	if in.RequesterPeeringConnectionOptions == nil && in.AccepterPeeringConnectionOptions == nil {
		return nil, missing("requesterPeeringConnectionOptions")
	}
	return &ec2.ModifyVpcPeeringConnectionOptionsOutput{
		RequesterPeeringConnectionOptions: p.requester.set(in.RequesterPeeringConnectionOptions),
		AccepterPeeringConnectionOptions:  p.accepter.set(in.AccepterPeeringConnectionOptions),
	}, nil
}

// set changes the options of one side, and returns those that were given.
func (s *peer) set(asked *types.PeeringConnectionOptionsRequest) *types.PeeringConnectionOptions {
	if asked == nil {
		return nil
	}
	if asked.AllowDnsResolutionFromRemoteVpc != nil {
		s.resolveDNS = *asked.AllowDnsResolutionFromRemoteVpc
	}
	return &types.PeeringConnectionOptions{AllowDnsResolutionFromRemoteVpc: asked.AllowDnsResolutionFromRemoteVpc}
}

func (p *peering) tell(o *Object) {
	o.Requested, o.Accepted = p.requested, p.accepted
	if p.accepted.IsZero() {
		o.Requested = p.ready
	}
}
