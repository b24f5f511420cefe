package steps

import (
	"slices"

	"vpclink/state"
)

// Matching knows nothing of kinds: it is written once, and not compiled for each of them.

// thing is what tells things apart that AWS shows.
type thing struct {
	at      int // in the answer
	id      string
	owner   state.Key // by our tags, "" when it is not this stack's
	natural string
	absent  bool // as good as gone
}

// sought is what a record is looked for by.
type sought struct {
	key      state.Key
	id       string // the journal's, "" when it has none of ours
	natural  string // "" for none
	existing string // the ID of what was there before, and is used; then nothing else counts
}

// answer is a thing that a record stands for.
type answer struct {
	at   int
	ours bool
}

// knowledge is what AWS shows of one kind.
type knowledge struct {
	byKey     map[state.Key][]thing
	byID      map[string]thing
	byNatural map[string][]thing
}

// knowing puts things in order, each once.
func knowing(things []thing) knowledge {
	k := knowledge{map[state.Key][]thing{}, map[string]thing{}, map[string][]thing{}}
	for _, t := range once(things) {
		k.byID[t.id] = t
		if t.owner != "" {
			k.byKey[t.owner] = append(k.byKey[t.owner], t)
		}
		if !t.absent {
			k.byNatural[t.natural] = append(k.byNatural[t.natural], t)
		}
	}
	return k
}

// answers are the things that a record stands for. Ours are told first, by tags or by the journal's ID; the natural key
// counts only where none is ours, and not for what is as good as gone.
func (k knowledge) answers(q sought) []answer {
	if q.existing != "" {
		if t, ok := k.byID[q.existing]; ok {
			return []answer{{t.at, false}}
		}
		return nil
	}
	ours := k.byKey[q.key]
	same := func(t thing) bool { return t.id == q.id }
	if t, ok := k.byID[q.id]; ok && q.id != "" && !slices.ContainsFunc(ours, same) {
		ours = append(slices.Clone(ours), t)
	}
	var list []answer
	there := false
	for _, t := range ours {
		list = append(list, answer{t.at, true})
		there = there || !t.absent
	}
	if q.natural == "" || there {
		return list
	}
	for _, t := range k.byNatural[q.natural] {
		list = append(list, answer{t.at, false})
	}
	return list
}

// once leaves out what is shown twice: a later page may repeat what moved there, two questions may have one thing in
// their answers, and beside a new thing the tombstone of an earlier one with the same natural key may be shown.
func once(things []thing) []thing {
	at := map[string]int{}
	var list []thing
	for _, t := range things {
		i, again := at[t.id]
		switch {
		case !again:
			at[t.id] = len(list)
			list = append(list, t)
		case list[i].absent:
			list[i] = t
		}
	}
	return list
}
