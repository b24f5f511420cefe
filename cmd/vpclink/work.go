package main

import (
	"errors"
	"slices"

	"vpclink/cmd/vpclink/ui"
	"vpclink/provision"
	"vpclink/state"
)

// work does one run: it is recorded from its beginning to its end, and its events are shown. Changed tells afterwards
// whether anything was made or taken away.
func (a *app) work(
	g *globals, j *state.Journal, command string, args []string,
	do func(show func(provision.Event)) error, changed func() bool,
) error {
	run, err := j.BeginRun(command, args)
	if err != nil {
		return err
	}
	display := ui.New(g.progress, a.stderr)
	err = do(display.Show)
	display.Close()
	word := outcome(err)
	if word == "refused" && changed() {
		word = outcomeDifferent
	}
	return errors.Join(err, j.EndRun(run, word))
}

// tells reports whether a run that ended so prints its result. The codes that say "nothing can be done like this"
// leave stdout empty.
func tells(err error) bool {
	return !slices.Contains([]int{exitUsage, exitDenied, exitLocked}, exitCode(err))
}
