// Package state keeps what is known of a stack's resources in a journal: a file to which lines are only ever appended,
// each durable before the next thing is done, so that a run which was cut off anywhere can be finished or taken back.
// It knows nothing of AWS.
package state

import (
	"errors"
	"io/fs"
	"os"
	"sync"
	"time"

	"vpclink/words"
)

// Journal is the file of one stack: a header, then all that was ever known of its resources, appended line by line.
// It is safe for concurrent use.
type Journal struct {
	path   string
	stack  string
	header Header

	commit sync.Mutex // held by whoever writes; guards file, size and torn
	file   file       // nil when it is not open for appending
	size   int64      // of the complete lines found by Open
	torn   bool       // something follows them that is to be cut off

	mu     sync.Mutex // guards what follows; never held while writing
	fold   fold       // of what is durable
	next   *batch     // what waits to be written
	ahead  tip        // of what has been put together, durable or not
	runs   int        // the number of the last run
	failed error      // why nothing can be appended: the first failure of a write, ErrReadOnly, fs.ErrClosed
}

// Create begins the journal of a stack in the folder that Dir returns, for appending. The caller holds the stack's lock.
// The version is filled in, and the time when it is empty. When the stack has a journal the error matches fs.ErrExist;
// a name that no stack can have is a *NameError.
func Create(dir string, h Header) (*Journal, error) {
	if err := CheckStackName(h.Stack); err != nil {
		return nil, err
	}
	h.Version = formVersion
	if h.Created.IsZero() {
		h.Created = time.Now()
	}
	h.Created = h.Created.UTC()
	line, _, err := seal(headerLine{Header: h}, "")
	if err != nil {
		return nil, err
	}
	if err := makeDir(stacksDir(dir)); err != nil {
		return nil, err
	}
	path := journalPath(dir, h.Stack)
	if exists(path) {
		return nil, words.Errorf("beginning the journal of stack %q: %w", h.Stack, fs.ErrExist)
	}
	if err := errors.Join(writeNew(path, line), syncDir(dir)); err != nil {
		return nil, words.Errorf("beginning the journal of stack %q: %w", h.Stack, diskSaid(err))
	}
	return Open(dir, h.Stack)
}

// Open opens the journal of a stack for appending. The caller holds the stack's lock. The file is changed by the first
// append only, which cuts off a last line whose writing was cut off. Errors: ErrUnknownStack, *NameError,
// *DamageError, *VersionError.
func Open(dir, stack string) (*Journal, error) {
	j, err := Read(dir, stack)
	if err != nil {
		return nil, err
	}
	if j.file, err = openEnd(j.path); err != nil {
		return nil, err
	}
	j.failed = nil
	return j, nil
}

// Read reads the journal of a stack as it is now, also while another process appends to it; what that one appends
// later is not seen. Nothing can be appended (ErrReadOnly). The errors are those of Open.
func Read(dir, stack string) (*Journal, error) {
	if err := CheckStackName(stack); err != nil {
		return nil, err
	}
	path := journalPath(dir, stack)
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, words.Errorf("stack %q: %w", stack, ErrUnknownStack)
	}
	if err != nil {
		return nil, words.Errorf("reading the journal of stack %q: %w", stack, diskSaid(err))
	}
	c, err := scan(path, stack, data)
	if err != nil {
		return nil, err
	}
	return &Journal{
		path: path, stack: stack, header: c.header, size: c.size, torn: c.torn,
		fold: c.fold, ahead: c.fold.tip, runs: lastRun(c.fold.order), failed: ErrReadOnly,
	}, nil
}

// Header returns what the stack is and stays.
func (j *Journal) Header() Header { return j.header }

// Close ends appending; what was appended is durable already. Closing twice does nothing.
func (j *Journal) Close() error {
	j.commit.Lock()
	defer j.commit.Unlock()
	j.mu.Lock()
	if j.failed == nil {
		j.failed = fs.ErrClosed
	}
	j.mu.Unlock()
	if j.file == nil {
		return nil
	}
	f := j.file
	j.file = nil
	return f.Close()
}
