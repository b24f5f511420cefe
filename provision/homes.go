package provision

import (
	"context"
	"maps"
	"slices"
	"strings"

	"vpclink/steps"
)

// home is a VPC that was there already, as what was made in it, or an older journal, leads to it: it carries no tags.
type home struct {
	vpc           string   // its ID
	subnets       []string // those that an attachment, an endpoint or a load balancer is in
	steps.Purpose          // of the group that was made in it
}

// lead notes which VPCs a thing of ours lies in, by the names in its key.
func (b *rebuilding) lead(f steps.Found) {
	names := strings.Split(f.Key.Name(), ":")
	for i, vpc := range f.Place.VPCs {
		if i >= len(names) || vpc == "" {
			break
		}
		h := b.homeOf(names[i], vpc)
		h.subnets = append(h.subnets, f.Place.Subnets...)
		if f.Kind == steps.KindSecurityGroup && f.Place.Interface+strings.Join(f.Place.Opened, "") != "" {
			h.Purpose = f.Place.Purpose
		}
	}
}

func (b *rebuilding) homeOf(name, vpc string) *home {
	if b.homes[name] == nil {
		b.homes[name] = &home{vpc: vpc}
	}
	return b.homes[name]
}

// existing reads the VPCs that were there already and that something leads to. One that is gone is passed over.
func (b *rebuilding) existing(ctx context.Context) ([]VPC, error) {
	for _, rec := range b.Journal.Records() {
		if id := steps.Borrowed(rec.Settings); id != "" && rec.Key.Kind() == steps.KindVPC && rec.Present() {
			b.homeOf(rec.Key.Name(), id)
		}
	}
	var ids []string
	for name, h := range b.homes {
		if b.madeHere(h.vpc) {
			delete(b.homes, name)
			continue
		}
		ids = append(ids, h.vpc)
	}
	if len(ids) == 0 {
		return nil, nil
	}
	slices.Sort(ids)
	var err error
	if b.surveyed, err = steps.Survey(ctx, b.Envs[0], ids); err != nil {
		return nil, err
	}
	var vpcs []VPC
	for _, name := range slices.Sorted(maps.Keys(b.homes)) {
		if has, there := b.surveyed[b.homes[name].vpc]; there {
			vpcs = append(vpcs, b.used(name, has))
		}
	}
	return vpcs, nil
}

// madeHere reports whether a VPC is one of the stack's own.
func (b *rebuilding) madeHere(id string) bool {
	for key, rec := range b.found {
		if key.Kind() == steps.KindVPC && rec.ID == id {
			return true
		}
	}
	return false
}

// used is what the stack uses of a VPC that was there already: what the journal says, the subnet of the instance, those
// that things of ours are in, and one for each further table that leads to things of ours.
func (b *rebuilding) used(name string, has steps.Existing) VPC {
	h, records := b.homes[name], b.Journal.Records()
	chosen := borrowed{item: Item{Name: name, VPC: has.ID}, records: records, has: has}
	v := VPC{Name: name, Existing: has.ID, CIDR: has.Blocks[0], More: chosen.numbered()}
	var ids []string
	for n := 0; ; n++ {
		set, _, ok := settingsOf[steps.Subnet](records, steps.KindSubnet, nth(name, n))
		if !ok {
			break
		}
		ids = append(ids, set.Existing)
	}
	set, _, _ := settingsOf[steps.Instance](records, steps.KindInstance, name)
	for _, i := range has.Instances {
		if i.ID == set.Existing || set.Existing == "" && h.Interface != "" && i.Interface == h.Interface {
			v.instance = &i
			ids = append(ids, i.Subnet)
		}
	}
	v.use(has, b.linked(chosen, append(ids, h.subnets...), h.Opened))
	v.opened = h.Opened
	return v
}

// linked are these subnets, each once, and one for each further table that leads to things of ours or was opened.
func (b *rebuilding) linked(in borrowed, ids, opened []string) []steps.ExistingSubnet {
	var list []steps.ExistingSubnet
	tables := map[string]bool{}
	take := func(s steps.ExistingSubnet) {
		if !slices.ContainsFunc(list, func(have steps.ExistingSubnet) bool { return have.ID == s.ID }) {
			list = append(list, s)
			tables[s.RouteTable] = true
		}
	}
	for _, id := range ids {
		if s, there := in.subnet(id); there {
			take(s)
		}
	}
	ours := map[string]bool{}
	for _, rec := range b.found {
		ours[rec.ID] = true
	}
	for _, s := range in.has.Subnets {
		leads := slices.Contains(opened, s.RouteTable) || slices.ContainsFunc(s.Targets, func(id string) bool { return ours[id] })
		if !tables[s.RouteTable] && leads {
			take(s)
		}
	}
	return list
}
