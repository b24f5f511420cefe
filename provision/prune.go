package provision

import (
	"context"
	"slices"
	"sort"

	"vpclink/state"
	"vpclink/steps"
)

// pruned are the records of the stack that a plan leaves out. An act is not undone, so one whose thing stays is kept.
func (p *Plan) pruned(records []state.Record) []state.Key {
	planned := map[state.Key]bool{}
	for _, r := range p.Resources {
		planned[r.Key] = true
	}
	var left []state.Key
	for _, rec := range records {
		if there := rec.Present() || rec.Phase == state.Skipped; there && !planned[rec.Key] && !staysWith(rec, planned) {
			left = append(left, rec.Key)
		}
	}
	sort.Slice(left, func(i, j int) bool { return fromTheEnd(left[i], left[j]) < 0 })
	return left
}

// staysWith reports whether a record is of an act, or of a kind that this vpclink does not have, and all the things that
// it is about stay.
func staysWith(rec state.Record, planned map[state.Key]bool) bool {
	kinds := steps.Kinds()
	act := func(k state.Key) bool { kind := kinds[k.Kind()]; return kind == nil || kind.Life().NoUndo }
	if !act(rec.Key) || rec.Phase == state.Skipped {
		return false
	}
	return !slices.ContainsFunc(rec.Needs, func(need state.Key) bool { return !planned[need] && !act(need) })
}

// keepsProvider refuses to take away the VPC that all others of the stack are linked with.
func (r Request) keepsProvider(records []state.Record) error {
	all := r.withKept(records)
	if hub := all.provider(records); hub != "" && r.provider(records) == "" {
		return refuse("--prune would take %s away, which offers the service that all others use: name it in --vpcs, or take the stack down", hub)
	}
	return nil
}

// prune takes away what the plan leaves out, what needs others first. What stays is not touched.
func (r *Runner) prune(ctx context.Context, plan *Plan) ([]node, map[state.Key]error) {
	nodes := r.pruning(plan)
	if len(nodes) == 0 {
		return nil, map[state.Key]error{}
	}
	d := &down{Runner: r}
	d.left = remaining(nodes, d.typical)
	errs := walk(ctx, nodes, func(ctx context.Context, key state.Key) error {
		rec, _ := r.Journal.Record(key)
		err := d.do(ctx, key)
		if err == nil && rec.Owned {
			r.count(func(res *Result) { res.Pruned++ })
		}
		return err
	})
	for _, n := range nodes {
		if err := errs[n.key]; err != nil {
			rec, _ := r.Journal.Record(n.key)
			r.result.Left = append(r.result.Left, Left{n.key, rec.ID, err})
		}
	}
	return nodes, errs
}

// pruning is what a plan leaves out, as a walk takes it.
func (r *Runner) pruning(plan *Plan) []node {
	var nodes []node
	for _, key := range plan.Prune {
		if rec, ok := r.Journal.Record(key); ok && rec.Phase != state.Gone {
			nodes = append(nodes, node{key, rec.Needs})
		}
	}
	return reversed(r.inOrder(nodes))
}
