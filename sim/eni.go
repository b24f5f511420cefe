package sim

import (
	"fmt"
	"net/netip"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
)

var interfaceActions = []handler{
	action("CreateNetworkInterface", changing, (*call).createInterface),
	action("DescribeNetworkInterfaces", reading, (*call).describeInterfaces),
	action("DeleteNetworkInterface", changing, (*call).deleteInterface),
	action("ModifyNetworkInterfaceAttribute", changing, (*call).modifyInterface),
}

// netInterface is a network interface: what an instance, an attachment, a load balancer or an endpoint has in a subnet,
// and what keeps the subnet, the VPC and the groups from being deleted (aws-facts §7.4). Its parent is what made it, or
// the subnet for one that was asked for by itself.
type netInterface struct {
	thing
	vpc, subnet string
	zone        *zone
	address     netip.Addr
	groups      []string
	joined      map[string]time.Time // since when it has a group that it was not made with
	description string
	instance    string                     // "" when it is not an instance's
	linkID      string                     // of the attachment to the instance
	managed     bool                       // AWS's own, for an attachment, a load balancer or an endpoint
	form        types.NetworkInterfaceType // of a managed one; "" is a transit gateway attachment's
	public      netip.Addr                 // from AWS's pool; not valid when it has none
	// It gets an address from AWS's pool at each start of its instance, unless it has one of the account's.
	publicAtStart bool
	elastic       *elasticIP // an address of the account's, instead of that one; nil when it has none
}

func (c *call) createInterface(in *ec2.CreateNetworkInterfaceInput) (*ec2.CreateNetworkInterfaceOutput, error) {
	if done, err := c.repeated(in.ClientToken); done != nil || err != nil {
		if err != nil {
			return nil, err
		}
		n := c.interfaces.byID[done[0]]
		return &ec2.CreateNetworkInterfaceOutput{NetworkInterface: new(c.awsInterface(n)), ClientToken: in.ClientToken}, nil
	}
	tags, err := tagsOnCreate(in.TagSpecifications, kindInterface)
	if err != nil {
		return nil, err
	}
	s, groups, err := c.placement(in.SubnetId, in.Groups)
	if err != nil {
		return nil, err
	}
	a, err := c.address(s, in.PrivateIpAddress)
	if err != nil {
		return nil, err
	}
	if err := c.roomForInterfaces(s, 1); err != nil {
		return nil, err
	}
	n := c.addInterface(s, &netInterface{
		thing: c.born(kindInterface, s.id, tags), address: a, groups: groups, description: deref(in.Description),
	})
	c.remember(in.ClientToken, n.id)
	return &ec2.CreateNetworkInterfaceOutput{NetworkInterface: new(c.awsInterface(n)), ClientToken: in.ClientToken}, nil
}

// placement finds the subnet and the groups of a new interface: the VPC's default group when none is given.
func (c *call) placement(subnetID *string, groups []string) (*subnet, []string, error) {
	s, err := c.subnets.use(c, kindSubnet, subnetID)
	if err != nil {
		return nil, nil, err
	}
	if len(groups) == 0 {
		groups = []string{c.vpcs.byID[s.parent].group.id}
	}
	return s, groups, c.groupsFor(s, groups)
}

// groupsFor checks groups that an interface in a subnet shall have.
func (c *call) groupsFor(s *subnet, groups []string) error {
	for i := range groups {
		g, err := c.groups.use(c, kindGroup, &groups[i])
		if err != nil {
			return err
		}
		if g.parent != s.parent {
			return fail("InvalidParameter", "Security group %s and subnet %s belong to different networks.", g.id, s.id)
		}
	}
	if len(groups) > c.opts.Quotas.GroupsPerInterface {
		return fail("SecurityGroupsPerInterfaceLimitExceeded", "The maximum number of security groups per interface has been reached.")
	}
	return nil
}

// roomForInterfaces checks the quota of the subnet's zone.
func (c *call) roomForInterfaces(s *subnet, more int) error {
	have := c.interfaces.holding(c, func(n *netInterface) bool { return n.zone == s.zone })
	return within(len(have)+more-1, c.opts.Quotas.InterfacesPerZone, "NetworkInterfaceLimitExceeded", "network interfaces")
}

func (c *call) addInterface(s *subnet, n *netInterface) *netInterface {
	n.vpc, n.subnet, n.zone = s.parent, s.id, s.zone
	return c.interfaces.add(c.region, n)
}

// status overrides the state of an interface that something uses.
func (n *netInterface) status(now time.Time) types.NetworkInterfaceStatus {
	if (n.instance != "" || n.managed) && n.stage(now) != making {
		return types.NetworkInterfaceStatusInUse
	}
	return types.NetworkInterfaceStatus(n.thing.state(now))
}

func (n *netInterface) state(now time.Time) string { return string(n.status(now)) }

// attachedTo reports whether something holds the interface, so that it cannot be deleted by itself.
func (n *netInterface) attachedTo() bool { return n.instance != "" }

func (n *netInterface) interfaceType() types.NetworkInterfaceType {
	switch {
	case n.form != "":
		return n.form
	case n.managed:
		return types.NetworkInterfaceTypeTransitGateway
	}
	return types.NetworkInterfaceTypeInterface
}

