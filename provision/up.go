package provision

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"time"

	"vpclink/state"
	"vpclink/steps"
)

// Up makes what the plan wants and the stack does not have, and leaves what is there as it is. Its result counts the
// plan's resources. The error is a *RunError when something could not be done; then everything done so far is recorded
// and Up can be called again.
func (r *Runner) Up(ctx context.Context, plan *Plan) (Result, error) {
	u := newUp(r, plan)
	nodes := r.inOrder(plan.nodes())
	u.left = remaining(nodes, u.typical)
	r.announce(append(r.pruning(plan), nodes...), u.left, func(k state.Key) bool { return u.before[k] && u.planned[k].Key == k })
	if err := u.lookAround(ctx, plan); err != nil {
		return r.end(ctx, nil, nil, err)
	}
	r.result.Unread = u.unread
	if refused := u.refusals(); len(refused) > 0 {
		return r.end(ctx, nodes, refused, nil)
	}
	if err := r.retag(ctx); err != nil {
		return r.end(ctx, nil, nil, err)
	}
	pruned, errs := r.prune(ctx, plan) // first: what is new may have the block of what goes
	maps.Copy(errs, walk(ctx, nodes, u.do))
	nodes = append(pruned, nodes...)
	var err error
	if ctx.Err() == nil {
		err = r.clearTwins(ctx)
	}
	if ctx.Err() == nil && err == nil {
		err = u.late(ctx, plan)
	}
	return r.end(ctx, nodes, errs, err)
}

// up is one run of Up.
type up struct {
	*Runner
	planned  map[state.Key]Resource
	survey   map[state.Key]surveyed      // what the first look showed
	before   map[state.Key]bool          // ready when the run began
	unlisted map[state.Key][]steps.Field // in what things differ that were there when it began, as far as no list shows it
	unread   []error                     // what of that may not be read
	left     map[state.Key]time.Duration // the longest way to the end
}

func newUp(r *Runner, plan *Plan) *up {
	u := &up{Runner: r, planned: map[state.Key]Resource{}, survey: map[state.Key]surveyed{}, before: map[state.Key]bool{}}
	for _, rec := range r.Journal.Records() {
		u.before[rec.Key] = rec.Phase == state.Ready
	}
	for _, res := range plan.Resources {
		u.planned[res.Key] = res
	}
	return u
}

// end tells how the run went, and puts the errors together in the order of the nodes.
func (r *Runner) end(ctx context.Context, nodes []node, errs map[state.Key]error, further error) (Result, error) {
	failed := &RunError{}
	for _, n := range nodes {
		err := errs[n.key]
		var blocked *BlockedError
		switch {
		case err == nil || errors.Is(err, errEnded):
			continue
		case errors.As(err, &blocked):
			failed.Blocked++
			r.tell(Event{Name: EventBlocked, Key: n.key, Err: err})
		default:
			rec, _ := r.Journal.Record(n.key)
			failed.Failures = append(failed.Failures, Left{n.key, rec.ID, err})
		}
	}
	failed.Ended = cmp.Or(r.mute, further)
	if ctx.Err() != nil { // what came of a last look then is mostly that
		failed.Ended = context.Cause(ctx)
	}
	r.result.Took = time.Since(r.begun)
	r.tell(Event{Name: EventDone, Elapsed: r.result.Took})
	if len(failed.Failures) == 0 && failed.Ended == nil {
		return r.result, nil
	}
	return r.result, failed
}

// do brings one resource up.
func (u *up) do(ctx context.Context, key state.Key) error {
	ctx = steps.WithRemaining(ctx, u.left[key])
	begun := time.Now()
	err := u.gates.pass(ctx, key.Step())
	if err == nil {
		err = u.bring(ctx, key)
	}
	if err != nil {
		rec, _ := u.Journal.Record(key)
		rec.Key = key
		return u.over(ctx, rec, begun, err)
	}
	return nil
}

func (u *up) bring(ctx context.Context, key state.Key) error {
	res := u.planned[key]
	if res.Skip != nil {
		return u.skip(res)
	}
	settings, err := u.resolve(res)
	if err != nil {
		return err
	}
	rec, _ := u.Journal.Record(key)
	wanted := rec
	wanted.Key, wanted.Scope, wanted.Settings, wanted.Needs = key, res.Scope, settings, res.Needs()
	seen, err := u.seen(ctx, wanted, rec.Phase != "")
	if err != nil {
		return err
	}
	if rec, err = u.cleared(ctx, rec, settings, seen); err != nil {
		return err
	}
	if rec.Phase == state.Gone {
		wanted.Phase, wanted.ID = rec.Phase, rec.ID
	}
	verdict, it := decide(wanted, u.kind(key), seen)
	if verdict == look {
		if seen, err = u.lookUntilSettled(ctx, wanted); err != nil {
			return err
		}
		if verdict, it = decide(wanted, u.kind(key), seen); verdict == look {
			verdict = makeIt // absent, and believed
			if rec.Phase == state.Ready || rec.Phase == state.Created {
				u.tell(Event{Name: EventDrifted, Key: key, ID: rec.ID, State: "gone"})
			}
		}
	}
	return u.act(ctx, wanted, verdict, it)
}

// act does what was decided.
func (u *up) act(ctx context.Context, rec state.Record, verdict verdict, it steps.Observation) error {
	switch verdict {
	case makeIt:
		if id := steps.Borrowed(rec.Settings); id != "" {
			return &GoneError{id}
		}
		if id := u.foreign(rec); id != "" {
			return &ForeignError{rec.Key, id}
		}
		return u.create(ctx, u.intent(rec))
	case keep:
		return u.keep(rec, it)
	case adopt:
		return u.adopt(rec, it)
	case await:
		return u.claim(ctx, rec, it)
	case finish, replace:
		if verdict == replace {
			u.tell(Event{Name: EventDrifted, Key: rec.Key, ID: it.ID, State: it.State})
		}
		rec.ID, rec.Owned = it.ID, true
		gone, err := u.takeAway(ctx, rec)
		if err != nil {
			return err
		}
		gone.Settings, gone.Needs = rec.Settings, rec.Needs
		return u.create(ctx, u.intent(gone))
	case update:
		return u.update(ctx, rec, it)
	case conflict, refuseIt, lost, look: // bring has looked
	}
	return refusal(rec, verdict, it)
}

// keep leaves a thing as it is; the journal is told only what it does not know, such as the new public address of an
// instance that somebody stopped and started, or another thing that is ours by its tags in the place of one that is gone.
func (u *up) keep(rec state.Record, it steps.Observation) error {
	if rec.Phase == state.Ready {
		u.count(func(r *Result) { r.Unchanged++ })
		if it.ID == rec.ID && (len(it.Out) == 0 || maps.Equal(rec.Out, it.Out)) {
			return nil
		}
		rec.ID, rec.Out = it.ID, it.Out
		_, err := u.append(rec)
		return err
	}
	rec.ID, rec.Owned = it.ID, true
	u.tell(Event{Name: EventReady, Key: rec.Key, ID: it.ID, State: it.State})
	return u.ready(rec, it)
}

func (u *up) adopt(rec state.Record, it steps.Observation) error {
	rec.Phase, rec.ID, rec.Owned, rec.Out, rec.Token = state.Ready, it.ID, false, it.Out, ""
	if _, err := u.append(rec); err != nil {
		return err
	}
	u.count(func(r *Result) { r.Adopted++ })
	u.tell(Event{Name: EventAdopted, Key: rec.Key, ID: it.ID, State: it.State})
	return nil
}
