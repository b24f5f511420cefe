package provision

import (
	"context"
	"net/http"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"vpclink/sim"
	"vpclink/state"
	"vpclink/steps"
)

// BenchmarkWall measures the tutorial's lab with three VPCs under a fake clock, at AWS's typical durations: how long up
// and down take against the longest path that AWS's own durations allow. The simulator's log tells that path: when each
// thing was really ready or gone, with the time its ID was hidden and the windows in which AWS refused. Beside it stand
// the same plan with a barrier between step numbers, and with one resource at a time.
func BenchmarkWall(b *testing.B) {
	for _, tc := range []struct {
		name  string
		order Order
	}{{"as-ready", AsReady}, {"barriers", ByStep}, {"one-by-one", OneByOne}} {
		b.Run(tc.name, func(b *testing.B) {
			for b.Loop() {
				m := measure(b, tc.order)
				b.ReportMetric(m.up.Seconds(), "up-s")
				b.ReportMetric(m.upPath.Seconds(), "up-path-s")
				b.ReportMetric(m.up.Seconds()/m.upPath.Seconds(), "up-ratio")
				b.ReportMetric(m.down.Seconds(), "down-s")
				b.ReportMetric(m.downPath.Seconds(), "down-path-s")
				b.ReportMetric(m.down.Seconds()/m.downPath.Seconds(), "down-ratio")
			}
		})
	}
}

// BenchmarkLooks counts what waiting costs: the calls that read, per kind and look. One page-set is one call here.
func BenchmarkLooks(b *testing.B) {
	for b.Loop() {
		m := measure(b, AsReady)
		for kind, looks := range m.looks {
			b.ReportMetric(float64(m.reads[kind])/float64(looks), kind+"-calls/look")
		}
		b.ReportMetric(float64(m.changes), "changing-calls")
	}
}

// How long up and down may take beside the longest path, and what a look may cost: the benchmark's figures, held.
func TestTheLabTakesNoLongerThanItsLongestPath(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := measureLab(t, AsReady)
		for way, ratio := range map[string]float64{
			"up": m.up.Seconds() / m.upPath.Seconds(), "down": m.down.Seconds() / m.downPath.Seconds(),
		} {
			if ratio < 1 || ratio > 1.02 {
				t.Errorf("%s takes %.4f of its longest path, want 1 to 1.02", way, ratio)
			}
		}
		for kind, looks := range m.looks {
			if m.reads[kind] != looks {
				t.Errorf("%d looks at %s took %d calls, want one each", looks, kind, m.reads[kind])
			}
		}
	})
}

type measurement struct {
	up, upPath, down, downPath time.Duration
	looks, reads               map[string]int // by kind: calls of Observe, and calls of AWS in them
	changes                    int
}

// measure runs the lab for a benchmark. A bubble needs a *testing.T, so the lab runs in a test of its own.
func measure(b *testing.B, order Order) measurement {
	b.Helper()
	var m measurement
	lab := testing.InternalTest{Name: "lab", F: func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) { m = measureLab(t, order) })
	}}
	if !testing.RunTests(func(_, _ string) (bool, error) { return true, nil }, []testing.InternalTest{lab}) {
		b.Fatal("the lab did not come up and down")
	}
	return m
}

func measureLab(t *testing.T, order Order) measurement {
	t.Helper()
	l := newLab(t, sim.Options{Durations: sim.Typical})
	l.order = order
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
	return measurement{
		up: up, down: down, looks: c.looks, reads: c.reads, changes: l.changes(),
		upPath:   longest(nodes, func(k state.Key) time.Duration { return upTime(ids[k]) }),
		downPath: longest(nodes, func(k state.Key) time.Duration { return downTime(ids[k], objects) }),
	}
}

// longest is the longest way through the nodes, whichever way the edges are turned.
func longest(nodes []node, takes func(state.Key) time.Duration) time.Duration {
	var most time.Duration
	for _, d := range remaining(nodes, takes) {
		most = max(most, d)
	}
	return most
}

// upTime is how long AWS took from the call to the moment at which the thing was ready and to be seen.
func upTime(o sim.Object) time.Duration {
	if o.Visible.After(o.Ready) {
		return o.Visible.Sub(o.Asked)
	}
	return o.Ready.Sub(o.Asked)
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
	return refused + o.Gone.Sub(o.DeleteAsked)
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
