package main

import (
	"encoding/json"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

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
			if !strings.Contains(said, "Would cost on AWS: "+want+" (720 h), traffic apart.\nThe instances on top: 0.1456+? an hour, 104.83+? a month.\n") {
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

// Where AWS bills it the sentences say so, where no price is known they do not make one up, and no line is too wide.
func TestBillSays(t *testing.T) {
	since := time.Date(2026, 11, 27, 8, 0, 0, 0, time.UTC)
	instances := func(kind string, n int) advise.Thing {
		return advise.Thing{Kind: "instance", Count: n, Type: kind, OS: "linux"}
	}
	spentOn := func(region string, things ...advise.Thing) (sum advise.Sum) {
		prices, _ := advise.Prices(region)
		for _, thing := range things {
			sum = sum.And(prices.Spent(thing, 1000*time.Hour))
		}
		return sum
	}
	for name, c := range map[string]struct {
		lang   words.Language
		region string
		onAWS  bool
		things []advise.Thing
		status string
		down   string
	}{
		"on AWS": {
			"en", "ap-northeast-1", true,
			[]advise.Thing{{Kind: "nlb", Count: 1}},
			"Costs 0.0243 USD an hour, 17.496 a month (720 h), traffic apart.\nHas cost since 2026-11-27 08:00 UTC: 24.3 USD.\n",
			"Has cost in all: 24.3 USD without traffic.\n",
		},
		"elsewhere": {
			"ja", "ap-northeast-1", false,
			[]advise.Thing{{Kind: "nlb", Count: 1}},
			"AWS なら 1 時間 0.0243 USD、1 か月 (720 時間) 17.496 USD、通信料は別。\nAWS だった場合、2026-11-27 08:00 UTC 以降 24.3 USD。\n",
			"AWS だった場合の合計料金: 24.3 USD (通信料は別)。\n",
		},
		"no prices": {
			"en", "eu-west-9", true,
			[]advise.Thing{{Kind: "nlb", Count: 1}},
			"Cost: no prices are known of eu-west-9; there are prices of ap-northeast-1,\nus-east-1.\nWhat it has cost is not known.\n",
			"What it has cost is not known: there are no prices of eu-west-9.\n",
		},
		"no prices, in Japanese": {
			"ja", "eu-west-9", false,
			[]advise.Thing{{Kind: "nlb", Count: 1}},
			"料金: eu-west-9 の価格は分かりません。価格の分かるリージョン: ap-northeast-1、\nus-east-1。\nこれまでの料金は分かりません。\n",
			"これまでの料金は分かりません: eu-west-9 の価格がありません。\n",
		},
		"an unknown type": {
			"en", "ap-northeast-1", false,
			[]advise.Thing{instances("t3.micro", 2)},
			"Would cost on AWS: 0 USD an hour, 0 a month (720 h), traffic apart.\nWhat the instances cost on top is not known.\n" +
				"What it has cost is not known.\n" +
				"+?: the prices of instance t3.micro (Linux), root disk of an instance are not\nknown.\n",
			"What it has cost is not known.\n+?: the prices of instance t3.micro (Linux), root disk of an instance are not\nknown.\n",
		},
		"an unknown disk": {
			"ja", "ap-northeast-1", false,
			[]advise.Thing{instances("t3.medium", 20)},
			"AWS なら 1 時間 0 USD、1 か月 (720 時間) 0 USD、通信料は別。\nインスタンスは別に 1 時間 1.088+? USD、1 か月 783.36+? USD。\n" +
				"AWS だった場合、2026-11-27 08:00 UTC 以降 1,088+? USD (インスタンス込み)。\n+?: インスタンスのルートディスクの価格は分かりません。\n",
			"AWS だった場合の合計料金: 1,088+? USD (インスタンス込み、通信料は別)。\n+?: インスタンスのルートディスクの価格は分かりません。\n",
		},
		"nothing is left": {
			"en", "ap-northeast-1", true, nil, "Has cost since 2026-11-27 08:00 UTC: 0 USD.\n", "Has cost in all: 0 USD without traffic.\n",
		},
	} {
		a := &app{lang: c.lang}
		b := billOf(c.region, c.onAWS, c.things)
		b.since, b.spent, b.hadInstances, b.down = since, spentOn(c.region, c.things...), b.hasInstances, c.things == nil
		if diff := cmp.Diff(c.status, a.standing(b)); diff != "" {
			t.Errorf("%s: status (-want +got):\n%s", name, diff)
		}
		if diff := cmp.Diff(c.down, a.total(b)); diff != "" {
			t.Errorf("%s: down (-want +got):\n%s", name, diff)
		}
	}
}

// TestBillOfWhatIsDown: status of a stack that is down tells no rates, and list says below it what needs a word.
func TestBillOfWhatIsDown(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l := newLab(t)
		for _, typed := range []string{"up igw --vpcs a,b,c,d,e,f,g,h,j,k --target sim --sim-speed 1e6", "up privatelink --stack privatelink-two --vpcs a,b --target sim --sim-speed 1e6"} {
			l.must(strings.Fields(typed + " --progress quiet")...)
		}
		l.must("down", "--stack", "igw", "--yes", "--progress", "quiet")
		for _, c := range []struct {
			lang  string
			since string
			lacks string
			notes []string
		}{
			{"en", "Would have cost on AWS since ", "+?: the price of root disk", []string{"+?: some prices are not known", "what AWS would have asked"}},
			{"ja", "AWS だった場合、", "+?: インスタンスのルートディスク", []string{"+?: ", "AWS だった場合の料金", "累計 (USD)"}},
		} {
			status := l.must("status", "--stack", "igw", "--lang", c.lang).out
			if since, lacks := strings.Index(status, c.since), strings.Index(status, c.lacks); since < 0 || lacks < since || strings.Contains(status, "an hour") {
				t.Errorf("it says\n%s\nexpected what it has cost, then what is missing, and no rates", status)
			}
			list := l.must("list", "--lang", c.lang).out
			if wide := widest(list); wide > pageWide {
				t.Errorf("list has a line of %d columns:\n%s", wide, list)
			}
			for _, note := range c.notes {
				if !strings.Contains(list, note) {
					t.Errorf("list says\n%s\nexpected %q", list, note)
				}
			}
		}
	})
}

