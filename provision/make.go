package provision

import (
	"context"
	"errors"
	"time"

	"vpclink/state"
	"vpclink/steps"
	"vpclink/waiters"
)

// intent is the record under which a thing is made: with the token of an intent that is still open, else a new one.
// A new one is due whenever the thing of the old token was seen gone: AWS would answer with the gone one again.
func (r *Runner) intent(rec state.Record) state.Record {
	open := rec.Phase == state.Intended && rec.Token != ""
	if !open {
		rec.Token = r.Token()
	}
	rec.Phase, rec.Owned, rec.ID, rec.Out, rec.Reason = state.Intended, true, "", nil, ""
	return rec
}

// create writes the intent, makes the call, records what AWS took, waits, and records that it is ready. Nothing is
// sent before the intent is durable.
func (u *up) create(ctx context.Context, rec state.Record) error {
	begun := time.Now()
	rec, err := u.append(rec)
	if err != nil {
		return err
	}
	u.tell(Event{Name: EventStarted, Key: rec.Key})
	it, err := u.ask(ctx, &rec)
	if err != nil {
		if ctx.Err() != nil {
			return err // open: the next run goes on from the intent
		}
		return u.failed(rec, err)
	}
	return u.await(ctx, rec, it, begun)
}

// ask makes the creating call until AWS has taken it. "Not yet" is repeated under the same intent; an unclear answer
// is settled by looking, never by sending blindly; "it exists" is looked at, since it may be our own lost answer.
func (u *up) ask(ctx context.Context, rec *state.Record) (it steps.Observation, err error) {
	life := u.kind(rec.Key).Life()
	var unseen time.Time // since when AWS does not see what the thing refers to
	aim := waiters.Aim{ID: string(rec.Key), Wanted: "AWS to take it"}
	err = u.patient(ctx, u.timeout(life), aim, func(ctx context.Context) error {
		it, err = u.kind(rec.Key).Create(ctx, u.Envs[rec.Scope], *rec)
		switch {
		case err == nil:
			return nil
		case errors.Is(err, waiters.ErrNotYet) && steps.Unseen(err):
			if unseen.IsZero() {
				unseen = time.Now()
			}
			if time.Since(unseen) > u.Settle {
				return answerOf(err) // it is not hidden any more: it is gone
			}
			return err
		case errors.Is(err, waiters.ErrNotYet):
			return err
		case steps.TokenUsed(err):
			return u.renew(rec, err)
		case errors.Is(err, steps.ErrExists):
			it, err = u.itself(ctx, *rec, err)
			return err
		case steps.Unclear(err):
			rec.Unclear = true
			it, err = u.unclear(ctx, rec, err)
			return err
		}
		return err
	})
	return it, err
}

// renew gives an intent a new token: AWS took the old one for a thing that was taken away since, outside vpclink.
func (u *up) renew(rec *state.Record, answer error) error {
	rec.Token = u.Token()
	written, err := u.append(*rec)
	if err != nil {
		return err
	}
	*rec = written
	return &steps.NotYetError{Err: answer}
}

// unclear finds out what became of a call whose answer was lost: found, it is ours; not found once it must have shown,
// the call may be sent again under the same token.
func (u *up) unclear(ctx context.Context, rec *state.Record, answer error) (steps.Observation, error) {
	written, err := u.append(*rec)
	if err != nil {
		return steps.Observation{}, err
	}
	*rec = written
	seen, err := u.lookUntilSettled(ctx, *rec)
	if err != nil {
		return steps.Observation{}, err
	}
	if it, there := pick(*rec, u.kind(rec.Key).Life(), seen); there {
		return it, nil
	}
	return steps.Observation{}, &steps.NotYetError{Err: answer}
}

