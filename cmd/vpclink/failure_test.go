package main

import (
	"context"
	"regexp"
	"strings"
	"testing"
	"testing/synctest"
)

// TestFailures tells, for what goes wrong in a run, how the command ends and what it says. The goldens are what people
// read.
func TestFailures(t *testing.T) {
	t.Parallel()
	up := []string{"up", "tgw", "--vpcs", "a,b,c", "--target", "sim", "--progress", "quiet"}
	for _, c := range []struct {
		name   string
		action string
		no     refusal
		args   []string
		code   int
		stdout bool // the run's result is told
	}{
		{"quota", "CreateVpc", refusal{"VpcLimitExceeded", "The maximum number of VPCs has been reached."}, up, exitFailed, true},
		{"gateways", "CreateTransitGateway", refusal{"TransitGatewayLimitExceeded", "You have reached the limit."}, up, exitFailed, true},
		{"denied", "CreateTransitGatewayVpcAttachment", refusal{"UnauthorizedOperation", "You are not authorized to perform this operation. Encoded authorization failure message: abcdef"}, up, exitDenied, false},
		{"unknown-code", "CreateSubnet", refusal{"SomethingNew", "Nobody has seen this yet"}, up, exitFailed, true},
		{"json", "CreateTransitGateway", refusal{"TransitGatewayLimitExceeded", "You have reached the limit."}, append(up, "-o", "json"), exitFailed, true},
		{"no-credentials", "GetCallerIdentity", refusal{"InvalidClientTokenId", "The security token included in the request is invalid"}, up, exitDenied, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				l := newLab(t)
				l.refuse[c.action] = c.no
				e := l.run(c.args...)
				if told := e.out != ""; e.code != c.code || told != c.stdout {
					t.Errorf("ended with %d and stdout %q, expected %d and a result: %v\n%s", e.code, e.out, c.code, c.stdout, e.err)
				}
				l.golden("failure/"+c.name+".txt", e.err+"-- stdout --\n"+readableJSON(t, e.out))
			})
		})
	}
}

// readableJSON arranges a result in JSON, and leaves text as it is.
func readableJSON(t *testing.T, text string) string {
	t.Helper()
	if !strings.HasPrefix(text, "{") {
		return text
	}
	return arranged(t, text)
}

// TestGoesOn: after a run that AWS stopped, up finishes the stack, where and with what it was begun.
func TestGoesOn(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l := newLab(t)
		l.refuse["CreateTransitGatewayVpcAttachment"] = refusal{"UnauthorizedOperation", "No"}
		l.expect(exitDenied, "26 of 41 are made and recorded", "up tgw --vpcs a,b,c --target sim")
		l.expect(exitDone, "tgw is partial", "status")
		delete(l.refuse, "CreateTransitGatewayVpcAttachment")
		l.expect(exitDone, "Linked 3 VPCs with tgw: 15 made, 0 adopted, 26 unchanged in ", "up tgw")
	})
}

// TestCredentialsExpire has the credentials expire half-way, on the way up and on the way down: nothing that was made is
// forgotten, and after logging in again the run goes on.
func TestCredentialsExpire(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l := newLab(t)
		expireAt := func(action string) {
			l.onCall = func(called string) {
				if called == action {
					l.expired.Store(true)
				}
			}
		}
		login := func() {
			l.onCall = nil
			l.expired.Store(false)
		}
		expireAt("CreateTransitGatewayVpcAttachment")
		up := []string{"up", "tgw", "--vpcs", "a,b,c", "--target", "sim", "--progress", "quiet"}
		e := l.run(up...)
		if e.code != exitDenied || e.out != "" || !strings.Contains(e.err, "the credentials have expired, or this machine's clock is wrong") {
			t.Errorf("up ended with %d and\n%s%s\nexpected %d, the reason, and an empty stdout", e.code, e.out, e.err, exitDenied)
		}
		l.expect(exitDenied, "aws sso login", "up tgw --progress quiet")

		login()
		if out := l.must("up", "tgw").out; !regexp.MustCompile(`(?m)^Linked 3 VPCs with tgw: \d+ made, 0 adopted, [1-9]\d* unchanged in `).MatchString(out) {
			t.Errorf("after the login up says %q, expected it to go on with what was made", out)
		}

		expireAt("DeleteTransitGatewayVpcAttachment")
		l.expect(exitDenied, "aws sso login", "down --yes --progress quiet")
		login()
		l.expect(exitDone, "Nothing left of tgw: ", "down --yes --progress quiet")
		l.expect(exitDone, "The simulator is empty.", "sim ls")
	})
}

// TestLeft has a subnet stay: down goes as far as it can, tells what is left and why, and finishes when it is run again.
func TestLeft(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l := newLab(t)
		l.must("up", "tgw", "--vpcs", "a,b", "--target", "sim", "--os", "linux")
		l.refuse["DeleteSubnet"] = refusal{"InvalidParameterValue", "Not today"}
		down := []string{"down", "--yes", "--progress", "quiet"}
		e := l.run(down...)
		if e.code != exitIncomplete {
			t.Errorf("ended with %d, expected 3", e.code)
		}
		l.golden("left.out", e.out)
		l.golden("left.err", e.err)
		l.golden("left-status.out", l.must("status").out)
		json := l.run(append(down, "-o", "json")...)
		l.golden("left.json", json.out)

		delete(l.refuse, "DeleteSubnet")
		if got := l.must(down...).out; !strings.Contains(got, "\nNothing left of tgw: 4 removed in ") {
			t.Errorf("the second down says %q, expected the last 4 to go", got)
		}
	})
}

// TestInterrupted presses Ctrl-C in the middle of up, of down, and before anything began.
func TestInterrupted(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l := newLab(t)
		during := func(action string, args ...string) ending {
			t.Helper()
			ctx, cancel := context.WithCancelCause(t.Context())
			defer cancel(nil)
			l.onCall = func(called string) {
				if called == action {
					cancel(errInterrupted)
				}
			}
			defer func() { l.onCall = nil }()
			return l.runUntil(ctx, args...)
		}
		up := []string{"up", "tgw", "--vpcs", "a,b", "--target", "sim"}
		for _, c := range []struct {
			name, action string
			args         []string
			left         string
		}{
			{"before anything", "GetCallerIdentity", up, ""},
			{"in the middle of up", "CreateTransitGatewayVpcAttachment", up, "tgw is partial"},
			{"in the middle of down", "DeleteTransitGatewayVpcAttachment", []string{"down", "--yes"}, "tgw is partial"},
		} {
			e := during(c.action, c.args...)
			if e.code != exitInterrupted || !strings.Contains(e.err, "✗ interrupted\n") {
				t.Errorf("%s: ended with %d and\n%s\nexpected 130", c.name, e.code, e.err)
			}
			if status := l.run("status").out; !strings.HasPrefix(status, c.left) {
				t.Errorf("%s: status says\n%s\nexpected %s", c.name, status, c.left)
			}
		}
		l.must(up...)
		l.must("down", "--yes")
		if got := l.must("sim", "ls").out; got != "The simulator is empty.\n" {
			t.Errorf("the simulator holds\n%s\nexpected nothing after a last down", got)
		}
	})
}

func TestTimeout(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l := newLab(t)
		e := l.run("up", "tgw", "--vpcs", "a,b", "--target", "sim", "--sim-speed", "1", "--timeout", "2m", "--progress", "quiet")
		if e.code != exitTimedOut {
			t.Errorf("ended with %d, expected 6", e.code)
		}
		l.golden("timeout.out", e.out)
		l.golden("timeout.err", e.err)
	})
}
