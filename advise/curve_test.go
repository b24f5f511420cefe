package advise

import (
	"math/big"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func told(list []Crossing) []string {
	var text []string
	for _, c := range list {
		text = append(text, c.Dearer+" above "+c.Cheaper+" from "+Decimal(c.GB))
	}
	return text
}

func TestCrossings(t *testing.T) {
	for _, c := range []struct {
		name  string
		usage Usage
		want  []string
	}{
		{"the tutorial's", Usage{VPCs: 2, AZs: 1}, nil},
		// (0.4575 - 0.35) × 720 USD more at first, and 0.004 less a GB.
		{"many endpoints", Usage{VPCs: 5, AZs: 3, BothWays: true}, []string{"tgw above privatelink from 19,350"}},
		// 8,000 new flows are 10 NLCUs, 43.2 a month: GB count from 7,200 on.
		{"flows", Usage{VPCs: 2, AZs: 1, NewFlows: 8000}, nil},
		{"flows and endpoints", Usage{VPCs: 5, AZs: 3, BothWays: true, NewFlows: 8000}, []string{"tgw above privatelink from 19,350"}},
		{"flows count for more than GB", Usage{VPCs: 5, AZs: 3, BothWays: true, NewFlows: 80000}, []string{"tgw above privatelink from 50,940"}},
	} {
		curves, ok := tokyo.Curves(c.usage)
		if !ok {
			t.Fatal("want Tokyo's curves")
		}
		if diff := cmp.Diff(c.want, told(Crossings(curves))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
	nowhere, _ := Prices("eu-west-1")
	if _, ok := nowhere.Curves(Usage{VPCs: 2, AZs: 1}); ok {
		t.Error("want no curves where prices are unknown")
	}
}

// TestCrossingsAreWhereTheOrderChanges walks along random curves: between two crossings of a pair its order stays, and at
// each it turns round.
func TestCrossingsAreWhereTheOrderChanges(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		curves, _ := tokyo.Curves(Usage{
			VPCs: rapid.IntRange(2, 400).Draw(t, "VPCs"), AZs: rapid.IntRange(1, 4).Draw(t, "AZs"), BothWays: rapid.Bool().Draw(t, "both"),
			NewFlows: rapid.IntRange(0, 100_000).Draw(t, "new flows"),
		})
		crossings := Crossings(curves)
		for i, a := range curves {
			for _, b := range curves[i+1:] {
				turns(t, a, b, slices.DeleteFunc(slices.Clone(crossings), func(c Crossing) bool {
					return c.Dearer+c.Cheaper != a.Pattern+b.Pattern && c.Dearer+c.Cheaper != b.Pattern+a.Pattern
				}))
			}
		}
	})
}

// turns holds that the order of two curves changes at their crossings, and nowhere else.
func turns(t *rapid.T, a, b Curve, crossings []Crossing) {
	dearer := func(gb *big.Rat) int { return a.At(gb).Cmp(b.At(gb)) }
	sign, at := dearer(new(big.Rat)), new(big.Rat)
	for _, c := range crossings {
		middle := new(big.Rat).Mul(new(big.Rat).Add(at, c.GB), big.NewRat(1, 2))
		if at.Cmp(c.GB) < 0 && dearer(middle) != sign {
			t.Fatalf("%s and %s change their order before %s GB", a.Pattern, b.Pattern, Decimal(c.GB))
		}
		at, sign = c.GB, -sign
		if want := map[int]string{1: a.Pattern, -1: b.Pattern}[sign]; c.Dearer != want || dearer(at) != 0 {
			t.Fatalf("at %s GB %s becomes the dearer one, want %s, and the same cost there", Decimal(at), c.Dearer, want)
		}
	}
	if got := dearer(new(big.Rat).Add(at, whole(100_000_000))); got != sign {
		t.Fatalf("%s and %s change their order after the last crossing", a.Pattern, b.Pattern)
	}
}
