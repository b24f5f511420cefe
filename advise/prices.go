package advise

import (
	"math/big"
	"slices"
	"sync"

	"vpclink/words"
)

// catalogue is prices.yaml.
type catalogue struct {
	Regions []Region            `json:"regions"`
	Sources map[string]Source   `json:"sources"`
	Items   []*Item             `json:"items"`
	Kinds   []pricedKind        `json:"kinds"`
	Free    []string            `json:"free"`
	Traffic map[string][]string `json:"traffic"`

	Uncounted map[string]Said `json:"uncounted"` // by pattern: what of its traffic is not counted
}

// Region is a region of which prices are known.
type Region struct {
	Name  string `json:"name"`
	Place Said   `json:"place"`
	Usage string `json:"usage"` // how its usage types begin in AWS's price list
}

// Source is where a price is from.
type Source struct {
	Certain Certainty `json:"certain"`
	Said
}

// Certainty is how much a price can be relied on.
type Certainty string

// The certainties there are.
const (
	Stated    Certainty = "stated"    // by the tutorial or by AWS
	Seen      Certainty = "seen"      // in what others made of AWS's price list
	Unchecked Certainty = "unchecked" // general knowledge
)

// Unit is what a price is for one of.
type Unit string

// The units there are.
const (
	PerHour     Unit = "hour"
	PerGB       Unit = "gb"
	PerNLCU     Unit = "nlcu-hour"
	PerGBMonth  Unit = "gb-month"
	PerAnalysis Unit = "analysis"
)

var _ words.Speaker = PerHour

// unitTexts are the units as people read them.
var unitTexts = map[Unit]words.Text{
	PerHour: "hour", PerGB: "GB", PerNLCU: "NLCU-hour", PerGBMonth: "GB-month", PerAnalysis: "analysis",
}

// Say returns the unit in a language.
func (u Unit) Say(l words.Language) string { return l.In(unitTexts[u]) }

// Of is what an item belongs to: the link itself, or the instances at its ends.
type Of string

// What an item can belong to.
const (
	OfLink     Of = "link"
	OfInstance Of = "instance"
)

// Item is something that AWS bills.
type Item struct {
	Name   string           `json:"name"`
	Title  Said             `json:"title"`
	Unit   Unit             `json:"unit"`
	Of     Of               `json:"of"`
	Live   *Listed          `json:"live"`   // nil: it is not known where AWS's price list has it
	Prices map[string]Price `json:"prices"` // by region

	WholeHours bool `json:"whole-hours"` // an hour that has begun is billed as a whole one
}

// Listed is where AWS's price list has an item.
type Listed struct {
	Service   string            `json:"service"`
	Usage     string            `json:"usage"` // without the beginning that the region gives it
	Operation string            `json:"operation"`
	Where     map[string]string `json:"where"` // further attributes of the product
}

// Price is what AWS asks for an item in a region.
type Price struct {
	USD    USD    `json:"usd"`
	Tiers  []Tier `json:"tiers"`
	Date   string `json:"date"` // "" when it is not known of when the price is
	Source string `json:"source"`
}

// Tier is another price from so many units on.
type Tier struct {
	Above int `json:"above"`
	USD   USD `json:"usd"`
}

var prices = sync.OnceValue(func() *catalogue { return read[catalogue]("prices.json") })

// Table is the prices of one region.
type Table struct {
	Region string
	Place  Said // "" for a region that is not in the table
	usage  string
	known  bool
}

// DefaultRegion is the tutorial's.
const DefaultRegion = "ap-northeast-1"

// Prices returns the table of a region; false when nothing is known of its prices. The table can be asked all the same: it
// says of each item that its price is unknown.
func Prices(region string) (Table, bool) {
	for _, r := range prices().Regions {
		if r.Name == region {
			return Table{region, r.Place, r.Usage, true}, true
		}
	}
	return Table{Region: region}, false
}

// Regions lists the regions of which prices are known.
func Regions() []string {
	var names []string
	for _, r := range prices().Regions {
		names = append(names, r.Name)
	}
	return names
}

// Items lists all items, in the order of the file.
func Items() []*Item { return prices().Items }

// Uncounted returns why a pattern's sums are without its traffic, and whether they are with it.
func Uncounted(pattern string) (why Said, counted bool) {
	why, left := prices().Uncounted[pattern]
	return why, !left
}

// BilledIn reports whether a pattern's links are billed for the item, or its instances; "" is any pattern.
func (i *Item) BilledIn(pattern string) bool {
	if pattern == "" || slices.Contains(prices().Traffic[pattern], i.Name) {
		return true
	}
	u := Usage{VPCs: 2, BothWays: true}
	return slices.ContainsFunc(Table{}.Hourly(u.Things(pattern)...), func(l Line) bool { return l.Item == i })
}

// itemOf returns an item by its name, nil when it is not in the file.
func itemOf(name string) *Item {
	i := slices.IndexFunc(Items(), func(i *Item) bool { return i.Name == name })
	if i < 0 {
		return nil
	}
	return Items()[i]
}

// Price returns what an item costs in the region; false when that is not known.
func (t Table) Price(i *Item) (Price, bool) {
	p, ok := i.Prices[t.Region]
	return p, ok
}

// Usage returns an item's usage type in AWS's price list; false when it is not known there.
func (t Table) Usage(i *Item) (string, bool) {
	if i.Live == nil || !t.known {
		return "", false
	}
	return t.usage + i.Live.Usage, true
}

// From returns where a price is from.
func (p Price) From() Source { return prices().Sources[p.Source] }

// of returns what so many units cost, the tiers counted.
func (p Price) of(units *big.Rat) USD {
	sum, from, each := USD{}, new(big.Rat), p.USD
	for _, tier := range p.Tiers {
		bound := whole(tier.Above)
		if units.Cmp(bound) <= 0 {
			break
		}
		sum = sum.Plus(each.times(new(big.Rat).Sub(bound, from)))
		from, each = bound, tier.USD
	}
	return sum.Plus(each.times(new(big.Rat).Sub(units, from)))
}
