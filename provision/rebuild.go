package provision

import (
	"context"
	"encoding/json"
	"slices"

	"vpclink/state"
	"vpclink/steps"
	"vpclink/waiters"
)

// Rebuilt is a stack as AWS alone tells it.
type Rebuilt struct {
	Records []state.Record // as a journal would have them, in the order of the plan
	Missing int            // how much of the pattern is not there for the VPCs that are
}

// rebuilding is one look for a stack whose journal is lost.
type rebuilding struct {
	*Runner
	found    map[state.Key]state.Record
	order    []state.Key
	homes    map[string]*home // VPCs that were there already, by name
	surveyed map[string]steps.Existing
}

// Rebuild finds what AWS holds of a stack without its journal: first what carries its tags, then, by their natural keys,
// the routes, associations, rules, acceptances and whatever else the pattern puts into these or between them. It writes
// nothing. What it does not see yet (a new ID may be hidden for seconds) it does not have.
func (r *Runner) Rebuild(ctx context.Context) (Rebuilt, error) {
	b := &rebuilding{Runner: r, found: map[state.Key]state.Record{}, homes: map[string]*home{}}
	if err := b.byTags(ctx); err != nil {
		return Rebuilt{}, err
	}
	blocks, err := b.foundations(ctx)
	if err != nil {
		return Rebuilt{}, err
	}
	there, err := b.existing(ctx)
	if err != nil {
		return Rebuilt{}, err
	}
	resources := possible(r.Pattern, append(blocks, there...), b.records(nil))
	if err := b.byNature(ctx, resources); err != nil {
		return Rebuilt{}, err
	}
	planned := map[state.Key]bool{}
	for _, res := range resources {
		planned[res.Key] = true
	}
	b.rank(planned)
	built := Rebuilt{Records: b.records(resources)}
	built.Missing = b.missing(built.Records)
	return built, nil
}

// byTags notes all that carries the stack's lineage. Of twins it notes one; down takes the other away as unrecorded.
func (b *rebuilding) byTags(ctx context.Context) error {
	own := b.ownKeys()
	for scope, env := range b.Envs {
		list, err := steps.Discover(ctx, env, b.Makes)
		if err != nil {
			return err
		}
		for _, f := range list {
			f.Key = own(f)
			b.lead(f)
			life := b.Kinds[f.Kind].Life()
			if _, twin := b.found[f.Key]; twin || life.Stage(f.State).Absent() {
				continue
			}
			b.note(state.Record{Key: f.Key, Scope: scope, ID: f.ID, Owned: true, Token: f.Token, Phase: phaseOf(life, f.Observation)})
		}
	}
	return nil
}

func (b *rebuilding) note(rec state.Record) {
	if _, known := b.found[rec.Key]; !known {
		b.order = append(b.order, rec.Key)
	}
	b.found[rec.Key] = rec
}

// byNature looks for the resources, each as soon as all it refers to is found: one look per kind and round.
func (b *rebuilding) byNature(ctx context.Context, resources []Resource) error {
	for {
		var ask []state.Record
		var later []Resource
		for _, res := range resources {
			settings, err := res.Settings.Resolve(b.value)
			if err != nil {
				later = append(later, res)
				continue
			}
			rec := b.found[res.Key]
			rec.Key, rec.Scope, rec.Settings, rec.Needs = res.Key, res.Scope, settings, res.Needs()
			ask = append(ask, rec)
		}
		if len(ask) == 0 {
			b.halfKnown(later)
			return nil
		}
		if err := b.observeEach(ctx, ask, b.seen); err != nil {
			return err
		}
		resources = later
	}
}

// halfKnown gives what was found by its tags its place in the order, although not all it refers to is there.
func (b *rebuilding) halfKnown(resources []Resource) {
	for _, res := range resources {
		if rec, tagged := b.found[res.Key]; tagged {
			rec.Needs = res.Needs()
			b.note(rec)
		}
	}
}

