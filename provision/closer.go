package provision

import (
	"context"
	"maps"
	"sync"

	"vpclink/state"
	"vpclink/steps"
)

// lookCloser finds in what things of ours are not as they were made that no list shows: for what up puts back alone, or for
// all. It asks about what a call has made, whatever came of it since: a mend that failed is to be seen again. Unread is
// what may not be read.
func (r *Runner) lookCloser(ctx context.Context, recs []state.Record, all bool) (found map[state.Key][]steps.Field, unread []error, err error) {
	ask := map[int][]state.Record{}
	for _, rec := range recs {
		if rec.Present() && rec.Owned && rec.ID != "" && rec.Phase != state.Deleting {
			ask[rec.Scope] = append(ask[rec.Scope], rec)
		}
	}
	found = map[state.Key][]steps.Field{}
	for scope, some := range ask {
		fields, denied, err := steps.Unlisted(ctx, r.Envs[scope], some, all)
		if err != nil {
			return nil, nil, err
		}
		maps.Copy(found, fields)
		unread = append(unread, denied...)
	}
	return found, unread, nil
}

// closer begins to look closer at what of the plan was there before, and returns what waits for the end of that. What may not be
// read is noted, and is no reason to stop.
func (u *up) closer(ctx context.Context, plan *Plan) (done func() error) {
	var recs []state.Record
	for _, res := range plan.Resources {
		if rec, ok := u.Journal.Record(res.Key); ok {
			recs = append(recs, rec)
		}
	}
	var err error
	var looking sync.WaitGroup
	looking.Go(func() { u.unlisted, u.unread, err = u.lookCloser(ctx, recs, false) })
	return func() error {
		looking.Wait()
		return err
	}
}

// withUnlisted adds what a closer look showed of the thing that the journal has.
func (u *up) withUnlisted(key state.Key, seen []steps.Observation) []steps.Observation {
	rec, _ := u.Journal.Record(key)
	for i, o := range seen {
		if o.ID == rec.ID && rec.ID != "" {
			seen[i] = o.With(u.unlisted[key])
		}
	}
	return seen
}
