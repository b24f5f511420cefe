package steps

import (
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"vpclink/state"
	"vpclink/waiters"
	"vpclink/words"
)

// view says how a kind's records are matched with what AWS shows, T being the SDK's type of it.
type view[S, T any] struct {
	life    waiters.Life
	id      func(T) string
	tags    func(T) []types.Tag // nil: AWS keeps no tags of it
	state   func(T) (state, reason string)
	out     func(T) map[string]string
	lacks   func(S, T) words.Text // what is still to come of a thing that is ready; nil: nothing
	wanted  func(S) string        // natural key a record asks for, "" or nil: none
	natural func(T) string        // natural key of what is there
	diff    func(S, T) []Field    // nil: nothing can differ
}

// match returns the observations of wants among what AWS shows.
func (v view[S, T]) match(env Env, wants []want[S], seen []T) []Observation {
	sights := make([]sight, 0, len(seen))
	for _, t := range seen {
		s := sight{id: v.id(t), absent: v.absent(t)}
		if v.tags != nil {
			s.owner = env.owner(v.tags(t))
		}
		if v.natural != nil {
			s.natural = v.natural(t)
		}
		sights = append(sights, s)
	}
	searches := make([]search, 0, len(wants))
	for _, w := range wants {
		s := search{rec: w.Record, existing: existingOf(w.set)}
		if v.wanted != nil {
			s.natural = v.wanted(w.set)
		}
		searches = append(searches, s)
	}
	var found []Observation
	for _, m := range matched(searches, sights) {
		o := v.observation(wants[m.want], seen[m.seen], m.ours)
		if searches[m.want].existing != "" { // whatever it is like: it is used, and nothing of it is ours to judge
			o.Diff, o.Lacks = nil, ""
		}
		found = append(found, o)
	}
	return found
}

func (v view[S, T]) absent(t T) bool { return v.life.Stage(v.stateOf(t)).Absent() }

func (v view[S, T]) stateOf(t T) string {
	if v.state == nil {
		return ""
	}
	state, _ := v.state(t)
	return state
}

func (v view[S, T]) observation(w want[S], t T, ours bool) Observation {
	seen := Observation{Key: w.Key, ID: v.id(t), Ours: ours}
	if v.state != nil {
		seen.State, seen.Reason = v.state(t)
	}
	if v.lacks != nil {
		seen.Lacks = v.lacks(w.set, t)
	}
	if v.tags != nil {
		seen.Token = tag(v.tags(t), TagToken)
	}
	if v.out != nil {
		seen.Out = v.out(t)
	}
	if v.diff != nil {
		seen.Diff = v.diff(w.set, t)
	}
	return seen
}

// differ returns a Field when the two are not the same, nothing otherwise.
func differ(name words.Text, flag, want, have string) []Field {
	if want == have {
		return nil
	}
	return []Field{{Name: name, Flag: flag, Want: want, Have: have}}
}

// differInSubnets compares subnets, of which AWS keeps no order.
func differInSubnets(want []state.Value, have []string) []Field {
	w, h := slices.Sorted(slices.Values(values(want))), slices.Sorted(slices.Values(have))
	return differ("subnets", "--azs", strings.Join(w, ", "), strings.Join(h, ", "))
}
