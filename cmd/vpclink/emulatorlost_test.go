package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/google/go-cmp/cmp"
)

// lost is the lab once more, with an end that is put off: its record is lost, and tags tell what it was and that its time
// is not over. They are enough to take it away.
func (e *emulator) lost(lab emulatorLab, made int) {
	e.t.Helper()
	var up struct {
		Result  struct{ Made, Unchanged int }
		Expires time.Time
	}
	e.run(&up, append(lab.up(), "--expires", "1h")...)
	e.run(&up, append(lab.up(), "--expires", "3h")...)
	if up.Result.Unchanged != made || time.Until(up.Expires) < 2*time.Hour {
		e.t.Errorf("another end makes none of the %d anew, got %+v", made, up)
	}
	recorded := e.ids
	if err := os.RemoveAll(filepath.Join(e.dir, "stacks")); err != nil {
		e.t.Fatal(err)
	}
	var list listJSON
	e.run(&list, "list", "--from-tags")
	if len(list.Stacks) != 1 || list.Stacks[0].State != "up" || !list.Stacks[0].Expires.Equal(up.Expires) ||
		!slices.Equal(list.Stacks[0].VPCs, []string{"a", "b", "c"}) {
		e.t.Fatalf("tags tell of the stack and its end, got %+v, want %v", list.Stacks, up.Expires)
	}
	var status statusJSON
	e.run(&status, "status", "--from-tags")
	if diff := cmp.Diff(telling(recorded), telling(e.ids)); diff != "" {
		e.t.Errorf("tags tell what the record told (-record +tags):\n%s", diff)
	}
	e.run(&list, "list", "--expired")
	if len(list.Stacks) != 0 {
		e.t.Errorf("nothing has expired, got %+v", list.Stacks)
	}
	var down downJSON
	e.run(&down, "down", "--from-tags", "--yes")
	if down.Stack != lab.pattern || down.Removed < made || len(down.Left) > 0 {
		e.t.Errorf("down removes the %d from tags alone, got %+v", made, down)
	}
}

// telling leaves out what a server cannot do and shows as done all the same.
func telling(ids map[string]string) map[string]string {
	kept := map[string]string{}
	for key, id := range ids {
		if !strings.Contains(key, "/endpoint-accept/") {
			kept[key] = id
		}
	}
	return kept
}
