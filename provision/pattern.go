// Package provision turns a pattern into a plan, and a plan into things at AWS: it makes every resource as soon as what
// it refers to is ready, records what it does before it does it, and takes away what the journal says is ours.
package provision

import "slices"

// Pattern is one of the tutorial's four ways to link VPCs.
type Pattern struct {
	Name     string
	Disjoint bool // the VPCs' CIDRs must not overlap
	MostEach int  // the most VPCs for which one route and rule per peer is possible
	Steps    []Step
}

// Step is one numbered procedure of the tutorial. Only here do its numbers appear.
type Step struct {
	Number, Title string
	Verify        bool                // only looks
	Optional      bool                // asked for by a flag, else left out
	Add           func(*Plan, []*VPC) // adds the step's resources; nil when it is not built yet or only looks
}

// Patterns returns every pattern that is built, in the tutorial's order.
func Patterns() []Pattern { return []Pattern{TransitGateway()} }

// Find returns the pattern of that name; false when there is none.
func Find(name string) (Pattern, bool) {
	all := Patterns()
	i := slices.IndexFunc(all, func(p Pattern) bool { return p.Name == name })
	if i < 0 {
		return Pattern{}, false
	}
	return all[i], true
}

// All returns the foundation and the pattern's own steps, in order.
func (p Pattern) All() []Step { return append([]Step{foundation()}, p.Steps...) }

// Title returns the title of a step, "" for a number it does not have.
func (p Pattern) Title(number string) string {
	for _, s := range p.All() {
		if s.Number == number {
			return s.Title
		}
	}
	return ""
}
