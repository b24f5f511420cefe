package sim

import (
	"time"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
)

var peeringActions = []handler{
	action("CreateVpcPeeringConnection", changing, (*call).createPeering),
	action("DescribeVpcPeeringConnections", reading, (*call).describePeerings),
	action("DeleteVpcPeeringConnection", changing, (*call).deletePeering),
	action("ModifyVpcPeeringConnectionOptions", changing, (*call).modifyPeeringOptions),
}

// peering is a VPC peering connection. It begins with its end in sight: a request expires and a bad one fails, both by
// themselves, and only being accepted takes that end away.
type peering struct {
	thing
	requester, accepter peer
	end                 peeringState // what it is when it is dead
	accepted            time.Time    // zero until then; from then on it is ready when it is active
	requested           time.Time    // when it could be accepted; set by the acceptance
	was                 peeringState // before it was deleted
	flickers, settles   time.Time    // between them reads show that once more while it is being deleted
}

// peer is one side of a peering connection.
type peer struct {
	vpc, cidr  string // the CIDR block is "" for a VPC that is not there
	resolveDNS bool
}

// The ends of a request that nobody accepts (aws-facts §1.2).
const (
	requestLives = 7 * 24 * hour
	expiredShown = 48 * hour
)

func (c *call) createPeering(in *ec2.CreateVpcPeeringConnectionInput) (*ec2.CreateVpcPeeringConnectionOutput, error) {
	tags, err := tagsOnCreate(in.TagSpecifications, kindPeering)
	if err != nil {
		return nil, err
	}
	if in.PeerOwnerId != nil && *in.PeerOwnerId != c.account || in.PeerRegion != nil && *in.PeerRegion != c.region.name {
		return nil, fail("UnsupportedOperation", "The simulator peers VPCs of one account in one region.")
	}
	v, err := c.vpcs.use(c, kindVPC, in.VpcId)
	if err != nil {
		return nil, err
	}
	if in.PeerVpcId == nil {
		return nil, missing("peerVpcId")
	}
	if !kindVPC.wellFormed(*in.PeerVpcId) {
		return nil, fail(kindVPC.malformed, "Invalid id: %q (expecting \"vpc-...\")", *in.PeerVpcId)
	}
	p := &peering{requester: peer{vpc: v.id, cidr: v.cidr.String()}, accepter: peer{vpc: *in.PeerVpcId}}
	other, err := c.vpcs.use(c, kindVPC, in.PeerVpcId)
	fits := err == nil && !other.overlaps(v) // a VPC overlaps with itself
	if err == nil {
		p.accepter.cidr = other.cidr.String()
	}
	if err := c.roomForPeering(p, fits); err != nil {
		return nil, err
	}
	p.thing = c.born(kindPeering, "", tags)
	p.outlook(fits && !p.failed)
	c.peerings.add(c.region, p)
	return &ec2.CreateVpcPeeringConnectionOutput{VpcPeeringConnection: new(c.awsPeering(p))}, nil
}

// roomForPeering refuses a second connection of a pair, in either direction, and what the quotas do not allow. AWS's
// page of error codes counts open requests by VPC, its page of quotas by account: here they are the account's.
func (c *call) roomForPeering(p *peering, fits bool) error {
	open, pair := 0, ""
	for _, o := range c.peerings.standing(c, func(o *peering) bool { return o.end != peeringFailed }) {
		if o.accepted.IsZero() {
			open++
		}
		if o.joins(p.requester.vpc) && o.joins(p.accepter.vpc) {
			pair = o.id
		}
	}
	if fits && pair != "" {
		return fail("VpcPeeringConnectionAlreadyExists",
			"The VPC peering connection %s between %s and %s already exists.", pair, p.requester.vpc, p.accepter.vpc)
	}
	code, what := "OutstandingVpcPeeringConnectionLimitExceeded", "outstanding VPC peering connection requests"
	if err := within(open, c.opts.Quotas.OutstandingPeerings, code, what); err != nil {
		return err
	}
	return c.roomForPeers(p)
}

// roomForPeers: the quota of accepted connections holds for both VPCs.
func (c *call) roomForPeers(p *peering) error {
	for _, side := range []peer{p.requester, p.accepter} {
		have := c.peerings.standing(c, func(o *peering) bool { return o.joins(side.vpc) && !o.accepted.IsZero() })
		code, what := "VpcPeeringConnectionsPerVpcLimitExceeded", "VPC peering connections per VPC"
		if err := within(len(have), c.opts.Quotas.PeeringsPerVPC, code, what); err != nil {
			return err
		}
	}
	return nil
}

// outlook plans the end of a new request. What does not fit is no error: it fails once it is ready (aws-facts §2.11), as
// does one to a VPC that is not there, of which AWS's message for failed ones tells.
func (p *peering) outlook(fits bool) {
	p.failed, p.end = false, peeringExpired
	p.deleteAsked = p.asked.Add(requestLives)
	p.buried = p.deleteAsked.Add(expiredShown)
	if !fits {
		p.end, p.deleteAsked = peeringFailed, p.ready
		p.buried = p.ready.Add(kindPeering.tombstone)
	}
	p.gone = p.deleteAsked
}

func (c *call) describePeerings(in *ec2.DescribeVpcPeeringConnectionsInput) (*ec2.DescribeVpcPeeringConnectionsOutput, error) {
	ask := listing{in.VpcPeeringConnectionIds, in.Filters, in.MaxResults, in.NextToken}
	list, next, err := listed(c, &c.peerings, kindPeering, peeringFacets, ask)
	if err != nil {
		return nil, err
	}
	return &ec2.DescribeVpcPeeringConnectionsOutput{NextToken: next, VpcPeeringConnections: shown(list, c.awsPeering)}, nil
}

// joins reports whether the VPC is on one of its sides.
func (p *peering) joins(vpc string) bool { return p.requester.vpc == vpc || p.accepter.vpc == vpc }

// active reports whether traffic passes.
func (p *peering) active(now time.Time) bool {
	return p.stage(now) == standing && !p.accepted.IsZero()
}

// peeringsOf lists the connections of a VPC that nobody has ended yet.
func (c *call) peeringsOf(vpc string) []*peering {
	return c.peerings.standing(c, func(p *peering) bool { return p.joins(vpc) && p.end != peeringFailed })
}
