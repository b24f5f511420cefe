package provision

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/netip"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vpclink/state"
	"vpclink/steps"
)

var zones = []string{"apne1-az1", "apne1-az2", "apne1-az4"}

func request(vpcs ...string) Request {
	items, err := ParseItems(vpcs)
	if err != nil {
		panic(err)
	}
	return Request{
		Stack: "tgw", Pattern: TransitGateway(), Items: items, AZs: 1, Pool: netip.MustParsePrefix("10.0.0.0/8"), OS: OSWindows, Instances: true,
	}
}

func plan(t *testing.T, r Request, records ...state.Record) *Plan {
	t.Helper()
	p, err := NewPlan(r, records, zones)
	if err != nil {
		t.Fatalf("planning %v: %v", r.Items, err)
	}
	return p
}

func TestThePlanOfTheTutorialsLab(t *testing.T) {
	p := plan(t, request("a", "b", "c"))
	count := map[string]int{}
	for _, r := range p.Resources {
		count[r.Key.Step()+" "+r.Key.Kind()]++
	}
	want := map[string]int{
		"0 vpc": 3, "0 subnet": 3, "0 route-table": 3, "0 route-table-association": 3, "0 security-group": 3, "0 security-group-rule": 6, "0 instance": 3,
		"1.4.1 transit-gateway": 1, "1.4.2 tgw-route-table": 1, "1.4.3 tgw-attachment": 3, "1.4.4 tgw-association": 3, "1.4.5 tgw-propagation": 3, "1.4.6 route": 6,
	}
	if diff := cmp.Diff(want, count); diff != "" {
		t.Errorf("what 1.4.1 to 1.4.6 make for three VPCs (-want +got):\n%s", diff)
	}
	if len(p.Resources) != 41 {
		t.Errorf("the lab has 41 resources, the plan %d", len(p.Resources))
	}
	keys := map[state.Key]bool{}
	for _, r := range p.Resources {
		for _, need := range r.Needs() {
			if !keys[need] {
				t.Errorf("%s needs %s, which does not come before it", r.Key, need)
			}
		}
		if keys[r.Key] {
			t.Errorf("%s is planned twice", r.Key)
		}
		keys[r.Key] = true
	}
}

func TestARouteWaitsForItsAttachment(t *testing.T) {
	for _, r := range plan(t, request("a", "b")).Resources {
		if r.Key != "1.4.6/route/a:b" {
			continue
		}
		want := []state.Key{"0/route-table/a", "0/vpc/b", "1.4.1/transit-gateway/tgw", "1.4.3/tgw-attachment/a"}
		if diff := cmp.Diff(want, r.Needs()); diff != "" {
			t.Errorf("a's route to b (-want +got):\n%s", diff)
		}
		return
	}
	t.Error("there is no route from a to b")
}

func settings[S any](t *testing.T, p *Plan, key state.Key) S {
	t.Helper()
	var set S
	for _, r := range p.Resources {
		if r.Key == key {
			if err := json.Unmarshal(r.Settings, &set); err != nil {
				t.Fatal(err)
			}
			return set
		}
	}
	t.Fatalf("the plan has no %s", key)
	return set
}

func TestBlocksAndAddresses(t *testing.T) {
	p := plan(t, request("a", "b=10.0.0.0/16", "c"))
	got := fmt.Sprint(settings[steps.VPC](t, p, "0/vpc/a").CIDR, " ", settings[steps.VPC](t, p, "0/vpc/b").CIDR, " ", settings[steps.VPC](t, p, "0/vpc/c").CIDR,
		" ", settings[steps.Subnet](t, p, "0/subnet/c").CIDR, " ", settings[steps.Instance](t, p, "0/instance/c").PrivateIP)
	if want := "10.1.0.0/16 10.0.0.0/16 10.2.0.0/16 10.2.0.0/24 10.2.0.10"; got != want {
		t.Errorf("blocks come from the pool in order, past those that are taken: got %s, want %s", got, want)
	}
}

