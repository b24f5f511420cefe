package main

import (
	"context"

	"github.com/spf13/cobra"

	"vpclink/advise"
	"vpclink/words"
)

// The forms of a result that only some commands have.
const formMarkdown, formSVG = "md", "svg"

func newCompare(a *app, g *globals) *cobra.Command {
	why, form := false, outputText
	cmd := &cobra.Command{
		Use:   "compare",
		Short: a.say("Compare the four patterns, as the tutorial's chapter 2 does"),
		Long: a.say(`compare shows how the four patterns compare in reliability, security, cost and features, as the tutorial's chapter 2 has it
(June 2024, Tokyo). Where AWS has changed since, both are said. --why gives the reason of each mark. It asks AWS nothing.

With -o json: {"vpclink":1,"of":{"region","date","count","hours"},"patterns":[{"name","title","most"}],"sections":[{"number","title","criteria":[{"name","title",
"marks":[{"pattern","mark","usd","why","remedy"}],"changes":[{"patterns","now","since","by","what","source"}]}]}]}; a mark is yes,
no or partly, and usd stands in the place of one. JSON has all reasons, and is in English always.`),
		Example: `  vpclink compare
  vpclink compare --why
  vpclink compare --format md --lang ja > patterns.ja.md`,
		Args: noArgs,
		RunE: a.does(g, func(context.Context, *cobra.Command, []string) error { return a.compare(g, form, why) }),
	}
	cmd.Flags().BoolVar(&why, "why", false, a.say("the reason of each mark"))
	cmd.Flags().Var(oneOf(&form, outputText, formMarkdown), "format", a.say("form of the text: for the terminal, or Markdown"))
	return cmd
}

func (a *app) compare(g *globals, form string, why bool) error {
	c := advise.Comparison()
	switch {
	case g.region != "":
		return usage("vpclink cost --region "+g.region, "compare has the tutorial's numbers, which are of %s: leave --region out", advise.DefaultRegion)
	case g.json() && form != outputText:
		return formTwice(form)
	case g.json():
		return a.printJSON(comparisonOf(c))
	case form == formMarkdown:
		return a.print("%s", a.numbersOf()+"\n\n"+c.Markdown(a.lang, why))
	}
	text := indented("", a.numbersOf()) + "\n" + a.comparisonText(c)
	if why {
		text += a.reasonsText(c)
	}
	return a.print("%s", text)
}

// tutorialsMonth is of when the tutorial's prices are.
const tutorialsMonth = "2024-06"

// numbersOf says what the comparison's numbers are of.
func (a *app) numbersOf() string {
	return a.say("The tutorial's marks and sums: Tokyo, June 2024, 2 VPCs, %d hours a month, USD.", advise.HoursAMonth)
}

// formTwice refuses two forms of one result.
func formTwice(form string) error {
	return usage("", "--format %s and -o json are two forms of one result: leave one of the two out", form)
}

// comparisonJSON is the result of compare.
type comparisonJSON struct {
	Version  int           `json:"vpclink"`
	Of       numbersJSON   `json:"of"`
	Patterns []patternJSON `json:"patterns"`
	Sections []sectionJSON `json:"sections"`
}

// numbersJSON is what the amounts are of.
type numbersJSON struct {
	Region string `json:"region"`
	Date   string `json:"date"`
	Count  int    `json:"count"` // VPCs
	Hours  int    `json:"hours"` // of a month
}

type patternJSON struct {
	Name  string `json:"name"`
	Title string `json:"title"`
	Most  int    `json:"most,omitempty"` // VPCs
}

type sectionJSON struct {
	Number   string          `json:"number"`
	Title    string          `json:"title"`
	Criteria []criterionJSON `json:"criteria"`
}

type criterionJSON struct {
	Name    string       `json:"name"`
	Title   string       `json:"title"`
	Marks   []markJSON   `json:"marks"`
	Changes []changeJSON `json:"changes"`
}

type markJSON struct {
	Pattern string      `json:"pattern"`
	Mark    advise.Mark `json:"mark"`
	USD     *advise.USD `json:"usd,omitempty"`
	Why     string      `json:"why"`
	Remedy  string      `json:"remedy,omitempty"`
}

type changeJSON struct {
	Patterns []string    `json:"patterns"`
	Now      advise.Mark `json:"now"`
	Since    string      `json:"since"`
	By       string      `json:"by"`
	What     string      `json:"what"`
	Source   string      `json:"source"`
}

func comparisonOf(c *advise.Chapter) comparisonJSON {
	out := comparisonJSON{Version: formVersion, Of: numbersJSON{advise.DefaultRegion, tutorialsMonth, 2, advise.HoursAMonth}}
	for _, p := range c.Patterns {
		out.Patterns = append(out.Patterns, patternJSON{p.Name, p.Title.English, p.Takes.Most})
	}
	for _, s := range c.Sections {
		section := sectionJSON{Number: s.Number, Title: s.Title.English}
		for _, criterion := range s.Criteria {
			section.Criteria = append(section.Criteria, criterionOf(c, criterion))
		}
		out.Sections = append(out.Sections, section)
	}
	return out
}

func criterionOf(c *advise.Chapter, criterion advise.Criterion) criterionJSON {
	out := criterionJSON{Name: criterion.Name, Title: criterion.Title.English, Changes: []changeJSON{}}
	for _, p := range c.Patterns {
		judged := criterion.Marks[p.Name]
		mark := markJSON{p.Name, judged.Mark, judged.USD, judged.Why.English, ""}
		if judged.Remedy != nil {
			mark.Remedy = judged.Remedy.Say(words.English)
		}
		out.Marks = append(out.Marks, mark)
	}
	for _, ch := range criterion.Changes {
		out.Changes = append(out.Changes, changeJSON{ch.Patterns, ch.Now, ch.Since, ch.By, ch.What.English, ch.Source.English})
	}
	return out
}
