package provision

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
	"sync"

	"vpclink/state"
	"vpclink/steps"
	"vpclink/waiters"
	"vpclink/words"
)

// What Live calls a thing of which there is no more to say than that it is there, or not.
const (
	There words.Text = "there"
	Gone  words.Text = "gone"
)

// Live asks AWS how what the journal calls ready stands, and returns in what each differs from its record, by key. It
// makes no changing call and writes nothing. That something is gone is believed after two looks, as always. With an error there may
// be a finding all the same: what may not be read is one.
func (r *Runner) Live(ctx context.Context) (map[state.Key][]steps.Field, error) {
	found := map[state.Key][]steps.Field{}
	var ready, there, hidden []state.Record
	for _, rec := range r.Journal.Records() {
		if rec.Phase == state.Ready && r.kind(rec.Key) != nil {
			ready = append(ready, rec)
		}
	}
	err := r.observeEach(ctx, ready, func(rec state.Record, seen []steps.Observation) error {
		it, shown := pick(rec, r.kind(rec.Key).Life(), seen)
		if !shown {
			hidden = append(hidden, rec)
			return nil
		}
		found[rec.Key] = r.drift(rec, it)
		there = append(there, rec)
		return nil
	})
	if err != nil {
		return nil, err
	}
	if err := r.lookAgain(ctx, hidden, found); err != nil {
		return nil, err
	}
	unlisted, unread, err := r.lookCloser(ctx, there, true)
	if err != nil {
		return nil, err
	}
	for key, fields := range unlisted {
		found[key] = append(found[key], fields...)
	}
	if err := r.lookInside(ctx, ready, found); err != nil {
		return nil, err
	}
	return found, errors.Join(unread...) // to look is what was asked for
}

// lookAgain looks at what did not show until it must have, at all of it together.
func (r *Runner) lookAgain(ctx context.Context, hidden []state.Record, found map[state.Key][]steps.Field) error {
	errs := make([]error, len(hidden))
	fields := make([][]steps.Field, len(hidden))
	var all sync.WaitGroup
	for i, rec := range hidden {
		all.Go(func() {
			seen, err := r.lookUntilSettled(ctx, rec)
			life := r.kind(rec.Key).Life()
			errs[i], fields[i] = err, []steps.Field{{Name: steps.StateField, Want: readyWord(life), Have: string(Gone)}}
			if it, there := pick(rec, life, seen); there {
				fields[i] = r.drift(rec, it)
			}
		})
	}
	all.Wait()
	for i, rec := range hidden {
		found[rec.Key] = fields[i]
	}
	return errors.Join(errs...)
}

// drift is in what a thing differs from its record. A flag is nobody's fault here.
func (r *Runner) drift(rec state.Record, it steps.Observation) []steps.Field {
	life := r.kind(rec.Key).Life()
	var fields []steps.Field
	if life.Stage(it.State) != waiters.StageReady && !steps.Differs(it.Diff, steps.StateField) {
		fields = append(fields, steps.Field{Name: steps.StateField, Want: readyWord(life), Have: it.State})
	}
	if it.Lacks != "" {
		fields = append(fields, steps.Field{Name: it.Lacks, Want: string(There)})
	}
	for _, f := range slices.Concat(it.Diff, it.Told) {
		f.Flag = ""
		fields = append(fields, f)
	}
	for _, name := range slices.Sorted(maps.Keys(rec.Out)) { // what AWS does not show just now is told by its state
		if was, have := rec.Out[name], it.Out[name]; was != "" && have != "" && have != was {
			fields = append(fields, steps.Field{Name: words.Text(name), Want: rec.Out[name], Have: have})
		}
	}
	return fields
}

// readyWord is what a thing's state should be: AWS's word, or that it is there.
func readyWord(life waiters.Life) string {
	if len(life.Ready) == 0 {
		return string(There)
	}
	return strings.Join(life.Ready, ", ")
}

// lookInside tells what lies in things of ours and is in no record: somebody else put it there.
func (r *Runner) lookInside(ctx context.Context, ready []state.Record, found map[state.Key][]steps.Field) error {
	recorded := map[string]bool{}
	for _, rec := range r.Journal.Records() {
		if rec.Present() {
			recorded[rec.ID] = true
		}
	}
	ask := map[pollerKey][]state.Record{}
	for _, rec := range ready {
		if !rec.Owned {
			continue // what a stranger has in things of his is none of ours to tell
		}
		at := pollerKey{rec.Key.Kind(), rec.Scope}
		ask[at] = append(ask[at], rec)
	}
	for at, recs := range ask {
		inside, err := steps.Inside(ctx, r.Envs[at.scope], at.kind, recs)
		if err != nil {
			return err
		}
		for key, list := range inside {
			for _, c := range list {
				if !recorded[c.ID] {
					found[key] = append(found[key], steps.Field{Name: c.Name, Have: c.Told, Foreign: true})
				}
			}
		}
	}
	return nil
}
