package main

import (
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"vpclink/provision"
	"vpclink/state"
)

const flagPrune = "prune"

// namesWhatStays refuses --prune with a --vpcs that only an earlier command gave: that one may have named no more than
// what the stack was extended by.
func namesWhatStays(flags *pflag.FlagSet) error {
	if prune, _ := flags.GetBool(flagPrune); prune && !flags.Changed("vpcs") {
		return usage("", "--prune takes away the VPCs that --vpcs does not name: name those that stay")
	}
	return nil
}

// pruned tells what --prune took away, "" when that was nothing.
func (a *app) pruned(names []string, result provision.Result) string {
	switch {
	case result.Pruned == 0:
		return ""
	case len(names) == 0:
		return a.say("pruned: %d removed", result.Pruned)
	}
	return a.say("pruned: %s, %d removed", strings.Join(names, ", "), result.Pruned)
}

// outOf are the VPCs that a plan takes away.
func outOf(prune []state.Key) []string {
	var names []string
	for _, key := range prune {
		if key.Kind() == "vpc" {
			names = append(names, key.Name())
		}
	}
	return names
}

// removals are the rows of what a plan takes away of one step, by kind.
func (a *app) removals(prune []state.Key, number string) [][]string {
	names := map[string][]string{}
	var kinds []string
	for _, key := range prune {
		if key.Step() != number {
			continue
		}
		if names[key.Kind()] == nil {
			kinds = append(kinds, key.Kind())
		}
		names[key.Kind()] = append(names[key.Kind()], key.Name())
	}
	slices.Sort(kinds)
	var rows [][]string
	for _, kind := range kinds {
		rows = append(rows, []string{"      ", a.say("remove"), kind, nameList(a.lang, names[kind])})
	}
	return rows
}

// names are the VPCs that --vpcs names.
func (w *wish) names() []string {
	var names []string
	for _, i := range w.request.Items {
		names = append(names, i.Name)
	}
	return names
}
