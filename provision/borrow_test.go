package provision

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"vpclink/state"
	"vpclink/steps"
)

const (
	vpcX, vpcY = "vpc-0123456789abcdef0", "vpc-0a1b2c3d"
	subnet1    = "subnet-0000000000000000a"
	subnet2    = "subnet-0000000000000000b"
	subnet3    = "subnet-0000000000000000c"
	instance1  = "i-0000000000000000a"
	instance2  = "i-0000000000000000b"
)

// surveyedX is a VPC with three subnets in two zones and two instances, one of which runs.
func surveyedX() steps.Existing {
	return steps.Existing{
		ID: vpcX, Blocks: []string{"10.50.0.0/16", "100.64.0.0/24"},
		Subnets: []steps.ExistingSubnet{
			{ID: subnet1, Name: "web", Block: "10.50.1.0/24", AZID: "apne1-az1", RouteTable: "rtb-1"},
			{ID: subnet2, Block: "10.50.2.0/24", AZID: "apne1-az1", RouteTable: "rtb-main"},
			{ID: subnet3, Block: "10.50.3.0/24", AZID: "apne1-az2", RouteTable: "rtb-main"},
		},
		Instances: []steps.ExistingInstance{
			{ID: instance1, Name: "shop", State: "running", Subnet: subnet1, PrivateIP: "10.50.1.9", Interface: "eni-1", Groups: []string{"sg-1"}},
			{ID: instance2, State: "stopped", Subnet: subnet3, PrivateIP: "10.50.3.9", Interface: "eni-2", Groups: []string{"sg-1"}},
		},
	}
}

// surveyedY is one in which there is nothing to choose.
func surveyedY() steps.Existing {
	return steps.Existing{
		ID: vpcY, Blocks: []string{"10.60.0.0/16"},
		Subnets:   []steps.ExistingSubnet{{ID: "subnet-0000000d", Block: "10.60.1.0/24", AZID: "apne1-az1", RouteTable: "rtb-y"}},
		Instances: []steps.ExistingInstance{{ID: "i-0000000d", State: "running", Subnet: "subnet-0000000d", Interface: "eni-y", Groups: []string{"sg-y"}}},
	}
}

// borrowingRequest asks for a new VPC and those that are there.
func borrowingRequest(t *testing.T, vpcs, subnets, instances []string) (Request, error) {
	t.Helper()
	items, err := ParseItems(vpcs)
	if err != nil {
		return Request{}, err
	}
	r := request("a", "b")
	r.Items = items
	r.Surveyed = map[string]steps.Existing{vpcX: surveyedX(), vpcY: surveyedY()}
	r.Choice, err = ParseChoice(subnets, instances)
	return r, err
}

