package advise

import (
	"slices"
	"strings"

	"vpclink/words"
)

// Verdict is how a price of the table compares with AWS's price list.
type Verdict string

// The verdicts.
const (
	Same      Verdict = "same"
	Different Verdict = "different"
	New       Verdict = "new"       // the table has no price
	Missing   Verdict = "not found" // the list has none
	Several   Verdict = "several"   // the list has several, and it is not known which one is meant
	Unasked   Verdict = "not asked" // it is not known where the list has it
)

var _ words.Speaker = Same

// verdictTexts are the verdicts as people read them.
var verdictTexts = map[Verdict]words.Text{
	Same: "same", Different: "different", New: "new", Missing: "not found", Several: "several prices", Unasked: "not asked",
}

// Say returns the verdict in a language.
func (v Verdict) Say(l words.Language) string { return l.In(verdictTexts[v]) }

// Compare holds a price of the table, if it has one, against those that AWS's list has for the item.
func Compare(table Price, known bool, live []Price) Verdict {
	live = slices.CompactFunc(slices.Clone(live), Price.equal)
	switch {
	case len(live) == 0:
		return Missing
	case len(live) > 1:
		return Several
	case !known:
		return New
	case table.equal(live[0]):
		return Same
	}
	return Different
}

// equal reports whether two prices are the same money, whatever their dates and sources.
func (p Price) equal(other Price) bool {
	return p.USD.Cmp(other.USD) == 0 && slices.EqualFunc(p.Tiers, other.Tiers, func(a, b Tier) bool {
		return a.Above == b.Above && a.USD.Cmp(b.USD) == 0
	})
}

// String writes the price, with those of further tiers: 0.01, 0.006, 0.004.
func (p Price) String() string {
	all := []string{p.USD.Exact()}
	for _, t := range p.Tiers {
		all = append(all, t.USD.Exact())
	}
	return strings.Join(all, ", ")
}