func TestTwoAZsMakeTwoSubnets(t *testing.T) {
	r := request("a", "b")
	r.AZs = 2
	p := plan(t, r)
	first, second := settings[steps.Subnet](t, p, "0/subnet/a"), settings[steps.Subnet](t, p, "0/subnet/a:2")
	if first.AZID != "apne1-az1" || second.AZID != "apne1-az2" || second.CIDR != "10.0.1.0/24" {
		t.Errorf("the n-th subnet is the n-th /24 in the n-th AZ, got %+v and %+v", first, second)
	}
	if n := len(settings[steps.TGWAttachment](t, p, "1.4.3/tgw-attachment/a").Subnets); n != 2 {
		t.Errorf("the attachment needs one subnet per AZ, got %d", n)
	}
}

func TestWhatTheJournalChoseStays(t *testing.T) {
	set, _ := state.NewSettings(steps.VPC{CIDR: "10.7.0.0/16"})
	sub, _ := state.NewSettings(steps.Subnet{CIDR: "10.7.0.0/24", AZID: "apne1-az4"})
	kept, _ := state.NewSettings(steps.VPC{CIDR: "10.0.0.0/16"})
	p := plan(t, request("a", "d"),
		state.Record{Key: "0/vpc/a", Phase: state.Ready, Settings: set}, state.Record{Key: "0/subnet/a", Phase: state.Ready, Settings: sub},
		state.Record{Key: "0/vpc/z", Phase: state.Ready, Settings: kept}, state.Record{Key: "0/vpc/old", Phase: state.Gone, Settings: set})
	got := fmt.Sprint(settings[steps.VPC](t, p, "0/vpc/a").CIDR, " ", settings[steps.Subnet](t, p, "0/subnet/a").AZID, " ", settings[steps.VPC](t, p, "0/vpc/d").CIDR)
	if want := "10.7.0.0/16 apne1-az4 10.1.0.0/16"; got != want {
		t.Errorf("a and z keep their blocks and AZs, and d gets none that z has: got %s, want %s", got, want)
	}
}

func TestAKeptVPCIsNotAskedToChange(t *testing.T) {
	set, _ := state.NewSettings(steps.VPC{CIDR: "10.0.0.0/16"})
	_, err := NewPlan(request("d=10.0.0.0/16"), []state.Record{{Key: "0/vpc/a", Phase: state.Ready, Settings: set}}, zones)
	if err == nil || !strings.HasSuffix(err.Error(), "give them blocks of their own, like d=10.1.0.0/16") {
		t.Errorf("want another block for d, since a has its own already, got: %v", err)
	}
}

func TestSummaryRoutes(t *testing.T) {
	r := request("a=10.0.0.0/16", "b=10.1.0.0/16", "c=172.16.0.0/16", "d=100.64.0.0/16")
	r.Routes = RoutesSummary
	p := plan(t, r)
	var routes []string
	for _, res := range p.Resources {
		if strings.HasPrefix(string(res.Key), "1.4.6/route/a:") {
			routes = append(routes, res.Key.Name()+" "+settings[steps.Route](t, p, res.Key).Destination.Literal)
		}
	}
	want := []string{"a:private-10 10.0.0.0/8", "a:private-172 172.16.0.0/12", "a:d "}
	if diff := cmp.Diff(want, routes); diff != "" {
		t.Errorf("one route per private block that covers peers, and one for a peer outside of them (-want +got):\n%s", diff)
	}
}

func names(n int) []string {
	var list []string
	for i := range n {
		list = append(list, fmt.Sprintf("v%d", i))
	}
	return list
}

func TestManyVPCs(t *testing.T) {
	for _, tc := range []struct {
		n      int
		routes string
		want   string
	}{
		{50, "", RoutesEach}, {51, "", RoutesSummary}, {61, RoutesEach, RoutesEach}, {300, "", RoutesSummary},
	} {
		r := request(names(tc.n)...)
		r.Routes = tc.routes
		if p := plan(t, r); p.Routes != tc.want {
			t.Errorf("%d VPCs with --routes %q use %s, got %s", tc.n, tc.routes, tc.want, p.Routes)
		}
	}
}

