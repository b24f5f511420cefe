package waiters

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
)

// sky is what the tests look at: it shows each item's own name once that item is ready, and writes down every look.
type sky struct {
	mu    sync.Mutex
	begin time.Time
	ready map[string]time.Duration // since begin; an item that is not named is never ready
	took  time.Duration            // how long a look takes
	log   []string
}

func (s *sky) look(ctx context.Context, items []string) ([][]string, error) {
	s.mu.Lock()
	now := time.Since(s.begin)
	s.log = append(s.log, fmt.Sprintf("%s %s", now, strings.Join(items, ",")))
	seen := make([][]string, len(items))
	for i, item := range items {
		if at, ok := s.ready[item]; ok && at <= now {
			seen[i] = []string{item}
		}
	}
	took := s.took
	s.mu.Unlock()
	if took == 0 {
		return seen, nil
	}
	return seen, pause(ctx, took)
}

// looks returns the looks so far.
func (s *sky) looks() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.log)
}

// there ends a wait when the item is seen, and complains when it is handed another item's answer.
func there(t *testing.T, item string) func([]string, error) (bool, error) {
	t.Helper()
	return func(seen []string, err error) (bool, error) {
		t.Helper()
		if len(seen) > 0 && seen[0] != item {
			t.Errorf("%s should be handed its own answer, not that of %s", item, seen[0])
		}
		return len(seen) > 0, err
	}
}

var everySecond = Pace{Least: time.Second}

// story runs f in a bubble with a poller of the sky.
func story(t *testing.T, s *sky, pace Pace, f func(t *testing.T, p *Poller[string, string])) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		s.begin = time.Now()
		f(t, NewPoller(s.look, pace))
	})
}

func wantLooks(t *testing.T, s *sky, want ...string) {
	t.Helper()
	if diff := cmp.Diff(want, s.looks()); diff != "" {
		t.Errorf("the looks should be these (-wanted +got):\n%s", diff)
	}
}

func TestTheFirstLookComesAfterTheFirstInterval(t *testing.T) {
	s := &sky{ready: map[string]time.Duration{"a": 0}}
	story(t, s, everySecond, func(t *testing.T, p *Poller[string, string]) {
		if err := p.Wait(t.Context(), "a", there(t, "a")); err != nil {
			t.Errorf("the wait should end well, not with %v", err)
		}
		wantLooks(t, s, "1s a")
	})
}

func TestAllWhoWaitShareTheLooks(t *testing.T) {
	s := &sky{ready: map[string]time.Duration{"a": 3 * time.Second, "b": 2 * time.Second, "c": 3 * time.Second}}
	story(t, s, everySecond, func(t *testing.T, p *Poller[string, string]) {
		var all sync.WaitGroup
		for i, item := range []string{"a", "b", "c"} {
			all.Go(func() {
				<-time.After(time.Duration(i) * 100 * time.Millisecond) // c comes last
				if err := p.Wait(t.Context(), item, there(t, item)); err != nil {
					t.Errorf("the wait for %s should end well, not with %v", item, err)
				}
			})
		}
		all.Wait()
		wantLooks(t, s, "1s a,b,c", "2s a,b,c", "3s a,c")
		if p.Looks() != 3 {
			t.Errorf("3 looks should be counted, not %d", p.Looks())
		}
	})
}

func TestWhoComesLaterIsNotKeptWaiting(t *testing.T) {
	s := &sky{ready: map[string]time.Duration{"old": 100 * time.Second, "new": 26 * time.Second}}
	slower := Pace{Least: time.Second, Most: time.Minute, Share: 1} // looks at 1, 2, 4, 8, 16, 32 … s
	story(t, s, slower, func(t *testing.T, p *Poller[string, string]) {
		var all sync.WaitGroup
		all.Go(func() { _ = p.Wait(t.Context(), "old", there(t, "old")) })
		<-time.After(20 * time.Second)
		if err := p.Wait(t.Context(), "new", there(t, "new")); err != nil {
			t.Errorf("the wait should end well, not with %v", err)
		}
		wantLooks(t, s, "1s old", "2s old", "4s old", "8s old", "16s old", "21s old,new", "22s old,new", "24s old,new", "28s old,new")
		all.Wait()
		wantLooks(t, s, append(s.looks()[:9], "56s old", "1m52s old")...)
	})
}

