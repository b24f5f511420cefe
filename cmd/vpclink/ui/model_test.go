package ui

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"vpclink/provision"
	"vpclink/state"
)

// TestStates tells what one step says as events come.
func TestStates(t *testing.T) {
	const a, b, tgw, far = "1.4.3/tgw-attachment/a", "1.4.3/tgw-attachment/b", "1.4.1/transit-gateway/tgw", "1.4.4/tgw-association/b"
	plan := func(done bool) provision.Event {
		return provision.Event{Name: provision.EventPlanned, Planned: []provision.Planned{
			{Key: tgw, Done: done},
			{Key: a, Done: done, Needs: []state.Key{tgw}},
			{Key: b, Needs: []state.Key{tgw}},
			{Key: far, Needs: []state.Key{b}},
		}}
	}
	event := func(name provision.EventName, key state.Key, id, shown string) provision.Event {
		return provision.Event{Name: name, Key: key, ID: id, State: shown}
	}
	for _, c := range []struct {
		name   string
		down   bool
		events []provision.Event
		want   string
		done   int // of all steps
	}{
		{"planned", false, []provision.Event{plan(false)}, "a, b waiting", 0},
		{"ready before", false, []provision.Event{plan(true)}, "a ready, b waiting", 2},
		{"ready before, and drifted", false, []provision.Event{plan(true), event(provision.EventDrifted, a, "1", "gone")}, "a gone, b waiting", 1},
		{"asked for", false, []provision.Event{plan(false), event(provision.EventStarted, a, "", "")}, "a started, b waiting", 0},
		{"replaced", false, []provision.Event{
			plan(true), event(provision.EventDeleting, a, "1", ""), event(provision.EventState, a, "1", "deleting"), event(provision.EventGone, a, "1", ""),
		}, "a, b waiting", 1},
		{"adopted", false, []provision.Event{plan(false), event(provision.EventAdopted, a, "1", "available")}, "a adopted, b waiting", 1},
		{"skipped", false, []provision.Event{plan(false), event(provision.EventSkipped, a, "", "")}, "a skipped, b waiting", 1},
		{"far needs fail", false, []provision.Event{plan(false), event(provision.EventFailed, tgw, "", "")}, "a, b blocked", 0},
		{"a twin is taken away", false, []provision.Event{
			plan(false), event(provision.EventReady, a, "1", "available"), event(provision.EventDeleting, a, "2", "twin"),
			event(provision.EventDeleting, a, "2", ""), event(provision.EventState, a, "2", "deleting"),
		}, "a available, b waiting", 1},
		{"gone", true, []provision.Event{plan(false), event(provision.EventGone, a, "1", "")}, "a gone, b waiting", 1},
		{"not ours", true, []provision.Event{plan(true), event(provision.EventDeleting, b, "1", "")}, "a kept, b deleting", 2},
		{"a thing that no journal has", true, []provision.Event{
			event(provision.EventDeleting, a, "3", ""), plan(false), event(provision.EventDeleting, "1.4.3/tgw-attachment/d", "4", ""),
		}, "a, b waiting, d deleting", 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := newModel(Run{Down: c.down}, noon)
			for _, e := range c.events {
				e.Time = noon
				m.follow(e)
			}
			if got := m.step("1.4.3").states(view{now: noon}, 80); got != c.want {
				t.Errorf("the step says %q, expected %q", got, c.want)
			}
			wantFar := map[bool]string{true: "b blocked", false: "b waiting"}[strings.HasSuffix(c.want, "blocked")]
			if got := m.step("1.4.4").states(view{now: noon}, 80); got != wantFar {
				t.Errorf("what needs b says %q, expected %q", got, wantFar)
			}
			if total := m.total(); total.finished != c.done {
				t.Errorf("%d are counted as done, expected %d", total.finished, c.done)
			}
		})
	}
}

// TestRoom: the same step, told as far as there is room.
func TestRoom(t *testing.T) {
	m := newModel(Run{}, noon)
	show := func(name provision.EventName, names ...string) {
		for _, n := range names {
			m.follow(provision.Event{Time: noon, Name: name, Key: state.Key("0/" + n), State: map[provision.EventName]string{provision.EventState: "pending"}[name]})
		}
	}
	show(provision.EventReady, "vpc/a", "vpc/b", "subnet/a")
	show(provision.EventState, "instance/a", "instance/b")
	show(provision.EventStarted, "route-table/a")
	for room, want := range map[int]string{
		80: "instance a, b pending 12s, route-table a started 12s, 3 ready",
		40: "3 ready, 2 pending, 1 started",
		28: "3 ready, 3 underway",
		12: "3/6",
		2:  "3…",
	} {
		if got := m.step("0").states(view{now: noon.Add(12 * time.Second)}, room); got != want {
			t.Errorf("in %d columns the step says %q, expected %q", room, got, want)
		}
	}
}

// TestLeft: the time left follows the longest way that remains, and never counts what can take no more.
func TestLeft(t *testing.T) {
	const tgw, table, att = "1/transit-gateway/tgw", "2/tgw-route-table/tgw", "3/tgw-attachment/a"
	m := newModel(Run{}, noon)
	after := time.Duration(0)
	said := map[string]string{}
	show := func(name provision.EventName, key state.Key) {
		m.follow(provision.Event{Time: noon.Add(after), Name: name, Key: key})
	}
	say := func(moment string) {
		total := m.total()
		said[moment] = (view{}).about(total.remaining(noon.Add(after)))
	}
	m.follow(provision.Event{Time: noon, Name: provision.EventPlanned, Planned: []provision.Planned{
		{Key: tgw, Left: 178 * time.Second},
		{Key: table, Left: 30 * time.Second, Needs: []state.Key{tgw}},
		{Key: att, Left: 100 * time.Second, Needs: []state.Key{tgw}},
	}})
	say("planned")
	show(provision.EventStarted, tgw)
	after = 50 * time.Second
	say("gateway underway")
	after = 200 * time.Second
	say("gateway late")
	show(provision.EventReady, tgw)
	show(provision.EventStarted, att)
	show(provision.EventStarted, table)
	after = 295 * time.Second
	say("attachment nearly there")
	show(provision.EventFailed, att)
	say("attachment failed")
	want := map[string]string{
		"planned": "about 3m00s left", "gateway underway": "about 2m10s left", "gateway late": "about 1m40s left",
		"attachment nearly there": "about 5s left", "attachment failed": "nearly done",
	}
	if diff := cmp.Diff(want, said); diff != "" {
		t.Errorf("expected the longest way that remains:\n%s", diff)
	}
}
