package provision

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/google/go-cmp/cmp"

	"vpclink/sim"
	"vpclink/state"
	"vpclink/steps"
)

// lose takes the lab's journal away, as if its folder were gone.
func (l *lab) lose() *notebook {
	lost := l.journal
	l.journal = &notebook{}
	return lost
}

func (l *lab) rebuilt() Rebuilt {
	l.t.Helper()
	r, _ := l.runner(l.t.Context())
	built, err := r.Rebuild(l.t.Context())
	if err != nil {
		l.t.Fatalf("rebuilding: %v", err)
	}
	return built
}

// downFromTags takes all away without a journal and wants the account empty.
func downFromTags(l *lab) string {
	l.lose()
	runner, _ := l.runner(l.t.Context())
	if _, err := runner.DownFromTags(l.t.Context()); err != nil {
		return "down from tags: " + err.Error()
	}
	if left := l.left(); len(left) > 0 {
		return "left: " + strings.Join(left, ", ")
	}
	return ""
}

// remembered is what a record says that a rebuilt one has to say as well: all but what nobody else can know.
func remembered(rec state.Record) string {
	needs := slices.Clone(rec.Needs)
	slices.Sort(needs)
	if !rec.Owned && rec.Key.Kind() == steps.KindInstance { // an address of ours that it has since been given
		rec.Out = map[string]string{steps.OutPrivateIP: rec.Out[steps.OutPrivateIP]}
	}
	return fmt.Sprintf("%s %s %s owned %t needs %v out %v", rec.Key, rec.Phase, rec.ID, rec.Owned, needs, rec.Out)
}

// From tags alone a whole stack comes out as its journal had it: every resource with its ID, what it needs and what
// others need of it, those that carry no tags as well.
func TestRebuildIsTheJournal(t *testing.T) {
	t.Parallel()
	for n, tc := range tutorials {
		for name, wide := range map[string]bool{"as in the tutorial": false, "two AZs, summary, both ways": true} {
			t.Run(tc.pattern.Name+" "+name, func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					l := newLab(t, sim.Options{Seed: 1})
					tutorial(t, l, n)
					if wide {
						l.widen()
					}
					l.mustUp(tc.vpcs...)
					l.wantRebuilt()
					if wrong := downFromTags(l); wrong != "" {
						t.Error(wrong)
					}
				})
			})
		}
	}
}

// widen has the lab ask for all that flags add.
func (l *lab) widen() {
	edit := l.edit
	l.edit = func(r *Request) {
		if edit != nil {
			edit(r)
		}
		r.AZs, r.BothWays = 2, r.Pattern.Takes(FlagBothWays)
		if r.Pattern.Takes(FlagRoutes) {
			r.Routes = RoutesSummary
		}
	}
}

// wantRebuilt loses the journal and wants it back.
func (l *lab) wantRebuilt() {
	l.t.Helper()
	made := l.changes()
	var want, got []string
	for _, rec := range l.lose().Records() {
		want = append(want, remembered(rec))
	}
	built := l.rebuilt()
	for _, rec := range built.Records {
		got = append(got, remembered(rec))
	}
	slices.Sort(want)
	slices.Sort(got)
	if diff := cmp.Diff(want, got); diff != "" {
		l.t.Errorf("what is rebuilt is what the journal had (-journal +rebuilt):\n%s", diff)
	}
	if built.Missing != 0 {
		l.t.Errorf("nothing is missing of a whole stack, got %d", built.Missing)
	}
	if n := l.changes() - made; n != 0 {
		l.t.Errorf("rebuilding changes nothing, made %d changing calls", n)
	}
}

// Whenever an up or a down is killed, the stack can be taken away although its journal is lost as well.
func TestKilledAndJournalLost(t *testing.T) {
	t.Parallel()
	for n, tutor := range tutorials {
		t.Run(tutor.pattern.Name, func(t *testing.T) {
			count := &tally{}
			whole := lived(t, n)
			for salt, way := range whole.ways() {
				for _, m := range chosen(calls(way.moments), uint64(salt)+20) {
					count.note(t, way.name+" killed "+m.what+", journal lost, then down", aftermath(t, n, whole.world, m, downFromTags))
				}
			}
			t.Logf("%s killed and journal lost: %d points, %d wrong ends", tutor.pattern.Name, count.points, count.wrong)
		})
	}
}

