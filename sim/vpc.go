package sim

import (
	"fmt"
	"net/netip"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
)

var vpcActions = []handler{
	action("CreateVpc", changing, (*call).createVpc),
	action("DescribeVpcs", reading, (*call).describeVpcs),
	action("DeleteVpc", changing, (*call).deleteVpc),
}

type vpc struct {
	thing
	cidr      netip.Prefix
	linkID    string  // of its first CIDR block
	more      []block // its further ones
	isDefault bool
	main      *routeTable
	group     *group // the default one

	dnsSupport, dnsHostnames, usageMetrics bool // its attributes
}

func (c *call) createVpc(in *ec2.CreateVpcInput) (*ec2.CreateVpcOutput, error) {
	tags, err := tagsOnCreate(in.TagSpecifications, kindVPC)
	if err != nil {
		return nil, err
	}
	cidr, err := parseIPv4("cidrBlock", in.CidrBlock)
	if err != nil {
		return nil, err
	}
	if cidr.Bits() < 16 || cidr.Bits() > 28 {
		return nil, fail("InvalidVpc.Range", "The CIDR '%s' is invalid.", cidr)
	}
	have := c.vpcs.holding(c, all)
	if err := within(len(have), c.opts.Quotas.VPCs, "VpcLimitExceeded", "VPCs"); err != nil {
		return nil, err
	}
	v := c.addVPC(&vpc{thing: c.born(kindVPC, "", tags), cidr: cidr})
	out := c.awsVPC(v)
	out.Ipv6CidrBlockAssociationSet = []types.VpcIpv6CidrBlockAssociation{} // only the answer to its making has it
	return &ec2.CreateVpcOutput{Vpc: &out}, nil
}

// addVPC puts a VPC there with what AWS makes along with it: main table and default group (aws-facts §2.1).
func (c *call) addVPC(v *vpc) *vpc {
	v.linkID, v.dnsSupport = c.newID("vpc-cidr-assoc"), true
	c.vpcs.add(c.region, v)
	v.main = c.addMainTable(v)
	v.group = c.addDefaultGroup(v)
	return v
}

var vpcFacets = common("vpc-id", "state", facets[*vpc]{
	"cidr":                                  one(func(v *vpc) string { return v.cidr.String() }),
	"cidr-block-association.cidr-block":     ofBlocks(func(b block) string { return b.cidr.String() }),
	"cidr-block-association.association-id": ofBlocks(func(b block) string { return b.linkID }),
	"cidr-block-association.state":          one(func(*vpc) string { return "associated" }),
	"is-default":                            one(func(v *vpc) string { return yesNo(v.isDefault) }),
	"dhcp-options-id":                       func(c *call, _ *vpc) []string { return []string{c.dhcpOptions()} },
})

func (c *call) describeVpcs(in *ec2.DescribeVpcsInput) (*ec2.DescribeVpcsOutput, error) {
	list, next, err := listed(c, &c.vpcs, kindVPC, vpcFacets, listing{in.VpcIds, in.Filters, in.MaxResults, in.NextToken})
	if err != nil {
		return nil, err
	}
	return &ec2.DescribeVpcsOutput{NextToken: next, Vpcs: shown(list, c.awsVPC)}, nil
}

// deleteVpc takes along the main table and the default group. Everything else in it refuses the call (aws-facts §2.1);
// so does a peering connection, as public reports have it (hashicorp/terraform-provider-aws#3118, #9499).
func (c *call) deleteVpc(in *ec2.DeleteVpcInput) (*ec2.DeleteVpcOutput, error) {
	v, err := c.vpcs.use(c, kindVPC, in.VpcId)
	if err != nil {
		return nil, err
	}
	if c.inUse(v) {
		return nil, dependency("The vpc '%s' has dependencies and cannot be deleted.", v.id)
	}
	c.leave(&v.thing)
	v.main.leaveWith(&v.life)
	v.main.mainLink.leaveWith(&v.life)
	for _, r := range c.routes.in(v.main.id).standing(c, all) {
		r.leaveWith(&v.life)
	}
	v.group.leaveWith(&v.life)
	for _, r := range c.rules.in(v.group.id).standing(c, all) {
		r.leaveWith(&v.life)
	}
	return &ec2.DeleteVpcOutput{}, nil
}

// inUse reports whether anything but its furniture lies in the VPC. Interfaces, and with them instances and
// attachments, lie in subnets.
func (c *call) inUse(v *vpc) bool {
	return len(c.subnets.in(v.id).holding(c, all)) > 0 ||
		len(c.routeTables.in(v.id).holding(c, func(t *routeTable) bool { return t != v.main })) > 0 ||
		len(c.groups.in(v.id).holding(c, func(g *group) bool { return g != v.group })) > 0 ||
		len(c.internetLinks.holding(c, func(l *internetLink) bool { return l.vpc == v.id })) > 0 ||
		len(c.peeringsOf(v.id)) > 0
}

func (c *call) awsVPC(v *vpc) types.Vpc {
	out := types.Vpc{
		VpcId: new(v.id), OwnerId: new(c.account), CidrBlock: new(v.cidr.String()), IsDefault: new(v.isDefault),
		State: types.VpcState(v.state(c.now)), InstanceTenancy: types.TenancyDefault, DhcpOptionsId: new(c.dhcpOptions()),
		Tags: awsTags(v.tags),
	}
	for _, b := range v.links() {
		out.CidrBlockAssociationSet = append(out.CidrBlockAssociationSet, b.shown(types.VpcCidrBlockStateCodeAssociated))
	}
	return out
}

// dhcpOptions is the set that every VPC of a region has from the start.
func (r *region) dhcpOptions() string {
	return fmt.Sprintf("dopt-0%016x", hashOf(place{r.account, r.name}))
}

func yesNo(b bool) string {
	if b {
		return "true"
	}
	return "false"
}
