package main

import (
	"slices"
	"strings"

	"vpclink/advise"
	"vpclink/words"
)

// billShape is the field cost of the results of the commands that say what a stack costs.
const billShape = `"cost":{"currency","region","hour","month","unknown","instances":{"hour","month","unknown"},
"spent":{"since","usd","unknown"}}`

// costHelp is what the help of these commands says about it.
func (a *app) costHelp() string {
	return "\n\n" + a.say(`What the stack costs on AWS is told too, in USD: links and instances by the hour and month, and what it has cost since it
began. Traffic is not in it, nor what has no known price. On another target it is what AWS would ask.

With -o json: %s. Hour, month and unknown are of the links, usd is of all;
an amount is null when nothing of it is known, and unknown lists the items that the sums beside it lack.`, billShape)
}

// rates tells what a stack costs by the hour and month, in lines that end with a line feed.
func (a *app) rates(b bill) string {
	if !b.known {
		return a.ratesAlone(b)
	}
	return a.ratesAlone(b) + a.missing(b.links.And(b.instances))
}

func (a *app) ratesAlone(b bill) string {
	switch {
	case b.down:
		return ""
	case !b.known:
		return indented("", a.say("Cost: no prices are known of %s; there are prices of %s.", b.region, allOf(advise.Regions())))
	}
	line := words.Text("Would cost on AWS: %s USD an hour, %s a month (720 h), traffic apart.")
	if b.onAWS {
		line = "Costs %s USD an hour, %s a month (720 h), traffic apart."
	}
	text := a.say("What the links cost is not known.")
	if !b.links.None() {
		text = a.say(line, b.links, b.links.Times(advise.HoursAMonth))
	}
	text = indented("", text)
	switch {
	case b.instances.None():
		text += indented("", a.say("What the instances cost on top is not known."))
	case b.hasInstances:
		text += indented("", a.say("The instances on top: %s an hour, %s a month.", b.instances, b.instances.Times(advise.HoursAMonth)))
	}
	return text
}

// standing tells what a stack costs and has cost, for status.
func (a *app) standing(b bill) string {
	if b.region == "" {
		return ""
	}
	text := a.ratesAlone(b) + a.spending(b)
	switch {
	case !b.known:
		return text
	case b.down:
		return text + a.missing(b.spent)
	}
	return text + a.missing(b.links.And(b.instances).And(b.spent))
}

// spending tells what a stack has cost since it began; "" when nothing of it was ever there.
func (a *app) spending(b bill) string {
	switch {
	case b.since.IsZero():
		return ""
	case !b.known && b.down: // else it is said of what region
		return a.spentUnknown(b)
	case !b.known || b.spent.None():
		return indented("", a.say("What it has cost is not known."))
	}
	return indented("", a.say(spentTexts[billed{b.onAWS, b.hadInstances}].since, b.since.UTC().Format("2006-01-02 15:04 MST"), b.spent))
}

// billed is what a sentence on what was spent is about.
type billed struct{ onAWS, hadInstances bool }

// spentTexts are the sentences on what was spent, so far and in all.
var spentTexts = map[billed]struct{ since, inAll words.Text }{
	{true, true}:   {"Has cost since %s: %s USD with instances.", "Has cost in all: %s USD with instances, without traffic."},
	{true, false}:  {"Has cost since %s: %s USD.", "Has cost in all: %s USD without traffic."},
	{false, true}:  {"Would have cost on AWS since %s: %s USD with instances.", "Would have cost on AWS in all: %s USD with instances, without traffic."},
	{false, false}: {"Would have cost on AWS since %s: %s USD.", "Would have cost on AWS in all: %s USD without traffic."},
}

// total tells what a stack has cost in all.
func (a *app) total(b bill) string {
	switch {
	case b.since.IsZero():
		return ""
	case !b.known:
		return a.spentUnknown(b)
	case b.spent.None():
		return indented("", a.say("What it has cost is not known.")) + a.missing(b.spent)
	}
	return indented("", a.say(spentTexts[billed{b.onAWS, b.hadInstances}].inAll, b.spent)) + a.missing(b.spent)
}

func (a *app) spentUnknown(b bill) string {
	return indented("", a.say("What it has cost is not known: there are no prices of %s.", b.region))
}

// missing tells which prices a sum lacks.
func (a *app) missing(sum advise.Sum) string {
	var titles []string
	for _, item := range sum.Unknown {
		titles = append(titles, item.Title.Say(a.lang))
	}
	switch len(titles) {
	case 0:
		return ""
	case 1:
		return indented("", a.say("+?: the price of %s is not known.", titles[0]))
	}
	return indented("", a.say("+?: the prices of %s are not known.", allOf(titles)))
}

// soFar tells in a table what a stack has cost.
func (a *app) soFar(cost *billJSON) string {
	if cost == nil {
		return "-"
	}
	if cost.Spent == nil {
		return "0"
	}
	return cost.Spent.USD.Say(a.lang)
}

// costNotes say below the list of stacks what its column of costs takes for granted.
func (a *app) costNotes(all []stackJSON) string {
	spent := func(is func(stackJSON) bool) bool {
		return slices.ContainsFunc(all, func(s stackJSON) bool {
			return s.Cost != nil && s.Cost.Spent != nil && !s.Cost.Spent.USD.None() && is(s)
		})
	}
	var text strings.Builder
	if spent(func(s stackJSON) bool { return !s.Cost.Spent.USD.Whole() }) {
		text.WriteString(indented("", a.say("+?: some prices are not known; vpclink status names them.")))
	}
	if spent(func(s stackJSON) bool { return s.Target != targetAWS }) {
		text.WriteString(indented("", a.say("Of a stack that is not on AWS it is what AWS would have asked.")))
	}
	if text.Len() > 0 {
		return "\n" + text.String()
	}
	return ""
}
