package provision

import (
	"strconv"

	"vpclink/state"
	"vpclink/steps"
)

// VPC is one of the VPCs to be linked, as the patterns see it: what was chosen for it, and the handles of its parts.
type VPC struct {
	Name    string
	CIDR    string
	Subnets []SubnetChoice // the first holds the instance

	vpc, RouteTable, Group, Instance Handle
	subnets                          []Handle
}

// SubnetChoice is what was chosen for a subnet.
type SubnetChoice struct{ CIDR, AZID, Host string } // Host is the address of an instance in it

// ID is the VPC's ID.
func (v *VPC) ID() state.Value { return v.vpc.ID() }

// SubnetIDs are the IDs of its subnets, one per AZ.
func (v *VPC) SubnetIDs() []state.Value {
	var ids []state.Value
	for _, s := range v.subnets {
		ids = append(ids, s.ID())
	}
	return ids
}

// port is the only one that is opened: RDP, as in the tutorial.
const port = 3389

// foundation is the step without a number in the tutorial: what has to be there before any pattern.
func foundation() Step {
	return Step{Number: "0", Title: "Create the VPCs, each with subnet, route table, security group and a running instance", Add: func(p *Plan, vpcs []*VPC) {
		for _, v := range vpcs {
			v.vpc = p.Add(steps.KindVPC, v.Name, steps.VPC{CIDR: v.CIDR})
			v.RouteTable = p.Add(steps.KindRouteTable, v.Name, steps.RouteTable{VPC: v.ID()})
			v.Group = p.Add(steps.KindSecurityGroup, v.Name, steps.SecurityGroup{VPC: v.ID(), Description: "vpclink " + p.Stack + " " + v.Name})
			for i, choice := range v.Subnets {
				subnet := p.Add(steps.KindSubnet, nth(v.Name, i), steps.Subnet{VPC: v.ID(), CIDR: choice.CIDR, AZID: choice.AZID})
				p.Add(steps.KindRouteTableAssociation, nth(v.Name, i), steps.RouteTableAssociation{RouteTable: v.RouteTable.ID(), Subnet: subnet.ID()})
				v.subnets = append(v.subnets, subnet)
			}
			if p.Instances && !p.Pattern.StartsInstances {
				v.Instance = p.Add(steps.KindInstance, v.Name, p.instance(v))
			}
		}
		if p.Pattern.OpensGroups {
			return
		}
		for _, to := range vpcs {
			for _, from := range p.Reach(to, vpcs) { // who is reached is who may come
				p.Add(steps.KindSecurityGroupRule, from.Name+":"+to.Name,
					steps.SecurityGroupRule{Group: to.Group.ID(), Port: port, Source: from.CIDR, Description: "from " + from.Name})
			}
		}
	}}
}

// instance returns the settings of a VPC's instance: the n-th .10 of its first subnet.
func (p *Plan) instance(v *VPC) steps.Instance {
	set := p.Template
	set.Subnet, set.Group, set.PrivateIP = v.subnets[0].ID(), v.Group.ID(), v.Subnets[0].Host
	return set
}

// nth names the i-th of several things of a VPC: "a", "a:2", "a:3".
func nth(name string, i int) string {
	if i == 0 {
		return name
	}
	return name + ":" + strconv.Itoa(i+1)
}
