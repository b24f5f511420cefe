package advise

import (
	"encoding/json"
	"math/big"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vpclink/words"
)

var tokyo, _ = Prices(DefaultRegion)

// TestTutorialsSums holds the sums to the last digit, from the prices and in the comparison.
func TestTutorialsSums(t *testing.T) {
	for _, c := range []struct {
		pattern   string
		both      bool
		criterion string
		want      string
	}{
		{"igw", false, "fixed-one-way", "7.2"},
		{"igw", true, "fixed-both-ways", "7.2"},
		{"peering", false, "fixed-one-way", "0"},
		{"peering", true, "fixed-both-ways", "0"},
		{"privatelink", false, "fixed-one-way", "27.576"},
		{"privatelink", true, "fixed-both-ways", "55.152"},
		{"tgw", false, "fixed-one-way", "100.8"},
		{"tgw", true, "fixed-both-ways", "100.8"},
	} {
		want, _ := ParseUSD(c.want)
		got := tokyo.Cost(c.pattern, Usage{VPCs: 2, AZs: 1, BothWays: c.both}).Month()
		if got.USD.Cmp(want) != 0 || got.Say(words.English) != c.want || !got.Whole() {
			t.Errorf("%s, both ways %t: a month costs %s, want %s", c.pattern, c.both, got.Say(words.English), c.want)
		}
		if told := Comparison().Criterion(c.criterion).Marks[c.pattern].USD; told.Cmp(want) != 0 {
			t.Errorf("the comparison says %s of %s, want %s", told, c.pattern, c.want)
		}
	}
	if grows := Comparison().Criterion("grows"); grows != nil {
		for _, p := range Comparison().Patterns {
			more := tokyo.Cost(p.Name, Usage{VPCs: 2, AZs: 1}).PerGB().USD.Cmp(USD{}) > 0
			if more != (grows.Marks[p.Name].Mark == Yes) {
				t.Errorf("%s: the comparison says of growing with traffic %s, and a GB costs: %t", p.Name, grows.Marks[p.Name].Mark, more)
			}
		}
	}
}

