package state

import (
	"errors"
	"io/fs"
	"syscall"

	"vpclink/words"
)

// WriteError is a journal to which nothing can be appended any more. What was appended before is durable.
type WriteError struct {
	Stack string
	Why   error
}

var _ error = (*WriteError)(nil)

func (e *WriteError) Error() string { return e.Say(words.English) }

// Say tells it in a language.
func (e *WriteError) Say(l words.Language) string {
	return l.Say("appending to the journal of stack %q: %w", e.Stack, &DiskError{e.Why})
}

// Unwrap returns why.
func (e *WriteError) Unwrap() error { return &DiskError{e.Why} }

// DiskError is what the system says of a file or folder of the state.
type DiskError struct{ Err error }

var _ error = (*DiskError)(nil)

func (e *DiskError) Error() string { return e.Say(words.English) }

// Say tells it in a language, with a sentence of its own for what often happens.
func (e *DiskError) Say(l words.Language) string {
	switch {
	case e.Full():
		return l.Say("the disk is full (%s)", e.Err)
	case errors.Is(e.Err, syscall.EROFS):
		return l.Say("the folder is read-only (%s)", e.Err)
	case e.Forbidden():
		return l.Say("this user may not write there (%s)", e.Err)
	case errors.Is(e.Err, syscall.ENOTDIR):
		return l.Say("there is a file in the place of the folder (%s)", e.Err)
	}
	return l.Error(e.Err)
}

// Full reports whether it is for want of room.
func (e *DiskError) Full() bool {
	return errors.Is(e.Err, syscall.ENOSPC) || errors.Is(e.Err, syscall.EDQUOT) || errors.Is(e.Err, syscall.EFBIG)
}

// Forbidden reports whether somebody else, or some other place, could be written to.
func (e *DiskError) Forbidden() bool {
	return errors.Is(e.Err, fs.ErrPermission) || errors.Is(e.Err, syscall.EROFS)
}

// Unwrap returns what the system said.
func (e *DiskError) Unwrap() error { return e.Err }

// diskSaid marks an error of the system as one of the disk.
func diskSaid(err error) error {
	if err == nil {
		return nil
	}
	return &DiskError{err}
}