// TestUnknownBelongsToItsSum: each sum of a result names what it lacks itself.
func TestUnknownBelongsToItsSum(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l := newLab(t)
		l.must(strings.Fields("up tgw --vpcs a,b --target sim --sim-speed 1e6 --progress quiet")...)
		var out struct {
			Cost struct {
				Unknown   []string
				Instances struct{ Unknown []string }
				Spent     struct{ Unknown []string }
			}
		}
		if err := json.Unmarshal([]byte(l.must("status", "-o", "json").out), &out); err != nil {
			t.Fatal(err)
		}
		disk := []string{"root-disk"}
		if diff := cmp.Diff([][]string{{}, disk, disk}, [][]string{out.Cost.Unknown, out.Cost.Instances.Unknown, out.Cost.Spent.Unknown}); diff != "" {
			t.Errorf("the links lack nothing, the instances and what was spent the disk (-want +got):\n%s", diff)
		}
	})
}

// TestHelpTellsTheCost: the commands that say what a stack costs tell what the field is.
func TestHelpTellsTheCost(t *testing.T) {
	l := newLab(t)
	for _, command := range []string{"plan", "up", "status", "list", "down"} {
		for _, lang := range []string{"en", "ja"} {
			if out := l.must(command, "--help", "--lang", lang).out; !strings.Contains(out, `"cost":{"currency"`) {
				t.Errorf("%s --help in %s does not tell the field cost:\n%s", command, lang, out)
			}
		}
	}
}
