package main

import (
	"slices"
	"strings"

	"vpclink/advise"
)

// fittingText tells what fits, the cheapest first, and what does not:
//
//	fits: tgw, 151.2 USD a month
//	  vpclink up tgw --vpcs a,b,c
//
//	does not fit: igw
//	  --no-igw: exposed to the internet: yes
//	    The VPCs need …
func (a *app) fittingText(g *globals, prices advise.Table, c *chooseFlags, fits []advise.Fit) string {
	var text strings.Builder
	text.WriteString(indented("", a.fittingHead(prices, c)))
	for _, f := range fits {
		text.WriteString("\n")
		if len(f.Against) > 0 {
			text.WriteString(a.unfitText(f))
			continue
		}
		text.WriteString(a.say("fits: %s, %s USD a month", f.Pattern.Name, f.Month) + "\n")
		text.WriteString(g.commandText(prices, f))
		for _, r := range f.Remarks {
			text.WriteString(indented("  ", a.say("--%s: %s", r.Need, r)))
		}
	}
	text.WriteString(a.fittingNotes(prices, c, fits))
	return text.String()
}

func (a *app) fittingHead(prices advise.Table, c *chooseFlags) string {
	head := []string{a.say("%s VPCs in %s, GB a month: %s", advise.Grouped(c.count), prices.Region, advise.Grouped(c.gb))}
	for _, need := range c.wish().All() {
		if need != advise.NeedMany {
			head = append(head, "--"+string(need))
		}
	}
	return a.inList(head)
}

func (a *app) unfitText(f advise.Fit) string {
	lines := []string{a.say("does not fit: %s", f.Pattern.Name) + "\n"}
	for _, against := range f.Against {
		what := a.say("--%s: up to %d VPCs", against.Need, f.Pattern.Takes.Most)
		if against.Criterion != nil {
			what = a.say("--%s: %s: %s", against.Need, against.Criterion.Title, against.Criterion.Marks[f.Pattern.Name])
		}
		lines = append(lines, indented("  ", what), indented("    ", against.Why.Say(a.lang)))
	}
	return strings.Join(lines, "")
}

// fittingNotes say what vpclink cannot make yet, and what the sums lack.
func (a *app) fittingNotes(prices advise.Table, c *chooseFlags, fits []advise.Fit) string {
	var notes []string
	if *c.needs[advise.NeedRegions] || *c.needs[advise.NeedAccounts] {
		notes = append(notes, a.say("vpclink makes links within one region and one account so far: the commands make the lab there, and what leads across is to be made by hand. Traffic between regions is billed besides."))
	}
	if *c.needs[advise.NeedAZLoss] {
		notes = append(notes, a.say("That is about the link alone: vpclink starts one instance a VPC, in one AZ."))
	}
	if slices.ContainsFunc(fits, func(f advise.Fit) bool { return !f.Month.Whole() }) {
		notes = append(notes, a.say("There are no prices for %s; there are those of: %s", prices.Region, a.inList(advise.Regions())))
	}
	for _, f := range fits {
		if why, left := leftOut(f, c.gb); left {
			notes = append(notes, ofPattern{f.Pattern.Name, why}.Say(a.lang))
		}
	}
	if advise.Numbered(c.count) {
		notes = append(notes, a.say("printf and seq write the names, in a shell like bash; with -o json the commands have them all."))
	}
	notes = append(notes, a.say("The cost is of the links alone, without instances: vpclink cost. The reasons: vpclink compare --why."))
	for i, note := range notes {
		notes[i] = "\n" + indented("", note)
	}
	return strings.Join(notes, "")
}

// leftOut returns what the sum of a pattern that fits is without, with so many GB; false when it is without nothing.
func leftOut(f advise.Fit, gb int) (why advise.Said, left bool) {
	why, counted := advise.Uncounted(f.Pattern.Name)
	return why, !counted && gb > 0 && len(f.Against) == 0
}
