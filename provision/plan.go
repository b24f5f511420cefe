package provision

import (
	"vpclink/state"
	"vpclink/steps"
	"vpclink/words"
)

// Plan is what a stack shall be: resources in the order of their steps. It knows nothing of what is there.
type Plan struct {
	Stack     string
	Pattern   Pattern
	Routes    string         // RoutesEach or RoutesSummary
	Instances bool           // an instance per VPC is started
	DNS       bool           // host names are resolved over peerings
	BothWays  bool           // every consumer is a provider too
	Template  steps.Instance // what all instances have in common
	Resources []Resource
	Warnings  []error     // what is to be known before it is carried out
	Prune     []state.Key // what the stack has and the plan leaves out, to be taken away; nil: it is kept

	has     map[state.Key]map[string]int // what a thing that is there already has of a kind, whoever made it
	records []state.Record               // of the stack, while the plan is built
	step    string                       // the number whose resources are being added
	err     error                        // the first that Add met
}

// Resource is one thing that a plan wants.
type Resource struct {
	Key      state.Key
	Scope    int            // index of the stack's scopes
	Settings state.Settings // literals and references
	After    []state.Key    // order alone
	Skip     error          // why the target cannot make it, nil when it can
}

// Needs returns the keys that must be ready before the resource: those it refers to, and those it comes after.
func (r Resource) Needs() []state.Key {
	var needs []state.Key
	seen := map[state.Key]bool{}
	add := func(k state.Key) {
		if !seen[k] {
			seen[k] = true
			needs = append(needs, k)
		}
	}
	for _, ref := range r.Settings.Refs() {
		add(ref.Key)
	}
	for _, k := range r.After {
		add(k)
	}
	return needs
}

// Handle stands for a resource that was added: others refer to it by what the handle returns.
type Handle struct{ key state.Key }

// ID refers to the resource's ID.
func (h Handle) ID() state.Value { return state.Value{Ref: state.Ref{Key: h.key}} }

// Out refers to one of the things that others need of it.
func (h Handle) Out(field string) state.Value {
	return state.Value{Ref: state.Ref{Key: h.key, Field: field}}
}

// Add puts a resource of the current step into the plan. Settings is the kind's settings struct. The resource comes
// after everything it refers to, and after these.
func (p *Plan) Add(kind, name string, settings any, after ...Handle) Handle {
	r := Resource{Key: state.NewKey(p.step, kind, name)}
	var err error
	if r.Settings, err = state.NewSettings(settings); err != nil && p.err == nil {
		p.err = words.Errorf("planning %s: %w", r.Key, err)
	}
	for _, h := range after {
		if h.key != "" {
			r.After = append(r.After, h.key)
		}
	}
	p.Resources = append(p.Resources, r)
	return Handle{r.Key}
}

// VPCs returns how many VPCs the plan links, those that are kept among them.
func (p *Plan) VPCs() int {
	n := 0
	for _, r := range p.Resources {
		if r.Key.Kind() == steps.KindVPC {
			n++
		}
	}
	return n
}

// nodes are the plan's resources as a walk takes them.
func (p *Plan) nodes() []node {
	list := make([]node, 0, len(p.Resources))
	for _, r := range p.Resources {
		list = append(list, node{r.Key, r.Needs()})
	}
	return list
}

// build adds the resources of every step that is not optional.
func (p *Plan) build(vpcs []*VPC, records []state.Record) error {
	p.records = records
	defer func() { p.records = nil }()
	for _, s := range p.Pattern.All() {
		if s.Add != nil && !s.Optional {
			p.step = s.Number
			s.Add(p, vpcs)
		}
	}
	return p.err
}

// The ways to write routes and rules.
const (
	RoutesEach    = "each"    // one per peer
	RoutesSummary = "summary" // one per private block that covers peers
)

// Destination is what one route of a VPC leads to, or one rule lets in.
type Destination struct {
	Name string
	CIDR state.Value
	N    int // which of the blocks of that name it is, from 0
}

// leads names what leads from one to the other and is about this block: "a:b", "a:b:2".
func (d Destination) leads(from, to string) string { return nth(from+":"+to, d.N) }

// Blocks are all blocks of a VPC, each with the number that it has in names.
func (v *VPC) Blocks() []Destination {
	list := []Destination{{Name: v.Name, CIDR: v.vpc.Out(steps.OutCIDR)}}
	for i, block := range v.More {
		if block != "" {
			list = append(list, Destination{v.Name, state.Literal(block), i + 1})
		}
	}
	return list
}

// literal is a block as text.
func (v *VPC) literal(d Destination) string {
	if d.N == 0 {
		return v.CIDR
	}
	return d.CIDR.String()
}

// privateBlocks are RFC 1918's, named as they stand in keys.
var privateBlocks = []struct{ name, cidr string }{
	{"private-10", "10.0.0.0/8"}, {"private-172", "172.16.0.0/12"}, {"private-192", "192.168.0.0/16"},
}

// Reach returns what a VPC shall reach, and be reached from: its peers one by one, or the private blocks they lie in.
// The VPC's own local route is narrower than such a block, so its own traffic stays inside.
func (p *Plan) Reach(from *VPC, vpcs []*VPC) []Destination {
	var peers []Destination
	covered := map[string]bool{}
	for _, v := range vpcs {
		if v == from {
			continue
		}
		for _, peer := range v.Blocks() {
			if p.Routes == RoutesSummary {
				block, ok := blockOf(v.literal(peer))
				if ok && covered[block.Name] {
					continue
				}
				if ok {
					covered[block.Name] = true
					peer = block
				}
			}
			peers = append(peers, peer)
		}
	}
	return peers
}

// Route adds a route to a block to every route table of a VPC. In the first table it is named "a:b", "a:b:2" for the
// second block; in the second table "a:2:b".
func (p *Plan) Route(from *VPC, to Destination, target state.Value, after ...Handle) {
	for i, table := range from.RouteTables {
		p.Add(steps.KindRoute, to.leads(nth(from.Name, i), to.Name),
			steps.Route{RouteTable: table.ID(), Destination: to.CIDR, Target: target}, after...)
	}
}
