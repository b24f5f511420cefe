package sim

import "time"

// life holds the moments of a thing. Its stage is computed from them and the clock whenever somebody looks: nothing
// runs in the background, and a replayed world is the same to the nanosecond.
type life struct {
	asked   time.Time // AWS took the call that makes it
	visible time.Time // from here on its ID is known to other calls (aws-facts §0.1, eventual consistency)
	ready   time.Time // reaches its ready state, or its failed one
	failed  bool

	deleteAsked time.Time // zero until then
	gone        time.Time // no longer holds what it depends on; reads show it deleted, or no longer
	buried      time.Time // the tombstone goes too; same as gone for a kind without one
}

// stage is where in its life a thing is.
type stage int

const (
	unborn   stage = iota // not asked for yet: a default association waits for its attachment
	making                // pending
	standing              // available
	broken                // failed; must be deleted
	leaving               // deleting
	dead                  // deleted, and still shown
	buried                // not even shown
)

func (l *life) stage(now time.Time) stage {
	switch {
	case now.Before(l.asked):
		return unborn
	case !l.deleteAsked.IsZero() && !now.Before(l.deleteAsked):
		switch {
		case now.Before(l.gone):
			return leaving
		case now.Before(l.buried):
			return dead
		}
		return buried
	case now.Before(l.ready):
		return making
	case l.failed:
		return broken
	}
	return standing
}

// seen reports whether reads show it, as a tombstone too.
func (l *life) seen(now time.Time) bool {
	s := l.stage(now)
	return s != unborn && s != buried && !now.Before(l.visible)
}

// holds reports whether it stands in the way of deleting what it depends on. Hidden things do.
func (l *life) holds(now time.Time) bool {
	s := l.stage(now)
	return s != unborn && s != dead && s != buried
}

// stands reports whether it is there and nobody has asked to delete it: what AWS itself knows, ahead of its reads.
func (l *life) stands(now time.Time) bool {
	s := l.stage(now)
	return s == making || s == standing || s == broken
}

// leave begins its end: gone after the one duration, shown as a tombstone for the other.
func (l *life) leave(now time.Time, takes, tombstone time.Duration) {
	l.deleteAsked = now
	l.gone = now.Add(takes)
	l.buried = l.gone.Add(tombstone)
}

// leaveWith ends it when another life ends, without a tombstone.
func (l *life) leaveWith(other *life) {
	l.deleteAsked, l.gone, l.buried = other.deleteAsked, other.gone, other.gone
}
