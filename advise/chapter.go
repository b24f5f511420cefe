package advise

import (
	"slices"
	"sync"

	"vpclink/words"
)

// Chapter is the comparison of the four patterns.
type Chapter struct {
	Patterns []Pattern `json:"patterns"`
	Sections []Section `json:"sections"`
}

// Pattern is one way to link VPCs, as it is compared.
type Pattern struct {
	Name  string `json:"name"`
	Title Said   `json:"title"`
	Takes Limit  `json:"takes"`
}

// Limit is how many VPCs a pattern links.
type Limit struct {
	Most int  `json:"most"` // 0: no limit of its own
	Why  Said `json:"why"`
}

// Section is a numbered part of the chapter.
type Section struct {
	Number   string      `json:"number"`
	Title    Said        `json:"title"`
	Criteria []Criterion `json:"criteria"`
}

// Criterion is one row of the comparison.
type Criterion struct {
	Name    string            `json:"name"` // by which choose and the tests find it
	Title   Said              `json:"title"`
	Good    Mark              `json:"good"`  // which mark is the better one, "" for none
	Marks   map[string]Judged `json:"marks"` // by pattern
	Changes []Change          `json:"changes"`
}

// Judged is a pattern's mark, or amount, with its reason.
type Judged struct {
	Mark   Mark    `json:"mark"` // "" where USD stands in its place
	USD    *USD    `json:"usd"`
	Why    Said    `json:"why"`
	Remedy *Remedy `json:"remedy"` // nil: nothing helps against a bad mark
	Many   *Said   `json:"many"`   // what to know besides when there are three VPCs or more; nil: nothing
}

// Remedy is what turns a bad mark into a good one.
type Remedy struct {
	Flag string `json:"flag"` // of up
	Said
}

// Change is what AWS has changed since the tutorial was written.
type Change struct {
	Patterns []string `json:"patterns"`
	Now      Mark     `json:"now"`   // the mark today, "" when it is the same
	Since    string   `json:"since"` // year and month, "" when only By is known
	By       string   `json:"by"`    // it was so by then
	What     Said     `json:"what"`
	Source   Said     `json:"source"`
}

// Mark says how far something holds of a pattern.
type Mark string

// The marks there are.
const (
	Yes    Mark = "yes"
	No     Mark = "no"
	Partly Mark = "partly"
)

var _ words.Speaker = Yes

// markTexts are the marks as people read them.
var markTexts = map[Mark]words.Text{Yes: "yes", No: "no", Partly: "partly"}

// Say returns the mark in a language.
func (m Mark) Say(l words.Language) string { return l.In(markTexts[m]) }

// chapter is read when something of it is first asked for.
var chapter = sync.OnceValue(func() *Chapter { return read[Chapter]("patterns.json") })

// Comparison returns the chapter. Nobody may change it.
func Comparison() *Chapter { return chapter() }

// Find returns a pattern by its name; false when there is none.
func (c *Chapter) Find(name string) (Pattern, bool) {
	i := slices.IndexFunc(c.Patterns, func(p Pattern) bool { return p.Name == name })
	if i < 0 {
		return Pattern{}, false
	}
	return c.Patterns[i], true
}

// Criterion returns a criterion by its name, nil when there is none.
func (c *Chapter) Criterion(name string) *Criterion {
	for _, s := range c.Sections {
		for i := range s.Criteria {
			if s.Criteria[i].Name == name {
				return &s.Criteria[i]
			}
		}
	}
	return nil
}

// ChangeOf returns what AWS has changed for a pattern, nil when nothing.
func (c *Criterion) ChangeOf(pattern string) *Change {
	i := slices.IndexFunc(c.Changes, func(ch Change) bool { return slices.Contains(ch.Patterns, pattern) })
	if i < 0 {
		return nil
	}
	return &c.Changes[i]
}

// Now returns a pattern's mark today: the tutorial's, unless AWS has changed it since.
func (c *Criterion) Now(pattern string) Mark {
	if change := c.ChangeOf(pattern); change != nil && change.Now != "" {
		return change.Now
	}
	return c.Marks[pattern].Mark
}

// Say returns a mark or an amount in a language.
func (j Judged) Say(l words.Language) string {
	if j.USD != nil {
		return j.USD.String()
	}
	return j.Mark.Say(l)
}

// When says since when it is so: "since 2024-11".
func (c *Change) When(l words.Language) string {
	if c.Since == "" {
		return l.Say("by %s", c.By)
	}
	return l.Say("since %s", c.Since)
}

// Say returns the change as a sentence or two with its date, AWS's present mark first where it differs.
func (c *Change) Say(l words.Language) string {
	if c.Now == "" {
		return l.Say("%s: %s", c.When(l), c.What)
	}
	return l.Say("now %s, since %s: %s", c.Now, c.Since, c.What)
}

// Sourced is the same with where it is from.
func (c *Change) Sourced(l words.Language) string { return l.Say("%s (source: %s)", c, c.Source) }
