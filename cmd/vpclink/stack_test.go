package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"vpclink/sim"
	"vpclink/state"
)

// smallLab is a lab of two VPCs without instances, up on the simulator.
func smallLab(t *testing.T, more ...string) *lab {
	t.Helper()
	l := newLab(t)
	l.must(append([]string{"up", "tgw", "--vpcs", "a,b", "--instances=false", "--target", "sim", "--progress", "quiet"}, more...)...)
	return l
}

// expect runs a command and compares its exit code and a part of what it says.
func (l *lab) expect(code int, says, typed string) {
	l.t.Helper()
	e := l.run(strings.Fields(typed)...)
	if e.code != code || !strings.Contains(e.out+e.err, says) {
		l.t.Errorf("vpclink %s ended with %d and\n%s%s\nexpected %d and %q", typed, e.code, e.out, e.err, code, says)
	}
	if (code == exitUsage || code == exitDenied || code == exitLocked) && e.out != "" {
		l.t.Errorf("vpclink %s left %q on stdout, expected nothing with exit %d", typed, e.out, code)
	}
}

// TestStackStaysWhereItIs: a stack is not moved to another place by flags.
func TestStackStaysWhereItIs(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l := smallLab(t)
		l.expect(exitUsage, "stack tgw is on sim, not on aws", "up tgw --target aws")
		l.expect(exitUsage, "stack tgw is on sim, not on aws", "down --target aws --yes")
		l.expect(exitUsage, "stack tgw is in ap-northeast-1, not in us-east-1", "up tgw --region us-east-1")
		l.expect(exitUsage, "stack tgw is in ap-northeast-1, not in us-east-1", "down --region us-east-1 --yes")
		l.expect(exitUsage, "account 000000000000, and these credentials lead to account 123456789012", "up tgw --profile 123456789012")
		l.expect(exitUsage, "account 000000000000, and these credentials lead to account 123456789012", "down --profile 123456789012 --yes")
		l.expect(exitUsage, "keeps it", "up tgw --routes summary")
		l.expect(exitDone, "0 made, 0 adopted, 22 unchanged", "up tgw")
	})
}

// TestStackRemembers: what a later command does not give, it takes from the earlier ones.
func TestStackRemembers(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l := smallLab(t, "--tag", "owner=alice", "--tag", "class=3, morning", "--region", "us-east-1")
		l.expect(exitDone, "Linked 3 VPCs with tgw: 16 made", "up tgw --vpcs a,b,c") // no instance: --instances=false
		l.expect(exitDone, "38 unchanged", "up tgw")
		j, err := state.Read(l.dir, "tgw")
		if err != nil {
			t.Fatal(err)
		}
		if got := len(j.Records()); got != 38 {
			t.Errorf("the stack has %d resources, expected 38: no instances", got)
		}
		w, err := sim.Open(t.Context(), filepath.Join(l.dir, "sim"), sim.Options{})
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = w.Close() }()
		for _, o := range w.Objects() {
			if o.Kind == "vpc" && (o.Region != "us-east-1" || o.Tags["owner"] != "alice" || o.Tags["class"] != "3, morning") {
				t.Errorf("%s of %s is in %s with tags %v, expected us-east-1 and the tags of the first up", o.ID, o.Name, o.Region, o.Tags)
			}
		}
	})
}

// TestRefusedFlagIsForgotten: a flag that the stack cannot follow is not held against the next up.
func TestRefusedFlagIsForgotten(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l := newLab(t)
		l.must("up", "tgw", "--vpcs", "a,b", "--target", "sim", "--os", "linux")
		l.expect(exitUsage, "leave --instance-type as it was", "up tgw --instance-type t3.large")
		l.expect(exitDone, "tgw is up", "status") // that run changed nothing
		l.expect(exitUsage, "leave --instance-type as it was", "up tgw --vpcs a,b,c --instance-type t3.large")
		l.expect(exitDone, "tgw is up", "status") // nor did this one begin to add c
		l.expect(exitDone, "unchanged", "up tgw")
	})
}

// TestRefusedPlaces: what only the region can tell is refused as well, before there is a stack.
func TestRefusedPlaces(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l := newLab(t)
		l.expect(exitUsage, "no availability zone of ap-northeast-1 offers t9.huge", "up tgw --vpcs a,b --target sim --instance-type t9.huge")
		l.expect(exitUsage, "--azs 9: 1 to 3", "up tgw --vpcs a,b --target sim --azs 9")
		l.expect(exitDone, "There is no stack", "list")
		l.expect(exitDone, "The simulator is empty.", "sim ls")
	})
}

