package provision

import (
	"context"
	"slices"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/google/go-cmp/cmp"

	"vpclink/state"
	"vpclink/steps"
)

// checkTutorial holds the account against what the tutorial's numbers describe for these VPCs of the lab's stack.
func checkTutorial(t *testing.T, l *lab, names ...string) {
	t.Helper()
	c := checker{t: t, ctx: t.Context(), api: l.stranger(), l: l, names: names}
	c.gateway()
	c.table()
	c.attachments()
	c.associations()
	c.propagations()
	for _, name := range names {
		c.routes(name, "1.4.6", c.gatewayRoutes(name))
		c.noInternetGateway(name)
		c.openToPeersOnly(name)
		c.runningInstance(name)
	}
}

// checker asks AWS, not vpclink, how things stand.
type checker struct {
	t     *testing.T
	ctx   context.Context
	api   *ec2.Client
	l     *lab
	names []string
}

func (c checker) id(key state.Key) string { return *c.l.id(key) }

func (c checker) cidr(name string) string {
	rec, _ := c.l.journal.Record(state.Key("0/vpc/" + name))
	return rec.Out[steps.OutCIDR]
}

// each returns something of every VPC, in order.
func (c checker) each(of func(string) string) []string {
	var list []string
	for _, name := range c.names {
		list = append(list, of(name))
	}
	slices.Sort(list)
	return list
}

