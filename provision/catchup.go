package provision

import (
	"context"
	"slices"
	"time"

	"vpclink/state"
	"vpclink/steps"
)

// CatchUp brings a journal up to date that may be an older copy of itself: what AWS holds of the stack and the journal
// does not have is written into it, so that Up does not make it a second time. It returns how much that was.
//
// Cut says that the last run left no end in the journal. Then the copy may lack the very last lines: the look comes no
// sooner than what these were about must have shown, and it is one for everything. Otherwise it begins with the tags, and
// ends there when they tell of nothing new.
func (r *Runner) CatchUp(ctx context.Context, cut bool) (int, error) {
	if cut {
		if err := waitUntil(ctx, r.allShown()); err != nil {
			return 0, err
		}
	} else if news, err := r.news(ctx); err != nil || !news {
		return 0, err
	}
	return r.takeIn(ctx)
}

// takeIn writes what AWS holds of the stack and the journal does not have.
func (r *Runner) takeIn(ctx context.Context) (int, error) {
	built, err := r.Rebuild(ctx)
	if err != nil {
		return 0, err
	}
	fresh := r.unwritten(slices.Clone(built.Records))
	replaced, err := r.replaced(ctx, built.Records)
	if err != nil {
		return 0, err
	}
	fresh = append(fresh, replaced...)
	return len(fresh), r.Journal.Append(fresh...)
}

// recoverUnrecorded has down begin with a journal that knows of all that carries the stack's tags, in its order; what has
// no place in it, such as a twin, goes first.
func (r *Runner) recoverUnrecorded(ctx context.Context) error {
	news, err := r.news(ctx)
	if err != nil || !news {
		return err
	}
	if r.Pattern.Name != "" {
		if _, err := r.takeIn(ctx); err != nil {
			return err
		}
	}
	return r.removeUnrecorded(ctx)
}

// allShown is the moment by which all must have shown that was asked for before the journal's last line.
func (r *Runner) allShown() time.Time {
	last := r.Since.Add(r.Settle)
	for _, rec := range r.Journal.Records() {
		if shown := r.shownBy(rec); shown.After(last) {
			last = shown
		}
	}
	return last
}

// news reports whether something carries the stack's tags that the journal does not have.
func (r *Runner) news(ctx context.Context) (bool, error) {
	own := r.ownKeys()
	for _, env := range r.Envs {
		found, err := steps.Discover(ctx, env, r.Makes)
		if err != nil {
			return false, err
		}
		if slices.ContainsFunc(found, func(f steps.Found) bool {
			f.Key = own(f)
			return !r.Kinds[f.Kind].Life().Stage(f.State).Absent() && !r.recorded(f)
		}) {
			return true, nil
		}
	}
	return false, nil
}

// replaced are those of the records whose place in the journal another thing has, which is not there any more: it was made
// anew, and the journal is from before that.
func (r *Runner) replaced(ctx context.Context, records []state.Record) ([]state.Record, error) {
	now := map[state.Key]state.Record{}
	var ask, list []state.Record
	for _, rec := range records {
		have, known := r.Journal.Record(rec.Key)
		if known && have.Present() && have.ID != "" && have.ID != rec.ID {
			now[rec.Key] = rec
			ask = append(ask, have)
		}
	}
	err := r.observeEach(ctx, ask, func(have state.Record, seen []steps.Observation) error {
		life := r.kind(have.Key).Life()
		if !slices.ContainsFunc(seen, func(o steps.Observation) bool { return o.ID == have.ID && !life.Stage(o.State).Absent() }) {
			list = append(list, now[have.Key])
		}
		return nil
	})
	return list, err
}
