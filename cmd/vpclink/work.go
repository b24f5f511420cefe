package main

import (
	"errors"
	"slices"
	"strings"

	"vpclink/cmd/vpclink/ui"
	"vpclink/provision"
	"vpclink/state"
)

// job is one run: what was asked for, as it is recorded and shown, and what does it.
type job struct {
	command string   // up or down
	args    []string // as typed
	vpcs    int      // how many it is about
	do      func(show func(provision.Event)) error
	changed func() bool // afterwards: whether anything was made or taken away
}

// work does one run: it is recorded from its beginning to its end, and its events are shown.
func (a *app) work(g *globals, j *state.Journal, w job) error {
	run, err := j.BeginRun(w.command, w.args)
	if err != nil {
		return err
	}
	err = a.shown(g, j.Header(), w)
	word := outcome(err)
	if word == "refused" && w.changed() {
		word = outcomeDifferent
	}
	run.Refused = notTaken(err)
	return errors.Join(err, j.EndRun(run, word))
}

// shown does the job and shows its events, to the last also when it panics.
func (a *app) shown(g *globals, h state.Header, w job) error {
	pattern, _ := provision.Find(h.Pattern) // one that is not known has the foundation's title alone
	display := ui.New(a.progress(g.progress), a.stderr, ui.Run{
		Lang: a.lang, Heading: a.heading(h, w), Down: w.command == "down", Title: a.titles(pattern),
		Size: a.size, Colour: a.coloured(g.color),
	})
	defer display.Close()
	return w.do(display.Show)
}

// titles returns the titles of a pattern's steps.
func (a *app) titles(p provision.Pattern) func(number string) string {
	return func(number string) string { return a.lang.In(p.Title(number)) }
}

// progress decides what auto is: the live view for somebody who watches a terminal that can show it.
func (a *app) progress(mode string) string {
	terminal := a.env("TERM")
	switch {
	case mode != ui.Auto:
		return mode
	case a.size == nil, terminal == "", terminal == "dumb", a.env("CI") != "":
		return ui.Plain
	}
	return ui.TTY
}

// coloured reports whether there are colours, as --color says.
func (a *app) coloured(when string) bool {
	return when == colorAlways || when != colorNever && a.env("NO_COLOR") == ""
}

// heading says what is done, to what, where: up tgw  3 VPCs  on sim.
func (a *app) heading(h state.Header, w job) string {
	parts := []string{w.command + " " + h.Pattern}
	if h.Stack != h.Pattern {
		parts = append(parts, a.say("stack %s", h.Stack))
	}
	return strings.Join(append(parts, a.say("%d VPCs", w.vpcs), a.say("on %s", h.Target)), "  ")
}

// tells reports whether a run that ended so prints its result. The codes that say "nothing can be done like this"
// leave stdout empty.
func tells(err error) bool {
	return !slices.Contains([]int{exitUsage, exitDenied, exitLocked}, exitCode(err))
}
