package sim

import (
	"net/netip"
	"slices"
	"strconv"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
)

var subnetActions = []handler{
	action("CreateSubnet", changing, (*call).createSubnet),
	action("DescribeSubnets", reading, (*call).describeSubnets),
	action("DeleteSubnet", changing, (*call).deleteSubnet),
}

// subnet lies in the VPC that is its parent.
type subnet struct {
	thing
	cidr      netip.Prefix
	zone      *zone
	isDefault bool

	attributes map[string]string // that are not as they are by themselves
}

func (c *call) createSubnet(in *ec2.CreateSubnetInput) (*ec2.CreateSubnetOutput, error) {
	tags, err := tagsOnCreate(in.TagSpecifications, kindSubnet)
	if err != nil {
		return nil, err
	}
	v, err := c.vpcs.use(c, kindVPC, in.VpcId)
	if err != nil {
		return nil, err
	}
	cidr, err := parseIPv4("cidrBlock", in.CidrBlock)
	if err != nil {
		return nil, err
	}
	z, err := c.zoneNamed(in.AvailabilityZoneId, in.AvailabilityZone)
	if err != nil {
		return nil, err
	}
	if cidr.Bits() > 28 || !slices.ContainsFunc(v.blocks(), func(b netip.Prefix) bool { return contains(b, cidr) }) {
		return nil, fail("InvalidSubnet.Range", "The CIDR '%s' is invalid.", cidr)
	}
	siblings := c.subnets.in(v.id).standing(c, all)
	for _, s := range siblings {
		if s.cidr.Overlaps(cidr) {
			return nil, fail("InvalidSubnet.Conflict", "The CIDR '%s' conflicts with another subnet", cidr)
		}
	}
	if err := within(len(siblings), c.opts.Quotas.SubnetsPerVPC, "SubnetLimitExceeded", "subnets"); err != nil {
		return nil, err
	}
	s := c.subnets.add(c.region, &subnet{thing: c.born(kindSubnet, v.id, tags), cidr: cidr, zone: z, attributes: map[string]string{}})
	return &ec2.CreateSubnetOutput{Subnet: new(c.awsSubnet(s))}, nil
}

var subnetFacets = common("subnet-id", "state", withAttributes(facets[*subnet]{
	"vpc-id":               one(func(s *subnet) string { return s.parent }),
	"cidr-block":           one(func(s *subnet) string { return s.cidr.String() }),
	"availability-zone":    one(func(s *subnet) string { return s.zone.name }),
	"availability-zone-id": one(func(s *subnet) string { return s.zone.id }),
	"default-for-az":       one(func(s *subnet) string { return yesNo(s.isDefault) }),
	"subnet-arn":           func(c *call, s *subnet) []string { return []string{*c.arn("subnet", s.id)} },
	"available-ip-address-count": func(c *call, s *subnet) []string {
		return []string{strconv.Itoa(c.freeAddresses(s))}
	},
}))

func (c *call) describeSubnets(in *ec2.DescribeSubnetsInput) (*ec2.DescribeSubnetsOutput, error) {
	ask := listing{in.SubnetIds, in.Filters, in.MaxResults, in.NextToken}
	list, next, err := listed(c, &c.subnets, kindSubnet, subnetFacets, ask)
	if err != nil {
		return nil, err
	}
	return &ec2.DescribeSubnetsOutput{NextToken: next, Subnets: shown(list, c.awsSubnet)}, nil
}

// deleteSubnet ends a subnet's association with its route table along with it.
func (c *call) deleteSubnet(in *ec2.DeleteSubnetInput) (*ec2.DeleteSubnetOutput, error) {
	s, err := c.subnets.use(c, kindSubnet, in.SubnetId)
	if err != nil {
		return nil, err
	}
	if len(c.interfaces.holding(c, func(n *netInterface) bool { return n.subnet == s.id })) > 0 {
		return nil, dependency("The subnet '%s' has dependencies and cannot be deleted.", s.id)
	}
	c.leave(&s.thing)
	for _, l := range c.tableLinks.standing(c, func(l *tableLink) bool { return l.subnet == s.id }) {
		l.leaveWith(&s.life)
	}
	return &ec2.DeleteSubnetOutput{}, nil
}

func (c *call) freeAddresses(s *subnet) int {
	used := c.interfaces.holding(c, func(n *netInterface) bool { return n.subnet == s.id })
	return size(s.cidr) - reserved - len(used)
}

func (c *call) awsSubnet(s *subnet) types.Subnet {
	return types.Subnet{
		SubnetId: new(s.id), SubnetArn: c.arn("subnet", s.id), VpcId: new(s.parent), OwnerId: new(c.account),
		CidrBlock: new(s.cidr.String()), State: types.SubnetState(s.state(c.now)),
		AvailabilityZone: new(s.zone.name), AvailabilityZoneId: new(s.zone.id),
		AvailableIpAddressCount: new(int32(c.freeAddresses(s))),
		DefaultForAz:            new(s.isDefault), MapPublicIpOnLaunch: new(s.is(mapsPublic) == "true"), MapCustomerOwnedIpOnLaunch: new(false),
		AssignIpv6AddressOnCreation: new(false), EnableDns64: new(false), Ipv6Native: new(false),
		Ipv6CidrBlockAssociationSet: []types.SubnetIpv6CidrBlockAssociation{},
		PrivateDnsNameOptionsOnLaunch: &types.PrivateDnsNameOptionsOnLaunch{
			HostnameType: types.HostnameType(s.is(hostnameType)), EnableResourceNameDnsARecord: new(s.is(recordsName) == "true"),
			EnableResourceNameDnsAAAARecord: new(false),
		},
		Tags: awsTags(s.tags),
	}
}
