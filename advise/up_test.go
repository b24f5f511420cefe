package advise

import (
	"encoding/json"
	"fmt"
	"net/netip"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vpclink/provision"
	"vpclink/steps"
	"vpclink/words"
)

// What up does and refuses is provision's. These tests hold it to the comparison, and the sums to what up makes.

func TestUpIsAsTheComparisonSays(t *testing.T) {
	c := Comparison()
	if got, want := len(c.Patterns), len(provision.Patterns()); got != want {
		t.Fatalf("the comparison has %d patterns and up %d, want the same", got, want)
	}
	for i, p := range provision.Patterns() {
		told := c.Patterns[i]
		if told.Name != p.Name {
			t.Errorf("the comparison's pattern %d is %s and up's %s, want the same", i+1, told.Name, p.Name)
		}
		if p.Most != told.Takes.Most && (p.Most != 0 || told.Name != "tgw") { // AWS's own limit, which no test can meet
			t.Errorf("up links %d VPCs with %s at most, the comparison says %d", p.Most, p.Name, told.Takes.Most)
		}
		if p.MostWhy != "" {
			alike(t, p.Name+"'s limit", words.New(p.MostWhy), told.Takes.Why)
		}
		if overlap := c.Criterion("overlapping-cidrs").Now(p.Name); p.Disjoint != (overlap == No) {
			t.Errorf("%s: the mark for overlapping CIDRs is %s, and up refuses them: %t", p.Name, overlap, p.Disjoint)
		}
		_, err := provision.NewPlan(request(t, p, "a=10.1.0.0/16", "b=10.1.0.0/16"), nil, zones)
		if refused := err != nil; refused != p.Disjoint {
			t.Errorf("%s with overlapping CIDRs: refused is %t, want %t (%v)", p.Name, refused, p.Disjoint, err)
		} else if refused {
			alike(t, p.Name+"'s refusal of overlapping CIDRs", err, c.Criterion("overlapping-cidrs").Marks[p.Name].Why)
		}
		both := c.Criterion("both-directions").Now(p.Name)
		if takes := p.Takes(provision.FlagBothWays); takes != (both == Partly) {
			t.Errorf("%s: the mark for both directions is %s, and up takes --both-ways: %t", p.Name, both, takes)
		}
		many := c.Criterion("many-vpcs").Now(p.Name) // partly for want of a hub, of which up gives a hint, or of a direction
		if hinted := p.Hint != "" || p.Takes(provision.FlagBothWays); hinted != (many == Partly) {
			t.Errorf("%s: the mark for three or more VPCs is %s, and up has a hint or --both-ways: %t", p.Name, many, hinted)
		}
	}
}

// numbers are those that a limit can have; blocks and names are none.
var numbers = regexp.MustCompile(`\b[0-9]{2,}\b`)

// alike holds a refusal of up against the comparison's reason for it: the same numbers, and the same word for what is
// routed by.
func alike(t *testing.T, what string, refusal error, why Said) {
	t.Helper()
	for _, l := range []words.Language{words.English, words.Japanese} {
		up := blocks.ReplaceAllString(l.Error(refusal), "")
		if diff := cmp.Diff(numbers.FindAllString(why.Say(l), -1), numbers.FindAllString(up, -1)); diff != "" {
			t.Errorf("%s has other numbers in up (+) than in the comparison (-), %q and %q:\n%s", what, up, why.Say(l), diff)
		}
		for _, word := range []string{"destination", "送信先", "宛先"} {
			if strings.Contains(up, word) != strings.Contains(why.Say(l), word) {
				t.Errorf("%s: want the word %s in up and in the comparison alike, got %q and %q", what, word, up, why.Say(l))
			}
		}
	}
}

// blocks are those that a refusal names.
var blocks = regexp.MustCompile(`[0-9]+(\.[0-9]+){3}/[0-9]+`)

// TestCostsAreOfWhatUpMakes compares the things that a sum is made of with those of a plan.
func TestCostsAreOfWhatUpMakes(t *testing.T) {
	table, _ := Prices(DefaultRegion)
	for _, p := range provision.Patterns() {
		for _, u := range usages() {
			t.Run(fmt.Sprintf("%s %d VPCs %d AZs both ways %t", p.Name, u.VPCs, u.AZs, u.BothWays), func(t *testing.T) {
				got := unitsOf(table.Hourly(u.Things(p.Name)...))
				want := planned(t, p, u)
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("want the sum to be of what up makes (-up +sum):\n%s", diff)
				}
				if len(got) == 0 {
					t.Error("want something that costs, instances at least")
				}
			})
		}
	}
}

func usages() []Usage {
	var list []Usage
	for _, vpcs := range []int{2, 3, 7} {
		for azs := range zones {
			for _, both := range []bool{false, true} {
				list = append(list, Usage{VPCs: vpcs, AZs: azs + 1, BothWays: both, Instances: true})
			}
		}
	}
	return list
}

var zones = []string{"apne1-az1", "apne1-az2", "apne1-az4"}

func request(t *testing.T, p provision.Pattern, names ...string) provision.Request {
	t.Helper()
	items, err := provision.ParseItems(names)
	if err != nil {
		t.Fatal(err)
	}
	return provision.Request{
		Stack: p.Name, Pattern: p, Items: items, AZs: 1, Pool: netip.MustParsePrefix("10.0.0.0/8"),
		OS: provision.OSWindows, Instances: true,
	}
}

// planned counts what AWS bills by the hour in a plan of up, by item.
func planned(t *testing.T, p provision.Pattern, u Usage) map[string]int {
	t.Helper()
	var names []string
	for i := range u.VPCs {
		names = append(names, vpcName(i, u.VPCs))
	}
	r := request(t, p, names...)
	r.AZs, r.BothWays = u.AZs, u.BothWays && p.Takes(provision.FlagBothWays)
	plan, err := provision.NewPlan(r, nil, zones)
	if err != nil {
		t.Fatal(err)
	}
	units := map[string]int{}
	for _, res := range plan.Resources {
		switch res.Key.Kind() {
		case steps.KindVPCEndpoint:
			units["endpoint"] += len(settings[steps.VPCEndpoint](t, res).Subnets)
		case steps.KindNLB:
			units["nlb"]++
		case steps.KindTGWAttachment:
			units["tgw-attachment"]++
		case steps.KindInstance:
			set := settings[steps.Instance](t, res)
			units[set.Type+"-"+r.OS]++
			units["root-disk"]++
			if set.PublicIP {
				units["public-ipv4"]++
			}
		}
	}
	return units
}

func settings[S any](t *testing.T, r provision.Resource) S {
	t.Helper()
	var set S
	if err := json.Unmarshal(r.Settings, &set); err != nil {
		t.Fatal(err)
	}
	return set
}

func unitsOf(lines []Line) map[string]int {
	units := map[string]int{}
	for _, l := range lines {
		units[l.Item.Name] = l.Units
	}
	return units
}
