package state

import (
	"encoding/json"
	"time"
)

// expiryKey is the journal's own record of when a stack may be taken away. It is of those that runs have, so that a
// vpclink which does not know it passes it over.
const expiryKey Key = runPrefix + "expires"

// Expiry is when a stack may be taken away by whoever comes along.
type Expiry struct {
	At    time.Time `json:"at,omitzero"` // zero: never
	Never bool      `json:"never,omitempty"`
	Open  bool      `json:"-"` // what was there before may not carry it yet: the next up sees to that
}

// Known reports whether the stack was ever given one.
func (e Expiry) Known() bool { return e.Never || !e.At.IsZero() }

// Past reports whether it is over at a moment.
func (e Expiry) Past(now time.Time) bool { return !e.At.IsZero() && !now.Before(e.At) }

// Expiry returns when the stack may be taken away, the zero Expiry when it was never given one.
func (j *Journal) Expiry() Expiry {
	rec, _ := j.Record(expiryKey)
	var e Expiry
	if json.Unmarshal(rec.Settings, &e) != nil {
		return Expiry{} // there is none, or a later vpclink writes it otherwise
	}
	e.Open = rec.Phase == Intended
	return e
}

// SetExpiry records it: Open before the things that are there are tagged with it, and again, not Open, when they are.
func (j *Journal) SetExpiry(e Expiry) error {
	settings, err := NewSettings(e)
	if err != nil {
		return err
	}
	rec := Record{Key: expiryKey, Phase: Ready, Settings: settings}
	if e.Open {
		rec.Phase = Intended
	}
	return j.Append(rec)
}
