package provision

import (
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"vpclink/sim"
	"vpclink/state"
	"vpclink/steps"
)

// until a line: the journal as an older copy of it has it.
func (n *notebook) older(lines int) *notebook {
	copied := &notebook{}
	for _, rec := range n.lines[:lines] {
		copied.write(rec)
	}
	return copied
}

// caughtUp goes on with an up whose journal may be an older copy.
func caughtUp(cut bool) func(*lab) string {
	return func(l *lab) string {
		runner, _ := l.runner(l.t.Context())
		if _, err := runner.CatchUp(l.t.Context(), cut); err != nil {
			return "catching up: " + err.Error()
		}
		return upAgain(l)
	}
}

// An older copy of the journal does no harm, whichever line it ends with: up ends with the lab whole and nothing double,
// and down with nothing left.
func TestOlderJournal(t *testing.T) {
	t.Parallel()
	for n, tutor := range tutorials {
		t.Run(tutor.pattern.Name, func(t *testing.T) {
			count := &tally{}
			whole := lived(t, n)
			end := whole.up[len(whole.up)-1]
			var copies []int
			for lines := range len(end.journal.lines) {
				copies = append(copies, lines)
			}
			for _, lines := range chosen(copies, uint64(n)+40) {
				m := end
				m.journal = end.journal.older(lines)
				what := fmt.Sprintf("a journal of %d of %d lines, then ", lines, len(copies))
				count.note(t, what+"up", aftermath(t, n, whole.world, m, caughtUp(true)))
				count.note(t, what+"down", aftermath(t, n, whole.world, m, downThen))
			}
			t.Logf("%s with older copies of its journal: %d points, %d wrong ends", tutor.pattern.Name, count.points, count.wrong)
		})
	}
}

// A copy from before a further up that ended well: what that one made is known by its tags, and kept.
func TestOlderJournalOfAnExtendedStack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLab(t, sim.Options{Seed: 8})
		l.mustUp("a", "b")
		copied := l.journal.copy()
		l.mustUp("a", "b", "c")
		all := l.left()
		l.journal = copied
		<-time.After(time.Hour)
		runner, _ := l.runner(t.Context())
		if n, err := runner.CatchUp(t.Context(), false); err != nil || n != 41-24 {
			t.Fatalf("c is found, with all that it brought: %d, got %d and %v", 41-24, n, err)
		}
		if r := l.mustUp("a", "b"); r.Made+r.Adopted != 0 || r.Unchanged != 41 {
			t.Errorf("up finds all 41 unchanged, got %+v", r)
		}
		if now := l.left(); strings.Join(now, " ") != strings.Join(all, " ") {
			t.Errorf("nothing was made or taken away: %v, got %v", all, now)
		}
		runner, _ = l.runner(t.Context())
		if n, err := runner.CatchUp(t.Context(), false); err != nil || n != 0 {
			t.Errorf("then there is nothing new, got %d and %v", n, err)
		}
		l.mustDown()
		if left := l.left(); len(left) > 0 {
			t.Errorf("down leaves %v", left)
		}
	})
}

// A copy from before something was made anew: the new one has its place, and is not made a third time.
func TestOlderJournalOfAMendedStack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLab(t, sim.Options{Seed: 9})
		l.mustUp("a", "b")
		copied := l.journal.copy()
		s := l.stranger()
		must(s.TerminateInstances(t.Context(), &ec2.TerminateInstancesInput{InstanceIds: []string{*l.id("0/instance/a")}}))
		<-time.After(time.Hour)
		if r := l.mustUp("a", "b"); r.Made != 1 {
			t.Fatalf("up makes the instance anew, got %+v", r)
		}
		want := *l.id("0/instance/a")
		l.journal = copied
		<-time.After(time.Hour)
		runner, _ := l.runner(t.Context())
		if _, err := runner.CatchUp(t.Context(), false); err != nil {
			t.Fatal(err)
		}
		if got := *l.id("0/instance/a"); got != want {
			t.Errorf("the journal has the new one, %s, got %s", want, got)
		}
		if r := l.mustUp("a", "b"); r.Made != 0 {
			t.Errorf("up makes no third one, got %+v", r)
		}
		l.mustDown()
		if left := l.left(); len(left) > 0 {
			t.Errorf("down leaves %v", left)
		}
	})
}

// What was gone by the journal and is shown once more, as lists do, is no news.
func TestUnwritten(t *testing.T) {
	n := &notebook{}
	if err := n.Append(
		state.Record{Key: "0/vpc/gone", ID: "vpc-1", Phase: state.Gone}, state.Record{Key: "0/vpc/there", ID: "vpc-2", Phase: state.Ready},
		state.Record{Key: "0/vpc/meant", Phase: state.Intended}, state.Record{Key: "0/vpc/again", ID: "vpc-3", Phase: state.Gone},
	); err != nil {
		t.Fatal(err)
	}
	r := NewRunner(Config{Journal: n})
	got := r.unwritten([]state.Record{
		{Key: "0/vpc/gone", ID: "vpc-1"},
		{Key: "0/vpc/there", ID: "vpc-2"},
		{Key: "0/vpc/meant", ID: "vpc-4"},
		{Key: "0/vpc/again", ID: "vpc-5"},
		{Key: "0/vpc/new", ID: "vpc-6"},
	})
	if len(got) != 2 || got[0].ID != "vpc-5" || got[1].ID != "vpc-6" {
		t.Errorf("want what was made again after it was gone, and what is new, got %+v", got)
	}
}

// A key that somebody changed in the tags of a thing that the journal has makes no second thing of it.
func TestAKeyChangedByHandMakesNoSecondThing(t *testing.T) {
	for _, key := range []state.Key{"0/vpc/a", "0/subnet/a", "0/security-group/a", "0/instance/a", "1.4.1/transit-gateway/tgw"} {
		t.Run(key.Kind(), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				l := newLab(t, sim.Options{Seed: 5})
				made := l.mustUp(pair...).Made
				other := string(state.NewKey(key.Step(), key.Kind(), "x"))
				must(l.hand().CreateTags(t.Context(), &ec2.CreateTagsInput{
					Resources: []string{*l.id(key)}, Tags: []types.Tag{{Key: aws.String(steps.TagKey), Value: &other}},
				}))
				<-time.After(10 * time.Second)
				runner, _ := l.runner(t.Context())
				if n, err := runner.CatchUp(t.Context(), false); n != 0 || err != nil {
					t.Errorf("want nothing taken in, got %d, %v", n, err)
				}
				if n, err := runner.CatchUp(t.Context(), true); n != 0 || err != nil {
					t.Errorf("want nothing taken in after a cut either, got %d, %v", n, err)
				}
				if again := l.mustUp(pair...); again.Made != 1 || again.Unchanged != made-1 || len(l.drifting()) > 0 {
					t.Errorf("want the tag put back, got %+v, %v", again, l.drifting())
				}
				if wrong := downThen(l); wrong != "" {
					t.Error(wrong)
				}
			})
		})
	}
}
