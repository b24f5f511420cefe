package cloud

import (
	"container/heap"
	"context"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// bucket is our picture of one of AWS's token buckets, and the queue before it.
type bucket struct {
	mu     sync.Mutex
	tokens *rate.Limiter
	full   rate.Limit    // AWS's refill; the limiter's own is lower after a refusal
	quiet  time.Duration // how long without a refusal until the refill doubles again
	slowed time.Time     // the last time the refill was halved
	healed time.Time     // from when the next quiet while counts
	queue  queue
	asked  int // number of the next one to ask, for first come, first served
}

const (
	// Our refill is a little below AWS's: the two clocks round differently, and a call that comes a hair too early is
	// refused, which costs more than this.
	margin = 0.99
	// However often AWS refuses, the refill falls no lower than this part of its own.
	slowest = 1.0 / 8
	// A quiet while lasts this long, and at least as many tokens.
	quietTime, quietTokens = 5 * time.Second, 5
)

func newBucket(a allowance, speed float64) *bucket {
	full := a.refill * speed * margin
	quiet := max(float64(quietTime)/speed, quietTokens/full*float64(time.Second))
	return &bucket{
		tokens: rate.NewLimiter(rate.Limit(full), a.capacity),
		full:   rate.Limit(full),
		quiet:  time.Duration(quiet),
	}
}

// take waits for a token and returns when it was given. It returns ctx's error, and takes none, when ctx ends first.
func (b *bucket) take(ctx context.Context) (time.Time, error) {
	t := b.enter(remaining(ctx))
	for {
		if err := ctx.Err(); err != nil {
			b.leave(t)
			return time.Time{}, err
		}
		given, wait := b.serve(t)
		if wait == 0 {
			return given, nil
		}
		if err := t.rest(ctx, wait); err != nil {
			b.leave(t)
			return time.Time{}, err
		}
	}
}

func (b *bucket) enter(remaining time.Duration) *ticket {
	b.mu.Lock()
	defer b.mu.Unlock()
	t := &ticket{remaining: remaining, number: b.asked, turn: make(chan struct{}, 1)}
	b.asked++
	heap.Push(&b.queue, t)
	return t
}

// serve gives t a token when it is first in the queue and there is one. Otherwise it says how long to wait, forever
// when t is not first. It leaves the token in the bucket until then, so that a longer way can still come first.
func (b *bucket) serve(t *ticket) (given time.Time, wait time.Duration) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.queue[0] != t {
		return time.Time{}, rate.InfDuration
	}
	now := time.Now()
	b.heal(now)
	token := b.tokens.ReserveN(now, 1)
	if wait = token.DelayFrom(now); wait > 0 {
		token.CancelAt(now)
		if b.tokens.Limit() < b.full {
			wait = min(wait, b.healed.Add(b.quiet).Sub(now)) // it will flow faster from then on
		}
		return time.Time{}, wait
	}
	b.remove(t)
	return now, 0
}

func (b *bucket) leave(t *ticket) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.remove(t)
}

// remove takes t out and tells the one that is first now. The lock is held.
func (b *bucket) remove(t *ticket) {
	heap.Remove(&b.queue, t.index)
	if len(b.queue) > 0 {
		b.queue[0].call()
	}
}

// refused notes that AWS refused a call whose token was given then. Its bucket is emptier than we thought, as others
// in the account draw on it too: ours is emptied, and its refill halved. Calls that were under way together count as
// one refusal, for they say one thing.
func (b *bucket) refused(given time.Time) {
	b.mu.Lock()
	defer b.mu.Unlock()
	now := time.Now()
	b.heal(now)
	if left := int(b.tokens.TokensAt(now)); left > 0 {
		b.tokens.AllowN(now, left)
	}
	b.healed = now
	if !given.After(b.slowed) {
		return
	}
	b.slowed = now
	b.tokens.SetLimitAt(now, max(b.tokens.Limit()/2, b.full*slowest))
}

// heal doubles the refill for every quiet while since the last refusal, up to AWS's own. The lock is held.
func (b *bucket) heal(now time.Time) {
	for limit := b.tokens.Limit(); limit < b.full && now.Sub(b.healed) >= b.quiet; {
		b.healed = b.healed.Add(b.quiet)
		limit = min(limit*2, b.full)
		// As of that moment, so that what flowed in before it did so at the lower rate.
		b.tokens.SetLimitAt(b.healed, limit)
	}
}
