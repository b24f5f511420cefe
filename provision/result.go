package provision

import (
	"errors"
	"strings"
	"time"

	"vpclink/state"
	"vpclink/steps"
	"vpclink/waiters"
	"vpclink/words"
)

// Result is what a run did.
type Result struct {
	Made, Adopted, Unchanged int // up
	Removed, Forgotten       int // down: owned records that became gone; records that were never ours
	Pruned                   int // up: records of what the plan leaves out that became gone
	Left                     []Left
	Unread                   []error // up: what could not be looked at for want of a permission
	Took                     time.Duration
}

// Left is something that a run could not finish.
type Left struct {
	Key state.Key
	ID  string
	Err error
}

// Reason says in one line why a resource could not be made or taken away. What the SDK puts around AWS's words is left
// out. It is in English, for the journal and for JSON; ReasonIn says it to people.
func Reason(err error) string { return ReasonIn(words.English, err) }

// ReasonIn is Reason in a language.
func ReasonIn(l words.Language, err error) string {
	if errors.Is(err, errEnded) {
		return l.Error(errEnded)
	}
	if s, ok := errors.AsType[*steps.StrangerError](err); ok {
		return s.Hangs(l)
	}
	_, late := errors.AsType[*waiters.TimeoutError](err)
	if said := steps.Said(err); said != "" && !late {
		return said
	}
	line, _, _ := strings.Cut(l.Error(err), "\n")
	return line
}

// reason is an error of which only the reason is told.
type reason struct{ error }

func (r reason) Error() string               { return Reason(r.error) }
func (r reason) Say(l words.Language) string { return ReasonIn(l, r.error) }

// RunError is a run that did not do all it should. What is made is recorded; the run can be repeated.
type RunError struct {
	Failures []Left // in the order of the plan; what they block is not among them
	Blocked  int
	Ended    error // why the run was ended before its time, nil when it was not
}

var _ error = (*RunError)(nil)

func (e *RunError) Error() string { return e.Say(words.English) }

// Say tells it in a language.
func (e *RunError) Say(l words.Language) string {
	var lines []string
	for _, f := range e.Failures {
		lines = append(lines, l.Say("%s: %v", f.Key, f.Err))
	}
	if e.Ended != nil {
		lines = append(lines, l.Error(e.Ended))
	}
	return strings.Join(lines, "\n")
}

// Unwrap returns every cause.
func (e *RunError) Unwrap() []error {
	var errs []error
	for _, f := range e.Failures {
		errs = append(errs, f.Err)
	}
	if e.Ended != nil {
		errs = append(errs, e.Ended)
	}
	return errs
}
