// Package provision turns a pattern into a plan, and a plan into things at AWS: it makes every resource as soon as what
// it refers to is ready, records what it does before it does it, and takes away what the journal says is ours.
package provision

import (
	"maps"
	"net/netip"
	"slices"

	"vpclink/steps"
	"vpclink/words"
)

// Pattern is one of the tutorial's four ways to link VPCs. Its steps hand each other what they made, so it makes one plan
// at a time: whoever makes several at once takes a Pattern for each.
type Pattern struct {
	Name     string
	Disjoint bool       // the VPCs' CIDRs must not overlap
	Alike    bool       // the VPCs get the same CIDR and the instances the same address, unless told otherwise
	Most     int        // the most VPCs it can link, 0: no limit of its own
	MostWhy  words.Text // what limits it
	Flags    []string   // the flags of up that only some patterns take, and this one does
	Hint     words.Text // what to know before it links three VPCs or more, "" for nothing
	Steps    []Step

	NeedsInstances bool // it cannot do without them
	// What its own steps do, else the foundation:
	StartsInstances, OpensGroups bool
}

// Takes reports whether the pattern takes a flag that only some patterns do.
func (p Pattern) Takes(flag string) bool { return slices.Contains(p.Flags, flag) }

// Step is one numbered procedure of the tutorial. Only here do its numbers appear.
type Step struct {
	Number   string
	Title    words.Text
	Verify   bool                // only looks
	Optional bool                // asked for by a flag, else left out
	Add      func(*Plan, []*VPC) // adds the step's resources; nil when it is not built yet or only looks
}

// Patterns returns every pattern that is built, in the tutorial's order.
func Patterns() []Pattern {
	return []Pattern{InternetGateway(), Peering(), PrivateLink(), TransitGateway()}
}

// Find returns the pattern of that name; false when there is none.
func Find(name string) (Pattern, bool) {
	all := Patterns()
	i := slices.IndexFunc(all, func(p Pattern) bool { return p.Name == name })
	if i < 0 {
		return Pattern{}, false
	}
	return all[i], true
}

// Kinds returns the kinds of all that the pattern may make, whatever flags are given.
func (p Pattern) Kinds() []string {
	there := steps.Existing{
		ID: "vpc-0", Blocks: []string{"192.168.0.0/16"},
		Subnets:   []steps.ExistingSubnet{{ID: "subnet-0", AZID: "1", RouteTable: "rtb-0"}, {ID: "subnet-1", AZID: "2", RouteTable: "rtb-0"}},
		Instances: []steps.ExistingInstance{{ID: "i-0", State: stateRunning, Subnet: "subnet-0", Interface: "eni-0"}},
	}
	plan, err := NewPlan(Request{
		Stack: p.Name, Pattern: p, Items: []Item{{Name: "a"}, {Name: "b"}, {Name: "c", VPC: there.ID}}, AZs: 2, Pool: netip.MustParsePrefix("10.0.0.0/8"),
		OS: OSLinux, Instances: true, DNS: true, BothWays: true, Surveyed: map[string]steps.Existing{there.ID: there},
	}, nil, []string{"1", "2"})
	if err != nil {
		panic(err) // a fault of the pattern: TestKindsOfAPattern
	}
	kinds := map[string]bool{}
	for _, r := range plan.Resources {
		kinds[r.Key.Kind()] = true
	}
	return slices.Sorted(maps.Keys(kinds))
}

// All returns the foundation and the pattern's own steps, in order.
func (p Pattern) All() []Step { return append([]Step{foundation()}, p.Steps...) }

// Title returns the title of a step, "" for a number it does not have.
func (p Pattern) Title(number string) words.Text {
	for _, s := range p.All() {
		if s.Number == number {
			return s.Title
		}
	}
	return ""
}
