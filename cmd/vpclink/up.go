package main

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"vpclink/provision"
	"vpclink/state"
)

func newUp(a *app, g *globals) *cobra.Command {
	u := &upFlags{}
	cmd := &cobra.Command{
		Use:   "up PATTERN --vpcs NAME,NAME…",
		Short: a.say("Make a stack, finish it or extend it"),
		Long: a.say(`up makes the VPCs and links them, waits until AWS has everything ready, and records it in a stack. Run again it makes
only what is missing: what a run left undone, or VPCs that --vpcs names in addition. Flags that are not given stay as
the stack was given them. VPCs that --vpcs does not name any more are kept; --prune takes them away, and leaves the rest
linked.

Patterns: %s`, strings.Join(patternNames(), ", ")) + a.costHelp(),
		Example: a.say(`  vpclink up tgw --vpcs a,b,c --target sim
  vpclink up tgw --vpcs web=10.1.0.0/16,db=10.2.0.0/16 --os linux --region ap-northeast-1
  vpclink up tgw --vpcs a,b,c,d     # extends the stack by d
  vpclink up tgw --vpcs a,b --prune # takes c and d away`),
		Args: onePattern,
		RunE: a.does(g, func(ctx context.Context, cmd *cobra.Command, args []string) error {
			return a.up(ctx, g, u, cmd.Flags(), args)
		}),
	}
	u.register(cmd.Flags(), a.lang)
	cmd.Flags().BoolVar(&u.stepByStep, "step-by-step", false, a.say("one number after the other: show what the next one does, and wait for a key"))
	return cmd
}

func patternNames() []string {
	var names []string
	for _, p := range provision.Patterns() {
		names = append(names, p.Name)
	}
	return names
}

func onePattern(cmd *cobra.Command, args []string) error {
	try := "vpclink " + cmd.Name() + " tgw --vpcs a,b,c"
	switch {
	case len(args) == 0:
		return usage(try, "%s needs a pattern: %s", cmd.Name(), strings.Join(patternNames(), ", "))
	case len(args) > 1 && isBool(args[1]):
		return alone(cmd, args[1])
	case len(args) > 1:
		return usage(try, "%s takes one pattern, and %q is one too many", cmd.Name(), args[1])
	}
	if _, ok := provision.Find(args[0]); !ok {
		return noPattern(try, args[0])
	}
	return nil
}

// wish is what an up was asked for, with what the stack keeps filled in.
type wish struct {
	*globals
	dir, stack string
	pattern    provision.Pattern
	request    provision.Request
	tags       map[string]string
	expires    *state.Expiry  // nil: as it is
	args       []string       // as typed
	old        *state.Journal // the stack of that name as it was read, nil when there is none
	stepByStep bool
}

func (a *app) up(ctx context.Context, g *globals, u *upFlags, flags *pflag.FlagSet, args []string) error {
	w, err := a.wish(g, u, flags, args)
	if err != nil {
		return err
	}
	h, err := a.hold(ctx, w.dir, w.stack, "vpclink up "+strings.Join(args, " "), w.old)
	if err != nil {
		return err
	}
	return errors.Join(a.at(ctx, g, w.dir, func(p *place) error { return a.lift(ctx, w, h, p) }), h.release())
}

// wish reads the flags and refuses what needs no look at AWS to be wrong, before anything is locked or made.
func (a *app) wish(g *globals, u *upFlags, flags *pflag.FlagSet, args []string) (*wish, error) {
	w := &wish{globals: g, stack: g.stack, args: asTyped(flags, args)}
	w.pattern, _ = provision.Find(args[0])
	if w.stack == "" {
		w.stack = w.pattern.Name
	}
	var err error
	if w.dir, err = g.dir(a); err != nil {
		return nil, err
	}
	if w.old, err = state.Read(w.dir, w.stack); err != nil && !errors.Is(err, state.ErrUnknownStack) {
		return nil, err
	}
	if err := namesWhatStays(flags); err != nil {
		return nil, err
	}
	if w.continues() {
		if err := w.stays(flags); err != nil {
			return nil, err
		}
		recall(flags, w.old)
	}
	if _, err := g.endpointFor(a); err != nil {
		return nil, err
	}
	if w.request, err = u.request(w.stack, w.pattern, flags.Changed); err != nil {
		return nil, err
	}
	if w.tags, err = u.tagMap(); err != nil {
		return nil, err
	}
	if w.expires, err = u.expiry(flags); err != nil {
		return nil, err
	}
	if w.stepByStep = u.stepByStep; w.stepByStep {
		if err := a.stepByStep(g); err != nil {
			return nil, err
		}
	}
	// Which zones there are only AWS can tell; all else of the plan can be checked with any.
	_, err = provision.NewPlan(w.request, w.records(), slices.Repeat([]string{"?"}, u.azs))
	return w, err
}

// continues reports whether the stack is there already. One that is down is begun anew.
func (w *wish) continues() bool { return w.old != nil && !w.old.Down() }

func (w *wish) records() []state.Record { return w.journal().Records() }

// stays refuses a command that would have the stack be another one.
func (w *wish) stays(flags *pflag.FlagSet) error {
	h := w.old.Header()
	if h.Pattern != w.pattern.Name {
		return usage("", "stack %s was made with the pattern %s, not %s: give another --stack, or take it down first", h.Stack, h.Pattern, w.pattern.Name)
	}
	return w.goTo(h, flags)
}
