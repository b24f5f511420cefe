package provision

import (
	"slices"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"

	"vpclink/sim"
	"vpclink/steps"
)

// tutorials are the labs of the tutorial's patterns: what one with these VPCs is, told by AWS's own answers.
var tutorials = []struct {
	pattern Pattern
	vpcs    []string
	edit    func(*Request)
	total   int // resources
	check   func(t *testing.T, l *lab, names ...string)
}{
	{TransitGateway(), []string{"a", "b", "c"}, nil, 41, checkTutorial},
	{InternetGateway(), []string{"a", "b", "c"}, nil, 33, checkInternetGateways},
	{Peering(), []string{"a", "b", "c"}, func(r *Request) { r.DNS = true }, 42, checkPeerings},
	{PrivateLink(), []string{"a", "b", "c"}, nil, 35, checkPrivateLink},
}

// tutorial is the lab of one of the tutorials.
func tutorial(t *testing.T, l *lab, n int) {
	t.Helper()
	l.pattern, l.edit, l.stack = anew(tutorials[n].pattern), tutorials[n].edit, tutorials[n].pattern.Name
}

// The whole life of each lab: the account after it is the account before it; in between it is what its numbered steps
// describe.
func TestLifecycle(t *testing.T) {
	t.Parallel()
	for n, tc := range tutorials {
		t.Run(tc.pattern.Name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				l := newLab(t, sim.Options{Durations: sim.Spread, Seed: 1})
				tutorial(t, l, n)
				l.live(tc.total, tc.vpcs, tc.check)
			})
		})
	}
}

// live takes a lab from nothing to nothing.
func (l *lab) live(total int, vpcs []string, check func(*testing.T, *lab, ...string)) {
	t := l.t.(*testing.T) //nolint:forcetypeassert // no benchmark lives
	t.Helper()
	before := l.left()
	if r := l.mustUp(vpcs...); r.Made != total || r.Adopted+r.Unchanged != 0 {
		t.Errorf("the first up makes %d, got %+v", total, r)
	}
	check(t, l, vpcs...)
	checkTags(t, l)

	made := l.changes()
	if r := l.mustUp(vpcs...); r.Unchanged != total || r.Made+r.Adopted != 0 {
		t.Errorf("the second up finds all %d unchanged, got %+v", total, r)
	}
	if n := l.changes() - made; n != 0 {
		t.Errorf("the second up makes no changing call, made %d", n)
	}

	if r := l.mustDown(); r.Removed != total || len(r.Left) > 0 {
		t.Errorf("down removes the %d that up made, got %+v", total, r)
	}
	if diff := cmp.Diff(before, l.left()); diff != "" {
		t.Errorf("the account is as it was before (-before +after):\n%s", diff)
	}
}

// checkTags: everything that AWS keeps tags of carries ours.
func checkTags(t *testing.T, l *lab) {
	t.Helper()
	untagged := []string{"route", "route-table-association", "tgw-association", "tgw-propagation", "internet-gateway-attachment", "target"}
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
