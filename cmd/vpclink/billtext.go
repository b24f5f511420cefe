package main

import (
	"strings"

	"vpclink/advise"
	"vpclink/words"
)

// rates tells what a stack costs by the hour and month, in lines that end with a line feed.
func (a *app) rates(b bill) string {
	if !b.known {
		return a.say("Cost: no prices are known of %s; vpclink cost --live --region %[1]s asks AWS.\n", b.region)
	}
	line := words.Text("Would cost on AWS: %s USD an hour, %s a month (720 h), traffic apart.\n")
	if b.onAWS {
		line = "Costs %s USD an hour, %s a month (720 h), traffic apart.\n"
	}
	text := a.say(line, b.links, b.links.Times(advise.HoursAMonth))
	if b.hasInstances {
		text += a.say("The instances on top: %s an hour, %s a month.\n", b.instances, b.instances.Times(advise.HoursAMonth))
	}
	return text + a.missing(b)
}

// spending tells what a stack has cost since it began; "" when nothing of it was ever there.
func (a *app) spending(b bill) string {
	if b.since.IsZero() || !b.known {
		return ""
	}
	text := words.Text("Would have cost on AWS since %s: %s USD, instances included.\n")
	if b.onAWS {
		text = "Has cost since %s: %s USD, instances included.\n"
	}
	return a.say(text, b.since.UTC().Format("2006-01-02 15:04 MST"), b.spent)
}

// total tells what a stack has cost in all.
func (a *app) total(b bill) string {
	if b.since.IsZero() || !b.known {
		return ""
	}
	text := words.Text("Would have cost on AWS in all: %s USD, instances included, traffic not.\n")
	if b.onAWS {
		text = "Has cost in all: %s USD, instances included, traffic not.\n"
	}
	return a.say(text, b.spent) + a.missing(b)
}

// missing tells which prices a sum lacks.
func (a *app) missing(b bill) string {
	var names []string
	for _, item := range b.links.And(b.instances).And(b.spent).Unknown {
		names = append(names, item.Title.Say(a.lang))
	}
	if len(names) == 0 {
		return ""
	}
	return a.say("+?: the price of %s is not known.\n", strings.Join(names, ", "))
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
