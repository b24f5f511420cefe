package steps

import (
	"context"
	"encoding/json"

	"vpclink/state"
	"vpclink/waiters"
	"vpclink/words"
)

// typed is what a kind's file writes: a Kind whose settings are its own struct S.
type typed[S any] interface {
	life() waiters.Life
	observe(context.Context, Env, []want[S]) ([]Observation, error)
	create(context.Context, Env, want[S]) (Observation, error)
	remove(context.Context, Env, want[S]) error
}

// want is a record with its settings read.
type want[S any] struct {
	state.Record
	set S
}

// adapted turns a typed kind into a Kind, once and for all kinds.
type adapted[S any] struct{ typed[S] }

var _ Kind = adapted[struct{}]{}

func read[S any](rec state.Record) (want[S], error) {
	w := want[S]{Record: rec}
	if len(rec.Settings) == 0 {
		return w, nil
	}
	if err := json.Unmarshal(rec.Settings, &w.set); err != nil {
		return w, words.Errorf("reading the settings of %s: %w: %w", rec.Key, errUnfit, err)
	}
	return w, nil
}

func (a adapted[S]) Life() waiters.Life { return a.life() }

func (a adapted[S]) Observe(ctx context.Context, env Env, recs []state.Record) ([]Observation, error) {
	wants := make([]want[S], 0, len(recs))
	for _, rec := range recs {
		w, err := read[S](rec)
		if err != nil {
			return nil, err
		}
		wants = append(wants, w)
	}
	if len(wants) == 0 {
		return nil, nil
	}
	return a.observe(ctx, env, wants)
}

func (a adapted[S]) Create(ctx context.Context, env Env, rec state.Record) (Observation, error) {
	w, err := read[S](rec)
	if err != nil {
		return Observation{}, err
	}
	if id := existingOf(w.set); id != "" {
		return Observation{}, words.Errorf("%s is to be used, not made: %w", id, errUnfit)
	}
	seen, err := a.create(ctx, env, w)
	if err == nil && seen.ID == "" { // nothing could be done with it, and it would be lost
		err = words.Errorf("making %s: no ID: %w", rec.Key, errUnanswered)
	}
	seen.Key, seen.Ours = rec.Key, true
	return seen, err
}

func (a adapted[S]) Delete(ctx context.Context, env Env, rec state.Record) error {
	w, err := read[S](rec)
	if err != nil {
		return err
	}
	return a.remove(ctx, env, w)
}

// marked is an adapted kind that is known by its tags alone.
type marked[S any] struct{ adapted[S] }

var _ Tagged = marked[struct{}]{}

// Tagged marks the kind.
func (marked[S]) Tagged() {}

// late is a fixed kind whose Out comes late.
type late[S any] struct{ fixed[S] }

var _ Late = late[struct{}]{}

// Late marks the kind.
func (late[S]) Late() {}

// fixed is an adapted kind whose differences are refused.
type fixed[S any] struct{ adapted[S] }

var _ Fixed = fixed[struct{}]{}

// Fixed marks the kind.
func (fixed[S]) Fixed() {}
