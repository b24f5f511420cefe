package state

import (
	"context"
	"encoding/json"
	"os"
	"time"

	"github.com/gofrs/flock"

	"vpclink/words"
)

// Owner tells whoever is refused who holds a lock.
type Owner struct {
	Who     string    `json:"who"`
	PID     int       `json:"pid"`
	Host    string    `json:"host"`
	Since   time.Time `json:"since"`
	Command string    `json:"command"`
}

// LockedError says that another process works on the stack.
type LockedError struct {
	Stack string
	Owner Owner // zero when the lock's file does not tell
}

var _ error = (*LockedError)(nil)

func (e *LockedError) Error() string { return e.Say(words.English) }

// Say tells it in a language.
func (e *LockedError) Say(l words.Language) string {
	if e.Owner == (Owner{}) {
		return l.Say("stack %q is in use by another vpclink", e.Stack)
	}
	return l.Say("stack %q is in use: %s on %s runs %q as process %d since %s",
		e.Stack, e.Owner.Who, e.Owner.Host, e.Owner.Command, e.Owner.PID, e.Owner.Since.Format(time.RFC3339))
}

// Lock is held by the one process that may change a stack. The system gives it back when that process ends, however it
// ends, so nothing is left that somebody would have to clear by hand.
type Lock struct{ flock *flock.Flock }

// Acquire takes the lock of a stack, which need not exist yet, or returns a *LockedError at once when another holds it.
// An empty Since is filled in. A name that no stack can have is a *NameError.
func Acquire(ctx context.Context, dir, stack string, owner Owner) (*Lock, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if err := CheckStackName(stack); err != nil {
		return nil, err
	}
	if err := makeDir(stacksDir(dir)); err != nil {
		return nil, err
	}
	path := lockPath(dir, stack)
	lock := flock.New(path, flock.SetPermissions(0o600))
	held, err := lock.TryLock()
	if err != nil {
		return nil, words.Errorf("locking stack %q: %w", stack, diskSaid(err))
	}
	if !held {
		return nil, &LockedError{Stack: stack, Owner: readOwner(path)}
	}
	if owner.Since.IsZero() {
		owner.Since = time.Now()
	}
	owner.Since = owner.Since.UTC().Truncate(time.Second)
	if err := writeOwner(path, owner); err != nil {
		_ = lock.Unlock()
		return nil, words.Errorf("locking stack %q: %w", stack, diskSaid(err))
	}
	return &Lock{lock}, nil
}

// Release gives the lock back. The file stays, empty: if it were removed, another process could lock it in between and
// a third one lock a new file of the same name. Releasing twice does nothing.
func (l *Lock) Release() error {
	if !l.flock.Locked() {
		return nil
	}
	// The names go first: after the unlock they would be the next owner's.
	emptied := os.Truncate(l.flock.Path(), 0)
	if err := l.flock.Unlock(); err != nil {
		return words.Errorf("unlocking: %w", err)
	}
	if emptied != nil {
		return words.Errorf("unlocking: %w", emptied)
	}
	return nil
}

func writeOwner(path string, owner Owner) error {
	data, err := json.Marshal(owner)
	if err != nil {
		return err
	}
	return os.WriteFile(path, append(data, '\n'), 0o600)
}

// readOwner returns the zero Owner for a file that is empty or torn: its owner may be about to write it.
func readOwner(path string) Owner {
	data, err := os.ReadFile(path)
	if err != nil {
		return Owner{}
	}
	var owner Owner
	if json.Unmarshal(data, &owner) != nil {
		return Owner{}
	}
	return owner
}
