package state

import "time"

// Lifetime is from when to when something of vpclink's making was there, by the journal's clock.
type Lifetime struct {
	Record      Record // its last, while it was there
	From, Until time.Time
}

// Ended reports whether it is over: Until is zero while it goes on.
func (l Lifetime) Ended() bool { return !l.Until.IsZero() }

// lives are the lifetimes of all that was ever made, in the order in which they began.
type lives struct {
	all  []Lifetime
	open map[Key]int // which of them goes on
}

// add follows a record. A thing lives from the answer that tells its ID until it was seen gone, or until another takes
// its place.
func (l *lives) add(rec Record) {
	i, living := l.open[rec.Key]
	if living && (rec.Phase == Gone || rec.ID != l.all[i].Record.ID) {
		l.all[i].Until = rec.Time
		delete(l.open, rec.Key)
		living = false
	}
	switch {
	case living:
		l.all[i].Record = rec
	case rec.Owned && rec.ID != "" && rec.Key.IsResource() && rec.Phase != Gone:
		if l.open == nil {
			l.open = map[Key]int{}
		}
		l.open[rec.Key] = len(l.all)
		l.all = append(l.all, Lifetime{Record: rec, From: rec.Time})
	}
}

// Lifetimes returns what vpclink made and from when to when it was there, what is gone as well, in the order in which it
// was made; nil when nothing was. What was adopted is not among it.
func (j *Journal) Lifetimes() []Lifetime {
	j.mu.Lock()
	defer j.mu.Unlock()
	return append([]Lifetime(nil), j.fold.lives.all...)
}
