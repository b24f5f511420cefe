package sim

import (
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
)

type peeringState = types.VpcPeeringConnectionStateReasonCode

// The states of a peering connection (aws-facts §1.2).
const (
	peeringInitiating   = types.VpcPeeringConnectionStateReasonCodeInitiatingRequest
	peeringPending      = types.VpcPeeringConnectionStateReasonCodePendingAcceptance
	peeringProvisioning = types.VpcPeeringConnectionStateReasonCodeProvisioning
	peeringActive       = types.VpcPeeringConnectionStateReasonCodeActive
	peeringDeleting     = types.VpcPeeringConnectionStateReasonCodeDeleting
	peeringDeleted      = types.VpcPeeringConnectionStateReasonCodeDeleted
	peeringRejected     = types.VpcPeeringConnectionStateReasonCodeRejected
	peeringFailed       = types.VpcPeeringConnectionStateReasonCodeFailed
	peeringExpired      = types.VpcPeeringConnectionStateReasonCodeExpired
)

// state is what AWS itself knows of it.
func (p *peering) state(now time.Time) string {
	var s peeringState
	switch p.stage(now) {
	case unborn, making:
		s = peeringInitiating
		if !p.accepted.IsZero() {
			s = peeringProvisioning
		}
	case leaving:
		s = peeringDeleting
	case dead, buried:
		s = p.end
	case standing, broken:
		s = peeringPending
		if !p.accepted.IsZero() {
			s = peeringActive
		}
	}
	return string(s)
}

// shownState is the state in reads, which may have it that nobody is deleting the connection.
func (p *peering) shownState(now time.Time) peeringState {
	s := peeringState(p.state(now))
	if s == peeringDeleting && !now.Before(p.flickers) && now.Before(p.settles) {
		return p.was
	}
	return s
}

// peeringMessages are AWS's words for the states, the account in the place of %s.
var peeringMessages = map[peeringState]string{
	peeringInitiating:   "Initiating Request to %s",
	peeringPending:      "Pending Acceptance by %s",
	peeringProvisioning: "Provisioning",
	peeringActive:       "Active",
	peeringDeleting:     "Deleting",
	peeringDeleted:      "Deleted by %s",
	peeringRejected:     "Rejected by %s",
	peeringFailed:       "Failed due to incorrect VPC-ID, Account ID, or overlapping CIDR range",
	peeringExpired:      "Expired",
}

var peeringFacets = facets[*peering]{
	"vpc-peering-connection-id":     one(func(p *peering) string { return p.id }),
	"requester-vpc-info.vpc-id":     one(func(p *peering) string { return p.requester.vpc }),
	"accepter-vpc-info.vpc-id":      one(func(p *peering) string { return p.accepter.vpc }),
	"requester-vpc-info.owner-id":   func(c *call, _ *peering) []string { return []string{c.account} },
	"accepter-vpc-info.owner-id":    func(c *call, _ *peering) []string { return []string{c.account} },
	"requester-vpc-info.cidr-block": one(func(p *peering) string { return p.requester.cidr }),
	"accepter-vpc-info.cidr-block":  one(func(p *peering) string { return p.accepter.cidr }),
	"status-code":                   func(c *call, p *peering) []string { return []string{string(p.shownState(c.now))} },
	"status-message":                func(c *call, p *peering) []string { return []string{*c.awsPeering(p).Status.Message} },
	"expiration-time": func(c *call, p *peering) []string {
		if at := c.awsPeering(p).ExpirationTime; at != nil {
			return []string{at.UTC().Format("2006-01-02T15:04:05.000Z")}
		}
		return nil
	},
}

// awsPeering writes a connection. The accepter's block and both sides' options come to light when it is accepted, the
// time of expiry goes then, as in the examples of AWS's documentation.
func (c *call) awsPeering(p *peering) types.VpcPeeringConnection {
	state := p.shownState(c.now)
	out := types.VpcPeeringConnection{
		VpcPeeringConnectionId: new(p.id), Tags: awsTags(p.tags),
		Status:           &types.VpcPeeringConnectionStateReason{Code: state, Message: new(strings.ReplaceAll(peeringMessages[state], "%s", c.account))},
		RequesterVpcInfo: c.awsPeer(p.requester, true), AccepterVpcInfo: c.awsPeer(p.accepter, !p.accepted.IsZero()),
	}
	if state == peeringInitiating || state == peeringPending {
		out.ExpirationTime = new(p.asked.Add(requestLives))
	}
	if c.handler.changing == changing {
		return out
	}
	out.RequesterVpcInfo.PeeringOptions = p.requester.options()
	if !p.accepted.IsZero() {
		out.AccepterVpcInfo.PeeringOptions = p.accepter.options()
	}
	return out
}

// awsPeer writes one side.
func (c *call) awsPeer(s peer, withBlock bool) *types.VpcPeeringConnectionVpcInfo {
	out := &types.VpcPeeringConnectionVpcInfo{VpcId: new(s.vpc), OwnerId: new(c.account), Region: new(c.region.name)}
	if withBlock {
		out.CidrBlock, out.CidrBlockSet = new(s.cidr), []types.CidrBlock{{CidrBlock: new(s.cidr)}}
		if v := c.vpcs.byID[s.vpc]; v != nil {
			for _, b := range v.more {
				out.CidrBlockSet = append(out.CidrBlockSet, types.CidrBlock{CidrBlock: new(b.cidr.String())})
			}
		}
	}
	return out
}

// options are always shown with those of ClassicLink, which is no more.
func (s peer) options() *types.VpcPeeringConnectionOptionsDescription {
	return &types.VpcPeeringConnectionOptionsDescription{
		AllowDnsResolutionFromRemoteVpc: new(s.resolveDNS), AllowEgressFromLocalClassicLinkToRemoteVpc: new(false),
		AllowEgressFromLocalVpcToRemoteClassicLink: new(false),
	}
}
