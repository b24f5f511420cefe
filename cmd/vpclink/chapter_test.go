package main

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vpclink/cmd/vpclink/ui"
)

// TestChapterFits holds the pages of compare, cost and choose to 80 columns in both languages.
func TestChapterFits(t *testing.T) {
	l := newLab(t)
	for _, typed := range []string{
		"compare", "compare --why", "cost", "cost --hours 40", "cost --instances --hours 40 --gb 100", "cost privatelink --gb 123456",
		"cost igw --instances --hours 1000", "cost --region eu-west-1", "cost --count 5 --azs 3 --both-ways --plot", "cost --plot --instances",
		"choose --no-igw --count 3 --both-ways --survive-az --cross-region --cross-account --private-address-space",
		"choose --overlapping-cidrs --count 200 --gb 99999 --region eu-west-1", "choose --overlapping-cidrs --count 26 --survive-az",
		"cost --count 5000 --azs 6 --gb 1000000000 --instances --hours 1000000", "cost privatelink --count 5000 --azs 6 --gb 1000000000 --hours 744",
		"cost --count 5000 --gb 1000000000 --plot",
	} {
		for _, lang := range []string{"en", "ja"} {
			out := l.must(append(strings.Fields(typed), "--lang", lang)...).out
			for line := range strings.Lines(out) {
				line = strings.TrimSuffix(line, "\n")
				if ui.Width(line) > pageWide {
					t.Errorf("%s in %s has a line of %d columns:\n%s", typed, lang, ui.Width(line), line)
				}
				if strings.HasSuffix(line, " ") {
					t.Errorf("%s in %s has spaces at the end of %q", typed, lang, line)
				}
			}
			if lang == "ja" && strings.Contains(out, "unknown") {
				t.Errorf("%s says unknown in Japanese:\n%s", typed, out)
			}
		}
	}
}

// Pages that are long are kept whole.
func TestChapterPages(t *testing.T) {
	l := newLab(t)
	for name, typed := range map[string]string{
		"compare.txt": "compare --why", "compare.ja.txt": "compare --why --lang ja",
		"cost.txt": "cost --instances --gb 100 --hours 40", "cost.ja.txt": "cost privatelink --gb 500 --lang ja",
		"plot.txt": "cost --count 5 --azs 3 --both-ways --plot", "choose.txt": "choose --no-igw --count 3 --both-ways --survive-az --cross-region",
		"choose.ja.txt": "choose --no-igw --count 3 --both-ways --survive-az --cross-region --lang ja",
	} {
		l.golden("chapter/"+name, l.must(strings.Fields(typed)...).out)
	}
}

// No list in JSON is null, also where there is nothing.
func TestChapterJSONHasNoNullLists(t *testing.T) {
	l := newLab(t)
	for _, typed := range []string{"compare", "cost", "cost tgw --instances --region us-east-1", "choose --private-address-space --count 70", "choose --no-igw"} {
		out := l.must(append(strings.Fields(typed), "-o", "json")...).out
		var v map[string]any
		if err := json.Unmarshal([]byte(out), &v); err != nil || v["vpclink"] != 1.0 {
			t.Errorf("%s -o json: %v, want JSON of form 1:\n%s", typed, err, out)
		}
		if strings.Contains(out, "null") && !strings.Contains(typed, "--instances") {
			t.Errorf("%s -o json has a null:\n%s", typed, out)
		}
	}
}

func TestWrapped(t *testing.T) {
	for _, c := range []struct {
		text string
		room int
		want []string
	}{
		{"one two three", 7, []string{"one two", "three"}},
		{"one two three", 3, []string{"one", "two", "three"}},
		{"インターネット、東京", 14, []string{"インターネッ", "ト、東京"}},
		{"あい「うえ」お", 6, []string{"あい", "「う", "え」お"}},
		{"VPC を 3 つ", 6, []string{"VPC を", "3 つ"}},
		{"", 5, []string{""}},
		{"unbreakable", 4, []string{"unbreakable"}},
	} {
		if diff := cmp.Diff(c.want, wrapped(c.text, c.room)); diff != "" {
			t.Errorf("%q in %d columns (-want +got):\n%s", c.text, c.room, diff)
		}
	}
}
