package main

import (
	"errors"
	"fmt"
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
	words := []string{"up", h.Pattern}
	if h.Stack != h.Pattern {
		words = append(words, "--stack", h.Stack)
	}
	b.again = w.next(words...)
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
		finding{head: headline(err), err: err}.write(&text)
		_, _ = io.WriteString(w, shown(text.String()))
		return
	}
	for _, f := range run.findings() {
		f.write(&text)
	}
	if failed, ok := errors.AsType[*provision.RunError](err); ok && failed.Blocked > 0 {
		fmt.Fprintf(&text, "  %d more %s, since they need what failed.\n", failed.Blocked, run.untouched())
	}
	switch {
	case run.preview:
	case run.down:
		fmt.Fprintf(&text, "  %d of %d are gone and recorded. Run down again to go on: %s\n", run.count, run.of, run.about.down)
	default:
		fmt.Fprintf(&text, "  %d of %d are made and recorded. Run up again to go on, or: %s\n", run.count, run.of, run.about.down)
	}
	_, _ = io.WriteString(w, shown(text.String())) // there is nobody left to tell
}

func (e *runError) untouched() string {
	if e.down {
		return "were left as they are"
	}
	return "were not begun"
}

// findings are what is to be told of a run: each failure once, like ones together, and why the run ended early.
func (e *runError) findings() []finding {
	failed, ok := errors.AsType[*provision.RunError](e.err)
	if !ok {
		return []finding{{head: headline(e.err), err: e.err, about: e.about}}
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
			step: f.Key.Step(), title: words.English.In(e.pattern.Title(f.Key.Step())), kind: f.Key.Kind(), names: []string{f.Key.Name()},
			head: e.what(f.Err), err: f.Err, about: e.about,
		})
	}
	if failed.Ended != nil {
		list = append(list, finding{head: headline(failed.Ended), err: failed.Ended, about: e.about})
	}
	return list
}
