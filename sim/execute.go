package sim

import (
	"context"
	"net/http"
	"reflect"

	"vpclink/sim/codec"
)

// look answers a read.
func (w *World) look(q request, h handler, f *Fault) (answer, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.broken != nil {
		return answer{}, w.broken
	}
	c := w.call(q)
	in, err := w.admit(c, h)
	var out any
	if err == nil {
		out, err = h.run(c, in)
	}
	if err := w.tick(); err != nil {
		return answer{}, err
	}
	return w.finish(c, q, h, 0, out, err, f.name()), nil
}

// change answers a changing call, one at a time: the hooks see a world in which nothing else changes.
func (w *World) change(ctx context.Context, q request, h handler, f *Fault) (answer, error) {
	select {
	case w.turn <- struct{}{}:
		defer func() { <-w.turn }()
	case <-ctx.Done():
		return answer{}, ctx.Err()
	}
	c, in, a, err := w.prepare(q, h, f)
	if c == nil || err != nil {
		return a, err
	}
	if w.opts.Before != nil {
		if err := w.opts.Before(w.preview(c, q)); err != nil {
			return answer{}, &connectionError{err}
		}
	}
	a, done, err := w.execute(c, q, h, in, f)
	if err != nil {
		return answer{}, err
	}
	if w.opts.After != nil {
		if err := w.opts.After(done); err != nil {
			return answer{}, &connectionError{err}
		}
	}
	return a, nil
}

// prepare does what AWS does before it looks at the world. Without a call, the answer is final.
func (w *World) prepare(q request, h handler, f *Fault) (*call, any, answer, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.broken != nil {
		return nil, nil, answer{}, w.broken
	}
	c := w.call(q)
	in, err := w.admit(c, h)
	if err != nil {
		return nil, nil, w.finish(c, q, h, 0, nil, err, f.name()), nil
	}
	return c, in, answer{}, nil
}

// execute runs a changing call and records it before the answer leaves.
func (w *World) execute(c *call, q request, h handler, in any, f *Fault) (answer, Call, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	ch := change{N: w.base + len(w.changes) + 1, Time: w.clock.now(), Account: q.account, Region: q.region, Service: q.service, Action: q.action, Form: q.form.Encode()}
	ch.Hide, ch.Fail, ch.settings = f.hide(), f.failed(), settingsOf(&w.opts)
	c.begin(&ch, w.opts.Seed)
	out, err := h.run(c, in)
	if err != nil {
		ch.Code = asAWS(err).Code
	}
	ch.RequestID = c.requestID
	w.changes = append(w.changes, ch)
	if err := w.record(ch); err != nil {
		return answer{}, Call{}, err
	}
	a := w.finish(c, q, h, ch.N, out, err, f.name())
	return a, w.log.calls[len(w.log.calls)-1], nil
}

// preview is the call as Before sees it.
func (w *World) preview(c *call, q request) Call {
	return Call{N: w.Changes() + 1, Time: c.now, Account: q.account, Region: q.region, Action: q.action, Changing: true}
}

// call begins to answer a request.
func (w *World) call(q request) *call {
	return &call{
		region: w.region(q.place), world: w, opts: &w.opts, model: models()[q.service],
		action: q.action, form: q.form, now: w.clock.now(),
		requestID: w.readID(),
	}
}

// admit takes the request's tokens, reads its form and stops a dry run, in AWS's order.
func (w *World) admit(c *call, h handler) (any, error) {
	in := h.input()
	decodeErr := c.model.Decode(c.action, c.form, in)
	if !w.take(c, h, in) {
		return nil, &codec.Error{Status: 503, Code: "RequestLimitExceeded", Message: "Request limit exceeded."}
	}
	if decodeErr != nil {
		return nil, decodeErr
	}
	if dry := reflect.ValueOf(in).Elem().FieldByName("DryRun"); dry.IsValid() && !dry.IsNil() && dry.Elem().Bool() {
		return nil, &codec.Error{Status: 412, Code: "DryRunOperation", Message: "Request would have succeeded, but DryRun flag is set."}
	}
	return in, nil
}

// finish writes the answer and the log.
func (w *World) finish(c *call, q request, h handler, n int, out any, err error, fault string) answer {
	var body []byte
	if err == nil {
		body, err = c.model.Encode(c.action, c.requestID, out)
	}
	line := Call{N: n, Time: c.now, Account: q.account, Region: q.region, Action: q.action, Changing: bool(h.changing), RequestID: c.requestID, Fault: fault}
	a := answer{status: http.StatusOK, body: body, requestID: c.requestID}
	if err != nil {
		e := asAWS(err)
		line.Code = e.Code
		a = encodeError(c.model, c.requestID, e)
	}
	w.log.add(line)
	return a
}

// refuse answers a request that never reached its action.
func (w *World) refuse(q request, err error, fault string) answer {
	w.mu.Lock()
	defer w.mu.Unlock()
	id, e := w.readID(), asAWS(err)
	w.log.add(Call{
		Time: w.clock.now(), Account: q.account, Region: q.region, Action: q.action,
		Changing: bool(handlers[q.service][q.action].changing), Code: e.Code, RequestID: id, Fault: fault,
	})
	return encodeError(models()[q.service], id, e)
}

func encodeError(m *codec.Model, id string, e *codec.Error) answer {
	status := e.Status
	if status == 0 {
		status = http.StatusBadRequest
	}
	return answer{status: status, body: m.EncodeError(id, e), requestID: id}
}
