package provision

import (
	"vpclink/steps"
)

// TransitGateway is pattern 4: every VPC attached to one transit gateway, whose own route table decides who reaches whom.
func TransitGateway() Pattern {
	var gateway, table Handle
	attachments := map[string]Handle{}

	return Pattern{Name: "tgw", Disjoint: true, Flags: []string{FlagRoutes}, Steps: []Step{
		{Number: "1.4.1", Title: "Create the transit gateway with default route table association and propagation turned off", Add: func(p *Plan, _ []*VPC) {
			gateway = p.Add(steps.KindTransitGateway, "tgw", steps.TransitGateway{Description: "vpclink " + p.Stack})
		}},
		{Number: "1.4.2", Title: "Create a transit gateway route table", Add: func(p *Plan, _ []*VPC) {
			table = p.Add(steps.KindTGWRouteTable, "tgw", steps.TGWRouteTable{Gateway: gateway.ID()})
		}},
		{Number: "1.4.3", Title: "Attach each VPC", Add: func(p *Plan, vpcs []*VPC) {
			for _, v := range vpcs {
				attachments[v.Name] = p.Add(steps.KindTGWAttachment, v.Name,
					steps.TGWAttachment{Gateway: gateway.ID(), VPC: v.ID(), Subnets: v.SubnetIDs()})
			}
		}},
		{Number: "1.4.4", Title: "Associate each attachment with the route table", Add: func(p *Plan, vpcs []*VPC) {
			for _, v := range vpcs {
				p.Add(steps.KindTGWAssociation, v.Name,
					steps.TGWAssociation{RouteTable: table.ID(), Attachment: attachments[v.Name].ID()})
			}
		}},
		{Number: "1.4.5", Title: "Propagate each attachment's routes into the route table", Add: func(p *Plan, vpcs []*VPC) {
			for _, v := range vpcs {
				p.Add(steps.KindTGWPropagation, v.Name,
					steps.TGWPropagation{RouteTable: table.ID(), Attachment: attachments[v.Name].ID()})
			}
		}},
		{Number: "1.4.6", Title: "Add routes to the other VPCs' CIDRs through the transit gateway in each subnet's route table", Add: func(p *Plan, vpcs []*VPC) {
			for _, from := range vpcs {
				for _, to := range p.Reach(from, vpcs) {
					p.Route(from, to, gateway.ID(), attachments[from.Name]) // AWS knows no route to a gateway that the VPC is not attached to
				}
			}
		}},
		{Number: "1.4.7", Title: "Connect by RDP to the other instances' private IPs (every pair)", Verify: true},
		{Number: "1.4.8", Title: "Analyse the path with Reachability Analyzer", Verify: true},
		{Number: "1.4.9", Title: "Reach a VPC in another region (two transit gateways peered, static routes)", Optional: true},
		{Number: "1.4.10", Title: "Reach a VPC in another account (transit gateway shared through RAM)", Optional: true},
	}}
}
