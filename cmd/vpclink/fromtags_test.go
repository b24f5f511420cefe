package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"

	"vpclink/cloud"
	"vpclink/provision"
	"vpclink/sim"
	"vpclink/state"
	"vpclink/steps"
)

var quick = []string{"--target", "sim", "--sim-speed", "600", "--progress", "quiet"}

func (l *lab) journal(stack string) string { return filepath.Join(l.dir, "stacks", stack+".jsonl") }

// kept reads a journal's bytes.
func (l *lab) kept(stack string) []byte {
	l.t.Helper()
	data, err := os.ReadFile(l.journal(stack))
	if err != nil {
		l.t.Fatal(err)
	}
	return data
}

func (l *lab) put(stack string, data []byte) {
	l.t.Helper()
	if err := os.WriteFile(l.journal(stack), data, 0o600); err != nil {
		l.t.Fatal(err)
	}
}

// remove takes files away.
func (l *lab) lose(stacks ...string) {
	l.t.Helper()
	for _, s := range stacks {
		if err := os.Remove(l.journal(s)); err != nil {
			l.t.Fatal(err)
		}
	}
}

func (l *lab) lineage(stack string) string {
	l.t.Helper()
	h, err := state.ReadHeader(l.dir, stack)
	if err != nil {
		l.t.Fatal(err)
	}
	return h.Lineage
}

// TestTwoOfOneName: two people have a stack tgw in one account; a lineage, or its beginning, says which one.
func TestTwoOfOneName(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l := newLab(t)
		up := append([]string{"up", "tgw", "--vpcs", "a,b", "--instances=false"}, quick...)
		l.must(up...)
		first := l.lineage("tgw")
		l.lose("tgw")
		l.must(up...)
		second := l.lineage("tgw")
		l.lose("tgw")

		both := l.run("down", "--from-tags", "--stack", "tgw", "--target", "sim", "--yes")
		if both.code != exitUsage || both.out != "" || !strings.Contains(both.err, "say which one with --lineage: ") ||
			!strings.Contains(both.err, first) || !strings.Contains(both.err, second) {
			t.Errorf("two of one name end with %d and\n%s%s\nexpected 2 and both lineages", both.code, both.out, both.err)
		}
		l.terminal, l.stdin = true, "n\n"
		if e := l.run("down", "--from-tags", "--lineage", first[:8], "--target", "sim"); e.code != exitFailed || !strings.Contains(e.err, "(lineage "+first+")") {
			t.Errorf("asked and declined it ends with %d and\n%s", e.code, e.err)
		}
		l.stdin = "yes\n"
		l.expect(exitDone, "Nothing left of tgw: 22 removed", "down --from-tags --target sim --lineage "+first[:8])
		l.expect(exitDone, second, "status --from-tags --target sim -o json")
		l.expect(exitDone, "tgw is up", "status --from-tags --target sim")
		l.expect(exitDone, "Nothing left of tgw: 22 removed", "down --from-tags --target sim")
		if got := l.must("sim", "ls").out; got != "The simulator is empty.\n" {
			t.Errorf("in the end the simulator holds\n%s\nexpected nothing", got)
		}
	})
}

// TestDamagedRecordIsPutAside: a record that cannot be read is kept as it is, and the stack goes by its tags.
func TestDamagedRecordIsPutAside(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l := smallLab(t)
		damaged := bytes.Replace(l.kept("tgw"), []byte(`"phase":"ready"`), []byte(`"phase":"READY"`), 1)
		l.put("tgw", damaged)
		l.expect(exitUsage, "vpclink down --from-tags", "down --yes")
		e := l.must("down", "--from-tags", "--target", "sim", "--yes", "--progress", "plain")
		if !strings.Contains(e.out, "Nothing left of tgw: 22 removed") || !strings.Contains(e.err, "the damaged record of tgw is kept as ") {
			t.Errorf("down says\n%s%s\nexpected where the record is kept", e.out, e.err)
		}
		files, err := filepath.Glob(filepath.Join(l.dir, "history", "tgw-*.jsonl"))
		if err != nil || len(files) != 1 {
			t.Fatalf("history has %v, %v; expected the record", files, err)
		}
		if data, err := os.ReadFile(files[0]); err != nil || !bytes.Equal(data, damaged) {
			t.Errorf("the record was changed (%v)", err)
		}
		l.expect(exitDone, "tgw    down", "list")
		l.expect(exitDone, "22 made", "up tgw --vpcs a,b --instances=false --target sim --progress quiet")
	})
}

