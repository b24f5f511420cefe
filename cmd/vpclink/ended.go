package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"vpclink/cmd/vpclink/ui"
)

// errInterrupted is the end that a person asked for, by Ctrl-C or SIGTERM.
var errInterrupted = errors.New("interrupted")

// deadlineError is the end that --timeout set.
type deadlineError struct{ limit time.Duration }

var _ error = (*deadlineError)(nil)

func (e *deadlineError) Error() string {
	return fmt.Sprintf("not done within --timeout %s", ui.Elapsed(e.limit))
}

// endedError is what went wrong because the command was ended: its cause comes first.
type endedError struct{ cause, err error }

var _ error = (*endedError)(nil)

func (e *endedError) Error() string   { return e.cause.Error() }
func (e *endedError) Unwrap() []error { return []error{e.cause, e.err} }

// ended adds to err why ctx ended, when it did and err does not say so itself.
func ended(ctx context.Context, err error) error {
	if err == nil || ctx.Err() == nil {
		return err
	}
	cause := context.Cause(ctx)
	if errors.Is(err, cause) {
		return err
	}
	return &endedError{cause, err}
}
