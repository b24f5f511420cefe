package sim

import (
	"encoding/binary"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"net/url"
	"time"
)

// change is a changing call as it is recorded: all that is needed to make it again.
type change struct {
	N         int           `json:"n"` // from 1
	Time      time.Time     `json:"time"`
	Account   string        `json:"account"`
	Region    string        `json:"region"`
	Service   string        `json:"service"`
	Action    string        `json:"action"`
	Form      string        `json:"form"` // URL-encoded, keys sorted
	RequestID string        `json:"request"`
	Code      string        `json:"code,omitempty"` // of the refusal; "" when it took effect
	Hide      time.Duration `json:"hide,omitempty"` // what a fault did to the thing that was made
	Fail      bool          `json:"fail,omitempty"`

	settings settings // under which it was made
}

// number gives a call its number, and with it its chance.
func (c *call) number(ch *change, seed uint64) {
	c.now, c.hide, c.fail = ch.Time, ch.Hide, ch.Fail
	c.dice = rand.New(rand.NewPCG(seed, uint64(ch.N)))
	c.requestID = requestID(seed, "change", uint64(ch.N))
}

// replay makes a recorded call again, at the time it was made. An error means that it came out otherwise: it was
// recorded by a simulator that knew other rules.
func (w *World) replay(ch change) error {
	h, ok := handlers[ch.Service][ch.Action]
	if !ok {
		return fmt.Errorf("action %s of service %q is not known", ch.Action, ch.Service)
	}
	form, err := url.ParseQuery(ch.Form)
	if err != nil {
		return fmt.Errorf("reading the form of %s: %w", ch.Action, err)
	}
	if ch.settings != (settings{}) {
		w.use(ch.settings)
	}
	ch.settings = settingsOf(&w.opts)
	w.clock.freeze(ch.Time)
	q := request{place: place{ch.Account, ch.Region}, service: ch.Service, action: ch.Action, form: form}
	c := &call{request: q, handler: h, in: h.input()}
	w.begin(c)
	if err := c.model.Decode(ch.Action, form, c.in); err != nil {
		return fmt.Errorf("reading the form of %s: %w", ch.Action, err)
	}
	w.take(c)
	c.number(&ch, w.opts.Seed)
	out, err := h.run(c, c.in)
	switch {
	case err == nil && ch.Code != "":
		return fmt.Errorf("%s was refused with %s, and is now taken", ch.Action, ch.Code)
	case err != nil && asAWS(err).Code != ch.Code:
		return fmt.Errorf("%s was answered with code %q, and is now refused: %w", ch.Action, ch.Code, err)
	}
	w.changes = append(w.changes, ch)
	w.finish(c, ch.N, out, err)
	return nil
}

// readID is the request ID of a call that changes nothing: of the time and the calls before, as nothing depends on it.
func (w *World) readID() string {
	w.requests++
	return requestID(w.opts.Seed, "read", uint64(w.clock.now().UnixNano()), w.requests)
}

// requestID has the form of a UUID.
func requestID(seed uint64, what string, numbers ...uint64) string {
	h := fnv.New128a()
	fmt.Fprint(h, what)
	for _, n := range append(numbers, seed) {
		_ = binary.Write(h, binary.BigEndian, n) // a hash takes everything
	}
	b := h.Sum(nil)
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[0:4], b[4:6], b[6:8], b[8:10], b[10:16])
}
