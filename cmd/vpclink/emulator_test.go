package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"
	"github.com/google/go-cmp/cmp"

	"vpclink/cloud"
	"vpclink/localstack"
)

// Each pattern's whole lab on a server that is not ours, with the command as a user types it, asserted through the SDK:
// the account after it is the account before it, and in between it is what the numbered steps describe, as far as that
// server keeps it. What it does not keep is held on the simulator (provision's TestLifecycle). The servers are named by
// VPCLINK_TEST_LOCALSTACK and VPCLINK_TEST_MOTO.
func TestLabOnEmulators(t *testing.T) {
	for name, variable := range map[string]string{localstack.LocalStack: "VPCLINK_TEST_LOCALSTACK", localstack.Moto: "VPCLINK_TEST_MOTO"} {
		endpoint := os.Getenv(variable)
		for _, lab := range emulatorLabs {
			t.Run(name+"/"+lab.pattern, func(t *testing.T) {
				if endpoint == "" {
					t.Skipf("%s names no server", variable)
				}
				e := newEmulator(t, endpoint)
				if why := lab.refused[name]; why != "" {
					e.refuses(lab, why)
					return
				}
				e.lab(name, lab)
			})
		}
	}
}

// emulator is a server, the client that asks it, and a state folder for the command.
type emulator struct {
	t        *testing.T
	ctx      context.Context
	endpoint string
	api      *ec2.Client
	elb      *elb.Client
	balances bool // the server has ELBv2
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
	return &emulator{t: t, ctx: t.Context(), endpoint: endpoint, api: account.EC2, elb: account.ELB, balances: target.Name == localstack.Moto, dir: t.TempDir()}
}

// lab is the whole lab on the server of that name.
func (e *emulator) lab(name string, lab emulatorLab) {
	e.t.Helper()
	before := e.everything()
	var up struct {
		Result struct{ Made, Adopted, Unchanged int }
		State  string
	}
	made := lab.total - lab.skipped[name]
	e.run(&up, lab.up()...)
	if up.Result.Made != made || up.State != "up" {
		e.t.Errorf("the first up makes %d and the stack is up, got %+v", made, up)
	}
	lab.check(e)
	marks := e.everything()
	e.run(&up, lab.up()...)
	if up.Result.Unchanged != made || up.Result.Made != 0 {
		e.t.Errorf("the second up finds %d unchanged, got %+v", made, up)
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
	if down.Removed != made || len(down.Left) > 0 {
		e.t.Errorf("down removes the %d, got %+v", made, down)
	}
	e.same("the account is as it was before", before)
	e.lost(lab, made)
	e.same("the account is as it was before, also from tags alone", before)
}

// refuses: what the server cannot do is said before anything is made.
func (e *emulator) refuses(lab emulatorLab, why string) {
	e.t.Helper()
	before := e.everything()
	code, out, errs := e.command(lab.up()...)
	if code != exitUsage || out != "" || !strings.Contains(errs, why) {
		e.t.Errorf("up is refused with %q, got exit code %d, %q and %q", why, code, out, errs)
	}
	e.same("nothing is made", before)
}

func (e *emulator) same(what string, before map[string][]string) {
	e.t.Helper()
	if diff := cmp.Diff(before, e.everything()); diff != "" {
		e.t.Errorf("%s (-before +after):\n%s", what, diff)
	}
}

// command runs a command against the server.
func (e *emulator) command(args ...string) (code int, out, errs string) {
	e.t.Helper()
	var stdout, stderr strings.Builder
	a := newApp()
	a.stdout, a.stderr, a.terminal = &stdout, &stderr, false
	a.env = func(string) string { return "" }
	args = append(args, "--state-dir", e.dir, "-o", "json", "--progress", "quiet", "--endpoint-url", e.endpoint)
	code = run(e.ctx, a, args)
	return code, stdout.String(), stderr.String()
}

// run runs a command and reads its JSON.
func (e *emulator) run(into any, args ...string) {
	e.t.Helper()
	code, out, errs := e.command(args...)
	if code != exitDone {
		e.t.Fatalf("vpclink %s ends with %d: %s", strings.Join(args, " "), code, errs)
	}
	if err := json.Unmarshal([]byte(out), into); err != nil {
		e.t.Fatalf("reading what %s says: %v in %s", args[0], err, out)
	}
	var status struct{ Resources []struct{ Key, ID string } }
	if json.Unmarshal([]byte(out), &status) == nil && len(status.Resources) > 0 {
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
	e.links(add)
	for kind := range all {
		slices.Sort(all[kind])
	}
	return all
}

// links lists what links the VPCs.
func (e *emulator) links(add func(kind string, id *string, alive bool)) {
	for _, g := range asked(e.api.DescribeTransitGateways(e.ctx, &ec2.DescribeTransitGatewaysInput{})).TransitGateways {
		add("transit-gateway", g.TransitGatewayId, g.State != types.TransitGatewayStateDeleted)
	}
	for _, a := range asked(e.api.DescribeTransitGatewayVpcAttachments(e.ctx, &ec2.DescribeTransitGatewayVpcAttachmentsInput{})).TransitGatewayVpcAttachments {
		add("tgw-attachment", a.TransitGatewayAttachmentId, a.State != types.TransitGatewayAttachmentStateDeleted)
	}
	for _, g := range asked(e.api.DescribeInternetGateways(e.ctx, &ec2.DescribeInternetGatewaysInput{})).InternetGateways {
		add("internet-gateway", aws.String(fmt.Sprint(aws.ToString(g.InternetGatewayId), " ", len(g.Attachments))), true)
	}
	for _, p := range asked(e.api.DescribeVpcPeeringConnections(e.ctx, &ec2.DescribeVpcPeeringConnectionsInput{})).VpcPeeringConnections {
		add("vpc-peering", p.VpcPeeringConnectionId, p.Status.Code != types.VpcPeeringConnectionStateReasonCodeDeleted)
	}
	for _, v := range asked(e.api.DescribeVpcEndpoints(e.ctx, &ec2.DescribeVpcEndpointsInput{})).VpcEndpoints {
		add("vpc-endpoint", v.VpcEndpointId, !strings.EqualFold(string(v.State), "deleted"))
	}
	for _, s := range asked(e.api.DescribeVpcEndpointServiceConfigurations(e.ctx, &ec2.DescribeVpcEndpointServiceConfigurationsInput{})).ServiceConfigurations {
		add("endpoint-service", s.ServiceId, true)
	}
	if e.balances {
		for _, b := range asked(e.elb.DescribeLoadBalancers(e.ctx, &elb.DescribeLoadBalancersInput{})).LoadBalancers {
			add("nlb", b.LoadBalancerArn, true)
		}
		for _, g := range asked(e.elb.DescribeTargetGroups(e.ctx, &elb.DescribeTargetGroupsInput{})).TargetGroups {
			add("target-group", g.TargetGroupArn, true)
		}
	}
}
