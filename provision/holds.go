package provision

import (
	"slices"

	"vpclink/state"
	"vpclink/steps"
)

// holds notes how many of a kind a thing that is there already has, for the quotas.
func (p *Plan) holds(h Handle, kind string, n int) {
	if p.has == nil {
		p.has = map[state.Key]map[string]int{}
	}
	if p.has[h.key] == nil {
		p.has[h.key] = map[string]int{}
	}
	p.has[h.key][kind] = n
}

// routesOf is how many routes a table that is there already has, ours left out.
func (p *Plan) routesOf(v *VPC, table string) int {
	n := 0
	for _, s := range v.has.Subnets {
		if s.RouteTable == table {
			n = s.Routes
		}
	}
	for _, rec := range p.records {
		set, _, ok := settingsOf[steps.Route]([]state.Record{rec}, steps.KindRoute, rec.Key.Name())
		if ok && rec.Owned && set.RouteTable.String() == table {
			n--
		}
	}
	return max(0, n)
}

// record is the stack's record of that kind and name, empty when there is none.
func (p *Plan) record(kind, name string) state.Record {
	i := slices.IndexFunc(p.records, func(rec state.Record) bool { return rec.Key.Kind() == kind && rec.Key.Name() == name })
	if i < 0 {
		return state.Record{}
	}
	return p.records[i]
}

// recordedID is the ID that the stack has of a resource, "" when it has none.
func (p *Plan) recordedID(h Handle) string {
	for _, rec := range p.records {
		if rec.Key == h.key && rec.Present() {
			return rec.ID
		}
	}
	return ""
}
