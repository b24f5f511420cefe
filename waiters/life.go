// Package waiters waits for things to reach a state: what the states of a thing mean, one shared look for all that
// wait, and the errors of waiting. It knows nothing of AWS.
package waiters

import (
	"slices"
	"strings"
	"time"
)

// Life says what each state word of a kind means. A word in none of the lists is an error (UnexpectedError).
type Life struct {
	Making  []string // on the way up
	Ready   []string // others may use it
	Leaving []string // on the way down
	Gone    []string // shown, but gone: the end of Leaving
	Failed  []string // there, of no use, and must be deleted
	Stopped []string // there, and not usable until it is started again
	Dead    []string // shown, but as good as gone and never deleted: tombstones of others, a failed peering

	Exists bool // no state word: what is seen is ready
	NoUndo bool // an act without an inverse (accept, wait): gone once what needs it is gone

	Typical, Timeout time.Duration // how long it usually takes to be ready; when to give up, up or down
}

// Stage is the meaning of a state word.
type Stage int

// The stages of a life.
const (
	Unknown Stage = iota
	StageMaking
	StageReady
	StageLeaving
	StageGone
	StageFailed
	StageStopped
	StageDead
)

// Stage returns what a state word means, Unknown when no list has it. Case does not count, since AWS spells the
// states of endpoints in two ways (aws-facts §0).
func (l Life) Stage(state string) Stage {
	if l.Exists && state == "" {
		return StageReady
	}
	for _, row := range []struct {
		words []string
		stage Stage
	}{
		{l.Making, StageMaking},
		{l.Ready, StageReady},
		{l.Leaving, StageLeaving},
		{l.Gone, StageGone},
		{l.Failed, StageFailed},
		{l.Stopped, StageStopped},
		{l.Dead, StageDead},
	} {
		if slices.ContainsFunc(row.words, func(w string) bool { return strings.EqualFold(w, state) }) {
			return row.stage
		}
	}
	return Unknown
}

// Absent reports whether the stage means that there is nothing any more.
func (s Stage) Absent() bool { return s == StageGone || s == StageDead }