// itself looks at what AWS says exists already. After our intent it is ours, unless it is not what we asked for.
func (u *up) itself(ctx context.Context, rec state.Record, answer error) (steps.Observation, error) {
	seen, err := u.lookUntilSettled(ctx, rec)
	if err != nil {
		return steps.Observation{}, err
	}
	kind := u.kind(rec.Key)
	it, there := pick(rec, kind.Life(), seen)
	switch {
	case !there && kind.Life().NoUndo && len(seen) == 0:
		return it, &steps.NotYetError{Err: answer} // what it is about is not in a state for it yet
	case !there:
		return it, answer
	case !it.Ours && (len(it.Diff) > 0 || tagged(kind)):
		return it, &ConflictError{Key: rec.Key, ID: it.ID, State: it.State, Diff: it.Diff}
	}
	return it, nil
}

// claim goes on with a thing that is ours and there, but not known to be ready. What somebody changed in it, which is why it may be
// on its way, is put back when it is.
func (u *up) claim(ctx context.Context, rec state.Record, it steps.Observation) error {
	begun := time.Now()
	rec.Owned = true
	rec, it, err := u.comeUp(ctx, rec, it, begun)
	if err != nil {
		return err
	}
	it = u.compared(rec, []steps.Observation{it})[0].With(u.unlisted[rec.Key])
	if len(it.Diff) > 0 && different(u.kind(rec.Key), it.Diff) == update {
		return u.update(ctx, rec, it)
	}
	return u.cameUp(rec, it, begun)
}

// await records what AWS took, waits until it is seen ready, and records that.
func (u *up) await(ctx context.Context, rec state.Record, it steps.Observation, begun time.Time) error {
	rec, it, err := u.comeUp(ctx, rec, it, begun)
	if err != nil {
		return err
	}
	return u.cameUp(rec, it, begun)
}

// comeUp records what AWS took and waits until it is seen ready. The answer of the creating call is the first look, when it
// tells a state.
func (u *up) comeUp(ctx context.Context, rec state.Record, it steps.Observation, begun time.Time) (state.Record, steps.Observation, error) {
	rec.Phase, rec.ID = state.Created, it.ID
	rec, err := u.append(rec)
	if err != nil {
		return rec, it, err
	}
	life := u.kind(rec.Key).Life()
	limited, cancel := context.WithTimeout(ctx, u.timeout(life))
	defer cancel()
	up := waiters.Up(life, rec.ID)
	check := func(seen []steps.Observation, err error) (bool, error) {
		for _, o := range seen {
			if o.ID == rec.ID {
				it = o
				u.tell(Event{Name: EventState, Key: rec.Key, ID: o.ID, State: o.State, Elapsed: time.Since(begun)})
			}
		}
		return up(sights(seen), err)
	}
	over := false
	if it.State != "" {
		over, err = check([]steps.Observation{it}, nil)
	}
	if !over && err == nil {
		err = u.poller(rec).Wait(limited, rec, check)
	}
	if err != nil && ctx.Err() == nil {
		err = u.failed(rec, err)
	}
	return rec, it, err
}

func (u *up) cameUp(rec state.Record, it steps.Observation, begun time.Time) error {
	u.tell(Event{Name: EventReady, Key: rec.Key, ID: rec.ID, State: it.State, Elapsed: time.Since(begun)})
	return u.ready(rec, it)
}

// ready records that a thing made in this run can be used.
func (u *up) ready(rec state.Record, it steps.Observation) error {
	rec.Phase, rec.Out, rec.Reason = state.Ready, it.Out, ""
	if _, err := u.append(rec); err != nil {
		return err
	}
	u.count(func(r *Result) { r.Made++ })
	return nil
}

// failed records why; the journal's own error counts less than the one that is to be recorded.
func (r *Runner) failed(rec state.Record, err error) error {
	rec.Phase, rec.Reason = state.Failed, Reason(err)
	if _, journal := r.append(rec); journal != nil {
		return errors.Join(err, journal)
	}
	return err
}

func sights(seen []steps.Observation) []waiters.Sight {
	list := make([]waiters.Sight, 0, len(seen))
	for _, o := range seen {
		list = append(list, waiters.Sight{ID: o.ID, State: o.State, Lacks: o.Lacks, Reason: o.Reason, Left: o.Left})
	}
	return list
}