var interfaceFacets = common("network-interface-id", "status", facets[*netInterface]{
	"vpc-id":                           one(func(n *netInterface) string { return n.vpc }),
	"subnet-id":                        one(func(n *netInterface) string { return n.subnet }),
	"group-id":                         func(_ *call, n *netInterface) []string { return n.groups },
	"description":                      one(func(n *netInterface) string { return n.description }),
	"interface-type":                   one(func(n *netInterface) string { return string(n.interfaceType()) }),
	"availability-zone":                one(func(n *netInterface) string { return n.zone.name }),
	"availability-zone-id":             one(func(n *netInterface) string { return n.zone.id }),
	"private-ip-address":               one(func(n *netInterface) string { return n.address.String() }),
	"addresses.private-ip-address":     one(func(n *netInterface) string { return n.address.String() }),
	"addresses.primary":                one(func(*netInterface) string { return "true" }),
	"requester-managed":                one(func(n *netInterface) string { return yesNo(n.managed) }),
	"association.public-ip":            publicIPs,
	"association.public-dns-name":      publicNames,
	"association.ip-owner-id":          publicOwners,
	"association.association-id":       publicLinks,
	"association.allocation-id":        publicAllocs,
	"addresses.association.public-ip":  publicIPs,
	"addresses.association.owner-id":   publicOwners,
	"private-dns-name":                 cardName,
	"source-dest-check":                func(c *call, n *netInterface) []string { return []string{yesNo(c.checked(n))} },
	"attachment.instance-id":           one(func(n *netInterface) string { return n.instance }),
	"attachment.attachment-id":         one(func(n *netInterface) string { return n.linkID }),
	"attachment.delete-on-termination": one(func(n *netInterface) string { return yesNo(n.instance != "") }),
})

func (c *call) describeInterfaces(in *ec2.DescribeNetworkInterfacesInput) (*ec2.DescribeNetworkInterfacesOutput, error) {
	if len(in.NetworkInterfaceIds) > 0 && in.MaxResults != nil {
		return nil, fail("InvalidParameterCombination", "The parameter NetworkInterfaceIds cannot be used with the parameter maxResults")
	}
	ask := listing{in.NetworkInterfaceIds, in.Filters, in.MaxResults, in.NextToken}
	list, next, err := listed(c, &c.interfaces, kindInterface, interfaceFacets, ask)
	if err != nil {
		return nil, err
	}
	return &ec2.DescribeNetworkInterfacesOutput{NextToken: next, NetworkInterfaces: shown(list, c.awsInterface)}, nil
}

// deleteInterface takes only a free one. AWS's own are deleted by AWS (aws-facts §2.8).
func (c *call) deleteInterface(in *ec2.DeleteNetworkInterfaceInput) (*ec2.DeleteNetworkInterfaceOutput, error) {
	n, err := c.interfaces.use(c, kindInterface, in.NetworkInterfaceId)
	switch {
	case err != nil:
		return nil, err
	case n.managed:
		return nil, fail("OperationNotPermitted", "You are not allowed to manage 'ela-attach' attachments.")
	case n.attachedTo():
		return nil, invalid("Network interface '%s' is currently in use.", n.id)
	}
	c.leave(&n.thing)
	return &ec2.DeleteNetworkInterfaceOutput{}, nil
}

func (c *call) awsInterface(n *netInterface) types.NetworkInterface {
	out := types.NetworkInterface{
		NetworkInterfaceId: new(n.id), VpcId: new(n.vpc), SubnetId: new(n.subnet), OwnerId: new(c.account),
		AvailabilityZone: new(n.zone.name), AvailabilityZoneId: new(n.zone.id), Description: new(n.description),
		InterfaceType: n.interfaceType(), Status: n.status(c.now), RequesterManaged: new(n.managed), SourceDestCheck: new(c.checked(n)),
		MacAddress: new(n.mac()), PrivateIpAddress: new(n.address.String()),
		PrivateIpAddresses: []types.NetworkInterfacePrivateIpAddress{{Primary: new(true), PrivateIpAddress: new(n.address.String())}},
		Ipv6Addresses:      []types.NetworkInterfaceIpv6Address{},
		Groups:             c.groupIDs(n.groups), TagSet: awsTags(n.tags),
	}
	if name := cardName(c, n); name != nil {
		out.PrivateDnsName, out.PrivateIpAddresses[0].PrivateDnsName = new(name[0]), new(name[0])
	}
	out.Association = c.association(n)
	out.PrivateIpAddresses[0].Association = out.Association
	if n.instance != "" {
		out.Attachment = &types.NetworkInterfaceAttachment{
			AttachmentId: new(n.linkID), InstanceId: new(n.instance), InstanceOwnerId: new(c.account), AttachTime: new(n.asked),
			DeviceIndex: new(int32(0)), DeleteOnTermination: new(true), Status: c.instances.byID[n.instance].linkStatus(c.now),
		}
	}
	return out
}

// mac is made of the address, as nothing depends on it.
func (n *netInterface) mac() string {
	a := n.address.As4()
	return fmt.Sprintf("06:00:%02x:%02x:%02x:%02x", a[0], a[1], a[2], a[3])
}

// linger ends interfaces when what made them ends, or some time after (aws-facts §7.4).
func (c *call) linger(list []*netInterface, maker *life, s span) {
	more := c.opts.draw(c.dice, s)
	for _, n := range list {
		n.leaveWith(maker)
		n.gone = n.gone.Add(more)
		n.buried = n.gone
	}
}
