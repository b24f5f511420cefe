package provision

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"vpclink/sim"
	"vpclink/state"
)

// announced returns what is planned in a run, and what is told of resources afterwards: the last event of each key.
func announced(l *lab, run func()) (planned map[state.Key]Planned, order []string, ends map[state.Key]EventName) {
	planned, ends = map[state.Key]Planned{}, map[state.Key]EventName{}
	l.events = func(e Event) {
		for _, p := range e.Planned {
			planned[p.Key] = p
			if n := len(order); n == 0 || order[n-1] != p.Key.Step() {
				order = append(order, p.Key.Step())
			}
		}
		if e.Key != "" {
			ends[e.Key] = e.Name
		}
	}
	run()
	l.events = nil
	return planned, order, ends
}

// By the typical times: a gateway takes 78 s, an attachment 100, an association 45, a VPC 2, a subnet 2.
const (
	aGateway     state.Key = "1.4.1/transit-gateway/tgw"
	aSubnet      state.Key = "0/subnet/a"
	aAssociation state.Key = "1.4.4/tgw-association/a"
)

var announcedSteps = []string{"0", "1.4.1", "1.4.2", "1.4.3", "1.4.4", "1.4.5", "1.4.6"}

// allEnd checks that of every planned resource this was told last.
func allEnd(t *testing.T, planned map[state.Key]Planned, ends map[state.Key]EventName, want EventName) {
	t.Helper()
	for key := range planned {
		if ends[key] != want {
			t.Errorf("%s is planned, and its last event is %q, expected %s", key, ends[key], want)
		}
	}
}

func TestWhatUpPlansIsAnnounced(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, l *lab) {
		planned, order, ends := announced(l, func() { l.mustUp("a", "b") })
		if diff := cmp.Diff(announcedSteps, order); diff != "" {
			t.Errorf("the steps are announced in their order (-want +got):\n%s", diff)
		}
		if got := planned[aGateway]; got.Left != 223*time.Second || got.Done || len(got.Needs) != 0 {
			t.Errorf("the longest way leads from the gateway over an attachment to its association in 223 s, got %+v", got)
		}
		if got := planned[aSubnet]; got.Left != 147*time.Second || !slices.Equal(got.Needs, []state.Key{"0/vpc/a"}) {
			t.Errorf("a subnet needs its VPC, and 147 s to the end, got %+v", got)
		}
		allEnd(t, planned, ends, EventReady)
	})
}

// TestWhatIsReadyIsAnnouncedAsDone: an up that goes on tells what it does, and takes the rest for done.
func TestWhatIsReadyIsAnnouncedAsDone(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, l *lab) {
		l.mustUp("a", "b")
		rec, _ := l.journal.Record(aAssociation)
		rec.Phase = state.Created // as after a kill at this point
		if err := l.journal.Append(rec); err != nil {
			t.Fatal(err)
		}
		planned, _, ends := announced(l, func() { l.mustUp("a", "b") })
		for key, p := range planned {
			if p.Done != (key != aAssociation) {
				t.Errorf("%s: done is %t; expected what the journal has ready, and nothing else", key, p.Done)
			}
		}
		if diff := cmp.Diff(map[state.Key]EventName{aAssociation: EventReady}, ends); diff != "" {
			t.Errorf("what was not done is told to be ready, and nothing of the rest (-want +got):\n%s", diff)
		}
		if got := planned[aGateway].Left; got != 45*time.Second {
			t.Errorf("what is done takes no time: 45 s are left, got %s", got)
		}
	})
}

func TestWhatDownPlansIsAnnounced(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, l *lab) {
		l.mustUp("a", "b")
		l.mustUp("a", "b", "c") // so that the journal is not in the order of the steps
		planned, order, ends := announced(l, func() { l.mustDown() })
		want := slices.Clone(announcedSteps)
		slices.Reverse(want)
		if diff := cmp.Diff(want, order); diff != "" {
			t.Errorf("on the way down the last step is announced first (-want +got):\n%s", diff)
		}
		if got := planned[aAssociation]; got.Left != 223*time.Second || len(got.Needs) != 0 || got.Done {
			t.Errorf("the longest way leads from an association to the gateway in 223 s, got %+v", got)
		}
		allEnd(t, planned, ends, EventGone)
	})
}

// TestWhatIsNotOursIsAnnouncedAsDone: down only forgets it, and tells nothing.
func TestWhatIsNotOursIsAnnouncedAsDone(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, l *lab) {
		l.mustUp("a", "b")
		const route = "1.4.6/route/a:b"
		rec, _ := l.journal.Record(route)
		rec.Owned = false
		if err := l.journal.Append(rec); err != nil {
			t.Fatal(err)
		}
		planned, _, ends := announced(l, func() { _, _ = l.down(t.Context()) })
		if !planned[route].Done || planned["1.4.6/route/b:a"].Done {
			t.Errorf("only what is not ours is done before down begins, got %+v", planned[route])
		}
		if end, told := ends[route]; told {
			t.Errorf("of what is not ours nothing is told, got %s", end)
		}
	})
}
