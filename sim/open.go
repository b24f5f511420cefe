package sim

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/gofrs/flock"
)

// ErrLocked is matched by the error of a world that another process has open.
var ErrLocked = errors.New("another process has the simulator open")

// lockEvery is how often a locked world is tried again.
const lockEvery = 50 * time.Millisecond

// Open opens the world kept in a directory, or makes one there. It goes on where it stood: no time passes while it is
// closed. One process at a time has it; the others wait until ctx ends, and then get an error that matches ErrLocked
// and the context's. A file that was torn by a crash loses its last line; one that is damaged elsewhere, or of another
// version, is an error that matches ErrDamaged or ErrVersion.
//
// The options may be others than the last time; Seed counts only for a new world, where 0 means one by chance.
func Open(ctx context.Context, dir string, opts Options) (*World, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("opening the simulator: %w", err)
	}
	lock, err := lockDir(ctx, dir)
	if err != nil {
		return nil, fmt.Errorf("opening the simulator: %w", err)
	}
	w, err := openLocked(fileIn(dir), lock, opts)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("opening the simulator: %w", err), lock.Unlock())
	}
	return w, nil
}

// Reset empties the world kept in a directory. It waits for its lock as Open does.
func Reset(ctx context.Context, dir string) error {
	if _, err := os.Stat(dir); errors.Is(err, os.ErrNotExist) {
		return nil
	}
	lock, err := lockDir(ctx, dir)
	if err != nil {
		return fmt.Errorf("emptying the simulator: %w", err)
	}
	err = os.Remove(fileIn(dir))
	if errors.Is(err, os.ErrNotExist) {
		err = nil
	}
	return errors.Join(err, lock.Unlock())
}

func lockDir(ctx context.Context, dir string) (*flock.Flock, error) {
	lock := flock.New(lockIn(dir))
	held, err := lock.TryLockContext(ctx, lockEvery)
	switch {
	case held:
		return lock, nil
	case ctx.Err() != nil:
		return nil, fmt.Errorf("%s: %w: %w", lockIn(dir), ErrLocked, ctx.Err())
	}
	return nil, fmt.Errorf("%s: %w", lockIn(dir), err)
}

func openLocked(path string, lock *flock.Flock, opts Options) (*World, error) {
	data, err := os.ReadFile(path)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, err
	}
	whole := data[:bytes.LastIndexByte(data, '\n')+1]
	if len(whole) == 0 {
		if opts.Seed, err = seedOr(opts.Seed); err != nil {
			return nil, err
		}
		w := newWorld(opts, time.Now())
		return w, w.beginFile(path, lock)
	}
	w, err := load(path, whole, opts)
	if err != nil {
		return nil, err
	}
	if w.empty() {
		w.base += len(w.changes)
		w.changes, w.regions = nil, map[place]*region{}
		return w, w.beginFile(path, lock)
	}
	if len(whole) < len(data) {
		if err := os.Truncate(path, int64(len(whole))); err != nil {
			return nil, err
		}
	}
	return w, w.attachFile(path, lock)
}

func seedOr(seed uint64) (uint64, error) {
	if seed != 0 {
		return seed, nil
	}
	var b [8]byte
	if _, err := rand.Read(b[:]); err != nil {
		return 0, err
	}
	return binary.BigEndian.Uint64(b[:]), nil
}

// load makes the world of a file again.
func load(path string, data []byte, opts Options) (*World, error) {
	var w *World
	var at time.Time
	n := 0
	for text := range bytes.Lines(data) {
		n++
		l, err := decodeLine(bytes.TrimSuffix(text, []byte("\n")))
		if err == nil && (n == 1) != (l.Header != nil) {
			err = errors.New("the header is not where it belongs")
		}
		if err != nil {
			return nil, fmt.Errorf("%s:%d: %w: %w", path, n, ErrDamaged, err)
		}
		if l.Header != nil {
			if l.Header.Version != fileVersion {
				return nil, fmt.Errorf("%s: %w (version %d, not %d)", path, ErrVersion, l.Header.Version, fileVersion)
			}
			opts.Seed, at = l.Header.Seed, l.Header.Start
			w = newWorld(opts, at)
			w.base, w.log.bound = l.Header.Base, keptCalls
			continue
		}
		if at, err = w.apply(l, at); err != nil {
			return nil, fmt.Errorf("%s:%d: %w: %w", path, n, ErrVersion, err)
		}
	}
	wanted := newWorld(opts, at)
	w.use(settingsOf(&wanted.opts))
	w.clock.run(at)
	return w, nil
}

// apply does what a line says. It returns what the clock showed there.
func (w *World) apply(l line, at time.Time) (time.Time, error) {
	switch {
	case l.Settings != nil:
		w.use(*l.Settings)
	case l.Change != nil:
		return l.Change.Time, w.replay(*l.Change)
	case l.Clock != nil:
		for _, b := range l.Clock.Buckets {
			w.buckets[bucketKey{place{b.Account, b.Region}, b.Action}] = &bucket{Level: b.Level, At: b.At}
		}
		return l.Clock.Time, nil
	}
	return at, nil
}

// beginFile writes a new file, in the place of an old one at once or not at all.
func (w *World) beginFile(path string, lock *flock.Flock) error {
	now := settingsOf(&w.opts)
	at := w.clock.now()
	var all []byte
	for _, l := range []line{
		{Header: &header{Version: fileVersion, Seed: w.opts.Seed, Start: at, Base: w.base}},
		{Settings: &now},
		{Clock: &clockAt{Time: at, Buckets: w.savedBuckets()}},
	} {
		data, err := l.encode()
		if err != nil {
			return err
		}
		all = append(all, data...)
	}
	if err := os.WriteFile(path+".new", all, 0o600); err != nil {
		return err
	}
	if err := os.Rename(path+".new", path); err != nil {
		return err
	}
	w.started = at
	if err := w.attachFile(path, lock); err != nil {
		return err
	}
	w.file.last = now
	return nil
}

// attachFile goes on writing to a file. What settings were written last does not matter: the next call writes them.
func (w *World) attachFile(path string, lock *flock.Flock) error {
	out, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	w.log.bound = keptCalls
	w.file = &file{path: path, out: out, lock: lock, written: time.Now()}
	return nil
}

// empty reports whether all that is left of a world is what every region begins with.
func (w *World) empty() bool {
	now := w.clock.now()
	for _, r := range w.regions {
		for _, e := range r.entries() {
			t := e.base()
			if fresh := t.asked.Equal(dawn); fresh && (!t.deleteAsked.IsZero() || len(t.tags) > 0) || !fresh && t.stage(now) != buried {
				return false
			}
		}
	}
	return len(w.changes) > 0
}
