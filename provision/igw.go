package provision

import (
	"vpclink/state"
	"vpclink/steps"
)

// everywhere is the destination of a default route.
const everywhere = "0.0.0.0/0"

// InternetGateway is pattern 1: every VPC with an internet gateway, and the instances meet at their public addresses.
// The VPCs' own blocks may overlap.
func InternetGateway() Pattern {
	gateways, attachments, public := map[string]Handle{}, map[string]Handle{}, map[string]Handle{}

	return Pattern{
		Name: "igw", Most: mostEach, MostWhy: "a security group holds 60 rules, one for each peer",
		NeedsInstances: true, StartsInstances: true, OpensGroups: true,
		Steps: []Step{
			{Number: "1.1.1", Title: "Create an internet gateway and attach it to each VPC", Add: func(p *Plan, vpcs []*VPC) {
				for _, v := range vpcs {
					gateways[v.Name] = p.Add(steps.KindInternetGateway, v.Name, steps.InternetGateway{VPC: v.ID(), Existing: p.gatewayOf(v)})
					attachments[v.Name] = p.Add(steps.KindInternetGatewayAttachment, v.Name,
						steps.InternetGatewayAttachment{Gateway: gateways[v.Name].ID(), VPC: v.ID()})
				}
			}},
			{Number: "1.1.2", Title: "Add a default route (0.0.0.0/0) to the internet gateway in each subnet's route table", Add: func(p *Plan, vpcs []*VPC) {
				for _, v := range vpcs {
					for i, table := range v.RouteTables {
						p.Add(steps.KindRoute, nth(v.Name, i),
							steps.Route{RouteTable: table.ID(), Destination: state.Literal(everywhere), Target: gateways[v.Name].ID()},
							attachments[v.Name]) // AWS knows no route to a gateway of another network
					}
				}
			}},
			{Number: "1.1.3", Title: "Give each instance a public IP", Add: func(p *Plan, vpcs []*VPC) {
				for _, v := range vpcs {
					if v.Existing != "" {
						public[v.Name] = p.address(v, attachments[v.Name])
						continue
					}
					set := p.instance(v)
					set.PublicIP = true
					// After the attachment, so that on the way down the gateway is detached when the address is gone.
					public[v.Name] = p.Add(steps.KindInstance, v.Name, set, attachments[v.Name])
				}
				for _, pair := range directions(vpcs) {
					from, to := pair[0], pair[1]
					p.Add(steps.KindSecurityGroupRule, from.Name+":"+to.Name, steps.SecurityGroupRule{
						Group: to.Group.ID(), Port: port, Source: public[from.Name].Out(steps.OutPublicCIDR), Description: "from " + from.Name,
					})
				}
			}},
			{Number: "1.1.4", Title: "Connect by RDP from the instance to the instance in the other VPC, at its public IP", Verify: true},
		},
	}
}

// gatewayOf is the internet gateway that a VPC has already, "" when there is none or it is the stack's own.
func (p *Plan) gatewayOf(v *VPC) string {
	if rec := p.record(steps.KindInternetGateway, v.Name); v.Existing == "" || rec.Owned && rec.Present() {
		return ""
	}
	return v.has.Gateway
}

// address adds an Elastic IP for an instance that is there already and has no public address, and returns what tells the
// address. The setting of the interface itself (aws-facts §0.1) is not used: whether AWS takes it back for an instance
// that goes on running is not documented, and an Elastic IP leaves nothing behind.
func (p *Plan) address(v *VPC, attachment Handle) Handle {
	if v.instance == nil || v.instance.PublicIP != "" && !p.record(steps.KindElasticIP, v.Name).Present() {
		return v.Instance
	}
	address := p.Add(steps.KindElasticIP, v.Name, steps.ElasticIP{For: v.Instance.ID()})
	// After the attachment: AWS wants the gateway there (aws-facts §2.9), and on the way down the address taken off before.
	p.Add(steps.KindElasticIPAssociation, v.Name, steps.ElasticIPAssociation{Address: address.ID(), Interface: v.instance.Interface}, attachment)
	return address
}
