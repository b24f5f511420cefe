package main

import (
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"
)

// entered is a command on a page, and what the page says comes back.
type entered struct {
	command string
	shown   []string
}

// TestTour runs docs/tour.md, and holds what it shows against what the program says.
func TestTour(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l := newLab(t)
		var last ending
		for _, c := range session(t, "../../docs/tour.md") {
			said := fmt.Sprintln(last.code)
			if c.command != "echo $?" {
				last = l.run(strings.Fields(strings.TrimPrefix(c.command, "vpclink "))...)
				said = last.err + last.out
			}
			if missing, ok := shows(l.masked(said), l.masked(strings.Join(c.shown, "\n"))); !ok {
				t.Errorf("docs/tour.md shows for %s\n%s\nwhich the program does not say, or not there:\n%s", c.command, missing, said)
			}
		}
	})
}

// TestToursAlike holds that the Japanese page shows the same session.
func TestToursAlike(t *testing.T) {
	t.Parallel()
	if diff := cmp.Diff(session(t, "../../docs/tour.md"), session(t, "../../docs/tour.ja.md"), cmp.AllowUnexported(entered{})); diff != "" {
		t.Errorf("docs/tour.ja.md shows another session than docs/tour.md:\n%s", diff)
	}
}

// session reads the commands of a page out of its blocks.
func session(t *testing.T, path string) []entered {
	t.Helper()
	page, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var commands []entered
	inside := false
	for line := range strings.Lines(string(page)) {
		line = strings.TrimSuffix(line, "\n")
		command, begins := strings.CutPrefix(line, "$ ")
		switch {
		case strings.HasPrefix(line, "```"):
			inside = !inside
		case inside && begins:
			commands = append(commands, entered{command: command})
		case inside:
			last := &commands[len(commands)-1]
			last.shown = append(last.shown, line)
		}
	}
	if len(commands) == 0 {
		t.Fatalf("%s has no command", path)
	}
	return commands
}

var (
	dates    = regexp.MustCompile(`\b\d{4}-\d\d-\d\d \d\d:\d\d UTC`)
	seconds  = regexp.MustCompile(`\b\d+\.\ds`)
	peerings = regexp.MustCompile(`\bpcx-0[0-9a-f]{16}\b`)
)

// masked leaves out what is another each time, how wide the columns are for it, and empty lines.
func (l *lab) masked(text string) []string {
	text = dates.ReplaceAllString(l.normal(text), "DATE")
	text = peerings.ReplaceAllString(seconds.ReplaceAllString(text, ""), "pcx-*")
	var lines []string
	for line := range strings.Lines(text) {
		if words := strings.Fields(line); len(words) > 0 {
			lines = append(lines, strings.Join(words, " "))
		}
	}
	return lines
}

// shows tells whether the lines shown are the lines said, where … stands for any number of them; else the line that is
// not there. Things that are made at the same time come in any order, so on a page with … the order is not held.
func shows(said, shown []string) (missing string, ok bool) {
	if !slices.Contains(shown, "…") {
		return cmp.Diff(said, shown), slices.Equal(said, shown)
	}
	for _, line := range shown {
		if line != "…" && !slices.Contains(said, line) {
			return line, false
		}
	}
	return "", true
}
