package provision

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"sort"
	"time"

	"vpclink/state"
	"vpclink/steps"
)

// TaggedStack is a stack of which AWS holds something, as the tags tell it.
type TaggedStack struct {
	steps.Stack
	Things, VPCs int // how many carry its tags; how many of these are VPCs
}

// Tagged lists the stacks of which something carries tags in an account and region, by name and lineage. Of the ends that
// a stack's things tell the latest counts, so that an extension which was cut off half-way takes nothing away early.
func Tagged(ctx context.Context, env steps.Env) ([]TaggedStack, error) {
	env.Stack = steps.Stack{}
	found, err := steps.Discover(ctx, env, nil)
	if err != nil {
		return nil, err
	}
	kinds, stacks := steps.Kinds(), map[string]TaggedStack{}
	for _, f := range found {
		if kinds[f.Kind].Life().Stage(f.State).Absent() {
			continue
		}
		s := stacks[f.Stack.Lineage]
		expires := laterExpiry(s.Expires, f.Stack.Expires)
		if s.Things == 0 {
			s.Stack, expires = f.Stack, f.Stack.Expires
		}
		s.Expires = expires
		s.Things++
		if f.Kind == steps.KindVPC {
			s.VPCs++
		}
		stacks[f.Stack.Lineage] = s
	}
	list := slices.Collect(maps.Values(stacks))
	sort.Slice(list, func(i, j int) bool {
		return cmp.Or(cmp.Compare(list[i].Name, list[j].Name), cmp.Compare(list[i].Lineage, list[j].Lineage)) < 0
	})
	return list, nil
}

// DownFromTags takes away a stack whose journal is lost: it finds what there is, writes that into the new journal, and
// goes on as Down does. Nobody knows when the last thing was made: so the look that counts comes no sooner than all that
// was asked for before this run must have shown. What comes to light later goes as well.
func (r *Runner) DownFromTags(ctx context.Context) (Result, error) {
	if err := waitUntil(ctx, r.begun.Add(r.Settle)); err != nil {
		return r.end(ctx, nil, nil, err)
	}
	for {
		built, err := r.Rebuild(ctx)
		if err != nil {
			return r.end(ctx, nil, nil, err)
		}
		fresh := r.unwritten(built.Records)
		if len(fresh) == 0 {
			return r.end(ctx, nil, nil, nil)
		}
		if err := r.Journal.Append(fresh...); err != nil {
			return r.end(ctx, nil, nil, err)
		}
		nodes, errs, further := r.takeDown(ctx)
		if len(errs) > 0 || further != nil || ctx.Err() != nil {
			return r.end(ctx, nodes, errs, further)
		}
	}
}

// unwritten are those of the records that the journal does not have: lists lag behind deletes, so a thing that was seen
// gone may be shown once more.
func (r *Runner) unwritten(records []state.Record) []state.Record {
	return slices.DeleteFunc(records, func(rec state.Record) bool {
		have, known := r.Journal.Record(rec.Key)
		return known && (have.ID == rec.ID || have.Present())
	})
}

// waitUntil waits for a moment, or for the end of ctx.
func waitUntil(ctx context.Context, moment time.Time) error {
	timer := time.NewTimer(time.Until(moment))
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return context.Cause(ctx)
	case <-timer.C:
		return nil
	}
}