// calls are the moments around calls: those around lines of the journal are the same when it is lost.
func calls(moments []moment) []moment {
	return slices.DeleteFunc(slices.Clone(moments), func(m moment) bool { return strings.Contains(m.what, "writing") })
}

// Two people have a stack of one name in one account. Each is told by lineage, and when one is taken away without its
// journal nothing of the other's changes.
func TestFromTagsTellsStacksApart(t *testing.T) {
	t.Parallel()
	for n, tc := range tutorials {
		t.Run(tc.pattern.Name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				mine := newLab(t, sim.Options{Seed: 3})
				tutorial(t, mine, n)
				theirs := *mine
				theirs.journal, theirs.lineage = &notebook{}, "ffffffff-0000-4000-8000-000000000000"
				mine.mustUp("a", "b")
				theirs.mustUp("a", "b")
				mine.wantTagged(theirs.lineage)
				before := theirs.recorded()
				mine.lose()
				runner, _ := mine.runner(t.Context())
				if _, err := runner.DownFromTags(t.Context()); err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(before, theirs.recorded()); diff != "" {
					t.Errorf("the other's stack is as it was (-before +after):\n%s", diff)
				}
				if r, err := theirs.up(t.Context(), "a", "b"); err != nil || r.Made+r.Adopted > 0 {
					t.Errorf("up finds the other's stack unchanged, got %+v, %v", r, err)
				}
				theirs.mustDown()
				if left := mine.left(); len(left) > 0 {
					t.Errorf("nothing is left in the end, got %v", left)
				}
			})
		})
	}
}

// wantTagged wants two stacks by tags: this one, and that of another lineage, each with all it has.
func (l *lab) wantTagged(other string) {
	l.t.Helper()
	_, env := l.runner(l.t.Context())
	stacks, err := Tagged(l.t.Context(), env)
	if err != nil || len(stacks) != 2 {
		l.t.Fatalf("want two stacks by tags, got %+v, %v", stacks, err)
	}
	for i, lineage := range []string{env.Stack.Lineage, other} {
		if s := stacks[i]; s.Lineage != lineage || s.Name != l.stack || s.Pattern != l.pattern.Name || s.Expires != "" || s.Things < 10 || s.VPCs != 2 {
			l.t.Errorf("want stack %s of %s, got %+v", l.stack, lineage, s)
		}
	}
}

// recorded lists the things of the account that the lab's journal has.
func (l *lab) recorded() []string {
	ids := map[string]bool{}
	for _, rec := range l.journal.Records() {
		ids[rec.ID] = true
	}
	return slices.DeleteFunc(l.left(), func(line string) bool {
		_, id, _ := strings.Cut(line, " ")
		return !ids[id]
	})
}

// What a stranger put into a stack without a journal is named and left, and the rest is recorded: when it is gone, a plain
// down goes on.
func TestFromTagsLeavesStrangers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLab(t, sim.Options{Seed: 5})
		l.mustUp("a", "b")
		vpc, _ := l.journal.Record("0/vpc/a")
		s := l.stranger()
		subnet := *must(s.CreateSubnet(t.Context(), &ec2.CreateSubnetInput{VpcId: &vpc.ID, CidrBlock: new("10.0.9.0/24")})).Subnet.SubnetId
		l.lose()
		runner, _ := l.runner(t.Context())
		_, err := runner.DownFromTags(t.Context())
		if err == nil || !strings.Contains(err.Error(), subnet) {
			t.Fatalf("want %s named as what is in the way, got %v", subnet, err)
		}
		if rec, _ := l.journal.Record("0/vpc/a"); !rec.Present() {
			t.Errorf("the VPC in which it is stays recorded, got %+v", rec)
		}
		if left := l.left(); !slices.Contains(left, "subnet "+subnet) {
			t.Errorf("the stranger's subnet stays, left are %v", left)
		}
		must(s.DeleteSubnet(t.Context(), &ec2.DeleteSubnetInput{SubnetId: &subnet}))
		<-time.After(time.Minute) // until AWS does not show it any more
		l.mustDown()
		if left := l.left(); len(left) > 0 {
			t.Errorf("down goes on when it is gone, left are %v", left)
		}
	})
}

