package main

import (
	"context"
	"io"
	"strings"
	"testing"
)

func TestQuestions(t *testing.T) {
	const prompts = 9
	for _, c := range []struct {
		name, typed string
		code        int
		out, err    string
		asked       int
	}{
		{"all as usual", strings.Repeat("\n", prompts), 0, "fits: peering, 0 USD a month", "How many VPCs shall be linked? [2] ", prompts},
		{"answers", "3\nＹＥＳ\nｙ\nn\nＮＯ\nはい\ny\nn\n１０\n", 0, "3 VPCs in ap-northeast-1, GB a month: 10, --no-igw, --both-ways,\n--cross-account, --survive-az\n", "", prompts},
		{"wrong answers are asked again", "1\nmany\n4\nperhaps\n" + strings.Repeat("\n", prompts-1), 0, "4 VPCs in", "A number from 2 to 5000, please.\n", prompts + 3},
		{"the end of the input", "3\ny\n", exitFailed, "", "nothing is chosen, since not all questions were answered", 3},
		{"the end within an answer", "3\ny", exitFailed, "", "nothing is chosen", 3},
		{"nothing", "", exitFailed, "", "nothing is chosen", 1},
	} {
		l := newLab(t)
		l.terminal, l.stdin = true, c.typed
		e := l.run("choose")
		if e.code != c.code || !strings.Contains(e.out, c.out) || c.out == "" && e.out != "" || !strings.Contains(e.err, c.err) {
			t.Errorf("%s: ended with %d, stdout\n%s\nstderr\n%s\nexpected %d, %q and %q", c.name, e.code, e.out, e.err, c.code, c.out, c.err)
		}
		if n := strings.Count(e.err, "] "); n != c.asked {
			t.Errorf("%s: %d questions, expected %d:\n%s", c.name, n, c.asked, e.err)
		}
	}
	l := newLab(t)
	l.terminal, l.stdin = true, strings.Repeat("\n", prompts)
	if e := l.run("choose", "--lang", "ja"); !strings.HasPrefix(e.err, "いくつの VPC を接続しますか? [2] ") {
		t.Errorf("in Japanese it asks\n%s", e.err)
	}
	l.stdin = ""
	for _, typed := range []string{"choose --no-igw", "choose --yes"} {
		if e := l.must(strings.Fields(typed)...); e.err != "" {
			t.Errorf("%s asks on a terminal:\n%s", typed, e.err)
		}
	}
}

// A person can leave in the middle of a question.
func TestQuestionsAreInterrupted(t *testing.T) {
	ctx, cancel := context.WithCancelCause(t.Context())
	a := newApp()
	in, typing := io.Pipe()
	defer func() { _ = typing.Close() }()
	heard := &lockedBuffer{}
	a.stdin, a.stderr, a.terminal = in, heard, true
	a.env = func(string) string { return "" }
	go func() {
		_, _ = io.WriteString(typing, "3\n")
		cancel(errInterrupted)
	}()
	code := run(ctx, a, []string{"choose"})
	said := heard.String()
	if code != exitInterrupted || strings.Contains(said, "stopping") || !strings.HasSuffix(said, "] \n✗ interrupted\n") {
		t.Errorf("ended with %d, expected %d, a line feed after the question, and nothing of AWS:\n%s", code, exitInterrupted, said)
	}
}
