package waiters

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	gocmp "github.com/google/go-cmp/cmp"
)

func TestRepeat(t *testing.T) {
	refused := errors.New("AccessDenied")
	notYet := fmt.Errorf("IncorrectState: %w", ErrNotYet)
	aim := Aim{ID: "tgw-1", Wanted: "deleted"}
	for _, c := range []struct {
		name    string
		answers []error // the last one again and again
		limit   time.Duration
		cancel  time.Duration
		want    error
		calls   int
		took    time.Duration
	}{
		{name: "done at once", answers: []error{nil}, calls: 1},
		{name: "refused at once", answers: []error{refused}, want: refused, calls: 1},
		{name: "done at the third call", answers: []error{notYet, notYet, nil}, calls: 3, took: 2 * time.Second},
		{name: "refused in the end", answers: []error{notYet, refused}, want: refused, calls: 2, took: time.Second},
		{
			name: "never", answers: []error{notYet}, limit: 3500 * time.Millisecond, calls: 4, took: 3500 * time.Millisecond,
			want: &TimeoutError{ID: "tgw-1", Ours: "deleted", After: 3500 * time.Millisecond, Last: notYet},
		},
		{name: "canceled", answers: []error{notYet}, cancel: 1500 * time.Millisecond, want: context.Canceled, calls: 2, took: 1500 * time.Millisecond},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := context.WithTimeout(t.Context(), cmp.Or(c.limit, time.Hour))
				defer cancel()
				time.AfterFunc(cmp.Or(c.cancel, time.Hour), cancel)
				begin, calls := time.Now(), 0
				err := Repeat(ctx, Pace{Least: time.Second}, aim, func(context.Context) error {
					calls++
					return c.answers[min(calls, len(c.answers))-1]
				})
				if diff := gocmp.Diff(fmt.Sprintf("%T: %v", c.want, c.want), fmt.Sprintf("%T: %v", err, err)); diff != "" {
					t.Errorf("the calls should end with (-wanted +got):\n%s", diff)
				}
				if took := time.Since(begin); calls != c.calls || took != c.took {
					t.Errorf("there should be %d calls in %s, not %d in %s", c.calls, c.took, calls, took)
				}
			})
		})
	}
}

// Whether a call has taken effect that was under way when the time ended is open. The error must not look like the
// refusals before it.
func TestACallThatTheDeadlineCutsOffStandsAlone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 90*time.Second)
		defer cancel()
		calls := 0
		err := Repeat(ctx, Pace{Least: time.Minute}, Aim{ID: "tgw-1"}, func(ctx context.Context) error {
			if calls++; calls == 1 {
				return ErrNotYet
			}
			<-ctx.Done()
			return fmt.Errorf("sending: %w", ctx.Err())
		})
		if late, ok := errors.AsType[*TimeoutError](err); !ok || late.After != 90*time.Second {
			t.Errorf("the end of the time should make a TimeoutError after 1m30s, not %v", err)
		}
		if !errors.Is(err, context.DeadlineExceeded) || errors.Is(err, ErrNotYet) {
			t.Errorf("the error should wrap the call that was cut off and nothing before it, not be %v", err)
		}
	})
}
