package sim

import (
	"net/netip"
	"slices"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
)

var elasticIPActions = []handler{
	action("AllocateAddress", changing, (*call).allocateAddress),
	action("DescribeAddresses", reading, (*call).describeAddresses),
	action("ReleaseAddress", changing, (*call).releaseAddress),
	action("AssociateAddress", changing, (*call).associateAddress),
	action("DisassociateAddress", changing, (*call).disassociateAddress),
}

// elasticIP is a public address that belongs to the account.
type elasticIP struct {
	thing
	address netip.Addr
	on      *netInterface // that it was associated with last; see interfaceOf
	linkID  string        // of that association
	former  []string      // IDs of the associations before
}

func (c *call) allocateAddress(in *ec2.AllocateAddressInput) (*ec2.AllocateAddressOutput, error) {
	tags, err := tagsOnCreate(in.TagSpecifications, kindElasticIP)
	if err != nil {
		return nil, err
	}
	if in.Address != nil || in.PublicIpv4Pool != nil || in.IpamPoolId != nil || in.CustomerOwnedIpv4Pool != nil {
		return nil, fail("UnsupportedOperation", "The simulator allocates addresses from Amazon's pool only.")
	}
	have := c.elasticIPs.holding(c, all)
	if err := within(len(have), c.opts.Quotas.ElasticIPs, "AddressLimitExceeded", "addresses"); err != nil {
		return nil, err
	}
	e := &elasticIP{thing: c.born(kindElasticIP, "", tags)}
	e.address = c.publicAddress(e.id)
	c.elasticIPs.add(c.region, e)
	return &ec2.AllocateAddressOutput{
		AllocationId: new(e.id), PublicIp: new(e.address.String()), PublicIpv4Pool: new("amazon"),
		NetworkBorderGroup: new(c.region.name), Domain: types.DomainTypeVpc,
	}, nil
}

// interfaceOf is the interface that has the address, nil when it is free: it is when the interface is gone.
func (c *call) interfaceOf(e *elasticIP) *netInterface {
	if e.on != nil && e.on.holds(c.now) {
		return e.on
	}
	return nil
}

// ofHolder is a facet over the interface that has the address.
func ofHolder(look func(*netInterface) string) func(*call, *elasticIP) []string {
	return func(c *call, e *elasticIP) []string {
		if n := c.interfaceOf(e); n != nil && look(n) != "" {
			return []string{look(n)}
		}
		return nil
	}
}

// AWS documents no filter by owner for addresses.
var elasticIPFacets = facets[*elasticIP]{
	"allocation-id":        one(func(e *elasticIP) string { return e.id }),
	"public-ip":            one(func(e *elasticIP) string { return e.address.String() }),
	"network-border-group": func(c *call, _ *elasticIP) []string { return []string{c.region.name} },
	"instance-id":          ofHolder(func(n *netInterface) string { return n.instance }),
	"network-interface-id": ofHolder(func(n *netInterface) string { return n.id }),
	"private-ip-address":   ofHolder(func(n *netInterface) string { return n.address.String() }),
	"association-id":       ofHolder(func(n *netInterface) string { return n.elastic.linkID }),
	"network-interface-owner-id": func(c *call, e *elasticIP) []string {
		if c.interfaceOf(e) == nil {
			return nil
		}
		return []string{c.account}
	},
}

// describeAddresses has no pages (aws-facts §1.1).
func (c *call) describeAddresses(in *ec2.DescribeAddressesInput) (*ec2.DescribeAddressesOutput, error) {
	list, err := c.elasticIPs.chosen(c, kindElasticIP, in.AllocationIds)
	if err != nil {
		return nil, err
	}
	for _, ip := range in.PublicIps {
		if !slices.ContainsFunc(list, func(e *elasticIP) bool { return e.address.String() == ip }) {
			return nil, fail("InvalidAddress.NotFound", "Address '%s' not found.", ip)
		}
	}
	if len(in.PublicIps) > 0 {
		list = slices.DeleteFunc(list, func(e *elasticIP) bool { return !slices.Contains(in.PublicIps, e.address.String()) })
	}
	if list, err = matching(c, list, in.Filters, elasticIPFacets); err != nil {
		return nil, err
	}
	return &ec2.DescribeAddressesOutput{Addresses: shown(list, c.awsAddress)}, nil
}

// releaseAddress takes only a free address, but for one in the default VPC, which is freed along (aws-facts §2.9).
func (c *call) releaseAddress(in *ec2.ReleaseAddressInput) (*ec2.ReleaseAddressOutput, error) {
	e, err := c.elasticIPs.use(c, kindElasticIP, in.AllocationId)
	if err != nil {
		return nil, err
	}
	if n := c.interfaceOf(e); n != nil {
		if !c.vpcs.byID[n.vpc].isDefault {
			return nil, fail("InvalidIPAddress.InUse", "Address %s is in use.", e.address)
		}
		c.unmap(e)
	}
	c.leave(&e.thing)
	return &ec2.ReleaseAddressOutput{}, nil
}

func (c *call) awsAddress(e *elasticIP) types.Address {
	out := types.Address{
		AllocationId: new(e.id), PublicIp: new(e.address.String()), PublicIpv4Pool: new("amazon"),
		NetworkBorderGroup: new(c.region.name), Domain: types.DomainTypeVpc, Tags: awsTags(e.tags),
	}
	if n := c.interfaceOf(e); n != nil {
		out.AssociationId, out.NetworkInterfaceId, out.NetworkInterfaceOwnerId = new(e.linkID), new(n.id), new(c.account)
		out.PrivateIpAddress, out.InstanceId = new(n.address.String()), orNil(n.instance)
	}
	return out
}
