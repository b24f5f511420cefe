package provision

import (
	"encoding/binary"
	"net/netip"

	"vpclink/state"
	"vpclink/words"
)

// Addresses are IPv4 throughout; vpclink makes no IPv6 blocks.

// blockOf returns the private block a CIDR lies in; false when it lies in none.
func blockOf(cidr string) (Destination, bool) {
	prefix, err := netip.ParsePrefix(cidr)
	if err != nil {
		return Destination{}, false
	}
	for _, b := range privateBlocks {
		if block := netip.MustParsePrefix(b.cidr); block.Overlaps(prefix) && block.Bits() <= prefix.Bits() {
			return Destination{Name: b.name, CIDR: state.Literal(b.cidr)}, true
		}
	}
	return Destination{}, false
}

// part returns the n-th block of that many bits in a prefix; false when it has no such one.
func part(prefix netip.Prefix, bits, n int) (netip.Prefix, bool) {
	if bits < prefix.Bits() || bits > 32 || n < 0 || n >= 1<<(bits-prefix.Bits()) {
		return netip.Prefix{}, false
	}
	return netip.PrefixFrom(plus(prefix.Addr(), uint32(n)<<(32-bits)), bits), true
}

func plus(addr netip.Addr, n uint32) netip.Addr {
	raw := addr.As4()
	binary.BigEndian.PutUint32(raw[:], binary.BigEndian.Uint32(raw[:])+n)
	return netip.AddrFrom4(raw)
}

// The sizes AWS takes for a VPC and a subnet (aws-facts §2.2).
const (
	widest, narrowest = 16, 28
	usualSubnet       = 24
	host              = 10 // the instance's place in its subnet; AWS keeps the first four addresses and the last
)

// parseCIDR reads an IPv4 block that a VPC can have; the error says what to type.
func parseCIDR(text string) (netip.Prefix, error) {
	prefix, err := netip.ParsePrefix(text)
	switch {
	case err != nil || !prefix.Addr().Is4():
		return netip.Prefix{}, words.Errorf("%q is not an IPv4 block: write it like 10.1.0.0/16", text)
	case prefix.Bits() < widest || prefix.Bits() > narrowest:
		return netip.Prefix{}, words.Errorf("%s: a VPC's block is /16 to /28", text)
	case prefix != prefix.Masked():
		return netip.Prefix{}, words.Errorf("%s has host bits set: write %s", text, prefix.Masked())
	}
	return prefix, nil
}

// subnetIn chooses the n-th subnet of a VPC's block: a /24, or a fourth of a block too small for one.
func subnetIn(vpc netip.Prefix, n int) (SubnetChoice, error) {
	bits := max(usualSubnet, vpc.Bits())
	if vpc.Bits() >= usualSubnet {
		bits = min(narrowest, vpc.Bits()+2)
	}
	block, ok := part(vpc, bits, n)
	if !ok {
		return SubnetChoice{}, words.Errorf("%s has no room for subnet number %d of /%d: give a wider block or fewer --azs", vpc, n+1, bits)
	}
	return SubnetChoice{CIDR: block.String(), Host: plus(block.Addr(), host).String()}, nil
}
