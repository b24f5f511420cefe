package provision

import (
	"vpclink/steps"
)

// PrivateLink is pattern 3: a consumer's VPC gets an endpoint for a service that the provider's VPC offers behind a load
// balancer. The first VPC is the provider, all others are its consumers; with BothWays each of them is a provider too,
// with the first as its consumer.
func PrivateLink() Pattern {
	groups, balancers, targets := map[string]Handle{}, map[string]Handle{}, map[string]Handle{}
	offered, doors, opened := map[string]Handle{}, map[string]Handle{}, map[string]Handle{}

	return Pattern{
		Name: "privatelink", Alike: true, NeedsInstances: true, OpensGroups: true, Flags: []string{FlagBothWays},
		Steps: []Step{
			{Number: "1.3.1", Title: "Create the target group: type instance, TCP 3389, TCP health check; register the destination instance", Add: func(p *Plan, vpcs []*VPC) {
				for _, s := range p.services(vpcs) {
					name := s.provider.Name
					groups[name] = p.Add(steps.KindTargetGroup, name, steps.TargetGroup{VPC: s.provider.ID(), Port: port})
					targets[name] = p.Add(steps.KindTarget, name,
						steps.Target{TargetGroup: groups[name].ID(), Instance: s.provider.Instance.ID(), Port: port})
				}
			}},
			{Number: "1.3.2", Title: "Create the security group for the NLB: inbound TCP 3389", Add: func(p *Plan, vpcs []*VPC) {
				for _, s := range p.services(vpcs) {
					doors[s.provider.Name], opened[s.provider.Name] = p.door(s)
				}
			}},
			{Number: "1.3.3", Title: "Create the internal NLB (destination subnet, that security group, listener TCP 3389); wait for the target to be healthy", Add: func(p *Plan, vpcs []*VPC) {
				for _, s := range p.services(vpcs) {
					name := s.provider.Name
					balancers[name] = p.Add(steps.KindNLB, name, steps.NLB{Subnets: s.provider.SubnetIDs(), Group: doors[name].ID()})
					listener := p.Add(steps.KindListener, name,
						steps.Listener{NLB: balancers[name].ID(), TargetGroup: groups[name].ID(), Port: port})
					if len(s.provider.Subnets) > 1 { // the instance is in one AZ, and the endpoints' addresses are in all
						p.Add(steps.KindNLBCrossZone, name, steps.NLBCrossZone{NLB: balancers[name].ID()})
					}
					p.Add(steps.KindTargetHealth, name, steps.TargetHealth{TargetGroup: groups[name].ID(), Instance: s.provider.Instance.ID(), Port: port},
						listener, targets[name], opened[name], s.provider.joined)
				}
			}},
			{Number: "1.3.4", Title: "Create the endpoint service on the NLB (acceptance required)", Add: func(p *Plan, vpcs []*VPC) {
				for _, s := range p.services(vpcs) {
					name := s.provider.Name
					offered[name] = p.Add(steps.KindEndpointService, name, steps.EndpointService{NLB: balancers[name].ID()})
				}
			}},
			{Number: "1.3.5", Title: "Create the security group for the endpoint: inbound TCP 3389 only from the security group of the source instance", Add: func(p *Plan, vpcs []*VPC) {
				for _, pair := range p.consumptions(vpcs) {
					consumer, name := pair[0], pair[0].Name+":"+pair[1].Name
					doors[name] = p.Add(steps.KindSecurityGroup, name, steps.SecurityGroup{VPC: consumer.ID(), Description: "vpclink " + p.Stack + " endpoint " + name})
					p.Add(steps.KindSecurityGroupRule, name, steps.SecurityGroupRule{
						Group: doors[name].ID(), Port: port, Source: consumer.Group.ID(), Description: "from the instances of " + consumer.Name,
					})
				}
			}},
			{Number: "1.3.6", Title: "Create the interface endpoint by service name (pendingAcceptance), accept the connection request (→ available), note the endpoint's DNS name", Add: func(p *Plan, vpcs []*VPC) {
				for _, pair := range p.consumptions(vpcs) {
					consumer, name, service := pair[0], pair[0].Name+":"+pair[1].Name, offered[pair[1].Name]
					endpoint := p.Add(steps.KindVPCEndpoint, name, steps.VPCEndpoint{
						VPC: consumer.ID(), ServiceName: service.Out(steps.OutServiceName), Subnets: consumer.SubnetIDs(), Group: doors[name].ID(),
					})
					p.Add(steps.KindEndpointAccept, name, steps.EndpointAccept{Service: service.ID(), Endpoint: endpoint.ID(), VPC: consumer.ID()})
				}
			}},
			{Number: "1.3.7", Title: "Connect by RDP to the endpoint's DNS name", Verify: true},
			{Number: "1.3.8", Title: "Analyse the path with Reachability Analyzer", Verify: true},
		},
	}
}
