package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"vpclink/cloud"
	"vpclink/cmd/vpclink/ui"
	"vpclink/provision"
	"vpclink/state"
	"vpclink/steps"
)

func newUp(a *app, g *globals) *cobra.Command {
	u := &upFlags{}
	cmd := &cobra.Command{
		Use:   "up PATTERN --vpcs NAME,NAME…",
		Short: "Make a stack, finish it or extend it",
		Long: `up makes the VPCs and links them, waits until AWS has everything ready, and records it in a stack. Run again it makes
only what is missing: what a run left undone, or VPCs that --vpcs names in addition. Flags that are not given stay as
the stack was given them. VPCs that --vpcs does not name any more are kept.

Patterns: ` + strings.Join(patternNames(), ", "),
		Example: `  vpclink up tgw --vpcs a,b,c --target sim
  vpclink up tgw --vpcs web=10.1.0.0/16,db=10.2.0.0/16 --os linux --region ap-northeast-1
  vpclink up tgw --vpcs a,b,c,d     # extends the stack by d`,
		Args: onePattern,
		RunE: a.does(g, func(ctx context.Context, cmd *cobra.Command, args []string) error {
			return a.up(ctx, g, u, cmd.Flags(), args)
		}),
	}
	u.register(cmd.Flags())
	return cmd
}

func patternNames() []string {
	var names []string
	for _, p := range provision.Patterns() {
		names = append(names, p.Name)
	}
	return names
}

func onePattern(_ *cobra.Command, args []string) error {
	try := "vpclink up " + patternNames()[0] + " --vpcs a,b,c"
	switch {
	case len(args) == 0:
		return usage(try, "up needs a pattern: %s", strings.Join(patternNames(), ", "))
	case len(args) > 1:
		return usage(try, "up takes one pattern, and %q is one too many", args[1])
	}
	if _, ok := provision.Find(args[0]); !ok {
		return usage(try, "there is no pattern %q; there are: %s", args[0], strings.Join(patternNames(), ", "))
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
	args       []string       // as typed
	old        *state.Journal // the stack of that name as it was read, nil when there is none
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
	p, err := a.reach(ctx, g, w.dir)
	if err != nil {
		return errors.Join(err, h.release())
	}
	return errors.Join(a.lift(ctx, w, h, p), p.close(), h.release())
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
	if w.continues() {
		if err := w.stays(flags); err != nil {
			return nil, err
		}
		recall(flags, w.old)
	}
	if w.request, err = u.request(w.stack, w.pattern, flags.Changed); err != nil {
		return nil, err
	}
	if w.tags, err = u.tagMap(); err != nil {
		return nil, err
	}
	// Which zones there are only AWS can tell; all else of the plan can be checked with any.
	_, err = provision.NewPlan(w.request, w.records(), slices.Repeat([]string{"?"}, u.azs))
	return w, err
}

// continues reports whether the stack is there already. One that is down is begun anew.
func (w *wish) continues() bool { return w.old != nil && !w.old.Down() }

func (w *wish) records() []state.Record {
	if !w.continues() {
		return nil
	}
	return w.old.Records()
}

// stays refuses a command that would have the stack be another one.
func (w *wish) stays(flags *pflag.FlagSet) error {
	h := w.old.Header()
	if h.Pattern != w.pattern.Name {
		return usage("", "stack %s was made with the pattern %s, not %s: give another --stack, or take it down first", h.Stack, h.Pattern, w.pattern.Name)
	}
	return w.goTo(h, flags)
}

// lift makes what the wish lacks. The stack is locked and its place answers.
func (a *app) lift(ctx context.Context, w *wish, h *held, p *place) error {
	if w.continues() {
		if err := p.sameAccount(w.old.Header()); err != nil {
			return err
		}
	}
	zones, err := steps.Zones(ctx, p.env(state.Header{}, nil), w.request.InstanceType())
	if err != nil {
		return noZone(ctx, err)
	}
	plan, err := provision.NewPlan(w.request, w.records(), zones)
	if err != nil {
		return err
	}
	if err := w.begin(h, p); err != nil {
		return err
	}
	var result provision.Result
	ranErr := a.work(w.globals, h.journal, "up", w.args, func(show func(provision.Event)) (err error) {
		result, err = p.runner(h.journal, w.tags, show).Up(ctx, plan)
		return err
	}, func() bool { return result.Made+result.Adopted > 0 })
	return a.linked(w, h.journal, plan, result, ranErr)
}

// noZone tells a region without the instance type, which another flag mends, from a call that failed.
func noZone(ctx context.Context, err error) error {
	if _, failed := cloud.FaultOf(err); failed || ctx.Err() != nil {
		return err
	}
	return &provision.RefusedError{Err: err}
}

// begin makes the journal of a stack that is not there yet. One that is down is archived.
func (w *wish) begin(h *held, p *place) error {
	if w.continues() {
		return nil
	}
	if h.journal != nil {
		if err := errors.Join(h.journal.Close(), state.Archive(w.dir, w.stack)); err != nil {
			return err
		}
	}
	var err error
	h.journal, err = state.Create(w.dir, state.Header{
		Stack: w.stack, Lineage: newUUID(), Pattern: w.pattern.Name, Target: p.target.Name, Endpoint: p.target.Endpoint,
		Scopes: []state.Scope{p.scope()}, Args: w.args, Program: version,
	})
	return err
}

// linked tells what an up did.
func (a *app) linked(w *wish, j *state.Journal, plan *provision.Plan, result provision.Result, err error) error {
	kept := keptVPCs(j, w.request.Items)
	if err != nil {
		err = &runError{
			err: err, pattern: w.pattern, about: w.about(j.Header()), count: ready(j, plan), of: len(plan.Resources),
		}
	}
	if !tells(err) {
		return err
	}
	if w.json() {
		s := statusOf(&stack{j, w.pattern})
		s.Result = &resultJSON{result.Made, result.Adopted, result.Unchanged, ui.Seconds(result.Took), kept}
		return errors.Join(err, a.printJSON(s))
	}
	text := ""
	if len(kept) > 0 {
		text = fmt.Sprintf("kept: %s, which --vpcs does not name\n", strings.Join(kept, ", "))
	}
	verb := "Linked"
	if err != nil {
		verb = "Did not finish linking"
	}
	text += fmt.Sprintf("%s %d VPCs with %s: %d made, %d adopted, %d unchanged in %s.\n",
		verb, len(w.request.Items), w.pattern.Name, result.Made, result.Adopted, result.Unchanged, ui.Elapsed(result.Took))
	return errors.Join(err, a.print("%s", text))
}

// keptVPCs are those that the stack has and the list does not name.
func keptVPCs(j *state.Journal, named []provision.Item) []string {
	return slices.DeleteFunc(provision.VPCNames(j.Records()), func(name string) bool {
		return slices.ContainsFunc(named, func(i provision.Item) bool { return i.Name == name })
	})
}

// ready counts what of a plan is made.
func ready(j *state.Journal, plan *provision.Plan) int {
	n := 0
	for _, r := range plan.Resources {
		if rec, ok := j.Record(r.Key); ok && rec.Phase == state.Ready {
			n++
		}
	}
	return n
}
