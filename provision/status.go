package provision

import (
	"slices"
	"sort"
	"strings"

	"vpclink/state"
	"vpclink/words"
)

// The states of a stack and of a step.
const (
	StackUp      = "up"
	StackPartial = "partial"
	StackDown    = "down"

	StepDone    = "done"
	StepPartial = "partial"
	StepFailed  = "failed"
	StepSkipped = "skipped"
	StepNone    = "none"
)

// Status is how a stack stands by its journal alone.
type Status struct {
	State     string
	Steps     []StepStatus   // all numbers of the pattern, the foundation's 0 first
	Resources []state.Record // those that may be there, and those skipped, by step
}

// StepStatus is how one numbered step stands.
type StepStatus struct {
	Number string
	Title  words.Text
	State  string
}

// Status tells how a stack stands. A stack is up when every step that sets something up is done or skipped, and its
// last run ended well: a run that was cut off may lack what it never came to.
func (p Pattern) Status(records []state.Record, lastRunDone bool) Status {
	s := Status{State: StackUp}
	byStep := map[string][]state.Record{}
	for _, rec := range records {
		if rec.Phase == state.Gone {
			continue
		}
		s.Resources = append(s.Resources, rec)
		byStep[rec.Key.Step()] = append(byStep[rec.Key.Step()], rec)
	}
	sort.Slice(s.Resources, func(i, j int) bool { // the journal's order is that of the run, never the same twice
		return compareKeys(s.Resources[i].Key, s.Resources[j].Key) < 0
	})
	for _, step := range p.All() {
		st := StepStatus{step.Number, step.Title, stepState(byStep[step.Number])}
		s.Steps = append(s.Steps, st)
		if !step.Verify && !step.Optional && st.State != StepDone && st.State != StepSkipped {
			s.State = StackPartial
		}
	}
	switch {
	case len(s.Resources) == 0:
		s.State = StackDown
	case !lastRunDone:
		s.State = StackPartial
	}
	return s
}

// stepState folds the phases of a step's records.
func stepState(records []state.Record) string {
	count := map[state.Phase]int{}
	for _, rec := range records {
		count[rec.Phase]++
	}
	switch n := len(records); {
	case n == 0:
		return StepNone
	case count[state.Failed] > 0:
		return StepFailed
	case count[state.Skipped] == n:
		return StepSkipped
	case count[state.Ready]+count[state.Skipped] == n:
		return StepDone
	}
	return StepPartial
}

// VPCNames returns the names of the VPCs a stack has, sorted; nil when it has none.
func VPCNames(records []state.Record) []string {
	var names []string
	for _, rec := range records {
		if rec.Key.Kind() == "vpc" && rec.Present() && !strings.Contains(rec.Key.Name(), ":") {
			names = append(names, rec.Key.Name())
		}
	}
	slices.Sort(names)
	return names
}
