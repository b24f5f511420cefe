package main

import (
	"maps"
	"slices"
	"strings"

	"vpclink/provision"
	"vpclink/state"
	"vpclink/words"
)

// kept is what a stack has and the command does not ask for. Nothing but down and --prune takes it away.
type kept struct {
	vpcs  []string       // --vpcs does not name them
	kinds map[string]int // how many of a kind are there by flags of an earlier up
}

func keptOf(records []state.Record, named []provision.Item, plan *provision.Plan) kept {
	planned := map[state.Key]bool{}
	for _, r := range plan.Resources {
		planned[r.Key] = true
	}
	for _, key := range plan.Prune {
		planned[key] = true // it is no more, or told as left
	}
	k := kept{kinds: map[string]int{}}
	for _, name := range provision.VPCNames(records) {
		if plan.Prune == nil && !slices.ContainsFunc(named, func(i provision.Item) bool { return i.Name == name }) {
			k.vpcs = append(k.vpcs, name)
		}
	}
	for _, rec := range records {
		if rec.Present() && !planned[rec.Key] {
			k.kinds[rec.Key.Kind()]++
		}
	}
	return k
}

// lines say it, nil when there is nothing.
func (k kept) lines(l words.Language) []string {
	var lines []string
	if len(k.vpcs) > 0 {
		lines = append(lines, l.Say("kept: %s, which --vpcs does not name", strings.Join(k.vpcs, ", ")))
	}
	var counts []string
	for _, kind := range slices.Sorted(maps.Keys(k.kinds)) {
		counts = append(counts, l.Say("%d %s", k.kinds[kind], kind))
	}
	if len(counts) > 0 {
		lines = append(lines, l.Say("kept: %s, which an earlier up made with other flags; down takes them away", strings.Join(counts, ", ")))
	}
	return lines
}
