package sim

import (
	"encoding/binary"
	"hash/fnv"
	"net/netip"
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
)

// publicPool is where public addresses come from: one of the blocks that AWS gives to EC2.
var publicPool = netip.MustParsePrefix("54.64.0.0/13")

// publicAddress gives what has this ID an address that nothing in the world has. It comes from the ID, and so from the
// seed, not from the call's dice: a launch makes the same IDs with an address and without.
func (c *call) publicAddress(id string) netip.Addr {
	used := map[netip.Addr]bool{}
	for _, r := range c.world.regions {
		for _, n := range r.interfaces.holding(c, func(n *netInterface) bool { return n.public.IsValid() }) {
			used[n.public] = true
		}
		for _, e := range r.elasticIPs.holding(c, all) {
			used[e.address] = true
		}
	}
	h := fnv.New64a()
	h.Write([]byte(id))
	sum := h.Sum(nil)
	at := int(binary.BigEndian.Uint32(sum[4:])) % size(publicPool)
	for used[nth(publicPool, at)] {
		at = (at + 1) % size(publicPool)
	}
	return nth(publicPool, at)
}

// mapped reports whether an interface has a public address.
func (n *netInterface) mapped() bool { return n.public.IsValid() || n.elastic != nil }

// association is what AWS shows of an interface's public address, nil when it has none. The answer to the launch comes
// before the address.
func (c *call) association(n *netInterface) *types.NetworkInterfaceAssociation {
	if !n.mapped() || c.action == "RunInstances" {
		return nil
	}
	out := &types.NetworkInterfaceAssociation{PublicIp: new(n.public.String()), IpOwnerId: new("amazon")}
	if e := n.elastic; e != nil {
		out.PublicIp, out.IpOwnerId = new(e.address.String()), new(c.account)
		out.AllocationId, out.AssociationId = new(e.id), new(e.linkID)
	}
	out.PublicDnsName = new("")
	if c.vpcs.byID[n.vpc].dnsHostnames {
		out.PublicDnsName = new(publicName(*out.PublicIp, c.region.name))
	}
	return out
}

// publicName is the DNS name that AWS makes of a public address; us-east-1 has a domain of its own.
func publicName(address, region string) string {
	domain := region + ".compute"
	if region == "us-east-1" {
		domain = "compute-1"
	}
	return "ec2-" + strings.ReplaceAll(address, ".", "-") + "." + domain + ".amazonaws.com"
}

// showPublic writes the public address of an instance, and where it is mapped.
func (c *call) showPublic(n *netInterface, out *types.Instance, card *types.InstanceNetworkInterface) {
	of := c.association(n)
	if of == nil {
		return
	}
	out.PublicIpAddress, out.PublicDnsName = of.PublicIp, of.PublicDnsName
	card.Association = &types.InstanceNetworkInterfaceAssociation{
		PublicIp: of.PublicIp, PublicDnsName: of.PublicDnsName, IpOwnerId: of.IpOwnerId,
	}
	card.PrivateIpAddresses[0].Association = card.Association
}

// ofAssociations is a facet over what reads show of an interface's public address.
func ofAssociations(look func(*types.NetworkInterfaceAssociation) *string) func(*call, *netInterface) []string {
	return func(c *call, n *netInterface) []string {
		of := c.association(n)
		if of == nil || deref(look(of)) == "" {
			return nil
		}
		return []string{*look(of)}
	}
}

// onCard is a facet of an instance that its interface has, until the instance is terminated.
func onCard(of func(*call, *netInterface) []string) func(*call, *instance) []string {
	return func(c *call, i *instance) []string { return c.whileThere(i, of(c, i.netInterface)...) }
}

var (
	publicIPs    = ofAssociations(func(a *types.NetworkInterfaceAssociation) *string { return a.PublicIp })
	publicNames  = ofAssociations(func(a *types.NetworkInterfaceAssociation) *string { return a.PublicDnsName })
	publicOwners = ofAssociations(func(a *types.NetworkInterfaceAssociation) *string { return a.IpOwnerId })
	publicLinks  = ofAssociations(func(a *types.NetworkInterfaceAssociation) *string { return a.AssociationId })
	publicAllocs = ofAssociations(func(a *types.NetworkInterfaceAssociation) *string { return a.AllocationId })
)
