package cloud

import (
	"context"
	"errors"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
)

// taker takes tokens and notes who got one, and when.
type taker struct {
	b     *bucket
	began time.Time
	mu    sync.Mutex
	order []string
	at    []time.Duration
	wg    sync.WaitGroup
}

func newTaker(a allowance, speed float64) *taker {
	return &taker{b: newBucket(a, speed), began: time.Now()}
}

// ask takes a token in the background and returns once the asker waits or has it.
func (k *taker) ask(ctx context.Context, name string) {
	k.wg.Go(func() {
		if _, err := k.b.take(ctx); err != nil {
			return
		}
		k.mu.Lock()
		defer k.mu.Unlock()
		k.order = append(k.order, name)
		k.at = append(k.at, time.Since(k.began).Round(100*time.Millisecond))
	})
	synctest.Wait()
}

func TestTheLongestWayGoesFirst(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		k := newTaker(allowance{1, 1}, 1)
		k.ask(t.Context(), "the one before")
		for _, way := range []struct {
			name string
			left time.Duration
		}{{"short", time.Second}, {"long", time.Hour}, {"second short", time.Second}, {"second long", time.Hour}} {
			k.ask(WithRemaining(t.Context(), way.left), way.name)
		}
		k.ask(t.Context(), "without a note")
		// The head of the queue waits already; a longer way still comes before it.
		<-time.After(500 * time.Millisecond)
		k.ask(WithRemaining(t.Context(), 2*time.Hour), "late, but longest")
		k.wg.Wait()
		want := []string{"the one before", "late, but longest", "long", "second long", "short", "second short", "without a note"}
		if diff := cmp.Diff(want, k.order); diff != "" {
			t.Errorf("want the longest way first, and who asked first among equals (-want +got):\n%s", diff)
		}
	})
}

func TestRatesFollowTheTargetsSpeed(t *testing.T) {
	for _, test := range []struct {
		name  string
		speed float64
		want  []time.Duration
	}{
		{"AWS", 1, []time.Duration{0, 0, 0, 0, 3400 * time.Millisecond, 6700 * time.Millisecond, 10100 * time.Millisecond}},
		{"ten times as fast", 10, []time.Duration{0, 0, 0, 0, 300 * time.Millisecond, 700 * time.Millisecond, 1000 * time.Millisecond}},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				k := newTaker(allowanceOf("CreateVpcEndpoint"), test.speed)
				for range test.want {
					k.ask(t.Context(), "one")
				}
				k.wg.Wait()
				if diff := cmp.Diff(test.want, k.at); diff != "" {
					t.Errorf("want four at once, then one each 3.3 s of the target's time (-want +got):\n%s", diff)
				}
			})
		})
	}
}

func TestWhoGivesUpLeavesTheQueue(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		k := newTaker(allowance{1, 1}, 1)
		k.ask(t.Context(), "the one before")
		impatient, cancel := context.WithTimeout(WithRemaining(t.Context(), time.Hour), 300*time.Millisecond)
		defer cancel()
		k.ask(impatient, "first in the queue, gives up")
		k.ask(t.Context(), "behind it")
		k.wg.Wait()
		if diff := cmp.Diff([]string{"the one before", "behind it"}, k.order); diff != "" {
			t.Errorf("want the one who gave up to be left out (-want +got):\n%s", diff)
		}
		if diff := cmp.Diff([]time.Duration{0, time.Second}, k.at); diff != "" {
			t.Errorf("want no token lost to the one who gave up (-want +got):\n%s", diff)
		}
		if _, err := k.b.take(impatient); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("want the end of ctx for whoever asks after it, got %v", err)
		}
	})
}

// refuse has AWS refuse whoever asks next.
func (k *taker) refuse(ctx context.Context, t *testing.T) {
	t.Helper()
	given, err := k.b.take(ctx)
	if err != nil {
		t.Fatalf("taking a token: want one, got %v", err)
	}
	k.b.refused(given)
}

func TestARefusalSlowsTheBucket(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		k := newTaker(allowance{50, 5}, 1)
		k.refuse(t.Context(), t)
		for range 4 {
			k.ask(t.Context(), "one")
		}
		k.wg.Wait()
		// Nothing is left at once; then half of 5 a second.
		want := []time.Duration{400 * time.Millisecond, 800 * time.Millisecond, 1200 * time.Millisecond, 1600 * time.Millisecond}
		if diff := cmp.Diff(want, k.at); diff != "" {
			t.Errorf("want half the rate after a refusal (-want +got):\n%s", diff)
		}
	})
}

func TestTheRateComesBackInQuietWhiles(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		k := newTaker(allowance{50, 5}, 1)
		part := func() float64 { return float64(k.b.tokens.Limit() / k.b.full) }
		var got []float64
		for range 5 { // refusals, one after the other
			k.refuse(t.Context(), t)
			got = append(got, part())
		}
		for range 4 {
			<-time.After(k.b.quiet)
			k.ask(t.Context(), "one")
			got = append(got, part())
		}
		k.wg.Wait()
		want := []float64{1. / 2, 1. / 4, 1. / 8, 1. / 8, 1. / 8, 1. / 4, 1. / 2, 1, 1}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("want the rate halved by each refusal down to an eighth, and doubled by each quiet while (-want +got):\n%s", diff)
		}
	})
}

// At an eighth of 0.3 a second a token takes 27 s; the quiet while is over before, and the rest flows twice as fast.
func TestWhoWaitsAtALowRateSeesItComeBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		k := newTaker(allowanceOf("CreateVpcEndpoint"), 1)
		for range 3 {
			k.refuse(t.Context(), t)
		}
		k.began = time.Now()
		k.ask(t.Context(), "one")
		k.wg.Wait()
		if diff := cmp.Diff([]time.Duration{21900 * time.Millisecond}, k.at); diff != "" {
			t.Errorf("want the token after 16.8 s at 0.037 a second and 5.1 s at twice that (-want +got):\n%s", diff)
		}
	})
}

func TestRefusalsTogetherCountOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		k := newTaker(allowance{50, 5}, 1)
		var given []time.Time
		for range 10 {
			at, err := k.b.take(t.Context())
			if err != nil {
				t.Fatalf("taking a token: want one, got %v", err)
			}
			given = append(given, at)
		}
		for _, at := range given {
			<-time.After(time.Millisecond)
			k.b.refused(at)
		}
		if got := k.b.tokens.Limit() / k.b.full; got != 0.5 {
			t.Errorf("want ten calls that were under way together to halve the rate once, it is at %v of its own", got)
		}
	})
}
