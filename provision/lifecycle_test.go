package provision

import (
	"slices"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"

	"vpclink/sim"
	"vpclink/steps"
)

// The whole life of the tutorial's lab: the account after it is the account before it; in between it is what 1.4.1 to
// 1.4.6 describe, told by AWS's own answers.
func TestLifecycle(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLab(t, sim.Options{Durations: sim.Spread, Seed: 1})
		before := l.left()

		if r := l.mustUp("a", "b", "c"); r.Made != 41 || r.Adopted+r.Unchanged != 0 {
			t.Errorf("the first up makes 41, got %+v", r)
		}
		checkTutorial(t, l, "a", "b", "c")
		checkTags(t, l)

		made := l.changes()
		if r := l.mustUp("a", "b", "c"); r.Unchanged != 41 || r.Made+r.Adopted != 0 {
			t.Errorf("the second up finds all 41 unchanged, got %+v", r)
		}
		if n := l.changes() - made; n != 0 {
			t.Errorf("the second up makes no changing call, made %d", n)
		}

		if r := l.mustDown(); r.Removed != 41 || len(r.Left) > 0 {
			t.Errorf("down removes the 41 that up made, got %+v", r)
		}
		if diff := cmp.Diff(before, l.left()); diff != "" {
			t.Errorf("the account is as it was before (-before +after):\n%s", diff)
		}
	})
}

// checkTags: everything that AWS keeps tags of carries ours.
func checkTags(t *testing.T, l *lab) {
	t.Helper()
	untagged := []string{"route", "route-table-association", "tgw-association", "tgw-propagation"}
	for _, o := range l.world.Objects() {
		if slices.Contains(untagged, o.Kind) || o.Kind == "network-interface" && o.Tags[steps.TagLineage] == "" {
			continue // AWS's own interfaces of an attachment carry no tags of ours
		}
		for _, tag := range []string{steps.TagStack, steps.TagLineage, steps.TagPattern, steps.TagKey, steps.TagToken, steps.TagName} {
			if o.Tags[tag] == "" {
				t.Errorf("%s %s was made without the tag %s", o.Kind, o.ID, tag)
			}
		}
	}
}
