package sim

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
)

// permission is what a rule admits: one protocol, one range of ports, one peer. Two rules of a group in one direction
// never have the same.
type permission struct {
	protocol string // "tcp", "udp", "icmp", "icmpv6", a number, or "-1" for all
	from, to int32  // -1 for all
	// One of these is set.
	cidr, cidr6, peer string
}

// describedPermission is one with the words that come along.
type describedPermission struct {
	permission
	description string
}

func (p describedPermission) same(other describedPermission) bool {
	return p.permission == other.permission
}

// flatPermission is the old way to name a single permission.
type flatPermission struct {
	protocol, cidr *string
	from, to       *int32
}

// permissions takes apart what a call asks for, in AWS's canonical form: CIDR blocks without host bits, protocols by
// name (aws-facts §1.3).
func (c *call) permissions(list []types.IpPermission, flat flatPermission) ([]describedPermission, error) {
	if len(list) == 0 && flat.protocol != nil {
		list = []types.IpPermission{{
			IpProtocol: flat.protocol, FromPort: flat.from, ToPort: flat.to, IpRanges: []types.IpRange{{CidrIp: flat.cidr}},
		}}
	}
	if len(list) == 0 {
		return nil, missing("ipPermissions")
	}
	var all []describedPermission
	for _, p := range list {
		some, err := c.takeApart(p)
		if err != nil {
			return nil, err
		}
		all = append(all, some...)
	}
	return all, nil
}

// takeApart makes a permission for each peer.
func (c *call) takeApart(p types.IpPermission) ([]describedPermission, error) {
	base, err := protocolAndPorts(p)
	if err != nil {
		return nil, err
	}
	var all []describedPermission
	add := func(p permission, description *string) {
		all = append(all, describedPermission{p, deref(description)})
	}
	for _, r := range p.IpRanges {
		cidr, err := canonical(r.CidrIp, true)
		if err != nil {
			return nil, err
		}
		with := base
		with.cidr = cidr
		add(with, r.Description)
	}
	for _, r := range p.Ipv6Ranges {
		cidr, err := canonical(r.CidrIpv6, false)
		if err != nil {
			return nil, err
		}
		with := base
		with.cidr6 = cidr
		add(with, r.Description)
	}
	for _, pair := range p.UserIdGroupPairs {
		g, err := c.groups.use(c, kindGroup, pair.GroupId)
		if err != nil {
			return nil, err
		}
		with := base
		with.peer = g.id
		add(with, pair.Description)
	}
	if len(p.PrefixListIds) > 0 {
		return nil, fail("InvalidPrefixListID.NotFound", "The prefix list ID '%s' does not exist", deref(p.PrefixListIds[0].PrefixListId))
	}
	if len(all) == 0 {
		return nil, missing("ipPermissions.ipRanges")
	}
	return all, nil
}

// protocolNames are the protocols that AWS shows by name when they are given by number.
var protocolNames = map[string]string{"6": "tcp", "17": "udp", "1": "icmp", "58": "icmpv6", "all": "-1"}

func protocolAndPorts(in types.IpPermission) (permission, error) {
	p := permission{protocol: strings.ToLower(deref(in.IpProtocol)), from: -1, to: -1}
	if p.protocol == "" {
		return p, missing("ipPermissions.ipProtocol")
	}
	if name, ok := protocolNames[p.protocol]; ok {
		p.protocol = name
	}
	switch p.protocol {
	case "tcp", "udp":
		if in.FromPort == nil || in.ToPort == nil {
			return p, fail("InvalidParameterValue", "Must specify both from and to ports with TCP/UDP.")
		}
		p.from, p.to = *in.FromPort, *in.ToPort
		if p.from < 0 || p.to > 65535 || p.from > p.to {
			return p, invalid("Invalid port range: %d to %d", p.from, p.to)
		}
	case "icmp", "icmpv6":
		if in.FromPort != nil && in.ToPort != nil {
			p.from, p.to = *in.FromPort, *in.ToPort
		}
	case "-1":
	default:
		if strings.Trim(p.protocol, "0123456789") != "" {
			return p, invalid("Invalid value '%s' for IP protocol. Unknown protocol.", p.protocol)
		}
	}
	return p, nil
}

func canonical(cidr *string, v4 bool) (string, error) {
	p, err := netip.ParsePrefix(deref(cidr))
	if err != nil || p.Addr().Is4() != v4 {
		return "", invalid("CIDR block %s is malformed", deref(cidr))
	}
	return p.Masked().String(), nil
}

// text is how AWS names a permission in an error.
func (p permission) text() string {
	if p.protocol == "-1" {
		return fmt.Sprintf("peer: %s, ALL, ALLOW", p.cidr+p.cidr6+p.peer)
	}
	return fmt.Sprintf("peer: %s, %s, from port: %d, to port: %d, ALLOW", p.cidr+p.cidr6+p.peer, strings.ToUpper(p.protocol), p.from, p.to)
}

// awsPermissions writes the rules of a group in one direction as DescribeSecurityGroups does: those with the same
// protocol and ports in one entry.
func (c *call) awsPermissions(g *group, egress bool) []types.IpPermission {
	list := []types.IpPermission{}
	for _, r := range c.rulesOf(g) {
		if r.egress != egress {
			continue
		}
		one := c.awsPermission(r.permission, r.description)
		i := slices.IndexFunc(list, func(p types.IpPermission) bool {
			return *p.IpProtocol == r.protocol && (p.FromPort == nil || (*p.FromPort == r.from && *p.ToPort == r.to))
		})
		if i < 0 {
			list = append(list, one)
			continue
		}
		list[i].IpRanges = append(list[i].IpRanges, one.IpRanges...)
		list[i].Ipv6Ranges = append(list[i].Ipv6Ranges, one.Ipv6Ranges...)
		list[i].UserIdGroupPairs = append(list[i].UserIdGroupPairs, one.UserIdGroupPairs...)
	}
	return list
}

// awsPermission leaves the ports out where all are meant.
func (c *call) awsPermission(p permission, description string) types.IpPermission {
	out := types.IpPermission{
		IpProtocol: new(p.protocol), IpRanges: []types.IpRange{}, Ipv6Ranges: []types.Ipv6Range{},
		UserIdGroupPairs: []types.UserIdGroupPair{}, PrefixListIds: []types.PrefixListId{},
	}
	if p.protocol != "-1" {
		out.FromPort, out.ToPort = new(p.from), new(p.to)
	}
	switch {
	case p.cidr != "":
		out.IpRanges = append(out.IpRanges, types.IpRange{CidrIp: new(p.cidr), Description: orNil(description)})
	case p.cidr6 != "":
		out.Ipv6Ranges = append(out.Ipv6Ranges, types.Ipv6Range{CidrIpv6: new(p.cidr6), Description: orNil(description)})
	default:
		out.UserIdGroupPairs = append(out.UserIdGroupPairs, types.UserIdGroupPair{
			GroupId: new(p.peer), UserId: new(c.account), Description: orNil(description),
		})
	}
	return out
}