func TestTheEndOfOneWaitIsNotTheEndOfTheOthers(t *testing.T) {
	s := &sky{ready: map[string]time.Duration{"b": 5 * time.Second}}
	story(t, s, everySecond, func(t *testing.T, p *Poller[string, string]) {
		first, cancel := context.WithCancel(t.Context())
		var all sync.WaitGroup
		all.Go(func() {
			if err := p.Wait(first, "a", there(t, "a")); !errors.Is(err, context.Canceled) {
				t.Errorf("the wait whose context was canceled should say so, not end with %v", err)
			}
		})
		synctest.Wait() // a is first: the looks begin with its context, which is the one that ends
		all.Go(func() {
			if err := p.Wait(t.Context(), "b", there(t, "b")); err != nil {
				t.Errorf("the other wait should go on and end well, not with %v", err)
			}
		})
		<-time.After(2500 * time.Millisecond)
		cancel()
		all.Wait()
		wantLooks(t, s, "1s a,b", "2s a,b", "3s b", "4s b", "5s b")
	})
}

func TestALookEndsWhenNobodyWaitsAnyMore(t *testing.T) {
	s := &sky{took: time.Hour}
	story(t, s, everySecond, func(t *testing.T, p *Poller[string, string]) {
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
		defer cancel()
		if err := p.Wait(ctx, "a", there(t, "a")); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("the wait should end with its context, not with %v", err)
		}
		synctest.Wait()
		if took := time.Since(s.begin); took != 10*time.Second {
			t.Errorf("the look should end with the wait, after 10s, not after %s", took)
		}
		// The next one to wait begins afresh, and gets nothing of the look that was given up.
		s.mu.Lock()
		s.took, s.ready = 0, map[string]time.Duration{"a": 0}
		s.mu.Unlock()
		if err := p.Wait(t.Context(), "a", there(t, "a")); err != nil {
			t.Errorf("a later wait should end well, not with %v", err)
		}
		wantLooks(t, s, "1s a", "11s a")
	})
}

func TestIntervalsBeginWhenALookHasEnded(t *testing.T) {
	s := &sky{took: 5 * time.Second, ready: map[string]time.Duration{"a": 10 * time.Second}}
	story(t, s, everySecond, func(t *testing.T, p *Poller[string, string]) {
		_ = p.Wait(t.Context(), "a", there(t, "a"))
		wantLooks(t, s, "1s a", "7s a", "13s a")
	})
}

// Who thinks long about an answer neither keeps the others from theirs nor finds a stale one afterwards.
func TestWhoIsBusyIsNotLookedAt(t *testing.T) {
	s := &sky{ready: map[string]time.Duration{"quick": 3 * time.Second, "slow": 2 * time.Second}}
	story(t, s, everySecond, func(t *testing.T, p *Poller[string, string]) {
		var all sync.WaitGroup
		all.Go(func() { _ = p.Wait(t.Context(), "quick", there(t, "quick")) })
		<-time.After(time.Millisecond)
		all.Go(func() {
			_ = p.Wait(t.Context(), "slow", func(seen []string, err error) (bool, error) {
				<-time.After(2500 * time.Millisecond)
				return there(t, "slow")(seen, err)
			})
		})
		all.Wait()
		wantLooks(t, s, "1s quick,slow", "2s quick", "3s quick", "3.5s slow")
	})
}

func TestWhatGoesWrongInALookIsTold(t *testing.T) {
	broken := errors.New("no route to host")
	for _, c := range []struct {
		name string
		look func(context.Context, []string) ([][]string, error)
		want string
	}{
		{"an error", func(context.Context, []string) ([][]string, error) { return nil, broken }, "no route to host"},
		{"a panic", func(context.Context, []string) ([][]string, error) { panic("oops") }, "looking panicked: oops"},
		{"an answer left out", func(context.Context, []string) ([][]string, error) { return make([][]string, 1), nil }, "a look at 2 things answered for 1"},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				p := NewPoller(c.look, everySecond)
				var all sync.WaitGroup
				for _, item := range []string{"a", "b"} {
					all.Go(func() {
						err := p.Wait(t.Context(), item, func(_ []string, err error) (bool, error) { return false, err })
						if err == nil || !strings.Contains(err.Error(), c.want) {
							t.Errorf("%s should be told %q, not %v", item, c.want, err)
						}
					})
				}
				all.Wait()
			})
		})
	}
}