func TestRefusedChoices(t *testing.T) {
	made := state.Record{Key: "0/vpc/m", Phase: state.Ready, Owned: true, ID: vpcY, Settings: state.Settings(`{"cidr":"10.60.0.0/16"}`)}
	used := state.Record{Key: "0/vpc/app", Phase: state.Ready, ID: vpcX, Settings: state.Settings(`{"cidr":"10.50.0.0/16","existing":"` + vpcX + `"}`)}
	for _, tc := range []struct {
		name               string
		vpcs               string
		subnets, instances []string
		edit               func(*Request)
		records            []state.Record
		says               []string
	}{
		{name: "one ID twice", vpcs: "a=" + vpcX + ",b=" + vpcX, says: []string{vpcX + " twice, as a and as b"}},
		{name: "an ID with a block", vpcs: "a," + vpcX + "=10.0.0.0/16", says: []string{"has its block already", "app=" + vpcX}},
		{name: "no ID", vpcs: "a,b=vpc-12", says: []string{`"vpc-12" is no VPC's ID`}},
		{name: "no ID by itself", vpcs: "a,vpc-12", says: []string{"no name for a VPC"}},
		{name: "another account's", vpcs: "a,app=vpc-99999999", says: []string{"no vpc-99999999 in this account and region"}},
		{name: "several subnets", vpcs: "a,app=" + vpcX, says: []string{
			"app (" + vpcX + ") has 3 subnets", "--subnets app=" + subnet1, subnet1 + "  10.50.1.0/24  apne1-az1  web  " + instance1, subnet3,
		}},
		{name: "several subnets in a zone", vpcs: "a,app=" + vpcX, edit: func(r *Request) { r.AZs = 2 }, says: []string{"has 3 subnets"}},
		{name: "a subnet of another VPC", vpcs: "a,app=" + vpcX, subnets: []string{"app=subnet-99999999"}, says: []string{"has no subnet subnet-99999999", subnet2}},
		{name: "two subnets in a zone", vpcs: "a,app=" + vpcX, subnets: []string{"app=" + subnet1 + "," + subnet2}, says: []string{"both in apne1-az1"}},
		{name: "subnets of a VPC that is made", vpcs: "a,b", subnets: []string{"b=" + subnet1}, says: []string{"--subnets is about b, which is no VPC of --vpcs that is there already"}},
		{name: "subnets of nobody", vpcs: "a,app=" + vpcX, subnets: []string{"ap=" + subnet1}, says: []string{"is about ap,"}},
		{name: "subnets twice", vpcs: "a,app=" + vpcX, subnets: []string{"app=" + subnet1, "app=" + subnet3}, says: []string{"names app twice"}},
		{name: "no list", vpcs: "a,app=" + vpcX, subnets: []string{subnet1}, says: []string{"write it like app=subnet-"}},
		{name: "one subnet twice", vpcs: "a,app=" + vpcX, subnets: []string{"app=" + subnet1 + "," + subnet1}, says: []string{"is there twice"}},
		{name: "no subnet's ID", vpcs: "a,app=" + vpcX, subnets: []string{"app=web"}, says: []string{`"web" is no such ID`}},
		{name: "no running instance", vpcs: "a,app=" + vpcX, subnets: []string{"app=" + subnet3}, says: []string{"no running instance in " + subnet3, "--instances=false"}},
		{name: "no running instance, and needed", vpcs: "a,app=" + vpcX, subnets: []string{"app=" + subnet3}, edit: func(r *Request) { r.Pattern = PrivateLink() }, says: []string{"privatelink needs one"}},
		{name: "a stopped instance", vpcs: "a,app=" + vpcX, subnets: []string{"app=" + subnet3}, instances: []string{"app=" + instance2}, says: []string{instance2 + " is stopped: start it"}},
		{name: "an instance elsewhere", vpcs: "a,app=" + vpcX, subnets: []string{"app=" + subnet3}, instances: []string{"app=" + instance1}, says: []string{"not among the subnets", "--subnets app=" + subnet1}},
		{name: "an instance that is not there", vpcs: "a,app=" + vpcX, subnets: []string{"app=" + subnet1}, instances: []string{"app=i-99999999"}, says: []string{"has no instance i-99999999", instance1}},
		{name: "two instances", vpcs: "a,app=" + vpcX, instances: []string{"app=" + instance1 + "," + instance2}, says: []string{"more than one for app"}},
		{name: "several instances", vpcs: "a,app=" + vpcX, subnets: []string{"app=" + subnet1}, edit: func(r *Request) {
			x := r.Surveyed[vpcX]
			x.Instances[1].State, x.Instances[1].Subnet = "running", subnet1
			r.Surveyed[vpcX] = x
		}, says: []string{"2 running instances", "--instance app=" + instance1, instance2 + "  running"}},
		{name: "no subnet at all", vpcs: "a,app=" + vpcX, edit: func(r *Request) { r.Surveyed[vpcX] = steps.Existing{ID: vpcX, Blocks: []string{"10.50.0.0/16"}} }, says: []string{"has no subnet: make one"}},
		{name: "a second block that overlaps", vpcs: "a=100.64.0.0/16," + vpcX, subnets: []string{vpcX + "=" + subnet1}, says: []string{vpcX + " (100.64.0.0/24) and a (100.64.0.0/16) overlap", "like a=10.0.0.0/16"}},
		{name: "two that overlap", vpcs: vpcX + "," + vpcY, subnets: []string{vpcX + "=" + subnet1}, edit: func(r *Request) {
			y := r.Surveyed[vpcY]
			y.Blocks = append(y.Blocks, "10.50.128.0/20")
			r.Surveyed[vpcY] = y
		}, says: []string{vpcX + " (10.50.0.0/16) and " + vpcY + " (10.50.128.0/20) overlap", "igw or privatelink"}},
		{name: "an internet gateway, strictly", vpcs: "a," + vpcY, edit: func(r *Request) {
			y := r.Surveyed[vpcY]
			y.Gateway = "igw-1"
			r.Surveyed[vpcY], r.Strict = y, true
		}, says: []string{vpcY + " has the internet gateway igw-1", "leave --strict out"}},
		{name: "an address without a gateway", vpcs: "a," + vpcY, edit: func(r *Request) {
			y := r.Surveyed[vpcY]
			y.Exposed = []string{"eni-y"}
			r.Surveyed[vpcY], r.Pattern = y, InternetGateway()
		}, says: []string{"eni-y has a public address", "could not be detached"}},
		{name: "a consumer in another zone", vpcs: vpcY + "," + vpcX, subnets: []string{vpcX + "=" + subnet3}, instances: []string{vpcX + "=" + instance2}, edit: func(r *Request) {
			r.Pattern = PrivateLink()
			r.Surveyed[vpcX].Instances[1].State = "running"
		}, says: []string{"in apne1-az2, where " + vpcY}},
		{name: "a consumer both ways in a further zone", vpcs: vpcX + "," + vpcY, subnets: []string{vpcX + "=" + subnet1 + "," + subnet3}, edit: func(r *Request) {
			r.Pattern, r.BothWays, r.AZs = PrivateLink(), true, 2
		}, says: []string{vpcX + " has a subnet in apne1-az2, where " + vpcY}},
		{name: "a VPC of the stack's own under another name", vpcs: "a,app=" + vpcY, records: []state.Record{made}, says: []string{vpcY + " is in the stack already, as m"}},
		{name: "a VPC that is made becomes another", vpcs: "a,m=" + vpcX, records: []state.Record{made}, says: []string{"m is a VPC that this stack made"}},
		{name: "a VPC that is used becomes another", vpcs: "a,app=" + vpcY, records: []state.Record{used}, says: []string{"app is " + vpcX + " in this stack"}},
		{name: "a VPC that is used becomes another of the stack's", vpcs: "app=" + vpcY + ",m", records: []state.Record{made, used}, says: []string{"app is " + vpcX + " in this stack"}},
		{name: "a VPC that is used gets a block", vpcs: "a,app=10.9.0.0/16", records: []state.Record{used}, says: []string{"which has its block already"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			r, err := borrowingRequest(t, strings.Split(tc.vpcs, ","), tc.subnets, tc.instances)
			if err == nil {
				if tc.edit != nil {
					tc.edit(&r)
				}
				_, err = NewPlan(r, tc.records, zones)
			}
			if _, refused := errors.AsType[*RefusedError](err); !refused {
				t.Fatalf("must be refused, got: %v", err)
			}
			for _, says := range tc.says {
				if !strings.Contains(err.Error(), says) {
					t.Errorf("must say %q, says: %v", says, err)
				}
			}
		})
	}
}

