package provision

import (
	"strings"

	"vpclink/state"
	"vpclink/steps"
)

// service is what one VPC offers to others by PrivateLink.
type service struct {
	provider  *VPC
	consumers []*VPC
}

// services are who offers what to whom: the first VPC to all others, and with BothWays each of those to the first.
func (p *Plan) services(vpcs []*VPC) []service {
	first, others := vpcs[0], vpcs[1:]
	list := []service{{first, others}}
	if p.BothWays {
		for _, v := range others {
			list = append(list, service{v, []*VPC{first}})
		}
	}
	return list
}

// consumptions are the pairs of a consumer and its provider.
func (p *Plan) consumptions(vpcs []*VPC) [][2]*VPC {
	var pairs [][2]*VPC
	for _, s := range p.services(vpcs) {
		for _, c := range s.consumers {
			pairs = append(pairs, [2]*VPC{c, s.provider})
		}
	}
	return pairs
}

// door adds the load balancer's security group. It admits the consumers' blocks, each once (they are alike), since AWS
// holds its rules against the client's own address (aws-facts §0.13). The provider's instance admits the group, by the
// rule that is returned as well.
func (p *Plan) door(s service) (group, rule Handle) {
	name := s.provider.Name
	door := p.Add(steps.KindSecurityGroup, name, steps.SecurityGroup{VPC: s.provider.ID(), Description: "vpclink " + p.Stack + " load balancer " + name})
	admitted := map[string]bool{}
	for _, c := range s.consumers {
		for _, block := range c.Blocks() {
			cidr := c.literal(block)
			if admitted[cidr] {
				continue
			}
			admitted[cidr] = true
			// Named by the block, so that it stays the same rule whichever consumer is named first.
			p.Add(steps.KindSecurityGroupRule, strings.ReplaceAll(cidr, "/", "-")+":"+name, steps.SecurityGroupRule{
				Group: door.ID(), Port: port, Source: state.Literal(cidr), Description: "from the consumers in " + cidr,
			})
		}
	}
	rule = p.Add(steps.KindSecurityGroupRule, name, steps.SecurityGroupRule{
		Group: s.provider.Group.ID(), Port: port, Source: door.ID(), Description: "from the load balancer",
	})
	return door, rule
}
