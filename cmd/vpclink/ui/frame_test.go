package ui

import (
	"errors"
	"flag"
	"fmt"
	"net/netip"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"vpclink/provision"
	"vpclink/state"
	"vpclink/steps"
	"vpclink/words"
)

var update = flag.Bool("update", false, "write the golden frames anew")

// TestFrames compares whole pictures.
func TestFrames(t *testing.T) {
	three, many := planned(t, 3), planned(t, 300)
	noAttachment := state.Key("1.4.3/tgw-attachment/v002")
	for _, c := range []struct {
		name          string
		events        []provision.Event
		after         time.Duration
		width, height int
		edit          func(*Run, *view)
	}{
		{name: "looking", after: 3 * time.Second, width: 80, height: 24},
		{name: "begin", events: asUsual(three), after: 500 * time.Millisecond, width: 80, height: 24},
		{name: "instances", events: asUsual(three), after: 12 * time.Second, width: 80, height: 24},
		{name: "attaching", events: asUsual(three), after: 100 * time.Second, width: 80, height: 24},
		{name: "attaching-wide", events: asUsual(three), after: 100 * time.Second, width: 200, height: 50},
		{name: "associating", events: asUsual(three), after: 200 * time.Second, width: 80, height: 24},
		{name: "done", events: asUsual(three), after: time.Hour, width: 80, height: 24, edit: last},
		{name: "narrow", events: asUsual(three), after: 100 * time.Second, width: 40, height: 10},
		{name: "low", events: asUsual(three), after: 100 * time.Second, width: 80, height: 6},
		{name: "lower", events: asUsual(three), after: 200 * time.Second, width: 80, height: 5},
		{name: "lowest", events: asUsual(three), after: 100 * time.Second, width: 80, height: 2},
		{name: "many", events: asUsual(many), after: 100 * time.Second, width: 80, height: 24},
		{name: "many-narrow", events: asUsual(many), after: 12 * time.Second, width: 40, height: 10},
		{name: "many-wide", events: asUsual(many), after: 12 * time.Second, width: 200, height: 50},
		{name: "failure", events: asUsual(three, noAttachment), after: 200 * time.Second, width: 80, height: 24},
		{name: "failed", events: asUsual(three, noAttachment), after: time.Hour, width: 80, height: 24, edit: last},
		{name: "cut-off", events: asUsual(three), after: 100 * time.Second, width: 80, height: 24, edit: last},
		{name: "colour", events: asUsual(three, noAttachment), after: 200 * time.Second, width: 80, height: 24, edit: func(_ *Run, v *view) { v.colour = true }},
		{name: "japanese", events: asUsual(three), after: 100 * time.Second, width: 80, height: 24, edit: japanese},
		{name: "japanese-looking", after: 3 * time.Second, width: 40, height: 24, edit: japanese},
		{name: "japanese-wide", events: asUsual(three), after: 100 * time.Second, width: 200, height: 50, edit: japanese},
		{name: "japanese-narrow", events: asUsual(three), after: 12 * time.Second, width: 40, height: 10, edit: japanese},
		{name: "japanese-many", events: asUsual(many), after: 12 * time.Second, width: 80, height: 7, edit: japanese},
		{name: "japanese-failed", events: asUsual(three, noAttachment), after: time.Hour, width: 80, height: 24, edit: func(r *Run, v *view) {
			japanese(r, v)
			v.last = true
		}},
		{name: "no-title", events: asUsual(three), after: 100 * time.Second, width: 80, height: 24, edit: func(r *Run, _ *view) { r.Title = nil }},
	} {
		t.Run(c.name, func(t *testing.T) {
			run := Run{Heading: "up tgw  on sim", Title: titleOfTGW}
			v := view{width: c.width, height: c.height, now: noon.Add(c.after)}
			if c.edit != nil {
				c.edit(&run, &v)
			}
			m := newModel(run, noon)
			for _, e := range c.events {
				if !e.Time.After(v.now) {
					m.follow(e)
				}
			}
			lines := m.frame(v)
			checkSize(t, lines, v)
			golden(t, c.name, lines)
		})
	}
}

func last(_ *Run, v *view) { v.last = true }

func titleOfTGW(number string) string { return string(provision.TransitGateway().Title(number)) }

func japanese(r *Run, v *view) {
	r.Lang, r.Heading = words.Japanese, "up tgw  VPC 3 個  ターゲット sim"
	r.Title = func(number string) string { return r.Lang.In(provision.TransitGateway().Title(number)) }
	v.lang = r.Lang
}

// TestFramesFit draws every size, at every stage, in each language.
func TestFramesFit(t *testing.T) {
	framesFit(t, func(*Run, *view) {})
	framesFit(t, japanese)
}

