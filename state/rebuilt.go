package state

import (
	"bytes"
	"errors"
	"io/fs"
	"os"

	"vpclink/words"
)

// InMemory returns a journal that was never written: what is known of a stack without its file, when it may be taken
// away, and how its last run must have ended. Nothing can be appended (ErrReadOnly).
func InMemory(h Header, records []Record, e Expiry, outcome string) (*Journal, error) {
	h.Version = formVersion
	j := &Journal{stack: h.Stack, header: h, failed: ErrReadOnly}
	for _, rec := range records {
		j.fold.add(rec, "")
	}
	run, err := NewSettings(Run{Command: "up", Outcome: outcome})
	if err != nil {
		return nil, err
	}
	expiry, err := NewSettings(e)
	j.fold.add(Record{Key: runPrefix + "1", Settings: run}, "")
	j.fold.add(Record{Key: expiryKey, Settings: expiry}, "")
	return j, err
}

// ReadHeader reads the first line of a stack's journal, also when a later line is damaged. The errors are those of Open.
func ReadHeader(dir, stack string) (Header, error) {
	if err := CheckStackName(stack); err != nil {
		return Header{}, err
	}
	path := journalPath(dir, stack)
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return Header{}, words.Errorf("stack %q: %w", stack, ErrUnknownStack)
	}
	if err != nil {
		return Header{}, words.Errorf("reading the journal of stack %q: %w", stack, err)
	}
	first, _, whole := bytes.Cut(data, []byte("\n"))
	if whole {
		first = append(bytes.Clone(first), '\n')
	}
	c, err := scan(path, stack, first)
	return c.header, err
}

// SetAside moves the journal of a stack to history/ as it is, damaged lines and all, and returns where it is now. Its
// first line must be whole. The caller holds the stack's lock.
func SetAside(dir, stack string) (path string, err error) {
	h, err := ReadHeader(dir, stack)
	if err != nil {
		return "", err
	}
	return toHistory(dir, h)
}
