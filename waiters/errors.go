package waiters

import (
	"errors"
	"slices"
	"strings"
	"time"

	"vpclink/words"
)

// ErrNotYet says that the other side does not see something yet, or still sees it: the same call is to be repeated.
var ErrNotYet = words.New("not yet")

// ErrNone says that there is no such thing.
var ErrNone = words.New("there is no such thing")

// UnexpectedError is a state from which the wanted one is not reached.
type UnexpectedError struct {
	ID, State string
	Reason    string     // in AWS's words, "" when it gives none
	Wanted    []string   // the states waited for
	Ours      words.Text // what else was waited for, in our words, "" for nothing
}

var _ error = (*UnexpectedError)(nil)

func (e *UnexpectedError) Error() string { return e.Say(words.English) }

// Say tells it in a language.
func (e *UnexpectedError) Say(l words.Language) string {
	text := l.Say("%s is %q, waiting for %s", e.ID, e.State, either(l, e.Wanted, e.Ours))
	if e.Reason != "" {
		text += ": " + e.Reason
	}
	return text
}

// TimeoutError is a wait that took longer than its context allows: its Life's Timeout, or the whole command's.
type TimeoutError struct {
	ID, State string     // the last state seen, "" when it was not seen at all or nobody looked
	Lacks     words.Text // what is still to come of it, though that state says ready
	Reason    string     // AWS's, for that state
	Left      string     // the interface of it that is still there, though it is gone itself
	Refused   bool       // a call was repeated, and nobody looked
	Wanted    []string
	Ours      words.Text // what else was waited for, in our words, "" for nothing
	After     time.Duration
	Last      error // what the last look or call answered, nil when it answered well
}

var _ error = (*TimeoutError)(nil)

func (e *TimeoutError) Error() string { return e.Say(words.English) }

// Say tells it in a language.
func (e *TimeoutError) Say(l words.Language) string {
	text := l.Say("%s is %s after %s, waiting for %s", e.ID, e.still(l), rounded(e.After), either(l, e.Wanted, e.Ours))
	if e.Reason != "" {
		text += ": " + e.Reason
	}
	if e.Left != "" {
		text += ": " + l.Say("its interface %s is still there", e.Left)
	}
	if e.Last != nil {
		text += ": " + l.Error(e.Last)
	}
	return text
}

func (e *TimeoutError) still(l words.Language) string {
	switch {
	case e.Lacks != "":
		return l.Say("still %q", l.Say("%s without %s", e.State, e.Lacks))
	case e.State != "":
		return l.Say("still %q", e.State)
	case e.Refused:
		return l.In("still refused")
	case errors.Is(e.Last, ErrNotYet):
		return l.In("still not ready for it") // a call was repeated, nobody looked
	}
	return l.In("still not seen")
}

// either lists what was waited for. AWS's states stay as they are in every language.
func either(l words.Language, states []string, ours words.Text) string {
	if ours != "" {
		states = append(slices.Clone(states), l.In(ours))
	}
	return strings.Join(states, l.In(" or "))
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