func TestCost(t *testing.T) {
	virginia, _ := Prices("us-east-1")
	nowhere, known := Prices("eu-west-1")
	if known {
		t.Fatal("want nothing known of eu-west-1, for this test")
	}
	for _, c := range []struct {
		name    string
		table   Table
		pattern string
		usage   Usage
		want    []string // an hour fixed, a GB, an hour, a day, a month
	}{
		{"a GB an hour is an NLCU", tokyo, "privatelink", Usage{VPCs: 2, AZs: 1, GB: GB(720)}, []string{"0.0383", "0.016", "0.0543", "0.4344", "39.096"}},
		{"shares of an hour", tokyo, "tgw", Usage{VPCs: 2, AZs: 1, GB: GB(1)}, []string{"0.14", "0.02", "0.14", "1.1202", "100.82"}},
		{"new flows are the most", tokyo, "privatelink", Usage{VPCs: 2, AZs: 1, GB: GB(720), NewFlows: 1600}, []string{"0.0383", "0.016", "0.0603", "0.4824", "43.416"}},
		{"active flows are the most", tokyo, "privatelink", Usage{VPCs: 2, AZs: 1, NewFlows: 800, ActiveFlows: 300_000}, []string{"0.0383", "0.016", "0.0563", "0.4504", "40.536"}},
		{"tiers", tokyo, "privatelink", Usage{VPCs: 2, AZs: 1, GB: GB(1048576 + 100), NewFlows: 0}, []string{"0.0383", "0.016", "23.3417", "186.73", "16,805.99"}},
		{"an endpoint in each AZ", tokyo, "privatelink", Usage{VPCs: 4, AZs: 3}, []string{"0.1503", "0.016", "0.1503", "1.2024", "108.22"}},
		{"both ways", tokyo, "privatelink", Usage{VPCs: 4, AZs: 3, BothWays: true}, []string{"0.3492", "0.016", "0.3492", "2.7936", "251.42"}},
		{"Virginia", virginia, "tgw", Usage{VPCs: 3, AZs: 1, GB: GB(100)}, []string{"0.15", "0.02", "0.1528", "1.2222", "110"}},
		{"instances", tokyo, "tgw", Usage{VPCs: 2, AZs: 1, Instances: true}, []string{"0.2856+?", "0.02", "0.2856+?", "2.2848+?", "205.63+?"}},
		{"an unknown region", nowhere, "tgw", Usage{VPCs: 2, AZs: 1}, []string{"unknown", "unknown", "unknown", "unknown", "unknown"}},
		{"unknown traffic is not nothing", nowhere, "peering", Usage{VPCs: 2, AZs: 1, GB: GB(1)}, []string{"0", "unknown", "unknown", "unknown", "unknown"}},
	} {
		cost := c.table.Cost(c.pattern, c.usage)
		var got []string
		for _, sum := range []Sum{cost.Hour(), cost.PerGB(), cost.For(1), cost.For(HoursADay), cost.Month()} {
			got = append(got, sum.Say(words.English))
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
}

// TestUnknownIsSaid: what has no price is missing from no sum without a word.
func TestUnknownIsSaid(t *testing.T) {
	lines := tokyo.Hourly(Thing{Kind: "instance", Count: 2, Type: "t3.micro", OS: "linux", PublicIP: true}, Thing{Kind: "vpc", Count: 2})
	sum := Total(lines)
	var missing []string
	for _, item := range sum.Unknown {
		missing = append(missing, item.Name)
	}
	if diff := cmp.Diff([]string{"t3.micro-linux", "root-disk"}, missing); diff != "" || sum.Whole() || sum.None() {
		t.Errorf("want the type without a price and the disk missing (-want +got):\n%s", diff)
	}
	if got := sum.Say(words.Japanese); got != "0.01+?" {
		t.Errorf("got %s, want what is known and a sign that more comes", got)
	}
	for _, c := range []struct {
		sum  Sum
		want string
	}{{sum, "0.01"}, {Total(lines[1:]), "null"}, {Sum{}, "0"}, {sum.Times(3).And(sum), "0.04"}} {
		if got, err := json.Marshal(c.sum); err != nil || string(got) != c.want {
			t.Errorf("got %s in JSON (%v), want %s", got, err, c.want)
		}
	}
	if got, want := sum.Unknown[0].Title, (Said{"instance t3.micro (Linux)", "インスタンス t3.micro (Linux)"}); got != want {
		t.Errorf("the type without a price is called %v, want %v", got, want)
	}
}

func TestUSD(t *testing.T) {
	for _, c := range []struct{ text, short, exact string }{
		{"0", "0", "0"},
		{"7.20", "7.2", "7.2"},
		{"100", "100", "100"},
		{"0.0243", "0.0243", "0.0243"},
		{"0.00004", "<0.0001", "0.00004"},
		{"0.000000001", "<0.0001", "0.000000001"},
		{"1.00005", "1.0001", "1.00005"},
		{"0.0700000000", "0.07", "0.07"},
		{"99.99996", "100", "99.99996"},
		{"187.576", "187.58", "187.576"},
		{"100.8", "100.8", "100.8"},
		{"1234567.125", "1,234,567.13", "1234567.125"},
	} {
		u, ok := ParseUSD(c.text)
		if !ok || u.String() != c.short || u.Exact() != c.exact {
			t.Errorf("%s: got %s and %s, want %s and %s", c.text, u, u.Exact(), c.short, c.exact)
		}
	}
	for _, text := range []string{"", "x", "1/3", "1,5"} {
		if u, ok := ParseUSD(text); ok {
			t.Errorf("%q was read as %s, want it refused", text, u)
		}
	}
	third := USD{big.NewRat(1, 3)}
	if sum := third.Plus(third).Plus(third); sum.Cmp(USD{}.Plus(USD{big.NewRat(1, 1)})) != 0 {
		t.Errorf("three thirds are %s, want 1 exactly", sum)
	}
}
