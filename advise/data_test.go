package advise

import (
	"slices"
	"strings"
	"testing"

	"vpclink/steps"
)

// TestComparisonIsComplete holds that every pattern has a mark or an amount, and a reason in both languages, in every row.
func TestComparisonIsComplete(t *testing.T) {
	c := Comparison()
	names := map[string]bool{}
	for _, s := range c.Sections {
		said(t, s.Number, s.Title)
		for _, criterion := range s.Criteria {
			if names[criterion.Name] {
				t.Errorf("there are two criteria %s", criterion.Name)
			}
			names[criterion.Name] = true
			said(t, criterion.Name, criterion.Title)
			if len(criterion.Marks) != len(c.Patterns) {
				t.Errorf("%s has %d marks, want one of each pattern", criterion.Name, len(criterion.Marks))
			}
			for _, p := range c.Patterns {
				marked(t, criterion.Name+" of "+p.Name, criterion.Marks[p.Name])
			}
			changed(t, c, criterion)
		}
	}
	if len(c.Patterns) != 4 || len(names) != 12 {
		t.Errorf("want the chapter's 4 patterns and 12 rows, got %d and %d", len(c.Patterns), len(names))
	}
}

func marked(t *testing.T, at string, judged Judged) {
	t.Helper()
	said(t, at, judged.Why)
	if judged.Remedy != nil {
		said(t, at, judged.Remedy.Said)
	}
	if judged.Many != nil {
		said(t, at, *judged.Many)
	}
	if _, known := markTexts[judged.Mark]; known == (judged.USD != nil) {
		t.Errorf("%s: want either a mark or an amount, got %q and %v", at, judged.Mark, judged.USD)
	}
}

func changed(t *testing.T, c *Chapter, criterion Criterion) {
	t.Helper()
	for _, change := range criterion.Changes {
		said(t, criterion.Name, change.What)
		said(t, criterion.Name, change.Source)
		if (change.Since == "") == (change.By == "") || change.Now != "" && change.Since == "" {
			t.Errorf("%s: want a change to say since when, or by when where that is not known, got %+v", criterion.Name, change)
		}
		for _, name := range change.Patterns {
			if _, ok := c.Find(name); !ok {
				t.Errorf("%s: there is no pattern %s", criterion.Name, name)
			}
		}
	}
}

func said(t *testing.T, at string, text Said) {
	t.Helper()
	if text.English == "" || text.Japanese == "" || strings.TrimSpace(text.English+text.Japanese) != text.English+text.Japanese {
		t.Errorf("%s: want a text in both languages, got %+v", at, text)
	}
}

// TestNeedsAreDecided holds that every requirement has a criterion that says which mark is the better one.
func TestNeedsAreDecided(t *testing.T) {
	for _, need := range allNeeds() {
		c := criterionOf(need)
		if c == nil || c.Good != Yes && c.Good != No {
			t.Errorf("%s: want a criterion with a better mark, got %+v", need, c)
		}
	}
}

// TestSourcesAreComplete holds that regions and sources are told in both languages, and how certain a source is.
func TestSourcesAreComplete(t *testing.T) {
	for _, r := range prices().Regions {
		said(t, r.Name, r.Place)
	}
	for name, why := range prices().Uncounted {
		said(t, name, why)
		if _, there := Comparison().Find(name); !there {
			t.Errorf("traffic of %s is not counted, and there is no such pattern", name)
		}
	}
	for name, s := range prices().Sources {
		said(t, name, s.Said)
		if !slices.Contains([]Certainty{Stated, Seen, Unchecked}, s.Certain) {
			t.Errorf("source %s: want to know how certain it is, got %q", name, s.Certain)
		}
	}
}

// TestPricesAreComplete holds that every item is told in both languages, and every price to be from somewhere.
func TestPricesAreComplete(t *testing.T) {
	for _, item := range Items() {
		said(t, item.Name, item.Title)
		if strings.ContainsAny(item.Title.English+item.Title.Japanese, ",、") {
			t.Errorf("%s: want a title without commas, since it stands in lists, got %v", item.Name, item.Title)
		}
		if _, ok := unitTexts[item.Unit]; !ok || item.Of != OfLink && item.Of != OfInstance {
			t.Errorf("%s: want a unit and what it belongs to, got %q and %q", item.Name, item.Unit, item.Of)
		}
		for region, p := range item.Prices {
			if _, known := Prices(region); !known || p.From().Certain == "" || p.USD.exact == nil {
				t.Errorf("%s in %s: want a region, a source and an amount that there are, got %+v", item.Name, region, p)
			}
			if p.Source == "tutorial" && p.Date != "2024-06" {
				t.Errorf("%s in %s: want the tutorial's date, got %q", item.Name, region, p.Date)
			}
		}
	}
}

// TestTrafficIsPriced holds that what patterns are billed for by traffic are items.
func TestTrafficIsPriced(t *testing.T) {
	for _, p := range Comparison().Patterns {
		names, ok := prices().Traffic[p.Name]
		if !ok {
			t.Errorf("prices.yaml does not say what traffic by %s costs", p.Name)
		}
		for _, name := range names {
			if itemOf(name) == nil || itemOf(name).Prices == nil {
				t.Errorf("traffic by %s is billed by %s, of which there is no price", p.Name, name)
			}
		}
	}
}

// TestEveryKindIsPricedOrFree holds the table of kinds to the kinds there are.
func TestEveryKindIsPricedOrFree(t *testing.T) {
	kinds := steps.Kinds()
	for kind := range kinds {
		priced := slices.ContainsFunc(prices().Kinds, func(k pricedKind) bool { return k.Kind == kind })
		if !priced && !slices.Contains(prices().Free, kind) {
			t.Errorf("prices.yaml says neither what a %s costs nor that it is free", kind)
		}
	}
	for _, row := range prices().Kinds {
		if _, there := kinds[row.Kind]; !there {
			t.Errorf("prices.yaml prices %s, and there is no such kind", row.Kind)
		}
		if slices.Contains(prices().Free, row.Kind) {
			t.Errorf("prices.yaml says of %s that it is free, and prices it", row.Kind)
		}
		if !strings.Contains(row.Item, "{") && (itemOf(row.Item) == nil || itemOf(row.Item).Prices == nil && row.Item != "root-disk") {
			t.Errorf("prices.yaml prices %s as %s, of which there is no price", row.Kind, row.Item)
		}
		if !slices.Contains([]string{"thing", "az", "address"}, row.Per) {
			t.Errorf("prices.yaml prices %s per %q", row.Kind, row.Per)
		}
	}
	for _, kind := range prices().Free {
		if _, there := kinds[kind]; !there {
			t.Errorf("prices.yaml says of %s that it is free, and there is no such kind", kind)
		}
	}
}
