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
	return &cobra.Command{
		Use:   "down",
		Short: a.say("Take a stack away"),
		Long: a.say(`down takes away everything that the stack's record says vpclink made, in the opposite order, and waits until AWS shows
it gone. What vpclink did not make stays. It asks first; without a terminal it needs --yes. It can be run again.`) + a.costHelp(),
		Example: `  vpclink down
  vpclink down --stack tgw --yes`,
		Args: noArgs,
		RunE: a.does(g, func(ctx context.Context, cmd *cobra.Command, _ []string) error {
			return a.down(ctx, g, cmd.Flags())
		}),
	}
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
		return a.nothingToTake(g, s)
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
	p, err := a.reach(ctx, g, dir)
	if err != nil {
		return errors.Join(err, h.release())
	}
	return errors.Join(a.lower(ctx, g, &stack{h.journal, s.pattern}, p, args), p.close(), h.release())
}

// lower takes away what the stack has. It is locked and its place answers.
func (a *app) lower(ctx context.Context, g *globals, s *stack, p *place, args []string) error {
	if err := p.sameAccount(s.Header()); err != nil {
		return err
	}
	of := len(s.Present())
	var result provision.Result
	err := a.work(g, s.Journal, job{
		command: "down", args: args, vpcs: len(s.vpcs()),
		do: func(show func(provision.Event)) (err error) {
			result, err = p.runner(s.Header(), s.Journal, nil, show).Down(ctx)
			if err != nil {
				err = &leftError{len(result.Left), err}
			}
			return err
		},
		changed: func() bool { return result.Removed > 0 },
	})
	if err != nil {
		err = &runError{
			err: err, pattern: s.pattern, about: g.about(s.Header()), down: true, count: of - len(s.Present()), of: of,
		}
	}
	return a.taken(g, s, result, err)
}

// taken tells what a down did.
func (a *app) taken(g *globals, s *stack, result provision.Result, err error) error {
	if !tells(err) {
		return err
	}
	name, cost := s.name(), s.billed(time.Now())
	if g.json() {
		return errors.Join(err, a.printJSON(downOf(name, result, cost)))
	}
	count := a.say("%d removed", result.Removed)
	if result.Forgotten > 0 {
		count = a.say("%d removed, %d forgotten", result.Removed, result.Forgotten)
	}
	if err == nil {
		last := a.say("Nothing left of %s: %s in %s.\n", name, count, ui.Elapsed(result.Took))
		return a.print("%s", a.total(cost)+last)
	}
	rows := [][]string{}
	for _, l := range inOrder(result.Left) {
		rows = append(rows, []string{"  " + string(l.Key), l.ID, provision.ReasonIn(a.lang, l.Err)})
	}
	last := a.say("Left of %s: %d, with %s in %s.\n", name, len(result.Left), count, ui.Elapsed(result.Took))
	return errors.Join(err, a.print("%s", table(rows)+a.total(cost)+last))
}

func (a *app) nothingToTake(g *globals, s *stack) error {
	if g.json() {
		return a.printJSON(downOf(s.name(), provision.Result{}, s.billed(time.Now())))
	}
	return a.print("Nothing to take away: %s is down.\n", s.name())
}
