package provision

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"

	"vpclink/sim"
	"vpclink/state"
	"vpclink/steps"
	"vpclink/waiters"
)

// ordeal is what one lab has to go through: runs one after the other, each under its weather, and what people do between
// them.
type ordeal struct {
	Lab  int // one of the tutorials
	Seed uint64
	Acts []act
}

// act is one run of an ordeal, and what comes before it.
type act struct {
	Do      string // up, prune or down
	VPCs    []string
	Hand    []touch       // before it
	Weather []sim.Fault   //
	Strange int           // the how manieth state shown in it is one that nobody knows; 0: none
	End     time.Duration // it is ended then; 0: it is not
	Kill    int           // it is killed before the how manieth changing call or line; 0: it is not
}

// touch is something done by hand to one of the lab's things.
type touch struct {
	What  string // delete, untag, or change: one of the drifts that are mended
	Which int    // of those that there are
}

// Whatever strikes a lab of any size in any of its runs, whatever is done to it by hand between them, and whenever a run
// is ended or killed: up makes it whole or can be called again until it is, a second one changes nothing, and down leaves
// nothing but what is somebody else's.
func TestRandomRuns(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		o := anyOrdeal.Draw(rt, "ordeal")
		if wrong := o.run(t); wrong != "" {
			rt.Fatalf("%s\n%#v", wrong, o)
		}
	})
}

// What went wrong once goes well ever since.
func TestKeptOrdeals(t *testing.T) {
	for name, o := range keptOrdeals {
		t.Run(name, func(t *testing.T) {
			if wrong := o.run(t); wrong != "" {
				t.Error(wrong)
			}
		})
	}
}

var (
	letters = []string{"a", "b", "c", "d"}
	anyVPCs = rapid.Custom(func(t *rapid.T) []string { // a is the provider by PrivateLink, which is never pruned
		return append([]string{"a"}, rapid.SliceOfNDistinct(rapid.SampledFrom(letters[1:]), 1, 3, rapid.ID[string]).Draw(t, "others")...)
	})
	anyFault = rapid.Custom(func(t *rapid.T) sim.Fault {
		f := rapid.SampledFrom([]sim.Fault{
			{Kind: sim.LostAnswer},
			{Kind: sim.ErrorAfter, Status: 500},
			{Kind: sim.ErrorAfter, Status: 503},
			{Kind: sim.ErrorBefore},
			{Kind: sim.Throttle},
			{Kind: sim.Delay, Duration: 2 * time.Second},
			{Kind: sim.Hide, Duration: 2 * time.Second},
			{Kind: sim.Fail},
			{Kind: sim.Refuse, Code: "InsufficientInstanceCapacity", Action: "RunInstances"},
			{Kind: sim.Refuse, Code: "DependencyViolation", Status: 400},
		}).Draw(t, "kind")
		f.Times = rapid.IntRange(1, 3).Draw(t, "times")
		if f.Nth = 1; f.Action == "" {
			f.Nth = rapid.IntRange(1, 60).Draw(t, "nth")
		}
		return f
	})
	anyTouch = rapid.Custom(func(t *rapid.T) touch {
		return touch{rapid.SampledFrom([]string{"delete", "untag", "change"}).Draw(t, "what"), rapid.IntRange(0, 80).Draw(t, "which")}
	})
	anyAct = rapid.Custom(func(t *rapid.T) act {
		a := act{
			Do: rapid.SampledFrom([]string{"up", "up", "up", "prune", "prune", "down"}).Draw(t, "do"), VPCs: anyVPCs.Draw(t, "VPCs"),
			Hand: rapid.SliceOfN(anyTouch, 0, 2).Draw(t, "by hand"), Weather: rapid.SliceOfN(anyFault, 0, 3).Draw(t, "weather"),
		}
		switch rapid.IntRange(0, 4).Draw(t, "how it ends") {
		case 0:
			a.End = time.Duration(rapid.IntRange(1, 60_000).Draw(t, "ms")) * time.Millisecond
		case 1:
			a.Kill = rapid.IntRange(1, 150).Draw(t, "killed at")
		case 2:
			a.Strange = rapid.IntRange(1, 60).Draw(t, "strange state")
		}
		return a
	})
	anyOrdeal = rapid.Custom(func(t *rapid.T) ordeal {
		return ordeal{
			Lab: rapid.IntRange(0, len(tutorials)-1).Draw(t, "pattern"), Seed: rapid.Uint64Range(1, 1000).Draw(t, "seed"),
			Acts: rapid.SliceOfN(anyAct, 1, 4).Draw(t, "acts"),
		}
	})
)

