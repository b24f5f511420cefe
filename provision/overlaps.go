package provision

import (
	"net/netip"
	"slices"
)

// overlaps refuses blocks that overlap where the pattern routes between them. Taking are all blocks of the VPCs that are
// there already.
func overlaps(r Request, blocks map[string]netip.Prefix, taking map[string][]netip.Prefix) error {
	if !r.Pattern.Disjoint {
		return nil
	}
	// Of a pair that overlaps the later one can be another: what is there cannot, and what was typed should.
	var items []Item
	for fits := range 3 {
		for _, item := range r.Items {
			if rank(item) == fits {
				items = append(items, item)
			}
		}
	}
	of := func(item Item) []netip.Prefix {
		if item.VPC != "" {
			return taking[item.Name]
		}
		return []netip.Prefix{blocks[item.Name]}
	}
	for i, item := range items {
		for _, other := range items[:i] {
			block, taken, ok := overlapping(of(item), of(other))
			if !ok {
				continue
			}
			used := append(inOrderOfNames(blocks), slices.Concat(inOrderOfNames(taking)...)...)
			free, _, found := firstFree(r.Pool, block.Bits(), 0, used)
			switch {
			case item.VPC != "":
				return refuse("%s (%s) and %s (%s) overlap, and %s routes by destination: leave one out, or link them with igw or privatelink",
					other.Name, taken, item.Name, block, r.Pattern.Name)
			case found:
				return refuse("%s (%s) and %s (%s) overlap, and %s routes by destination: give them blocks of their own, like %s=%s",
					other.Name, taken, item.Name, block, r.Pattern.Name, item.Name, free)
			}
			return refuse("%s (%s) and %s (%s) overlap, and %s routes by destination: give them blocks of their own",
				other.Name, taken, item.Name, block, r.Pattern.Name)
		}
	}
	return nil
}

// rank orders items by how well they can have another block.
func rank(item Item) int {
	switch {
	case item.VPC != "":
		return 0
	case item.CIDR.IsValid():
		return 2
	}
	return 1
}

// overlapping returns the first pair of blocks that overlap, one of each list.
func overlapping(list, others []netip.Prefix) (block, other netip.Prefix, ok bool) {
	for _, block := range list {
		if i := slices.IndexFunc(others, block.Overlaps); i >= 0 {
			return block, others[i], true
		}
	}
	return netip.Prefix{}, netip.Prefix{}, false
}
