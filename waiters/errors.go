package waiters

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

// ErrNotYet says that the other side does not see something yet, or still sees it: the same call is to be repeated.
var ErrNotYet = errors.New("not yet")

// ErrNone says that there is no such thing.
var ErrNone = errors.New("there is no such thing")

// UnexpectedError is a state from which the wanted one is not reached.
type UnexpectedError struct {
	ID, State string
	Reason    string   // in AWS's words, "" when it gives none
	Wanted    []string // the states waited for
}

var _ error = (*UnexpectedError)(nil)

func (e *UnexpectedError) Error() string {
	text := fmt.Sprintf("%s is %q, waiting for %s", e.ID, e.State, strings.Join(e.Wanted, " or "))
	if e.Reason != "" {
		text += ": " + e.Reason
	}
	return text
}

// TimeoutError is a wait that took longer than its Life allows.
type TimeoutError struct {
	ID, State string // the last state seen, "" when it was not seen at all
	Wanted    []string
	After     time.Duration
	Last      error // what the last look or call answered, nil when it answered well
}

var _ error = (*TimeoutError)(nil)

func (e *TimeoutError) Error() string {
	seen := e.State
	if seen == "" {
		seen = "not seen"
	}
	text := fmt.Sprintf("%s is still %s after %s, waiting for %s",
		e.ID, seen, e.After.Round(time.Second), strings.Join(e.Wanted, " or "))
	if e.Last != nil {
		text += ": " + e.Last.Error()
	}
	return text
}

// Unwrap returns what the last look or call answered.
func (e *TimeoutError) Unwrap() error { return e.Last }
