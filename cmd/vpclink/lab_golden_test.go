package main

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
)

// TestWholeLab runs the lab at AWS's durations under a fake clock, and keeps what people and scripts read of it.
func TestWholeLab(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l := newLab(t)
		up := []string{"up", "tgw", "--vpcs", "a,b,c", "--target", "sim", "--sim-speed", "1"}

		first := l.must(up...)
		l.golden("up.out", first.out)
		l.golden("up.progress", sorted(first.err))
		l.golden("status.out", l.must("status").out)
		l.golden("status.json", arranged(t, l.must("status", "-o", "json").out))

		again := l.must(append(up, "-o", "json", "--progress", "quiet")...)
		l.golden("again.json", arranged(t, again.out))
		if again.err != "" {
			t.Errorf("--progress quiet left stderr with %q, expected nothing", again.err)
		}

		l.golden("extend.out", l.must("up", "tgw", "--vpcs", "b,c,d").out)
		l.golden("list.out", l.must("list").out)
		l.golden("list.json", arranged(t, l.must("list", "-o", "json").out))

		down := l.must("down", "--yes")
		l.golden("down.out", down.out)
		l.golden("down.progress", sorted(down.err))
		l.golden("down-again.out", l.must("down", "--stack", "tgw").out)
		l.golden("down-again.json", l.must("down", "--stack", "tgw", "-o", "json").out)
		l.golden("down-status.out", l.must("status").out)
		l.golden("down-list.out", l.must("list").out)
		l.golden("down-list.json", l.must("list", "-o", "json").out)
		if got := l.must("sim", "ls").out; got != "The simulator is empty.\n" {
			t.Errorf("after down the simulator holds\n%s\nexpected nothing", got)
		}

		l.must(up...)
		l.golden("down.json", arranged(t, l.must("down", "--yes", "-o", "json").out))
	})
}

// TestProgressJSON checks the stream line by line: which resource comes first is chance, what a line holds is not.
func TestProgressJSON(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l := newLab(t)
		up := l.must("up", "tgw", "--vpcs", "a,b", "--target", "sim", "--progress", "json")
		lines := strings.Split(strings.TrimSpace(up.err), "\n")
		if lines[0] != `{"vpclink":1}` {
			t.Errorf("the stream begins with %s, expected the version of its form", lines[0])
		}
		var tgw []string
		for _, text := range lines[1:] {
			var e map[string]any
			if err := json.Unmarshal([]byte(text), &e); err != nil {
				t.Fatalf("a line of the stream is no JSON: %v\n%s", err, text)
			}
			for _, field := range []string{"time", "event", "key", "step", "kind", "id", "state", "elapsed", "error"} {
				if _, there := e[field]; !there {
					t.Errorf("a line lacks %q: %s", field, text)
				}
			}
			if e["step"] == "1.4.1" || e["key"] == "" {
				tgw = append(tgw, text)
			}
		}
		l.golden("up.jsonl", strings.Join(tgw, "\n")+"\n")
	})
}

// arranged writes JSON with a line a field, and resources by key: in which order they came is chance.
func arranged(t *testing.T, text string) string {
	t.Helper()
	var v struct {
		Resources []map[string]any `json:"resources"`
	}
	var all map[string]json.RawMessage
	for _, into := range []any{&v, &all} {
		if err := json.Unmarshal([]byte(text), into); err != nil {
			t.Fatalf("expected JSON, got %q: %v", text, err)
		}
	}
	if v.Resources != nil {
		slices.SortFunc(v.Resources, func(a, b map[string]any) int { return strings.Compare(a["key"].(string), b["key"].(string)) })
		raw, err := json.Marshal(v.Resources)
		if err != nil {
			t.Fatal(err)
		}
		all["resources"] = raw
	}
	// The fields of the whole are named in their order, which a map does not keep.
	out, err := json.MarshalIndent(all, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return "fields: " + fieldOrder(text) + "\n" + string(out) + "\n"
}

// fieldOrder lists the names of the outermost fields as they come.
func fieldOrder(text string) string {
	dec := json.NewDecoder(strings.NewReader(text))
	var names []string
	depth, isName := 0, false
	for {
		token, err := dec.Token()
		if err != nil {
			return strings.Join(names, " ")
		}
		switch d, delim := token.(json.Delim); {
		case delim && (d == '{' || d == '['):
			depth++
			isName = depth == 1
		case delim:
			depth--
			isName = depth == 1
		case depth == 1 && isName:
			names = append(names, token.(string))
			isName = false
		case depth == 1:
			isName = true
		}
	}
}
