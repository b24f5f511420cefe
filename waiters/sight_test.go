package waiters

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
)

var peering = Life{
	Making: []string{"initiating-request", "provisioning"}, Ready: []string{"active"}, Leaving: []string{"deleting"},
	Gone: []string{"deleted"}, Failed: []string{"rejected"}, Stopped: []string{"stopped"}, Dead: []string{"failed", "expired"},
}

// look is what one look shows.
type look struct {
	seen []Sight
	err  error
}

func shows(states ...string) look {
	var l look
	for _, state := range states {
		l.seen = append(l.seen, Sight{ID: "pcx-1", State: state, Reason: "because"})
	}
	return l
}

func twin(state string) look { return look{seen: []Sight{{ID: "pcx-2", State: state}}} }

// passing is an error that says of itself that it passes, or does not.
type passing bool

func (p passing) Error() string   { return fmt.Sprintf("passing: %t", bool(p)) }
func (p passing) Transient() bool { return bool(p) }

type decision struct {
	name  string
	id    string // "pcx-1" when empty; "any" for none
	life  Life   // peering when it has no states
	looks []look
	after int // the number of the look that ends the wait, 0: none of them
	err   error
}

func (c decision) run(t *testing.T, decide func(Life, string) func([]Sight, error) (bool, error)) {
	t.Helper()
	id, life := "pcx-1", peering
	if c.id == "any" {
		id = ""
	}
	if c.life.Exists {
		life = c.life
	}
	see := decide(life, id)
	for i, l := range c.looks {
		over, err := see(l.seen, l.err)
		if ended := over || err != nil; ended != (c.after == i+1) {
			t.Fatalf("look %d should end the wait: %t; it said over %t, error %v", i+1, c.after == i+1, over, err)
		} else if !ended {
			continue
		}
		if over == (c.err != nil) {
			t.Errorf("a wait should end either well or with an error, not with over %t and error %v", over, err)
		}
		if diff := cmp.Diff(c.err, err, cmp.Comparer(func(a, b passing) bool { return a == b })); diff != "" {
			t.Errorf("the wait should end with this error (-wanted +got):\n%s", diff)
		}
		return
	}
}

func TestUp(t *testing.T) {
	unexpected := func(state string) error {
		return &UnexpectedError{ID: "pcx-1", State: state, Reason: "because", Wanted: []string{"active"}}
	}
	for _, c := range []decision{
		{name: "on the way, then ready", looks: []look{shows("initiating-request"), shows("provisioning"), shows("active")}, after: 3},
		{name: "hidden at first", looks: []look{shows(), shows(), shows(), shows("active")}, after: 4},
		{name: "seen, hidden again, ready", looks: []look{shows("provisioning"), shows(), shows("active")}, after: 3},
		{name: "ready, and something still to come", looks: []look{{seen: []Sight{{ID: "pcx-1", State: "active", Lacks: "its name"}}}, shows("active")}, after: 2},
		{name: "failed", looks: []look{shows("rejected")}, after: 1, err: unexpected("rejected")},
		{name: "stopped", looks: []look{shows("stopped")}, after: 1, err: unexpected("stopped")},
		{name: "somebody deletes it", looks: []look{shows("provisioning"), shows("deleting")}, after: 2, err: unexpected("deleting")},
		{name: "somebody has deleted it", looks: []look{shows("deleted")}, after: 1, err: unexpected("deleted")},
		{name: "as good as gone", looks: []look{shows("failed")}, after: 1, err: unexpected("failed")},
		{name: "a word nobody knows", looks: []look{shows("sulking")}, after: 1, err: unexpected("sulking")},
		{name: "ready in one of two sights", looks: []look{shows("deleted", "active")}, after: 1},
		{name: "a twin is not it", looks: []look{twin("active"), twin("deleted"), twin("sulking")}},
		{name: "any is ready", id: "any", looks: []look{twin("active")}, after: 1},
		{name: "any, with an old tombstone", id: "any", looks: []look{shows("deleted", "failed"), shows("deleted", "active")}, after: 2},
		{name: "any is failed", id: "any", looks: []look{shows("rejected")}, after: 1, err: unexpected("rejected")},
		{name: "a kind without states", life: Life{Exists: true}, looks: []look{shows(), shows("")}, after: 2},
		{name: "a look fails for good", looks: []look{{err: passing(false)}}, after: 1, err: passing(false)},
		{name: "a look fails for now", looks: []look{{err: passing(true)}, {err: passing(true)}, shows("active")}, after: 3},
	} {
		t.Run(c.name, func(t *testing.T) { c.run(t, Up) })
	}
}

