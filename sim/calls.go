package sim

import "time"

// Call is one line of the call log.
type Call struct {
	N         int       // number among the changing calls executed, from 1; 0 for a read and for what was not executed
	Time      time.Time // of the world
	Account   string
	Region    string
	Action    string
	Changing  bool
	Code      string // AWS's error code, "" when it was answered well
	RequestID string
	Fault     string // kind of the fault that struck it, "" for none
}

// keptCalls is how much of the log a world on disk keeps.
const keptCalls = 10_000

// callLog is the log, of which only the end is kept when a bound is set.
type callLog struct {
	calls []Call
	bound int
}

func (l *callLog) add(c Call) {
	l.calls = append(l.calls, c)
	if l.bound > 0 && len(l.calls) > 2*l.bound {
		l.calls = append([]Call(nil), l.calls[len(l.calls)-l.bound:]...)
	}
}

// Calls returns the log of all requests, oldest first; of a world kept on disk no more than the last 10,000.
func (w *World) Calls() []Call {
	w.mu.Lock()
	defer w.mu.Unlock()
	calls := w.log.calls
	if b := w.log.bound; b > 0 && len(calls) > b {
		calls = calls[len(calls)-b:]
	}
	return append([]Call(nil), calls...)
}
