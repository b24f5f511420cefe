package provision

import (
	"context"
	"errors"
	"time"

	"vpclink/state"
	"vpclink/steps"
	"vpclink/waiters"
	"vpclink/words"
)

// untilGone deletes a thing and waits until it is seen gone. When AWS says that there is none, the thing may only be
// hidden yet: absence is believed no sooner than shown, the moment by which it must have shown, and if it does show it
// is deleted after all.
func (r *Runner) untilGone(ctx context.Context, rec state.Record, shown time.Time) error {
	begun := time.Now()
	r.tell(Event{Name: EventDeleting, Key: rec.Key, ID: rec.ID})
	for {
		none, err := r.askGone(ctx, rec)
		if err != nil {
			return err
		}
		if !none {
			shown = time.Time{}
		}
		if err := r.seeGone(ctx, rec, begun, shown); !errors.Is(err, errStillThere) {
			return err
		}
	}
}

// askGone makes the deleting call until AWS has taken it, or says that there is none. After an unclear answer it looks
// before it sends the call again: some servers answer the second delete of a thing with an internal error for ever.
func (r *Runner) askGone(ctx context.Context, rec state.Record) (none bool, err error) {
	kind := r.kind(rec.Key)
	aim := waiters.Aim{ID: rec.ID, Wanted: "AWS to delete it"}
	err = r.patient(ctx, r.timeout(kind.Life()), aim, func(ctx context.Context) error {
		err := kind.Delete(ctx, r.Envs[rec.Scope], rec)
		none = errors.Is(err, waiters.ErrNone)
		switch {
		case none:
			return nil
		case !errors.Is(err, waiters.ErrNotYet) && steps.Unclear(err):
			none, err = r.leaves(ctx, rec, err)
		}
		return err
	})
	return none, err
}

// leaves looks what became of a deleting call with an unclear answer: nil when the thing is on its way out, none when it
// does not show, and "not yet" while it stands there as before.
func (r *Runner) leaves(ctx context.Context, rec state.Record, answer error) (none bool, err error) {
	answers, err := r.observe(ctx, pollerKey{rec.Key.Kind(), rec.Scope}, []state.Record{rec})
	if err != nil {
		return false, err
	}
	life := r.kind(rec.Key).Life()
	for _, o := range answers[0] {
		switch {
		case o.ID != rec.ID:
			continue
		case life.Stage(o.State) == waiters.StageLeaving || life.Stage(o.State).Absent():
			return false, nil
		}
		return false, &steps.NotYetError{Err: answer}
	}
	return true, nil
}

// errStillThere is a thing that AWS said it does not have, and then shows.
var errStillThere = words.New("AWS said there is none, and shows it")

// seeGone waits until a thing is seen gone; absence counts only after shown, which is zero when AWS took the delete.
func (r *Runner) seeGone(ctx context.Context, rec state.Record, begun, shown time.Time) error {
	life := r.kind(rec.Key).Life()
	limited, cancel := context.WithTimeout(ctx, r.timeout(life))
	defer cancel()
	gone := waiters.Down(life, rec.ID)
	return r.poller(rec).Wait(limited, rec, func(seen []steps.Observation, err error) (bool, error) {
		absent, there := true, false
		for _, o := range seen {
			if o.ID == rec.ID {
				r.tell(Event{Name: EventState, Key: rec.Key, ID: o.ID, State: o.State, Elapsed: time.Since(begun)})
				absent = false
				stage := life.Stage(o.State)
				there = there || !stage.Absent() && stage != waiters.StageLeaving
			}
		}
		switch {
		case err == nil && there && !shown.IsZero():
			return false, errStillThere
		case err == nil && absent && time.Now().Before(shown):
			return false, nil
		}
		return gone(sights(seen), err)
	})
}
