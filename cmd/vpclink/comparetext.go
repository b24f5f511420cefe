package main

import (
	"fmt"
	"slices"
	"strings"

	"vpclink/advise"
	"vpclink/cmd/vpclink/ui"
)

// comparisonText sets the comparison as a table, with notes below it:
//
//	                               igw  peering  privatelink  tgw
//	2.1 Reliability
//	  affected by the loss of an AZ  no   no       yes [1]      yes [1]
func (a *app) comparisonText(c *advise.Chapter) string {
	head := []string{""}
	for _, p := range c.Patterns {
		head = append(head, p.Name)
	}
	rows := [][]string{head}
	var notes []string
	noted := func(text string) string {
		if !slices.Contains(notes, text) {
			notes = append(notes, text)
		}
		return fmt.Sprintf(" [%d]", slices.Index(notes, text)+1)
	}
	for _, s := range c.Sections {
		rows = append(rows, []string{s.Number + " " + s.Title.Say(a.lang)})
		for _, criterion := range s.Criteria {
			row := []string{"  " + criterion.Title.Say(a.lang)}
			for _, p := range c.Patterns {
				judged := criterion.Marks[p.Name]
				cell := judged.Say(a.lang)
				if judged.Remedy != nil {
					cell += noted(a.say("%s: %s", judged.Remedy, judged.Remedy.Flag))
				}
				if change := criterion.ChangeOf(p.Name); change != nil {
					cell += noted(change.Sourced(a.lang))
				}
				row = append(row, cell)
			}
			rows = append(rows, row)
		}
	}
	var text strings.Builder
	text.WriteString(table(rows) + "\n")
	for i, note := range notes {
		text.WriteString(indented(fmt.Sprintf("[%d] ", i+1), note))
	}
	return text.String()
}

// reasonsText gives each mark's reason, criterion by criterion.
func (a *app) reasonsText(c *advise.Chapter) string {
	var text strings.Builder
	for _, s := range c.Sections {
		for _, criterion := range s.Criteria {
			fmt.Fprintf(&text, "\n%s %s: %s\n", s.Number, s.Title.Say(a.lang), criterion.Title.Say(a.lang))
			for _, p := range c.Patterns {
				judged := criterion.Marks[p.Name]
				text.WriteString(indented("  "+ui.Pad(p.Name, 13)+ui.Pad(judged.Say(a.lang), 8), judged.Why.Say(a.lang)))
			}
		}
	}
	return text.String()
}
