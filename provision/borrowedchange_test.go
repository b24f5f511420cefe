package provision

import (
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/google/go-cmp/cmp"

	"vpclink/sim"
	"vpclink/state"
	"vpclink/steps"
)

// A VPC that was there already and is left out goes on as if it had never been linked: ours is taken away, and it stays.
func TestPruneOfWhatIsThere(t *testing.T) {
	t.Parallel()
	for n, b := range borrowings {
		t.Run(b.pattern.Name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				l, e, _ := borrowingLab(t, n, sim.Options{Seed: 5})
				b.asks(l, nil, false)
				before := l.account()
				l.mustUp("c", "app="+e.y, "d")
				only := l.account() // as it is without x
				b.asks(l, map[string][]string{"x": {e.xSubnet}}, false)
				l.mustUp("x=" + e.x)
				b.asks(l, map[string][]string{"x": {e.xSubnet}}, true) // as the command remembers it
				r := l.mustUp("c", "app", "d")
				if again := l.mustUp("c", "app", "d"); again.Made+again.Adopted+again.Pruned > 0 {
					t.Errorf("what was chosen in x is no matter any more, got %+v", again)
				}
				if r.Pruned == 0 || len(r.Left) > 0 || r.Made+r.Adopted > 0 {
					t.Errorf("x is pruned, and nothing is made for it, got %+v", r)
				}
				<-time.After(buried)
				if diff := cmp.Diff(only, l.account()); diff != "" {
					t.Errorf("the account is as without x (-before +after):\n%s", diff)
				}
				l.mustDown()
				<-time.After(buried)
				if diff := cmp.Diff(before, l.account()); diff != "" {
					t.Errorf("after down it is as before (-before +after):\n%s", diff)
				}
			})
		})
	}
}

// What strangers do in VPCs of their own is none of ours to tell; what they do to ours is.
func TestLiveWithWhatIsThere(t *testing.T) {
	t.Parallel()
	for n, b := range borrowings {
		t.Run(b.pattern.Name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				l, e, vpcs := borrowingLab(t, n, sim.Options{Seed: 6})
				l.mustUp(vpcs...)
				wantDrift(t, l)
				ctx := t.Context()
				web := e.groups(e.xInstance)[:2]
				must(e.api.DeleteRoute(ctx, &ec2.DeleteRouteInput{RouteTableId: &e.xTable, DestinationCidrBlock: aws.String("203.0.113.0/24")}))
				e.subnet(e.x, "10.50.9.0/24", 0)
				e.group(e.x, "more")
				e.wait()
				wantDrift(t, l)
				card, _, _ := strings.Cut(*l.id(state.Key("0/interface-group/" + e.x)), "|")
				must(e.api.ModifyNetworkInterfaceAttribute(ctx, &ec2.ModifyNetworkInterfaceAttributeInput{NetworkInterfaceId: &card, Groups: web}))
				e.wait()
				want := []string{"0/interface-group/X: state gone"}
				if b.pattern.Name == "privatelink" { // the load balancer is let in by our group
					want = append(want, "1.3.3/target-health/X: state unhealthy")
				}
				wantDrift(t, l, want...)
				l.mustUp(vpcs...)
				wantDrift(t, l)
				l.mustDown()
			})
		})
	}
}

// An end is put on all that was made, Elastic IPs among it, and on nothing that was there.
func TestRetagWithWhatIsThere(t *testing.T) {
	t.Parallel()
	for n, b := range borrowings {
		t.Run(b.pattern.Name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				l, _, vpcs := borrowingLab(t, n, sim.Options{Seed: 8})
				before := l.account()
				l.expireAt(soon, false, vpcs...)
				l.expireAt(later, true, vpcs...)
				l.wantExpiry(later)
				for _, o := range l.world.Objects() {
					if _, ends := o.Tags[steps.TagExpires]; ends && o.Tags[steps.TagLineage] == "" {
						t.Errorf("%s %s was there, and has no end", o.Kind, o.ID)
					}
				}
				checkUntouched(t, l, before)
				l.wantGone(before)
			})
		})
	}
}

// An Elastic IP is among what an end is put on.
func TestRetagOfAnElasticIP(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l, e, vpcs := borrowingLab(t, 1, sim.Options{Seed: 8})
		l.expireAt(soon, false, vpcs...)
		l.expireAt(later, true, vpcs...)
		address := *l.id(state.Key("1.1.3/elastic-ip/" + e.x))
		tags := must(e.api.DescribeAddresses(t.Context(), &ec2.DescribeAddressesInput{AllocationIds: []string{address}})).Addresses[0].Tags
		if !slices.ContainsFunc(tags, func(tag types.Tag) bool { return *tag.Key == steps.TagExpires && *tag.Value == later }) {
			t.Errorf("it ends then, got %v", tags)
		}
		l.mustDown()
	})
}

// A lab of new VPCs gets some that are there, and the other way round: each up changes nothing the second time.
func TestExtendedByWhatIsThere(t *testing.T) {
	t.Parallel()
	for n, b := range borrowings {
		for name, turns := range map[string]func(e *estate) [][]string{
			"new, then there": func(e *estate) [][]string { return [][]string{{"c", "d"}, {"app=" + e.y}, {"x=" + e.x}} },
			"there, then new": func(e *estate) [][]string { return [][]string{{"app=" + e.y, "x=" + e.x}, {"c"}, {"d"}} },
		} {
			if b.pattern.Name == "privatelink" && strings.HasPrefix(name, "new") {
				continue // what is there is in another AZ than the service, and is refused
			}
			t.Run(b.pattern.Name+"/"+name, func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					l, e, _ := borrowingLab(t, n, sim.Options{Seed: 9})
					before := l.account()
					for _, vpcs := range turns(e) {
						b.extend(t, l, e, vpcs)
					}
					l.wantRebuilt()
					l.wantGone(before)
				})
			})
		}
	}
}

// extend links these VPCs too, twice.
func (b borrowing) extend(t *testing.T, l *lab, e *estate, vpcs []string) {
	t.Helper()
	var subnets map[string][]string
	if slices.Contains(vpcs, "x="+e.x) {
		subnets = map[string][]string{"x": {e.xSubnet}}
	}
	b.asks(l, subnets, false)
	l.mustUp(vpcs...)
	b.asks(l, nil, false)
	made := l.changes()
	if r := l.mustUp(vpcs...); r.Made+r.Adopted != 0 || l.changes() != made {
		t.Errorf("the second up of %v changes nothing, got %+v", vpcs, r)
	}
}

// asks has the lab's requests be those of a lab of VPCs that are there, with these subnets.
func (b borrowing) asks(l *lab, subnets map[string][]string, prune bool) {
	l.edit = func(r *Request) {
		if b.edit != nil {
			b.edit(r)
		}
		r.Choice, r.Prune = Choice{Subnets: subnets}, prune
	}
}

// wantDrift wants status --live to tell this, and no more.
func wantDrift(t *testing.T, l *lab, want ...string) {
	t.Helper()
	runner, _ := l.runner(t.Context())
	found, err := runner.Live(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for key, fields := range found {
		for _, f := range fields {
			name := string(key)
			if at := strings.LastIndex(name, "/"); strings.HasPrefix(name[at+1:], "vpc-") {
				name = name[:at+1] + "X"
			}
			got = append(got, name+": "+string(f.Name)+" "+f.Have)
		}
	}
	slices.Sort(got)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("status --live tells this (-want +got):\n%s", diff)
	}
}
