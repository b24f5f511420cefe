package state

import (
	"encoding/json"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"
)

type routeSettings struct {
	Table   Value             `json:"table"`
	Targets []Value           `json:"targets"`
	ASN     int64             `json:"asn"`
	Tags    map[string]string `json:"tags"`
}

var open = routeSettings{
	Table:   Value{Ref: Ref{Key: "0/route-table/a"}},
	Targets: []Value{Literal("10.1.0.0/16"), {Ref: Ref{Key: "0/vpc/b", Field: "cidr"}}, {Ref: Ref{Key: "0/route-table/a"}}},
	ASN:     9007199254740993, // the first whole number that a float64 has no room for
	Tags:    map[string]string{"ref": "release-7"},
}

func TestResolve(t *testing.T) {
	settings := must(NewSettings(open))(t)
	want := []Ref{{Key: "0/route-table/a"}, {Key: "0/vpc/b", Field: "cidr"}}
	if diff := cmp.Diff(want, settings.Refs()); diff != "" {
		t.Errorf("the references should be these, once each (-wanted +got):\n%s", diff)
	}

	resolved := must(settings.Resolve(func(r Ref) (string, error) { return "<" + string(r.Key) + r.Field + ">", nil }))(t)
	if refs := resolved.Refs(); refs != nil {
		t.Errorf("no reference should be left in what is resolved, but %v are", refs)
	}
	var got routeSettings
	must(0, json.Unmarshal(resolved, &got))(t)
	closed := open
	closed.Table = Literal("<0/route-table/a>")
	closed.Targets = []Value{Literal("10.1.0.0/16"), Literal("<0/vpc/bcidr>"), Literal("<0/route-table/a>")}
	if diff := cmp.Diff(closed, got); diff != "" {
		t.Errorf("references should be replaced, and nothing else (-wanted +got):\n%s", diff)
	}

	unknown := errors.New("unknown")
	_, err := settings.Resolve(func(Ref) (string, error) { return "", unknown })
	wantError(t, "resolving what cannot be looked up", err, unknown)
	if got := must(Settings(nil).Resolve(nil))(t); got != nil {
		t.Errorf("no settings should resolve to none, not %s", got)
	}
}

func TestWhatIsAReference(t *testing.T) {
	for _, c := range []struct {
		json string
		refs int
	}{
		{`{"x":{"ref":"0/vpc/a"}}`, 1},
		{`{"x":{"ref":"0/vpc/a","field":"cidr"}}`, 1},
		{`{"x":[{"y":{"ref":"0/vpc/a"}}]}`, 1},
		{`{"x":{"ref":"main"}}`, 0},                 // someone's tag
		{`{"x":{"ref":"0/vpc/a","owner":"me"}}`, 0}, // likewise
		{`{"x":{"ref":"run/1"}}`, 0},                // no resource
		{`{"x":{"ref":7}}`, 0},
		{`{"x":"ref"}`, 0},
		{`null`, 0},
	} {
		if got := Settings(c.json).Refs(); len(got) != c.refs {
			t.Errorf("%s should have %d references, not %v", c.json, c.refs, got)
		}
	}
}

func TestValueJSON(t *testing.T) {
	for text, value := range map[string]Value{
		`"10.0.0.0/16"`:                    Literal("10.0.0.0/16"),
		`""`:                               {},
		`{"ref":"0/vpc/a"}`:                {Ref: Ref{Key: "0/vpc/a"}},
		`{"ref":"0/vpc/a","field":"cidr"}`: {Ref: Ref{Key: "0/vpc/a", Field: "cidr"}},
	} {
		if got := string(must(json.Marshal(value))(t)); got != text {
			t.Errorf("%v should be written as %s, not %s", value, text, got)
		}
		got := Literal("from before")
		must(0, json.Unmarshal([]byte(text), &got))(t)
		if diff := cmp.Diff(value, got); diff != "" {
			t.Errorf("%s should be read like this (-wanted +got):\n%s", text, diff)
		}
	}
}
