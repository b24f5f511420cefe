package ui

import (
	"slices"
	"time"

	"vpclink/provision"
	"vpclink/state"
	"vpclink/words"
)

// silence is how long nothing may be said before it is said that the run goes on.
const silence = 10 * time.Second

// beat says what is waited for longest whenever nothing was said for a while.
func (p *plain) beat() {
	defer close(p.quiet)
	timer := time.NewTimer(silence)
	defer timer.Stop()
	for {
		select {
		case <-p.closed:
			return
		case <-timer.C:
			timer.Reset(p.pulse())
		}
	}
}

// pulse says what is waited for when it is time to, and returns the time until the next look.
func (p *plain) pulse() time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := time.Now()
	if due := p.said.Add(silence).Sub(now); due > 0 {
		return due
	}
	if key, w := p.open.longest(); w != nil {
		p.say("still waiting: %s %s %s %s, %d in all", key.Step(), key.Name(), w.state, Elapsed(now.Sub(w.since)), len(p.open))
	}
	return silence
}

// openWork is what has begun and is not over.
type openWork map[state.Key]*work

type work struct {
	since time.Time
	state string
}

func (o openWork) follow(e provision.Event, l words.Language) {
	switch e.Name {
	case provision.EventReady, provision.EventGone, provision.EventFailed, provision.EventAdopted, provision.EventSkipped:
		delete(o, e.Key)
	case provision.EventStarted, provision.EventDeleting, provision.EventState:
		if o[e.Key] == nil {
			o[e.Key] = &work{since: e.Time.Add(-e.Elapsed)}
		}
		o[e.Key].state = stateOf(l, e)
	case provision.EventPlanned, provision.EventDrifted, provision.EventBlocked, provision.EventDone:
	}
}

// state returns what was last shown of a resource, "" when it is not open.
func (o openWork) state(key state.Key) string {
	if o[key] == nil {
		return ""
	}
	return o[key].state
}

// longest returns what is open for the longest time, nil when nothing is.
func (o openWork) longest() (state.Key, *work) {
	var keys []state.Key
	for key := range o {
		keys = append(keys, key)
	}
	if len(keys) == 0 {
		return "", nil
	}
	first := slices.MinFunc(keys, func(a, b state.Key) int {
		if c := o[a].since.Compare(o[b].since); c != 0 {
			return c
		}
		return slices.Compare([]byte(a), []byte(b))
	})
	return first, o[first]
}
