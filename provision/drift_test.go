package provision

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/ec2"

	"vpclink/cloud"
	"vpclink/sim"
	"vpclink/state"
	"vpclink/steps"
)

// pair are the VPCs of the labs that are changed by hand: of everything there is one at least.
var pair = []string{"a", "b"}

func numbers(n int) []int {
	list := make([]int, n)
	for i := range list {
		list[i] = i
	}
	return list
}

// inZones has a lab that many subnets a VPC.
func (l *lab) inZones(azs int) {
	edit := l.edit
	l.edit = func(r *Request) {
		if edit != nil {
			edit(r)
		}
		r.AZs = azs
	}
}

// Every change by hand is found by a look, mended by one up and no second one, or left to whoever made it; down then
// leaves nothing of ours, and so it does without an up between (all with -kill.all).
func TestDrift(t *testing.T) {
	t.Parallel()
	unmended := chosen(numbers(len(drifts)), 3)
	for i, tc := range drifts {
		t.Run(tutorials[tc.lab].pattern.Name+" "+tc.what, func(t *testing.T) {
			stood := standingPair(t, tc.lab, tc.azs)
			thens := []func(hand) string{func(h hand) string { return h.found(tc.key, tc.field, tc.is, tc.then) }}
			if slices.Contains(unmended, i) {
				thens = append(thens, func(hand) string { return "" })
			}
			for _, then := range thens {
				wrong := aftermath(t, tc.lab, stood.world, stood.end, func(l *lab) string {
					l.inZones(tc.azs)
					return l.hand().changed(tc.do, then)
				})
				if wrong != "" {
					t.Error(wrong)
				}
			}
		})
	}
}

// An instance that is still stopping when up begins is started as soon as AWS takes that.
func TestAnInstanceThatStopsIsStarted(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLab(t, sim.Options{Durations: sim.Spread, Seed: 5})
		l.mustUp(pair...)
		h := l.hand()
		must(h.StopInstances(t.Context(), &ec2.StopInstancesInput{InstanceIds: []string{*h.id("0/instance/a")}}))
		if !l.tells("0/instance/a", "state", "stopping") {
			t.Errorf("want it told, got %v", l.drifting())
		}
		l.mustUp(pair...)
		if left := l.drifting(); len(left) > 0 {
			t.Errorf("want it running again, got %v", left)
		}
	})
}

// A mend that AWS refused is made by a later up.
func TestAMendThatFailedIsSeenAgain(t *testing.T) {
	for action, what := range map[string]string{
		"ModifyVpcAttribute": "DNS in a VPC turned off", "ModifySubnetAttribute": "public addresses at launch", "StartInstances": "an instance that is stopped",
	} {
		t.Run(action, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				l := newLab(t, sim.Options{Seed: 5})
				l.mustUp(pair...)
				l.driftNamed(what)
				l.world.Inject(sim.Fault{Kind: sim.Refuse, Action: action, Code: "UnauthorizedOperation", Status: 403})
				if _, err := l.up(t.Context(), pair...); err == nil {
					t.Errorf("want the refusal told")
				}
				l.mustUp(pair...)
				if left := l.drifting(); len(left) > 0 {
					t.Errorf("want it mended by the next up, got %v", left)
				}
			})
		})
	}
}

// Whoever may not read attributes can go on, and is told what he may have missed.
func TestWhatMayNotBeReadIsSaid(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLab(t, sim.Options{Seed: 5})
		l.mustUp(pair...)
		l.world.Inject(sim.Fault{Kind: sim.Refuse, Action: "DescribeVpcAttribute", Times: 2, Code: "UnauthorizedOperation", Status: 403})
		if r := l.mustUp(pair...); len(r.Unread) != 1 || !strings.Contains(r.Unread[0].Error(), "DescribeVpcAttribute") {
			t.Errorf("want it said once, got %v", r.Unread)
		}
		l.world.Inject(sim.Fault{Kind: sim.Refuse, Action: "DescribeVpcAttribute", Times: 2, Code: "UnauthorizedOperation", Status: 403})
		runner, _ := l.runner(t.Context())
		if found, err := runner.Live(t.Context()); !cloud.HasCode(err, "UnauthorizedOperation") || len(found) == 0 {
			t.Errorf("whoever asks to look is told what was found, and that he may not see all, got %v, %v", found, err)
		}
	})
}

