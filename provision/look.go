package provision

import (
	"context"
	"time"

	"vpclink/state"
	"vpclink/steps"
)

// lookUntilSettled looks for a record until something of it is seen, or until two looks showed nothing and the later
// one came after everything asked for must have shown.
func (r *Runner) lookUntilSettled(ctx context.Context, rec state.Record) ([]steps.Observation, error) {
	var found []steps.Observation
	looks := 0
	life := r.kind(rec.Key).Life()
	err := r.poller(rec).Wait(ctx, rec, func(seen []steps.Observation, err error) (bool, error) {
		if err != nil {
			return false, err
		}
		looks++
		found = seen
		if _, there := pick(rec, life, seen); there {
			return true, nil
		}
		return looks >= 2 && !time.Now().Before(r.shownBy(rec)), nil
	})
	return found, err
}

// clearTwins looks once more at the records whose creating call had an unclear answer: it may have taken effect after
// all, beside the one that was made again. The one in the journal stays.
func (r *Runner) clearTwins(ctx context.Context) error {
	for _, rec := range r.Journal.Records() {
		if !rec.Unclear || rec.Phase != state.Ready {
			continue
		}
		if err := r.removeTwins(ctx, rec); err != nil {
			return err
		}
	}
	return nil
}

// removeTwins takes away what carries the record's tags and is not the thing in the journal.
func (r *Runner) removeTwins(ctx context.Context, rec state.Record) error {
	anonymous := rec
	anonymous.ID = "" // so that it is looked for by its tags
	answers, err := r.observe(ctx, pollerKey{rec.Key.Kind(), rec.Scope}, []state.Record{anonymous})
	if err != nil {
		return err
	}
	life, own := r.kind(rec.Key).Life(), r.ownKeys()
	for _, o := range answers[0] {
		if own(steps.Found{Kind: rec.Key.Kind(), Observation: o}) != rec.Key {
			continue // another one of ours, in whose tags somebody wrote this key
		}
		if !o.Ours || o.ID == rec.ID || life.Stage(o.State).Absent() {
			continue
		}
		twin := rec
		twin.ID = o.ID
		r.tell(Event{Name: EventDeleting, Key: rec.Key, ID: o.ID, State: "twin"})
		if err := r.untilGone(ctx, twin, time.Now().Add(r.Settle)); err != nil {
			return err
		}
	}
	return nil
}
