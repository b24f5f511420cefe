package main

import (
	"sort"
	"strings"

	"vpclink/words"
)

// mostNear is how many names are offered to somebody who typed another: more would be no help.
const mostNear = 3

// near returns the names that somebody may have meant who typed another one, the nearest first, nil when there is none:
// those of which it is the beginning or which are its beginning, and those which a slip or two of the hand turn into it.
// In a word of four letters or less one slip is all: two would make it any other.
func near(typed string, names []string) []string {
	type candidate struct {
		name string
		far  int
	}
	slips := 2
	if len([]rune(typed)) <= 4 {
		slips = 1
	}
	var list []candidate
	for _, name := range names {
		t, n := strings.ToLower(typed), strings.ToLower(name)
		far := distance(t, n)
		begins := t != "" && strings.HasPrefix(n, t) || len(n) >= 3 && strings.HasPrefix(t, n)
		if far > slips && !begins {
			continue
		}
		list = append(list, candidate{name, far})
	}
	sort.SliceStable(list, func(i, j int) bool { return list[i].far < list[j].far })
	var nearest []string
	for _, c := range list[:min(len(list), mostNear)] {
		nearest = append(nearest, c.name)
	}
	return nearest
}

// distance counts the slips that turn a into b: a letter left out, put in, or another one (Levenshtein), or two of them
// the wrong way round.
func distance(a, b string) int {
	from, to := []rune(a), []rune(b)
	before, last, row := make([]int, len(to)+1), make([]int, len(to)+1), make([]int, len(to)+1)
	for j := range last {
		last[j] = j
	}
	for i := range from {
		row[0] = i + 1
		for j := range to {
			other := 1
			if from[i] == to[j] {
				other = 0
			}
			row[j+1] = min(last[j]+other, last[j+1]+1, row[j]+1)
			if i > 0 && j > 0 && from[i] == to[j-1] && from[i-1] == to[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(to)]
}

// meant asks whether one of the names was meant, each with prefix in front; nil when none is near.
func meant(typed, prefix string, names []string) error {
	nearest := near(typed, names)
	if len(nearest) == 0 {
		return nil
	}
	return words.Errorf("did you mean %s?", orOf(begun(prefix, nearest)))
}

// begun puts a beginning before each of the names.
func begun(prefix string, names []string) []string {
	var list []string
	for _, name := range names {
		list = append(list, prefix+name)
	}
	return list
}

// alternatives are names in a sentence, of which it takes one.
type alternatives struct {
	names   []string
	between words.Text
}

var _ words.Speaker = alternatives{}

// eitherOf are few short names, orOf are longer ones.
func eitherOf(names []string) alternatives { return alternatives{names, " or "} }
func orOf(names []string) alternatives     { return alternatives{names, ", or "} }
func allOf(names []string) alternatives    { return alternatives{names, ", "} }

// Say tells them in a language.
func (a alternatives) Say(l words.Language) string { return strings.Join(a.names, l.In(a.between)) }

func (a alternatives) String() string { return a.Say(words.English) }

// mostListed is how many names a sentence lists.
const mostListed = 10

// listed lists names in a sentence: not all of them when they are many.
func listed(names []string) string {
	if len(names) <= mostListed {
		return strings.Join(names, ", ")
	}
	return strings.Join(names[:mostListed], ", ") + ", …"
}
