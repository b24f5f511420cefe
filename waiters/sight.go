package waiters

import (
	"errors"
	"slices"
	"time"

	"vpclink/words"
)

// Sight is what one look shows of one thing. A thing that is not seen has none; twins have one each. Lacks names what
// is still to come of a thing whose state says ready (an address, DNS names), Left the interface that is still there of
// a thing that is gone itself; "" when nothing is.
type Sight struct {
	ID, State, Reason, Left string
	Lacks                   words.Text
}

// Up decides when a thing is up. A Ready sight of it that lacks nothing ends the wait well; Failed, Stopped, Leaving, Gone, Dead and unknown
// states end it with an *UnexpectedError. Making keeps it waiting, and so does a thing that is not seen, since AWS may hide a
// new ID for some seconds (aws-facts §0.1). Sights of other IDs do not count. An id of "" stands for any; then what is
// Gone or Dead does not count either, since it may be the tombstone of an earlier one.
//
// The error of a look ends the wait, unless it says of itself that it is Transient() bool. ErrOver ends it with a
// *TimeoutError that tells the last state and the last error seen.
//
// The decision belongs to one wait, which begins when Up is called.
func Up(life Life, id string) func(seen []Sight, err error) (bool, error) {
	w := &watch{life: life, id: id, wanted: life.Ready, begin: time.Now()}
	if life.Exists {
		w.wanted, w.ours = nil, "present"
	}
	return w.decide(w.up)
}

// Down decides when a thing is gone: at once when it is seen in a state that is Gone or Dead, after two looks in a row
// that do not show it, since one look may hide what is there. Every other known state keeps it waiting: Ready too,
// since a peering that was just deleted has been seen active once more (aws-facts §2.11). An unknown state ends it with
// an *UnexpectedError. Sights of other IDs do not count; an id of "" stands for any. Errors are taken as in Up.
//
// The decision belongs to one wait, which begins when Down is called.
func Down(life Life, id string) func(seen []Sight, err error) (bool, error) {
	w := &watch{life: life, id: id, wanted: life.Gone, ours: "absent", begin: time.Now()}
	return w.decide(w.down)
}

// watch is one wait for one thing: what it wants, and what it saw last.
type watch struct {
	life   Life
	id     string
	wanted []string
	ours   words.Text // wanted besides
	begin  time.Time

	state  string // last seen, "" when it was not seen at all
	lacks  words.Text
	reason string // AWS's, for that state
	left   string
	err    error // what the last look answered
	absent int   // looks in a row that did not show it
}

// transient is an error that passes by itself.
type transient interface {
	error
	Transient() bool
}

// decide deals with the errors of looks and leaves the sights of the thing to verdict.
func (w *watch) decide(verdict func([]Sight) (bool, error)) func([]Sight, error) (bool, error) {
	return func(seen []Sight, err error) (bool, error) {
		if errors.Is(err, ErrOver) {
			return false, &TimeoutError{
				ID: w.id, State: w.state, Lacks: w.lacks, Reason: w.reason, Left: w.left,
				Wanted: w.wanted, Ours: w.ours, After: time.Since(w.begin), Last: w.err,
			}
		}
		w.err = err
		if err != nil {
			if passing, ok := errors.AsType[transient](err); ok && passing.Transient() {
				return false, nil
			}
			return false, err
		}
		mine := slices.DeleteFunc(slices.Clone(seen), func(s Sight) bool { return w.id != "" && s.ID != w.id })
		if len(mine) > 0 {
			w.state, w.reason, w.left, w.lacks = mine[0].State, mine[0].Reason, mine[0].Left, ""
			if w.life.Stage(w.state) == StageReady {
				w.lacks = mine[0].Lacks
			}
		}
		return verdict(mine)
	}
}

func (w *watch) up(mine []Sight) (bool, error) {
	for _, s := range mine {
		if w.life.Stage(s.State) == StageReady && s.Lacks == "" {
			return true, nil
		}
	}
	for _, s := range mine {
		switch stage := w.life.Stage(s.State); stage {
		case StageMaking, StageReady:
		case StageGone, StageDead:
			if w.id != "" {
				return false, w.unexpected(s)
			}
		case StageFailed, StageLeaving, StageStopped, Unknown:
			return false, w.unexpected(s)
		}
	}
	return false, nil
}

func (w *watch) down(mine []Sight) (bool, error) {
	there := slices.DeleteFunc(slices.Clone(mine), func(s Sight) bool { return w.life.Stage(s.State).Absent() })
	for _, s := range there {
		if w.life.Stage(s.State) == Unknown {
			return false, w.unexpected(s)
		}
	}
	switch {
	case len(there) > 0:
		w.absent = 0
		return false, nil
	case len(mine) > 0:
		return true, nil
	}
	w.absent++
	return w.absent >= 2, nil
}

func (w *watch) unexpected(s Sight) error {
	return &UnexpectedError{ID: s.ID, State: s.State, Reason: s.Reason, Wanted: w.wanted, Ours: w.ours}
}