func framesFit(t *testing.T, edit func(*Run, *view)) {
	t.Helper()
	events := asUsual(planned(t, 3), "1.4.4/tgw-association/v003")
	for _, after := range []time.Duration{0, time.Second, 10 * time.Second, 90 * time.Second, 200 * time.Second} {
		run := Run{Heading: "up tgw  3 VPCs  on sim", Title: titleOfTGW}
		v := view{now: noon.Add(after), colour: true}
		edit(&run, &v)
		m := newModel(run, noon)
		for _, e := range events {
			if !e.Time.After(v.now) {
				m.follow(e)
			}
		}
		for v.width = 1; v.width <= 130; v.width++ {
			for _, v.height = range []int{2, 3, 5, 8, 12} {
				checkSize(t, m.frame(v), v)
			}
		}
	}
}

func checkSize(t *testing.T, lines []string, v view) {
	t.Helper()
	if len(lines) >= v.height && !v.last {
		t.Errorf("the picture has %d lines, expected it to leave one of %d to the cursor:\n%s", len(lines), v.height, strings.Join(lines, "\n"))
	}
	for _, line := range lines {
		if got := Width(line); got > max(v.width-1, 1) {
			t.Errorf("a line is %d columns wide, expected less than %d:\n%s", got, v.width, line)
		}
	}
}

func golden(t *testing.T, name string, lines []string) {
	t.Helper()
	path := filepath.Join("testdata", "frames", name+".txt")
	text := strings.ReplaceAll(strings.Join(lines, "\n")+"\n", "\x1b", "␛") // so that it can be read
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), text); diff != "" {
		t.Errorf("expected the frame that %s holds (run with -update when the change is meant):\n%s", path, diff)
	}
}

var noon = time.Date(2026, 4, 1, 12, 0, 0, 0, time.UTC)

// planned is the plan of a transit gateway lab as a run announces it.
func planned(t *testing.T, vpcs int) []provision.Planned {
	t.Helper()
	request := provision.Request{
		Stack: "tgw", Pattern: provision.TransitGateway(), AZs: 1, Pool: netip.MustParsePrefix("10.0.0.0/8"),
		OS: provision.OSLinux, Instances: true,
	}
	for i := range vpcs {
		request.Items = append(request.Items, provision.Item{Name: fmt.Sprintf("v%03d", i+1)})
	}
	plan, err := provision.NewPlan(request, nil, []string{"apne1-az1"})
	if err != nil {
		t.Fatal(err)
	}
	list := make([]provision.Planned, 0, len(plan.Resources))
	left := map[state.Key]time.Duration{}
	for _, r := range slices.Backward(plan.Resources) { // what needs comes after what it needs
		left[r.Key] += takes(r.Key)
		for _, need := range r.Needs() {
			left[need] = max(left[need], left[r.Key])
		}
		list = append(list, provision.Planned{Key: r.Key, Needs: r.Needs(), Left: left[r.Key]})
	}
	slices.Reverse(list)
	return list
}

// takes is what the kind usually takes; the VPCs differ by a second or two.
func takes(key state.Key) time.Duration {
	d := steps.Kinds()[key.Kind()].Life().Typical
	if d > 20*time.Second {
		d += time.Duration(key[len(key)-1]%4) * time.Second
	}
	return d
}

// asUsual is what happens when all of a plan goes as usual, but for those that fail.
func asUsual(plan []provision.Planned, fail ...state.Key) []provision.Event {
	events := []provision.Event{{Time: noon, Name: provision.EventPlanned, Count: len(plan), Planned: plan}}
	ready, over := map[state.Key]time.Time{}, noon
	for _, p := range plan {
		began, blocked := noon, false
		for _, need := range p.Needs {
			at, made := ready[need]
			blocked = blocked || !made
			if at.After(began) {
				began = at
			}
		}
		if blocked {
			continue
		}
		end := began.Add(takes(p.Key))
		if end.After(over) {
			over = end
		}
		events = append(events, provision.Event{Time: began, Name: provision.EventStarted, Key: p.Key})
		if life := steps.Kinds()[p.Key.Kind()].Life(); len(life.Making) > 0 {
			events = append(events, provision.Event{Time: began.Add(time.Second), Name: provision.EventState, Key: p.Key, ID: "id", State: life.Making[0], Elapsed: time.Second})
		}
		if slices.Contains(fail, p.Key) {
			events = append(events, provision.Event{Time: began.Add(time.Second), Name: provision.EventFailed, Key: p.Key, Err: errors.New("no")})
			continue
		}
		ready[p.Key] = end
		e := provision.Event{Time: end, Name: provision.EventReady, Key: p.Key, ID: "id", Elapsed: end.Sub(began)}
		if life := steps.Kinds()[p.Key.Kind()].Life(); len(life.Ready) > 0 {
			e.State = life.Ready[0]
		}
		events = append(events, e)
	}
	events = append(events, provision.Event{Time: over, Name: provision.EventDone, Elapsed: over.Sub(noon)})
	slices.SortStableFunc(events, func(a, b provision.Event) int { return a.Time.Compare(b.Time) })
	return events
}
