package provision

import (
	"cmp"
	"encoding/json"
	"maps"
	"net/netip"
	"slices"
	"strings"

	"vpclink/state"
	"vpclink/steps"
)

// choose settles blocks, subnets, AZs and addresses. A VPC or subnet in the records keeps what it has, unless the
// request names another block: then the difference is seen, and refused, when the stack is looked at.
func choose(r Request, records []state.Record, zones []string) ([]*VPC, error) {
	taken := recordedBlocks(records)
	blocks := map[string]netip.Prefix{}
	for _, item := range r.Items {
		switch have, recorded := taken[item.Name]; {
		case item.VPC != "": // it has its blocks already
		case item.CIDR.IsValid():
			blocks[item.Name] = item.CIDR
		case recorded:
			blocks[item.Name] = have
		}
	}
	there, err := r.borrowAll(records)
	if err != nil {
		return nil, err
	}
	taking, err := blocksOf(there)
	if err != nil {
		return nil, err
	}
	if err := fillBlocks(r, blocks, taken, taking); err != nil {
		return nil, err
	}
	if err := overlaps(r, blocks, taking); err != nil {
		return nil, err
	}
	if r.Pattern.Alike {
		zones = preferred(r, there, zones)
	}
	known := recordedSubnets(records)
	var vpcs []*VPC
	for _, item := range r.Items {
		if v := there[item.Name]; v != nil {
			vpcs = append(vpcs, v)
			continue
		}
		v := &VPC{Name: item.Name, CIDR: blocks[item.Name].String()}
		for i := range r.AZs {
			choice, err := subnetIn(blocks[item.Name], i)
			if err != nil {
				return nil, &RefusedError{err}
			}
			choice.AZID = zones[i]
			if set, ok := known[nth(item.Name, i)]; ok {
				choice.AZID = set.AZID
			} else if r.Pattern.Alike { // an endpoint must be in an AZ of its service's (aws-facts §2.18)
				choice.AZID = cmp.Or(zoneOf(known, i), zones[i])
			}
			v.Subnets = append(v.Subnets, choice)
		}
		vpcs = append(vpcs, v)
	}
	return vpcs, nil
}

// fillBlocks gives every VPC without a block the first free one of the pool. What is pruned keeps its block until it is
// gone, which it may not be at the end of this run.
func fillBlocks(r Request, blocks, taken map[string]netip.Prefix, taking map[string][]netip.Prefix) error {
	bits := r.PrefixLen
	if bits == 0 {
		bits = widest
		for bits < narrowest && 1<<max(0, bits-r.Pool.Bits()) < len(r.Items) {
			bits++
		}
	}
	if bits < widest || bits > narrowest {
		return refuse("--prefix-len %d: a VPC's block is /16 to /28", bits)
	}
	used := inOrderOfNames(blocks)
	if !r.Pattern.Alike {
		used = slices.Concat(used, inOrderOfNames(taken), slices.Concat(inOrderOfNames(taking)...))
	}
	n := 0
	for _, item := range r.Items {
		if _, ok := blocks[item.Name]; ok || item.VPC != "" {
			continue
		}
		if r.Pattern.Alike && len(used) > 0 {
			blocks[item.Name] = used[0]
			continue
		}
		var block netip.Prefix
		var ok bool
		if block, n, ok = firstFree(r.Pool, bits, n, used); !ok {
			return refuse("--cidr-pool %s has no free /%d left for %s: give a wider pool or a longer --prefix-len", r.Pool, bits, item.Name)
		}
		blocks[item.Name] = block
		used = append(used, block)
	}
	return nil
}

func inOrderOfNames[T any](blocks map[string]T) []T {
	var list []T
	for _, name := range slices.Sorted(maps.Keys(blocks)) {
		list = append(list, blocks[name])
	}
	return list
}

// firstFree returns the first block of the pool, from the n-th on, that overlaps none of the used, and which one it is;
// false when none is left.
func firstFree(pool netip.Prefix, bits, n int, used []netip.Prefix) (netip.Prefix, int, bool) {
	for ; ; n++ {
		block, ok := part(pool, bits, n)
		if !ok || !slices.ContainsFunc(used, block.Overlaps) {
			return block, n, ok
		}
	}
}

// recordedBlocks are the blocks of the VPCs that the stack has, by name.
func recordedBlocks(records []state.Record) map[string]netip.Prefix {
	blocks := map[string]netip.Prefix{}
	for _, rec := range records {
		var set steps.VPC
		if rec.Key.Kind() != steps.KindVPC || !rec.Present() || json.Unmarshal(rec.Settings, &set) != nil {
			continue
		}
		if block, err := netip.ParsePrefix(set.CIDR); err == nil {
			blocks[rec.Key.Name()] = block
		}
	}
	return blocks
}

// recordedSubnets are the settings of the subnets that the stack has, by name.
func recordedSubnets(records []state.Record) map[string]steps.Subnet {
	subnets := map[string]steps.Subnet{}
	for _, rec := range records {
		var set steps.Subnet
		if rec.Key.Kind() == steps.KindSubnet && rec.Present() && json.Unmarshal(rec.Settings, &set) == nil {
			subnets[rec.Key.Name()] = set
		}
	}
	return subnets
}

// sameZones refuses consumers that have a subnet in an AZ in which their provider has none: an endpoint can only be in the
// AZs of its service (aws-facts §2.18).
func (r Request) sameZones(vpcs []*VPC) error {
	if !r.Pattern.Alike {
		return nil
	}
	for _, v := range vpcs[1:] {
		if err := v.consumes(vpcs[0]); err != nil {
			return err
		}
		if r.BothWays {
			if err := vpcs[0].consumes(v); err != nil {
				return err
			}
		}
	}
	return nil
}

func (v *VPC) consumes(provider *VPC) error {
	if provider.unseen() {
		return nil
	}
	offered := map[string]bool{}
	for _, s := range provider.Subnets {
		offered[s.AZID] = true
	}
	for _, s := range v.Subnets {
		if !offered[s.AZID] {
			return refuse("%s has a subnet in %s, where %s, which offers the service, has none: endpoint and load balancer must be in the same AZs", v.Name, s.AZID, provider.Name)
		}
	}
	return nil
}

// zoneOf returns the AZ of the n-th subnet that the stack has in any VPC, "" when it has none.
func zoneOf(known map[string]steps.Subnet, n int) string {
	for _, name := range slices.Sorted(maps.Keys(known)) {
		vpc, _, _ := strings.Cut(name, ":")
		if name == nth(vpc, n) {
			return known[name].AZID
		}
	}
	return ""
}

// nameOfFrom returns what stands before the colon in a key's name.
func nameOfFrom(key state.Key) string {
	from, _, _ := strings.Cut(key.Name(), ":")
	return from
}
