package cloud

import (
	"context"
	"time"

	"golang.org/x/time/rate"
)

// ticket is one call that waits for a token.
type ticket struct {
	remaining time.Duration
	number    int // in order of asking
	index     int // in the queue
	turn      chan struct{}
}

// call tells the ticket that it may be first now.
func (t *ticket) call() {
	select {
	case t.turn <- struct{}{}:
	default: // told already
	}
}

// rest waits until it is t's turn, for d at most; it returns ctx's error when ctx ends before.
func (t *ticket) rest(ctx context.Context, d time.Duration) error {
	var after <-chan time.Time
	if d != rate.InfDuration {
		timer := time.NewTimer(d)
		defer timer.Stop()
		after = timer.C
	}
	select {
	case <-after:
		return nil
	case <-t.turn:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// queue is a heap (container/heap): the longest remaining way first, first come, first served among equals.
type queue []*ticket

func (q queue) Len() int { return len(q) }

func (q queue) Less(i, j int) bool {
	if q[i].remaining != q[j].remaining {
		return q[i].remaining > q[j].remaining
	}
	return q[i].number < q[j].number
}

func (q queue) Swap(i, j int) {
	q[i], q[j] = q[j], q[i]
	q[i].index, q[j].index = i, j
}

// Push is heap.Interface's.
func (q *queue) Push(x any) {
	t := x.(*ticket)
	t.index = len(*q)
	*q = append(*q, t)
}

// Pop is heap.Interface's.
func (q *queue) Pop() any {
	last := len(*q) - 1
	t := (*q)[last]
	(*q)[last] = nil
	*q = (*q)[:last]
	return t
}
