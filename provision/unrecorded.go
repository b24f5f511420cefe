package provision

import (
	"context"
	"time"

	"vpclink/state"
	"vpclink/steps"
)

// ownKeys returns what tells the key that a thing has: in the journal, when it is there, else in its tags, which somebody may
// have changed. So one thing never stands for two.
func (r *Runner) ownKeys() func(steps.Found) state.Key {
	keys := map[string]state.Key{}
	for _, rec := range r.Journal.Records() {
		if rec.Present() && rec.Owned && rec.ID != "" {
			keys[rec.Key.Kind()+" "+rec.ID] = rec.Key
		}
	}
	return func(f steps.Found) state.Key {
		if key, ok := keys[f.Kind+" "+f.ID]; ok {
			return key
		}
		return f.Key
	}
}

// recorded reports whether a thing is one that the journal has, or the one that an intent without an answer has made.
func (r *Runner) recorded(f steps.Found) bool {
	rec, ok := r.Journal.Record(f.Key)
	return ok && rec.Present() && (rec.ID == f.ID || rec.ID == "")
}

// removeUnrecorded takes away what carries our lineage and the journal lacks: a call whose answer was lost may take
// effect so late that no look found it. Only what has our tags is touched.
func (r *Runner) removeUnrecorded(ctx context.Context) error {
	own := r.ownKeys()
	for scope, env := range r.Envs {
		found, err := steps.Discover(ctx, env, r.Makes)
		if err != nil {
			return err
		}
		for _, f := range found {
			f.Key = own(f)
			if r.Kinds[f.Kind].Life().Stage(f.State).Absent() || r.recorded(f) {
				continue
			}
			stray := state.Record{Key: f.Key, Scope: scope, ID: f.ID, Owned: true}
			begun := time.Now()
			if err := r.untilGone(ctx, stray, begun.Add(r.Settle)); err != nil {
				return err
			}
			r.tell(Event{Name: EventGone, Key: f.Key, ID: f.ID, Elapsed: time.Since(begun)})
		}
	}
	return nil
}
