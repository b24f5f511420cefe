package main

import (
	"encoding/json"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"vpclink/advise"
	"vpclink/words"
)

// TestBillsAreTheTutorials: what plan says of the tutorial's two VPCs is what chapter 2 says.
func TestBillsAreTheTutorials(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]string{
		"igw":                     "0.01 USD an hour, 7.2 a month",
		"peering":                 "0 USD an hour, 0 a month",
		"privatelink":             "0.0383 USD an hour, 27.576 a month",
		"privatelink --both-ways": "0.0766 USD an hour, 55.152 a month",
		"tgw":                     "0.14 USD an hour, 100.8 a month",
	} {
		synctest.Test(t, func(t *testing.T) {
			l := newLab(t)
			said := l.must(strings.Fields("plan " + typed + " --vpcs a,b --target sim")...).out
			if !strings.Contains(said, "Would cost on AWS: "+want+" (720 h), traffic apart.\nThe instances on top: 0.1456+? an hour, 104.832+? a month.\n") {
				t.Errorf("plan %s says\n%s\nexpected %s, and the instances apart", typed, said, want)
			}
		})
	}
}

// TestBillGoesOn: a stack costs from its first minute to its last, by all that was ever there, and a stack that is down
// costs nothing more.
func TestBillGoesOn(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l := newLab(t)
		spent := func(typed string) float64 {
			t.Helper()
			var out struct {
				Cost struct{ Spent struct{ USD float64 } }
			}
			if err := json.Unmarshal([]byte(l.must(strings.Fields(typed+" -o json --progress quiet")...).out), &out); err != nil {
				t.Fatal(err)
			}
			return out.Cost.Spent.USD
		}
		about := func(got, want float64, when string) {
			t.Helper()
			if got < want*0.999 || got > want*1.001 {
				t.Errorf("%s it has cost %v USD, expected about %v", when, got, want)
			}
		}
		l.must(strings.Fields("up tgw --vpcs a,b --target sim --sim-speed 1e6 --instances=false --progress quiet")...)
		<-time.After(100 * time.Hour)
		about(spent("status"), 100*2*0.07, "after 100 hours with two attachments")
		l.must(strings.Fields("up tgw --vpcs c --progress quiet")...)
		<-time.After(100 * time.Hour)
		about(spent("status"), 100*2*0.07+100*3*0.07, "after 100 hours more with a third")
		about(spent("down --yes"), 35, "in all")
		<-time.After(1000 * time.Hour)
		about(spent("status"), 35, "long after")
	})
}

// Where AWS bills it the sentences say so, and where no price is known they do not make one up.
func TestBillSays(t *testing.T) {
	a := &app{lang: words.English}
	since := time.Date(2026, 11, 27, 8, 0, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		region string
		onAWS  bool
		things []advise.Thing
		want   string
	}{
		"on AWS": {
			"ap-northeast-1", true,
			[]advise.Thing{{Kind: "nlb", Count: 1}},
			"Costs 0.0243 USD an hour, 17.496 a month (720 h), traffic apart.\nHas cost since 2026-11-27 08:00 UTC: 0 USD, instances included.\n",
		},
		"no prices": {
			"eu-west-9", true,
			[]advise.Thing{{Kind: "nlb", Count: 1}},
			"Cost: no prices are known of eu-west-9; vpclink cost --live --region eu-west-9 asks AWS.\n",
		},
		"an unknown type": {
			"ap-northeast-1", false,
			[]advise.Thing{{Kind: "instance", Count: 2, Type: "x9.huge", OS: "linux"}},
			"Would cost on AWS: 0 USD an hour, 0 a month (720 h), traffic apart.\nThe instances on top: unknown an hour, unknown a month.\n" +
				"+?: the price of x9.huge-linux, root disk of an instance is not known.\n" +
				"Would have cost on AWS since 2026-11-27 08:00 UTC: 0 USD, instances included.\n",
		},
	} {
		b := billOf(c.region, c.onAWS, c.things)
		b.since = since
		if got := a.rates(b) + a.spending(b); got != c.want {
			t.Errorf("%s: it says\n%s\nexpected\n%s", name, got, c.want)
		}
	}
}
