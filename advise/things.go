package advise

import (
	"math/big"
	"slices"
	"strings"
	"time"
)

// Thing is so many resources of a kind, as far as their price goes.
type Thing struct {
	Kind     string // as in keys: nlb
	Count    int
	AZs      int    // in how many each of them is; 0 is one
	Type, OS string // of an instance: t3.medium, windows
	PublicIP bool   // an instance has a public address
}

// pricedKind is a row of the table of kinds.
type pricedKind struct {
	Kind string `yaml:"kind"`
	Item string `yaml:"item"`
	Per  string `yaml:"per"`
}

// units are how many of a row's item a thing is.
func (k pricedKind) units(t Thing) int {
	switch {
	case k.Per == "az":
		return t.Count * max(1, t.AZs)
	case k.Per == "address" && !t.PublicIP:
		return 0
	}
	return t.Count
}

// Line is one item of a bill.
type Line struct {
	Item  *Item
	Units int   // how many at once
	Price Price // of one, where it is known
	Known bool
}

// Hour returns what the line costs by the hour, 0 when its price is unknown.
func (l Line) Hour() USD { return l.Price.USD.Times(l.Units) }

// Hourly returns what things cost by the hour, item by item in the order of the table. Kinds that are free have no line.
func (t Table) Hourly(things ...Thing) []Line {
	var lines []Line
	for _, thing := range things {
		for _, row := range prices().Kinds {
			n := row.units(thing)
			if row.Kind != thing.Kind || n == 0 {
				continue
			}
			item := itemOf(strings.NewReplacer("{type}", thing.Type, "{os}", thing.OS).Replace(row.Item), OfInstance)
			at := slices.IndexFunc(lines, func(l Line) bool { return l.Item.Name == item.Name })
			if at < 0 {
				price, known := t.Price(item)
				at, lines = len(lines), append(lines, Line{item, 0, price, known})
			}
			lines[at].Units += n
		}
	}
	return lines
}

// Priced reports whether AWS bills a kind by the hour, and whether the table knows the kind at all.
func Priced(kind string) (priced, known bool) {
	priced = slices.ContainsFunc(prices().Kinds, func(k pricedKind) bool { return k.Kind == kind })
	return priced, priced || slices.Contains(prices().Free, kind)
}

// Spent returns what a thing has cost that was there for so long. What AWS bills by whole hours is rounded up to them; all
// else is taken by the time it was there.
func (t Table) Spent(thing Thing, span time.Duration) Sum {
	var sum Sum
	hours := big.NewRat(int64(span), int64(time.Hour))
	for _, line := range t.Hourly(thing) {
		billed := hours
		if line.Item.WholeHours {
			billed = whole(int((span + time.Hour - 1) / time.Hour))
		}
		sum = sum.with(line.Item, line.Hour().times(billed), line.Known)
	}
	return sum
}

// Split parts lines into those of the links and those of the instances.
func Split(lines []Line) (links, instances []Line) {
	for _, l := range lines {
		if l.Item.Of == OfInstance {
			instances = append(instances, l)
		} else {
			links = append(links, l)
		}
	}
	return links, instances
}