// run goes through the ordeal and says what is wrong in the end, "" when nothing is.
func (o ordeal) run(t *testing.T) (wrong string) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		r := newRunning(t, o)
		r.strangers()
		for i, a := range o.Acts {
			if wrong = r.goThrough(a); wrong != "" {
				wrong = fmt.Sprintf("act %d: %s", i+1, wrong)
				return
			}
		}
		wrong = r.settle()
	})
	return wrong
}

// ordealLab is a lab that goes through an ordeal.
type ordealLab struct {
	*lab
	tutorial int
	dead     atomic.Bool  // the run was killed: nothing it does has any effect any more
	left     atomic.Int64 // calls and lines until it is; 0: it is not to be
	theirs   []string     // what strangers have in the account
	first    []string     // what they had before anything was done by hand
	hands    []hand       // that changed something, and have to clear up
}

func newRunning(t *testing.T, o ordeal) *ordealLab {
	t.Helper()
	r := &ordealLab{tutorial: o.Lab}
	r.lab = killLabSeeded(t, o.Lab, o.Seed, sim.Options{Before: func(sim.Call) error { return r.alive() }})
	r.pace = waiters.Pace{Least: 150 * time.Millisecond, Most: time.Second, Share: 0.05} // that of the kept ones when they went wrong
	r.journal.before = func(state.Record) error { return r.alive() }
	return r
}

// errKilled is what everything says to a run that was killed.
var errKilled = fmt.Errorf("killed")

func (r *ordealLab) alive() error {
	if left := r.left.Load(); left > 0 && r.left.Add(-1) == 0 {
		r.dead.Store(true)
	}
	if r.dead.Load() {
		return errKilled
	}
	return nil
}

// strangers have a VPC of their own in the account, with something in it.
func (r *ordealLab) strangers() {
	h := r.hand()
	vpc, _ := h.ownVPC()
	h.group(state.Key(vpc))
	h.table(state.Key(vpc))
	r.theirs, r.others = r.foreign(), map[string]bool{}
	r.first = r.theirs
	for _, o := range r.world.Objects() {
		r.others[o.ID] = true
	}
}

// foreign lists what lives in the account and is not ours, with its tags.
func (r *ordealLab) foreign() []string {
	var list []string
	for _, o := range r.world.Objects() {
		if o.Tags[steps.TagLineage] == "" && slices.ContainsFunc(ownKinds, func(k string) bool { return k == o.Kind }) && !r.ours(o.ID) {
			list = append(list, fmt.Sprintf("%s %s %v", o.Kind, o.ID, o.Tags))
		}
	}
	slices.Sort(list)
	return list
}

var ownKinds = []string{"vpc", "subnet", "route-table", "security-group"}

func (r *ordealLab) ours(id string) bool {
	return slices.ContainsFunc(r.journal.Records(), func(rec state.Record) bool { return rec.ID == id })
}

// goThrough does one act.
func (r *ordealLab) goThrough(a act) string {
	r.world.Calm() // the weather is for our calls, not for those that people make
	for _, touch := range a.Hand {
		if touch.What == "change" {
			r.change(touch.Which)
		} else {
			r.touch(touch)
		}
	}
	r.theirs = r.foreign()
	inject(r.lab, a.Weather)
	r.http = &oddStates{World: r.world, nth: a.Strange}
	ctx, cancel := context.WithCancel(r.t.Context())
	if a.End > 0 {
		ctx, cancel = context.WithTimeout(r.t.Context(), a.End)
	}
	defer cancel()
	r.left.Store(int64(a.Kill))
	_ = r.call(ctx, a.Do, a.VPCs) // whatever it comes to, the next ones go on
	r.left.Store(0)
	r.dead.Store(false)
	r.http = nil
	if now := r.foreign(); !slices.Equal(now, r.theirs) {
		return fmt.Sprintf("what is somebody else's was\n%v\nand is\n%v", r.theirs, now)
	}
	return ""
}

