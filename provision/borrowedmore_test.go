package provision

import (
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/google/go-cmp/cmp"

	"vpclink/sim"
	"vpclink/state"
	"vpclink/steps"
)

// What already links two VPCs as wanted is used, and stays.
func TestALinkThatIsThereIsUsed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l, e, vpcs := borrowingLab(t, 2, sim.Options{})
		ctx := t.Context()
		pcx := must(e.api.CreateVpcPeeringConnection(ctx, &ec2.CreateVpcPeeringConnectionInput{VpcId: &e.y, PeerVpcId: &e.x})).VpcPeeringConnection.VpcPeeringConnectionId
		e.wait()
		must(e.api.AcceptVpcPeeringConnection(ctx, &ec2.AcceptVpcPeeringConnectionInput{VpcPeeringConnectionId: pcx}))
		e.wait()
		must(e.api.CreateRoute(ctx, &ec2.CreateRouteInput{RouteTableId: &e.xTable, DestinationCidrBlock: aws.String("10.60.0.0/16"), VpcPeeringConnectionId: pcx}))
		e.wait()
		before := l.account()
		l.mustUp(vpcs...)
		// x and y with subnet, table and instance each; their peering, that it is accepted, and one of the routes over it.
		adopted := map[state.Key]bool{}
		for _, rec := range l.journal.Records() {
			if !rec.Owned {
				adopted[rec.Key] = true
			}
		}
		link := min(e.x, "app") + ":" + max(e.x, "app")
		for _, key := range []string{"1.2.1/vpc-peering/" + link, "1.2.1/vpc-peering-accept/" + link, "1.2.2/route/" + e.x + ":app"} {
			if !adopted[state.Key(key)] {
				t.Errorf("%s is adopted, got only %v", e.named(key), adopted)
			}
		}
		if len(adopted) != 8+3 {
			t.Errorf("11 are adopted, got %d", len(adopted))
		}
		l.mustDown()
		<-time.After(buried)
		if diff := cmp.Diff(before, l.account()); diff != "" {
			t.Errorf("it stays, and the account is as before (-before +after):\n%s", diff)
		}
	})
}

// What would have to be changed of a VPC that is there already is refused, before anything is made.
func TestAnAttributeOfAVPCIsNotChanged(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l, e, vpcs := borrowingLab(t, 2, sim.Options{})
		choose := l.edit
		l.edit = func(r *Request) {
			choose(r)
			r.DNS = true
		}
		changes := l.changes()
		_, err := l.up(t.Context(), vpcs...)
		foreign, ok := errors.AsType[*ForeignError](err)
		if !ok || foreign.ID != e.x && foreign.ID != e.y {
			t.Errorf("host names are not turned on in a stranger's VPC, got %v", err)
		}
		if n := l.changes() - changes; n != 0 {
			t.Errorf("nothing is made before that is said, %d calls were", n)
		}
	})
}

// Killed is one thing, a lost answer another: whatever answer is lost, the run gets by and leaves no trace.
func TestLostAnswersAboutWhatIsThere(t *testing.T) {
	t.Parallel()
	for n, b := range borrowings {
		for _, action := range []string{"ModifyNetworkInterfaceAttribute", "AllocateAddress", "AssociateAddress", "DisassociateAddress", "ReleaseAddress", "CreateRoute", "DeleteRoute"} {
			if strings.Contains(action, "Address") && b.pattern.Name != "igw" {
				continue
			}
			t.Run(b.pattern.Name+"/"+action, func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					l, _, vpcs := borrowingLab(t, n, sim.Options{})
					before := l.account()
					l.world.Inject(sim.Fault{Kind: sim.LostAnswer, Action: action})
					l.mustUp(vpcs...)
					l.world.Inject(sim.Fault{Kind: sim.ErrorAfter, Status: 500, Action: action})
					l.mustDown()
					<-time.After(buried)
					if diff := cmp.Diff(before, l.account()); diff != "" {
						t.Errorf("the account is as before (-before +after):\n%s", diff)
					}
				})
			})
		}
	}
}