// TestOlderCopyOfTheRecord: an older copy of the record, put back, does no harm: up ends as if it were the newest, and
// down leaves nothing. Also a copy that knows nothing but whose stack it is.
func TestOlderCopyOfTheRecord(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l := smallLab(t)
		lines := bytes.SplitAfter(l.kept("tgw"), []byte("\n"))
		before := l.must("sim", "ls").out
		for _, n := range []int{1, 2, 9, len(lines) / 2, len(lines) - 2} {
			l.put("tgw", bytes.Join(lines[:n], nil))
			e := l.must("up", "tgw", "--vpcs", "a,b", "--instances=false", "--target", "sim")
			// What the copy only means to make counts as made when it is found.
			if !strings.Contains(e.out, ", 0 adopted, ") || l.must("sim", "ls").out != before {
				t.Errorf("up with %d of %d lines says\n%s\nexpected that nothing is made or adopted", n, len(lines)-1, e.out)
			}
			if n < len(lines)-2 && !strings.Contains(e.err, "the record of tgw is older than the stack: ") {
				t.Errorf("up with %d of %d lines says\n%s\nexpected that the record is older", n, len(lines)-1, e.err)
			}
		}
		l.put("tgw", bytes.Join(lines[:3], nil))
		l.expect(exitUsage, "stack tgw was made with the pattern tgw, not peering", "up peering --stack tgw --vpcs a,b --target sim")
		l.put("tgw", bytes.Join(lines[:9], nil))
		l.expect(exitDone, "Nothing left of tgw: 22 removed", "down --yes")
		if got := l.must("sim", "ls").out; got != "The simulator is empty.\n" {
			t.Errorf("in the end the simulator holds\n%s\nexpected nothing", got)
		}
	})
}

// TestFromTagsLeaves: what a stranger hung on it is named, and the rest is recorded; a plain down goes on.
func TestFromTagsLeaves(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l := smallLab(t)
		l.lose("tgw")
		l.refuse["DeleteVpc"] = refusal{"UnauthorizedOperation", "You are not authorized to perform this operation."}
		e := l.run("down", "--from-tags", "--target", "sim", "--yes", "--progress", "quiet")
		if e.code != exitDenied || !strings.Contains(e.err, "20 of 22 are gone and recorded. Run down again to go on: vpclink down --stack tgw") {
			t.Errorf("it ends with %d and\n%s%s\nexpected 4 and how to go on", e.code, e.out, e.err)
		}
		delete(l.refuse, "DeleteVpc")
		l.refuse["DescribeVpcs"] = refusal{"UnauthorizedOperation", "You are not authorized to perform this operation."}
		l.expect(exitDenied, "DescribeVpcs", "list --from-tags --target sim")
		delete(l.refuse, "DescribeVpcs")
		l.expect(exitDone, "Nothing left of tgw: 2 removed", "down --yes")
	})
}

// stranger does something in the simulated account as somebody else.
func (l *lab) stranger(do func(*ec2.Client)) {
	l.t.Helper()
	w, err := sim.Open(l.t.Context(), simDir(l.dir), sim.Options{Speed: 600})
	if err != nil {
		l.t.Fatal(err)
	}
	account, err := cloud.Connect(l.t.Context(), cloud.Config{Target: cloud.Simulator(600), HTTP: w})
	if err != nil {
		l.t.Fatal(err)
	}
	do(account.EC2)
	if err := w.Close(); err != nil {
		l.t.Fatal(err)
	}
}

// TestFromTagsNamesAStranger: what somebody put into a VPC of a stack without a record is named, with exit code 3, and
// stays; the rest is gone or recorded, and a plain down goes on when it is away.
func TestFromTagsNamesAStranger(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l := newLab(t)
		l.must(append([]string{"up", "tgw", "--vpcs", "a,b", "--instances=false"}, quick...)...)
		var subnet, vpc string
		l.stranger(func(api *ec2.Client) {
			for _, v := range asked(api.DescribeVpcs(t.Context(), &ec2.DescribeVpcsInput{})).Vpcs {
				if aws.ToString(v.CidrBlock) == "10.0.0.0/16" {
					vpc = *v.VpcId
				}
			}
			subnet = *asked(api.CreateSubnet(t.Context(), &ec2.CreateSubnetInput{VpcId: &vpc, CidrBlock: aws.String("10.0.9.0/24")})).Subnet.SubnetId
		})
		l.lose("tgw")
		e := l.run(append([]string{"down", "--from-tags", "--yes", "-o", "json"}, quick...)...)
		says := "subnet " + subnet + ", which vpclink did not make, hangs on " + vpc
		if e.code != exitIncomplete || !strings.Contains(e.out, `"removed":21,"forgotten":0,"left":[{"key":"0/vpc/a","id":"`+vpc+`","reason":"`+says+`"}]`) {
			t.Errorf("down ends with %d and\n%s%s\nexpected 3 and that %s", e.code, e.out, e.err, says)
		}
		l.stranger(func(api *ec2.Client) {
			asked(api.DeleteSubnet(t.Context(), &ec2.DeleteSubnetInput{SubnetId: &subnet}))
			<-time.After(time.Second)
		})
		l.expect(exitDone, "Nothing left of tgw: 1 removed", "down --yes")
	})
}

