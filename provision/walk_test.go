package provision

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"vpclink/state"
)

// diamond is d after b and c, which are after a.
var diamond = []node{
	{key: "0/k/a"},
	{key: "0/k/b", needs: []state.Key{"0/k/a"}},
	{key: "0/k/c", needs: []state.Key{"0/k/a"}},
	{key: "0/k/d", needs: []state.Key{"0/k/b", "0/k/c", "0/k/elsewhere"}},
}

func TestANodeBeginsTheMomentItsNeedsAreDone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		takes := map[state.Key]time.Duration{"0/k/a": time.Second, "0/k/b": 2 * time.Second, "0/k/c": 5 * time.Second, "0/k/d": time.Second}
		begun := map[state.Key]time.Duration{}
		var mu sync.Mutex
		start := time.Now()
		errs := walk(t.Context(), diamond, func(_ context.Context, key state.Key) error {
			mu.Lock()
			begun[key] = time.Since(start)
			mu.Unlock()
			<-time.After(takes[key])
			return nil
		})
		if len(errs) > 0 {
			t.Errorf("nothing failed, yet walk says %v", errs)
		}
		want := map[state.Key]time.Duration{"0/k/a": 0, "0/k/b": time.Second, "0/k/c": time.Second, "0/k/d": 6 * time.Second}
		if diff := cmp.Diff(want, begun); diff != "" {
			t.Errorf("each node begins when the last it needs is done (-want +got):\n%s", diff)
		}
	})
}

func TestAFailureBlocksOnlyWhatNeedsIt(t *testing.T) {
	broken := errors.New("broken")
	var done []state.Key
	errs := walk(t.Context(), diamond[:4:4], func(_ context.Context, key state.Key) error {
		if key == "0/k/b" {
			return broken
		}
		done = append(done, key)
		return nil
	})
	slices.Sort(done)
	if diff := cmp.Diff([]state.Key{"0/k/a", "0/k/c"}, done); diff != "" {
		t.Errorf("a and c do not need b (-want +got):\n%s", diff)
	}
	var blocked *BlockedError
	if !errors.Is(errs["0/k/b"], broken) || !errors.As(errs["0/k/d"], &blocked) || blocked.By != "0/k/b" {
		t.Errorf("b failed and blocks d, got %v", errs)
	}
}

func TestAfterTheEndNothingNewBeginsAndWhatRunsEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(time.Second, cancel)
		finished := false
		errs := walk(ctx, diamond, func(context.Context, state.Key) error {
			<-time.After(3 * time.Second) // a call under way is not broken off
			finished = true
			return nil
		})
		if !finished {
			t.Error("a had begun and must be let finish")
		}
		for _, key := range []state.Key{"0/k/b", "0/k/c", "0/k/d"} {
			if !errors.Is(errs[key], errEnded) {
				t.Errorf("%s must not begin after the end, got %v", key, errs[key])
			}
		}
	})
}

func TestReversedAndRemaining(t *testing.T) {
	back := reversed(diamond)
	want := []node{
		{"0/k/a", []state.Key{"0/k/b", "0/k/c"}}, {"0/k/b", []state.Key{"0/k/d"}}, {"0/k/c", []state.Key{"0/k/d"}}, {key: "0/k/d"},
	}
	if diff := cmp.Diff(want, back, cmp.AllowUnexported(node{})); diff != "" {
		t.Errorf("the edges turn round (-want +got):\n%s", diff)
	}
	takes := map[state.Key]time.Duration{"0/k/a": 1, "0/k/b": 10, "0/k/c": 100, "0/k/d": 1000}
	left := remaining(diamond, func(k state.Key) time.Duration { return takes[k] })
	if diff := cmp.Diff(map[state.Key]time.Duration{"0/k/a": 1101, "0/k/b": 1010, "0/k/c": 1100, "0/k/d": 1000}, left); diff != "" {
		t.Errorf("the longest way to the end (-want +got):\n%s", diff)
	}
}

func TestOrders(t *testing.T) {
	nodes := []node{{key: "1.4.10/k/z"}, {key: "1.4.9/k/y"}, {key: "0/k/a"}, {key: "0/k/b"}}
	byStep := (&Runner{Config: Config{Order: ByStep}}).inOrder(nodes)
	if got, want := fmt.Sprint(byStep), "[{0/k/a []} {0/k/b []} {1.4.9/k/y [0/k/a 0/k/b]} {1.4.10/k/z [1.4.9/k/y]}]"; got != want {
		t.Errorf("one number after the other: got %s, want %s", got, want)
	}
	oneByOne := (&Runner{Config: Config{Order: OneByOne}}).inOrder(nodes)
	if got, want := fmt.Sprint(oneByOne), "[{0/k/a []} {0/k/b [0/k/a]} {1.4.9/k/y [0/k/b]} {1.4.10/k/z [1.4.9/k/y]}]"; got != want {
		t.Errorf("one resource after the other: got %s, want %s", got, want)
	}
}