// A route in the place of ours that leads somewhere else is somebody else's, and not in what is rebuilt.
func TestRebuildPassesOverWhatIsInTheWay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLab(t, sim.Options{Seed: 10})
		l.mustUp("a", "b")
		s := l.stranger()
		gateway := *must(s.CreateInternetGateway(t.Context(), &ec2.CreateInternetGatewayInput{})).InternetGateway.InternetGatewayId
		<-time.After(time.Minute)
		must(s.AttachInternetGateway(t.Context(), &ec2.AttachInternetGatewayInput{InternetGatewayId: &gateway, VpcId: l.id("0/vpc/a")}))
		<-time.After(time.Minute)
		must(s.ReplaceRoute(t.Context(), &ec2.ReplaceRouteInput{
			RouteTableId: l.id("0/route-table/a"), DestinationCidrBlock: new("10.1.0.0/16"), GatewayId: &gateway,
		}))
		<-time.After(time.Minute)
		built := l.rebuilt()
		if has := slices.ContainsFunc(built.Records, func(rec state.Record) bool { return rec.Key == "1.4.6/route/a:b" }); has || len(built.Records) != 23 || built.Missing != 1 {
			t.Errorf("want the 23 others and one missing, got %d, %d (with that route: %t)", len(built.Records), built.Missing, has)
		}
	})
}

// A thing of which the plan of today knows nothing, such as one that a later vpclink has made, has its place by its kind.
func TestRebuildRanksWhatNoPlanHas(t *testing.T) {
	b := &rebuilding{found: map[state.Key]state.Record{}}
	for _, key := range []state.Key{"0/vpc/a", "0/subnet/a", "9.9.9/security-group/odd", "0/instance/a"} {
		b.note(state.Record{Key: key})
	}
	b.rank(map[state.Key]bool{"0/vpc/a": true, "0/subnet/a": true, "0/instance/a": true})
	want := map[state.Key][]state.Key{
		"9.9.9/security-group/odd": {"0/vpc/a", "0/subnet/a"}, "0/instance/a": {"9.9.9/security-group/odd"}, "0/vpc/a": nil, "0/subnet/a": nil,
	}
	for key, needs := range want {
		if diff := cmp.Diff(needs, b.found[key].Needs); diff != "" {
			t.Errorf("%s goes before what it needs (-want +got):\n%s", key, diff)
		}
	}
	if steps.Rank("route") != 0 || steps.Rank(steps.KindVPC) < steps.Rank(steps.KindSubnet) {
		t.Errorf("routes go first and VPCs last, got %d and %d", steps.Rank("route"), steps.Rank(steps.KindVPC))
	}
}

// A gateway that was there before is nobody's of ours, although a VPC of ours hangs on it and our route leads to it: it is
// neither detached nor deleted.
func TestFromTagsKeepsAnAdoptedGateway(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLab(t, sim.Options{Seed: 6})
		l.pattern, l.stack = InternetGateway(), "igw"
		ctx, cancel := context.WithCancel(t.Context())
		l.events = func(e Event) {
			if e.Name == EventReady && e.Key == "0/vpc/a" {
				cancel()
			}
		}
		l.up(ctx, "a", "b") //nolint:errcheck // it was ended
		l.events = nil
		s := l.stranger()
		gateway := *must(s.CreateInternetGateway(t.Context(), &ec2.CreateInternetGatewayInput{})).InternetGateway.InternetGatewayId
		<-time.After(time.Minute)
		must(s.AttachInternetGateway(t.Context(), &ec2.AttachInternetGatewayInput{InternetGatewayId: &gateway, VpcId: l.id("0/vpc/a")}))
		<-time.After(time.Minute)
		if r := l.mustUp("a", "b"); r.Adopted != 2 {
			t.Fatalf("up adopts the gateway and its attachment, got %+v", r)
		}
		l.lose()
		runner, _ := l.runner(t.Context())
		_, err := runner.DownFromTags(t.Context())
		if err == nil || !strings.Contains(err.Error(), gateway) {
			t.Fatalf("want %s named as what hangs on the VPC, got %v", gateway, err)
		}
		left := l.left()
		vpc, _ := l.journal.Record("0/vpc/a")
		want := []string{"internet-gateway " + gateway, "internet-gateway-attachment " + gateway + "|" + vpc.ID, "vpc " + vpc.ID}
		if diff := cmp.Diff(want, left); diff != "" {
			t.Errorf("the gateway stays attached, and all else goes but its VPC (-want +left):\n%s", diff)
		}
	})
}
