package main

import (
	"bufio"
	"context"
	"fmt"
	"slices"
	"strings"

	"vpclink/cmd/vpclink/ui"
	"vpclink/provision"
)

// stoppedError is the end of a run whose watcher wanted no more of it.
type stoppedError struct{ number string }

var _ error = (*stoppedError)(nil)

func (e *stoppedError) Error() string { return "stopped before " + e.number + ", as you said" }

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
	first := true
	lines := make(chan string)
	return func(ctx context.Context, number string) error {
		if err := a.announce(plan, number); err != nil {
			return err
		}
		if first || g.yes {
			if first && !g.yes {
				go func() { // stays behind at the end: nobody can take a read of a terminal back
					for in := bufio.NewScanner(a.stdin); in.Scan(); {
						lines <- in.Text()
					}
					close(lines)
				}()
			}
			first = false
			return nil
		}
		if _, err := fmt.Fprint(a.stderr, "       Enter does it, q stops here: "); err != nil {
			return fmt.Errorf("asking: %w", err)
		}
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case said, more := <-lines:
			if !more || strings.HasPrefix(strings.ToLower(strings.TrimSpace(said)), "q") {
				err := &stoppedError{number}
				stop(err)
				return err
			}
			return nil
		}
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
		rows = append(rows, []string{"      ", kind, nameList(names[kind])})
	}
	_, err := fmt.Fprintf(a.stderr, "\n%-6s %s\n%s", number, plan.Pattern.Title(number), table(rows))
	return err
}
