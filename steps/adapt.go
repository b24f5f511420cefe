package steps

import (
	"context"
	"encoding/json"

	"vpclink/state"
	"vpclink/waiters"
	"vpclink/words"
)

// typed is what a kind's file writes: a kind whose settings are its own struct S.
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

// adapted is a typed kind as a Kind, once and for all kinds. It knows no S: what does is compiled once a kind, and there
// are thirty of them.
type adapted struct {
	life    func() waiters.Life
	observe func(context.Context, Env, []state.Record) ([]Observation, error)
	create  func(context.Context, Env, state.Record) (Observation, error)
	remove  func(context.Context, Env, state.Record) error
	update  func(context.Context, Env, state.Record, []Field) error // nil: it cannot be changed in place
}

var _ Kind = adapted{}

// adapt reads the settings for what a kind's file writes.
func adapt[S any](k typed[S]) adapted {
	a := adapted{
		life: k.life,
		observe: func(ctx context.Context, env Env, recs []state.Record) ([]Observation, error) {
			wants := make([]want[S], len(recs))
			for i, rec := range recs {
				if err := read(rec, &wants[i].Record, &wants[i].set); err != nil {
					return nil, err
				}
			}
			return k.observe(ctx, env, wants)
		},
		create: func(ctx context.Context, env Env, rec state.Record) (Observation, error) {
			var w want[S]
			if err := read(rec, &w.Record, &w.set); err != nil {
				return Observation{}, err
			}
			return k.create(ctx, env, w)
		},
		remove: func(ctx context.Context, env Env, rec state.Record) error {
			var w want[S]
			if err := read(rec, &w.Record, &w.set); err != nil {
				return err
			}
			return k.remove(ctx, env, w)
		},
	}
	if updater, ok := k.(typedUpdater[S]); ok {
		a.update = func(ctx context.Context, env Env, rec state.Record, diff []Field) error {
			var w want[S]
			if err := read(rec, &w.Record, &w.set); err != nil {
				return err
			}
			return updater.update(ctx, env, w, diff)
		}
	}
	return a
}

// read takes a record and its settings into the two parts of a want.
func read(rec state.Record, into *state.Record, set any) error {
	*into = rec
	if len(rec.Settings) == 0 {
		return nil
	}
	if err := json.Unmarshal(rec.Settings, set); err != nil {
		return words.Errorf("reading the settings of %s: %w: %w", rec.Key, errUnfit, err)
	}
	return nil
}

func (a adapted) Life() waiters.Life { return a.life() }

func (a adapted) Observe(ctx context.Context, env Env, recs []state.Record) ([]Observation, error) {
	if len(recs) == 0 {
		return nil, nil
	}
	return a.observe(ctx, env, recs)
}

func (a adapted) Create(ctx context.Context, env Env, rec state.Record) (Observation, error) {
	if id := Borrowed(rec.Settings); id != "" {
		return Observation{}, words.Errorf("%s is to be used, not made: %w", id, errUnfit)
	}
	seen, err := a.create(ctx, env, rec)
	if err == nil && seen.ID == "" { // nothing could be done with it, and it would be lost
		err = words.Errorf("making %s: no ID: %w", rec.Key, errUnanswered)
	}
	seen.Key, seen.Ours = rec.Key, true
	return seen, err
}

func (a adapted) Delete(ctx context.Context, env Env, rec state.Record) error {
	return a.remove(ctx, env, rec)
}

// marked is an adapted kind that is known by its tags alone.
type marked struct{ adapted }

var _ Tagged = marked{}

// Tagged marks the kind.
func (marked) Tagged() {}

// late is a fixed kind whose Out comes late.
type late struct{ fixed }

var _ Late = late{}

// Late marks the kind.
func (late) Late() {}

// fixed is an adapted kind whose differences are refused.
type fixed struct{ adapted }

var _ Fixed = fixed{}

// Fixed marks the kind.
func (fixed) Fixed() {}
