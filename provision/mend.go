package provision

import (
	"context"
	"time"

	"vpclink/state"
	"vpclink/steps"
	"vpclink/waiters"
	"vpclink/words"
)

// update puts back in place what differs. The intent is a record in phase created: the thing is there, and not yet as
// it shall be. It is ready when AWS shows no difference any more.
func (u *up) update(ctx context.Context, rec state.Record, it steps.Observation) error {
	updater, ok := u.kind(rec.Key).(steps.Updater)
	if !ok {
		return words.Errorf("%s cannot be changed in place", it.ID)
	}
	begun := time.Now()
	u.tell(Event{Name: EventDrifted, Key: rec.Key, ID: it.ID, State: it.State})
	rec.Phase, rec.ID, rec.Owned = state.Created, it.ID, true
	rec, err := u.append(rec)
	if err != nil {
		return err
	}
	if err := u.mend(ctx, updater, rec, it.Diff); err != nil {
		return u.notMended(ctx, rec, err)
	}
	if it, err = u.seeMended(ctx, rec, begun); err != nil {
		return u.notMended(ctx, rec, err)
	}
	u.tell(Event{Name: EventReady, Key: rec.Key, ID: rec.ID, State: it.State, Elapsed: time.Since(begun)})
	return u.ready(rec, it)
}

// mend makes the call. After an unclear answer it looks what is still different, and makes it again for that.
func (u *up) mend(ctx context.Context, updater steps.Updater, rec state.Record, diff []steps.Field) error {
	aim := waiters.Aim{ID: rec.ID, Wanted: "AWS to take it"}
	unclear := false
	return u.patient(ctx, u.timeout(u.kind(rec.Key).Life()), aim, func(ctx context.Context) (err error) {
		if unclear {
			if diff, err = u.differs(ctx, rec); err != nil || len(diff) == 0 {
				return err
			}
		}
		err = updater.Update(ctx, u.Envs[rec.Scope], rec, diff)
		if unclear = err != nil && steps.Unclear(err); unclear {
			return &steps.NotYetError{Err: err}
		}
		return err
	})
}

// differs looks in what a thing is not as it is wanted.
func (u *up) differs(ctx context.Context, rec state.Record) ([]steps.Field, error) {
	answers, err := u.observe(ctx, pollerKey{rec.Key.Kind(), rec.Scope}, []state.Record{rec})
	if err != nil {
		return nil, err
	}
	for _, o := range answers[0] {
		if o.ID == rec.ID {
			unlisted, _, err := u.lookCloser(ctx, []state.Record{rec}, false)
			return o.With(unlisted[rec.Key]).Diff, err
		}
	}
	return nil, nil
}

// seeMended waits until AWS shows the thing ready and as it is wanted. One that was started may be shown stopped for as
// long as lists lag behind; one that stops again has failed.
func (u *up) seeMended(ctx context.Context, rec state.Record, begun time.Time) (it steps.Observation, err error) {
	life := u.kind(rec.Key).Life()
	limited, cancel := context.WithTimeout(ctx, u.timeout(life))
	defer cancel()
	up := waiters.Up(life, rec.ID)
	lagging := time.Now().Add(u.Settle)
	err = u.poller(rec).Wait(limited, rec, func(seen []steps.Observation, err error) (bool, error) {
		for _, o := range seen {
			switch {
			case o.ID != rec.ID:
				continue
			case life.Stage(o.State) != waiters.StageStopped:
				lagging = time.Time{}
			case time.Now().Before(lagging):
				return false, nil
			}
		}
		over, err := up(sights(seen), err)
		for _, o := range seen {
			if o.ID == rec.ID {
				it = o
				u.tell(Event{Name: EventState, Key: rec.Key, ID: o.ID, State: o.State, Elapsed: time.Since(begun)})
			}
		}
		if err != nil || !over || len(it.Diff) > 0 {
			return false, err
		}
		unlisted, _, err := u.lookCloser(limited, []state.Record{rec}, false)
		return len(unlisted[rec.Key]) == 0, err
	})
	return it, err
}

func (u *up) notMended(ctx context.Context, rec state.Record, err error) error {
	if ctx.Err() != nil {
		return err // open: the next run sees what is there
	}
	return u.failed(rec, err)
}
