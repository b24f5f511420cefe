package provision

import (
	"net/netip"
	"slices"

	"vpclink/state"
	"vpclink/steps"
)

// Request is what up was asked for, read and not yet chosen.
type Request struct {
	Stack     string
	Pattern   Pattern
	Items     []Item
	AZs       int          // subnets per VPC, each in an AZ of its own
	Pool      netip.Prefix // where blocks are chosen from
	PrefixLen int          // their length; 0: as long as the count needs, from /16 on
	Routes    string       // RoutesEach, RoutesSummary, or "": by the count
	OS        string       // OSWindows or OSLinux
	Type      string       // "": the system's usual one
	Image     string       // "": the system's usual one
	KeyName   string
	Instances bool
	DNS       bool // host names are resolved over peerings
	BothWays  bool // by PrivateLink every consumer is a provider too
	Strict    bool // what would be a warning is refused
	Prune     bool // what the stack has and the request does not ask for is taken away

	Choice   Choice                    // what is used of VPCs that are there already
	Surveyed map[string]steps.Existing // those VPCs by ID; nil: not looked at yet, so what depends on it is left open
}

// The flags that only some patterns take.
const (
	FlagRoutes   = "routes"
	FlagDNS      = "dns"
	FlagBothWays = "both-ways"
)

// TakenBy returns the names of the patterns that take one of these flags; nil for a flag that all take.
func TakenBy(flag string) []string {
	var names []string
	for _, p := range Patterns() {
		if p.Takes(flag) {
			names = append(names, p.Name)
		}
	}
	return names
}

// mostEach is the most VPCs for which one route and rule per peer is possible: a security group holds 60 rules.
const mostEach = 61

// summaryAbove is the count of VPCs from which on one route per private block serves better than one per peer.
const summaryAbove = 50

// InstanceType returns the type of the instances that are started.
func (r Request) InstanceType() string {
	if r.Type != "" {
		return r.Type
	}
	return systems[r.OS].instanceType
}

// NewPlan chooses what the request leaves open and lays out the pattern. What the records of the stack already chose
// stays. Zones are the IDs of the AZs that may be used, in order. It refuses, with a *RefusedError, what AWS or the
// pattern would not take.
func NewPlan(r Request, records []state.Record, zones []string) (*Plan, error) {
	if r.Prune {
		if err := r.keepsProvider(records); err != nil {
			return nil, err
		}
	} else {
		r = r.withKept(records)
	}
	r, err := r.withBorrowed(records)
	if err != nil {
		return nil, err
	}
	if err := r.fits(); err != nil {
		return nil, err
	}
	routes, err := r.routes(records)
	if err != nil {
		return nil, err
	}
	system, ok := systems[r.OS]
	if !ok {
		return nil, refuse("--os %s: windows or linux", r.OS)
	}
	if r.AZs < 1 || r.AZs > len(zones) {
		return nil, refuse("--azs %d: 1 to %d, the number of AZs that offer %s here", r.AZs, len(zones), r.InstanceType())
	}
	r = r.providerFirst(records)
	vpcs, err := choose(r, records, zones)
	if err != nil {
		return nil, err
	}
	if err := r.sameZones(vpcs); err != nil {
		return nil, err
	}
	p := &Plan{
		Stack: r.Stack, Pattern: r.Pattern, Routes: routes, Instances: r.Instances, DNS: r.DNS, BothWays: r.BothWays,
		Template: steps.Instance{Image: system.image, Type: r.InstanceType(), KeyName: r.KeyName, UserData: system.userData},
	}
	if r.Image != "" {
		p.Template.Image = r.Image
	}
	if err := p.apart(vpcs, r.Strict); err != nil {
		return nil, err
	}
	if err := p.build(vpcs, records); err != nil {
		return p, err
	}
	if r.Prune {
		p.Prune = p.pruned(records)
	}
	return p, nil
}

// fits refuses what the pattern cannot do.
func (r Request) fits() error {
	switch p := r.Pattern; {
	case len(r.Items) < 2:
		return tooFew(len(r.Items))
	case p.Most > 0 && len(r.Items) > p.Most:
		return refuse("%s links up to %d VPCs, since %s, and these are %d: use tgw, which has no such limit", p.Name, p.Most, p.MostWhy, len(r.Items))
	case p.NeedsInstances && !r.Instances:
		return refuse("--instances=false: %s needs the instances, since its own steps are about them", p.Name)
	}
	return nil
}

// withKept adds the VPCs of the stack that the request does not name: they are kept, and what is new is linked with them
// too.
func (r Request) withKept(records []state.Record) Request {
	for _, name := range VPCNames(records) {
		if !slices.ContainsFunc(r.Items, func(i Item) bool { return i.Name == name }) {
			r.Items = append(slices.Clip(r.Items), Item{Name: name})
		}
	}
	return r
}

// routes settles how routes and rules are written: a stack keeps the way it began with.
func (r Request) routes(records []state.Record) (string, error) {
	began := ""
	for _, rec := range records {
		if rec.Key.Kind() == steps.KindSecurityGroupRule {
			began = RoutesEach
			if slices.ContainsFunc(privateBlocks, func(b struct{ name, cidr string }) bool { return nameOfFrom(rec.Key) == b.name }) {
				began = RoutesSummary
				break
			}
		}
	}
	want := r.Routes
	switch {
	case want != "" && want != RoutesEach && want != RoutesSummary:
		return "", refuse("--routes %s: each or summary", want)
	case began != "" && want != "" && began != want:
		return "", refuse("this stack was begun with --routes %s and keeps it: leave the flag out, or take the stack down first", began)
	case began != "":
		want = began
	case want == "" && len(r.Items) > summaryAbove && r.Pattern.Takes(FlagRoutes):
		want = RoutesSummary
	case want == "":
		want = RoutesEach
	}
	if want == RoutesEach && len(r.Items) > mostEach && r.Pattern.Takes(FlagRoutes) {
		return "", refuse("--routes each is possible up to %d VPCs, since a security group holds 60 rules, and these are %d: use --routes summary", mostEach, len(r.Items))
	}
	return want, nil
}