func TestDown(t *testing.T) {
	unexpected := func(state string) error {
		return &UnexpectedError{ID: "pcx-1", State: state, Reason: "because", Wanted: []string{"deleted"}, Ours: "absent"}
	}
	for _, c := range []decision{
		{name: "a tombstone is gone at once", looks: []look{shows("deleting"), shows("deleted")}, after: 2},
		{name: "as good as gone", looks: []look{shows("failed")}, after: 1},
		{name: "absence needs two looks", looks: []look{shows(), shows()}, after: 2},
		{name: "two looks in a row", looks: []look{shows(), shows("deleting"), shows(), shows()}, after: 4},
		{name: "a failing look between is none", looks: []look{shows(), {err: passing(true)}, shows()}, after: 3},
		{name: "active once more", looks: []look{shows("deleting"), shows("active"), shows("deleting"), shows("deleted")}, after: 4},
		{name: "still on the way up", looks: []look{shows("provisioning"), shows("deleted")}, after: 2},
		{name: "failed and there", looks: []look{shows("rejected"), shows("rejected")}},
		{name: "stopped and there", looks: []look{shows("stopped"), shows("stopped")}},
		{name: "one sight gone, one not", looks: []look{shows("deleted", "active")}},
		{name: "a twin is not it", looks: []look{twin("active"), twin("active")}, after: 2},
		{name: "a word nobody knows", looks: []look{shows("sulking")}, after: 1, err: unexpected("sulking")},
		{name: "a look fails for good", looks: []look{{err: passing(false)}}, after: 1, err: passing(false)},
		{name: "a kind without states", life: Life{Exists: true}, looks: []look{shows(""), shows(), shows()}, after: 3},
	} {
		t.Run(c.name, func(t *testing.T) { c.run(t, Down) })
	}
}

func TestWhatTheEndOfTheTimeIsMadeOf(t *testing.T) {
	over := fmt.Errorf("%w: %w", ErrOver, context.DeadlineExceeded)
	for _, c := range []struct {
		name   string
		decide func(Life, string) func([]Sight, error) (bool, error)
		life   Life
		looks  []look
		want   TimeoutError
	}{
		{"never seen", Up, peering, []look{shows(), shows()}, TimeoutError{Wanted: []string{"active"}}},
		{"the last state", Up, peering, []look{shows("initiating-request"), shows("provisioning"), shows()}, TimeoutError{State: "provisioning", Reason: "because", Wanted: []string{"active"}}},
		{"the last error", Up, peering, []look{shows("provisioning"), {err: passing(true)}}, TimeoutError{State: "provisioning", Reason: "because", Wanted: []string{"active"}, Last: passing(true)}},
		{"an error that has passed", Up, peering, []look{{err: passing(true)}, shows("provisioning")}, TimeoutError{State: "provisioning", Reason: "because", Wanted: []string{"active"}}},
		{"no states", Up, Life{Exists: true}, nil, TimeoutError{Ours: "present"}},
		{"on the way down", Down, peering, []look{shows("deleting")}, TimeoutError{State: "deleting", Reason: "because", Wanted: []string{"deleted"}, Ours: "absent"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				see := c.decide(c.life, "pcx-1")
				for _, l := range c.looks {
					if over, err := see(l.seen, l.err); over || err != nil {
						t.Fatalf("the wait should go on, not end with over %t and error %v", over, err)
					}
				}
				<-time.After(time.Minute)
				_, err := see(nil, over)
				got, ok := errors.AsType[*TimeoutError](err)
				if !ok {
					t.Fatalf("the end of the time should make a TimeoutError, not %v", err)
				}
				c.want.ID, c.want.After = "pcx-1", time.Minute
				if diff := cmp.Diff(&c.want, got); diff != "" {
					t.Errorf("the TimeoutError should tell the last that was seen (-wanted +got):\n%s", diff)
				}
			})
		})
	}
}

// A look that took too long is no end of the wait, however alike the two errors are.
func TestASlowLookIsNotTheEnd(t *testing.T) {
	_, err := Up(peering, "pcx-1")(nil, context.DeadlineExceeded)
	if _, ok := errors.AsType[*TimeoutError](err); ok || !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("a look's own deadline should be handed back as it is, not as %v", err)
	}
}
