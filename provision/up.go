package provision

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"vpclink/state"
	"vpclink/steps"
)

// Up makes what the plan wants and the stack does not have, and leaves what is there as it is. Its result counts the
// plan's resources. The error is a *RunError when something could not be done; then everything done so far is recorded
// and Up can be called again.
func (r *Runner) Up(ctx context.Context, plan *Plan) (Result, error) {
	u := &up{Runner: r, planned: map[state.Key]Resource{}, survey: map[state.Key]surveyed{}, before: map[state.Key]bool{}}
	for _, rec := range r.Journal.Records() {
		u.before[rec.Key] = rec.Phase == state.Ready
	}
	nodes := make([]node, 0, len(plan.Resources))
	for _, res := range plan.Resources {
		u.planned[res.Key] = res
		nodes = append(nodes, node{res.Key, res.Needs()})
	}
	r.tell(Event{Name: EventPlanned, Count: len(nodes)})
	if err := u.lookAround(ctx, plan); err != nil {
		return r.end(ctx, nil, nil, err)
	}
	if refused := u.refusals(); len(refused) > 0 {
		return r.end(ctx, nodes, refused, nil)
	}
	nodes = r.inOrder(nodes)
	u.left = remaining(nodes, func(k state.Key) time.Duration { return r.kind(k).Life().Typical })
	errs := walk(ctx, nodes, u.do)
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
	planned map[state.Key]Resource
	survey  map[state.Key]surveyed      // what the first look showed
	before  map[state.Key]bool          // ready when the run began
	left    map[state.Key]time.Duration // the longest way to the end
}

// surveyed is what the first look showed of a record as it was wanted then.
type surveyed struct {
	wanted state.Record
	seen   []steps.Observation
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
	failed.Ended = further
	if further == nil && ctx.Err() != nil {
		failed.Ended = context.Cause(ctx)
	}
	r.result.Took = time.Since(r.begun)
	r.tell(Event{Name: EventDone, Elapsed: r.result.Took})
	if len(failed.Failures) == 0 && failed.Ended == nil {
		return r.result, nil
	}
	return r.result, failed
}

// lookAround makes one look per kind and scope at all that may be there already: what the journal has, and what is
// planned inside of that, as far as it can be told yet.
func (u *up) lookAround(ctx context.Context, plan *Plan) error {
	ask := map[pollerKey][]state.Record{}
	for _, res := range plan.Resources {
		if res.Skip != "" {
			continue
		}
		rec, recorded := u.Journal.Record(res.Key)
		settings, err := u.resolve(res)
		if err != nil {
			continue // it is looked at when all it refers to is there: its old settings would show no difference
		}
		rec.Settings = settings // so that what is different is seen
		if !recorded && len(res.Settings.Refs()) == 0 {
			continue // nothing leads to it: only its tags could, and they come with a record
		}
		rec.Key, rec.Scope = res.Key, res.Scope
		at := pollerKey{res.Key.Kind(), res.Scope}
		ask[at] = append(ask[at], rec)
	}
	for at, recs := range ask {
		answers, err := u.observe(ctx, at, recs)
		if err != nil {
			return err
		}
		for i, rec := range recs {
			u.survey[rec.Key] = surveyed{rec, answers[i]}
		}
	}
	return nil
}

// refusals are the resources for which a flag asks for what the stack is not. They are found before anything is
// changed, so that a refused command changes nothing.
func (u *up) refusals() map[state.Key]error {
	errs := map[state.Key]error{}
	for key, s := range u.survey {
		verdict, it := decide(s.wanted, u.kind(key), s.seen)
		different := &DifferentError{Key: key, ID: it.ID, State: it.State, Diff: it.Diff}
		if verdict == refuseIt && len(different.Flags()) > 0 {
			errs[key] = different
		}
	}
	return errs
}

// resolve looks up what a resource's settings refer to; an error when one of them is not ready.
func (u *up) resolve(res Resource) (state.Settings, error) {
	return res.Settings.Resolve(func(ref state.Ref) (string, error) {
		rec, ok := u.Journal.Record(ref.Key)
		if !ok || rec.Phase != state.Ready {
			return "", fmt.Errorf("%s is not ready", ref.Key)
		}
		if ref.Field == "" {
			return rec.ID, nil
		}
		value, ok := rec.Out[ref.Field]
		if !ok {
			return "", fmt.Errorf("%s tells no %s", ref.Key, ref.Field)
		}
		return value, nil
	})
}

// do brings one resource up.
func (u *up) do(ctx context.Context, key state.Key) error {
	ctx = steps.WithRemaining(ctx, u.left[key])
	begun := time.Now()
	err := u.bring(ctx, key)
	if err != nil {
		rec, _ := u.Journal.Record(key)
		rec.Key = key
		return u.over(ctx, rec, begun, err)
	}
	return nil
}

func (u *up) bring(ctx context.Context, key state.Key) error {
	res := u.planned[key]
	if res.Skip != "" {
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

// seen returns what is known of a resource before anything is done: what the first look showed, as long as the same is
// wanted (what it refers to may be another thing by now, an instance with another address); or what a look shows now,
// when it is new and goes into something that was there before this run. AWS may take a second call for such a thing
// without a word (a route: aws-facts §2.4), and then it would look like ours.
func (u *up) seen(ctx context.Context, rec state.Record, recorded bool) ([]steps.Observation, error) {
	s, looked := u.survey[rec.Key]
	if looked && bytes.Equal(s.wanted.Settings, rec.Settings) {
		return s.seen, nil
	}
	if !looked && !recorded && !slices.ContainsFunc(rec.Needs, func(k state.Key) bool { return u.before[k] }) {
		return nil, nil
	}
	answers, err := u.observe(ctx, pollerKey{rec.Key.Kind(), rec.Scope}, []state.Record{rec})
	if err != nil {
		return nil, err
	}
	return answers[0], nil
}

// act does what was decided.
func (u *up) act(ctx context.Context, rec state.Record, verdict verdict, it steps.Observation) error {
	switch verdict {
	case makeIt:
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
	case conflict:
		return &ConflictError{Key: rec.Key, ID: it.ID, State: it.State, Diff: it.Diff}
	case refuseIt:
		return &DifferentError{Key: rec.Key, ID: it.ID, State: it.State, Diff: it.Diff}
	case lost:
		return fmt.Errorf("%s, which vpclink uses and did not make, is not there any more", rec.ID)
	case look: // bring has looked
	}
	return fmt.Errorf("nothing is known to do about %s", rec.Key)
}

// keep leaves a thing as it is; the journal is told only what it does not know, such as the new public address of an
// instance that somebody stopped and started.
func (u *up) keep(rec state.Record, it steps.Observation) error {
	if rec.Phase == state.Ready {
		u.count(func(r *Result) { r.Unchanged++ })
		if len(it.Out) == 0 || maps.Equal(rec.Out, it.Out) {
			return nil
		}
		rec.Out = it.Out
		_, err := u.append(rec)
		return err
	}
	rec.ID, rec.Owned = it.ID, true
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

// update mends the differences in place, for kinds that can.
func (u *up) update(ctx context.Context, rec state.Record, it steps.Observation) error {
	updater, ok := u.kind(rec.Key).(steps.Updater)
	if !ok {
		return fmt.Errorf("%s cannot be changed in place", it.ID)
	}
	u.tell(Event{Name: EventDrifted, Key: rec.Key, ID: it.ID, State: it.State})
	if err := updater.Update(ctx, u.Envs[rec.Scope], rec, it.Diff); err != nil {
		return err
	}
	rec.ID, rec.Owned = it.ID, true
	return u.claim(ctx, rec, it)
}
