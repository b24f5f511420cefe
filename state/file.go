package state

import (
	"errors"
	"io"
	"os"
	"path/filepath"

	"vpclink/words"
)

// file is what a journal asks of the file that it is appended to. Tests have it fail.
type file interface {
	io.WriteCloser
	Sync() error
	Truncate(size int64) error
}

var _ file = (*os.File)(nil)

// openEnd opens a file for appending, so that two writers who should not be there damage the chain of checksums, which
// is noticed, and do not write over each other's lines.
func openEnd(path string) (file, error) {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_APPEND, 0)
	if err != nil {
		return nil, words.Errorf("opening the journal: %w", diskSaid(err))
	}
	return f, nil
}

// writeNew makes a file that is complete and durable, or is not there at all: a journal without a whole first line
// would be a stack that can be neither begun nor opened. The caller has made sure that path is free.
func writeNew(path string, data []byte) error {
	part := filepath.Join(filepath.Dir(path), "."+filepath.Base(path)+".new")
	f, err := os.OpenFile(part, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return err
	}
	if err := os.Rename(part, path); err != nil {
		return err
	}
	return syncDir(filepath.Dir(path))
}
