package provision

import (
	"context"
	"net/netip"
	"slices"
	"sort"

	"vpclink/state"
	"vpclink/steps"
	"vpclink/words"
)

var errNotFound = words.New("it was not found")

// foundations reads the VPCs that were found, as a plan takes them: block, subnets, and the instances' addresses.
func (b *rebuilding) foundations(ctx context.Context) ([]VPC, error) {
	var ask []state.Record
	for _, key := range b.order {
		if k := key.Kind(); k == steps.KindVPC || k == steps.KindSubnet || k == steps.KindInstance {
			ask = append(ask, b.found[key])
		}
	}
	outs := map[string]map[string]string{} // by kind and name
	err := b.observeEach(ctx, ask, func(rec state.Record, seen []steps.Observation) error {
		if it, there := pick(rec, b.kind(rec.Key).Life(), seen); there {
			outs[rec.Key.Kind()+" "+rec.Key.Name()] = it.Out
		}
		return nil
	})
	var vpcs []VPC
	for _, rec := range ask {
		name := rec.Key.Name()
		if rec.Key.Kind() != steps.KindVPC || outs[steps.KindVPC+" "+name] == nil {
			continue
		}
		v := VPC{Name: name, CIDR: outs[steps.KindVPC+" "+name][steps.OutCIDR]}
		last := 0
		for i := range mostSubnets {
			out := outs[steps.KindSubnet+" "+nth(name, i)]
			v.Subnets = append(v.Subnets, SubnetChoice{CIDR: out[steps.OutCIDR], AZID: out[steps.OutAZID]})
			if out != nil {
				last = i
			}
		}
		v.Subnets = v.Subnets[:last+1] // with room for one that is missing
		v.Subnets[0].Host = outs[steps.KindInstance+" "+name][steps.OutPrivateIP]
		vpcs = append(vpcs, v)
	}
	return vpcs, err
}

// mostSubnets is more than a VPC has of ours: one per AZ, and no region has as many.
const mostSubnets = 16

// possible is all that a pattern may have made of these VPCs, whatever flags it was given and whichever of them was named
// first, in the order of its steps. The records are what is known of it.
func possible(p Pattern, vpcs []VPC, records []state.Record) []Resource {
	routes := []string{RoutesEach}
	if p.Takes(FlagRoutes) {
		routes = append(routes, RoutesSummary)
	}
	turns := min(len(vpcs), 1)
	if p.Takes(FlagBothWays) {
		turns = len(vpcs)
	}
	var all []Resource
	known := map[state.Key]bool{}
	for _, way := range routes {
		for first := range turns {
			fresh, _ := Find(p.Name) // a pattern keeps the handles of the plan that it was last asked for
			plan := &Plan{Stack: p.Name, Pattern: fresh, Routes: way, Instances: true, DNS: true, BothWays: true}
			_ = plan.build(turned(vpcs, first), records) // what cannot be planned cannot have been made
			for _, res := range plan.Resources {
				if !known[res.Key] {
					known[res.Key] = true
					all = append(all, res)
				}
			}
		}
	}
	sort.SliceStable(all, func(i, j int) bool { return compareNumbers(all[i].Key.Step(), all[j].Key.Step()) < 0 })
	return all
}

// turned are the VPCs, fresh for a plan, with the n-th of them first.
func turned(vpcs []VPC, n int) []*VPC {
	list := make([]*VPC, 0, len(vpcs))
	for i := range vpcs {
		v := vpcs[(i+n)%len(vpcs)]
		list = append(list, &v)
	}
	return list
}

// missing counts what the stack lacks to be whole, as far as what is there tells how it was wanted.
func (b *rebuilding) missing(records []state.Record) int {
	p := b.Pattern
	count, widest := map[string]int{}, map[string]int{}
	var zones []string
	for _, rec := range records {
		count[rec.Key.Kind()]++
		if rec.Key.Kind() == steps.KindSubnet {
			widest[nameOfFrom(rec.Key)]++
			zones = append(zones, rec.Out[steps.OutAZID])
		}
	}
	r := Request{
		Stack: p.Name, Pattern: p, AZs: 1, Pool: netip.MustParsePrefix("10.0.0.0/8"), OS: OSLinux,
		Instances: p.NeedsInstances || count[steps.KindInstance] > 0, DNS: count[steps.KindVPCPeeringDNS] > 0,
		BothWays: count[steps.KindTargetGroup] > 1,
		Surveyed: b.surveyed,
	}
	for _, n := range widest {
		r.AZs = max(r.AZs, n)
	}
	for _, name := range VPCNames(records) {
		r.Items = append(r.Items, Item{Name: name})
	}
	slices.Sort(zones)
	plan, err := NewPlan(r, records, append(slices.Compact(zones), slices.Repeat([]string{"?"}, r.AZs)...))
	if err != nil {
		return 1 // one VPC alone, say
	}
	lacks := 0
	for _, res := range plan.Resources {
		if !slices.ContainsFunc(records, func(rec state.Record) bool { return rec.Key == res.Key }) {
			lacks++
		}
	}
	return lacks
}