func TestAStackKeepsItsRoutes(t *testing.T) {
	each := state.Record{Key: "0/security-group-rule/a:b", Phase: state.Ready}
	summary := state.Record{Key: "0/security-group-rule/private-10:a", Phase: state.Ready}
	if p := plan(t, request(names(60)...), each); p.Routes != RoutesEach {
		t.Errorf("a stack begun with one route each keeps that, got %s", p.Routes)
	}
	if p := plan(t, request("a", "b"), summary); p.Routes != RoutesSummary {
		t.Errorf("a stack begun with summary routes keeps that, got %s", p.Routes)
	}
	r := request("a", "b")
	r.Routes = RoutesSummary
	if _, err := NewPlan(r, []state.Record{each}, zones); err == nil {
		t.Error("changing the routes of a stack must be refused")
	}
}

func TestRefusedRequests(t *testing.T) {
	for _, tc := range []struct {
		name string
		vpcs []string
		edit func(*Request)
		says string
	}{
		{name: "one VPC", vpcs: []string{"a"}, says: "two at least"},
		{name: "a name twice", vpcs: []string{"a", "b", "a"}, says: `"a" twice`},
		{name: "another region", vpcs: []string{"a", "b@us-east-1"}, says: "another region"},
		{name: "a name in capitals", vpcs: []string{"a", "B"}, says: "no name for a VPC"},
		{name: "a name like an ID", vpcs: []string{"a", "vpc-x"}, says: "no name for a VPC"},
		{name: "a name that routes use", vpcs: []string{"private-10", "b"}, says: "give the VPC another name"},
		{name: "an empty entry", vpcs: []string{"a", ""}, says: "no name for a VPC"},
		{name: "host bits", vpcs: []string{"a", "b=10.1.2.3/16"}, says: "write 10.1.0.0/16"},
		{name: "too wide", vpcs: []string{"a", "b=10.0.0.0/8"}, says: "/16 to /28"},
		{name: "no block", vpcs: []string{"a", "b=ten"}, says: "not an IPv4 block"},
		{name: "IPv6", vpcs: []string{"a", "b=fd00::/16"}, says: "not an IPv4 block"},
		{name: "overlapping", vpcs: []string{"a=10.1.0.0/16", "b=10.1.128.0/20"}, says: "a (10.1.0.0/16) and b (10.1.128.0/20) overlap, and tgw routes by destination: give them blocks of their own, like b=10.0.0.0/20"},
		{name: "a full pool", vpcs: []string{"a", "b"}, edit: func(r *Request) { r.Pool = netip.MustParsePrefix("10.0.0.0/16"); r.PrefixLen = 16 }, says: "no free /16 left for b"},
		{name: "a short prefix", vpcs: []string{"a", "b"}, edit: func(r *Request) { r.PrefixLen = 8 }, says: "--prefix-len 8"},
		{name: "too many AZs", vpcs: []string{"a", "b"}, edit: func(r *Request) { r.AZs = 4 }, says: "--azs 4: 1 to 3"},
		{name: "no room for the AZs", vpcs: []string{"a=10.0.0.0/28", "b"}, edit: func(r *Request) { r.AZs = 2 }, says: "no room for subnet number 2"},
		{name: "an unknown system", vpcs: []string{"a", "b"}, edit: func(r *Request) { r.OS = "beos" }, says: "windows or linux"},
		{name: "unknown routes", vpcs: []string{"a", "b"}, edit: func(r *Request) { r.Routes = "all" }, says: "each or summary"},
		{name: "routes each for too many", vpcs: names(62), edit: func(r *Request) { r.Routes = RoutesEach }, says: "up to 61 VPCs"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			items, err := ParseItems(tc.vpcs)
			if err == nil {
				r := request("x", "y")
				r.Items = items
				if tc.edit != nil {
					tc.edit(&r)
				}
				_, err = NewPlan(r, nil, zones)
			}
			var refused *RefusedError
			if !errors.As(err, &refused) || !strings.Contains(err.Error(), tc.says) {
				t.Errorf("must be refused with %q, got: %v", tc.says, err)
			}
		})
	}
}
