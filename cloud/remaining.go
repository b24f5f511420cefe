package cloud

import (
	"context"
	"time"
)

type remainingKey struct{}

// WithRemaining notes in ctx how long the way from this call to the end of the plan is. When request tokens are scarce
// the call with the longest way goes first; a call without a note has 0 and goes last.
func WithRemaining(ctx context.Context, d time.Duration) context.Context {
	return context.WithValue(ctx, remainingKey{}, d)
}

func remaining(ctx context.Context) time.Duration {
	d, _ := ctx.Value(remainingKey{}).(time.Duration)
	return d
}
