package sim

import (
	"encoding/binary"
	"net/netip"
)

// parseIPv4 reads an IPv4 CIDR block and clears its host bits, as AWS does.
func parseIPv4(name string, cidr *string) (netip.Prefix, error) {
	if deref(cidr) == "" {
		return netip.Prefix{}, missing(name)
	}
	p, err := netip.ParsePrefix(*cidr)
	if err != nil || !p.Addr().Is4() {
		return netip.Prefix{}, invalid("Value (%s) for parameter %s is invalid. This is not a valid CIDR block.", *cidr, name)
	}
	return p.Masked(), nil
}

// reserved is how many addresses of a subnet AWS keeps: the first four and the last (aws-facts §2.2).
const reserved = 5

// size is how many addresses a block has.
func size(p netip.Prefix) int { return 1 << (32 - p.Bits()) }

// nth is the address n places behind the first of a block.
func nth(p netip.Prefix, n int) netip.Addr {
	raw := p.Addr().As4()
	var out [4]byte
	binary.BigEndian.PutUint32(out[:], binary.BigEndian.Uint32(raw[:])+uint32(n))
	return netip.AddrFrom4(out)
}

// isReserved reports whether an address of the subnet is one that AWS keeps.
func isReserved(p netip.Prefix, a netip.Addr) bool {
	return a.Less(nth(p, 4)) || a == nth(p, size(p)-1)
}

// address gives an interface its address in a subnet: the one asked for, else the lowest that is free.
func (c *call) address(s *subnet, want *string) (netip.Addr, error) {
	used := map[netip.Addr]bool{}
	for _, n := range c.interfaces.holding(c, func(n *netInterface) bool { return n.subnet == s.id }) {
		used[n.address] = true
	}
	if want != nil {
		a, err := netip.ParseAddr(*want)
		switch {
		case err != nil || !a.Is4():
			return a, invalid("invalid value for parameter address: %s", *want)
		case !s.cidr.Contains(a):
			return a, invalid("Address %s does not fall within the subnet's address range", a)
		case isReserved(s.cidr, a):
			return a, invalid("Address %s is in subnet's reserved address range", a)
		case used[a]:
			return a, fail("InvalidIPAddress.InUse", "Address %s is in use.", a)
		}
		return a, nil
	}
	for n := 4; n < size(s.cidr)-1; n++ {
		if a := nth(s.cidr, n); !used[a] {
			return a, nil
		}
	}
	return netip.Addr{}, fail("InsufficientFreeAddressesInSubnet",
		"The specified subnet does not have enough free addresses to satisfy the request.")
}
