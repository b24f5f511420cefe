package provision

import (
	"context"
	"errors"
	"time"

	"vpclink/steps"
	"vpclink/waiters"
	"vpclink/words"
)

// patient makes a call again and again as long as AWS answers "not yet", for at most limit from the first such answer.
// The time that the call itself waits for its turn does not count. It returns the last answer, a
// *waiters.TimeoutError when the limit is reached.
func (r *Runner) patient(ctx context.Context, limit time.Duration, aim waiters.Aim, call func(context.Context) error) error {
	var refused time.Time
	return waiters.Repeat(ctx, r.Pace, aim, func(ctx context.Context) error {
		err := call(ctx)
		switch {
		case !errors.Is(err, waiters.ErrNotYet):
			return err
		case refused.IsZero():
			refused = time.Now()
		case time.Since(refused) > limit:
			return &waiters.TimeoutError{ID: aim.ID, Ours: aim.Wanted, After: time.Since(refused), Refused: true, Last: answerOf(err)}
		}
		return err
	})
}

// answerOf takes the "not yet" off an error and leaves AWS's answer, so that it is not repeated any more.
func answerOf(err error) error {
	if later, ok := errors.AsType[*steps.NotYetError](err); ok {
		if later.Waiting != nil {
			return words.Errorf("%s: %w", later.Waiting, later.Err)
		}
		return later.Err
	}
	return err
}
