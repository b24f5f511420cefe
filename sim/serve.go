package sim

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"time"

	"vpclink/sim/codec"
)

// answer is what goes back.
type answer struct {
	status    int
	body      []byte
	requestID string
}

// header is where the SDKs look for the ID of a request that went well.
func (a answer) header() http.Header {
	return http.Header{"Content-Type": {"text/xml;charset=UTF-8"}, "X-Amzn-Requestid": {a.requestID}}
}

var _ http.Handler = (*World)(nil)

// ServeHTTP answers as AWS's endpoint would. A lost answer breaks the connection.
func (w *World) ServeHTTP(rw http.ResponseWriter, r *http.Request) {
	a, err := w.answer(r)
	if err != nil {
		panic(http.ErrAbortHandler) // net/http closes the connection, and says nothing in its log
	}
	maps.Copy(rw.Header(), a.header())
	rw.WriteHeader(a.status)
	_, _ = rw.Write(a.body) // the client may have left
}

// Do makes a World the SDK's HTTPClient: no socket, no goroutine. It returns the context's error as soon as the
// context ends, and an error that matches io.ErrUnexpectedEOF for an answer lost by a Fault.
func (w *World) Do(r *http.Request) (*http.Response, error) {
	a, err := w.answer(r)
	if err != nil {
		return nil, err
	}
	return &http.Response{
		Status:        fmt.Sprintf("%d %s", a.status, http.StatusText(a.status)),
		StatusCode:    a.status,
		Proto:         "HTTP/1.1",
		ProtoMajor:    1,
		ProtoMinor:    1,
		Header:        a.header(),
		Body:          io.NopCloser(bytes.NewReader(a.body)),
		ContentLength: int64(len(a.body)),
		Request:       r,
	}, nil
}

// answer takes one request all the way.
func (w *World) answer(r *http.Request) (answer, error) {
	ctx := r.Context()
	if err := ctx.Err(); err != nil {
		return answer{}, err
	}
	q, err := readRequest(r)
	c := &call{request: q}
	if err != nil {
		if _, ok := errors.AsType[*connectionError](err); ok {
			return answer{}, err
		}
		return w.refuse(c, err), nil
	}
	var known bool
	if c.handler, known = handlers[q.service][q.action]; !known {
		return w.refuse(c, codec.UnknownAction(q.action)), nil
	}
	c.fault = w.strike(c)
	if refusal := c.fault.instead(c.service); refusal != nil {
		return w.refuse(c, refusal), nil
	}
	var a answer
	if c.handler.changing {
		a, err = w.change(ctx, c)
	} else {
		a, err = w.look(c)
	}
	if err != nil {
		return answer{}, err
	}
	if err := w.wait(ctx, c.fault.delay()); err != nil {
		return answer{}, err
	}
	return c.fault.spoil(a, q)
}

// wait lets the world's duration pass, or the context end.
func (w *World) wait(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	timer := time.NewTimer(w.clock.wall(d))
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
