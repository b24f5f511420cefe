package main

import (
	"strings"
	"testing"
	"testing/synctest"
)

// One number after the other: each is shown before it is done, and done when a key says so.
func TestStepByStep(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLab(t)
		l.terminal, l.stdin = true, "\n\nq\n"
		e := l.run("up", "tgw", "--vpcs", "a,b", "--instances=false", "--target", "sim", "--step-by-step")
		if e.code != exitInterrupted || !strings.Contains(e.err, "✗ stopped before 1.4.3, as you said") {
			t.Errorf("q stops before the number that was shown last, got %d and\n%s", e.code, e.err)
		}
		shown := strings.Index(e.err, "1.4.2  Create a transit gateway route table\n        tgw-route-table  tgw\n       Enter does it, q stops here: ")
		begun := strings.Index(e.err, "1.4.2   tgw-route-table")
		before := strings.Index(e.err, "1.4.1   transit-gateway              tgw        available")
		if shown < 0 || begun < shown || before > shown {
			t.Errorf("1.4.2 is shown when 1.4.1 is done, and begun after that, got\n%s", e.err)
		}
		if strings.Contains(e.err, "tgw-attachment               a          started") {
			t.Error("nothing of 1.4.3 is begun")
		}
		l.expect(exitDone, "tgw is partial", "status")

		l.terminal, l.stdin = false, ""
		e = l.run("up", "tgw", "--step-by-step", "--yes")
		if e.code != exitDone || strings.Contains(e.err, "Enter does it") || !strings.Contains(e.err, "\n1.4.6  Add routes") {
			t.Errorf("with --yes the numbers are shown and nobody is asked, got %d and\n%s", e.code, e.err)
		}
		l.expect(exitUsage, "there is no terminal: leave it out, or add --yes", "up tgw --step-by-step")
		l.expect(exitUsage, "--progress json has no place for it", "up tgw --step-by-step --yes --progress json")
		l.must("down", "--yes")
	})
}
