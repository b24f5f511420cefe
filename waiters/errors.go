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

// TimeoutError is a wait that took longer than its context allows: its Life's Timeout, or the whole command's.
type TimeoutError struct {
	ID, State string // the last state seen, "" when it was not seen at all or nobody looked
	Reason    string // AWS's, for that state
	Refused   bool   // a call was repeated, and nobody looked
	Wanted    []string
	After     time.Duration
	Last      error // what the last look or call answered, nil when it answered well
}

var _ error = (*TimeoutError)(nil)

func (e *TimeoutError) Error() string {
	text := fmt.Sprintf("%s is %s after %s, waiting for %s",
		e.ID, e.still(), rounded(e.After), strings.Join(e.Wanted, " or "))
	if e.Reason != "" {
		text += ": " + e.Reason
	}
	if e.Last != nil {
		text += ": " + e.Last.Error()
	}
	return text
}

func (e *TimeoutError) still() string {
	switch {
	case e.State != "":
		return fmt.Sprintf("still %q", e.State)
	case e.Refused:
		return "still refused"
	case errors.Is(e.Last, ErrNotYet):
		return "still not ready for it" // a call was repeated, nobody looked
	}
	return "still not seen"
}

// rounded leaves out what nobody reads. Simulated waits are short, so it is not whole seconds always.
func rounded(d time.Duration) time.Duration {
	if d < 10*time.Second {
		return d.Round(10 * time.Millisecond)
	}
	return d.Round(time.Second)
}

// Unwrap returns what the last look or call answered.
func (e *TimeoutError) Unwrap() error { return e.Last }
