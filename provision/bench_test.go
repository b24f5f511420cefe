package provision

import (
	"context"
	"net/http"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"vpclink/sim"
	"vpclink/state"
	"vpclink/steps"
	"vpclink/waiters"
)

// BenchmarkWall measures the tutorial's labs with three VPCs under a fake clock, at AWS's typical durations: how long up
// and down take against the longest path that AWS's own durations allow. The simulator's log tells that path: when each
// thing was really ready or gone, with the time its ID was hidden and the windows in which AWS refused. Beside it stand
// the same plan with a barrier between step numbers, with one resource at a time, and as Terraform would walk it, by the
// model in terraform_test.go.
func BenchmarkWall(b *testing.B) {
	for n, tutor := range tutorials {
		for _, tc := range []struct {
			name  string
			order Order
		}{{"as-ready", AsReady}, {"barriers", ByStep}, {"one-by-one", OneByOne}} {
			b.Run(tutor.pattern.Name+"/"+tc.name, func(b *testing.B) {
				for b.Loop() {
					m := measure(b, n, tc.order)
					report(b, m, m.up, m.down)
				}
			})
		}
		b.Run(tutor.pattern.Name+"/terraform-model", func(b *testing.B) {
			for b.Loop() {
				m := measure(b, n, AsReady)
				report(b, m, m.upTerraform, m.downTerraform)
			}
		})
	}
}

func report(b *testing.B, m measurement, up, down time.Duration) {
	b.Helper()
	b.ReportMetric(up.Seconds(), "up-s")
	b.ReportMetric(m.upPath.Seconds(), "up-path-s")
	b.ReportMetric(up.Seconds()/m.upPath.Seconds(), "up-ratio")
	b.ReportMetric(down.Seconds(), "down-s")
	b.ReportMetric(m.downPath.Seconds(), "down-path-s")
	b.ReportMetric(down.Seconds()/m.downPath.Seconds(), "down-ratio")
}

// BenchmarkLooks counts what waiting costs: the calls that read, per kind and look. One page-set is one call here.
func BenchmarkLooks(b *testing.B) {
	for n, tutor := range tutorials {
		b.Run(tutor.pattern.Name, func(b *testing.B) {
			for b.Loop() {
				m := measure(b, n, AsReady)
				for kind, looks := range m.looks {
					b.ReportMetric(float64(m.reads[kind])/float64(looks), kind+"-calls/look")
				}
				b.ReportMetric(float64(m.changes), "changing-calls")
			}
		})
	}
}

// mostCalls is how many calls a look may take, where it is more than one: one a parent where AWS describes by parent
// only, and a second question of kinds that may be there under somebody else's name.
var mostCalls = map[string]int{
	steps.KindVPCDNSHostnames: 3, steps.KindInternetGateway: 2, steps.KindVPCPeering: 2,
	steps.KindNLB: 2, steps.KindVPCEndpoint: 2, // their interfaces as well
}

// How long up and down may take beside the longest path, and what a look may cost: the benchmark's figures, held.
func TestTheLabTakesNoLongerThanItsLongestPath(t *testing.T) {
	t.Parallel()
	for n, tutor := range tutorials {
		t.Run(tutor.pattern.Name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				m := measureLab(t, n, AsReady)
				for way, ratio := range map[string]float64{
					"up": m.up.Seconds() / m.upPath.Seconds(), "down": m.down.Seconds() / m.downPath.Seconds(),
				} {
					if ratio < 1 || ratio > 1.02 {
						t.Errorf("%s takes %.4f of its longest path, want 1 to 1.02", way, ratio)
					}
				}
				for kind, looks := range m.looks {
					if most := looks * max(1, mostCalls[kind]); m.reads[kind] > most {
						t.Errorf("%d looks at %s took %d calls, want %d at most", looks, kind, m.reads[kind], most)
					}
				}
			})
		})
	}
}

type measurement struct {
	up, upPath, down, downPath time.Duration
	upTerraform, downTerraform time.Duration  // by the model in terraform_test.go
	looks, reads               map[string]int // by kind: calls of Observe, and calls of AWS in them
	changes                    int
}

// measure runs the lab for a benchmark. A bubble needs a *testing.T, so the lab runs in a test of its own.
func measure(b *testing.B, n int, order Order) measurement {
	b.Helper()
	var m measurement
	lab := testing.InternalTest{Name: "lab", F: func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) { m = measureLab(t, n, order) })
	}}
	if !testing.RunTests(func(_, _ string) (bool, error) { return true, nil }, []testing.InternalTest{lab}) {
		b.Fatal("the lab did not come up and down")
	}
	return m
}

