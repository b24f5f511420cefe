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
	given   []given[T]            // what AWS gives a new one and shows in its list
	place   func(T) Place         // where it lies; nil: it is not asked for
	untold  bool                  // the tags of what the journal knows are not asked for
}

// match returns the observations of wants among what AWS shows.
func (v view[S, T]) match(env Env, wants []want[S], seen []T) []Observation {
	searches, things := make([]search, len(wants)), make([]shown, len(seen))
	for i, w := range wants {
		searches[i] = search{rec: w.Record, existing: existingOf(w.set)}
		if v.wanted != nil {
			searches[i].natural = v.wanted(w.set)
		}
	}
	for i, t := range seen {
		things[i] = v.shown(t)
	}
	return observations(env, v.untold, searches, things, func(w, t int) held { return v.held(wants[w].set, seen[t]) })
}

// shown is what a thing of AWS's is known by.
func (v view[S, T]) shown(t T) shown {
	s := shown{id: v.id(t), keepsTags: v.tags != nil}
	if v.tags != nil {
		s.tags = v.tags(t)
	}
	if v.state != nil {
		s.state, s.reason = v.state(t)
	}
	if v.natural != nil {
		s.natural = v.natural(t)
	}
	if v.place != nil {
		s.place = v.place(t)
	}
	s.absent = v.life.Stage(s.state).Absent()
	return s
}

// held holds a thing against settings.
func (v view[S, T]) held(set S, t T) held {
	var h held
	if v.lacks != nil {
		h.lacks = v.lacks(set, t)
	}
	if v.out != nil {
		h.out = v.out(t)
	}
	if v.diff != nil {
		h.diff = v.diff(set, t)
	}
	h.given = changed(v.given, t)
	return h
}

// observation is what AWS shows in answer to the call that made a thing.
func (v view[S, T]) observation(w want[S], t T) Observation {
	return observation(w.Key, v.shown(t), v.held(w.set, t), true)
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
