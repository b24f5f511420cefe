package waiters

import (
	"context"
	"errors"
	"time"

	"vpclink/words"
)

// Aim is what repeated calls are for: the ID of the thing and what the call is to bring about. It is for the error only.
type Aim struct {
	ID     string
	Wanted words.Text
}

// Repeat calls, at the pace, until the answer is something else than ErrNotYet, and returns that answer. When ctx's
// deadline passes first it returns a *TimeoutError that wraps the last answer, when ctx is canceled first ctx's error.
//
// An answer that came from the deadline itself is wrapped too, alone: whether such a call has taken effect is open, and
// earlier answers must not make it look refused (aws-facts §4.4).
func Repeat(ctx context.Context, pace Pace, aim Aim, call func(context.Context) error) error {
	begin := time.Now()
	for {
		err := call(ctx)
		cut := overdue(ctx) != nil && errors.Is(err, context.DeadlineExceeded)
		if !errors.Is(err, ErrNotYet) && !cut {
			return err
		}
		if pause(ctx, pace.Next(time.Since(begin))) == nil {
			continue
		}
		if overdue(ctx) == nil {
			return ctx.Err()
		}
		return &TimeoutError{ID: aim.ID, Ours: aim.Wanted, After: time.Since(begin), Last: err}
	}
}

// pause waits for d, or until ctx ends and then returns its error.
func pause(ctx context.Context, d time.Duration) error {
	if err := ctx.Err(); err != nil {
		return err // both may be due at once, and an end that came first must win
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
