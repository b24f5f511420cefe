package provision

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"vpclink/state"
	"vpclink/steps"
)

// one returns a record of each kind that the lab has made.
func (l *lab) one() []state.Record {
	var list []state.Record
	seen := map[string]bool{}
	for _, rec := range l.journal.Records() {
		if kind := rec.Key.Kind(); rec.Owned && !seen[kind] && !l.kinds[kind].Life().NoUndo {
			seen[kind] = true
			list = append(list, rec)
		}
	}
	return list
}

// keptForOthers are the kinds that AWS does not delete alone, by lab.
var keptForOthers = [][]string{
	{"route-table", "security-group", "subnet", "tgw-route-table", "transit-gateway", "vpc"},
	{"internet-gateway", "internet-gateway-attachment", "route-table", "security-group", "subnet", "vpc"},
	{"route-table", "security-group", "subnet", "vpc"},
	{"endpoint-service", "nlb", "route-table", "security-group", "subnet", "target-group", "vpc"},
}

// Of each kind one thing is deleted by hand, as far as AWS lets go of it alone: a look tells it, up makes it again, once,
// and down leaves nothing. What AWS keeps for the sake of others is deleted with them, in the next test.
func TestOneIsDeletedByHand(t *testing.T) {
	t.Parallel()
	for n, tutor := range tutorials {
		stood := standingPair(t, n, 1)
		var kept []string
		for _, rec := range (&lab{journal: stood.end.journal.copy(), kinds: steps.Kinds()}).one() {
			t.Run(tutor.pattern.Name+" "+rec.Key.Kind(), func(t *testing.T) {
				wrong := aftermath(t, n, stood.world, stood.end, func(l *lab) string {
					deleted, wrong := l.deleted(rec)
					if !deleted {
						kept = append(kept, rec.Key.Kind())
					}
					return wrong
				})
				if wrong != "" {
					t.Error(wrong)
				}
			})
		}
		if diff := cmp.Diff(keptForOthers[n], kept, cmpopts.SortSlices(strings.Compare)); diff != "" {
			t.Errorf("%s: AWS keeps these for the sake of others (-want +got):\n%s", tutor.pattern.Name, diff)
		}
	}
}

// deleted deletes one thing by hand, and says what is wrong after that; false when AWS keeps it.
func (l *lab) deleted(rec state.Record) (deleted bool, wrong string) {
	ctx := l.t.Context()
	_, env := l.runner(ctx)
	kind := l.kinds[rec.Key.Kind()]
	if err := kind.Delete(ctx, env, rec); err != nil {
		return false, ""
	}
	<-time.After(30 * time.Second)
	word := string(Gone)
	if seen, _ := kind.Observe(ctx, env, []state.Record{rec}); len(seen) > 0 && !kind.Life().Stage(seen[0].State).Absent() {
		word = seen[0].State // still on its way out
	}
	if wrong := l.hand().found(rec.Key, "state", word, mended); wrong != "" {
		return true, wrong
	}
	return true, downThen(l)
}

// All of a lab is deleted by hand: a look tells each of it as gone, up makes it again, and no second time.
func TestAllIsDeletedByHand(t *testing.T) {
	t.Parallel()
	for n, tutor := range tutorials {
		stood := standingPair(t, n, 1)
		t.Run(tutor.pattern.Name, func(t *testing.T) {
			wrong := aftermath(t, n, stood.world, stood.end, func(l *lab) string { return l.allDeleted(stood.total) })
			if wrong != "" {
				t.Error(wrong)
			}
		})
	}
}

// allDeleted takes the lab away behind its journal's back, and says what is wrong after that.
func (l *lab) allDeleted(total int) string {
	before := l.journal.copy()
	l.mustDown()
	l.journal = before
	if told := l.looked(); len(told) != total || slices.ContainsFunc(l.journal.Records(), func(rec state.Record) bool {
		return len(told[rec.Key]) != 1 || told[rec.Key][0].Have != string(Gone)
	}) {
		return fmt.Sprintf("a look tells each of the %d as gone, got %v", total, l.drifting())
	}
	if r := l.mustUp(pair...); r.Made != total {
		return fmt.Sprintf("up makes all %d again, got %+v", total, r)
	}
	if wrong := incompleteOf(l, pair...); wrong != "" {
		return wrong
	}
	changes := l.changes()
	if r := l.mustUp(pair...); r.Unchanged != total || l.changes() > changes {
		return fmt.Sprintf("the second up changes nothing, got %+v", r)
	}
	return downThen(l)
}

// What AWS calls gone is gone at once, and what a look can only miss is looked for again before it is said.
func TestALookBelievesAbsenceLate(t *testing.T) {
	stood := standingPair(t, 0, 1)
	wrong := aftermath(t, 0, stood.world, stood.end, func(l *lab) string {
		l.kinds = shy(l.kinds, steps.KindSubnet)
		if told := l.drifting(); len(told) > 0 {
			return fmt.Sprintf("what one look misses is not gone, got %v", told)
		}
		return ""
	})
	if wrong != "" {
		t.Error(wrong)
	}
}

// shyKind does not show itself in the first look.
type shyKind struct {
	steps.Kind
	looks *int
}

func (k shyKind) Observe(ctx context.Context, env steps.Env, recs []state.Record) ([]steps.Observation, error) {
	if *k.looks++; *k.looks == 1 {
		return nil, nil
	}
	return k.Kind.Observe(ctx, env, recs)
}

func shy(kinds map[string]steps.Kind, word string) map[string]steps.Kind {
	all := maps.Clone(kinds)
	all[word] = shyKind{kinds[word], new(int)}
	return all
}
