package steps

import (
	"slices"

	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"vpclink/state"
	"vpclink/words"
)

// Matching is written once for all kinds, which are generic around it: it would be compiled for each of them.

// shown is a thing as AWS shows it, whatever its kind.
type shown struct {
	id, natural   string
	tags          []types.Tag
	keepsTags     bool // AWS keeps tags of its kind
	state, reason string
	place         Place
	absent        bool // as good as gone
}

// held is what comes of holding a thing against the settings of a record.
type held struct {
	out   map[string]string
	lacks words.Text
	diff  []Field
	given []Field // the attributes that somebody changed
}

// observation is what AWS shows of one record.
func observation(key state.Key, s shown, h held, ours bool) Observation {
	return Observation{
		Key: key, ID: s.id, Ours: ours, State: s.state, Reason: s.reason, Token: tag(s.tags, TagToken), Out: h.out, Lacks: h.lacks, Diff: h.diff,
	}
}

// observations are what AWS shows of the records that are searched. hold holds the t-th thing against the w-th record.
func observations(env Env, untold bool, wants []search, seen []shown, hold func(w, t int) held) []Observation {
	var found []Observation
	for _, m := range matched(env, wants, seen) {
		want, s := wants[m.want], seen[m.seen]
		held := hold(m.want, m.seen)
		o := observation(want.rec.Key, s, held, m.ours)
		if m.ours && s.keepsTags && !untold && !s.absent {
			o.Diff = append(o.Diff, env.untagged(want.rec, s.tags)...)
		}
		if m.ours && !s.absent { // a stranger's thing may have been made otherwise, and is used as it is
			o = o.With(held.given)
		}
		if want.existing != "" { // whatever it is like: it is used, and nothing of it is ours to judge
			o.Diff, o.Lacks = nil, ""
		}
		found = append(found, o)
	}
	return found
}

// search is what a record is looked for by.
type search struct {
	rec      state.Record
	natural  string // "" for none
	existing string // the ID of what is there already and shall be used, whatever its tags say; "" when it is to be made
}

// elsewhere reports whether a thing of a kind whose ID is its natural key is at another place than the one that is wanted
// now: what it was made in or of was made anew, such as the instance of a target.
func (want search) elsewhere(s shown) bool {
	return s.natural != "" && want.natural != "" && s.id == s.natural && s.natural != want.natural
}

// match is a thing seen for a record, by their places in the lists.
type match struct {
	want, seen int
	ours       bool
}

// matched finds records among what AWS shows. Ours are told first, by tags or by the journal's ID; the natural key counts
// only where none is ours, and not for what is as good as gone. It matches here, in code, since some filters are
// undocumented and some servers ignore them.
func matched(env Env, wants []search, seen []shown) []match {
	byKey, byID, byNatural := indexed(env, seen)
	var found []match
	for w, want := range wants {
		if want.existing != "" {
			if i, ok := byID[want.existing]; ok {
				found = append(found, match{w, i, false})
			}
			continue
		}
		ours := byKey[want.rec.Key]
		if i, ok := byID[want.rec.ID]; ok && want.rec.Owned && want.rec.ID != "" && !slices.Contains(ours, i) && !want.elsewhere(seen[i]) {
			ours = append(slices.Clone(ours), i)
		}
		for _, i := range ours {
			found = append(found, match{w, i, true})
		}
		if want.natural == "" || slices.ContainsFunc(ours, func(i int) bool { return !seen[i].absent }) {
			continue
		}
		for _, i := range byNatural[want.natural] {
			found = append(found, match{w, i, false})
		}
	}
	return found
}

// indexed puts what is seen in order, by the key in its tags, its ID, and its natural key when it is there.
func indexed(env Env, seen []shown) (byKey map[state.Key][]int, byID map[string]int, byNatural map[string][]int) {
	byKey, byID, byNatural = map[state.Key][]int{}, map[string]int{}, map[string][]int{}
	for _, i := range once(seen) {
		s := seen[i]
		byID[s.id] = i
		if owner := env.owner(s.tags); owner != "" {
			byKey[owner] = append(byKey[owner], i)
		}
		if s.natural != "" && !s.absent {
			byNatural[s.natural] = append(byNatural[s.natural], i)
		}
	}
	return byKey, byID, byNatural
}

// once leaves out what is shown twice: a later page may repeat what moved there, two questions may have one thing in
// their answers, and beside a new thing the tombstone of an earlier one with the same natural key may be shown.
func once(seen []shown) []int {
	at := map[string]int{}
	var list []int
	for i, s := range seen {
		place, again := at[s.id]
		switch {
		case !again:
			at[s.id] = len(list)
			list = append(list, i)
		case seen[list[place]].absent:
			list[place] = i
		}
	}
	return list
}
