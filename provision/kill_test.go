package provision

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"vpclink/sim"
	"vpclink/state"
	"vpclink/steps"
)

var (
	killAll  = flag.Bool("kill.all", false, "try every point instead of a sample")
	killSeed = flag.Uint64("kill.seed", 1, "chooses the sample")
)

// killSample is how many points of each kind are tried when not all are: few, since the race detector makes each ten
// times as slow. `make kill` tries all.
const killSample = 3

// killLab is a lab whose time is a tenth of AWS's, so that many can be run: the simulator's durations and our settle
// time alike. Looks come often enough that hidden things are met hidden.
func killLab(t *testing.T, n int, opts sim.Options) *lab {
	t.Helper()
	return killLabSeeded(t, n, *killSeed, opts)
}

func killLabSeeded(t *testing.T, n int, seed uint64, opts sim.Options) *lab {
	t.Helper()
	opts.Seed, opts.Scale, opts.Durations = seed, 0.1, sim.Spread
	l := newLab(t, opts)
	tutorial(t, l, n)
	l.hurried()
	return l
}

// aftermath goes on from a moment as a new process would, and says what is wrong in the end, "" when nothing is.
func aftermath(t *testing.T, n int, world *sim.World, m moment, run func(*lab) string) (wrong string) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		<-time.After(time.Until(m.at)) // the journal's times lie in the past
		l := killLab(t, n, sim.Options{})
		l.world, l.journal = world.Fork(m.changes, m.at), m.journal.copy()
		l.tokens.Store(1000) // a new process draws other tokens
		wrong = run(l)
	})
	return wrong
}

// upAgain completes the lab and wants it whole, without a twin.
func upAgain(l *lab) string {
	if _, err := l.up(l.t.Context(), lettered...); err != nil {
		return "up: " + err.Error()
	}
	return incomplete(l)
}

// downThen takes all away and wants the account empty.
func downThen(l *lab) string {
	if _, err := l.down(l.t.Context()); err != nil {
		return "down: " + err.Error()
	}
	if left := l.left(); len(left) > 0 {
		return "left: " + strings.Join(left, ", ")
	}
	for _, rec := range l.journal.Records() {
		if rec.Phase != state.Gone {
			return fmt.Sprintf("the journal says that %s is %s", rec.Key, rec.Phase)
		}
	}
	return ""
}

// lettered are the VPCs of the labs that are killed.
var lettered = []string{"a", "b", "c"}

// acts are the kinds that are no things of their own: they say something of another.
var acts = []string{steps.KindVPCPeeringAccept, steps.KindVPCPeeringDNS, steps.KindVPCDNSHostnames, steps.KindTargetHealth, steps.KindEndpointAccept}

// incomplete says what is missing, double or not in the journal; "" when the lab is whole.
func incomplete(l *lab) string { return incompleteOf(l, lettered...) }

func incompleteOf(l *lab, vpcs ...string) string {
	alive, ids := map[string]int{}, map[string]bool{}
	for _, o := range l.world.Objects() {
		if o.Kind == "network-interface" || l.others[o.ID] {
			continue // they come with instances and attachments
		}
		if o.Kind == steps.KindSecurityGroupRule && len(o.Tags) == 0 {
			continue // outbound, put back: like the one that came with its group it is a part of that
		}
		alive[o.Kind]++
		ids[o.ID] = true
	}
	_, plan, err := l.planned(l.t.Context(), vpcs...)
	if err != nil {
		return err.Error()
	}
	want := map[string]int{}
	for _, r := range plan.Resources {
		if !slices.Contains(acts, r.Key.Kind()) {
			want[r.Key.Kind()]++
		}
	}
	if diff := cmp.Diff(want, alive); diff != "" {
		return "the account does not have what the plan wants (-want +have): " + diff
	}
	records := slices.DeleteFunc(l.journal.Records(), func(rec state.Record) bool { return rec.Phase == state.Gone })
	if len(records) != len(plan.Resources) {
		return fmt.Sprintf("the journal has %d resources, want %d", len(records), len(plan.Resources))
	}
	for _, rec := range records {
		if rec.Phase != state.Ready || !rec.Owned || !ids[rec.ID] {
			return fmt.Sprintf("the journal says %s is %s with %q (owned %t), which the account does not have so", rec.Key, rec.Phase, rec.ID, rec.Owned)
		}
	}
	return ""
}

