package main

import (
	"context"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"vpclink/cloud"
	"vpclink/provision"
	"vpclink/state"
	"vpclink/steps"
	"vpclink/words"
)

func newPlan(a *app, g *globals) *cobra.Command {
	u := &upFlags{}
	exitCode := false
	cmd := &cobra.Command{
		Use:   "plan PATTERN --vpcs NAME,NAME…",
		Short: a.say("Say what up would do"),
		Long: a.say(`plan says what up would do with the same flags: the numbered steps with what each makes, what is there already, and how
long it takes along the longest way. It looks at AWS and changes nothing. What up would refuse, plan refuses.`) + a.costHelp(),
		Example: a.say(`  vpclink plan tgw --vpcs a,b,c --target sim
  vpclink plan tgw --vpcs a,b,c,d -o json        # what d would add to a stack
  vpclink plan tgw --exit-code || echo "somebody changed the lab"`),
		Args: onePattern,
		RunE: a.does(g, func(ctx context.Context, cmd *cobra.Command, args []string) error {
			return a.plan(ctx, g, u, cmd.Flags(), args, exitCode)
		}),
	}
	u.register(cmd.Flags(), a.lang)
	cmd.Flags().BoolVar(&exitCode, "exit-code", false, a.say("end with 8 when up would change something"))
	return cmd
}

// changesError says that up would change something, for plan --exit-code.
type changesError struct{ changes int }

var _ error = (*changesError)(nil)

func (e *changesError) Error() string { return e.Say(words.English) }

// Say tells it in a language.
func (e *changesError) Say(l words.Language) string {
	return l.Say("up would make, replace, mend or remove %d", e.changes)
}

// nothingWritten is the journal of a stack that is not there.
type nothingWritten struct{}

var _ provision.Journal = nothingWritten{}

func (nothingWritten) Append(...state.Record) error          { return words.New("a plan writes nothing") }
func (nothingWritten) Record(state.Key) (state.Record, bool) { return state.Record{}, false }
func (nothingWritten) Records() []state.Record               { return nil }

func (a *app) plan(ctx context.Context, g *globals, u *upFlags, flags *pflag.FlagSet, args []string, exitCode bool) error {
	w, err := a.wish(g, u, flags, args)
	if err != nil {
		return err
	}
	var f *foresight
	err = a.at(ctx, g, w.dir, func(p *place) (err error) {
		f, err = a.foresee(ctx, w, p)
		return err
	})
	if err != nil {
		return err
	}
	if w.json() {
		err = a.printJSON(planOf(f))
	} else {
		err = a.print("%s", a.planText(f))
	}
	if n := f.preview.Changes(); err == nil && exitCode && n > 0 {
		return &changesError{n}
	}
	return err
}

// foresight is what there is to tell of a plan.
type foresight struct {
	*wish
	scope   state.Scope
	target  cloud.Target
	plan    *provision.Plan
	preview provision.Preview
	kept    kept
	unread  []error // what of the account's quotas could not be read
}

// foresee finds out what up would do at this place.
func (a *app) foresee(ctx context.Context, w *wish, p *place) (*foresight, error) {
	plan, unread, err := w.laidOut(ctx, p)
	if err != nil {
		return nil, err
	}
	f := &foresight{wish: w, scope: p.scope(), target: p.target, plan: plan, unread: unread}
	f.kept = keptOf(w.records(), w.request.Items, plan)
	header := state.Header{Stack: w.stack, Pattern: w.pattern.Name, Lineage: newUUID()} // nothing carries a new one
	if w.continues() {
		header = w.old.Header()
	}
	runner := p.runner(header, w.journal(), w.tags, nil)
	if f.preview, err = runner.Preview(ctx, plan); err != nil {
		err = &runError{err: err, pattern: w.pattern, about: w.about(header), preview: true}
	}
	return f, err
}

// laidOut chooses what the request leaves open, and holds the plan against the account, what the target can do, and the
// quotas; unread are those that could not be read.
func (w *wish) laidOut(ctx context.Context, p *place) (plan *provision.Plan, unread []error, err error) {
	if w.continues() {
		if err := p.sameAccount(w.old.Header()); err != nil {
			return nil, nil, err
		}
	}
	env := p.env(state.Header{}, nil)
	request, err := w.request.Survey(ctx, env, w.records())
	if err != nil {
		return nil, nil, err
	}
	zones, err := steps.Zones(ctx, env, w.request.InstanceType())
	if err != nil {
		return nil, nil, noZone(ctx, err)
	}
	if plan, err = provision.NewPlan(request, w.records(), zones); err != nil {
		return nil, nil, err
	}
	if err = plan.Fit(func(kind string) error { return steps.Lacks(p.target, kind) }); err != nil {
		return nil, nil, err
	}
	unread, err = plan.CheckQuotas(ctx, w.journal(), p.account())
	return plan, unread, err
}
