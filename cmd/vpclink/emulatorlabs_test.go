package main

import (
	"maps"
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"
	"github.com/google/go-cmp/cmp"

	"vpclink/localstack"
)

// emulatorLab is a pattern's lab as it is held against a server.
type emulatorLab struct {
	pattern string
	flags   []string
	total   int               // resources
	skipped map[string]int    // of these, what a server cannot do
	refused map[string]string // what is said where a server cannot do the pattern
	check   func(*emulator)
}

func (l emulatorLab) up() []string {
	return append([]string{"up", l.pattern, "--vpcs", "a,b,c"}, l.flags...)
}

var emulatorLabs = []emulatorLab{
	{pattern: "tgw", total: 41, check: (*emulator).checkTransitGateway},
	{pattern: "igw", total: 33, check: (*emulator).checkInternetGateways},
	{pattern: "peering", flags: []string{"--dns"}, total: 42, check: (*emulator).checkPeerings},
	{
		pattern: "privatelink", total: 35, check: (*emulator).checkPrivateLink,
		skipped: map[string]int{localstack.Moto: 2},
		refused: map[string]string{localstack.LocalStack: "has no elbv2 in its free edition, which privatelink cannot do without"},
	},
}

// checkTransitGateway holds 1.4.2 to 1.4.6 and the foundation against the server. 1.4.1's options are not looked at: both
// servers make a default route table all the same.
func (e *emulator) checkTransitGateway() {
	e.t.Helper()
	table := aws.String(e.ids["1.4.2/tgw-route-table/tgw"])
	associations := asked(e.api.GetTransitGatewayRouteTableAssociations(e.ctx, &ec2.GetTransitGatewayRouteTableAssociationsInput{TransitGatewayRouteTableId: table})).Associations
	propagations := asked(e.api.GetTransitGatewayRouteTablePropagations(e.ctx, &ec2.GetTransitGatewayRouteTablePropagationsInput{TransitGatewayRouteTableId: table})).TransitGatewayRouteTablePropagations
	for _, vpc := range []string{"a", "b", "c"} {
		attachment := e.ids["1.4.3/tgw-attachment/"+vpc]
		if !slices.ContainsFunc(associations, func(a types.TransitGatewayRouteTableAssociation) bool {
			return aws.ToString(a.TransitGatewayAttachmentId) == attachment
		}) {
			e.t.Errorf("1.4.4: %s is associated with the table", vpc)
		}
		if !slices.ContainsFunc(propagations, func(p types.TransitGatewayRouteTablePropagation) bool {
			return aws.ToString(p.TransitGatewayAttachmentId) == attachment
		}) {
			e.t.Errorf("1.4.5: %s propagates into the table", vpc)
		}
		e.routes("1.4.6", vpc, toOthers(vpc, func(string) string { return e.ids["1.4.1/transit-gateway/tgw"] }))
		e.checkVPC(vpc)
	}
}

// checkInternetGateways holds 1.1.1 to 1.1.3 against the server.
func (e *emulator) checkInternetGateways() {
	e.t.Helper()
	public := map[string]string{}
	for vpc := range blocks {
		if i := e.instance("1.1.3/instance/" + vpc); i.PublicIpAddress == nil {
			e.t.Errorf("1.1.3: %s's instance has a public address", vpc)
		} else {
			public[vpc] = *i.PublicIpAddress + "/32"
		}
	}
	for vpc := range blocks {
		gateway := e.ids["1.1.1/internet-gateway/"+vpc]
		out := asked(e.api.DescribeInternetGateways(e.ctx, &ec2.DescribeInternetGatewaysInput{InternetGatewayIds: []string{gateway}}))
		if a := out.InternetGateways[0].Attachments; len(a) != 1 || aws.ToString(a[0].VpcId) != e.ids["0/vpc/"+vpc] {
			e.t.Errorf("1.1.1: the gateway is attached to %s, got %+v", vpc, a)
		}
		e.routes("1.1.2", vpc, map[string]string{"0.0.0.0/0": gateway})
		others := maps.Clone(public)
		delete(others, vpc)
		e.open("0/security-group/"+vpc, slices.Collect(maps.Values(others)))
	}
}

