package main

import (
	"crypto/sha256"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

// bad is a row of testdata/bad.txt.
type bad struct {
	line  int
	code  int
	env   map[string]string
	args  []string
	says  string
	typed string
}

// badFolder is a folder of state and what is refused in it.
type badFolder struct {
	before [][]string
	rows   []bad
}

// TestRefused types what cannot be done: each ends with its code, with a sentence that fits on a screen, with nothing
// on stdout, and with everything as it was.
func TestRefused(t *testing.T) {
	eachBad(t, func(t *testing.T, row bad, l lab) { row.refused(t, l) })
}

// eachBad does something with every row of testdata/bad.txt, in its folder.
func eachBad(t *testing.T, do func(*testing.T, bad, lab)) {
	t.Helper()
	t.Setenv("HOME", t.TempDir()) // AWS's SDK looks into the real environment
	t.Setenv("AWS_EC2_METADATA_DISABLED", "true")
	for _, name := range []string{"AWS_PROFILE", "AWS_REGION", "AWS_ACCESS_KEY_ID", "AWS_ENDPOINT_URL", "AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"} {
		t.Setenv(name, "")
	}
	count := 0
	for _, folder := range badFolders(t) {
		l := newLab(t)
		for _, args := range folder.before {
			l.must(args...)
		}
		for _, row := range folder.rows {
			count++
			t.Run(fmt.Sprintf("%d %.40s", row.line, row.typed), func(t *testing.T) { do(t, row, *l) })
		}
	}
	if count < 120 {
		t.Errorf("%d rows were read, expected 120 at least", count)
	}
}

// refused types a row in a folder.
func (row bad) refused(t *testing.T, l lab) {
	t.Helper()
	var calls []string
	l.t = t
	l.onCall = func(action string) {
		if !strings.HasPrefix(action, "Describe") && !strings.HasPrefix(action, "Get") {
			calls = append(calls, action)
		}
	}
	l.env = maps.Clone(l.env)
	maps.Copy(l.env, row.env)
	began := row.code != exitUsage // then the stack was locked, and its lock's file stays
	before := l.contents(began)
	row.holds(t, l.run(row.args...))
	if len(calls) > 0 {
		t.Errorf("it made the calls %v, expected none that changes something", calls)
	}
	if diff := cmp.Diff(before, l.contents(began)); diff != "" {
		t.Errorf("the folder of the state is not what it was:\n%s", diff)
	}
}

// holds compares how a row ended with what is promised.
func (row bad) holds(t *testing.T, e ending) {
	t.Helper()
	if e.code != row.code || e.out != "" {
		t.Errorf("ended with %d and %q on stdout, expected %d and nothing", e.code, e.out, row.code)
	}
	if !strings.HasPrefix(e.err, "✗ ") || !strings.Contains(e.err, row.says) {
		t.Errorf("stderr is\n%s\nexpected a sentence with %q", e.err, row.says)
	}
	if lines := strings.Count(e.err, "\n"); lines > 24 {
		t.Errorf("stderr has %d lines, expected at most 24", lines)
	}
	for line := range strings.Lines(e.err) {
		line = strings.TrimSuffix(line, "\n")
		if width := utf8.RuneCountInString(line); width > 200 {
			t.Errorf("stderr has a line of %d columns, expected at most 200:\n%s", width, line)
		}
		if strings.ContainsFunc(line, func(r rune) bool { return !unicode.IsPrint(r) }) || !utf8.ValidString(line) {
			t.Errorf("what was typed reaches the terminal as it is: %q", line)
		}
	}
	for _, inner := range []string{"panic", "goroutine", "runtime error", "strconv", "%!"} {
		if strings.Contains(e.err, inner) {
			t.Errorf("stderr speaks of %q, which means nothing to who typed it:\n%s", inner, e.err)
		}
	}
}

// contents tells each file of the folder of state by its sum. What the simulator's clock shows is left out: it goes on
// whenever somebody looks. So are the files of locks, when a command may have taken one.
func (l *lab) contents(locking bool) []string {
	l.t.Helper()
	var all []string
	for name := range strings.FieldsSeq(l.files()) {
		if locking && strings.HasSuffix(name, ".lock") {
			continue
		}
		text, err := os.ReadFile(filepath.Join(l.dir, name))
		if err != nil {
			l.t.Fatal(err)
		}
		text = clockLines.ReplaceAll(text, nil)
		all = append(all, fmt.Sprintf("%s %x", name, sha256.Sum256(text)))
	}
	return all
}

var clockLines = regexp.MustCompile(`(?m)^\S+ \{"(clock|settings)":.*\n`)

// badFolders reads testdata/bad.txt.
func badFolders(t *testing.T) []badFolder {
	t.Helper()
	text, err := os.ReadFile("testdata/bad.txt")
	if err != nil {
		t.Fatal(err)
	}
	var folders []badFolder
	fresh := false // the last line was a "==": the next one belongs to it
	n := 0
	for line := range strings.Lines(string(text)) {
		n++
		line = strings.TrimSpace(line)
		command, begins := strings.CutPrefix(line, "==")
		switch {
		case begins:
			if !fresh {
				folders = append(folders, badFolder{})
			}
			if args := shellWords(t, command); len(args) > 0 {
				last := &folders[len(folders)-1]
				last.before = append(last.before, args)
			}
		case line != "" && line[0] != '#':
			last := &folders[len(folders)-1]
			last.rows = append(last.rows, badRow(t, n, line))
		}
		fresh = begins
	}
	return folders
}

func badRow(t *testing.T, n int, line string) bad {
	t.Helper()
	fields := strings.Split(line, " | ")
	if len(fields) != 3 {
		t.Fatalf("line %d of bad.txt has %d fields, expected code | command | piece", n, len(fields))
	}
	row := bad{line: n, typed: fields[1], args: shellWords(t, fields[1]), says: fields[2], env: map[string]string{}}
	var err error
	if row.code, err = strconv.Atoi(fields[0]); err != nil {
		t.Fatalf("line %d of bad.txt begins with no exit code: %v", n, err)
	}
	for variable := regexp.MustCompile(`^([A-Z_]+)=(.*)$`); len(row.args) > 0; row.args = row.args[1:] {
		found := variable.FindStringSubmatch(row.args[0])
		if found == nil {
			break
		}
		row.env[found[1]] = found[2]
	}
	return row
}

var (
	quotedPart = regexp.MustCompile(`"(?:[^"\\]|\\.)*"`)
	repeated   = regexp.MustCompile(`\{([^{}*]+)\*(\d+)\}`)
)

// shellWords splits a command as a shell would, with Go's quotes.
func shellWords(t *testing.T, command string) []string {
	t.Helper()
	const blank = "\ue000" // stands for a space that is quoted
	const empty = "\ue001" // so that "" is a word too
	command = quotedPart.ReplaceAllStringFunc(command, func(part string) string {
		inner, err := strconv.Unquote(part)
		if err != nil {
			t.Fatalf("bad.txt has %s, which is not quoted as in Go", part)
		}
		return empty + strings.NewReplacer(" ", blank, "\n", "\ue002", "\r", "\ue003").Replace(inner)
	})
	list := strings.Fields(command)
	for i, word := range list {
		word = repeated.ReplaceAllStringFunc(word, func(part string) string {
			found := repeated.FindStringSubmatch(part)
			n, _ := strconv.Atoi(found[2])
			return strings.Repeat(found[1], n)
		})
		list[i] = strings.NewReplacer(empty, "", blank, " ", "\ue002", "\n", "\ue003", "\r").Replace(word)
	}
	return slices.Clip(list)
}
