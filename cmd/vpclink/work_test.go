package main

import (
	"strings"
	"testing"
	"testing/synctest"

	"vpclink/cmd/vpclink/ui"
	"vpclink/provision"
	"vpclink/state"
)

// TestProgress: the live view is for a terminal that can show it and that somebody watches.
func TestProgress(t *testing.T) {
	terminal := func() (int, int) { return 80, 24 }
	for _, c := range []struct {
		mode string
		size func() (int, int)
		env  map[string]string
		want string
	}{
		{ui.Auto, terminal, map[string]string{"TERM": "xterm-256color"}, ui.TTY},
		{ui.Auto, terminal, map[string]string{"TERM": "xterm-256color", "NO_COLOR": "1"}, ui.TTY},
		{ui.Auto, nil, map[string]string{"TERM": "xterm-256color"}, ui.Plain},
		{ui.Auto, terminal, map[string]string{"TERM": "dumb"}, ui.Plain},
		{ui.Auto, terminal, nil, ui.Plain},
		{ui.Auto, terminal, map[string]string{"TERM": "xterm-256color", "CI": "true"}, ui.Plain},
		{ui.TTY, nil, map[string]string{"TERM": "dumb", "CI": "true"}, ui.TTY},
		{ui.Plain, terminal, map[string]string{"TERM": "xterm-256color"}, ui.Plain},
		{ui.JSON, terminal, map[string]string{"TERM": "xterm-256color"}, ui.JSON},
	} {
		a := &app{size: c.size, env: func(name string) string { return c.env[name] }}
		if got := a.progress(c.mode); got != c.want {
			t.Errorf("--progress %s on a terminal: %t, with %v, is %s, expected %s", c.mode, c.size != nil, c.env, got, c.want)
		}
	}
}

func TestColoured(t *testing.T) {
	for _, c := range []struct {
		when, noColor string
		want          bool
	}{
		{colorAuto, "", true},
		{colorAuto, "1", false},
		{colorAlways, "1", true},
		{colorNever, "", false},
	} {
		a := &app{env: func(string) string { return c.noColor }}
		if got := a.coloured(c.when); got != c.want {
			t.Errorf("with --color %s and NO_COLOR=%q there are colours: %t, expected %t", c.when, c.noColor, got, c.want)
		}
	}
}

// TestLiveView runs a lab as on a terminal: what is left on it are the steps, once, and then what the command says.
func TestLiveView(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l := newLab(t)
		l.env["NO_COLOR"] = "1"
		for _, c := range []struct{ typed, heading, first, last string }{
			{"up tgw --vpcs a,b --target sim --sim-speed 1", "up tgw  2 VPCs  on sim\n", " ✓ 0      Create the VPCs, ", "▏ 24/24  "},
			{"up tgw --vpcs a,b", "up tgw  2 VPCs  on sim\n", " ✓ 0      Create the VPCs, ", "▏ 24/24  "},
			{"down --yes", "down tgw  2 VPCs  on sim\n", " ✓ 1.4.6  Add routes", "▏ 24/24  "},
		} {
			e := l.must(strings.Fields(c.typed + " --progress tty")...)
			picture := e.err[strings.LastIndex(e.err, "\x1b[?25h")+len("\x1b[?25h"):]
			if !strings.HasPrefix(picture, c.heading+c.first) || !strings.Contains(picture, c.last) || strings.Count(picture, " ✓ ") != 7 {
				t.Errorf("vpclink %s left\n%s\nexpected %q, then seven finished steps, %q first, and %q", c.typed, picture, c.heading, c.first, c.last)
			}
		}
	})
}

// TestPanicClosesTheDisplay: who sees a panic has a terminal that can be read.
func TestPanicClosesTheDisplay(t *testing.T) {
	var out strings.Builder
	a := &app{stderr: &out, env: func(string) string { return "" }}
	func() {
		defer func() {
			if recover() == nil {
				t.Error("the panic was swallowed, expected it to go on")
			}
		}()
		_ = a.shown(&globals{progress: ui.TTY}, state.Header{Stack: "lab", Pattern: "tgw", Target: "sim"}, job{
			command: "up", do: func(func(provision.Event)) error { panic("a fault") },
		})
	}()
	if !strings.Contains(out.String(), "\x1b[?25h\x1b[1mup tgw  stack lab  0 VPCs  on sim") {
		t.Errorf("after a panic the terminal got\n%q\nexpected the last picture, and the cursor to be shown", out.String())
	}
}
