package state

import "vpclink/words"

// ErrUnknownStack says that there is no stack of this name.
var ErrUnknownStack = words.New("there is no such stack")

// ErrReadOnly says that a journal was opened by Read, so nothing can be appended to it.
var ErrReadOnly = words.New("the journal is open for reading only")

// DamageError is a journal that does not hold what was written into it. The file is left as it is.
type DamageError struct {
	File string
	Line int // as an editor counts: the header is line 1
	Why  error
}

var _ error = (*DamageError)(nil)

func (e *DamageError) Error() string { return e.Say(words.English) }

// Say tells it in a language.
func (e *DamageError) Say(l words.Language) string {
	return l.Say("%s is damaged in line %d: %s", e.File, e.Line, e.Why)
}

// VersionError is a journal written by a later vpclink in a form this one does not know. The file is left as it is.
type VersionError struct {
	File         string
	Found, Known int // major versions of the form: the file's, and the latest this program knows
}

var _ error = (*VersionError)(nil)

func (e *VersionError) Error() string { return e.Say(words.English) }

// Say tells it in a language.
func (e *VersionError) Say(l words.Language) string {
	return l.Say("%s has form %d, this vpclink knows forms up to %d: use a later vpclink", e.File, e.Found, e.Known)
}
