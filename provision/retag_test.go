package provision

import (
	"errors"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/ec2"

	"vpclink/sim"
	"vpclink/steps"
)

// expireAt brings the lab up with an end, and tells how often that was begun and done.
func (l *lab) expireAt(expires string, retag bool, vpcs ...string) (begun, done int) {
	l.t.Helper()
	runner, plan, err := l.planned(l.t.Context(), vpcs...)
	if err != nil {
		l.t.Fatal(err)
	}
	runner.Envs[0].Stack.Expires = expires
	if retag {
		runner.Retag = &Retag{Begin: func() error { begun++; return nil }, Done: func() error { done++; return nil }}
	}
	if _, err := runner.Up(l.t.Context(), plan); err != nil {
		l.t.Fatalf("up: %v", err)
	}
	return begun, done
}

// wantExpiry wants all that carries the lab's tags to carry this end.
func (l *lab) wantExpiry(expires string) {
	l.t.Helper()
	n := 0
	for _, o := range l.world.Objects() {
		if o.Tags[steps.TagLineage] == "" {
			continue
		}
		n++
		if got := o.Tags[steps.TagExpires]; got != expires {
			l.t.Errorf("%s %s ends at %q, want %q", o.Kind, o.ID, got, expires)
		}
	}
	if n < 15 {
		l.t.Errorf("only %d things carry tags", n)
	}
}

const soon, later = "2026-11-24T18:00:00Z", "2026-11-25T18:00:00Z"

// Everything of a stack carries its end, each kind in each pattern; a later end is put on all of it, instances' interfaces
// too, by a handful of calls; and without one asked for nothing is tagged.
func TestRetag(t *testing.T) {
	for n, tc := range tutorials {
		t.Run(tc.pattern.Name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				l := newLab(t, sim.Options{Seed: 4})
				tutorial(t, l, n)
				l.expireAt(soon, false, "a", "b")
				l.wantExpiry(soon)
				_, env := l.runner(t.Context())
				if stacks, err := Tagged(t.Context(), env); err != nil || len(stacks) != 1 || stacks[0].Expires != soon {
					t.Errorf("the tags tell when it ends, got %+v, %v", stacks, err)
				}
				made := l.changes()
				if begun, done := l.expireAt(later, true, "a", "b"); begun != 1 || done != 1 {
					t.Errorf("it is begun and done once, got %d and %d", begun, done)
				}
				l.wantExpiry(later)
				if calls := l.changes() - made; calls < 1 || calls > 2 {
					t.Errorf("one call for each service, made %d", calls)
				}
				made = l.changes()
				l.expireAt(later, false, "a", "b")
				if calls := l.changes() - made; calls != 0 {
					t.Errorf("what nobody asks for is not done, made %d calls", calls)
				}
			})
		})
	}
}

// A thing that somebody deleted stops nobody from giving the rest another end, and is made anew with it; an answer that
// is lost is asked for again.
func TestRetagPassesOverWhatIsGone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLab(t, sim.Options{Seed: 4})
		l.expireAt(soon, false, "a", "b")
		s := l.stranger()
		rule := *l.id("0/security-group-rule/a:b")
		must(s.RevokeSecurityGroupIngress(t.Context(), &ec2.RevokeSecurityGroupIngressInput{
			GroupId: l.id("0/security-group/b"), SecurityGroupRuleIds: []string{rule},
		}))
		<-time.After(time.Hour)
		l.world.Inject(sim.Fault{Kind: sim.LostAnswer, Action: "CreateTags"})
		l.world.Inject(sim.Fault{Kind: sim.ErrorAfter, Status: 500, Action: "CreateTags", Nth: 3})
		if _, done := l.expireAt(later, true, "a", "b"); done != 1 {
			t.Errorf("it is done, got %d", done)
		}
		l.wantExpiry(later)
	})
}

// A run that is cut off half-way has begun and is not done: the next one is told, and does it all.
func TestRetagCutOff(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLab(t, sim.Options{Seed: 4})
		l.expireAt(soon, false, "a", "b")
		runner, plan, err := l.planned(t.Context(), "a", "b")
		if err != nil {
			t.Fatal(err)
		}
		full := errors.New("no space left")
		runner.Envs[0].Stack.Expires = later
		runner.Retag = &Retag{Begin: func() error { return full }, Done: func() error { t.Error("nothing was done"); return nil }}
		made := l.changes()
		if _, err := runner.Up(t.Context(), plan); !errors.Is(err, full) || l.changes() != made {
			t.Errorf("nothing is tagged that is not recorded first, got %v and %d calls", err, l.changes()-made)
		}
		l.wantExpiry(soon)
	})
}

// Of several ends the latest counts: whoever extends a stack must not lose it because one thing was not tagged yet.
func TestLaterExpiry(t *testing.T) {
	for _, tc := range []struct{ a, b, want string }{
		{soon, later, later},
		{later, soon, later},
		{soon, soon, soon},
		{soon, NeverExpires, NeverExpires},
		{NeverExpires, soon, NeverExpires},
		{"", soon, ""},
		{soon, "", ""},
		{soon, "tomorrow", "tomorrow"},
	} {
		if got := laterExpiry(tc.a, tc.b); got != tc.want {
			t.Errorf("of %q and %q want %q, got %q", tc.a, tc.b, tc.want, got)
		}
	}
	if at, ok := ParseExpiry(soon); !ok || at.Hour() != 18 || slices.ContainsFunc([]string{"", NeverExpires, "tomorrow"}, func(s string) bool { _, ok := ParseExpiry(s); return ok }) {
		t.Errorf("want the moment of %s and of nothing else, got %v %t", soon, at, ok)
	}
}
