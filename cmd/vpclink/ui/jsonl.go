package ui

import (
	"encoding/json"
	"io"
	"time"

	"vpclink/provision"
)

// lines writes one JSON object a line: first the form's version, then every event. Every field is always there, so that
// a script need not ask.
type lines struct{ out *json.Encoder }

var _ Display = lines{}

// line is one event.
type line struct {
	Time    time.Time           `json:"time"`
	Event   provision.EventName `json:"event"`
	Key     string              `json:"key"`
	Step    string              `json:"step"`
	Kind    string              `json:"kind"`
	ID      string              `json:"id"`
	State   string              `json:"state"`
	Elapsed float64             `json:"elapsed"` // seconds since the resource, or the run, began
	Error   string              `json:"error"`
}

func newLines(w io.Writer) lines {
	l := lines{json.NewEncoder(w)}
	l.out.SetEscapeHTML(false)
	_ = l.out.Encode(struct { // who stopped reading the progress still wants the work done
		Version int `json:"vpclink"`
	}{1})
	return l
}

func (l lines) Show(e provision.Event) {
	row := line{
		Time: e.Time.UTC(), Event: e.Name, Key: string(e.Key), Step: e.Key.Step(), Kind: e.Key.Kind(),
		ID: e.ID, State: e.State, Elapsed: Seconds(e.Elapsed),
	}
	if e.Err != nil {
		row.Error = e.Err.Error()
	}
	_ = l.out.Encode(row)
}

func (lines) Close() {}
