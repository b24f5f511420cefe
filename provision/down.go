package provision

import (
	"context"
	"slices"
	"sort"
	"time"

	"vpclink/state"
	"vpclink/steps"
)

// Down takes away all that the journal has, what needs others first. What was never ours is forgotten, untouched. A
// failure blocks only what it needs; Result.Left lists what stays, and Down can be called again.
func (r *Runner) Down(ctx context.Context) (Result, error) {
	nodes, errs, further := r.takeDown(ctx)
	return r.end(ctx, nodes, errs, further)
}

// takeDown is Down without its last word: what there was to do, what of it failed, and what else went wrong.
func (r *Runner) takeDown(ctx context.Context) (nodes []node, errs map[state.Key]error, further error) {
	d := &down{Runner: r}
	if err := r.recoverUnrecorded(ctx); ctx.Err() != nil {
		return nil, nil, err // any other failure comes again at the end, and counts there
	}
	for _, rec := range r.Journal.Records() {
		if rec.Present() {
			nodes = append(nodes, node{rec.Key, rec.Needs})
		}
	}
	nodes = reversed(r.inOrder(nodes))
	d.left = remaining(nodes, d.typical)
	inTurn := slices.Clone(nodes)
	sort.Slice(inTurn, func(i, j int) bool { return fromTheEnd(inTurn[i].key, inTurn[j].key) < 0 })
	r.announce(inTurn, d.left, d.notOurs)
	errs = walk(ctx, nodes, d.do)
	if ctx.Err() == nil {
		further = r.removeUnrecorded(ctx)
	}
	for _, n := range nodes {
		rec, _ := r.Journal.Record(n.key)
		if err := errs[n.key]; err != nil && rec.Owned { // what is not ours stays in any case
			r.result.Left = append(r.result.Left, Left{n.key, rec.ID, err})
		}
	}
	return nodes, errs, further
}

// down is one run of Down.
type down struct {
	*Runner
	left map[state.Key]time.Duration
}

func (d *down) do(ctx context.Context, key state.Key) error {
	ctx = steps.WithRemaining(ctx, d.left[key])
	rec, _ := d.Journal.Record(key)
	if !rec.Owned {
		return d.forget(rec)
	}
	begun := time.Now()
	if rec, err := d.takeAway(ctx, rec); err != nil {
		return d.over(ctx, rec, begun, err)
	}
	return nil
}

func (d *down) forget(rec state.Record) error {
	rec.Phase = state.Gone
	if _, err := d.append(rec); err != nil {
		return err
	}
	d.count(func(r *Result) { r.Forgotten++ })
	return nil
}

// takeAway deletes what a record stands for, sees it gone, and records that. It returns the record as it then is.
func (r *Runner) takeAway(ctx context.Context, rec state.Record) (state.Record, error) {
	begun := time.Now()
	there, err := r.mayBeThere(ctx, &rec)
	if err != nil {
		return rec, err
	}
	if there && !r.kind(rec.Key).Life().NoUndo {
		shown := r.shownBy(rec)
		rec.Phase = state.Deleting
		if rec, err = r.append(rec); err != nil {
			return rec, err
		}
		if err := r.untilGone(ctx, rec, shown); err != nil {
			return rec, err
		}
	}
	if rec.Unclear {
		if err := r.removeTwins(ctx, rec); err != nil {
			return rec, err
		}
	}
	rec.Phase, rec.Unclear, rec.Reason = state.Gone, false, ""
	if rec, err = r.append(rec); err != nil {
		return rec, err
	}
	if there {
		r.count(func(res *Result) { res.Removed++ }) // what AWS never made is no more than struck out
	}
	r.tell(Event{Name: EventGone, Key: rec.Key, ID: rec.ID, Elapsed: time.Since(begun)})
	return rec, nil
}

// mayBeThere reports whether there is something to delete. A record with an ID has it; one whose answer never came is
// looked for until it must have shown; one that AWS refused never was there.
func (r *Runner) mayBeThere(ctx context.Context, rec *state.Record) (bool, error) {
	if rec.ID != "" {
		return true, nil
	}
	if rec.Phase == state.Failed && !rec.Unclear {
		return false, nil
	}
	seen, err := r.lookUntilSettled(ctx, *rec)
	if err != nil {
		return false, err
	}
	it, there := pick(*rec, r.kind(rec.Key).Life(), seen)
	rec.ID = it.ID
	return there, nil
}
