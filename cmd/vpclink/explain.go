package main

import (
	"errors"
	"io"
	"strings"

	"vpclink/provision"
	"vpclink/state"
	"vpclink/words"
)

// about is where and on what a command worked, for sentences that say what to type next.
type about struct {
	stack, pattern, region, profile string
	again, down                     string // commands: the same once more, and the way out
}

func (g *globals) about(h state.Header) about {
	b := about{stack: h.Stack, pattern: h.Pattern, region: g.region, profile: g.profile}
	b.down = g.next("down", "--stack", h.Stack)
	b.again = b.down
	return b
}

func (w *wish) about(h state.Header) about {
	b := w.globals.about(h)
	command := []string{"up", h.Pattern}
	if h.Stack != h.Pattern {
		command = append(command, "--stack", h.Stack)
	}
	if w.request.Prune { // without it the rest of what was being taken away would be kept, and made whole again
		command = append(command, "--vpcs", strings.Join(w.names(), ","), "--"+flagPrune)
	}
	b.again = w.next(command...)
	return b
}

// runError is a run that did not do all it should, with what there is to say about it.
type runError struct {
	err       error
	pattern   provision.Pattern
	about     about
	down      bool
	preview   bool // nothing was to be done
	count, of int  // how many of the run's resources are made, or gone
}

var _ error = (*runError)(nil)

func (e *runError) Error() string { return e.err.Error() }
func (e *runError) Unwrap() error { return e.err }

// explain tells an error: what failed, in AWS's words, why, what to do, and what is made and recorded.
func explain(w io.Writer, l words.Language, err error) {
	var text strings.Builder
	run, ran := errors.AsType[*runError](err)
	if !ran {
		finding{head: headline(l, err), err: err}.write(&text, l)
		_, _ = io.WriteString(w, shown(l, text.String()))
		return
	}
	for _, f := range run.findings(l) {
		f.write(&text, l)
	}
	if failed, ok := errors.AsType[*provision.RunError](err); ok && failed.Blocked > 0 {
		text.WriteString(l.Say(run.untouched(), failed.Blocked))
	}
	switch {
	case run.preview:
	case run.down:
		text.WriteString(l.Say("  %d of %d are gone and recorded. Run down again to go on: %s\n", run.count, run.of, run.about.down))
	default:
		text.WriteString(l.Say("  %d of %d are made and recorded. Run up again to go on, or: %s\n", run.count, run.of, run.about.down))
	}
	_, _ = io.WriteString(w, shown(l, text.String())) // there is nobody left to tell
}

// untouched says what became of those that need what failed, however many.
func (e *runError) untouched() words.Text {
	if e.down {
		return "  %d more were left as they are, since they need what failed.\n"
	}
	return "  %d more were not begun, since they need what failed.\n"
}

// findings are what is to be told of a run: each failure once, like ones together, and why the run ended early.
func (e *runError) findings(l words.Language) []finding {
	failed, ok := errors.AsType[*provision.RunError](e.err)
	if !ok {
		return []finding{{head: headline(l, e.err), err: e.err, about: e.about}}
	}
	var list []finding
	at := map[string]int{}
	for _, f := range failed.Failures {
		like := e.like(f)
		if i, told := at[like]; told {
			list[i].names = append(list[i].names, f.Key.Name())
			continue
		}
		at[like] = len(list)
		list = append(list, finding{
			step: f.Key.Step(), title: e.pattern.Title(f.Key.Step()), kind: f.Key.Kind(), names: []string{f.Key.Name()},
			head: e.what(l, f.Err), err: f.Err, about: e.about,
		})
	}
	if failed.Ended != nil {
		list = append(list, finding{head: headline(l, failed.Ended), err: failed.Ended, about: e.about})
	}
	return list
}
