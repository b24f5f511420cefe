package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"vpclink/cmd/vpclink/ui"
	"vpclink/provision"
	"vpclink/words"
)

// stoppedError is the end of a run whose watcher wanted no more of it.
type stoppedError struct{ number string }

var _ error = (*stoppedError)(nil)

func (e *stoppedError) Error() string { return e.Say(words.English) }

// Say tells it in a language.
func (e *stoppedError) Say(l words.Language) string {
	return l.Say("stopped before %s, as you said", e.number)
}

// Unwrap says that a person ended it.
func (*stoppedError) Unwrap() error { return errInterrupted }

// stepByStep refuses what pausing between numbers does not go with, and chooses how progress is shown then.
func (a *app) stepByStep(g *globals) error {
	switch {
	case g.progress == ui.JSON || g.progress == ui.Quiet:
		return usage("", "--step-by-step shows what comes next, and --progress %s has no place for it: leave one of the two out", g.progress)
	case !a.terminal && !g.yes:
		return usage("", "--step-by-step waits for a key before each number, and there is no terminal: leave it out, or add --yes to see the numbers one after the other")
	}
	g.progress = ui.Plain // a picture that is redrawn would draw over the question
	return nil
}

// pausing returns the gate before each number: it shows what the number does and waits for a key, but for the first.
// Who wants no more ends the run by stop.
func (a *app) pausing(g *globals, plan *provision.Plan, stop context.CancelCauseFunc) func(context.Context, string) error {
	var lines <-chan string // nil before the first number
	return func(ctx context.Context, number string) error {
		if err := a.announce(plan, number); err != nil || g.yes {
			return err
		}
		if lines == nil {
			lines = typedLines(ctx, a.stdin)
			return nil
		}
		err := a.goOn(ctx, number, lines)
		if is[*stoppedError](err) {
			stop(err)
		}
		return err
	}
}

// goOn waits for a key before a number; a *stoppedError when it says no.
func (a *app) goOn(ctx context.Context, number string, lines <-chan string) error {
	if _, err := fmt.Fprint(a.stderr, a.say("       Enter does it, q stops here: ")); err != nil {
		return words.Errorf("asking: %w", err)
	}
	select {
	case <-ctx.Done():
		return context.Cause(ctx)
	case said, more := <-lines:
		if !more || strings.HasPrefix(strings.ToLower(said), "q") {
			return &stoppedError{number}
		}
		return nil
	}
}

// announce shows a number, its title and what it makes.
func (a *app) announce(plan *provision.Plan, number string) error {
	names := map[string][]string{}
	var kinds []string
	for _, r := range plan.Resources {
		if kind := r.Key.Kind(); r.Key.Step() == number {
			if !slices.Contains(kinds, kind) {
				kinds = append(kinds, kind)
			}
			names[kind] = append(names[kind], r.Key.Name())
		}
	}
	rows := [][]string{}
	for _, kind := range kinds {
		rows = append(rows, []string{"      ", kind, nameList(a.lang, names[kind])})
	}
	_, err := fmt.Fprintf(a.stderr, "\n%-6s %s\n%s", number, a.titles(plan.Pattern)(number), table(rows))
	return err
}