// value is what a reference leads to; errNotFound when that was not found.
func (b *rebuilding) value(ref state.Ref) (string, error) {
	rec, ok := b.found[ref.Key]
	value := rec.ID
	if ref.Field != "" {
		value, ok = rec.Out[ref.Field]
	}
	if !ok || value == "" {
		return "", errNotFound
	}
	return value, nil
}

// seen takes in what AWS shows of one resource.
func (b *rebuilding) seen(rec state.Record, seen []steps.Observation) error {
	life := b.kind(rec.Key).Life()
	it, there := pick(rec, life, seen)
	_, tagged := b.found[rec.Key]
	switch {
	case !there && tagged:
		b.note(rec) // shown a moment ago: what became of it is for whoever takes it away
	case !there, !tagged && !it.Ours && len(it.Diff) > 0: // in the place of ours, and somebody else's
	default:
		rec.ID, rec.Token, rec.Out, rec.Phase = it.ID, it.Token, it.Out, phaseOf(life, it)
		rec.Owned = tagged || it.Ours || b.child(rec)
		if rec.Owned || rec.Phase == state.Ready {
			b.note(rec)
		}
	}
	return nil
}

// child reports whether something that carries no tags of ours is ours all the same: AWS keeps none of its kind, and what
// it is in, or leads to, is ours. An attachment of an internet gateway goes by its gateway, which the tags told.
func (b *rebuilding) child(rec state.Record) bool {
	if tagged(b.kind(rec.Key)) || rec.Key.Kind() == steps.KindInternetGatewayAttachment {
		return false
	}
	return slices.ContainsFunc(rec.Needs, func(k state.Key) bool { return b.found[k].Owned }) || b.opened(rec)
}

// opened reports whether a route is the default one that the stack gave a table which had none, to a gateway that is not
// the stack's: the group that was made before it says so.
func (b *rebuilding) opened(rec state.Record) bool {
	var set steps.Route
	if rec.Key.Kind() != steps.KindRoute || json.Unmarshal(rec.Settings, &set) != nil || set.Destination.String() != everywhere {
		return false
	}
	for _, h := range b.homes {
		if slices.Contains(h.Opened, set.RouteTable.String()) {
			return true
		}
	}
	return false
}

// rank orders what no plan tells the place of by what kinds can be deleted before which.
func (b *rebuilding) rank(planned map[state.Key]bool) {
	need := func(a, b *state.Record) {
		if !slices.Contains(a.Needs, b.Key) {
			a.Needs = append(slices.Clip(a.Needs), b.Key)
		}
	}
	for _, key := range b.order {
		if planned[key] {
			continue
		}
		for _, other := range b.order {
			one, two := b.found[key], b.found[other]
			switch of, that := steps.Rank(key.Kind()), steps.Rank(other.Kind()); {
			case that > of:
				need(&one, &two)
			case that < of:
				need(&two, &one)
			}
			b.found[key], b.found[other] = one, two
		}
	}
}

// records lists what was found: by the plan, and then what no plan has.
func (b *rebuilding) records(resources []Resource) []state.Record {
	var list []state.Record
	listed := map[state.Key]bool{}
	add := func(key state.Key) {
		if rec, ok := b.found[key]; ok && !listed[key] {
			listed[key] = true
			list = append(list, rec)
		}
	}
	for _, res := range resources {
		add(res.Key)
	}
	for _, key := range b.order {
		add(key)
	}
	return list
}

// phaseOf is the phase of a record of which AWS shows this.
func phaseOf(life waiters.Life, it steps.Observation) state.Phase {
	switch life.Stage(it.State) {
	case waiters.StageLeaving:
		return state.Deleting
	case waiters.StageFailed:
		return state.Failed
	case waiters.StageMaking, waiters.Unknown:
		return state.Created
	case waiters.StageReady, waiters.StageStopped, waiters.StageGone, waiters.StageDead:
	}
	if it.Lacks != "" {
		return state.Created
	}
	return state.Ready
}
