package main

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/google/go-cmp/cmp"

	"vpclink/cloud"
	"vpclink/localstack"
)

// The whole lab on a server that is not ours, with the command as a user types it, asserted through the SDK: the account
// after it is the account before it, and in between it is what 1.4.1 to 1.4.6 describe, as far as that server keeps it.
// What it does not keep is held on the simulator (provision's TestLifecycle). The servers are named by
// VPCLINK_TEST_LOCALSTACK and VPCLINK_TEST_MOTO.
func TestLabOnEmulators(t *testing.T) {
	for name, variable := range map[string]string{localstack.LocalStack: "VPCLINK_TEST_LOCALSTACK", localstack.Moto: "VPCLINK_TEST_MOTO"} {
		t.Run(name, func(t *testing.T) {
			endpoint := os.Getenv(variable)
			if endpoint == "" {
				t.Skipf("%s names no server", variable)
			}
			newEmulator(t, endpoint).lab(name)
		})
	}
}

// emulator is a server, the client that asks it, and a state folder for the command.
type emulator struct {
	t        *testing.T
	ctx      context.Context
	endpoint string
	api      *ec2.Client
	dir      string
	ids      map[string]string // by key, after up
}

func newEmulator(t *testing.T, endpoint string) *emulator {
	t.Helper()
	target, err := localstack.Detect(t.Context(), endpoint, http.DefaultClient)
	if err != nil {
		t.Fatal(err)
	}
	account, err := cloud.Connect(t.Context(), cloud.Config{Target: target})
	if err != nil {
		t.Fatal(err)
	}
	return &emulator{t: t, ctx: t.Context(), endpoint: endpoint, api: account.EC2, dir: t.TempDir()}
}

// lab is the whole lab on the server of that name.
func (e *emulator) lab(name string) {
	e.t.Helper()
	before := e.everything()
	var up struct {
		Result struct{ Made, Adopted, Unchanged int }
		State  string
	}
	e.run(&up, "up", "tgw", "--vpcs", "a,b,c")
	if up.Result.Made != 41 || up.State != "up" {
		e.t.Errorf("the first up makes 41 and the stack is up, got %+v", up)
	}
	e.checkTutorial()
	marks := e.everything()
	e.run(&up, "up", "tgw", "--vpcs", "a,b,c")
	if up.Result.Unchanged != 41 || up.Result.Made != 0 {
		e.t.Errorf("the second up finds 41 unchanged, got %+v", up)
	}
	e.same("the second up changes nothing", marks)

	var status struct{ State, Target, Endpoint string }
	e.run(&status, "status")
	if status.State != "up" || status.Target != name || status.Endpoint != e.endpoint {
		e.t.Errorf("status tells where the stack is, got %+v", status)
	}
	var down struct {
		Removed int
		Left    []any
	}
	e.run(&down, "down", "--yes")
	if down.Removed != 41 || len(down.Left) > 0 {
		e.t.Errorf("down removes the 41, got %+v", down)
	}
	e.same("the account is as it was before", before)
}

func (e *emulator) same(what string, before map[string][]string) {
	e.t.Helper()
	if diff := cmp.Diff(before, e.everything()); diff != "" {
		e.t.Errorf("%s (-before +after):\n%s", what, diff)
	}
}

// run runs a command and reads its JSON.
func (e *emulator) run(into any, args ...string) {
	e.t.Helper()
	var stdout, stderr strings.Builder
	a := newApp()
	a.stdout, a.stderr, a.terminal = &stdout, &stderr, false
	a.env = func(string) string { return "" }
	args = append(args, "--state-dir", e.dir, "-o", "json", "--progress", "quiet", "--endpoint-url", e.endpoint)
	if code := run(e.ctx, a, args); code != exitDone {
		e.t.Fatalf("vpclink %s ends with %d: %s", strings.Join(args, " "), code, stderr.String())
	}
	if err := json.Unmarshal([]byte(stdout.String()), into); err != nil {
		e.t.Fatalf("reading what %s says: %v in %s", args[0], err, stdout.String())
	}
	var status struct{ Resources []struct{ Key, ID string } }
	if json.Unmarshal([]byte(stdout.String()), &status) == nil && len(status.Resources) > 0 {
		e.ids = map[string]string{}
		for _, r := range status.Resources {
			e.ids[r.Key] = r.ID
		}
	}
}

func asked[T any](out T, err error) T {
	if err != nil {
		panic(err)
	}
	return out
}