// checkPeerings holds 1.2.1 and 1.2.2 against the server. Both servers ignore the filters of peerings, so the mesh is
// counted over all there are.
func (e *emulator) checkPeerings() {
	e.t.Helper()
	want := map[string]string{}
	for _, pair := range []string{"a:b", "a:c", "b:c"} {
		want[e.ids["1.2.1/vpc-peering/"+pair]] = e.ids["0/vpc/"+pair[:1]] + " " + e.ids["0/vpc/"+pair[2:]]
	}
	got := map[string]string{}
	for _, p := range asked(e.api.DescribeVpcPeeringConnections(e.ctx, &ec2.DescribeVpcPeeringConnectionsInput{})).VpcPeeringConnections {
		if p.Status.Code == types.VpcPeeringConnectionStateReasonCodeActive {
			got[*p.VpcPeeringConnectionId] = aws.ToString(p.RequesterVpcInfo.VpcId) + " " + aws.ToString(p.AccepterVpcInfo.VpcId)
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		e.t.Errorf("1.2.1: the mesh of three is three active peerings (-want +got):\n%s", diff)
	}
	for vpc := range blocks {
		e.routes("1.2.2", vpc, toOthers(vpc, func(other string) string {
			return e.ids["1.2.1/vpc-peering/"+min(vpc, other)+":"+max(vpc, other)]
		}))
		e.checkVPC(vpc)
	}
}

// checkPrivateLink holds 1.3.1 to 1.3.6 against the server, as far as it keeps them: acceptance it does not.
func (e *emulator) checkPrivateLink() {
	e.t.Helper()
	health := asked(e.elb.DescribeTargetHealth(e.ctx, &elb.DescribeTargetHealthInput{TargetGroupArn: aws.String(e.ids["1.3.1/target-group/a"])}))
	if n := len(health.TargetHealthDescriptions); n != 1 || aws.ToString(health.TargetHealthDescriptions[0].Target.Id) != e.ids["0/instance/a"] {
		e.t.Errorf("1.3.1: the provider's instance is the one target, got %d", n)
	}
	e.open("1.3.2/security-group/a", []string{"10.0.0.0/16"})
	e.open("0/security-group/a", []string{e.ids["1.3.2/security-group/a"]})
	listeners := asked(e.elb.DescribeListeners(e.ctx, &elb.DescribeListenersInput{LoadBalancerArn: aws.String(e.ids["1.3.3/nlb/a"])})).Listeners
	if len(listeners) != 1 || aws.ToInt32(listeners[0].Port) != 3389 {
		e.t.Errorf("1.3.3: the load balancer listens on 3389, got %+v", listeners)
	}
	for _, vpc := range []string{"b", "c"} {
		e.open("1.3.5/security-group/"+vpc+":a", []string{e.ids["0/security-group/"+vpc]})
		out := asked(e.api.DescribeVpcEndpoints(e.ctx, &ec2.DescribeVpcEndpointsInput{VpcEndpointIds: []string{e.ids["1.3.6/vpc-endpoint/"+vpc+":a"]}}))
		if v := out.VpcEndpoints[0]; aws.ToString(v.VpcId) != e.ids["0/vpc/"+vpc] || v.VpcEndpointType != types.VpcEndpointTypeInterface {
			e.t.Errorf("1.3.6: %s has an interface endpoint, got %+v", vpc, v)
		}
		e.open("0/security-group/"+vpc, nil)
	}
}

// blocks are what the VPCs of a lab with blocks of their own get.
var blocks = map[string]string{"a": "10.0.0.0/16", "b": "10.1.0.0/16", "c": "10.2.0.0/16"}

// toOthers is a map from the block of each VPC but one to what is said of it.
func toOthers(vpc string, of func(other string) string) map[string]string {
	all := map[string]string{}
	for other, block := range blocks {
		if other != vpc {
			all[block] = of(other)
		}
	}
	return all
}

// checkVPC holds a VPC's foundation against the server: open to the others' blocks only, an instance without a public
// address.
func (e *emulator) checkVPC(vpc string) {
	e.t.Helper()
	open := slices.Sorted(maps.Keys(toOthers(vpc, func(string) string { return "" })))
	e.open("0/security-group/"+vpc, open)
	if i := e.instance("0/instance/" + vpc); i.PublicIpAddress != nil {
		e.t.Errorf("%s has an instance without a public address, got %s", vpc, *i.PublicIpAddress)
	}
}

// routes: a VPC's table has these routes beside its local one, and no others.
func (e *emulator) routes(step, vpc string, want map[string]string) {
	e.t.Helper()
	got := map[string]string{}
	out := asked(e.api.DescribeRouteTables(e.ctx, &ec2.DescribeRouteTablesInput{RouteTableIds: []string{e.ids["0/route-table/"+vpc]}}))
	for _, r := range out.RouteTables[0].Routes {
		target := aws.ToString(r.TransitGatewayId) + aws.ToString(r.VpcPeeringConnectionId) + aws.ToString(r.GatewayId)
		if target != "local" {
			got[aws.ToString(r.DestinationCidrBlock)] = target
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		e.t.Errorf("%s: the routes of %s (-want +got):\n%s", step, vpc, diff)
	}
}

// open: a group lets these sources in to TCP 3389, and nobody to anything else.
func (e *emulator) open(group string, want []string) {
	e.t.Helper()
	groups := asked(e.api.DescribeSecurityGroups(e.ctx, &ec2.DescribeSecurityGroupsInput{GroupIds: []string{e.ids[group]}}))
	var got []string
	for _, p := range groups.SecurityGroups[0].IpPermissions {
		if aws.ToString(p.IpProtocol) != "tcp" || aws.ToInt32(p.FromPort) != 3389 || aws.ToInt32(p.ToPort) != 3389 {
			e.t.Errorf("%s lets in more than TCP 3389: %+v", group, p)
		}
		for _, r := range p.IpRanges {
			got = append(got, aws.ToString(r.CidrIp))
		}
		for _, r := range p.UserIdGroupPairs {
			got = append(got, aws.ToString(r.GroupId))
		}
	}
	slices.Sort(got)
	slices.Sort(want)
	if diff := cmp.Diff(want, got); diff != "" {
		e.t.Errorf("%s lets in these and no others (-want +got):\n%s", group, diff)
	}
}

func (e *emulator) instance(key string) types.Instance {
	e.t.Helper()
	instances := asked(e.api.DescribeInstances(e.ctx, &ec2.DescribeInstancesInput{InstanceIds: []string{e.ids[key]}}))
	i := instances.Reservations[0].Instances[0]
	if i.State.Name != types.InstanceStateNameRunning {
		e.t.Errorf("%s is running, got %s", key, i.State.Name)
	}
	return i
}
