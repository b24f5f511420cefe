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
	gateways, attachments, instances := map[string]Handle{}, map[string]Handle{}, map[string]Handle{}

	return Pattern{
		Name: "igw", Most: mostEach, MostWhy: "a security group holds 60 rules, one for each peer",
		NeedsInstances: true, StartsInstances: true, OpensGroups: true,
		Steps: []Step{
			{Number: "1.1.1", Title: "Create an internet gateway and attach it to each VPC", Add: func(p *Plan, vpcs []*VPC) {
				for _, v := range vpcs {
					gateways[v.Name] = p.Add(steps.KindInternetGateway, v.Name, steps.InternetGateway{VPC: v.ID()})
					attachments[v.Name] = p.Add(steps.KindInternetGatewayAttachment, v.Name,
						steps.InternetGatewayAttachment{Gateway: gateways[v.Name].ID(), VPC: v.ID()})
				}
			}},
			{Number: "1.1.2", Title: "Add a default route (0.0.0.0/0) to the internet gateway in each subnet's route table", Add: func(p *Plan, vpcs []*VPC) {
				for _, v := range vpcs {
					p.Add(steps.KindRoute, v.Name,
						steps.Route{RouteTable: v.RouteTable.ID(), Destination: state.Literal(everywhere), Target: gateways[v.Name].ID()},
						attachments[v.Name]) // AWS knows no route to a gateway of another network
				}
			}},
			{Number: "1.1.3", Title: "Give each instance a public IP", Add: func(p *Plan, vpcs []*VPC) {
				for _, v := range vpcs {
					set := p.instance(v)
					set.PublicIP = true
					// After the attachment, so that on the way down the gateway is detached when the address is gone.
					instances[v.Name] = p.Add(steps.KindInstance, v.Name, set, attachments[v.Name])
				}
				for _, pair := range directions(vpcs) {
					from, to := pair[0], pair[1]
					p.Add(steps.KindSecurityGroupRule, from.Name+":"+to.Name, steps.SecurityGroupRule{
						Group: to.Group.ID(), Port: port, Source: instances[from.Name].Out(steps.OutPublicCIDR), Description: "from " + from.Name,
					})
				}
			}},
			{Number: "1.1.4", Title: "Connect by RDP from the instance to the instance in the other VPC, at its public IP", Verify: true},
		},
	}
}