// What settles the choice: the only one, the one that is named, or the one that the named instance is in.
func TestChoices(t *testing.T) {
	for _, tc := range []struct {
		name               string
		azs                int
		subnets, instances []string
		want               string // subnets, then the instance
	}{
		{"named subnet", 1, []string{"app=" + subnet1}, nil, subnet1 + " " + instance1},
		{"named instance", 1, nil, []string{"app=" + instance1}, subnet1 + " " + instance1},
		{"the instance's subnet comes first", 2, []string{"app=" + subnet3 + "," + subnet1}, nil, subnet1 + " " + subnet3 + " " + instance1},
	} {
		r, err := borrowingRequest(t, []string{"a", "app=" + vpcX}, tc.subnets, tc.instances)
		if err != nil {
			t.Fatal(err)
		}
		r.AZs = tc.azs
		var got []string
		p := plan(t, r)
		for _, kind := range []string{steps.KindSubnet, steps.KindInstance} {
			for _, res := range p.Resources {
				if id := steps.Borrowed(res.Settings); id != "" && res.Key.Kind() == kind {
					got = append(got, id)
				}
			}
		}
		if s := strings.Join(got, " "); s != tc.want {
			t.Errorf("%s: chooses %s, got %s", tc.name, tc.want, s)
		}
	}
}

// Two subnets with tables of their own: each table gets the routes.
func TestEveryTableGetsTheRoutes(t *testing.T) {
	r, err := borrowingRequest(t, []string{"a", "app=" + vpcX, vpcY}, []string{"app=" + subnet1 + "," + subnet3}, nil)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, res := range plan(t, r).Resources {
		if res.Key.Kind() == steps.KindRoute && strings.HasPrefix(res.Key.Name(), "app:") {
			got = append(got, res.Key.Name())
		}
	}
	slices.Sort(got)
	if want := fmt.Sprint([]string{"app:2:a", "app:2:" + vpcY, "app:a", "app:" + vpcY}); fmt.Sprint(got) != want {
		t.Errorf("the routes of app are %s, got %v", want, got)
	}
}

