package main

import (
	"vpclink/advise"
	"vpclink/words"
)

// costsJSON is the result of cost.
type costsJSON struct {
	Version   int            `json:"vpclink"`
	Region    string         `json:"region"`
	Count     int            `json:"count"`
	AZs       int            `json:"azs"`
	GB        int            `json:"gb"` // a month
	BothWays  bool           `json:"both_ways"`
	Instances bool           `json:"instances"`
	Hours     hoursJSON      `json:"hours"`
	Costs     []costJSON     `json:"costs"`
	Crossings []crossingJSON `json:"crossings"`
	Notes     []string       `json:"notes"` // what to know before patterns are compared
	Prices    []priceJSON    `json:"prices"`
}

type hoursJSON struct {
	Day   int `json:"day"`
	Month int `json:"month"`
	Given int `json:"given"` // by --hours, 0 for none
}

type costJSON struct {
	Pattern  string        `json:"pattern"`
	BothWays bool          `json:"both_ways"`
	Fixed    advise.Sum    `json:"fixed_hour"`
	PerGB    advise.Sum    `json:"per_gb"`
	Hour     advise.Sum    `json:"hour"`
	Day      advise.Sum    `json:"day"`
	Month    advise.Sum    `json:"month"`
	Given    *advise.Sum   `json:"given,omitempty"`
	Unknown  []string      `json:"unknown"`        // items without a price, which the sums lack
	Note     string        `json:"note,omitempty"` // what the sums are without
	Items    []fixedJSON   `json:"items"`
	Traffic  []trafficJSON `json:"traffic"`
}

type fixedJSON struct {
	Item  string      `json:"item"`
	Of    advise.Of   `json:"of"`
	Units int         `json:"units"`
	USD   *advise.USD `json:"usd"` // of one
	Unit  advise.Unit `json:"unit"`
	Hour  *advise.USD `json:"hour"` // of all
}

type trafficJSON struct {
	Item  string      `json:"item"`
	Units advise.USD  `json:"units"` // in a month
	USD   *advise.USD `json:"usd"`
	Unit  advise.Unit `json:"unit"`
	Month *advise.USD `json:"month"`
}

type crossingJSON struct {
	GB      advise.USD `json:"gb"`
	Dearer  string     `json:"dearer"` // from there on
	Cheaper string     `json:"cheaper"`
}

type priceJSON struct {
	Item    string           `json:"item"`
	Title   string           `json:"title"`
	Unit    advise.Unit      `json:"unit"`
	USD     *advise.USD      `json:"usd"` // null when it is unknown
	Tiers   []tierJSON       `json:"tiers"`
	Date    string           `json:"date"`
	Source  string           `json:"source"`
	Certain advise.Certainty `json:"certain"`
}

type tierJSON struct {
	Above int        `json:"above"`
	USD   advise.USD `json:"usd"`
}

func costsOf(prices advise.Table, c *costFlags, costs []advise.Cost) costsJSON {
	out := costsJSON{
		Version: formVersion, Region: prices.Region, Count: c.count, AZs: c.azs, GB: c.gb, BothWays: c.bothWays, Instances: c.instances,
		Hours: hoursJSON{advise.HoursADay, advise.HoursAMonth, c.hours},
		Costs: []costJSON{}, Crossings: []crossingJSON{}, Notes: []string{}, Prices: []priceJSON{},
	}
	for _, note := range notesOn(costs) {
		out.Notes = append(out.Notes, note.Say(words.English))
	}
	for _, cost := range costs {
		out.Costs = append(out.Costs, costOf(cost, c.hours))
	}
	if curves, ok := prices.Curves(c.usage()); ok {
		for _, cross := range advise.Crossings(curves) {
			out.Crossings = append(out.Crossings, crossingJSON{advise.Number(cross.GB), cross.Dearer, cross.Cheaper})
		}
	}
	for _, item := range itemsOf(costs) {
		out.Prices = append(out.Prices, priceOf(prices, item))
	}
	return out
}

func costOf(c advise.Cost, hours int) costJSON {
	out := costJSON{
		Pattern: c.Pattern, BothWays: waysOf(c) == "both", Fixed: c.Hour(), PerGB: c.PerGB(), Hour: c.For(1), Day: c.For(advise.HoursADay),
		Month: c.Month(), Unknown: []string{}, Items: []fixedJSON{}, Traffic: []trafficJSON{},
	}
	if why, counted := advise.Uncounted(c.Pattern); !counted {
		out.Note = why.Say(words.English)
	}
	if hours > 0 {
		given := c.For(hours)
		out.Given = &given
	}
	for _, item := range c.Month().And(c.PerGB()).Unknown {
		out.Unknown = append(out.Unknown, item.Name)
	}
	for _, l := range c.Fixed {
		out.Items = append(out.Items, fixedJSON{l.Item.Name, l.Item.Of, l.Units, ifKnown(l.Price.USD, l.Known), l.Item.Unit, ifKnown(l.Hour(), l.Known)})
	}
	for _, t := range c.Traffic {
		out.Traffic = append(out.Traffic, trafficJSON{t.Item.Name, advise.Number(t.Units), ifKnown(t.Price.USD, t.Known), t.Item.Unit, ifKnown(t.Month(), t.Certain())})
	}
	return out
}

func priceOf(prices advise.Table, item *advise.Item) priceJSON {
	p, known := prices.Price(item)
	out := priceJSON{Item: item.Name, Title: item.Title.English, Unit: item.Unit, USD: ifKnown(p.USD, known), Tiers: []tierJSON{}, Date: p.Date}
	if known {
		out.Source, out.Certain = p.From().Say(words.English), p.From().Certain
	}
	for _, t := range p.Tiers {
		out.Tiers = append(out.Tiers, tierJSON(t))
	}
	return out
}

// ifKnown is an amount in JSON, null when it is unknown.
func ifKnown(amount advise.USD, known bool) *advise.USD {
	if !known {
		return nil
	}
	return &amount
}