func (c checker) same(what string, want, got []string) {
	c.t.Helper()
	slices.Sort(got)
	if diff := cmp.Diff(want, got); diff != "" {
		c.t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

func (c checker) vpcs() []string {
	return c.each(func(name string) string { return c.id(state.Key("0/vpc/" + name)) })
}

func (c checker) gateway() {
	out := must(c.api.DescribeTransitGateways(c.ctx, &ec2.DescribeTransitGatewaysInput{TransitGatewayIds: []string{c.id("1.4.1/transit-gateway/tgw")}}))
	g := out.TransitGateways[0]
	if g.State != types.TransitGatewayStateAvailable ||
		g.Options.DefaultRouteTableAssociation != types.DefaultRouteTableAssociationValueDisable ||
		g.Options.DefaultRouteTablePropagation != types.DefaultRouteTablePropagationValueDisable {
		c.t.Errorf("1.4.1: the gateway is available without default association and propagation, got %s, %+v", g.State, g.Options)
	}
}

func (c checker) table() {
	out := must(c.api.DescribeTransitGatewayRouteTables(c.ctx, &ec2.DescribeTransitGatewayRouteTablesInput{
		Filters: []types.Filter{by("transit-gateway-id", c.id("1.4.1/transit-gateway/tgw"))},
	}))
	var tables []string
	for _, t := range out.TransitGatewayRouteTables {
		tables = append(tables, aws.ToString(t.TransitGatewayRouteTableId))
	}
	c.same("1.4.2: the gateway's only route table is ours", []string{c.id("1.4.2/tgw-route-table/tgw")}, tables)
}

func (c checker) attachments() {
	out := must(c.api.DescribeTransitGatewayVpcAttachments(c.ctx, &ec2.DescribeTransitGatewayVpcAttachmentsInput{
		Filters: []types.Filter{by("transit-gateway-id", c.id("1.4.1/transit-gateway/tgw")), by("state", "available")},
	}))
	var attached []string
	for _, a := range out.TransitGatewayVpcAttachments {
		attached = append(attached, aws.ToString(a.VpcId))
	}
	c.same("1.4.3: every VPC is attached", c.vpcs(), attached)
}

func (c checker) associations() {
	out := must(c.api.GetTransitGatewayRouteTableAssociations(c.ctx, &ec2.GetTransitGatewayRouteTableAssociationsInput{
		TransitGatewayRouteTableId: aws.String(c.id("1.4.2/tgw-route-table/tgw")),
	}))
	var associated []string
	for _, a := range out.Associations {
		if a.State == types.TransitGatewayAssociationStateAssociated {
			associated = append(associated, aws.ToString(a.ResourceId))
		}
	}
	c.same("1.4.4: every attachment is associated", c.vpcs(), associated)
}

func (c checker) propagations() {
	table := aws.String(c.id("1.4.2/tgw-route-table/tgw"))
	out := must(c.api.GetTransitGatewayRouteTablePropagations(c.ctx, &ec2.GetTransitGatewayRouteTablePropagationsInput{TransitGatewayRouteTableId: table}))
	var propagated []string
	for _, p := range out.TransitGatewayRouteTablePropagations {
		if p.State == types.TransitGatewayPropagationStateEnabled {
			propagated = append(propagated, aws.ToString(p.ResourceId))
		}
	}
	c.same("1.4.5: every attachment propagates", c.vpcs(), propagated)

	routes := must(c.api.SearchTransitGatewayRoutes(c.ctx, &ec2.SearchTransitGatewayRoutesInput{
		TransitGatewayRouteTableId: table, Filters: []types.Filter{by("type", "propagated"), by("state", "active")},
	}))
	var known []string
	for _, r := range routes.Routes {
		known = append(known, aws.ToString(r.DestinationCidrBlock))
	}
	c.same("1.4.5: the gateway's table knows every VPC's block", c.each(c.cidr), known)
}

// routes: the subnet's table, and no other, leads where the step wants it, and nowhere else.
func (c checker) routes(name, step string, want map[string]string) {
	c.t.Helper()
	out := must(c.api.DescribeRouteTables(c.ctx, &ec2.DescribeRouteTablesInput{
		Filters: []types.Filter{by("association.subnet-id", c.id(state.Key("0/subnet/"+name)))},
	}))
	got := map[string]string{}
	for _, r := range out.RouteTables[0].Routes {
		if aws.ToString(r.GatewayId) != "local" && r.State == types.RouteStateActive {
			got[aws.ToString(r.DestinationCidrBlock)] = aws.ToString(r.TransitGatewayId) + aws.ToString(r.GatewayId) + aws.ToString(r.VpcPeeringConnectionId)
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		c.t.Errorf("%s: the routes of %s's subnet (-want +got):\n%s", step, name, diff)
	}
}

// gatewayRoutes lead to every peer through the transit gateway.
func (c checker) gatewayRoutes(name string) map[string]string {
	want := map[string]string{}
	for _, other := range c.names {
		if other != name {
			want[c.cidr(other)] = c.id("1.4.1/transit-gateway/tgw")
		}
	}
	return want
}

func (c checker) noInternetGateway(name string) {
	out := must(c.api.DescribeInternetGateways(c.ctx, &ec2.DescribeInternetGatewaysInput{
		Filters: []types.Filter{by("attachment.vpc-id", c.id(state.Key("0/vpc/"+name)))},
	}))
	if len(out.InternetGateways) > 0 {
		c.t.Errorf("%s has an internet gateway", name)
	}
}

func (c checker) openToPeersOnly(name string) {
	c.same(name+"'s group admits its peers only", c.eachBut(name, c.cidr), c.admitted(name))
}

// admitted are the sources that a VPC's group lets in, to TCP 3389 and nothing else.
func (c checker) admitted(name string) []string {
	return c.admittedBy(c.id(state.Key("0/security-group/" + name)))
}

func (c checker) admittedBy(group string) []string {
	out := must(c.api.DescribeSecurityGroupRules(c.ctx, &ec2.DescribeSecurityGroupRulesInput{Filters: []types.Filter{by("group-id", group)}}))
	var open []string
	for _, r := range out.SecurityGroupRules {
		if aws.ToBool(r.IsEgress) {
			continue
		}
		if aws.ToString(r.IpProtocol) != "tcp" || aws.ToInt32(r.FromPort) != port || aws.ToInt32(r.ToPort) != port {
			c.t.Errorf("%s lets in more than TCP 3389: %+v", group, r)
		}
		source := aws.ToString(r.CidrIpv4)
		if r.ReferencedGroupInfo != nil {
			source = aws.ToString(r.ReferencedGroupInfo.GroupId)
		}
		open = append(open, source)
	}
	return open
}

// eachBut returns something of every VPC but one, sorted.
func (c checker) eachBut(name string, of func(string) string) []string {
	var list []string
	for _, other := range c.names {
		if other != name {
			list = append(list, of(other))
		}
	}
	slices.Sort(list)
	return list
}

func (c checker) running(name string) []types.Instance {
	out := must(c.api.DescribeInstances(c.ctx, &ec2.DescribeInstancesInput{
		Filters: []types.Filter{by("vpc-id", c.id(state.Key("0/vpc/"+name))), by("instance-state-name", "running")},
	}))
	var list []types.Instance
	for _, r := range out.Reservations {
		list = append(list, r.Instances...)
	}
	return list
}

func (c checker) runningInstance(name string) {
	if list := c.running(name); len(list) != 1 || list[0].PublicIpAddress != nil {
		c.t.Errorf("%s has one running instance without a public address, got %+v", name, list)
	}
}

func by(name string, values ...string) types.Filter {
	return types.Filter{Name: aws.String(name), Values: values}
}
