package sim

import (
	"net/netip"
	"slices"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
)

var vpcBlockActions = []handler{
	action("AssociateVpcCidrBlock", changing, (*call).associateBlock),
	action("DisassociateVpcCidrBlock", changing, (*call).disassociateBlock),
}

// block is a further IPv4 block of a VPC, beside its first. It is there at once (assumed: AWS shows it as associating for
// a moment).
type block struct {
	linkID string
	cidr   netip.Prefix
}

// blocks are all IPv4 blocks of a VPC, the first one first.
func (v *vpc) blocks() []netip.Prefix {
	list := []netip.Prefix{v.cidr}
	for _, b := range v.more {
		list = append(list, b.cidr)
	}
	return list
}

// overlaps reports whether any block of one VPC overlaps with any of the other's.
func (v *vpc) overlaps(other *vpc) bool {
	return slices.ContainsFunc(v.blocks(), func(b netip.Prefix) bool { return slices.ContainsFunc(other.blocks(), b.Overlaps) })
}

// blocksPerVPC is the most IPv4 blocks of a VPC (aws-facts §1.4).
const blocksPerVPC = 5

// associateBlock gives the VPC a further block, and each of its tables a local route (Amazon VPC User Guide, VPC CIDR
// blocks).
func (c *call) associateBlock(in *ec2.AssociateVpcCidrBlockInput) (*ec2.AssociateVpcCidrBlockOutput, error) {
	v, err := c.vpcs.use(c, kindVPC, in.VpcId)
	if err != nil {
		return nil, err
	}
	cidr, err := parseIPv4("cidrBlock", in.CidrBlock)
	switch {
	case err != nil:
		return nil, err
	case cidr.Bits() < 16 || cidr.Bits() > 28:
		return nil, fail("InvalidVpc.Range", "The CIDR '%s' is invalid.", cidr)
	case slices.ContainsFunc(v.blocks(), cidr.Overlaps):
		return nil, fail("InvalidParameterValue", "The CIDR '%s' overlaps with one of the CIDR blocks of the VPC.", cidr)
	}
	if err := within(len(v.blocks()), blocksPerVPC, "CidrBlockLimitExceeded", "IPv4 CIDR blocks of a VPC"); err != nil {
		return nil, err
	}
	b := block{linkID: c.newID("vpc-cidr-assoc"), cidr: cidr}
	v.more = append(v.more, b)
	for _, t := range c.routeTables.in(v.id).standing(c, all) {
		c.addLocalRoute(t, cidr)
	}
	return &ec2.AssociateVpcCidrBlockOutput{VpcId: new(v.id), CidrBlockAssociation: new(b.shown(types.VpcCidrBlockStateCodeAssociating))}, nil
}

// disassociateBlock takes away a block in which no subnet lies; the first one stays for good.
func (c *call) disassociateBlock(in *ec2.DisassociateVpcCidrBlockInput) (*ec2.DisassociateVpcCidrBlockOutput, error) {
	for _, v := range c.vpcs.standing(c, all) {
		if v.linkID == deref(in.AssociationId) {
			return nil, fail("OperationNotPermitted", "The vpc CIDR block with association ID %s may not be disassociated. It is the primary IPv4 CIDR block of the VPC", v.linkID)
		}
		i := slices.IndexFunc(v.more, func(b block) bool { return b.linkID == deref(in.AssociationId) })
		if i < 0 {
			continue
		}
		b := v.more[i]
		if len(c.subnets.in(v.id).holding(c, func(s *subnet) bool { return s.cidr.Overlaps(b.cidr) })) > 0 {
			return nil, fail("InvalidCidrBlock.InUse", "The vpc %s currently has a subnet within CIDR block %s", v.id, b.cidr)
		}
		v.more = slices.Delete(v.more, i, i+1)
		for _, t := range c.routeTables.in(v.id).standing(c, all) {
			if r := c.findRoute(t, b.cidr); r != nil && r.implicit {
				c.leave(&r.thing)
			}
		}
		return &ec2.DisassociateVpcCidrBlockOutput{VpcId: new(v.id), CidrBlockAssociation: new(b.shown(types.VpcCidrBlockStateCodeDisassociating))}, nil
	}
	return nil, fail("InvalidVpcCidrBlockAssociationID.NotFound", "The vpc CIDR block association ID '%s' does not exist", deref(in.AssociationId))
}

func (b block) shown(s types.VpcCidrBlockStateCode) types.VpcCidrBlockAssociation {
	return types.VpcCidrBlockAssociation{
		AssociationId: new(b.linkID), CidrBlock: new(b.cidr.String()), CidrBlockState: &types.VpcCidrBlockState{State: s},
	}
}

// links are the associations of all blocks, the first one's first.
func (v *vpc) links() []block {
	return append([]block{{v.linkID, v.cidr}}, v.more...)
}

// ofBlocks is a facet over a VPC's blocks.
func ofBlocks(look func(block) string) func(*call, *vpc) []string {
	return func(_ *call, v *vpc) []string {
		var values []string
		for _, b := range v.links() {
			values = append(values, look(b))
		}
		return values
	}
}
