package main

import (
	"encoding/json"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// TestChooseSaysWhatWasPriced: a command makes what the sum is of, where the flags lead.
func TestChooseSaysWhatWasPriced(t *testing.T) {
	l := newLab(t)
	for _, c := range []struct{ typed, command string }{
		{"choose --yes", "vpclink up peering --vpcs a,b --region ap-northeast-1"},
		{"choose --region us-east-1 --yes", "vpclink up peering --vpcs a,b --region us-east-1"},
		{"choose --no-igw --overlapping-cidrs", "vpclink up privatelink --vpcs a=10.0.0.0/16,b=10.0.0.0/16 --region ap-northeast-1"},
		{
			"choose --yes --target sim --profile 123456789012 --stack lab --state-dir " + l.dir + "/s",
			"vpclink up peering --vpcs a,b --region ap-northeast-1 --target sim --profile 123456789012 --stack lab --state-dir " + l.dir + "/s",
		},
		{"choose --yes --target moto --endpoint-url http://127.0.0.1:5000", "vpclink up peering --vpcs a,b --region ap-northeast-1 --target moto --endpoint-url http://127.0.0.1:5000"},
	} {
		out := l.must(strings.Fields(c.typed)...).out
		if joined := strings.ReplaceAll(out, " \\\n    ", " "); !strings.Contains(joined, "  "+c.command+"\n") {
			t.Errorf("%s says\n%s\nexpected %s", c.typed, out, c.command)
		}
		var result struct{ Fits []struct{ Command string } }
		if err := json.Unmarshal([]byte(l.must(append(strings.Fields(c.typed), "-o", "json")...).out), &result); err != nil {
			t.Fatal(err)
		}
		found := false
		for _, f := range result.Fits {
			found = found || f.Command == c.command
		}
		if !found {
			t.Errorf("%s -o json has the commands %v, expected %s among them", c.typed, result.Fits, c.command)
		}
	}
}

// TestChooseIsTypable gives the lines of commands to a shell: whatever their number of VPCs they name them all, and no line
// is wider than the page.
func TestChooseIsTypable(t *testing.T) {
	l := newLab(t)
	for _, typed := range []string{"choose --count 12 --overlapping-cidrs", "choose --count 26 --both-ways --survive-az", "choose --count 200 --private-address-space", "choose --count 40 --overlapping-cidrs"} {
		page := l.must(strings.Fields(typed)...).out
		all := commands.FindAllString(page, -1)
		if len(all) == 0 {
			t.Errorf("%s names no command:\n%s", typed, page)
		}
		for _, command := range all {
			if wide := widest(command); wide > pageWide {
				t.Errorf("%s has a line of %d columns:\n%s", typed, wide, command)
			}
			if got, want := len(vpcsOf(t, command)), strings.Fields(typed)[2]; strconv.Itoa(got) != want {
				t.Errorf("%s names %d VPCs, expected %s:\n%s", typed, got, want, command)
			}
		}
	}
}

// commands are those on a page of choose, with the lines on which they go on.
var commands = regexp.MustCompile(`(?m)^  vpclink up (?:.*\\\n)*.*$`)

// vpcsOf are the names of VPCs that a shell makes of a command.
func vpcsOf(t *testing.T, command string) map[string]bool {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), "sh", "-c", "printf '%s\n' "+command).CombinedOutput()
	if err != nil {
		t.Fatalf("a shell does not take %s: %v", command, err)
	}
	names := map[string]bool{}
	args := strings.Fields(string(out))
	for i, arg := range args {
		if arg != "--vpcs" {
			continue
		}
		for name := range strings.SplitSeq(args[i+1], ",") {
			names[name] = true
		}
	}
	return names
}

func TestChooseSays(t *testing.T) {
	l := newLab(t)
	for _, c := range []struct {
		typed, says string
		so          bool
	}{
		{"choose --count 3 --both-ways", "with the first one, and the others not with one another", true},
		{"choose --count 3 --both-ways --lang ja", "ほかの VPC 同士はつながりません", true},
		{"choose --count 3 --both-ways -o json", `"need":"both-ways","text":"privatelink links less`, true},
		{"choose --both-ways", "not with one another", false},
		{"choose --count 3", "not with one another", false},
		{"choose --gb 5", "igw: its traffic is not counted", true},
		{"choose --gb 5 -o json", `"note":"its traffic is not counted`, true},
		{"choose --yes", "is not counted", false},
		{"choose --no-igw --gb 5", "is not counted", false},
		{"choose --no-igw --lang ja", "ap-northeast-1 の VPC 2 個、0 GB/月、--no-igw", true},
		{"choose --count 30 --no-igw", "seq", true},
		{"choose --count 26 --no-igw", "seq", false},
		{"choose --help", "else the tutorial's (ap-northeast-1)", true},
	} {
		out := strings.ReplaceAll(l.must(strings.Fields(c.typed)...).out, "\n", " ")
		if got := strings.Contains(out, c.says) || strings.Contains(strings.ReplaceAll(out, "  ", ""), c.says); got != c.so {
			t.Errorf("%s says %q: %t, expected %t:\n%s", c.typed, c.says, got, c.so, out)
		}
	}
}
