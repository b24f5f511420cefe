package main

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/spf13/pflag"

	"vpclink/provision"
	"vpclink/words"
)

// expiredJSON is the result of down --expired: that of down for each stack.
type expiredJSON struct {
	Version int        `json:"vpclink"`
	Stacks  []downJSON `json:"stacks"`
}

// severalError is what went wrong with several stacks. All but the last were told when they happened.
type severalError struct{ errs []error }

var _ error = (*severalError)(nil)

func (e *severalError) Error() string { return e.last().Error() }
func (e *severalError) last() error   { return e.errs[len(e.errs)-1] }

// Say tells it in a language.
func (e *severalError) Say(l words.Language) string { return l.Error(e.last()) }

// add adds one more, and tells the one before.
func (e *severalError) add(a *app, err error) {
	if len(e.errs) > 0 {
		explain(a.stderr, a.lang, e.last())
	}
	e.errs = append(e.errs, err)
}

func (e *severalError) orNil() error {
	if len(e.errs) == 0 {
		return nil
	}
	return e
}

// Unwrap returns them, the one that is still to be told first.
func (e *severalError) Unwrap() []error {
	list := slices.Clone(e.errs)
	slices.Reverse(list)
	return list
}

// downExpired takes away every stack of the account and region whose tags say that its time is over.
func (a *app) downExpired(ctx context.Context, g *globals, t *tagFlags, flags *pflag.FlagSet) error {
	dir, err := g.dir(a)
	if err != nil {
		return err
	}
	return a.at(ctx, g, dir, func(p *place) error { return a.lowerExpired(ctx, g, t, p, dir, asTyped(flags, nil)) })
}

func (a *app) lowerExpired(ctx context.Context, g *globals, t *tagFlags, p *place, dir string, args []string) error {
	all, err := p.tagged(ctx)
	if err != nil {
		return err
	}
	over := slices.DeleteFunc(fitting(all, g.stack, t.lineage), func(s provision.TaggedStack) bool { return !expiryOf(s).Past(time.Now()) })
	if len(over) == 0 {
		if g.json() {
			return a.printJSON(expiredJSON{formVersion, []downJSON{}})
		}
		return a.print("Nothing has expired on %s, account %s, %s.\n", p.target.Name, p.Number, p.Region)
	}
	again := g.next("down", "--"+flagExpired, "--"+flagTarget, p.target.Name, "--"+flagRegion, p.Region)
	err = a.ask(ctx, g, again, "Take away what has expired on %s, account %s, %s: %s?", p.target.Name, p.Number, p.Region, taggedNames(over))
	if err != nil {
		return err
	}
	return a.takeAllExpired(ctx, g, over, p, dir, args)
}

// takeAllExpired takes them away one after the other. One that cannot be hinders no other.
func (a *app) takeAllExpired(ctx context.Context, g *globals, over []provision.TaggedStack, p *place, dir string, args []string) error {
	out := expiredJSON{formVersion, []downJSON{}}
	failed := &severalError{}
	for _, s := range over {
		if ctx.Err() != nil {
			break
		}
		name, result, err := a.takeExpired(ctx, g, s, p, dir, args)
		if err != nil {
			failed.add(a, err)
		}
		switch {
		case name == "" || !tells(err):
		case g.json():
			out.Stacks = append(out.Stacks, downOf(name, result, nil))
		default:
			if err := a.told(name, bill{}, result, err == nil); err != nil {
				return err
			}
		}
	}
	if g.json() && (len(out.Stacks) > 0 || len(failed.errs) == 0) {
		if err := a.printJSON(out); err != nil {
			return err
		}
	}
	return failed.orNil()
}

// takeExpired takes one of them away: by its record where that is here, else by its tags.
func (a *app) takeExpired(
	ctx context.Context, g *globals, s provision.TaggedStack, p *place, dir string, args []string,
) (name string, result provision.Result, err error) {
	b, err := berthFor(dir, s)
	if err != nil {
		return "", result, err
	}
	if b.ours == nil {
		return a.takeTagged(ctx, g, s, b, p, dir, args)
	}
	h, err := a.hold(ctx, dir, b.name, "vpclink down --"+flagExpired, b.ours.Journal)
	if err != nil {
		return "", result, err
	}
	st := &stack{Journal: h.journal, pattern: b.ours.pattern}
	result, err = a.lowered(g, st, p, args, len(st.vpcs()), func(r *provision.Runner) (provision.Result, error) { return r.Down(ctx) })
	return b.name, result, errors.Join(err, h.release())
}
