package provision

import (
	"errors"
	"net/netip"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/ec2"

	"vpclink/sim"
	"vpclink/state"
	"vpclink/steps"
)

// pruning has the requests of a lab take away what they do not name.
func (l *lab) pruning() {
	edit := l.edit
	l.edit = func(r *Request) {
		if edit != nil {
			edit(r)
		}
		r.Prune = true
	}
}

// c is left out: it goes, with all that links it, and a and b stay as they were, ID by ID.
func TestWhatIsLeftOutIsPruned(t *testing.T) {
	t.Parallel()
	for n, tc := range tutorials {
		t.Run(tc.pattern.Name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				smaller := newLab(t, sim.Options{})
				tutorial(t, smaller, n)
				kept := smaller.mustUp("a", "b").Made
				l := newLab(t, sim.Options{Durations: sim.Spread, Seed: 2})
				tutorial(t, l, n)
				l.mustUp("a", "b", "c")
				l.pruneC(kept, tc.total-kept)
				tc.check(t, l, "a", "b")
			})
		})
	}
}

// pruneC prunes c, and wants just it gone.
func (l *lab) pruneC(kept, gone int) {
	l.t.Helper()
	before := l.ids()
	l.pruning()
	if r := l.mustUp("a", "b"); r.Made != 0 || r.Unchanged != kept || r.Pruned != gone {
		l.t.Errorf("the %d of a and b are unchanged and the other %d pruned, got %+v", kept, gone, r)
	}
	for key, id := range l.ids() {
		if id != before[key] {
			l.t.Errorf("%s was %s and is %s", key, before[key], id)
		}
	}
	if wrong := incompleteOf(l, "a", "b"); wrong != "" {
		l.t.Error(wrong)
	}
	made := l.changes()
	if r := l.mustUp("a", "b"); r.Pruned != 0 || l.changes() != made {
		l.t.Errorf("the next up changes nothing, got %+v", r)
	}
}

// ids are the IDs of all that the journal has as there.
func (l *lab) ids() map[state.Key]string {
	ids := map[state.Key]string{}
	for _, rec := range l.journal.Records() {
		if rec.Present() {
			ids[rec.Key] = rec.ID
		}
	}
	return ids
}

// afterPruning is what may follow a prune that was killed.
var afterPruning = []struct {
	what string
	run  func(*lab) string
}{
	{"again", func(l *lab) string {
		l.pruning()
		if _, err := l.up(l.t.Context(), "a", "b"); err != nil {
			return "up: " + err.Error()
		}
		return incompleteOf(l, "a", "b")
	}},
	{"kept", upAgain},
	{"down", downThen},
}

// Killed while it prunes, a lab is pruned by the next such up, made whole by one that keeps, or taken away.
func TestKilledWhilePruning(t *testing.T) {
	t.Parallel()
	for n, tutor := range tutorials {
		t.Run(tutor.pattern.Name, func(t *testing.T) {
			count := &tally{}
			world, moments := film(t, n, func(l *lab) { l.mustUp(lettered...) }, func(l *lab, _ *camera) {
				l.pruning()
				l.mustUp("a", "b")
			})
			for i, m := range chosen(moments, 7) {
				for j, then := range afterPruning {
					if *killAll || i%len(afterPruning) == j { // each of a sample once
						count.note(t, "pruning killed "+m.what+", then "+then.what, aftermath(t, n, world, m, then.run))
					}
				}
			}
			t.Logf("%s killed while pruning: %d points, %d wrong ends", tutor.pattern.Name, count.points, count.wrong)
		})
	}
}

// The place of what goes is free for what comes in the same run; its block is, when somebody asks for that one.
func TestAPrunedPlaceIsUsedAgain(t *testing.T) {
	story(t, sim.Options{Quotas: sim.Quotas{VPCs: 4}}, func(t *testing.T, l *lab) {
		l.mustUp("a", "b", "c")
		l.edit = func(r *Request) { r.Items[2].CIDR = netip.MustParsePrefix("10.2.0.0/16") }
		l.pruning()
		if r := l.mustUp("a", "b", "d"); r.Pruned != 17 || r.Made != 17 {
			t.Errorf("d takes c's place, got %+v", r)
		}
		if rec, _ := l.journal.Record("0/vpc/d"); rec.Out[steps.OutCIDR] != "10.2.0.0/16" {
			t.Errorf("d has the block that was c's, got %v", rec.Out)
		}
		checkTutorial(t, l, "a", "b", "d")
		l.mustDown()
	})
}

