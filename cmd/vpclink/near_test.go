package main

import (
	"slices"
	"strings"
	"testing"
)

func TestNear(t *testing.T) {
	commands := []string{"completion", "down", "help", "list", "sim", "status", "up", "version"}
	flags := []string{"instance-type", "instances", "region", "stack", "state-dir", "vpcs"}
	for _, c := range []struct {
		typed string
		names []string
		want  string
	}{
		{"list", commands, "list"},
		{"LIST", commands, "list"},
		{"lst", commands, "list"},
		{"lisst", commands, "list"},
		{"lsit", commands, "list"}, // two letters the wrong way round are one slip
		{"dwon", commands, "down"},
		{"stauts", commands, "status"},
		{"statsu", commands, "status"},
		{"vesrion", commands, "version"},
		{"vresoin", commands, "version"}, // two slips
		{"xxxsion", commands, ""},        // three
		{"lsss", commands, ""},           // two, in a short word
		{"simulator", commands, "sim"},
		{"s", commands, "sim status"}, // the beginning of both
		{"x", commands, ""},
		{"xy", commands, ""}, // two slips would make it up
		{"", commands, ""},
		{"frobnicate", commands, ""},
		{"vpc", flags, "vpcs"},
		{"instance", flags, "instances instance-type"}, // the nearer first
		{"regoin", flags, "region"},
		{"regiön", flags, "region"}, // letters, not bytes
		{strings.Repeat("x", 100_000), flags, ""},
		{"tgv", []string{"igw", "peering", "privatelink", "tgw"}, "tgw"},
		{"hub", []string{"igw", "peering", "privatelink", "tgw"}, ""},
		{"a", []string{"ab", "ac", "ad", "ae"}, "ab ac ad"}, // no more than three
	} {
		if got := strings.Join(near(c.typed, c.names), " "); got != c.want {
			t.Errorf("%.20q is near to %q, expected %q", c.typed, got, c.want)
		}
	}
}

func TestDistance(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want int
	}{
		{"", "", 0},
		{"a", "", 1},
		{"", "ab", 2},
		{"abc", "abc", 0},
		{"abc", "abd", 1},
		{"abc", "acb", 1},
		{"abcd", "bacd", 1},
		{"ca", "abc", 3},
		{"kitten", "sitting", 3},
	} {
		if got := distance(c.a, c.b); got != c.want {
			t.Errorf("from %q to %q are %d slips, expected %d", c.a, c.b, got, c.want)
		}
		if got := distance(c.b, c.a); got != c.want {
			t.Errorf("from %q to %q are %d slips, expected as many as back, %d", c.b, c.a, got, c.want)
		}
	}
}

// A sentence lists a few names, however many there are.
func TestListed(t *testing.T) {
	if got := listed([]string{"a", "b"}); got != "a, b" {
		t.Errorf("two names are listed as %q", got)
	}
	many := make([]string, 500)
	for i := range many {
		many[i] = "a"
	}
	if got := listed(many); got != strings.Repeat("a, ", mostListed)+"…" {
		t.Errorf("500 names are listed as %q, expected %d of them", got, mostListed)
	}
}

// What other programs call a thing must lead to one that is there.
func TestOtherWords(t *testing.T) {
	root := newRoot(newApp())
	for word, command := range otherWords {
		cmd, rest, err := root.Find(strings.Fields(command))
		if err != nil || len(rest) > 0 || cmd == root {
			t.Errorf("%q leads to %q, expected a command", word, command)
		}
		if slices.Contains(commandNames(root), word) {
			t.Errorf("%q is a command: expected it not to stand for another", word)
		}
	}
}
