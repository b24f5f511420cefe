package ui

import (
	"time"

	"vpclink/words"
)

// tally is what a step's resources add up to, so that a picture of thousands costs little where nothing has happened.
type tally struct {
	finished, failed, blocked, waiting int

	ends     map[words.Text]int // the finished ones, by how they ended
	underway []*resource
	left     time.Duration // the longest way from the beginning of one that waits
	since    time.Time     // the first began; zero when none has
	until    time.Time     // the last was over
}

// tally adds up.
func (s *step) tally() *tally {
	if s.sum != nil {
		return s.sum
	}
	t := &tally{ends: map[words.Text]int{}}
	for _, r := range s.resources {
		t.add(r)
	}
	s.sum = t
	return t
}

func (t *tally) add(r *resource) {
	switch r.course {
	case waiting:
		t.waiting++
		t.left = max(t.left, r.left)
	case underway:
		t.underway = append(t.underway, r)
	case finished:
		t.finished++
		t.ends[r.end]++
	case failed:
		t.failed++
	case blocked:
		t.blocked++
	}
	if !r.since.IsZero() && (t.since.IsZero() || r.since.Before(t.since)) {
		t.since = r.since
	}
	if r.until.After(t.until) {
		t.until = r.until
	}
}

// took is how long the step has been going on, 0 when it has not begun.
func (t *tally) took(now time.Time) time.Duration {
	switch {
	case t.since.IsZero():
		return 0
	case len(t.underway)+t.waiting == 0:
		return t.until.Sub(t.since)
	}
	return now.Sub(t.since)
}

// total adds up the steps.
func (m *model) total() (t tally) {
	for _, s := range m.steps {
		sum := s.tally()
		t.finished += sum.finished
		t.failed += sum.failed
		t.blocked += sum.blocked
		t.waiting += sum.waiting
		t.underway = append(t.underway, sum.underway...)
		t.left = max(t.left, sum.left)
	}
	return t
}

// remaining is how long the run usually goes on from here, along the longest way that remains. What takes longer than
// usual is taken for just about ready: what follows it still has its whole time before it.
func (t *tally) remaining(now time.Time) time.Duration {
	left := t.left
	for _, r := range t.underway {
		left = max(left, r.left-now.Sub(r.since))
	}
	return max(left, 0)
}