// TestTwoStacks: two at once in one account, each with a name, and commands that do not say which are refused.
func TestTwoStacks(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l := smallLab(t)
		l.must("up", "tgw", "--vpcs", "a,b", "--instances=false", "--target", "sim", "--stack", "two")
		l.expect(exitUsage, "there are several stacks: say which one with --stack: tgw, two", "down --yes")
		l.expect(exitUsage, "tgw, two", "status")
		l.expect(exitUsage, "there is no stack three; there are: tgw, two", "down --yes --stack three")
		l.expect(exitDone, "Nothing left of two: 22 removed", "down --yes --stack two")
		l.expect(exitDone, "0 made, 0 adopted, 22 unchanged", "up tgw") // the other one is as it was
		l.expect(exitDone, "tgw is up", "status")                       // the only one that is not down
		l.expect(exitDone, "Nothing left of tgw", "down --yes")
		l.expect(exitDone, "Nothing to take away: tgw is down", "down --stack tgw")
		l.expect(exitUsage, "every stack is down", "down")
		l.expect(exitDone, "22 made", "up tgw --vpcs a,b --instances=false --target sim") // anew
		if old, err := os.ReadDir(filepath.Join(l.dir, "history")); err != nil || len(old) != 1 {
			t.Errorf("history has %v (%v), expected the first stack's record", old, err)
		}
	})
}

func TestLocked(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l := smallLab(t)
		lock, err := state.Acquire(t.Context(), l.dir, "tgw", state.Owner{Who: "bob", PID: 7, Host: "there", Command: "vpclink up tgw"})
		if err != nil {
			t.Fatal(err)
		}
		l.expect(exitLocked, `stack "tgw" is in use: bob on there runs "vpclink up tgw" as process 7`, "up tgw")
		l.expect(exitLocked, "bob on there", "down --yes")
		l.expect(exitDone, "tgw is up", "status") // only looks
		if err := lock.Release(); err != nil {
			t.Fatal(err)
		}

		w, err := sim.Open(t.Context(), filepath.Join(l.dir, "sim"), sim.Options{})
		if err != nil {
			t.Fatal(err)
		}
		begun := time.Now()
		l.expect(exitLocked, "another process has the simulator open", "up tgw --timeout 5s")
		if waited := time.Since(begun); waited < 5*time.Second {
			t.Errorf("waited %s for the simulator, expected all of --timeout", waited)
		}
		l.expect(exitLocked, "another process has the simulator open", "sim ls --timeout 5s")
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
	})
}

func TestDownAsks(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l := smallLab(t)
		l.expect(exitUsage, "vpclink down --stack tgw --yes", "down")
		l.terminal = true
		for _, no := range []string{"", "\n", "n\n", "of course not\n"} {
			l.stdin = no
			l.expect(exitFailed, "Take away stack tgw: 22 things on sim, account 000000000000, ap-northeast-1? [y/N]", "down")
		}
		l.expect(exitDone, "tgw is up", "status")
		l.stdin = "はい\n"
		l.expect(exitDone, "Nothing left of tgw", "down")
	})
}

func TestSimReset(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l := smallLab(t)
		l.expect(exitUsage, "on which these stacks are not down: tgw", "sim reset")
		l.expect(exitDone, "Stack tgw has lost all it had", "sim reset --yes")
		l.expect(exitDone, "The simulator is empty.", "sim ls")
		l.expect(exitDone, "Nothing left of tgw: 22 removed", "down --yes")
		l.expect(exitDone, "{\"vpclink\":1,\"objects\":[]}\n", "sim reset --yes -o json")
	})
}

func TestDamage(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l := smallLab(t)
		path := filepath.Join(l.dir, "stacks", "tgw.jsonl")
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(strings.Replace(string(data), "vpc-0", "vpc-1", 1)), 0o600); err != nil {
			t.Fatal(err)
		}
		for _, typed := range []string{"up tgw --vpcs a,b", "down --yes", "down --yes --stack tgw", "status", "list"} {
			l.expect(exitUsage, "is damaged in line ", typed)
		}
		l.must("up", "igw", "--vpcs", "a,b", "--target", "sim")
		e := l.run("list")
		if e.code != exitDone || !strings.Contains(e.out, "igw") || !strings.Contains(e.err, "tgw is not listed") {
			t.Errorf("one that cannot be read hides no other, got %d, %q and %q", e.code, e.out, e.err)
		}
	})
}
