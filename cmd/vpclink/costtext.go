package main

import (
	"slices"
	"strings"

	"vpclink/advise"
	"vpclink/words"
)

// costText sets what the patterns cost as a table, with the prices it is made of:
//
//	PATTERN      WAYS  FIXED/H  PER GB  HOUR    DAY 8 H  MONTH 720 H
//	privatelink  one   0.0383   0.016   0.0383  0.3064   27.576
func (a *app) costText(prices advise.Table, c *costFlags, costs []advise.Cost) string {
	var text strings.Builder
	text.WriteString(indented("", a.costHead(prices, c)))
	head := []string{"", a.say("WAYS"), a.say("FIXED/H"), a.say("PER GB"), a.say("HOUR"), a.say("DAY %d H", advise.HoursADay), a.say("MONTH %d H", advise.HoursAMonth)}
	if c.hours > 0 {
		head = append(head, a.say("%s H", advise.Grouped(c.hours)))
	}
	var rows [][]string
	for _, cost := range costs {
		row := []string{cost.Pattern, a.say(waysOf(cost))}
		sums := []advise.Sum{cost.Hour(), cost.PerGB(), cost.For(1), cost.For(advise.HoursADay), cost.Month()}
		if c.hours > 0 {
			sums = append(sums, cost.For(c.hours))
		}
		for _, sum := range sums {
			row = append(row, sum.Say(a.lang))
		}
		if _, counted := advise.Uncounted(cost.Pattern); !counted {
			row[perGB] += uncountedMark
		}
		rows = append(rows, row)
	}
	text.WriteString(tables(head, rows, 2))
	text.WriteString(a.notes(prices, c, costs))
	return text.String() + "\n" + a.pricesText(prices, costs)
}

// perGB is the column of what a GB costs, and uncountedMark leads from a 0 that is none to the note about it.
const (
	perGB         = 3
	uncountedMark = " [1]"
)

// costHead says for what the sums are.
func (a *app) costHead(prices advise.Table, c *costFlags) string {
	place := prices.Region
	if prices.Place.English != "" {
		place = a.say("%s (%s)", prices.Region, prices.Place)
	}
	head := a.say("USD in %s: %s VPCs, AZs: %d, GB a month: %s", place, advise.Grouped(c.count), c.azs, advise.Grouped(c.gb))
	if c.instances {
		return a.say("%s, with instances", head)
	}
	return a.say("%s, without instances", head)
}

// waysOf says in which directions connections begin at that cost.
func waysOf(c advise.Cost) words.Text {
	if advise.Comparison().Criterion("both-directions").Marks[c.Pattern].Mark == advise.Partly && !c.Usage.BothWays {
		return "one"
	}
	return "both"
}

// itemsText tells what a pattern costs item by item.
func (a *app) itemsText(prices advise.Table, c *costFlags, costs []advise.Cost) string {
	var text strings.Builder
	text.WriteString(indented("", a.costHead(prices, c)))
	for _, cost := range costs {
		text.WriteString("\n" + a.itemTable(cost, len(costs) > 1))
		text.WriteString(a.say("  a class day of %d hours: %s", advise.HoursADay, cost.For(advise.HoursADay)))
		if c.hours > 0 {
			text.WriteString(a.say("; %s hours: %s", advise.Grouped(c.hours), cost.For(c.hours)))
		}
		text.WriteString("\n")
	}
	text.WriteString(a.notes(prices, c, costs))
	return text.String() + "\n" + a.pricesText(prices, costs)
}

// itemTable is what a pattern costs item by item, with the direction when there are both.
func (a *app) itemTable(cost advise.Cost, both bool) string {
	heading := cost.Pattern
	if both {
		heading = a.say("%s, %s", cost.Pattern, map[words.Text]words.Text{"one": "one way", "both": "both ways"}[waysOf(cost)])
	}
	head := []string{heading, a.say("UNITS"), a.say("PRICE"), a.say("HOUR"), a.say("MONTH %d H", advise.HoursAMonth)}
	var rows [][]string
	for _, l := range cost.Fixed {
		rows = append(rows, []string{
			"  " + l.Item.Title.Say(a.lang), advise.Grouped(l.Units), a.priceCell(l.Price, l.Known, l.Item),
			a.sumOf(l, 1).Say(a.lang), a.sumOf(l, advise.HoursAMonth).Say(a.lang),
		})
	}
	for _, t := range cost.Traffic {
		hour, month := a.say("unknown"), a.say("unknown")
		if t.Certain() {
			hour, month = t.Hour().String(), t.Month().String()
		}
		rows = append(rows, []string{"  " + t.Item.Title.Say(a.lang), advise.Decimal(t.Units), a.priceCell(t.Price, t.Known, t.Item), hour, month})
	}
	if _, counted := advise.Uncounted(cost.Pattern); !counted {
		rows = append(rows, []string{"  " + a.say("between public addresses"), advise.Decimal(cost.Usage.Through()), a.say("not counted")})
	}
	rows = append(rows, []string{"  " + a.say("together"), "", "", cost.For(1).Say(a.lang), cost.Month().Say(a.lang)})
	return tables(head, rows, 1)
}

