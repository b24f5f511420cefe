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
	untold  bool                  // the tags of what the journal knows are not asked for
}

// match returns the observations of wants among what AWS shows. Ours are told first, by tags or by the journal's ID;
// the natural key counts only where none is ours, and not for what is as good as gone. It matches here, in code, since
// some filters are undocumented and some servers ignore them.
func (v view[S, T]) match(env Env, wants []want[S], seen []T) []Observation {
	byKey, byID, byNatural := v.sorted(env, seen)
	var found []Observation
	for _, w := range wants {
		ours := byKey[w.Key]
		if t, ok := byID[w.ID]; ok && w.Owned && w.ID != "" && !v.contains(ours, w.ID) && !v.elsewhere(w, t) {
			ours = append(slices.Clone(ours), t)
		}
		for _, t := range ours {
			found = append(found, v.own(env, w, t))
		}
		if v.wanted == nil || v.wanted(w.set) == "" || slices.ContainsFunc(ours, v.present) {
			continue
		}
		for _, t := range byNatural[v.wanted(w.set)] {
			found = append(found, v.observation(w, t, false))
		}
	}
	return found
}

// sorted puts what AWS shows in order by the key in its tags, its ID, and its natural key when it is there.
func (v view[S, T]) sorted(env Env, seen []T) (byKey map[state.Key][]T, byID map[string]T, byNatural map[string][]T) {
	byKey, byID, byNatural = map[state.Key][]T{}, map[string]T{}, map[string][]T{}
	for _, t := range v.once(seen) {
		byID[v.id(t)] = t
		if v.tags != nil {
			if key := env.owner(v.tags(t)); key != "" {
				byKey[key] = append(byKey[key], t)
			}
		}
		if v.natural != nil && !v.absent(t) {
			byNatural[v.natural(t)] = append(byNatural[v.natural(t)], t)
		}
	}
	return byKey, byID, byNatural
}

// own observes a thing of ours: besides what every one can differ in, its tags.
func (v view[S, T]) own(env Env, w want[S], t T) Observation {
	o := v.observation(w, t, true)
	if v.tags != nil && !v.untold && v.present(t) {
		o.Diff = append(o.Diff, env.untagged(w.Record, v.tags(t))...)
	}
	return o
}

// elsewhere reports whether a thing of a kind whose ID is its natural key is at another place than the one that is wanted
// now: what it was made in or of was made anew, such as the instance of a target.
func (v view[S, T]) elsewhere(w want[S], t T) bool {
	return v.natural != nil && v.wanted != nil && v.wanted(w.set) != "" && v.id(t) == v.natural(t) && v.natural(t) != v.wanted(w.set)
}

// once leaves out what is shown twice: a later page may repeat what moved there, two questions may have one thing in
// their answers, and beside a new thing the tombstone of an earlier one with the same natural key may be shown.
func (v view[S, T]) once(seen []T) []T {
	at := map[string]int{}
	var list []T
	for _, t := range seen {
		i, again := at[v.id(t)]
		switch {
		case !again:
			at[v.id(t)] = len(list)
			list = append(list, t)
		case v.absent(list[i]):
			list[i] = t
		}
	}
	return list
}

func (v view[S, T]) absent(t T) bool  { return v.life.Stage(v.stateOf(t)).Absent() }
func (v view[S, T]) present(t T) bool { return !v.absent(t) }

func (v view[S, T]) stateOf(t T) string {
	if v.state == nil {
		return ""
	}
	state, _ := v.state(t)
	return state
}

func (v view[S, T]) contains(list []T, id string) bool {
	return slices.ContainsFunc(list, func(t T) bool { return v.id(t) == id })
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
	return differ(subnetsField, "--azs", strings.Join(w, ", "), strings.Join(h, ", "))
}

const subnetsField words.Text = "subnets"
