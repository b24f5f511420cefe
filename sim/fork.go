package sim

import (
	"fmt"
	"time"
)

// Fork makes a new world as this one was after its first n changing calls, with its clock at a moment from which it
// runs on; the zero moment is that of the n-th call, and so is one before it. Options are the same, but without the
// hooks. It is in memory, also when this one is kept on disk. Faults that are still planned stay behind, and request
// buckets are as full as changing calls alone left them. An n beyond Changes means all of them.
func (w *World) Fork(n int, at time.Time) *World {
	w.mu.Lock()
	opts, base := w.opts, w.base
	changes := w.changes[:max(0, min(n-base, len(w.changes)))]
	start := w.started
	w.mu.Unlock()

	opts.Before, opts.After = nil, nil
	f := newWorld(opts, start)
	f.mu.Lock()
	defer f.mu.Unlock()
	f.base = base
	last := start
	for _, ch := range changes {
		if err := f.replay(ch); err != nil {
			panic(fmt.Sprintf("sim: replaying changing call %d: %v", ch.N, err)) // the same program made it
		}
		last = ch.Time
	}
	f.use(settingsOf(&opts))
	if at.Before(last) {
		at = last
	}
	f.clock.run(at)
	return f
}

// settings are the options that decide what a changing call does. They are recorded, for a world on disk may be opened
// with others the next time.
type settings struct {
	Durations Durations `json:"durations"`
	Scale     float64   `json:"scale"`
	NoDelay   bool      `json:"noDelay"`
	Quotas    Quotas    `json:"quotas"`
}

func settingsOf(o *Options) settings {
	return settings{Durations: o.Durations, Scale: o.Scale, NoDelay: o.NoDelay, Quotas: o.Quotas}
}

func (w *World) use(s settings) {
	w.opts.Durations, w.opts.Scale, w.opts.NoDelay, w.opts.Quotas = s.Durations, s.Scale, s.NoDelay, s.Quotas
}
