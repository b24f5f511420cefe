package advise

import (
	"math/big"
	"slices"
	"sort"
)

// Curve is what a pattern's links cost in a month, by the GB that go through.
type Curve struct {
	Pattern string
	table   Table
	usage   Usage
}

// Curves returns the curves of the patterns; false when a price is unknown, since then they would be wrong. They are of the
// links alone: instances are the same for all.
func (t Table) Curves(u Usage) ([]Curve, bool) {
	u.Instances, u.GB = false, whole(1)
	var curves []Curve
	for _, p := range Comparison().Patterns {
		if !t.Cost(p.Name, u).Month().Whole() {
			return nil, false
		}
		curves = append(curves, Curve{p.Name, t, u})
	}
	return curves, true
}

// At returns what a month with so many GB costs.
func (c Curve) At(gb *big.Rat) USD {
	u := c.usage
	u.GB = gb
	return c.table.Cost(c.Pattern, u).Month().USD
}

// ByCost orders curves by what a month with so many GB costs, the cheapest first.
func ByCost(curves []Curve, gb *big.Rat) []Curve {
	list := slices.Clone(curves)
	sort.SliceStable(list, func(i, j int) bool { return list[i].At(gb).Cmp(list[j].At(gb)) < 0 })
	return list
}

// bends are the amounts of GB at which the curve changes its slope, in order: where a tier begins, and where the bytes
// become the largest dimension of the NLCUs.
func (c Curve) bends() []*big.Rat {
	list := []*big.Rat{new(big.Rat)}
	for _, t := range c.table.Cost(c.Pattern, c.usage).Traffic {
		for _, tier := range t.Price.Tiers {
			list = append(list, whole(tier.Above))
		}
		if t.Item.Unit == PerNLCU {
			idle := c.usage
			idle.GB = nil
			list = append(list, new(big.Rat).Mul(idle.nlcus(), whole(HoursAMonth)))
		}
	}
	return list
}

// Crossing is where one pattern becomes the dearer one.
type Crossing struct {
	GB              *big.Rat // in a month: from here on
	Dearer, Cheaper string
}

// Ceil returns the first whole GB at which it has happened.
func (c Crossing) Ceil() int {
	up := new(big.Int).Add(c.GB.Num(), new(big.Int).Sub(c.GB.Denom(), big.NewInt(1)))
	return int(up.Quo(up, c.GB.Denom()).Int64())
}

// Crossings returns where the curves cross, by GB. Curves that only touch do not cross.
func Crossings(curves []Curve) []Crossing {
	var list []Crossing
	for i, a := range curves {
		for _, b := range curves[i+1:] {
			list = append(list, crossingsOf(a, b)...)
		}
	}
	sort.SliceStable(list, func(i, j int) bool { return list[i].GB.Cmp(list[j].GB) < 0 })
	return list
}

func crossingsOf(a, b Curve) []Crossing {
	points := slices.Concat(a.bends(), b.bends())
	slices.SortFunc(points, (*big.Rat).Cmp)
	points = slices.CompactFunc(points, func(x, y *big.Rat) bool { return x.Cmp(y) == 0 })
	differ := func(gb *big.Rat) *big.Rat { return new(big.Rat).Sub(a.At(gb).rat(), b.At(gb).rat()) }
	var list []Crossing
	before := 0 // the last sign of the difference that was not nought
	for i, from := range points {
		here := differ(from)
		if here.Sign() != 0 {
			before = here.Sign()
		}
		to := new(big.Rat).Add(from, whole(1))
		if i+1 < len(points) {
			to = points[i+1]
		}
		slope := new(big.Rat).Quo(new(big.Rat).Sub(differ(to), here), new(big.Rat).Sub(to, from))
		if before == 0 || slope.Sign() != -before { // it does not go towards nought
			continue
		}
		at := new(big.Rat).Sub(from, new(big.Rat).Quo(here, slope))
		if last := i+1 == len(points); !last && at.Cmp(to) >= 0 {
			continue
		}
		if before > 0 {
			list = append(list, Crossing{at, b.Pattern, a.Pattern})
		} else {
			list = append(list, Crossing{at, a.Pattern, b.Pattern})
		}
	}
	return list
}
