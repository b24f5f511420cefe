package advise

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vpclink/words"
)

func TestChoose(t *testing.T) {
	nowhere, _ := Prices("eu-west-1")
	for _, c := range []struct {
		name  string
		table Table
		wish  Wish
		want  string
	}{
		{
			"nothing in particular", tokyo,
			Wish{VPCs: 2},
			`peering 0: up peering --vpcs a,b
igw 7.2: up igw --vpcs a,b
privatelink 27.576: up privatelink --vpcs a,b
tgw 100.8: up tgw --vpcs a,b`,
		},
		{
			"no gateway to the internet, and overlapping blocks", tokyo,
			Wish{VPCs: 2, Needs: []Need{NeedNoIGW, NeedOverlapping}},
			`privatelink 27.576: up privatelink --vpcs a=10.0.0.0/16,b=10.0.0.0/16
igw not for no-igw
peering not for overlapping-cidrs
tgw not for overlapping-cidrs`,
		},
		{
			"both ways, among three", tokyo,
			Wish{VPCs: 3, Both: true, GB: GB(100)},
			`peering 0: up peering --vpcs a,b,c, but count
igw 10.8: up igw --vpcs a,b,c
privatelink 94.408: up privatelink --vpcs a,b,c --both-ways, but count both-ways both-ways
tgw 153.2: up tgw --vpcs a,b,c`,
		},
		{
			"an AZ may be lost", tokyo,
			Wish{VPCs: 2, Needs: []Need{NeedAZLoss, NeedPrivate}},
			`peering 0: up peering --vpcs a,b
privatelink 37.656: up privatelink --vpcs a,b --azs 2, but survive-az
tgw 100.8: up tgw --vpcs a,b --azs 2, but survive-az
igw not for private-address-space`,
		},
		{
			"across regions and accounts", tokyo,
			Wish{VPCs: 2, Needs: []Need{NeedRegions, NeedAccounts, NeedNoIGW}},
			`peering 0: up peering --vpcs a,b
privatelink 27.576: up privatelink --vpcs a,b, but cross-region
tgw 100.8: up tgw --vpcs a,b
igw not for no-igw`,
		},
		{
			"too many for some", tokyo,
			Wish{VPCs: 200, Needs: []Need{NeedPrivate}},
			`privatelink 2,023.42: up privatelink --vpcs …, but count
tgw 10,080: up tgw --vpcs …
igw not for private-address-space count
peering not for count`,
		},
		{
			"where prices are unknown", nowhere,
			Wish{VPCs: 2, Needs: []Need{NeedPrivate}},
			`peering 0: up peering --vpcs a,b
privatelink unknown: up privatelink --vpcs a,b
tgw unknown: up tgw --vpcs a,b
igw not for private-address-space`,
		},
	} {
		var lines []string
		for _, f := range c.table.Choose(c.wish) {
			lines = append(lines, judged(f))
		}
		if diff := cmp.Diff(strings.Split(c.want, "\n"), lines); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
}

func judged(f Fit) string {
	var needs []string
	for _, a := range f.Against {
		needs = append(needs, string(a.Need))
	}
	if needs != nil {
		return f.Pattern.Name + " not for " + strings.Join(needs, " ")
	}
	names := f.VPCs
	if len(names) > 10 {
		names = []string{"…"}
	}
	line := f.Pattern.Name + " " + f.Month.Say(words.English) + ": " + strings.Join(append([]string{"up", f.Pattern.Name, "--vpcs", strings.Join(names, ",")}, f.Flags...), " ")
	for _, r := range f.Remarks {
		needs = append(needs, string(r.Need))
	}
	if needs != nil {
		line += ", but " + strings.Join(needs, " ")
	}
	return line
}

// TestChooseIsTheComparison: with one requirement alone, exactly those patterns are ruled out whose mark of today is the
// worse one and has no remedy.
func TestChooseIsTheComparison(t *testing.T) {
	for _, n := range needs {
		w := Wish{VPCs: 2, Needs: []Need{n.need}, Both: n.need == NeedBothWays}
		if n.need == NeedMany {
			w.VPCs = 3
		}
		c := Comparison().Criterion(n.criterion)
		for _, f := range tokyo.Choose(w) {
			mark := c.Now(f.Pattern.Name)
			want := mark != c.Good && mark != Partly && c.Marks[f.Pattern.Name].Remedy == nil
			if got := f.Against != nil; got != want {
				t.Errorf("--%s rules %s out: %t, and the comparison says %s", n.need, f.Pattern.Name, got, mark)
			}
			for _, a := range f.Against {
				if a.Why != c.Marks[f.Pattern.Name].Why {
					t.Errorf("--%s rules %s out for another reason than the comparison's: %s", n.need, f.Pattern.Name, a.Why.English)
				}
			}
			if (mark == Partly) != (len(f.Remarks) > 0) && c.Good != No && c.ChangeOf(f.Pattern.Name) == nil {
				t.Errorf("--%s has the remarks %v on %s, and the comparison says %s", n.need, f.Remarks, f.Pattern.Name, mark)
			}
		}
	}
}