// call makes one run.
func (r *ordealLab) call(ctx context.Context, do string, vpcs []string) error {
	if do == "down" {
		_, err := r.down(ctx)
		return err
	}
	edit := r.edit
	defer func() { r.edit = edit }()
	if do == "prune" {
		r.pruning()
	}
	_, err := r.up(ctx, vpcs...)
	return err
}

// touch does something by hand to one of the things that the journal has.
func (r *ordealLab) touch(what touch) {
	present := slices.DeleteFunc(r.journal.Records(), func(rec state.Record) bool { return rec.Phase != state.Ready || !rec.Owned })
	if len(present) == 0 {
		return
	}
	slices.SortFunc(present, func(a, b state.Record) int { return strings.Compare(string(a.Key), string(b.Key)) })
	rec := present[what.Which%len(present)]
	if what.What == "untag" && strings.HasPrefix(rec.ID, "vpc-") {
		_ = untag(rec.Key)(r.hand())
	}
	if kind := r.kinds[rec.Key.Kind()]; what.What == "delete" && !kind.Life().NoUndo {
		_, env := r.runner(r.t.Context())
		_ = kind.Delete(r.t.Context(), env, rec) // what AWS keeps, it keeps
	}
	<-time.After(20 * time.Second)
}

// change changes one of the things that are ready, as somebody could who does not know what it is for.
func (r *ordealLab) change(which int) {
	var able []int
	for i, d := range drifts {
		rec, _ := r.journal.Record(d.key)
		fits := d.lab == r.tutorial && d.azs == 1 && d.then == mended && d.field != steps.OutPublicIP // an address that somebody lends stays his
		if fits && rec.Phase == state.Ready && rec.Owned {
			able = append(able, i)
		}
	}
	if len(able) == 0 {
		return
	}
	h := r.hand()
	r.hands = append(r.hands, h)
	func() {
		defer func() { _ = recover() }() // what AWS refuses is not changed
		_ = drifts[able[which%len(able)]].do(h)
	}()
	<-time.After(20 * time.Second)
}

// clear takes away what was made for changes: as long as something of the lab's hangs on it, it stays.
func (r *ordealLab) clear() {
	for _, h := range r.hands {
		_ = h.clear()
	}
}

// settle wants the lab whole in fair weather, and then nothing left of it.
func (r *ordealLab) settle() string {
	r.world.Calm()
	r.clear()
	names := VPCNames(r.journal.Records())
	if len(names) < 2 || names[0] != "a" {
		names = pair
	}
	if wrong := until("up", func() error { return r.call(r.t.Context(), "up", names) }); wrong != "" {
		return wrong
	}
	r.clear()
	if wrong := incompleteOf(r.lab, names...); wrong != "" {
		return wrong
	}
	before := r.changes()
	if err := r.call(r.t.Context(), "up", names); err != nil || r.changes() > before {
		return fmt.Sprintf("the second up makes %d changing calls, %v", r.changes()-before, err)
	}
	if told := r.drifting(); len(told) > 0 {
		return fmt.Sprintf("a look tells %v", told)
	}
	if wrong := until("down", func() error { return r.call(r.t.Context(), "down", nil) }); wrong != "" {
		return wrong
	}
	if left := r.foreign(); !slices.Equal(left, r.first) {
		return fmt.Sprintf("what is somebody else's was\n%v\nand is\n%v", r.first, left)
	}
	for _, o := range r.world.Objects() {
		if o.Tags[steps.TagLineage] != "" || r.ours(o.ID) {
			return fmt.Sprintf("%s %s is left", o.Kind, o.ID)
		}
	}
	return ""
}

// until calls again and again, as a person would, and gives up at last.
func until(what string, call func() error) string {
	var err error
	for range 8 {
		if err = call(); err == nil {
			return ""
		}
	}
	return fmt.Sprintf("%s does not get there: %v", what, err)
}

func inject(l *lab, faults []sim.Fault) {
	for _, f := range faults {
		l.world.Inject(f)
	}
}