// chosen returns all of the list, or a sample of it.
func chosen[T any](list []T, salt uint64) []T {
	if *killAll || len(list) <= killSample {
		return list
	}
	order := rand.New(rand.NewPCG(*killSeed, salt)).Perm(len(list))[:killSample] //nolint:gosec // a sample, no secret
	slices.Sort(order)
	var sample []T
	for _, i := range order {
		sample = append(sample, list[i])
	}
	return sample
}

// tally counts points and wrong ends over all kill tests of a run.
type tally struct{ points, wrong int }

func (n *tally) note(t *testing.T, what, wrong string) {
	t.Helper()
	n.points++
	if wrong != "" {
		n.wrong++
		t.Errorf("%s: %s", what, wrong)
	}
}

// Killed before or after any changing call or any line of the journal, on the way up or down, a lab can be completed
// without a duplicate and taken away without a rest.
func TestKill(t *testing.T) {
	t.Parallel()
	for n, tutor := range tutorials {
		t.Run(tutor.pattern.Name, func(t *testing.T) {
			count := &tally{}
			whole := lived(t, n)
			for salt, way := range whole.ways() {
				for _, m := range chosen(way.moments, uint64(salt)) {
					count.note(t, way.name+" killed "+m.what+", then up", aftermath(t, n, whole.world, m, upAgain))
					count.note(t, way.name+" killed "+m.what+", then down", aftermath(t, n, whole.world, m, downThen))
				}
			}
			t.Logf("%s killed: %d points, %d wrong ends", tutor.pattern.Name, count.points, count.wrong)
		})
	}
}

// Whatever answer is lost, or turned into a 500 or 503 after the call took effect, the run itself gets by.
func TestLostAnswers(t *testing.T) {
	t.Parallel()
	for n, tutor := range tutorials {
		t.Run(tutor.pattern.Name, func(t *testing.T) {
			count := &tally{}
			whole := lived(t, n)
			begin := moment{journal: &notebook{}, at: whole.up[0].at}
			end := whole.up[len(whole.up)-1]
			for salt, tc := range []struct {
				name string
				from moment
				run  func(*lab) string
			}{{"up", begin, upAgain}, {"down", end, downThen}} {
				for _, f := range chosen(spoiled(tutor.total), uint64(salt)+10) {
					what := fmt.Sprintf("%s with %s %d at changing call %d", tc.name, f.Kind, f.Status, f.Nth)
					count.note(t, what, aftermath(t, n, whole.world, tc.from, func(l *lab) string {
						l.world.Inject(f)
						return tc.run(l)
					}))
				}
			}
			t.Logf("%s answers lost: %d points, %d wrong ends", tutor.pattern.Name, count.points, count.wrong)
		})
	}
}

// spoiled are the faults that take the answer of one of the first n changing calls.
func spoiled(n int) []sim.Fault {
	var faults []sim.Fault
	for nth := range n {
		for _, f := range []sim.Fault{{Kind: sim.LostAnswer}, {Kind: sim.ErrorAfter, Status: 500}, {Kind: sim.ErrorAfter, Status: 503}} {
			f.Nth = nth + 1
			faults = append(faults, f)
		}
	}
	return faults
}

// A call that takes effect only after the run has made the thing a second time leaves a twin: the last look finds it.
func TestATwinIsTakenAway(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLab(t, sim.Options{Seed: 7})
		l.world.Inject(sim.Fault{Kind: sim.LostAnswer, Action: "CreateVpc"})
		_, env := l.runner(t.Context())
		late := ""
		l.events = func(e Event) {
			rec, _ := l.journal.Record(e.Key)
			if e.Name != EventReady || e.Key.Kind() != steps.KindVPC || !rec.Unclear {
				return
			}
			twin, err := steps.Kinds()[steps.KindVPC].Create(t.Context(), env, rec) // the lost call, at last
			if err != nil {
				t.Errorf("making the twin: %v", err)
			}
			late = twin.ID
		}
		if _, err := l.up(t.Context(), lettered...); err != nil {
			t.Fatal(err)
		}
		if late == "" {
			t.Fatal("no answer was lost, so there was no twin to find")
		}
		if wrong := incomplete(l); wrong != "" {
			t.Error(wrong)
		}
	})
}
