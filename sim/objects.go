package sim

import (
	"maps"
	"time"
)

// Object is what the world knows of a thing: more than AWS would tell. Times that are not known yet are zero.
type Object struct {
	Account, Region string
	Kind            string // vpclink's word: vpc, subnet, route-table, tgw-attachment …
	ID              string // AWS's, or "table|10.1.0.0/16" and "table|attachment" for kinds without one
	Name            string // the tag Name
	State           string // AWS's word, "" for a kind without states
	Parent          string // ID of what it lies in, "" for a VPC or a gateway
	Tags            map[string]string

	Asked       time.Time // AWS took the call that makes it
	Visible     time.Time // other calls know its ID
	Ready       time.Time // ready to be used, or failed
	DeleteAsked time.Time
	Accept      time.Time // the first moment at which AWS would have taken the delete, what depends on it left aside
	Gone        time.Time // nothing depends on it any more, and reads show it deleted or no longer

	// Of some kinds only:
	Requested time.Time // a peering or an endpoint could be accepted
	Accepted  time.Time // and was; it is Ready some time after that
	Answers   time.Time // an instance's ports
	Drained   time.Time // a load balancer's or endpoint's interfaces, which outlive it, are gone
}

// teller is an entry that has more to tell than all have.
type teller interface{ tell(o *Object) }

// Objects lists every thing that is alive, in the order of making: no tombstones, and nothing that AWS makes by itself
// (the default VPC, main tables, default groups, their rules and routes). Interfaces of instances and attachments are
// listed.
func (w *World) Objects() []Object {
	return w.objects(func(t *thing, now time.Time) bool { return !t.implicit && t.holds(now) })
}

// Furniture lists what AWS makes by itself and is alive.
func (w *World) Furniture() []Object {
	return w.objects(func(t *thing, now time.Time) bool { return t.implicit && t.holds(now) })
}

// History lists what Objects lists and everything like it that is gone.
func (w *World) History() []Object {
	return w.objects(func(t *thing, now time.Time) bool { return !t.implicit && !now.Before(t.asked) })
}

func (w *World) objects(which func(*thing, time.Time) bool) []Object {
	w.mu.Lock()
	defer w.mu.Unlock()
	now := w.clock.now()
	list := []Object{}
	for _, p := range w.places() {
		for _, e := range w.regions[p].entries() {
			if which(e.base(), now) {
				list = append(list, describe(p, e, now))
			}
		}
	}
	return list
}

func describe(p place, e entry, now time.Time) Object {
	t := e.base()
	o := Object{
		Account: p.account, Region: p.region, Kind: t.kind.word, ID: t.id, Name: t.tags["Name"], State: e.state(now),
		Parent: t.parent, Tags: maps.Clone(t.tags),
		Asked: t.asked, Visible: t.visible, Ready: t.ready, DeleteAsked: t.deleteAsked, Accept: t.visible, Gone: t.gone,
	}
	if t.deleteAsked.After(now) { // it will end by itself, unless somebody comes before that
		o.DeleteAsked, o.Gone = time.Time{}, time.Time{}
	}
	if t.kind.settled && t.ready.After(o.Accept) {
		o.Accept = t.ready
	}
	if more, ok := e.(teller); ok {
		more.tell(&o)
	}
	return o
}

// drained is the moment at which the last of some interfaces goes, zero when that is not known yet.
func drained(list []*netInterface) time.Time {
	var last time.Time
	for _, n := range list {
		if n.gone.After(last) {
			last = n.gone
		}
	}
	return last
}
