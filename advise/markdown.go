package advise

import (
	"fmt"
	"strings"

	"vpclink/words"
)

// Markdown returns the comparison as Markdown, with the reason of each mark if they are wanted.
func (c *Chapter) Markdown(l words.Language, why bool) string {
	var page strings.Builder
	for i, s := range c.Sections {
		if i > 0 {
			page.WriteString("\n")
		}
		fmt.Fprintf(&page, "## %s %s\n\n", s.Number, s.Title.Say(l))
		page.WriteString(c.header())
		for _, criterion := range s.Criteria {
			c.row(&page, l, criterion)
		}
		for _, criterion := range s.Criteria {
			if why {
				c.reasons(&page, l, criterion)
			}
			changes(&page, l, criterion)
		}
	}
	return page.String()
}

func (c *Chapter) header() string {
	head, line := "| |", "| --- |"
	for _, p := range c.Patterns {
		head, line = head+" "+p.Name+" |", line+" --- |"
	}
	return head + "\n" + line + "\n"
}

func (c *Chapter) row(page *strings.Builder, l words.Language, criterion Criterion) {
	fmt.Fprintf(page, "| %s |", criterion.Title.Say(l))
	for _, p := range c.Patterns {
		judged := criterion.Marks[p.Name]
		cell := judged.Say(l)
		if judged.Remedy != nil {
			cell = l.Say("%s (%s)", cell, judged.Remedy)
		}
		if change := criterion.ChangeOf(p.Name); change != nil && change.Now != "" {
			cell = l.Say("%s; %s since %s", cell, change.Now, change.Since)
		}
		fmt.Fprintf(page, " %s |", cell)
	}
	page.WriteString("\n")
}

func (c *Chapter) reasons(page *strings.Builder, l words.Language, criterion Criterion) {
	fmt.Fprintf(page, "\n### %s\n\n", criterion.Title.Say(l))
	for _, p := range c.Patterns {
		judged := criterion.Marks[p.Name]
		fmt.Fprintf(page, "- **%s** %s: %s\n", p.Name, judged.Say(l), judged.Why.Say(l))
	}
}

// changes tell what AWS has changed.
func changes(page *strings.Builder, l words.Language, criterion Criterion) {
	for _, change := range criterion.Changes {
		fmt.Fprintf(page, "\n> %s: %s\n", strings.Join(change.Patterns, l.In(", ")), change.Sourced(l))
	}
}
