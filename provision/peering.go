package provision

import (
	"vpclink/steps"
)

// mostPeered is one more than the peerings that a VPC can have at most, when its quota is raised as far as AWS raises it
// (aws-facts §1.4).
const mostPeered = 126

// Peering is pattern 2: a peering connection between every two VPCs, since peering is not transitive.
func Peering() Pattern {
	requests, accepted := map[string]Handle{}, map[string]Handle{}

	return Pattern{
		Name: "peering", Disjoint: true, Most: mostPeered, MostWhy: "a VPC has 125 peerings at most",
		Flags: []string{FlagRoutes, FlagDNS},
		Hint:  "peering is not transitive, so every two VPCs get a connection of their own; from three VPCs on AWS recommends a hub (Well-Architected REL02-BP04): vpclink up tgw",
		Steps: []Step{
			{Number: "1.2.1", Title: "Request a peering connection and accept it (pending-acceptance → active)", Add: func(p *Plan, vpcs []*VPC) {
				named := p.hostnames(vpcs)
				for _, pair := range pairs(vpcs) {
					a, b := pair[0], pair[1]
					name := link(a, b)
					requests[name] = p.Add(steps.KindVPCPeering, name, steps.VPCPeering{Requester: a.ID(), Accepter: b.ID()})
					accepted[name] = p.Add(steps.KindVPCPeeringAccept, name, steps.VPCPeeringAccept{Peering: requests[name].ID()})
					if p.DNS {
						p.Add(steps.KindVPCPeeringDNS, name, steps.VPCPeeringDNS{Peering: requests[name].ID()}, accepted[name], named[a.Name], named[b.Name])
					}
				}
			}},
			{Number: "1.2.2", Title: "Add routes to each other's CIDR through the peering connection, on both sides", Add: func(p *Plan, vpcs []*VPC) {
				for _, pair := range directions(vpcs) {
					from, to := pair[0], pair[1]
					for _, block := range to.Blocks() {
						p.Route(from, block, requests[link(from, to)].ID(), accepted[link(from, to)]) // until then the route is a blackhole
					}
				}
			}},
			{Number: "1.2.3", Title: "Connect by RDP to the other instance's private IP", Verify: true},
			{Number: "1.2.4", Title: "Analyse the path with Reachability Analyzer", Verify: true},
		},
	}
}

// hostnames turns DNS host names on in each VPC, which DNS resolution over a peering needs on both sides.
func (p *Plan) hostnames(vpcs []*VPC) map[string]Handle {
	named := map[string]Handle{}
	if p.DNS {
		for _, v := range vpcs {
			named[v.Name] = p.Add(steps.KindVPCDNSHostnames, v.Name, steps.VPCDNSHostnames{VPC: v.ID()})
		}
	}
	return named
}