// Blocks are chosen beside those that are there, and the provider's zones are taken where there is one.
func TestWhatIsMadeBesideWhatIsThere(t *testing.T) {
	r, err := borrowingRequest(t, []string{"a", "b", vpcY}, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	y := r.Surveyed[vpcY]
	y.Blocks = []string{"10.0.0.0/16"}
	y.Subnets[0].AZID = zones[1]
	r.Surveyed[vpcY] = y
	for _, tc := range []struct {
		pattern Pattern
		block   string
		zone    string
	}{{TransitGateway(), "10.1.0.0/16", zones[0]}, {PrivateLink(), "10.0.0.0/16", zones[1]}} {
		r.Pattern = tc.pattern
		for _, res := range plan(t, r).Resources {
			text := string(res.Settings)
			if res.Key == "0/vpc/a" && !strings.Contains(text, tc.block) || res.Key == "0/subnet/a" && !strings.Contains(text, tc.zone) {
				t.Errorf("%s: a has the block %s in %s, got %s", tc.pattern.Name, tc.block, tc.zone, text)
			}
		}
	}
}

// A stack that has as many groups or routes as it may in what is there already is refused.
func TestQuotasOfWhatIsThere(t *testing.T) {
	r, err := borrowingRequest(t, []string{"a", "app=" + vpcX}, []string{"app=" + subnet1}, nil)
	if err != nil {
		t.Fatal(err)
	}
	x := r.Surveyed[vpcX]
	x.Instances[0].Groups = []string{"sg-1", "sg-2", "sg-3", "sg-4", "sg-5"}
	x.Subnets[0].Routes = 500
	r.Surveyed[vpcX] = x
	_, err = plan(t, r).CheckQuotas(t.Context(), &notebook{}, allowing(map[string]int{"L-2AFB9258": 5, "L-93826ACB": 500}, nil))
	for _, says := range []string{"instance app would have 6 security groups on a network interface, and the account allows 5", "route-table app would have 501 routes"} {
		if err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("must be refused with %q, got %v", says, err)
		}
	}
}

// What is there already is not counted as new.
func TestWhatIsThereNeedsNoRoom(t *testing.T) {
	r, err := borrowingRequest(t, []string{"a", "app=" + vpcX}, []string{"app=" + subnet1}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := plan(t, r).CheckQuotas(t.Context(), &notebook{}, allowing(map[string]int{"L-F678F1CE": 5}, map[string]int{steps.KindVPC: 4})); err != nil {
		t.Errorf("one new VPC beside the 4 there are is within 5, got %v", err)
	}
}

// An address is needed only where an instance has none.
func TestQuotaOfAddresses(t *testing.T) {
	for address, refused := range map[string]bool{"": true, "203.0.113.9": false} {
		r, err := borrowingRequest(t, []string{"a", vpcY}, nil, nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Pattern = InternetGateway()
		y := r.Surveyed[vpcY]
		y.Instances[0].PublicIP, y.Gateway = address, "igw-y"
		r.Surveyed[vpcY] = y
		_, err = plan(t, r).CheckQuotas(t.Context(), &notebook{}, allowing(map[string]int{"L-0263D0A3": 5}, map[string]int{steps.KindElasticIP: 5}))
		if (err != nil) != refused || err != nil && !strings.Contains(err.Error(), "5 Elastic IPs in eu-west-1, has 5 and would have 6") {
			t.Errorf("with the address %q it is refused: %t, got %v", address, refused, err)
		}
	}
}

// One route for a private block covers every block of a peer that lies in it.
func TestSummaryRoutesToFurtherBlocks(t *testing.T) {
	r, err := borrowingRequest(t, []string{"a", "app=" + vpcX, vpcY}, []string{"app=" + subnet1}, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Routes = RoutesSummary
	var got []string
	for _, res := range plan(t, r).Resources {
		if res.Key.Kind() == steps.KindRoute {
			got = append(got, strings.ReplaceAll(res.Key.Name(), vpcY, "y"))
		}
	}
	slices.Sort(got)
	if want := fmt.Sprint([]string{"a:app:2", "a:private-10", "app:private-10", "y:app:2", "y:private-10"}); fmt.Sprint(got) != want { // 100.64.0.0/24 lies in none
		t.Errorf("the routes are %s, got %v", want, got)
	}
}
