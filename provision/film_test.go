package provision

import (
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"vpclink/sim"
	"vpclink/state"
)

// moment is the world and the journal as they were at one point of a run. A process that is killed there leaves just
// this behind: whatever else is under way has no effect any more.
type moment struct {
	what    string
	changes int // changing calls executed so far
	at      time.Time
	journal *notebook // read only, as the world is: whoever goes on takes a copy
}

// camera keeps the moments before and after each changing call and each append of a run. From before to after nothing
// else may change, or a picture would show a world that its journal never saw.
type camera struct {
	still   sync.Mutex
	lab     *lab // nil: not running yet
	moments []moment
}

func (c *camera) before(what string) error {
	c.still.Lock()
	c.take("before " + what)
	return nil
}

func (c *camera) after(what string) error {
	c.take("after " + what)
	c.still.Unlock()
	return nil
}

func (c *camera) take(what string) {
	if c.lab != nil {
		c.moments = append(c.moments, moment{what, c.lab.world.Changes(), c.lab.world.Now(), c.lab.journal.cut()})
	}
}

// film runs up or down in a world that is watched, and returns its moments.
func film(t *testing.T, n int, prepare func(*lab), run func(*lab, *camera)) (world *sim.World, moments []moment) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		c := &camera{}
		l := killLab(t, n, sim.Options{
			Before: func(call sim.Call) error { return c.before(call.Action) },
			After:  func(call sim.Call) error { return c.after(call.Action) },
		})
		l.journal.before = func(rec state.Record) error {
			return c.before("writing " + string(rec.Phase) + " " + string(rec.Key))
		}
		l.journal.after = func(rec state.Record) error {
			return c.after("writing " + string(rec.Phase) + " " + string(rec.Key))
		}
		prepare(l)
		c.lab = l
		run(l, c)
		world, moments = l.world, c.moments
	})
	return world, moments
}

// filmed keeps what the first test that wants it makes, and many use. They only read it.
type filmed[K comparable, V any] struct {
	mu   sync.Mutex
	kept map[K]V
}

func (f *filmed[K, V]) of(key K, shoot func() V) V {
	f.mu.Lock()
	defer f.mu.Unlock()
	v, ok := f.kept[key]
	if !ok {
		v = shoot()
		if f.kept == nil {
			f.kept = map[K]V{}
		}
		f.kept[key] = v
	}
	return v
}

// life is a lab from nothing to nothing.
type life struct {
	world    *sim.World
	up, down []moment
}

var lives filmed[int, life]

// lived is the life of a tutorial's lab with all its VPCs.
func lived(t *testing.T, n int) life {
	t.Helper()
	return lives.of(n, func() (l life) {
		ups := 0
		world, moments := film(t, n, func(*lab) {}, func(l *lab, c *camera) {
			l.mustUp(lettered...)
			ups = len(c.moments)
			l.mustDown()
		})
		return life{world, moments[:ups], moments[ups:]}
	})
}

// ways are the two halves of a life, in the order of the numbers that choose samples.
func (l life) ways() []way { return []way{{"up", l.up}, {"down", l.down}} }

type way struct {
	name    string
	moments []moment
}

// stood is a lab as it stands after its first up.
type stood struct {
	world *sim.World
	end   moment
	total int // resources
}

var standing filmed[[2]int, stood]

// standingPair is a tutorial's lab with two VPCs of so many subnets.
func standingPair(t *testing.T, n, azs int) stood {
	t.Helper()
	return standing.of([2]int{n, azs}, func() stood {
		total := 0
		world, moments := film(t, n, func(*lab) {}, func(l *lab, _ *camera) {
			l.inZones(azs)
			total = l.mustUp(pair...).Made
		})
		return stood{world, moments[len(moments)-1], total}
	})
}
