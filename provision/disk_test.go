package provision

import (
	"errors"
	"fmt"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"vpclink/sim"
	"vpclink/state"
)

// fullAfter has the journal take that many more lines.
func (n *notebook) fullAfter(lines int) {
	n.before = func(state.Record) error {
		n.mu.Lock()
		defer n.mu.Unlock()
		if lines--; lines < 0 {
			return &state.WriteError{Stack: "tgw", Why: syscall.ENOSPC}
		}
		return nil
	}
}

// wantFull wants a run to have ended for the disk alone, without a word of failed resources.
func wantFull(err error, told []Event) string {
	var run *RunError
	var full *state.WriteError
	if !errors.As(err, &run) || !errors.As(run.Ended, &full) || len(run.Failures) > 0 || run.Blocked > 0 {
		return fmt.Sprintf("the run ends for the disk, once, got %v", err)
	}
	for _, e := range told {
		if e.Name == EventFailed || e.Name == EventBlocked {
			return fmt.Sprintf("%s is no failure of its own", e.Key)
		}
	}
	return ""
}

// The disk fills up after any line, on the way up and on the way down: the run says so once and ends. When there is room
// again the next one goes on, and nothing is lost or made twice.
func TestTheDiskFillsUpInARun(t *testing.T) {
	t.Parallel()
	for n, tutor := range tutorials {
		points := []int{0, 1}
		for i := range 40 {
			points = append(points, 2+5*i)
		}
		for _, lines := range chosen(points, uint64(n)+20) {
			t.Run(fmt.Sprintf("%s after %d lines", tutor.pattern.Name, lines), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					l := killLab(t, n, sim.Options{})
					l.fullInUpAndDown(lines)
				})
			})
		}
	}
}

// fullInUpAndDown has the disk fill up in either, and then have room again.
func (l *lab) fullInUpAndDown(lines int) {
	var told []Event
	l.events = func(e Event) { told = append(told, e) }
	for _, run := range []struct {
		name  string
		do    func() error
		after func(*lab) string
	}{
		{"up", func() error { _, err := l.up(l.t.Context(), lettered...); return err }, upAgain},
		{"down", func() error { _, err := l.down(l.t.Context()); return err }, downThen},
	} {
		told = nil
		l.journal.fullAfter(lines)
		if err := run.do(); err != nil {
			if wrong := wantFull(err, told); wrong != "" {
				l.t.Errorf("%s: %s", run.name, wrong)
			}
		}
		l.journal.before = nil
		if wrong := run.after(l); wrong != "" {
			l.t.Errorf("%s with room again: %s", run.name, wrong)
		}
	}
}

// A clock that was set back has the journal's lines lie in the future: they are taken for written just now, and nothing
// is waited for until then.
func TestTheClockIsSetBack(t *testing.T) {
	t.Parallel()
	for n, tutor := range tutorials {
		whole := lived(t, n)
		for _, m := range chosen(whole.up, uint64(n)+30) {
			t.Run(tutor.pattern.Name+" "+m.what, func(t *testing.T) {
				for _, after := range []func(*lab) string{upAgain, downThen} {
					if wrong := aftermath(t, n, whole.world, m, func(l *lab) string { return l.daysLater(after) }); wrong != "" {
						t.Error(wrong)
					}
				}
			})
		}
	}
}

// daysLater has every line of the journal lie two days in the future.
func (l *lab) daysLater(after func(*lab) string) string {
	for i := range l.journal.lines {
		l.journal.lines[i].Time = l.journal.lines[i].Time.Add(48 * time.Hour)
	}
	l.journal = l.journal.copy()
	begun := time.Now()
	if wrong := after(l); wrong != "" {
		return wrong
	}
	if took := time.Since(begun); took > time.Hour {
		return "took " + took.String()
	}
	return ""
}
