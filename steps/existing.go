package steps

import (
	"context"
	"slices"
	"sort"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"vpclink/words"
)

// Existing is a VPC that is there already, as far as a plan needs to know it.
type Existing struct {
	ID        string
	Blocks    []string // IPv4, the first one first
	Gateway   string   // the internet gateway attached to it, "" for none
	Exposed   []string // its interfaces that have a public address
	Subnets   []ExistingSubnet
	Instances []ExistingInstance // those that are not terminated
}

// ExistingSubnet is one of its subnets, with the route table that it really uses: the one it is associated with, else the
// VPC's main one (aws-facts §2.3).
type ExistingSubnet struct {
	ID, Name, Block, AZID string
	RouteTable            string
	Routes                int      // that table's, local ones left out
	Open                  bool     // it has a default route
	Targets               []string // what they lead to, with "local"
}

// ExistingInstance is one of its instances, with its primary interface.
type ExistingInstance struct {
	ID, Name, State, Subnet, Type string
	PrivateIP, PublicIP           string
	Interface                     string
	Groups                        []string // of that interface, in its order
}

// Survey reads VPCs that are there already, by ID, and changes nothing. One that is not there is missing in the answer.
// It is six questions, however many VPCs.
func Survey(ctx context.Context, env Env, ids []string) (map[string]Existing, error) {
	s := survey{found: map[string]*Existing{}, byMain: map[string]*types.RouteTable{}, bySubnet: map[string]*types.RouteTable{}}
	for _, ask := range []struct {
		what words.Text
		see  func() error
	}{
		{"VPCs", func() error { return eachOf(ctx, "vpc-id", ids, describeVPCs(env.EC2), s.vpc) }},
		{"internet gateways", func() error {
			return eachOf(ctx, "attachment.vpc-id", ids, describeInternetGateways(env.EC2), s.gateway)
		}},
		{"route tables", func() error { return eachOf(ctx, "vpc-id", ids, describeRouteTables(env.EC2), s.table) }},
		{"subnets", func() error { return eachOf(ctx, "vpc-id", ids, describeSubnets(env.EC2), s.subnet) }},
		{"network interfaces", func() error { return eachOf(ctx, "vpc-id", ids, describeInterfaces(env.EC2), s.card) }},
		{"instances", func() error { return eachOf(ctx, "vpc-id", ids, instance{}.fetch(env), s.instance) }},
	} {
		if err := ask.see(); err != nil {
			return nil, words.Errorf("looking at the %s of %s: %w", ask.what, strings.Join(ids, ", "), err)
		}
	}
	out := map[string]Existing{}
	for id, e := range s.found {
		sort.Slice(e.Subnets, func(i, j int) bool { return e.Subnets[i].AZID+e.Subnets[i].ID < e.Subnets[j].AZID+e.Subnets[j].ID })
		sort.Slice(e.Instances, func(i, j int) bool { return e.Instances[i].ID < e.Instances[j].ID })
		slices.Sort(e.Exposed)
		out[id] = *e
	}
	return out, nil
}

// eachOf asks for what lies in the VPCs and hands each to note, which looks again whose it is: some servers ignore
// filters.
func eachOf[T any](ctx context.Context, name string, ids []string, see fetch[T], note func(T)) error {
	seen, err := fetchBy(ctx, nil, name, ids, see)
	for _, t := range seen {
		note(t)
	}
	return err
}

// survey puts what was seen together. The VPCs come first, the tables before the subnets.
type survey struct {
	found            map[string]*Existing
	byMain, bySubnet map[string]*types.RouteTable // by VPC, by subnet
}

func (s *survey) vpc(v types.Vpc) {
	s.found[aws.ToString(v.VpcId)] = &Existing{ID: aws.ToString(v.VpcId), Blocks: blocksOf(v)}
}

func (s *survey) gateway(g types.InternetGateway) {
	for _, a := range g.Attachments {
		if e := s.found[aws.ToString(a.VpcId)]; e != nil {
			e.Gateway = aws.ToString(g.InternetGatewayId)
		}
	}
}

func (s *survey) table(t types.RouteTable) {
	for _, a := range t.Associations {
		leaves := a.AssociationState != nil && (a.AssociationState.State == types.RouteTableAssociationStateCodeDisassociating ||
			a.AssociationState.State == types.RouteTableAssociationStateCodeDisassociated)
		switch {
		case leaves:
		case aws.ToBool(a.Main):
			s.byMain[aws.ToString(t.VpcId)] = &t
		case a.SubnetId != nil:
			s.bySubnet[*a.SubnetId] = &t
		}
	}
}

func (s *survey) subnet(n types.Subnet) {
	e := s.found[aws.ToString(n.VpcId)]
	if e == nil {
		return
	}
	table := s.bySubnet[aws.ToString(n.SubnetId)]
	if table == nil {
		table = s.byMain[e.ID]
	}
	found := ExistingSubnet{
		ID: aws.ToString(n.SubnetId), Name: tag(n.Tags, TagName), Block: aws.ToString(n.CidrBlock), AZID: aws.ToString(n.AvailabilityZoneId),
	}
	if table != nil {
		found.RouteTable = aws.ToString(table.RouteTableId)
		for _, r := range table.Routes {
			found.Targets = append(found.Targets, tableRoute{Route: r}.target())
			found.Open = found.Open || aws.ToString(r.DestinationCidrBlock) == anywhere
			if aws.ToString(r.GatewayId) != "local" && r.Origin != types.RouteOriginEnableVgwRoutePropagation {
				found.Routes++
			}
		}
	}
	e.Subnets = append(e.Subnets, found)
}

func (s *survey) card(n types.NetworkInterface) {
	if e := s.found[aws.ToString(n.VpcId)]; e != nil && n.Association != nil && aws.ToString(n.Association.PublicIp) != "" {
		e.Exposed = append(e.Exposed, aws.ToString(n.NetworkInterfaceId))
	}
}

func (s *survey) instance(i types.Instance) {
	e := s.found[aws.ToString(i.VpcId)]
	if e == nil || i.State == nil || i.State.Name == types.InstanceStateNameTerminated {
		return
	}
	found := ExistingInstance{
		ID: aws.ToString(i.InstanceId), Name: tag(i.Tags, TagName), State: string(i.State.Name), Subnet: aws.ToString(i.SubnetId),
		Type: string(i.InstanceType), PrivateIP: aws.ToString(i.PrivateIpAddress), PublicIP: aws.ToString(i.PublicIpAddress),
	}
	for _, n := range i.NetworkInterfaces {
		if n.Attachment == nil || aws.ToInt32(n.Attachment.DeviceIndex) != 0 {
			continue
		}
		found.Interface = aws.ToString(n.NetworkInterfaceId)
		for _, g := range n.Groups {
			found.Groups = append(found.Groups, aws.ToString(g.GroupId))
		}
	}
	e.Instances = append(e.Instances, found)
}
