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

	"vpclink/words"
)

// entered is a command on a page, and what the page says comes back.
type entered struct {
	command string
	shown   []string
}

// tours are the pages, by the language in which they are.
var tours = map[words.Language]string{words.English: "../../docs/tour.md", words.Japanese: "../../docs/tour.ja.md"}

// TestTour runs each tour, and holds what it shows against what the program says.
func TestTour(t *testing.T) {
	t.Parallel()
	for lang, page := range tours {
		t.Run(string(lang), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				l := newLab(t)
				l.env["VPCLINK_LANG"] = string(lang)
				l.tour(page)
			})
		})
	}
}

func (l *lab) tour(page string) {
	l.t.Helper()
	var last ending
	for _, c := range session(l.t, page) {
		said := fmt.Sprintln(last.code)
		if c.command != "echo $?" {
			last = l.run(strings.Fields(strings.TrimPrefix(c.command, "vpclink "))...)
			said = last.err + last.out
		}
		if missing, ok := shows(l.masked(said), l.masked(strings.Join(c.shown, "\n"))); !ok {
			l.t.Errorf("%s shows for %s\n%s\nwhich the program does not say, or not there:\n%s", page, c.command, missing, said)
		}
	}
}

// TestToursAlike holds that the pages show the same session, the lines that are left out as well.
func TestToursAlike(t *testing.T) {
	t.Parallel()
	outline := func(page string) []string {
		var lines []string
		for _, c := range session(t, page) {
			lines = append(lines, c.command)
			for _, line := range c.shown {
				if line != "…" {
					line = "a line"
				}
				lines = append(lines, line)
			}
		}
		return lines
	}
	if diff := cmp.Diff(outline(tours[words.English]), outline(tours[words.Japanese])); diff != "" {
		t.Errorf("the Japanese tour shows another session than the English one:\n%s", diff)
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
	dates    = regexp.MustCompile(`\b\d{4}-\d\d-\d\d \d\d:\d\d( UTC)?`)
	seconds  = regexp.MustCompile(`\b\d+\.\ds`)
	spent    = regexp.MustCompile(`<?\b0\.0\d{3}\+\?`)
	peerings = regexp.MustCompile(`\bpcx-0[0-9a-f]{16}\b`)
)

// masked leaves out what is another each time, how wide the columns are for it, and empty lines.
func (l *lab) masked(text string) []string {
	text = dates.ReplaceAllString(l.normal(text), "DATE")
	text = spent.ReplaceAllString(text, "SPENT")
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
