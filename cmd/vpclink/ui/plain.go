package ui

import (
	"fmt"
	"io"
	"strings"
	"sync"
	"time"

	"vpclink/provision"
	"vpclink/words"
)

// plain writes one line per event that matters, without colours, for logs and pipes:
//
//	1m18s  1.4.1   transit-gateway          tgw        available       1m18s  tgw-0a1b
//
// that is: time since the run began, step, kind, name, what happened or the state, time since the resource began, ID.
type plain struct {
	out   io.Writer
	lang  words.Language
	begun time.Time

	mu   sync.Mutex // guards what follows, and out
	said time.Time  // when the last line was written
	open openWork

	closed, quiet chan struct{} // Close was called; the heartbeat has ended
}

var _ Display = (*plain)(nil)

func newPlain(w io.Writer, l words.Language) *plain {
	now := time.Now()
	p := &plain{out: w, lang: l, begun: now, said: now, open: openWork{}, closed: make(chan struct{}), quiet: make(chan struct{})}
	go p.beat()
	return p
}

func (p *plain) Show(e provision.Event) {
	p.mu.Lock()
	defer p.mu.Unlock()
	shown := p.open.state(e.Key)
	p.open.follow(e, p.lang)
	switch e.Name {
	case provision.EventPlanned:
		p.say("%d resources", e.Count)
	case provision.EventState:
		p.row(e, e.State)
	case provision.EventReady:
		if e.State == "" || e.State != shown { // else the line before says it: available, running, active
			p.row(e, p.lang.In(eventWords[e.Name]))
		}
	case provision.EventStarted, provision.EventAdopted, provision.EventSkipped,
		provision.EventDeleting, provision.EventGone, provision.EventFailed:
		p.row(e, p.lang.In(eventWords[e.Name]))
	case provision.EventDrifted:
		p.row(e, p.lang.Say("drifted: %s", p.differs(e)))
	case provision.EventBlocked, provision.EventDone: // the result and the error sum them up
	}
}

// Close ends the heartbeat.
func (p *plain) Close() {
	close(p.closed)
	<-p.quiet
}

func (p *plain) row(e provision.Event, what string) {
	took := ""
	if e.Elapsed > 0 {
		took = Elapsed(e.Elapsed)
	}
	tail := e.ID
	if e.Err != nil {
		tail, _, _ = strings.Cut(strings.TrimSpace(tail+" "+p.lang.Error(e.Err)), "\n")
	}
	p.say("%-6s  %-27s  %-9s  %s  %6s  %s", e.Key.Step(), e.Key.Kind(), e.Key.Name(), Pad(what, 14), took, tail)
}

// say writes one line. The lock is held.
func (p *plain) say(format words.Text, args ...any) {
	p.said = time.Now()
	text := fmt.Sprintf("%7s  ", Elapsed(p.said.Sub(p.begun))) + p.lang.Say(format, args...)
	_, _ = fmt.Fprintln(p.out, strings.TrimRight(text, " ")) // who stopped reading the progress still wants the work done
}

// differs says how a thing that drifted is, when nobody says what state it is in.
func (p *plain) differs(e provision.Event) string {
	if e.State == "" {
		return p.lang.Say("different")
	}
	return stateOf(p.lang, e)
}
