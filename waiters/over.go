package waiters

import (
	"context"
	"errors"

	"vpclink/words"
)

// ErrOver says that the time for a wait is over. It is what tells the end of the wait from a look that took too long,
// which is a context.DeadlineExceeded as well.
var ErrOver = words.New("the time for waiting is over")

// overdue returns an error that matches ErrOver and ctx's error when ctx's deadline has passed, else nil. One that was
// canceled is not overdue: somebody wanted it to end.
func overdue(ctx context.Context) error {
	if !errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return nil
	}
	return words.Errorf("%w: %w", ErrOver, ctx.Err())
}
