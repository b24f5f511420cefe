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
	Kind  string `json:"kind"`
	Item  string `json:"item"`
	Per   string `json:"per"`
	Title Said   `json:"title"` // of an item that is not in the file
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

// systems are operating systems as people write them.
var systems = strings.NewReplacer("windows", "Windows", "linux", "Linux")

// itemOf returns the item that a thing is billed as. Of one that is not in the file nothing is known but what it is called.
func (k pricedKind) itemOf(t Thing) *Item {
	name := strings.NewReplacer("{type}", t.Type, "{os}", t.OS).Replace(k.Item)
	if item := itemOf(name); item != nil {
		return item
	}
	told := strings.NewReplacer("{type}", t.Type, "{os}", systems.Replace(t.OS))
	return &Item{Name: name, Title: Said{told.Replace(k.Title.English), told.Replace(k.Title.Japanese)}, Unit: PerHour, Of: OfInstance}
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
			item := row.itemOf(thing)
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
