package main

import (
	"strings"

	"vpclink/advise"
)

// plotText draws the month's cost of the patterns against GB, in so many columns, and names the crossings.
func (a *app) plotText(prices advise.Table, c *costFlags, columns int) (string, error) {
	curves, err := c.curves(prices)
	if err != nil {
		return "", err
	}
	plot := advise.Plot(a.lang, curves, c.across(curves), columns)
	page := min(columns, pageWide)
	return within(page, a.plotTitle(prices, c)) + "\n" + plot + "\n" + a.crossingsText(curves, c.costs(prices, ""), page), nil
}

// svg prints the same as a picture.
func (a *app) svg(prices advise.Table, c *costFlags) error {
	curves, err := c.curves(prices)
	if err != nil {
		return err
	}
	return a.print("%s", advise.SVG(a.lang, a.plotTitle(prices, c), curves, c.across(curves)))
}

func (a *app) plotTitle(prices advise.Table, c *costFlags) string {
	if c.bothWays {
		return a.say("USD a month in %s: %s VPCs, AZs: %d, both ways, without instances", prices.Region, advise.Grouped(c.count), c.azs)
	}
	return a.say("USD a month in %s: %s VPCs, AZs: %d, one way, without instances", prices.Region, advise.Grouped(c.count), c.azs)
}

func (c *costFlags) curves(prices advise.Table) ([]advise.Curve, error) {
	curves, ok := prices.Curves(c.usage())
	if !ok {
		return nil, usage("", "there are no prices for %s, so there is nothing to draw; there are those of: %s", prices.Region, allOf(advise.Regions()))
	}
	return curves, nil
}

// usualAcross is how many GB a plot shows when nothing asks for more.
const usualAcross = 10_000

// across is how many GB a plot shows: what is asked about and where curves cross, with room beyond.
func (c *costFlags) across(curves []advise.Curve) int {
	most := usualAcross
	for _, cross := range advise.Crossings(curves) {
		if at := cross.Ceil(); at < mostCounted {
			most = max(most, at*3/2)
		}
	}
	return advise.NiceAbove(max(most, c.gb))
}

// crossingsText names where one pattern becomes dearer than another, or says that none does, and what to know about it.
func (a *app) crossingsText(curves []advise.Curve, costs []advise.Cost, columns int) string {
	var order []string
	for _, c := range advise.ByCost(curves, advise.GB(0)) {
		order = append(order, c.Pattern)
	}
	var text strings.Builder
	text.WriteString(within(columns, a.say("Without traffic, from the cheapest to the dearest: %s.", a.inList(order))))
	crossings := advise.Crossings(curves)
	for _, cross := range crossings {
		text.WriteString(within(columns, a.say("%s costs more than %s from %s GB a month on.", cross.Dearer, cross.Cheaper, advise.Grouped(cross.Ceil()))))
	}
	if len(crossings) == 0 {
		text.WriteString(within(columns, a.say("The order stays the same whatever the traffic: no two of them cross.")))
	}
	for _, note := range notesOn(costs) {
		text.WriteString(within(columns, note.Say(a.lang)))
	}
	return text.String()
}

// within sets a sentence in lines of so many columns.
func within(columns int, text string) string {
	return strings.Join(wrapped(text, columns), "\n") + "\n"
}
