package steps

import (
	"slices"

	"vpclink/state"
)

// sight is what tells one thing that AWS shows from another.
type sight struct {
	id, natural string
	owner       state.Key // by its tags: the key of ours that it is; "" for none
	absent      bool      // as good as gone
}

// search is what a record is looked for by.
type search struct {
	rec      state.Record
	natural  string // "" for none
	existing string // the ID of what was there before and is used; then nothing else counts
}

// match is a thing seen for a record, by their places in the lists.
type match struct {
	want, seen int
	ours       bool
}

// matched finds records among what AWS shows. Ours are told first, by tags or by the journal's ID; the natural key counts
// only where none is ours, and not for what is as good as gone. It matches here, in code, since some filters are
// undocumented and some servers ignore them. It is written once for all kinds, which are generic around it.
func matched(wants []search, seen []sight) []match {
	byKey, byID, byNatural := map[state.Key][]int{}, map[string]int{}, map[string][]int{}
	for _, i := range once(seen) {
		s := seen[i]
		byID[s.id] = i
		if s.owner != "" {
			byKey[s.owner] = append(byKey[s.owner], i)
		}
		if s.natural != "" && !s.absent {
			byNatural[s.natural] = append(byNatural[s.natural], i)
		}
	}
	var found []match
	for w, want := range wants {
		if want.existing != "" {
			found = append(found, used(w, want, byID)...)
			continue
		}
		ours := byKey[want.rec.Key]
		if i, ok := byID[want.rec.ID]; ok && want.rec.Owned && want.rec.ID != "" && !slices.Contains(ours, i) {
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

// used is what was there before and is used, by its ID alone, whatever its tags say.
func used(w int, want search, byID map[string]int) []match {
	if i, ok := byID[want.existing]; ok {
		return []match{{w, i, false}}
	}
	return nil
}

// once leaves out what is shown twice: a later page may repeat what moved there, two questions may have one thing in
// their answers, and beside a new thing the tombstone of an earlier one with the same natural key may be shown.
func once(seen []sight) []int {
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
