package ui

import (
	"time"

	"vpclink/provision"
	"vpclink/state"
	"vpclink/words"
)

// course is how far a resource has come in this run.
type course int

const (
	waiting  course = iota // for what it needs
	underway               // begun, and not over
	finished               // as it shall be
	failed                 //
	blocked                // never to begin, since something it needs failed
)

// How resources end well, in the order in which they are counted.
const (
	endReady   words.Text = "ready"
	endGone    words.Text = "gone"
	endAdopted words.Text = "adopted"
	endSkipped words.Text = "skipped"
	endKept    words.Text = "kept" // on the way down: not ours
)

// resource is what has come of one resource.
type resource struct {
	key          state.Key
	step         *step
	left         time.Duration // the longest way from its beginning to the end of the run
	followers    []*resource   // what needs it
	course       course
	state        string     // as AWS shows it, else what was done last
	end          words.Text // when it is finished: how it is counted
	since, until time.Time
}

func (r *resource) follow(e provision.Event, run Run) {
	switch e.Name {
	case provision.EventStarted, provision.EventState, provision.EventDeleting, provision.EventDrifted:
		r.begin(e, run.Lang)
	case provision.EventReady:
		r.finish(e, endReady, run.Lang)
	case provision.EventAdopted:
		r.finish(e, endAdopted, run.Lang)
	case provision.EventSkipped:
		r.finish(e, endSkipped, run.Lang)
	case provision.EventGone:
		if r.finish(e, endGone, run.Lang); !run.Down {
			r.course = waiting // to be made again
		}
	case provision.EventFailed:
		r.finish(e, "", run.Lang)
		r.course, r.state = failed, run.Lang.In(eventWords[e.Name])
		r.block()
	case provision.EventBlocked:
		r.course = blocked
	case provision.EventPlanned, provision.EventDone: // of the whole run
	}
}

func (r *resource) begin(e provision.Event, l words.Language) {
	if r.course != underway {
		r.since = e.Time.Add(-e.Elapsed)
	}
	r.course, r.state, r.until = underway, stateOf(l, e), time.Time{}
}

func (r *resource) finish(e provision.Event, end words.Text, l words.Language) {
	if r.since.IsZero() {
		r.since = e.Time.Add(-e.Elapsed)
	}
	r.course, r.end, r.until, r.state = finished, end, e.Time, l.In(end)
	if end == endReady && e.State != "" {
		r.state = e.State
	}
}

// block says of all that needs the resource, near and far, that it will never begin. The runner tells that only at its
// end.
func (r *resource) block() {
	for _, f := range r.followers {
		if f.course == waiting {
			f.course, f.step.sum = blocked, nil
			f.block()
		}
	}
}
