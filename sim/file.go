package sim

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"
)

// file is where a world is kept: an append-only list of its changing calls.
type file struct {
	path    string
	out     *os.File
	lock    *flock.Flock
	written time.Time // real time of the last line
	last    settings  // of the last settings line
}

// errClosed is the answer of a world that was closed.
var errClosed = errors.New("the simulator is closed")

// clockEvery is how much of the world's time a killed process may lose, in real time.
const clockEvery = time.Second

func fileIn(dir string) string { return filepath.Join(dir, "world.jsonl") }
func lockIn(dir string) string { return filepath.Join(dir, "world.lock") }

// append writes a line in one call to the system, so that a killed process leaves it whole or torn at the very end.
func (f *file) append(l line) error {
	data, err := l.encode()
	if err != nil {
		return err
	}
	if _, err := f.out.Write(data); err != nil {
		return fmt.Errorf("keeping the simulator's world: %w", err)
	}
	f.written = time.Now()
	return nil
}

// record keeps a changing call. When that fails the world is beyond its file, and answers nothing more.
func (w *World) record(ch change) error {
	if w.file == nil {
		return nil
	}
	if now := settingsOf(&w.opts); now != w.file.last {
		if err := w.keep(line{Settings: &now}); err != nil {
			return err
		}
		w.file.last = now
	}
	return w.keep(line{Change: &ch})
}

// tick keeps the clock now and then.
func (w *World) tick() error {
	if w.file == nil || time.Since(w.file.written) < clockEvery {
		return nil
	}
	return w.keep(line{Clock: &clockAt{Time: w.clock.now()}})
}

func (w *World) keep(l line) error {
	if err := w.file.append(l); err != nil {
		w.broken = err
		return err
	}
	return nil
}

// Close keeps the clock, which stands still until the world is opened again, and lets the next process in. The world
// answers nothing more. Of a world in memory nothing is left.
func (w *World) Close() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if errors.Is(w.broken, errClosed) {
		return nil
	}
	broken := w.broken
	w.broken = errClosed
	if w.file == nil {
		return nil
	}
	var errs []error
	if broken == nil {
		errs = append(errs, w.file.append(line{Clock: &clockAt{Time: w.clock.now(), Buckets: w.savedBuckets()}}))
	}
	errs = append(errs, w.file.out.Close(), w.file.lock.Unlock())
	return errors.Join(errs...)
}

func (w *World) savedBuckets() []savedBucket {
	var list []savedBucket
	for key, b := range w.buckets {
		list = append(list, savedBucket{Account: key.account, Region: key.region, Action: key.action, bucket: *b})
	}
	return list
}
