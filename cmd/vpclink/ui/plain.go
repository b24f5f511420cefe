package ui

import (
	"fmt"
	"io"
	"strings"
	"sync"
	"time"

	"vpclink/provision"
)

// plain writes one line per event that matters, without colours, for logs and pipes:
//
//	1m18s  1.4.1   transit-gateway          tgw        available       1m18s  tgw-0a1b
//
// that is: time since the run began, step, kind, name, what happened or the state, time since the resource began, ID.
type plain struct {
	out   io.Writer
	begun time.Time

	mu   sync.Mutex // guards what follows, and out
	said time.Time  // when the last line was written
	open openWork

	closed, quiet chan struct{} // Close was called; the heartbeat has ended
}

var _ Display = (*plain)(nil)

func newPlain(w io.Writer) *plain {
	now := time.Now()
	p := &plain{out: w, begun: now, said: now, open: openWork{}, closed: make(chan struct{}), quiet: make(chan struct{})}
	go p.beat()
	return p
}

func (p *plain) Show(e provision.Event) {
	p.mu.Lock()
	defer p.mu.Unlock()
	shown := p.open.state(e.Key)
	p.open.follow(e)
	switch e.Name {
	case provision.EventPlanned:
		p.say("%d resources", e.Count)
	case provision.EventState:
		p.row(e, e.State)
	case provision.EventReady:
		if e.State == "" || e.State != shown { // else the line before says it: available, running, active
			p.row(e, string(e.Name))
		}
	case provision.EventStarted, provision.EventAdopted, provision.EventSkipped,
		provision.EventDeleting, provision.EventGone:
		p.row(e, string(e.Name))
	case provision.EventDrifted:
		p.row(e, "drifted: "+orNone(e.State))
	case provision.EventFailed:
		p.row(e, "failed")
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
		tail, _, _ = strings.Cut(strings.TrimSpace(tail+" "+e.Err.Error()), "\n")
	}
	p.say("%-6s  %-27s  %-9s  %-14s  %6s  %s", e.Key.Step(), e.Key.Kind(), e.Key.Name(), what, took, tail)
}

// say writes one line. The lock is held.
func (p *plain) say(format string, args ...any) {
	p.said = time.Now()
	text := fmt.Sprintf("%7s  ", Elapsed(p.said.Sub(p.begun))) + fmt.Sprintf(format, args...)
	_, _ = fmt.Fprintln(p.out, strings.TrimRight(text, " ")) // who stopped reading the progress still wants the work done
}

func orNone(s string) string {
	if s == "" {
		return "different"
	}
	return s
}
