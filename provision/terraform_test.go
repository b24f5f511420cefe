package provision

import (
	"slices"
	"testing"
	"time"

	"vpclink/state"
	"vpclink/steps"
)

// The model of Terraform's walk that the benchmark puts beside ours: the same resources with the same needs, ten at once,
// each of which keeps its place until a poll sees it ready or gone. What a thing takes is what it truly took in the
// simulator (its history); only the polls and the places are modelled. Calls take no time, as in our own measurement.
//
// Where there is a doubt the model is the faster: the interval doubles beside the least interval and not from it, among
// those that could begin the one that became ready first does, the boot of an instance and the health of a target, which
// Terraform does not wait for, are known the moment they come, and take no place.

// placesAtOnce is Terraform's -parallelism.
const placesAtOnce = 10

// poll is how Terraform looks at a kind (timing.md): delay before the first look, the least interval, and whether the
// state must be seen twice.
type poll struct {
	delay, least time.Duration
	twice        bool
}

// ofTerraform are the waiters of hashicorp/aws that have settings, on the way up and down; all others have none.
var ofTerraform = map[bool]map[string]poll{
	true: {
		steps.KindInstance:        {delay: 10 * time.Second, least: 3 * time.Second},
		steps.KindVPCEndpoint:     {delay: 5 * time.Second, least: 5 * time.Second},
		steps.KindEndpointAccept:  {delay: 5 * time.Second, least: 5 * time.Second},
		steps.KindEndpointService: {delay: 5 * time.Second, least: 5 * time.Second},
		steps.KindNLB:             {delay: 30 * time.Second, least: 10 * time.Second},
		steps.KindVPCPeering:      {twice: true},
		steps.KindRoute:           {twice: true},
		steps.KindRouteTable:      {twice: true},
	},
	false: {
		steps.KindInstance:        {delay: 10 * time.Second, least: 3 * time.Second},
		steps.KindVPCEndpoint:     {delay: 5 * time.Second, least: 5 * time.Second},
		steps.KindEndpointService: {delay: 5 * time.Second, least: 5 * time.Second},
	},
}

// The intervals between polls: at first, and at most.
const firstInterval, longestInterval = 200 * time.Millisecond, 10 * time.Second

// sees is when a wait ends for what comes after truth: at the first poll that is not before it, or at the one after that.
func (p poll) sees(truth time.Duration) time.Duration {
	at, interval := p.delay, firstInterval
	for at < truth {
		at += max(interval, p.least)
		interval = min(2*interval, longestInterval)
	}
	if p.twice {
		at += max(interval/2, p.least) // the interval does not double between the two
	}
	return at
}

// terraformWall is how long Terraform's walk takes, by the model.
func terraformWall(nodes []node, up bool, takes func(state.Key) time.Duration) time.Duration {
	w := terraformWalk{next: followers(nodes), open: map[state.Key]int{}}
	for _, n := range nodes {
		w.waiting = append(w.waiting, n.key)
	}
	for _, list := range w.next {
		for _, k := range list {
			w.open[k]++
		}
	}
	for w.begin(up, takes); len(w.running) > 0; w.begin(up, takes) {
		w.end()
	}
	return w.now
}

type terraformWalk struct {
	now     time.Duration
	next    map[state.Key][]state.Key
	open    map[state.Key]int // needs that are not done
	waiting []state.Key       // not begun
	running []running
	places  int // taken
}

type running struct {
	key    state.Key
	until  time.Duration
	places int
}

// begin begins all that can, as long as there are places.
func (w *terraformWalk) begin(up bool, takes func(state.Key) time.Duration) {
	w.waiting = slices.DeleteFunc(w.waiting, func(k state.Key) bool {
		r := running{key: k, until: w.now + takes(k)}
		if kind := k.Kind(); kind != kindBoot && kind != steps.KindTargetHealth {
			r.places, r.until = 1, w.now+ofTerraform[up][kind].sees(takes(k))
		}
		if w.open[k] > 0 || w.places+r.places > placesAtOnce {
			return false
		}
		w.places += r.places
		w.running = append(w.running, r)
		return true
	})
}

// end goes on to the first end of what runs.
func (w *terraformWalk) end() {
	first := slices.MinFunc(w.running, func(a, b running) int { return int(a.until - b.until) })
	w.now, w.places = first.until, w.places-first.places
	w.running = slices.DeleteFunc(w.running, func(r running) bool { return r.key == first.key })
	for _, k := range w.next[first.key] {
		if w.open[k]--; w.open[k] == 0 { // it became ready after those that wait already
			w.waiting = append(slices.DeleteFunc(w.waiting, func(o state.Key) bool { return o == k }), k)
		}
	}
}

func TestWhenTerraformSees(t *testing.T) {
	for _, tc := range []struct {
		name        string
		poll        poll
		truth, want time.Duration
	}{
		{"at once", poll{}, 0, 0},
		{"between two polls", poll{}, 78 * time.Second, 82600 * time.Millisecond},
		{"at a poll", poll{}, 1400 * time.Millisecond, 1400 * time.Millisecond},
		{"after a delay", poll{delay: 30 * time.Second, least: 10 * time.Second}, 150 * time.Second, 150 * time.Second},
		{"with a least interval", poll{delay: 10 * time.Second, least: 3 * time.Second}, 20 * time.Second, 22 * time.Second},
		{"there before the delay", poll{delay: 5 * time.Second, least: 5 * time.Second}, time.Second, 5 * time.Second},
		{"twice", poll{twice: true}, time.Second, 2200 * time.Millisecond},
	} {
		if got := tc.poll.sees(tc.truth); got != tc.want {
			t.Errorf("%s: what comes after %s should be seen after %s, not %s", tc.name, tc.truth, tc.want, got)
		}
	}
}

// Ten at once: twelve things that take a second each need two rounds, and what needs the last of them a third.
func TestTerraformTakesTenAtOnce(t *testing.T) {
	var nodes []node
	for _, name := range []string{"a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l"} {
		nodes = append(nodes, node{key: state.NewKey("0", steps.KindVPC, name)})
	}
	nodes = append(nodes, node{state.NewKey("0", steps.KindSubnet, "l"), []state.Key{state.NewKey("0", steps.KindVPC, "l")}})
	second := func(state.Key) time.Duration { return time.Second }
	if got, want := terraformWall(nodes, true, second), 3*1400*time.Millisecond; got != want {
		t.Errorf("three rounds of polls at 0, 0.2, 0.6 and 1.4 s should take %s, not %s", want, got)
	}
}
