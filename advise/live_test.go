package advise

import "testing"

func TestCompare(t *testing.T) {
	price := func(usd string, tiers ...Tier) Price {
		amount, _ := ParseUSD(usd)
		return Price{USD: amount, Tiers: tiers}
	}
	six, _ := ParseUSD("0.006")
	tier := Tier{1048576, six}
	for _, c := range []struct {
		name  string
		table Price
		known bool
		live  []Price
		want  Verdict
	}{
		{"the same, written otherwise", price("0.07"), true, []Price{price("0.0700000000")}, Same},
		{"the same twice", price("0.07"), true, []Price{price("0.07"), price("0.070")}, Same},
		{"another", price("0.07"), true, []Price{price("0.08")}, Different},
		{"the same tiers", price("0.01", tier), true, []Price{price("0.01", tier)}, Same},
		{"a tier less", price("0.01", tier), true, []Price{price("0.01")}, Different},
		{"a tier elsewhere", price("0.01", tier), true, []Price{price("0.01", Tier{1000, six})}, Different},
		{"several", price("0.07"), true, []Price{price("0.07"), price("0.08")}, Several},
		{"none", price("0.07"), true, nil, Missing},
		{"not in the table", Price{}, false, []Price{price("0")}, New},
		{"nowhere", Price{}, false, nil, Missing},
	} {
		if got := Compare(c.table, c.known, c.live); got != c.want {
			t.Errorf("%s: got %s, want %s", c.name, got, c.want)
		}
	}
	for _, item := range Items() {
		usage, listed := tokyo.Usage(item)
		if listed != (item.Live != nil) || listed && usage != "APN1-"+item.Live.Usage {
			t.Errorf("%s is asked for in Tokyo as %q, want the region's prefix", item.Name, usage)
		}
	}
}