// everything lists what lives in the account's region, by kind.
func (e *emulator) everything() map[string][]string {
	all := map[string][]string{}
	add := func(kind string, id *string, alive bool) {
		if alive {
			all[kind] = append(all[kind], aws.ToString(id))
		}
	}
	for _, v := range asked(e.api.DescribeVpcs(e.ctx, &ec2.DescribeVpcsInput{})).Vpcs {
		add("vpc", v.VpcId, true)
	}
	for _, s := range asked(e.api.DescribeSubnets(e.ctx, &ec2.DescribeSubnetsInput{})).Subnets {
		add("subnet", s.SubnetId, true)
	}
	for _, t := range asked(e.api.DescribeRouteTables(e.ctx, &ec2.DescribeRouteTablesInput{})).RouteTables {
		add("route-table", t.RouteTableId, true)
		add("routes", aws.String(fmt.Sprint(aws.ToString(t.RouteTableId), " ", len(t.Routes), " ", len(t.Associations))), true)
	}
	for _, g := range asked(e.api.DescribeSecurityGroups(e.ctx, &ec2.DescribeSecurityGroupsInput{})).SecurityGroups {
		add("security-group", g.GroupId, true)
	}
	for _, r := range asked(e.api.DescribeInstances(e.ctx, &ec2.DescribeInstancesInput{})).Reservations {
		for _, i := range r.Instances {
			add("instance", i.InstanceId, i.State.Name != types.InstanceStateNameTerminated)
		}
	}
	for _, i := range asked(e.api.DescribeNetworkInterfaces(e.ctx, &ec2.DescribeNetworkInterfacesInput{})).NetworkInterfaces {
		add("network-interface", i.NetworkInterfaceId, true)
	}
	for _, g := range asked(e.api.DescribeTransitGateways(e.ctx, &ec2.DescribeTransitGatewaysInput{})).TransitGateways {
		add("transit-gateway", g.TransitGatewayId, g.State != types.TransitGatewayStateDeleted)
	}
	for _, a := range asked(e.api.DescribeTransitGatewayVpcAttachments(e.ctx, &ec2.DescribeTransitGatewayVpcAttachmentsInput{})).TransitGatewayVpcAttachments {
		add("tgw-attachment", a.TransitGatewayAttachmentId, a.State != types.TransitGatewayAttachmentStateDeleted)
	}
	for kind := range all {
		slices.Sort(all[kind])
	}
	return all
}

// checkTutorial holds 1.4.2 to 1.4.6 and the foundation against the server. 1.4.1's options are not looked at: both
// servers make a default route table all the same.
func (e *emulator) checkTutorial() {
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
		e.checkVPC(vpc)
	}
}

func (e *emulator) checkVPC(vpc string) {
	e.t.Helper()
	blocks := map[string]string{"a": "10.0.0.0/16", "b": "10.1.0.0/16", "c": "10.2.0.0/16"}
	routes := map[string]string{}
	gateway := e.ids["1.4.1/transit-gateway/tgw"]
	delete(blocks, vpc)
	out := asked(e.api.DescribeRouteTables(e.ctx, &ec2.DescribeRouteTablesInput{RouteTableIds: []string{e.ids["0/route-table/"+vpc]}}))
	for _, r := range out.RouteTables[0].Routes {
		if r.TransitGatewayId != nil {
			routes[aws.ToString(r.DestinationCidrBlock)] = aws.ToString(r.TransitGatewayId)
		}
	}
	want := map[string]string{}
	for _, block := range blocks {
		want[block] = gateway
	}
	if diff := cmp.Diff(want, routes); diff != "" {
		e.t.Errorf("1.4.6: %s's table leads to the others through the gateway (-want +got):\n%s", vpc, diff)
	}
	groups := asked(e.api.DescribeSecurityGroups(e.ctx, &ec2.DescribeSecurityGroupsInput{GroupIds: []string{e.ids["0/security-group/"+vpc]}}))
	open := map[string]bool{}
	for _, p := range groups.SecurityGroups[0].IpPermissions {
		for _, r := range p.IpRanges {
			open[fmt.Sprintf("%s %d-%d %s", aws.ToString(p.IpProtocol), aws.ToInt32(p.FromPort), aws.ToInt32(p.ToPort), aws.ToString(r.CidrIp))] = true
		}
	}
	var rules []string
	for _, block := range blocks {
		rules = append(rules, "tcp 3389-3389 "+block)
	}
	slices.Sort(rules)
	if diff := cmp.Diff(rules, slices.Sorted(maps.Keys(open))); diff != "" {
		e.t.Errorf("TCP 3389 of %s is open to the others only (-want +got):\n%s", vpc, diff)
	}
	instances := asked(e.api.DescribeInstances(e.ctx, &ec2.DescribeInstancesInput{InstanceIds: []string{e.ids["0/instance/"+vpc]}}))
	if i := instances.Reservations[0].Instances[0]; i.State.Name != types.InstanceStateNameRunning || i.PublicIpAddress != nil {
		e.t.Errorf("%s has a running instance without a public address, got %s %v", vpc, i.State.Name, i.PublicIpAddress)
	}
}