func measureLab(t *testing.T, n int, order Order) measurement {
	t.Helper()
	l := newLab(t, sim.Options{Durations: sim.Typical})
	tutorial(t, l, n)
	l.order, l.pace = order, waiters.DefaultPace(1)
	c := count(l)

	begin := time.Now()
	l.mustUp("a", "b", "c")
	up := time.Since(begin)
	records := l.journal.Records()

	begin = time.Now()
	l.mustDown()
	down := time.Since(begin)

	var nodes []node
	for _, rec := range records {
		nodes = append(nodes, node{rec.Key, rec.Needs})
	}
	objects := map[string]sim.Object{}
	for _, o := range l.world.History() {
		objects[o.Kind+" "+o.ID] = o // an association and a propagation share their natural key
	}
	ids := map[state.Key]sim.Object{}
	for _, rec := range records {
		ids[rec.Key] = objects[rec.Key.Kind()+" "+rec.ID]
	}
	booted := withBoots(nodes)
	upTakes := func(k state.Key) time.Duration { return upTime(k, ids) }
	downTakes := func(k state.Key) time.Duration { return downTime(ids[k], objects) }
	return measurement{
		up: up, down: down, looks: c.looks, reads: c.reads, changes: l.changes(),
		upPath: longest(booted, upTakes), downPath: longest(nodes, downTakes),
		upTerraform: terraformWall(booted, true, upTakes), downTerraform: terraformWall(reversed(nodes), false, downTakes),
	}
}

// kindBoot is the time between an instance that runs and its ports' answer, as a node of the path.
const kindBoot = "boot"

// withBoots puts a node between an instance and the wait for its health: the time until its ports answer.
func withBoots(nodes []node) []node {
	var all []node
	for _, n := range nodes {
		if n.key.Kind() == steps.KindTargetHealth {
			boot := state.NewKey("0", kindBoot, n.key.Name())
			all = append(all, node{boot, []state.Key{state.NewKey("0", steps.KindInstance, n.key.Name())}})
			n.needs = append(slices.Clone(n.needs), boot)
		}
		all = append(all, n)
	}
	return all
}

// checks is how long a target is checked before it is healthy: twice, five seconds apart.
const checks = 10 * time.Second

// longest is the longest way through the nodes, whichever way the edges are turned.
func longest(nodes []node, takes func(state.Key) time.Duration) time.Duration {
	var most time.Duration
	for _, d := range remaining(nodes, takes) {
		most = max(most, d)
	}
	return most
}

// upTime is how long AWS took from the call to the moment at which the thing was ready and to be seen. An act has no
// object of its own; it is about the one whose ID it has.
func upTime(key state.Key, ids map[state.Key]sim.Object) time.Duration {
	about := func(kind string) sim.Object { return ids[state.NewKey(key.Step(), kind, key.Name())] }
	switch o := ids[key]; key.Kind() {
	case kindBoot:
		i := ids[state.NewKey(key.Step(), steps.KindInstance, key.Name())]
		return i.Answers.Sub(i.Ready)
	case steps.KindTargetHealth:
		return checks
	case steps.KindVPCPeering, steps.KindVPCEndpoint:
		return latest(o.Requested, o.Visible).Sub(o.Asked)
	case steps.KindVPCPeeringAccept:
		o = about(steps.KindVPCPeering)
		return o.Ready.Sub(o.Accepted)
	case steps.KindEndpointAccept:
		o = about(steps.KindVPCEndpoint)
		return o.Ready.Sub(o.Accepted)
	default:
		return latest(o.Ready, o.Visible).Sub(o.Asked)
	}
}

func latest(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// downTime is how long AWS took from taking the delete to its end, and how long before that it refused the delete
// although nothing hung on the thing any more.
func downTime(o sim.Object, all map[string]sim.Object) time.Duration {
	var last time.Time
	for _, child := range all {
		if child.Parent == o.ID && child.Gone.After(last) {
			last = child.Gone
		}
	}
	refused := time.Duration(0)
	if !last.IsZero() && o.Accept.After(last) {
		refused = o.Accept.Sub(last)
	}
	return refused + latest(o.Gone, o.Drained).Sub(o.DeleteAsked)
}

// counter counts a lab's looks, and the calls made in them.
type counter struct {
	mu           sync.Mutex
	wire         *sim.World
	looks, reads map[string]int
}

type kindOf struct{}

func count(l *lab) *counter {
	c := &counter{wire: l.world, looks: map[string]int{}, reads: map[string]int{}}
	for word, kind := range l.kinds {
		l.kinds[word] = counted{kind, word, c}
	}
	l.http = c
	return c
}

// Do counts a call for the kind in whose look it was made.
func (c *counter) Do(r *http.Request) (*http.Response, error) {
	if kind, ok := r.Context().Value(kindOf{}).(string); ok {
		c.mu.Lock()
		c.reads[kind]++
		c.mu.Unlock()
	}
	return c.wire.Do(r)
}

// counted is a kind whose looks are counted.
type counted struct {
	steps.Kind
	word string
	c    *counter
}

func (k counted) Observe(ctx context.Context, env steps.Env, recs []state.Record) ([]steps.Observation, error) {
	k.c.mu.Lock()
	k.c.looks[k.word]++
	k.c.mu.Unlock()
	return k.Kind.Observe(context.WithValue(ctx, kindOf{}, k.word), env, recs)
}