// What somebody hung on it keeps c's subnet and VPC, and nothing else.
func TestWhatCannotBePrunedIsLeft(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, l *lab) {
		l.mustUp("a", "b", "c")
		ctx, s := t.Context(), l.stranger()
		eni := must(s.CreateNetworkInterface(ctx, &ec2.CreateNetworkInterfaceInput{SubnetId: l.id("0/subnet/c")}))
		<-time.After(time.Minute)
		l.pruning()
		result, err := l.up(ctx, "a", "b")
		var hanging *steps.StrangerError
		if !errors.As(err, &hanging) || hanging.ID != *eni.NetworkInterface.NetworkInterfaceId {
			t.Errorf("the stranger's interface is named, got %v", err)
		}
		var left []state.Key
		for _, x := range result.Left {
			left = append(left, x.Key)
		}
		if slices.Sort(left); !slices.Equal(left, []state.Key{"0/subnet/c", "0/vpc/c"}) || result.Pruned != 15 {
			t.Errorf("only what the interface holds is left, got %v with %d pruned", left, result.Pruned)
		}
		checkTutorial(t, l, "a", "b")
		must(s.DeleteNetworkInterface(ctx, &ec2.DeleteNetworkInterfaceInput{NetworkInterfaceId: eni.NetworkInterface.NetworkInterfaceId}))
		<-time.After(time.Minute)
		if r := l.mustUp("a", "b"); r.Pruned != 2 {
			t.Errorf("once it is away, the rest is pruned, got %+v", r)
		}
		l.mustDown()
	})
}

func TestWhatIsNotPruned(t *testing.T) {
	for _, tc := range []struct {
		name    string
		pattern Pattern
		edit    func(*Request)
		had     []string
		named   []string
		refused string // "": it is not
	}{
		{"all but one", TransitGateway(), nil, []string{"a", "b", "c"}, []string{"a"}, "a link needs two at least"},
		{"the provider", PrivateLink(), nil, []string{"a", "b", "c"}, []string{"b", "c"}, "take a away, which offers the service"},
		{"one of three that offers and uses", PrivateLink(), func(r *Request) { r.BothWays = true }, []string{"a", "b", "c"}, []string{"b", "c"}, "take a away"},
		{"a provider that somebody else can be", PrivateLink(), func(r *Request) { r.BothWays = true }, []string{"a", "b"}, []string{"b", "c"}, ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			story(t, sim.Options{Scale: 0.1}, func(t *testing.T, l *lab) {
				l.pattern, l.edit, l.stack = anew(tc.pattern), tc.edit, tc.pattern.Name
				l.mustUp(tc.had...)
				before := l.changes()
				l.pruning()
				_, err := l.up(t.Context(), tc.named...)
				if tc.refused == "" {
					if wrong := incompleteOf(l, tc.named...); err != nil || wrong != "" {
						t.Errorf("it is pruned, got %v, %s", err, wrong)
					}
					return
				}
				wantRefusal(t, err, tc.refused)
				if n := l.changes() - before; n != 0 {
					t.Errorf("nothing is changed by it, made %d changing calls", n)
				}
			})
		})
	}
}

// Acts are not undone: what an earlier up turned on stays as long as what it is about does.
func TestWhatOtherFlagsMadeIsPruned(t *testing.T) {
	story(t, sim.Options{Scale: 0.1}, func(t *testing.T, l *lab) {
		l.pattern, l.stack = Peering(), "peering"
		l.edit = func(r *Request) { r.DNS, r.AZs = true, 2 }
		l.mustUp("a", "b")
		l.edit = nil
		l.pruning()
		if r := l.mustUp("a", "b"); r.Pruned != 4 {
			t.Errorf("the second subnets and their associations are pruned, got %+v", r)
		}
		for _, key := range []state.Key{"1.2.1/vpc-peering-dns/a:b", "1.2.1/vpc-dns-hostnames/a"} {
			if rec, _ := l.journal.Record(key); rec.Phase != state.Ready {
				t.Errorf("%s cannot be undone, and stays recorded, got %s", key, rec.Phase)
			}
		}
		l.mustDown()
		if left := l.left(); len(left) > 0 {
			t.Errorf("nothing is left, got %v", left)
		}
	})
}

func wantRefusal(t *testing.T, err error, part string) {
	t.Helper()
	var refused *RefusedError
	if !errors.As(err, &refused) || !strings.Contains(err.Error(), part) {
		t.Errorf("it is refused with words like %q, got %v", part, err)
	}
}
