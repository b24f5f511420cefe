package main

import (
	"context"
	"fmt"
	"time"

	"vpclink/cmd/vpclink/ui"
	"vpclink/words"
)

// errInterrupted is the end that a person asked for, by Ctrl-C or SIGTERM.
var errInterrupted = words.New("interrupted")

// deadlineError is the end that --timeout set.
type deadlineError struct{ limit time.Duration }

var _ error = (*deadlineError)(nil)

func (e *deadlineError) Error() string { return e.Say(words.English) }

// Say tells it in a language.
func (e *deadlineError) Say(l words.Language) string {
	return l.Say("not done within --timeout %s", ui.Elapsed(e.limit))
}

// endedError is what went wrong because the command was ended: its cause comes first.
type endedError struct{ cause, err error }

var _ error = (*endedError)(nil)

func (e *endedError) Error() string               { return e.cause.Error() }
func (e *endedError) Say(l words.Language) string { return l.Error(e.cause) }
func (e *endedError) Unwrap() []error             { return []error{e.cause, e.err} }

// ended adds to err why ctx ended, when it did. An error that is the more specific one, or says so itself, stays as it
// is: who waited for another's lock all the time wants to hear of the lock.
func ended(ctx context.Context, err error) error {
	if err == nil || ctx.Err() == nil {
		return err
	}
	both := &endedError{context.Cause(ctx), err}
	if exitCode(both) == exitCode(err) {
		return err
	}
	return both
}

// stopping tells a person who has interrupted a command that it is heard. The streams that scripts read have no place
// for it, and a command that has not asked AWS for anything has nothing to say.
func (a *app) stopping(g *globals) {
	if a.asks.Load() && g.progress != ui.Quiet && g.progress != ui.JSON {
		_, _ = fmt.Fprintln(a.stderr, a.say("stopping: what AWS has been asked for is recorded first; once more leaves at once"))
	}
}
