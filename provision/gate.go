package provision

import (
	"context"
	"sync"
)

// gates lets a run through one step number after the other, each when whoever watches says so.
type gates struct {
	open func(ctx context.Context, number string) error
	mu   sync.Mutex
	each map[string]func() error
}

// pass waits until the gate of a number is open. It is asked for once, however many pass; an error keeps it shut.
func (g *gates) pass(ctx context.Context, number string) error {
	if g.open == nil {
		return nil
	}
	g.mu.Lock()
	if g.each == nil {
		g.each = map[string]func() error{}
	}
	if g.each[number] == nil {
		g.each[number] = sync.OnceValue(func() error { return g.open(ctx, number) })
	}
	gate := g.each[number]
	g.mu.Unlock()
	return gate()
}

// PauseBetween has the run go one number after the other, and asks gate before each.
func (r *Runner) PauseBetween(gate func(ctx context.Context, number string) error) {
	r.Order, r.gates.open = ByStep, gate
}
