package state

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

var errDisk = errors.New("no space left on device")

// disk stands between a journal and its file, counts, and fails when it is told to.
type disk struct {
	file
	room     int           // bytes that can still be written
	short    bool          // when there is no room, it says nothing of it
	badSync  int           // the number of the sync that fails, 0: none
	stuck    chan struct{} // a sync waits until it is closed, nil: it does not
	realSync bool

	mu            sync.Mutex
	writes, syncs int
}

const plenty = 1 << 30

func (d *disk) Write(p []byte) (int, error) {
	d.mu.Lock()
	d.writes++
	fits := min(len(p), d.room)
	d.room -= fits
	d.mu.Unlock()
	n, err := d.file.Write(p[:fits])
	if err == nil && n < len(p) && !d.short {
		err = errDisk
	}
	return n, err
}

func (d *disk) Sync() error {
	d.mu.Lock()
	d.syncs++
	bad := d.syncs == d.badSync
	d.mu.Unlock()
	if d.stuck != nil {
		<-d.stuck
	}
	if bad {
		return errDisk
	}
	if d.realSync {
		return d.file.Sync()
	}
	return nil
}

func (d *disk) counts() (writes, syncs int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.writes, d.syncs
}

// fatal is what a *testing.T and a *rapid.T have in common.
type fatal interface {
	Helper()
	Fatalf(format string, args ...any)
}

func must[T any](v T, err error) func(t fatal) T {
	return func(t fatal) T {
		t.Helper()
		if err != nil {
			t.Fatalf("this should work, not fail with: %v", err)
		}
		return v
	}
}

func header(stack string) Header {
	return Header{
		Stack: stack, Lineage: "5e0c2a70-7c9d-4a35-8f0e-1f4bf3a1a4b2", Pattern: "tgw", Target: "sim",
		Scopes: []Scope{{Account: "111122223333", Region: "ap-northeast-1"}},
		Args:   []string{"up", "tgw", "--vpcs", "a,b"}, Created: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC), Program: "0.1.0",
	}
}

// begin makes a stack's journal in a folder of its own and puts a disk under it.
func begin(t *testing.T, stack string) (dir string, j *Journal, d *disk) {
	t.Helper()
	dir = t.TempDir()
	j = must(Create(dir, header(stack)))(t)
	t.Cleanup(func() { _ = j.Close() })
	return dir, j, onDisk(j)
}

func onDisk(j *Journal) *disk {
	d := &disk{file: j.file, room: plenty}
	j.file = d
	return d
}

func bytesOf(t fatal, dir, stack string) []byte {
	t.Helper()
	return must(os.ReadFile(journalPath(dir, stack)))(t)
}

// put writes the bytes of a journal into a folder of its own.
func put(t *testing.T, stack string, data []byte) (dir string) {
	t.Helper()
	dir = t.TempDir()
	path := journalPath(dir, stack)
	err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o700), os.WriteFile(path, data, 0o600))
	must(0, err)(t)
	return dir
}

// told leaves out of records what the journal fills in.
var told = cmpopts.IgnoreFields(Record{}, "N", "Time", "Sum")

func wantRecords(t fatal, what string, got, want []Record) {
	t.Helper()
	if diff := cmp.Diff(want, got, told, cmpopts.EquateEmpty()); diff != "" {
		t.Fatalf("%s should be these records (-wanted +got):\n%s", what, diff)
	}
}

func wantError(t *testing.T, what string, got, want error) {
	t.Helper()
	if !errors.Is(got, want) {
		t.Errorf("%s should fail with %q, not with %v", what, want, got)
	}
}

func wantText(t *testing.T, what string, got error, part string) {
	t.Helper()
	if got == nil || !strings.Contains(got.Error(), part) {
		t.Errorf("%s should fail with words like %q, not with %v", what, part, got)
	}
}

var _ io.Closer = (*disk)(nil)