func TestAWaitGoesOnAfterAFailedLook(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		looks := 0
		p := NewPoller(func(context.Context, []string) ([][]string, error) {
			if looks++; looks < 3 {
				panic("oops")
			}
			return [][]string{{"a"}}, nil
		}, everySecond)
		err := p.Wait(t.Context(), "a", func(seen []string, _ error) (bool, error) { return len(seen) > 0, nil })
		if err != nil || looks != 3 {
			t.Errorf("the wait should end well after 3 looks, not with %v after %d", err, looks)
		}
	})
}

func TestHowAWaitEndsWithItsContext(t *testing.T) {
	mine := errors.New("mine")
	for _, c := range []struct {
		name     string
		canceled bool
		atTheEnd error // what done says when it is asked a last time
		want     error
		asked    bool
	}{
		{name: "a deadline", want: context.DeadlineExceeded, asked: true},
		{name: "a deadline that done has words for", atTheEnd: mine, want: mine, asked: true},
		{name: "canceled, which done is not asked about", canceled: true, atTheEnd: mine, want: context.Canceled},
	} {
		t.Run(c.name, func(t *testing.T) {
			story(t, &sky{}, everySecond, func(t *testing.T, p *Poller[string, string]) {
				ctx, cancel := context.WithTimeout(t.Context(), 1500*time.Millisecond)
				defer cancel()
				if c.canceled {
					time.AfterFunc(1200*time.Millisecond, cancel)
				}
				asked := false
				err := p.Wait(ctx, "a", func(_ []string, err error) (bool, error) {
					if errors.Is(err, ErrOver) {
						asked = true
						return false, c.atTheEnd
					}
					return false, err
				})
				if !errors.Is(err, c.want) || asked != c.asked {
					t.Errorf("it should end with %v (done asked: %t), not with %v (asked: %t)", c.want, c.asked, err, asked)
				}
			})
		})
	}
}

// An answer is not lost because the time ended while done was thinking about the one before.
func TestAnAnswerThatCameWithTheEndCounts(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		w := &wait[string, string]{answers: make(chan answer[string], 1)}
		w.answers <- answer[string]{seen: []string{"a"}}
		if err := ended(ctx, w, there(t, "a")); err != nil {
			t.Errorf("the wait should end well, since it is there, not with %v", err)
		}
	})
}

// The whole of it: a thing is waited for, up and down, by the decisions of this package.
func TestUpAndDownOnAPoller(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		begin := time.Now()
		p := NewPoller(func(_ context.Context, items []string) ([][]Sight, error) {
			state := "initiating-request"
			if time.Since(begin) > 20*time.Second {
				state = "active"
			}
			return [][]Sight{{{ID: items[0], State: state}}}, nil
		}, DefaultPace(1))
		if err := p.Wait(t.Context(), "pcx-1", Up(peering, "pcx-1")); err != nil {
			t.Errorf("it should come up, not end with %v", err)
		}
		if took := time.Since(begin); took > 20500*time.Millisecond {
			t.Errorf("what is active after 20s should be known half a second later, not after %s", took)
		}
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
		defer cancel()
		err := p.Wait(ctx, "pcx-1", Down(peering, "pcx-1"))
		want := &TimeoutError{ID: "pcx-1", State: "active", Wanted: []string{"deleted"}, Ours: "absent", After: 5 * time.Minute}
		got, _ := errors.AsType[*TimeoutError](err)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("what never goes should end in a TimeoutError (-wanted +got):\n%s", diff)
		}
	})
}

// Whatever the pace has come to, what is not shown any more is looked at again at once, and only once.
func TestWhatVanishesIsSoonLookedAtAgain(t *testing.T) {
	s := &sky{ready: map[string]time.Duration{}}
	gone := map[string]bool{}
	synctest.Test(t, func(t *testing.T) {
		s.begin = time.Now()
		p := NewPoller(func(ctx context.Context, items []string) ([][]string, error) {
			seen, err := s.look(ctx, items)
			if !gone["a"] {
				seen[0] = []string{"a"}
			}
			return seen, err
		}, Pace{Least: time.Second, Most: time.Minute, Share: 1})
		absent := 0
		if err := p.Wait(t.Context(), "a", func(seen []string, err error) (bool, error) {
			gone["a"] = time.Since(s.begin) >= 6*time.Second // shown for the last time after 8 s
			if len(seen) == 0 {
				absent++
			}
			return absent == 3, err
		}); err != nil {
			t.Fatal(err)
		}
	})
	wantLooks(t, s, "1s a", "2s a", "4s a", "8s a", "16s a", "17s a", "34s a")
}
