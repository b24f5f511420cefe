package waiters

import (
	"context"
	"slices"
	"sync"
	"time"
)

// Poller lets any number of waits share their looks: at each tick one look serves all who wait, so that a wait more
// costs no call more. One Poller serves one kind and parent. It keeps a goroutine only while somebody waits.
type Poller[T, O any] struct {
	look func(context.Context, []T) ([][]O, error)
	pace Pace

	mu    sync.Mutex // held for moments, never while waiting: a fake clock stands still for whoever waits on a mutex
	waits []*wait[T, O]
	round *round
	looks int
}

// wait is one call of Wait.
type wait[T, O any] struct {
	item       T
	begin, due time.Time
	busy       bool // still with its last answer, so not looked at
	shown      bool // in the last look
	answers    chan answer[O]
}

// answer is what one look said of one item.
type answer[O any] struct {
	seen []O
	err  error
}

// round is the time from the first who waits to the last who leaves.
type round struct {
	end     context.CancelFunc
	changed chan struct{} // holds one: the next tick is to be reckoned again
}

// NewPoller makes a Poller. look is given the items of all who wait and answers for each of them in their order, with
// an empty list for what it does not see. Its context ends when nobody waits any more, and carries the values of the
// context of whoever came first.
func NewPoller[T, O any](look func(ctx context.Context, items []T) ([][]O, error), pace Pace) *Poller[T, O] {
	return &Poller[T, O]{look: look, pace: pace}
}

// Looks returns how many looks have begun so far.
func (p *Poller[T, O]) Looks() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.looks
}

// Wait hands done what each look shows of the item, or the look's error, until done says that the wait is over; an
// error of done ends it with that error. The first look comes after the pace's first interval, since the caller has
// seen the answer of the call that made the thing.
//
// When ctx ends, only this wait ends, with ctx's error. If it was a deadline, done is asked a last time with an error
// that matches ErrOver, and an error that it returns then is returned instead: Up and Down make a *TimeoutError of it.
//
// The interval belongs to whoever has waited for the shortest time, and all others are looked at with it. When what was
// shown is not any more, the next look comes as soon as the pace allows: one look may hide what is there, and whoever
// waits for the end believes it only after the second.
func (p *Poller[T, O]) Wait(ctx context.Context, item T, done func(seen []O, err error) (bool, error)) error {
	now := time.Now()
	w := &wait[T, O]{item: item, begin: now, due: now.Add(p.pace.Next(0)), answers: make(chan answer[O], 1)}
	p.join(ctx, w)
	defer p.leave(w)
	for {
		select {
		case a := <-w.answers:
			if over, err := done(a.seen, a.err); over || err != nil {
				return err
			}
			p.again(w)
		case <-ctx.Done():
			return ended(ctx, w, done)
		}
	}
}

// ended returns what a wait ends with whose context has ended.
func ended[T, O any](ctx context.Context, w *wait[T, O], done func([]O, error) (bool, error)) error {
	select {
	case a := <-w.answers: // it came with the end, and still counts
		if over, err := done(a.seen, a.err); over || err != nil {
			return err
		}
	default:
	}
	if over := overdue(ctx); over != nil {
		if _, err := done(nil, over); err != nil {
			return err
		}
	}
	return ctx.Err()
}

func (p *Poller[T, O]) join(ctx context.Context, w *wait[T, O]) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.waits = append(p.waits, w)
	if p.round != nil {
		p.round.reckon()
		return
	}
	// Whoever comes first may leave before the others do, so the looks do not end with its context.
	looking, end := context.WithCancel(context.WithoutCancel(ctx))
	p.round = &round{end: end, changed: make(chan struct{}, 1)}
	go p.serve(looking, p.round.changed)
}

func (p *Poller[T, O]) leave(w *wait[T, O]) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.waits = slices.DeleteFunc(p.waits, func(other *wait[T, O]) bool { return other == w })
	if len(p.waits) == 0 {
		p.round.end()
		p.round = nil
		return
	}
	p.round.reckon()
}

// again says that w has thought about its last answer and waits for the next.
func (p *Poller[T, O]) again(w *wait[T, O]) {
	p.mu.Lock()
	defer p.mu.Unlock()
	w.busy = false
	p.round.reckon()
}

// reckon has the next tick reckoned again.
func (r *round) reckon() {
	select {
	case r.changed <- struct{}{}:
	default: // it will be anyway
	}
}