// TestExpiredOneFails: one of several that cannot be taken away hinders no other, each is told, and the exit code is that
// of what went wrong.
func TestExpiredOneFails(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l := newLab(t)
		l.must(append([]string{"up", "tgw", "--vpcs", "a,b", "--instances=false", "--expires", "1h"}, quick...)...)
		l.must(append([]string{"up", "peering", "--vpcs", "a,b", "--instances=false", "--expires", "1h"}, quick...)...)
		l.must(append([]string{"up", "tgw", "--vpcs", "a,b", "--instances=false", "--expires", "1h", "--stack", "two"}, quick...)...)
		<-time.After(2 * time.Hour)
		l.refuse["DeleteTransitGateway"] = refusal{"UnauthorizedOperation", "You are not authorized to perform this operation."}
		e := l.run(append([]string{"down", "--expired", "--yes"}, quick...)...)
		if e.code != exitDenied || e.out != "Nothing left of peering: 16 removed in "+strings.SplitAfter(e.out, " in ")[1] {
			t.Errorf("it ends with %d and\n%s\nexpected 4, and peering gone", e.code, e.out)
		}
		for _, stack := range []string{"tgw", "two"} {
			if n := strings.Count(e.err, "Run down again to go on: vpclink down --stack "+stack); n != 1 {
				t.Errorf("it says\n%s\nexpected once how to go on with %s", e.err, stack)
			}
		}
		delete(l.refuse, "DeleteTransitGateway")
		e = l.must(append([]string{"down", "--expired", "--yes", "-o", "json"}, quick...)...)
		if !strings.HasPrefix(e.out, `{"vpclink":1,"stacks":[{"vpclink":1,"stack":"tgw","removed":1,`) || !strings.Contains(e.out, `{"vpclink":1,"stack":"two","removed":1,`) {
			t.Errorf("it says\n%s\nexpected the rest of both gone", e.out)
		}
		if got := l.must("sim", "ls").out; got != "The simulator is empty.\n" {
			t.Errorf("in the end the simulator holds\n%s\nexpected nothing", got)
		}
	})
}

// TestBerth: under which name a stack that was found is recorded here.
func TestBerth(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l := smallLab(t)
		own := l.lineage("tgw")
		other := "ffffffff-0000-4000-8000-000000000000"
		for _, tc := range []struct {
			name, lineage, want string
			ours                bool
		}{
			{"lab", other, "lab", false},
			{"tgw", own, "tgw", true},
			{"tgw", other, "tgw-ffffffff", false},
			{"../../x", other, "stack", false},
			{"tgw", "../../x", "tgw-other", false},
		} {
			b, err := berthFor(l.dir, tagged(tc.name, tc.lineage))
			if err != nil || b.name != tc.want || (b.ours != nil) != tc.ours {
				t.Errorf("%s of %s is recorded as %q (its own record: %t), %v; expected %q and %t", tc.name, tc.lineage, b.name, b.ours != nil, err, tc.want, tc.ours)
			}
		}
		l.must("down", "--yes", "--progress", "quiet")
		for _, lineage := range []string{own, other} { // what is down makes room, also when tags tell of more of it
			if b, err := berthFor(l.dir, tagged("tgw", lineage)); err != nil || b.name != "tgw" || b.ours != nil || b.old == nil {
				t.Errorf("in the place of a stack that is down %s is recorded as %+v, %v", lineage, b, err)
			}
		}
		if got := withLineage(strings.Repeat("s", 32), other); len(got) != 32 || state.CheckStackName(got) != nil {
			t.Errorf("a long name becomes %q, expected one that a stack can have", got)
		}
	})
}

func tagged(name, lineage string) provision.TaggedStack {
	return provision.TaggedStack{Stack: steps.Stack{Name: name, Lineage: lineage, Pattern: "tgw"}}
}