// What is still being changed when up begins is waited for, and put back by the same up.
func TestWhatIsOnItsWayIsMended(t *testing.T) {
	for what, key := range map[string]state.Key{
		"a gateway's DNS turned off": "1.4.1/transit-gateway/tgw", "an attachment in appliance mode": "1.4.3/tgw-attachment/a", "an attachment's subnets": "1.4.3/tgw-attachment/a",
	} {
		t.Run(what, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				l := newLab(t, sim.Options{Seed: 5})
				l.mustUp(pair...)
				l.driftNamed(what)
				if !l.tells(key, "state", "modifying") {
					t.Errorf("want it modifying, got %v", l.drifting())
				}
				l.mustUp(pair...)
				if left := l.drifting(); len(left) > 0 {
					t.Errorf("want it mended by the one up, got %v", left)
				}
			})
		})
	}
}

// driftNamed changes the lab by hand.
func (l *lab) driftNamed(what string) {
	i := slices.IndexFunc(drifts, func(d drift) bool { return d.what == what })
	if err := drifts[i].do(l.hand()); err != nil {
		l.t.Fatalf("%s: %v", what, err)
	}
}

// changed changes the lab by hand, has something done then, and takes all away.
func (h hand) changed(do func(hand) error, then func(hand) string) string {
	if err := do(h); err != nil {
		return "changing it: " + err.Error()
	}
	<-time.After(10 * time.Second)
	if wrong := then(h); wrong != "" {
		return wrong
	}
	return h.away()
}

// looked is what a look tells of the lab.
func (l *lab) looked() map[state.Key][]steps.Field {
	l.t.Helper()
	runner, _ := l.runner(l.t.Context())
	found, err := runner.Live(l.t.Context())
	if err != nil {
		l.t.Fatalf("looking: %v", err)
	}
	return found
}

// tells reports whether a look tells a field with such a value.
func (l *lab) tells(key state.Key, field, is string) bool {
	return slices.ContainsFunc(l.looked()[key], func(f steps.Field) bool {
		return string(f.Name) == field && strings.Contains(f.Have, is)
	})
}

// drifting are the keys at which a look tells anything.
func (l *lab) drifting() []string {
	var list []string
	for key, fields := range l.looked() {
		for _, f := range fields {
			list = append(list, fmt.Sprintf("%s: %s", key, f.Say("en")))
		}
	}
	slices.Sort(list)
	return list
}

// found says what is wrong when a change is not told, or not dealt with as it should be; "" when nothing is.
func (h hand) found(key state.Key, field, is, then string) string {
	if !h.tells(key, field, is) {
		return fmt.Sprintf("a look does not tell %s of %s as %q, but %v", field, key, is, h.drifting())
	}
	before := h.changes()
	_, err := h.up(h.t.Context(), pair...)
	switch changed := h.changes() - before; {
	case then == inTheWay && err == nil:
		return "up does not say that it is in the way"
	case then == inTheWay:
		return ""
	case err != nil:
		return "up: " + err.Error()
	case then == left && (changed > 0 || !h.tells(key, field, is)):
		return fmt.Sprintf("what a stranger put there is left alone, and told: %d changing calls, then %v", changed, h.drifting())
	case then == mended && changed == 0:
		return "up changes nothing"
	case then == mended && len(h.drifting()) > 0:
		return fmt.Sprintf("up does not mend it: %v", h.drifting())
	}
	before = h.changes()
	if _, err := h.up(h.t.Context(), pair...); err != nil || h.changes() > before {
		return fmt.Sprintf("the second up makes %d changing calls, %v", h.changes()-before, err)
	}
	return ""
}

// away takes the lab down: what a stranger's thing or protection holds only after he took that away.
func (h hand) away() string {
	if _, err := h.down(h.t.Context()); err != nil {
		_, stranger := errors.AsType[*steps.StrangerError](err)
		if held := stranger || cloud.HasCode(err, "OperationNotPermitted"); !held || len(*h.made) == 0 {
			return "down: " + err.Error()
		}
	}
	if err := h.clear(); err != nil {
		return "by hand: " + err.Error()
	}
	return downThen(h.lab)
}
