package provision

import (
	"slices"
	"strconv"

	"vpclink/state"
	"vpclink/steps"
)

// VPC is one of the VPCs to be linked, as the patterns see it: what was chosen for it, and the handles of its parts.
type VPC struct {
	Name    string
	CIDR    string
	More    []string       // further blocks of one that is there already; "" in the place of one that is gone
	Subnets []SubnetChoice // the first holds the instance

	Existing string // the ID of one that is there already, and what of it is used
	has      steps.Existing
	tables   []string // the route tables that its subnets really use
	opened   []string // those that have no default route without the stack
	instance *steps.ExistingInstance

	vpc, Group, Instance Handle
	RouteTables          []Handle // those of its subnets; one, unless the VPC is one that is there already
	joined               Handle   // our group on the interface of an instance that is there already
	subnets              []Handle
}

// SubnetChoice is what was chosen for a subnet.
type SubnetChoice struct {
	CIDR, AZID, Host string // Host is the address of an instance in it
	ID, RouteTable   string // of one that is there already
}

// unseen reports whether it is a VPC that is there already and was not looked at yet.
func (v *VPC) unseen() bool { return v.Existing != "" && v.has.ID == "" }

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
			if v.Existing != "" {
				p.borrow(v)
				continue
			}
			v.vpc = p.Add(steps.KindVPC, v.Name, steps.VPC{CIDR: v.CIDR})
			table := p.Add(steps.KindRouteTable, v.Name, steps.RouteTable{VPC: v.ID()})
			v.RouteTables = []Handle{table}
			v.Group = p.Add(steps.KindSecurityGroup, v.Name, steps.SecurityGroup{VPC: v.ID(), Description: "vpclink " + p.Stack + " " + v.Name})
			for i, choice := range v.Subnets {
				subnet := p.Add(steps.KindSubnet, nth(v.Name, i), steps.Subnet{VPC: v.ID(), CIDR: choice.CIDR, AZID: choice.AZID})
				p.Add(steps.KindRouteTableAssociation, nth(v.Name, i), steps.RouteTableAssociation{RouteTable: table.ID(), Subnet: subnet.ID()})
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
				p.Add(steps.KindSecurityGroupRule, from.leads(from.Name, to.Name),
					steps.SecurityGroupRule{Group: to.Group.ID(), Port: port, Source: from.CIDR, Description: "from " + from.Name})
			}
		}
	}}
}

// borrow adds what is used of a VPC that is there already, and what it gets for the lab: a security group with the lab's
// rules, on the interface of its instance.
func (p *Plan) borrow(v *VPC) {
	v.vpc = p.Add(steps.KindVPC, v.Name, steps.VPC{CIDR: v.CIDR, Existing: v.Existing, More: v.More})
	for i, id := range v.tables {
		v.RouteTables = append(v.RouteTables, p.Add(steps.KindRouteTable, nth(v.Name, i), steps.RouteTable{VPC: v.ID(), Existing: id}))
	}
	for i, s := range v.Subnets {
		v.subnets = append(v.subnets, p.Add(steps.KindSubnet, nth(v.Name, i),
			steps.Subnet{VPC: v.ID(), CIDR: s.CIDR, AZID: s.AZID, Existing: s.ID, RouteTable: s.RouteTable}))
		if at := slices.Index(v.tables, s.RouteTable); at >= 0 {
			p.holds(v.RouteTables[at], steps.KindRoute, p.routesOf(v, s.RouteTable))
		}
	}
	v.Group = p.Add(steps.KindSecurityGroup, v.Name, steps.SecurityGroup{VPC: v.ID(), Description: p.describe(v)})
	if v.instance == nil {
		return
	}
	v.Instance = p.Add(steps.KindInstance, v.Name, steps.Instance{
		Subnet: v.subnets[0].ID(), PrivateIP: v.instance.PrivateIP, Type: v.instance.Type, Existing: v.instance.ID,
	})
	was := slices.DeleteFunc(slices.Clone(v.instance.Groups), func(id string) bool { return id == p.recordedID(v.Group) })
	v.joined = p.Add(steps.KindInterfaceGroup, v.Name, steps.InterfaceGroup{
		Interface: v.instance.Interface, Instance: v.Instance.ID(), Group: v.Group.ID(), Was: was,
	})
	p.holds(v.Instance, steps.KindInterfaceGroup, len(was))
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

// describe says what the group of a VPC that is there already is made for. Of one that is made already it is what it was.
func (p *Plan) describe(v *VPC) string {
	if set, rec, ok := settingsOf[steps.SecurityGroup](p.records, steps.KindSecurityGroup, v.Name); ok && rec.Owned && set.Description != "" {
		return set.Description
	}
	var purpose steps.Purpose
	if v.instance != nil {
		purpose.Interface = v.instance.Interface
	}
	if p.Pattern.StartsInstances && p.gatewayOf(v) != "" {
		purpose.Opened = v.opened
	}
	return purpose.Describe("vpclink " + p.Stack + " " + v.Name)
}
