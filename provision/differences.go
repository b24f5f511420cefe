package provision

import (
	"strings"

	"vpclink/state"
	"vpclink/steps"
	"vpclink/words"
)

// ConflictError is something that vpclink did not make and that is in the way of what it wants to make.
type ConflictError struct {
	Key       state.Key
	ID, State string // the stranger's
	Diff      []steps.Field
}

var _ error = (*ConflictError)(nil)

func (e *ConflictError) Error() string { return e.Say(words.English) }

// Say tells it in a language.
func (e *ConflictError) Say(l words.Language) string {
	if len(e.Diff) == 0 {
		return l.Say("%s is there already, and was not made by vpclink: it is %s", e.ID, steps.OrNone(l, e.State))
	}
	return l.Say("%s is there already, was not made by vpclink, and differs: %s", e.ID, fields(l, e.Diff))
}

// DifferentError is a thing of ours that is not as it is wanted and that vpclink will not replace, since others depend
// on it or somebody may work in it.
type DifferentError struct {
	Key       state.Key
	ID, State string
	Diff      []steps.Field
}

var _ error = (*DifferentError)(nil)

func (e *DifferentError) Error() string { return e.Say(words.English) }

// Say tells it in a language.
func (e *DifferentError) Say(l words.Language) string {
	if len(e.Diff) == 0 {
		return l.Say("%s is %s: start it, or take the stack down", e.ID, e.State)
	}
	return l.Say("%s differs, and vpclink does not replace one that is there: %s", e.ID, fields(l, e.Diff))
}

// ForeignError is something that would have to be changed and that vpclink uses and did not make.
type ForeignError struct {
	Key state.Key // what was to be done
	ID  string
}

var _ error = (*ForeignError)(nil)

func (e *ForeignError) Error() string { return e.Say(words.English) }

// Say tells it in a language.
func (e *ForeignError) Say(l words.Language) string {
	return l.Say("%s was not made by vpclink, which does not change it: do that yourself, then run up again", e.ID)
}

// GoneError is a thing that vpclink uses, did not make, and does not find any more.
type GoneError struct{ ID string }

var _ error = (*GoneError)(nil)

func (e *GoneError) Error() string { return e.Say(words.English) }

// Say tells it in a language.
func (e *GoneError) Say(l words.Language) string {
	return l.Say("%s, which vpclink uses and did not make, is not there any more", e.ID)
}

// Flags returns the flags that set what differs.
func (e *DifferentError) Flags() []string {
	var flags []string
	for _, f := range e.Diff {
		if f.Flag != "" {
			flags = append(flags, f.Flag)
		}
	}
	return flags
}

func fields(l words.Language, diff []steps.Field) string {
	var parts []string
	for _, f := range diff {
		parts = append(parts, f.Say(l))
	}
	return strings.Join(parts, "; ")
}
