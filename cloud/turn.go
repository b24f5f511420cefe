package cloud

import (
	"context"
	"time"

	"vpclink/words"
)

// mostAtOnce is how many attempts of an account and region may be under way at once. It is far above what AWS's buckets
// let through in the tenth of a second that a call takes. What it bounds is memory: an attempt holds 32 KB of stack
// inside the SDK, and a lab of 1,000 VPCs has 5,000 things to ask for at the same moment.
const mostAtOnce = 100

// turn is a call's leave to make one attempt: a token, and a place among those under way.
type turn struct {
	given  time.Time     // when the token came
	waited time.Duration // for it and the place
	had    bool
}

// take waits for the call's turn, unless it has one that no attempt has used.
func (c *call) take(ctx context.Context) error {
	if c.turn.had {
		return nil
	}
	begun := time.Now()
	given, err := c.limiter.bucket(c.action).take(ctx)
	if err != nil {
		return words.Errorf("waiting for a request token: %w", err)
	}
	select {
	case c.underWay <- struct{}{}:
		c.turn = turn{given: given, waited: time.Since(begun), had: true}
		return nil
	case <-ctx.Done():
		return words.Errorf("waiting for other calls to end: %w", ctx.Err())
	}
}

// leave ends the call's turn, if it has one.
func (c *call) leave() {
	if c.turn.had {
		c.turn.had = false
		<-c.underWay
	}
}
