package main

import (
	"context"
	"errors"
	"time"

	"github.com/spf13/pflag"

	"vpclink/provision"
	"vpclink/state"
)

// downFromTags takes a stack away whose record is lost.
func (a *app) downFromTags(ctx context.Context, g *globals, t *tagFlags, flags *pflag.FlagSet) error {
	dir, err := g.dir(a)
	if err != nil {
		return err
	}
	return a.at(ctx, g, dir, func(p *place) error { return a.lowerTagged(ctx, g, t, p, dir, asTyped(flags, nil)) })
}

// lowerTagged chooses the stack, asks, and takes it away.
func (a *app) lowerTagged(ctx context.Context, g *globals, t *tagFlags, p *place, dir string, args []string) error {
	s, found, err := a.oneTagged(ctx, g, t, p, dir)
	if err != nil || !found {
		return err
	}
	b, err := berthFor(dir, s)
	if err != nil {
		return err
	}
	if b.ours != nil {
		return usage(g.next("down", "--stack", b.name), "the record of %s is here, and knows more than the tags: --from-tags is for a stack that has lost it", b.name)
	}
	again := g.next("down", "--"+flagFromTags, "--"+flagLineage, typed(s.Lineage), "--"+flagTarget, p.target.Name, "--"+flagRegion, p.Region)
	err = a.ask(ctx, g, again, "Take away stack %s (lineage %s): %d things with its tags on %s, account %s, %s?",
		s.Name, s.Lineage, s.Things, p.target.Name, p.Number, p.Region)
	if err != nil {
		return err
	}
	name, result, err := a.takeTagged(ctx, g, s, b, p, dir, args)
	if name == "" {
		return err // it was not even begun
	}
	return a.taken(g, name, bill{}, result, err)
}

// oneTagged returns the one stack that is meant. A stack that was just made may be hidden: so when none is to be seen, the
// look that says so comes no sooner than it must have shown. found is false when there is nothing, and nothing was named.
func (a *app) oneTagged(ctx context.Context, g *globals, t *tagFlags, p *place, dir string) (s provision.TaggedStack, found bool, err error) {
	all, err := p.tagged(ctx)
	if err != nil {
		return s, false, err
	}
	if len(fitting(all, g.stack, t.lineage)) == 0 {
		select {
		case <-ctx.Done():
			return s, false, context.Cause(ctx)
		case <-time.After(p.target.Settle):
		}
		if all, err = p.tagged(ctx); err != nil {
			return s, false, err
		}
	}
	if len(all) == 0 && g.stack == "" && t.lineage == "" {
		if g.json() {
			return s, false, a.printJSON(downOf("", provision.Result{}, nil))
		}
		return s, false, a.print("Nothing to take away: nothing carries vpclink's tags on %s, account %s, %s.\n", p.target.Name, p.Number, p.Region)
	}
	if len(fitting(all, g.stack, t.lineage)) == 0 && t.lineage == "" && downAlready(dir, g.stack) {
		return s, false, a.nothingToTake(g, g.stack, bill{})
	}
	s, err = pickTagged(all, g.stack, t.lineage)
	return s, err == nil, err
}

// takeTagged takes a stack away by its tags, and records that under the name that it returns, "" when it could not begin.
func (a *app) takeTagged(
	ctx context.Context, g *globals, s provision.TaggedStack, b berth, p *place, dir string, args []string,
) (name string, result provision.Result, err error) {
	pattern, ok := provision.Find(s.Pattern)
	if !ok {
		return "", result, otherPattern(s.Name, s.Pattern)
	}
	h := p.header(s)
	h.Args = args
	held, err := a.recordAnew(ctx, g, dir, b, h)
	if err != nil {
		return "", result, err
	}
	if e := expiryOf(s); e.Known() {
		err = held.journal.SetExpiry(e)
	}
	if err == nil {
		result, err = a.lowered(g, &stack{Journal: held.journal, pattern: pattern}, p, args, s.VPCs, func(r *provision.Runner) (provision.Result, error) {
			return r.DownFromTags(ctx)
		})
	}
	return b.name, result, errors.Join(err, held.release())
}

// downAlready reports whether the record of that stack says that all of it is gone.
func downAlready(dir, name string) bool {
	j, err := state.Read(dir, name)
	return err == nil && j.Down() && lastRunDone(j.Runs())
}
