package advise

import (
	"slices"

	"vpclink/words"
)

// Sum is an amount as far as it is known.
type Sum struct {
	USD     USD     // of what is known
	Unknown []*Item // whose price is missing
	some    bool    // something is known
}

var _ words.Speaker = Sum{}

// Total adds up lines, for an hour.
func Total(lines []Line) Sum {
	var sum Sum
	for _, l := range lines {
		sum = sum.with(l.Item, l.Hour(), l.Known)
	}
	return sum
}

// with adds what an item costs.
func (s Sum) with(item *Item, amount USD, known bool) Sum {
	if known {
		s.USD, s.some = s.USD.Plus(amount), true
	} else if !slices.ContainsFunc(s.Unknown, func(other *Item) bool { return other.Name == item.Name }) {
		s.Unknown = append(slices.Clip(s.Unknown), item)
	}
	return s
}

// And adds two sums.
func (s Sum) And(other Sum) Sum {
	s.USD, s.some = s.USD.Plus(other.USD), s.some || other.some
	for _, item := range other.Unknown {
		s = s.with(item, USD{}, false)
	}
	return s
}

// Times returns so many times the sum.
func (s Sum) Times(n int) Sum {
	s.USD = s.USD.Times(n)
	return s
}

// Whole reports whether nothing is missing.
func (s Sum) Whole() bool { return len(s.Unknown) == 0 }

// None reports whether nothing at all is known.
func (s Sum) None() bool { return !s.Whole() && !s.some }

// Say tells the sum: "7.2", "7.2+?" where a part is unknown, "unknown" where all is.
func (s Sum) Say(l words.Language) string {
	switch {
	case s.Whole():
		return s.USD.String()
	case s.None():
		return l.In("unknown")
	}
	return s.USD.String() + "+?"
}

// MarshalJSON writes what is known as a number, null when nothing is.
func (s Sum) MarshalJSON() ([]byte, error) {
	if s.None() {
		return []byte("null"), nil
	}
	return s.USD.MarshalJSON()
}