func (a *app) sumOf(l advise.Line, hours int) advise.Sum {
	return advise.Total([]advise.Line{l}).Times(hours)
}

// priceCell is a price with its unit: 0.014/hour.
func (a *app) priceCell(p advise.Price, known bool, item *advise.Item) string {
	if !known {
		return a.say("unknown")
	}
	return a.say("%s/%s", p.USD.Exact(), item.Unit)
}

// notes say what the sums lack, and what they take for granted.
func (a *app) notes(prices advise.Table, c *costFlags, costs []advise.Cost) string {
	var notes []string
	for _, note := range notesOn(costs) {
		notes = append(notes, note.mark+note.Say(a.lang))
	}
	var lacking []string
	for _, cost := range costs {
		for _, item := range cost.Month().And(cost.PerGB()).Unknown {
			if title := item.Title.Say(a.lang); !slices.Contains(lacking, title) {
				lacking = append(lacking, title)
			}
		}
	}
	if lacking != nil {
		notes = append(notes, a.say("?, unknown: no price is known of: %s", a.inList(lacking)))
	}
	if _, known := advise.Prices(prices.Region); !known {
		notes = append(notes, a.say("The table has the prices of: %s", a.inList(advise.Regions())))
	}
	if c.gb > 0 {
		notes = append(notes, a.say("All traffic is taken to stay in its AZ; across AZs AWS bills each direction besides."))
	}
	var text strings.Builder
	for _, note := range notes {
		text.WriteString("\n" + indented("", note))
	}
	return text.String()
}

// note is what to know about the sums of a pattern.
type note struct {
	mark string // where it is about a cell of the table
	words.Speaker
}

// ofPattern is a sentence about a pattern.
type ofPattern struct {
	pattern string
	text    words.Speaker
}

var _ words.Speaker = ofPattern{}

// Say tells it in a language.
func (o ofPattern) Say(l words.Language) string { return l.Say("%s: %s", o.pattern, o.text) }

// notesOn are what to know before the patterns' sums are compared: what they lack, and which pattern does less for them.
func notesOn(costs []advise.Cost) []note {
	var notes []note
	seen := map[string]bool{}
	for _, cost := range costs {
		if seen[cost.Pattern] {
			continue
		}
		seen[cost.Pattern] = true
		if why, counted := advise.Uncounted(cost.Pattern); !counted {
			notes = append(notes, note{strings.TrimSpace(uncountedMark) + " ", ofPattern{cost.Pattern, why}})
		}
		if many := advise.Comparison().Criterion("both-directions").Marks[cost.Pattern].Many; many != nil && cost.Usage.VPCs > 2 {
			notes = append(notes, note{"", many})
		}
	}
	return notes
}

// pricesText lists the prices that the costs are made of.
func (a *app) pricesText(prices advise.Table, costs []advise.Cost) string {
	rows := [][]string{{a.say("PRICE OF"), "USD", a.say("AS OF"), a.say("SOURCE")}}
	for _, item := range itemsOf(costs) {
		p, known := prices.Price(item)
		if !known {
			rows = append(rows, []string{item.Title.Say(a.lang), a.say("unknown")})
			continue
		}
		date := p.Date
		if date == "" {
			date = a.say("undated")
		}
		rows = append(rows, []string{item.Title.Say(a.lang), a.priceCell(p, true, item), date, p.From().Say(a.lang)})
		for _, t := range p.Tiers {
			rows = append(rows, []string{a.say("  above %s GB", advise.Grouped(t.Above)), t.USD.Exact()})
		}
	}
	return table(rows)
}

// itemsOf lists what costs are made of, each item once, in the order of the table of prices.
func itemsOf(costs []advise.Cost) []*advise.Item {
	used := map[*advise.Item]bool{}
	for _, cost := range costs {
		for _, l := range cost.Fixed {
			used[l.Item] = true
		}
		for _, t := range cost.Traffic {
			used[t.Item] = true
		}
	}
	var list []*advise.Item
	for _, item := range advise.Items() {
		if used[item] {
			list = append(list, item)
		}
	}
	return list
}
