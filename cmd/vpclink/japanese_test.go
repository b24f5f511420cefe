package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"vpclink/cloud"
	"vpclink/cmd/vpclink/ui"
	"vpclink/sim"
	"vpclink/words"
)

// sayings are what stays English in a sentence: quotes, addresses, paths, commands, flags, and a name of AWS's.
var sayings = regexp.MustCompile(strings.Join([]string{
	`"(?:[^"\\]|\\.)*"`, `[a-z]+://\S+`, `/\S+`,
	`\bvpclink(?: (?:up|down|plan|steps|status|list|sim|ls|reset|serve|version|completion|bash|zsh|help|igw|peering|privatelink|tgw)\b)*`,
	`\baws (?:sso login|configure|ec2 describe-key-pairs|service-quotas request-service-quota-increase)`,
	`--?[a-zA-Z][\w-]*(?:=\S*)?`, `Network Load Balancer`,
}, "|"))

// threeWords are three English words or more with nothing between them but spaces.
var threeWords = regexp.MustCompile(`[A-Za-z][A-Za-z']*(?: [A-Za-z][A-Za-z']*){2,}`)

// englishIn returns English prose in what was told in Japanese, "" when there is none. AWS's own words are no matter.
func englishIn(told string) string {
	ofAWS := false
	for line := range strings.Lines(told) {
		name := strings.TrimPrefix(line, "    ")
		ofAWS = strings.HasPrefix(name, "AWS ") || ofAWS && strings.HasPrefix(name, "     ")
		if ofAWS {
			continue
		}
		if found := threeWords.FindString(sayings.ReplaceAllString(line, "·")); found != "" {
			return found
		}
	}
	return ""
}

func ofJapan(r rune) bool { return unicode.In(r, unicode.Hiragana, unicode.Katakana, unicode.Han) }

func TestEnglishIn(t *testing.T) {
	for _, told := range []string{
		"✗ there is no stack\n", "✗ vpclink up has no flag --nope\n", "✗ --region か: leave it out\n", "    対処   log in again\n",
		"    AWS    Code: its own words\n           CreateVpc\n    理由   the account is full\n",
	} {
		if englishIn(told) == "" {
			t.Errorf("no English is found in\n%s", told)
		}
	}
	for _, told := range []string{
		"✗ スタック tgw はありません\n", "    対処   vpclink up tgw --vpcs a,b,c または vpclink sim reset\n", "✗ \"a b c d\" は\n",
		"    AWS    Code: its own words\n           and its own words\n", "    対処   aws sso login --profile lab などで\n",
	} {
		if found := englishIn(told); found != "" {
			t.Errorf("%q is found as English in\n%s", found, told)
		}
	}
}

// TestRefusedInJapanese types what cannot be done in Japanese: it ends as in English, and is told in Japanese, on a screen
// of 80 by 24.
func TestRefusedInJapanese(t *testing.T) {
	eachBad(t, func(t *testing.T, row bad, l lab) {
		t.Helper()
		l.t = t
		l.env = maps.Clone(l.env)
		maps.Copy(l.env, row.env)
		l.env["VPCLINK_LANG"] = string(words.Japanese)
		e := l.run(row.args...)
		bad{code: row.code, says: "✗ "}.holds(t, e)
		first, _, _ := strings.Cut(e.err, "\n")
		if !strings.ContainsFunc(first, ofJapan) {
			t.Errorf("it begins with\n%s\nexpected a sentence in Japanese", first)
		}
		if found := englishIn(e.err); found != "" {
			t.Errorf("it says %q in\n%s", found, e.err)
		}
		rows := 0
		for line := range strings.Lines(e.err) {
			rows += max(1, (ui.Width(line)+79)/80)
		}
		if rows > 24 {
			t.Errorf("on a terminal of 80 columns it takes %d rows, expected at most 24:\n%s", rows, e.err)
		}
	})
}

// TestExplainsInJapanese: what is said of each error of ours.
func TestExplainsInJapanese(t *testing.T) {
	for _, c := range ownErrors() {
		if c.name == "no words of ours" {
			continue
		}
		if found := englishIn(told(words.Japanese, c.err)); found != "" {
			t.Errorf("%s: it says %q in\n%s", c.name, found, told(words.Japanese, c.err))
		}
	}
	if got := told(words.Japanese, runOf(fromAWS("AuthFailure"))); !strings.Contains(got, "\n    理由   この認証情報は") || !strings.Contains(got, "\n    対処   aws sso login") {
		t.Errorf("it says\n%s\nexpected fields that begin in one column", got)
	}
}

// TestAdviceInJapanese: each row reads as Japanese, whatever is known when it is told.
func TestAdviceInJapanese(t *testing.T) {
	known := about{stack: "lab", region: "eu-west-1", profile: "p", again: "vpclink up tgw --stack lab", down: "vpclink down --stack lab"}
	for _, a := range advices {
		code := "a meaning"
		if a.codes != nil {
			code = a.codes[0]
		}
		for _, b := range []about{{}, known} {
			for _, said := range []string{
				filledIn(words.Japanese, words.Japanese.In(a.why), cloud.Fault{Action: "CreateVpc"}, b),
				filledIn(words.Japanese, words.Japanese.In(a.try), cloud.Fault{Action: "CreateVpc"}, b),
			} {
				if found := englishIn(said); found != "" || !strings.ContainsFunc(said, ofJapan) || strings.ContainsAny(said, "{}") {
					t.Errorf("%s: it says %q, expected Japanese, no %q and no holes", code, said, found)
				}
			}
		}
	}
}

// TestSimulatorInJapanese: the simulator itself knows no language.
func TestSimulatorInJapanese(t *testing.T) {
	for _, of := range []error{sim.ErrLocked, sim.ErrDamaged, sim.ErrVersion} {
		err := ofSim(fmt.Errorf("/x/world.jsonl:3: %w: %w", of, context.DeadlineExceeded))
		got := told(words.Japanese, err)
		if found := englishIn(got); found != "" || !strings.HasPrefix(got, "✗ /x/world.jsonl:3: ") || !errors.Is(err, of) {
			t.Errorf("%v is told as\n%s\nexpected Japanese, and no %q", err, got, found)
		}
		if english := told(words.English, err); !strings.HasPrefix(english, "✗ "+err.Error()+"\n") {
			t.Errorf("%v is told in English as\n%s", err, english)
		}
	}
}

// TestAsksInJapanese: the question, and what is said to a no.
func TestAsksInJapanese(t *testing.T) {
	l := newLab(t)
	l.must("up", "tgw", "--vpcs", "a,b", "--instances=false", "--target", "sim", "--sim-speed", "6000", "--progress", "quiet")
	l.env["VPCLINK_LANG"], l.terminal, l.stdin = string(words.Japanese), true, "n\n"
	for _, args := range [][]string{{"down"}, {"sim", "reset"}} {
		e := l.run(args...)
		question, answer, _ := strings.Cut(e.err, " [y/N] ")
		if e.code != exitFailed || englishIn(e.err) != "" || !strings.ContainsFunc(question, ofJapan) || !strings.ContainsFunc(answer, ofJapan) {
			t.Errorf("vpclink %v ended with %d and\n%s\nexpected a question in Japanese, and an answer to a no", args, e.code, e.err)
		}
	}
}
