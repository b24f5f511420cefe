package advise

import (
	"fmt"
	"math/big"
	"slices"
	"sort"
	"strings"

	"vpclink/words"
)

// Need is a requirement that may rule patterns out.
type Need string

// The requirements, as choose's flags are called.
const (
	NeedNoIGW       Need = "no-igw"
	NeedOverlapping Need = "overlapping-cidrs"
	NeedMany        Need = "count" // three VPCs or more
	NeedBothWays    Need = "both-ways"
	NeedRegions     Need = "cross-region"
	NeedAccounts    Need = "cross-account"
	NeedAZLoss      Need = "survive-az"
	NeedPrivate     Need = "private-address-space"
)

// decided is a requirement with the criterion that decides it: the pattern needs its better mark.
type decided struct {
	need      Need
	criterion string
}

// needs are the requirements there are.
var needs = []decided{
	{NeedNoIGW, "internet"},
	{NeedOverlapping, "overlapping-cidrs"},
	{NeedMany, "many-vpcs"},
	{NeedBothWays, "both-directions"},
	{NeedRegions, "across-regions"},
	{NeedAccounts, "across-accounts"},
	{NeedAZLoss, "az-loss"},
	{NeedPrivate, "private-address-space"},
}

// allNeeds lists the requirements there are.
func allNeeds() []Need {
	var list []Need
	for _, n := range needs {
		list = append(list, n.need)
	}
	return list
}

// Wish is what the links shall do.
type Wish struct {
	Needs []Need // but NeedMany and NeedBothWays, which follow from the rest
	VPCs  int
	Both  bool
	GB    *big.Rat
}

// All returns the requirements, those that follow among them, in the order of the table.
func (w Wish) All() []Need {
	var list []Need
	for _, n := range allNeeds() {
		if slices.Contains(w.Needs, n) || n == NeedMany && w.VPCs > 2 || n == NeedBothWays && w.Both {
			list = append(list, n)
		}
	}
	return list
}

// Fit is how a pattern fits a wish.
type Fit struct {
	Pattern Pattern
	Against []Against // what rules it out; nil when it fits
	Remarks []Remark  // on what it does only partly
	Cost    Cost
	Month   Sum
	VPCs    []string // as --vpcs takes them
	Flags   []string // of up, beside --vpcs
}

// Against is a requirement that rules a pattern out.
type Against struct {
	Need      Need
	Criterion *Criterion // nil when it is the count that is too great
	Why       Said
}

// Remark is what to know about a requirement that a pattern meets.
type Remark struct {
	Need Need
	words.Speaker
}

// Choose judges every pattern by the comparison: those that fit first, the cheapest of them first, and what costs an
// unknown sum behind them; then those that do not fit, in the tutorial's order.
func (t Table) Choose(w Wish) []Fit {
	var fits []Fit
	for _, p := range Comparison().Patterns {
		fits = append(fits, t.fit(p, w))
	}
	sort.SliceStable(fits, func(i, j int) bool {
		a, b := fits[i], fits[j]
		switch {
		case (len(a.Against) == 0) != (len(b.Against) == 0):
			return len(a.Against) == 0
		case len(a.Against) > 0:
			return false
		case a.Month.Whole() != b.Month.Whole():
			return a.Month.Whole()
		}
		return a.Month.USD.Cmp(b.Month.USD) < 0
	})
	return fits
}

func (t Table) fit(p Pattern, w Wish) Fit {
	f := Fit{Pattern: p}
	use := Usage{VPCs: w.VPCs, AZs: 1, BothWays: w.Both, GB: w.GB}
	block := ""
	if slices.Contains(w.Needs, NeedOverlapping) {
		block = "=" + sameBlock
	}
	for i := range w.VPCs {
		f.VPCs = append(f.VPCs, vpcName(i, w.VPCs)+block)
	}
	for _, need := range w.All() {
		c := criterionOf(need)
		judged, change := c.Marks[p.Name], c.ChangeOf(p.Name)
		switch now := c.Now(p.Name); {
		case now == Partly:
			f.Remarks = append(f.Remarks, Remark{need, judged.Why})
		case now != c.Good && judged.Remedy != nil:
			use.AZs = azsAfterLoss
			f.Remarks = append(f.Remarks, Remark{need, judged.Remedy})
			f.Flags = append(f.Flags, strings.Fields(judged.Remedy.Flag)...)
		case now != c.Good:
			f.Against = append(f.Against, Against{need, c, judged.Why})
		}
		if need == NeedBothWays && w.VPCs > 2 && judged.Many != nil {
			f.Remarks = append(f.Remarks, Remark{need, judged.Many})
		}
		if change != nil && change.Now != "" {
			f.Remarks = append(f.Remarks, Remark{need, change})
		}
	}
	if most := p.Takes.Most; most > 0 && w.VPCs > most {
		f.Against = append(f.Against, Against{NeedMany, nil, p.Takes.Why})
	}
	if w.Both && criterionOf(NeedBothWays).Marks[p.Name].Mark == Partly {
		f.Flags = append(f.Flags, "--both-ways")
	}
	f.Cost = t.Cost(p.Name, use)
	f.Month = f.Cost.Month()
	return f
}

// azsAfterLoss is how many AZs a remedy against the loss of one means.
const azsAfterLoss = 2

func criterionOf(need Need) *Criterion {
	i := slices.IndexFunc(needs, func(d decided) bool { return d.need == need })
	return Comparison().Criterion(needs[i].criterion)
}

// letters are the names of VPCs as long as they suffice; of more they are numbered, v1, v2 and so on.
const letters = "abcdefghijklmnopqrstuvwxyz"

// sameBlock is the block of all VPCs whose blocks overlap.
const sameBlock = "10.0.0.0/16"

// Numbered reports whether so many VPCs have numbers in their names.
func Numbered(vpcs int) bool { return vpcs > len(letters) }

func vpcName(i, of int) string {
	if !Numbered(of) {
		return letters[i : i+1]
	}
	return fmt.Sprintf("v%d", i+1)
}
