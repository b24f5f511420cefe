package provision

import (
	"time"

	"vpclink/state"
)

// announce tells what a run means to do, in the order of the nodes, before it does any of it.
func (r *Runner) announce(nodes []node, left map[state.Key]time.Duration, done func(state.Key) bool) {
	planned := make([]Planned, 0, len(nodes))
	for _, n := range nodes {
		planned = append(planned, Planned{
			Key: n.key, Needs: n.needs, Done: done(n.key),
			Left: time.Duration(float64(left[n.key]) / r.Speed),
		})
	}
	r.tell(Event{Name: EventPlanned, Count: len(nodes), Planned: planned})
}

// typical is how long a resource usually takes to be ready, nothing when it was ready before.
func (u *up) typical(key state.Key) time.Duration {
	if u.before[key] || u.planned[key].Skip != nil {
		return 0
	}
	return u.kind(key).Life().Typical
}

// typical is how long a resource usually takes to go. A Life tells only how long it takes to come, which is about the
// same for most.
func (d *down) typical(key state.Key) time.Duration {
	life := d.kind(key).Life()
	if life.NoUndo || d.notOurs(key) {
		return 0
	}
	return life.Typical
}

// notOurs reports whether a resource is only forgotten.
func (d *down) notOurs(key state.Key) bool {
	rec, _ := d.Journal.Record(key)
	return !rec.Owned
}
