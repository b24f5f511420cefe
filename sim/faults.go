package sim

import (
	"cmp"
	"fmt"
	"io"
	"net/http"
	"time"

	"vpclink/sim/codec"
)

// FaultKind is what goes wrong.
type FaultKind string

// The kinds of faults (aws-facts §4.4: what an answer tells about what was done).
const (
	LostAnswer  FaultKind = "lost-answer"  // the call takes effect, then the connection breaks
	ErrorAfter  FaultKind = "error-after"  // the call takes effect, the answer is Status
	ErrorBefore FaultKind = "error-before" // no effect, the answer is Status
	Refuse      FaultKind = "refuse"       // no effect, the answer is Code, such as InsufficientInstanceCapacity
	Throttle    FaultKind = "throttle"     // no effect, RequestLimitExceeded or ThrottlingException
	Delay       FaultKind = "delay"        // the answer comes late by Duration
	Hide        FaultKind = "hide"         // what is made stays hidden for Duration
	Fail        FaultKind = "fail"         // what is made ends in its failed state: subnets, attachments, peering requests, load balancers, endpoints
)

// Fault is something that goes wrong once, or Times times in a row.
type Fault struct {
	Kind     FaultKind
	Action   string        // which one it strikes; "" for every changing call
	Nth      int           // the how manieth from now on, from 1; 0 means 1
	Times    int           // how many in a row; 0 means 1
	Code     string        // of Refuse; with status 500, as AWS answers for want of capacity, or with Status
	Status   int           // of ErrorBefore and ErrorAfter: 500 InternalError, 503 Unavailable; 0 means 500
	Duration time.Duration // of Delay and Hide, in the world's time
}

// plannedFault counts the calls that could be struck.
type plannedFault struct {
	Fault
	seen int
}

// Inject plans a fault. Of several that would strike the same call the one planned first does. Faults are not kept
// on disk; what they did to the world is.
func (w *World) Inject(f Fault) {
	w.mu.Lock()
	defer w.mu.Unlock()
	f.Nth, f.Times = max(f.Nth, 1), max(f.Times, 1)
	w.faults = append(w.faults, &plannedFault{Fault: f})
}

// Calm takes back the faults that have not struck yet.
func (w *World) Calm() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.faults = nil
}

// strike finds the fault that strikes a call, nil when none does. Those that have done all their harm are dropped.
func (w *World) strike(c *call) *Fault {
	w.mu.Lock()
	defer w.mu.Unlock()
	var hit *Fault
	left := w.faults[:0]
	for _, f := range w.faults {
		if f.Action == c.action || (f.Action == "" && bool(c.handler.changing)) {
			f.seen++
			if f.seen >= f.Nth && hit == nil {
				hit = &f.Fault
			}
		}
		if f.seen < f.Nth+f.Times-1 {
			left = append(left, f)
		}
	}
	w.faults = left
	return hit
}

// The methods below say what a fault does at each point of a call. They may be asked of nil.

func (f *Fault) is(k FaultKind) bool { return f != nil && f.Kind == k }

func (f *Fault) name() string {
	if f == nil {
		return ""
	}
	return string(f.Kind)
}

// instead is the answer in the place of the call.
func (f *Fault) instead(service string) *codec.Error {
	switch {
	case f.is(Throttle):
		return throttled(service)
	case f.is(ErrorBefore):
		return f.serverError()
	case f.is(Refuse):
		return &codec.Error{Status: cmp.Or(f.Status, http.StatusInternalServerError), Code: f.Code, Message: "The request is refused, as the fault wants it."}
	}
	return nil
}

// spoil is what becomes of the answer.
func (f *Fault) spoil(a answer, q request) (answer, error) {
	switch {
	case f.is(LostAnswer):
		return answer{}, &connectionError{fmt.Errorf("reading the answer to %s: %w", q.action, io.ErrUnexpectedEOF)}
	case f.is(ErrorAfter):
		return encodeError(models()[q.service], a.requestID, f.serverError()), nil
	}
	return a, nil
}

func (f *Fault) serverError() *codec.Error {
	if f.Status == http.StatusServiceUnavailable {
		return &codec.Error{Status: f.Status, Code: "Unavailable", Message: "The service is unavailable. Please try again shortly."}
	}
	return &codec.Error{Status: http.StatusInternalServerError, Code: "InternalError", Message: "An internal error has occurred"}
}

func (f *Fault) delay() time.Duration {
	if f.is(Delay) {
		return f.Duration
	}
	return 0
}

func (f *Fault) hide() time.Duration {
	if f.is(Hide) {
		return f.Duration
	}
	return 0
}

func (f *Fault) failed() bool { return f.is(Fail) }