// A stranger's instance that carries our group holds it, and is not touched.
func TestAStrangerWithOurGroup(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l, e, vpcs := borrowingLab(t, 0, sim.Options{})
		l.mustUp(vpcs...)
		group := *l.id(state.Key("0/security-group/" + e.x))
		other := e.instance(e.xMainSubnet, false, group)
		result, err := l.down(t.Context())
		if err == nil || len(result.Left) != 1 || result.Left[0].ID != group {
			t.Errorf("the group alone is left, held by the stranger's instance, got %+v: %v", result.Left, err)
		}
		if got := e.groups(other); len(got) != 1 || got[0] != group {
			t.Errorf("the stranger's instance keeps it, got %v", got)
		}
		must(e.api.TerminateInstances(t.Context(), &ec2.TerminateInstancesInput{InstanceIds: []string{other}}))
		<-time.After(10 * time.Minute)
		l.mustDown()
	})
}

// Which subnets, instance and tables a stack uses was chosen when it was made.
func TestAStackKeepsWhatItUses(t *testing.T) {
	used := func(table, instance string) []state.Record {
		return []state.Record{
			{Key: "0/vpc/app", Phase: state.Ready, ID: vpcX, Settings: state.Settings(`{"cidr":"10.50.0.0/16","existing":"` + vpcX + `"}`)},
			{Key: "0/subnet/app", Phase: state.Ready, ID: subnet1, Settings: state.Settings(`{"existing":"` + subnet1 + `","route_table":"` + table + `"}`)},
			{Key: "0/instance/app", Phase: state.Ready, ID: instance, Settings: state.Settings(`{"existing":"` + instance + `"}`)},
		}
	}
	for _, tc := range []struct {
		name               string
		subnets, instances []string
		records            []state.Record
		edit               func(*Request)
		says               string // "" when it goes on
		gone               bool
	}{
		{name: "without a flag", records: used("rtb-1", instance1)},
		{name: "the same again", subnets: []string{"app=" + subnet1}, instances: []string{"app=" + instance1}, records: used("rtb-1", instance1)},
		{name: "other subnets", subnets: []string{"app=" + subnet3}, records: used("rtb-1", instance1), says: "--subnets asks for others"},
		{name: "another instance", instances: []string{"app=" + instance2}, records: used("rtb-1", instance1), says: "--instance asks for " + instance2},
		{name: "another table", records: used("rtb-0", instance1), says: subnet1 + " used the route table rtb-0 when the stack was made, and uses rtb-1 now"},
		{name: "an instance that is gone", records: used("rtb-1", "i-99999999"), says: "i-99999999, which vpclink uses", gone: true},
		{name: "a VPC that is gone", records: used("rtb-1", instance1), edit: func(r *Request) { r.Surveyed = map[string]steps.Existing{} }, says: vpcX + ", which vpclink uses", gone: true},
	} {
		r, err := borrowingRequest(t, []string{"a", "app"}, nil, nil) // its ID is in the journal
		if err != nil {
			t.Fatal(err)
		}
		if r.Choice, err = ParseChoice(tc.subnets, tc.instances); err != nil {
			t.Fatal(err)
		}
		if tc.edit != nil {
			tc.edit(&r)
		}
		_, err = NewPlan(r, tc.records, zones)
		if tc.says == "" && err != nil || tc.says != "" && (err == nil || !strings.Contains(err.Error(), tc.says)) {
			t.Errorf("%s: says %q, got %v", tc.name, tc.says, err)
		}
		if _, gone := errors.AsType[*GoneError](err); gone != tc.gone {
			t.Errorf("%s: is an error about something gone: %t, got %v", tc.name, tc.gone, err)
		}
	}
}

// Any mix, whichever comes first, and several AZs: up is complete, a second one changes nothing, down leaves no trace.
func TestMixesWithWhatIsThere(t *testing.T) {
	t.Parallel()
	for n, b := range borrowings {
		for name, mix := range map[string]func(e *estate) []string{
			"there first": func(e *estate) []string { return []string{"app=" + e.x, "c"} },
			"new first":   func(e *estate) []string { return []string{"c", "d", "app=" + e.x} },
			"all there":   func(e *estate) []string { return []string{"app=" + e.x, e.y} },
		} {
			t.Run(b.pattern.Name+"/"+name, func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					l, e, _ := borrowingLab(t, n, sim.Options{Durations: sim.Spread, Seed: uint64(n)})
					l.edit = func(r *Request) {
						r.Choice = Choice{Subnets: map[string][]string{"app": {e.xMainSubnet, e.xSubnet}}} // two AZs, two tables
						if name != "all there" {
							r.AZs = 2
						}
					}
					l.borrow(t, e, mix(e))
				})
			})
		}
	}
}
