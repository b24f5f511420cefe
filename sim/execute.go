package sim

import (
	"context"
	"net/http"
	"reflect"

	"vpclink/sim/codec"
)

// look answers a read.
func (w *World) look(c *call) (answer, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.broken != nil {
		return answer{}, w.broken
	}
	w.begin(c)
	err := w.admit(c)
	var out any
	if err == nil {
		out, err = c.handler.run(c, c.in)
	}
	if err := w.tick(); err != nil {
		return answer{}, err
	}
	a, _ := w.finish(c, 0, out, err)
	return a, nil
}

// change answers a changing call, one at a time: the hooks see a world in which nothing else changes.
func (w *World) change(ctx context.Context, c *call) (answer, error) {
	select {
	case w.turn <- struct{}{}:
		defer func() { <-w.turn }()
	case <-ctx.Done():
		return answer{}, ctx.Err()
	}
	if refusal, err := w.prepare(c); refusal != nil || err != nil {
		return deref(refusal), err
	}
	if w.opts.Before != nil {
		if err := w.opts.Before(w.preview(c)); err != nil {
			return answer{}, &connectionError{err}
		}
	}
	a, done, err := w.execute(c)
	if err == nil && w.opts.After != nil {
		if err := w.opts.After(done); err != nil {
			return answer{}, &connectionError{err}
		}
	}
	return a, err
}

// prepare does what AWS does before it looks at the world. It returns an answer only when that is the end of it.
func (w *World) prepare(c *call) (*answer, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.broken != nil {
		return nil, w.broken
	}
	w.begin(c)
	if err := w.admit(c); err != nil {
		a, _ := w.finish(c, 0, nil, err)
		return &a, nil
	}
	return nil, nil //nolint:nilnil // no answer and no error: go on
}

// preview is the call as Before sees it.
func (w *World) preview(c *call) Call {
	line := c.line(w.Changes() + 1)
	line.RequestID = "" // not known before
	return line
}

// execute runs a changing call and records it before the answer leaves. AWS's refusals are recorded as well.
func (w *World) execute(c *call) (answer, Call, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.broken != nil { // closed since
		return answer{}, Call{}, w.broken
	}
	ch := change{
		N: w.base + len(w.changes) + 1, Time: w.clock.now(), settings: settingsOf(&w.opts),
		Account: c.account, Region: c.region.name, Service: c.service, Action: c.action, Form: c.form.Encode(),
		Hide: c.fault.hide(), Fail: c.fault.failed(),
	}
	c.number(&ch, w.opts.Seed)
	out, err := c.handler.run(c, c.in)
	if err != nil {
		ch.Code = asAWS(err).Code
	}
	ch.RequestID = c.requestID
	w.changes = append(w.changes, ch)
	if err := w.record(ch); err != nil {
		return answer{}, Call{}, err
	}
	a, line := w.finish(c, ch.N, out, err)
	return a, line, nil
}

// begin shows a call its region, and the time.
func (w *World) begin(c *call) {
	c.region, c.world, c.opts, c.model = w.region(c.place), w, &w.opts, models()[c.service]
	c.now, c.requestID = w.clock.now(), w.readID()
}

// admit takes the request's tokens, reads its form and stops a dry run, in AWS's order.
func (w *World) admit(c *call) error {
	c.in = c.handler.input()
	unreadable := c.model.Decode(c.action, c.form, c.in)
	if !w.take(c) {
		return throttled(c.service)
	}
	if unreadable != nil {
		return unreadable
	}
	if dry := reflect.ValueOf(c.in).Elem().FieldByName("DryRun"); dry.IsValid() && !dry.IsNil() && dry.Elem().Bool() {
		return &codec.Error{Status: 412, Code: "DryRunOperation", Message: "Request would have succeeded, but DryRun flag is set."}
	}
	return nil
}

// finish writes the answer and the log.
func (w *World) finish(c *call, n int, out any, err error) (answer, Call) {
	var body []byte
	if err == nil {
		body, err = c.model.Encode(c.action, c.requestID, out)
	}
	a, line := answer{status: http.StatusOK, body: body, requestID: c.requestID}, c.line(n)
	if err != nil {
		e := asAWS(err)
		line.Code = e.Code
		a = encodeError(c.model, c.requestID, e)
	}
	w.log.add(line)
	return a, line
}

// maxAction is the most of an action's name that is logged: an unknown one is as long as the client likes.
const maxAction = 100

// line is the call as it is logged.
func (c *call) line(n int) Call {
	return Call{
		N: n, Time: c.now, Account: c.request.account, Region: c.request.place.region, Action: c.action[:min(len(c.action), maxAction)],
		Changing: bool(c.handler.changing), RequestID: c.requestID, Fault: c.fault.name(),
	}
}

// refuse answers a request that does not reach its action.
func (w *World) refuse(c *call, err error) answer {
	w.mu.Lock()
	defer w.mu.Unlock()
	c.now, c.requestID, c.model = w.clock.now(), w.readID(), models()[c.service]
	a, _ := w.finish(c, 0, nil, err)
	return a
}

func encodeError(m *codec.Model, id string, e *codec.Error) answer {
	status := e.Status
	if status == 0 {
		status = http.StatusBadRequest
	}
	return answer{status: status, body: m.EncodeError(id, e), requestID: id}
}
