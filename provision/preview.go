package provision

import (
	"context"
	"maps"
	"slices"
	"time"

	"vpclink/state"
	"vpclink/steps"
)

// Action is what up would do about a resource.
type Action string

// The actions. JSON has the same words, but that it tells ActionMend as a replacement in place.
const (
	ActionMake      Action = "make"
	ActionUnchanged Action = "unchanged"
	ActionAdopt     Action = "adopt"
	ActionReplace   Action = "replace" // ours, and gone, of no use or different: made anew
	ActionMend      Action = "mend"    // ours, and put back in place
	ActionSkip      Action = "skip"    // the target cannot
)

// Changes reports whether up would call AWS to change something.
func (a Action) Changes() bool { return a.renews() || a == ActionMend }

// renews reports whether up would make another thing than the one that is there, if any.
func (a Action) renews() bool { return a == ActionMake || a == ActionReplace }

// Preview is what up would do about a plan.
type Preview struct {
	Actions map[state.Key]Action
	Path    []state.Key   // the longest way through what is to be made or started, in order; nil when nothing is
	Takes   time.Duration // how long that way typically takes, in the target's time
	Prune   []state.Key   // what would be taken away before, in order; nil when nothing is
	Unread  []error       // what could not be looked at for want of a permission
}

// Count tells for how many resources that is what up would do.
func (p Preview) Count(a Action) int {
	n := 0
	for _, of := range p.Actions {
		if of == a {
			n++
		}
	}
	return n
}

// Changes counts what would be made, replaced, mended or taken away.
func (p Preview) Changes() int {
	n := len(p.Prune)
	for _, action := range p.Actions {
		if action.Changes() {
			n++
		}
	}
	return n
}

// actionsOf are the actions of verdicts. The others are errors, and up would end with them.
var actionsOf = map[verdict]Action{
	makeIt: ActionMake, keep: ActionUnchanged, adopt: ActionAdopt, await: ActionMake,
	finish: ActionReplace, replace: ActionReplace, update: ActionMend,
}

// Preview finds out what Up would do, by the same looks and the same rules. It makes no changing call and writes nothing.
// What Up would refuse is the error, a *RunError.
func (r *Runner) Preview(ctx context.Context, plan *Plan) (Preview, error) {
	u := newUp(r, plan)
	p := Preview{Actions: map[state.Key]Action{}, Prune: plan.Prune}
	if err := u.lookAround(ctx, plan); err != nil {
		return p, err
	}
	p.Unread = u.unread
	failed := &RunError{}
	for _, res := range plan.Resources { // needs come before what needs them
		action, err := u.action(ctx, res, p.Actions)
		if err != nil {
			failed.Failures = append(failed.Failures, Left{Key: res.Key, Err: err})
		}
		p.Actions[res.Key] = action
	}
	if len(failed.Failures) > 0 {
		return p, failed
	}
	p.Path, p.Takes = u.longestWay(plan, p.Actions)
	return p, nil
}

// action is what Up would do about one resource, given what it would do about those it needs.
func (u *up) action(ctx context.Context, res Resource, others map[state.Key]Action) (Action, error) {
	if res.Skip != nil {
		return ActionSkip, nil //nolint:nilerr // Skip is the reason, and no failure
	}
	if err := u.enlarged(res.Key); err != nil {
		return "", err
	}
	rec, recorded := u.Journal.Record(res.Key)
	recorded = recorded && rec.Present()
	settings, err := u.resolve(res)
	if err := u.foreseenInTheWay(res.Key); err != nil {
		return "", err
	}
	refersToNew := slices.ContainsFunc(res.Settings.Refs(), func(ref state.Ref) bool {
		return others[ref.Key].renews() || ref.Field == steps.OutPublicCIDR && u.restarts(ref.Key) && !u.addressed(ref.Key) // it gets another address
	})
	if err != nil || refersToNew { // what it refers to is made or made anew, and so is it
		if recorded {
			return ActionReplace, nil
		}
		return ActionMake, nil
	}
	wanted := rec
	wanted.Key, wanted.Scope, wanted.Settings, wanted.Needs = res.Key, res.Scope, settings, res.Needs()
	seen, err := u.seen(ctx, wanted, rec.Phase != "")
	if err != nil {
		return "", err
	}
	verdict, it := decide(wanted, u.kind(res.Key), seen)
	if verdict == look {
		if seen, err = u.lookUntilSettled(ctx, wanted); err != nil {
			return "", err
		}
		if verdict, it = decide(wanted, u.kind(res.Key), seen); verdict == look {
			if rec.Phase == state.Ready {
				return ActionReplace, nil // gone, and believed
			}
			return ActionMake, nil
		}
	}
	if action, ok := actionsOf[verdict]; ok {
		return action, nil
	}
	return "", refusal(wanted, verdict, it)
}

// restarts reports whether an instance is stopped, and would be started again.
func (u *up) restarts(key state.Key) bool {
	return slices.ContainsFunc(u.survey[key].seen, func(o steps.Observation) bool { return steps.Differs(o.Diff, steps.StateField) })
}

// addressed reports whether it has a public address all the same: an Elastic IP stays.
func (u *up) addressed(key state.Key) bool {
	return slices.ContainsFunc(u.survey[key].seen, func(o steps.Observation) bool { return o.Out[steps.OutPublicCIDR] != "" })
}

// longestWay is the way through what is to be made that typically takes longest.
func (u *up) longestWay(plan *Plan, actions map[state.Key]Action) ([]state.Key, time.Duration) {
	typical := func(k state.Key) time.Duration {
		if actions[k].renews() || actions[k] == ActionMend && u.restarts(k) {
			return u.kind(k).Life().Typical
		}
		return 0
	}
	nodes := plan.nodes()
	left, next := remaining(nodes, typical), followers(nodes)
	at, begin := longestOf(slices.Collect(maps.Keys(left)), left)
	var path []state.Key
	for begin > 0 {
		if typical(at) > 0 {
			path = append(path, at)
		}
		var rest time.Duration
		if at, rest = longestOf(next[at], left); rest == 0 {
			break
		}
	}
	return path, begin
}

// longestOf returns the key with the longest way left, the first by name of several.
func longestOf(keys []state.Key, left map[state.Key]time.Duration) (state.Key, time.Duration) {
	var longest state.Key
	var most time.Duration
	for _, k := range slices.Sorted(slices.Values(keys)) {
		if left[k] > most {
			longest, most = k, left[k]
		}
	}
	return longest, most
}

// refusal is the error of a verdict that up cannot act on.
func refusal(rec state.Record, verdict verdict, it steps.Observation) error {
	if verdict == conflict {
		return &ConflictError{Key: rec.Key, ID: it.ID, State: it.State, Diff: it.Diff}
	}
	if verdict == refuseIt {
		return &DifferentError{Key: rec.Key, ID: it.ID, State: it.State, Diff: it.Diff}
	}
	return &GoneError{rec.ID}
}
