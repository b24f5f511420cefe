package main

import (
	"context"
	"errors"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"vpclink/cmd/vpclink/ui"
	"vpclink/provision"
	"vpclink/words"
)

func newDown(a *app, g *globals) *cobra.Command {
	t := &tagFlags{}
	cmd := &cobra.Command{
		Use:   "down",
		Short: a.say("Take a stack away"),
		Long: a.say(`down takes away everything that the stack's record says vpclink made, in the opposite order, and waits until AWS shows
it gone. What vpclink did not make stays. It asks first; without a terminal it needs --yes. It can be run again.`) + "\n\n" + a.say(`When the record is lost, --from-tags finds the stack by the tags that everything made carries, in the account and region
that the flags lead to, and records it anew. --expired takes every stack away whose time is over (up --expires), whoever
made it.`) + a.costHelp(),
		Example: a.say(`  vpclink down
  vpclink down --stack tgw --yes
  vpclink down --from-tags --region ap-northeast-1      # its record is lost
  vpclink down --from-tags --lineage 3f1c2d4e           # of two stacks of one name
  vpclink down --expired --yes`),
		Args: noArgs,
		RunE: a.does(g, func(ctx context.Context, cmd *cobra.Command, _ []string) error {
			switch err := t.check("down", cmd.Flags()); {
			case err != nil:
				return err
			case t.expired:
				return a.downExpired(ctx, g, t, cmd.Flags())
			case t.fromTags:
				return a.downFromTags(ctx, g, t, cmd.Flags())
			}
			return a.down(ctx, g, cmd.Flags())
		}),
	}
	t.registerFromTags(cmd.Flags(), a.say("find the stack by its tags: its record is lost"))
	t.registerLineage(cmd.Flags(), a.lang)
	t.registerExpired(cmd.Flags(), a.say("every stack whose time is over, by its tags"))
	return cmd
}

// leftError says that something of a stack is still there.
type leftError struct {
	left int
	err  error
}

var _ error = (*leftError)(nil)

func (e *leftError) Error() string { return e.Say(words.English) }
func (e *leftError) Unwrap() error { return e.err }

// Say tells it in a language.
func (e *leftError) Say(l words.Language) string { return l.Say("%d left: %w", e.left, e.err) }

func (a *app) down(ctx context.Context, g *globals, flags *pflag.FlagSet) error {
	args := asTyped(flags, nil)
	dir, err := g.dir(a)
	if err != nil {
		return err
	}
	s, err := choose(dir, g.stack)
	if err != nil {
		return err
	}
	if err := g.goTo(s.Header(), flags); err != nil {
		return err
	}
	if s.Down() && lastRunDone(s.Runs()) { // else the last look of the last down is still owed
		return a.nothingToTake(g, s.name(), s.billed(time.Now()))
	}
	recall(flags, s.Journal)
	scope := s.scope()
	err = a.ask(ctx, g, g.next("down", "--stack", s.name()),
		"Take away stack %s: %d things on %s, account %s, %s?", s.name(), len(s.Present()), g.target, scope.Account, scope.Region)
	if err != nil {
		return err
	}
	h, err := a.hold(ctx, dir, s.name(), "vpclink down", s.Journal)
	if err != nil {
		return err
	}
	err = a.at(ctx, g, dir, func(p *place) error {
		return a.lower(ctx, g, &stack{Journal: h.journal, pattern: s.pattern}, p, args)
	})
	return errors.Join(err, h.release())
}

// lower takes away what the stack has. It is locked and its place answers.
func (a *app) lower(ctx context.Context, g *globals, s *stack, p *place, args []string) error {
	if err := p.sameAccount(s.Header()); err != nil {
		return err
	}
	result, err := a.lowered(g, s, p, args, len(s.vpcs()), func(r *provision.Runner) (provision.Result, error) { return r.Down(ctx) })
	return a.taken(g, s.name(), s.billed(time.Now()), result, err)
}

// lowered runs what takes a stack away.
func (a *app) lowered(
	g *globals, s *stack, p *place, args []string, vpcs int, do func(*provision.Runner) (provision.Result, error),
) (provision.Result, error) {
	of := len(s.Present())
	var result provision.Result
	err := a.work(g, s.Journal, job{
		command: "down", args: args, vpcs: vpcs,
		do: func(show func(provision.Event)) (err error) {
			result, err = do(p.runner(s.Header(), s.Journal, nil, show))
			if err != nil {
				err = &leftError{len(result.Left), err}
			}
			return err
		},
		changed: func() bool { return result.Removed > 0 },
	})
	if err != nil {
		left := len(s.Present())
		of = max(of, result.Removed+result.Forgotten+left) // what was found on the way counts as well
		err = &runError{
			err: err, pattern: s.pattern, about: g.about(s.Header()), down: true, count: of - left, of: of,
		}
	}
	return result, err
}

// taken tells what a down did.
func (a *app) taken(g *globals, name string, cost bill, result provision.Result, err error) error {
	if !tells(err) {
		return err
	}
	if g.json() {
		return errors.Join(err, a.printJSON(downOf(name, result, cost.json())))
	}
	return errors.Join(err, a.told(name, cost, result, err == nil))
}

// told says what a down did, and what it left.
func (a *app) told(name string, cost bill, result provision.Result, all bool) error {
	count := a.say("%d removed", result.Removed)
	if result.Forgotten > 0 {
		count = a.say("%d removed, %d forgotten", result.Removed, result.Forgotten)
	}
	if all {
		last := a.say("Nothing left of %s: %s in %s.\n", name, count, ui.Elapsed(result.Took))
		return a.print("%s", a.total(cost)+last)
	}
	rows := [][]string{}
	for _, l := range inOrder(result.Left) {
		rows = append(rows, []string{"  " + string(l.Key), l.ID, provision.ReasonIn(a.lang, l.Err)})
	}
	last := a.say("Left of %s: %d, with %s in %s.\n", name, len(result.Left), count, ui.Elapsed(result.Took))
	return a.print("%s", table(rows)+a.total(cost)+last)
}

func (a *app) nothingToTake(g *globals, name string, cost bill) error {
	if g.json() {
		return a.printJSON(downOf(name, provision.Result{}, cost.json()))
	}
	return a.print("Nothing to take away: %s is down.\n", name)
}
