package waiters

import (
	"context"
	"runtime/debug"
	"time"

	"vpclink/words"
)

// serve looks at every tick until ctx ends.
func (p *Poller[T, O]) serve(ctx context.Context, changed <-chan struct{}) {
	for ctx.Err() == nil {
		var tick <-chan time.Time
		stop := func() bool { return false }
		if due, some := p.nextDue(); some {
			timer := time.NewTimer(time.Until(due))
			tick, stop = timer.C, timer.Stop
		}
		select {
		case <-ctx.Done():
		case <-changed:
		case <-tick:
			p.tick(ctx)
		}
		stop()
	}
}

// nextDue returns when the first of those who wait is to be looked at, false when all are busy.
func (p *Poller[T, O]) nextDue() (due time.Time, some bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, w := range p.waits {
		if !w.busy && (!some || w.due.Before(due)) {
			due, some = w.due, true
		}
	}
	return due, some
}

// tick looks once and hands out the answers. Intervals begin when the look has ended: slow answers are a sign that
// more looks would not help.
func (p *Poller[T, O]) tick(ctx context.Context) {
	waits, items := p.idle()
	if len(waits) == 0 {
		return
	}
	seen, err := p.see(ctx, items)
	p.mu.Lock()
	defer p.mu.Unlock()
	now := time.Now()
	for i, w := range waits {
		w.busy, w.due = true, now.Add(p.pace.Next(now.Sub(w.begin)))
		a := answer[O]{err: err}
		if err == nil {
			a.seen = seen[i]
			if vanished := w.shown && len(a.seen) == 0; vanished {
				w.due = now.Add(p.pace.Next(0))
			}
			w.shown = len(a.seen) > 0
		}
		w.answers <- a // has room, since w was not busy
	}
}

// idle returns all who wait for an answer, and counts the look they are going to get.
func (p *Poller[T, O]) idle() (waits []*wait[T, O], items []T) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, w := range p.waits {
		if !w.busy {
			waits, items = append(waits, w), append(items, w.item)
		}
	}
	if len(waits) > 0 {
		p.looks++
	}
	return waits, items
}

// see looks, and makes an error of a panic and of an answer that leaves items out: else the wrong ones would wait on.
func (p *Poller[T, O]) see(ctx context.Context, items []T) (seen [][]O, err error) {
	defer func() {
		if r := recover(); r != nil {
			seen, err = nil, words.Errorf("looking panicked: %v\n%s", r, debug.Stack())
		}
	}()
	seen, err = p.look(ctx, items)
	if err == nil && len(seen) != len(items) {
		return nil, words.Errorf("a look at %d things answered for %d", len(items), len(seen))
	}
	return seen, err
}
