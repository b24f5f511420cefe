package main

import (
	"strconv"
	"strings"
	"testing"

	"vpclink/cmd/vpclink/ui"
)

// TestCostAddsUp: of one pattern the column of the hour adds up to what is below it, traffic included, as that of the month
// does.
func TestCostAddsUp(t *testing.T) {
	l := newLab(t)
	for _, typed := range []string{"cost tgw --gb 720", "cost privatelink --both-ways --gb 1440", "cost tgw --count 9", "cost igw --gb 5"} {
		var hour, month float64
		summed := false
		for line := range strings.Lines(l.must(strings.Fields(typed)...).out) {
			cells := strings.Fields(strings.ReplaceAll(line, ",", ""))
			if len(cells) < 3 || !strings.HasPrefix(line, "  ") || strings.HasPrefix(line, "  a class day") || strings.Contains(line, "not counted") {
				continue
			}
			h, errH := strconv.ParseFloat(cells[len(cells)-2], 64)
			m, errM := strconv.ParseFloat(cells[len(cells)-1], 64)
			if errH != nil || errM != nil {
				t.Errorf("%s: want an hour and a month at the end of %q", typed, line)
			}
			if summed = strings.HasPrefix(line, "  together"); !summed {
				hour, month = hour+h, month+m
				continue
			}
			if h < hour-0.0002 || h > hour+0.0002 || m < month-0.01 || m > month+0.01 {
				t.Errorf("%s: an hour is %v and a month %v, want the sums %v and %v", typed, h, m, hour, month)
			}
			break
		}
		if !summed {
			t.Errorf("%s: want a line with the sums", typed)
		}
	}
}

// TestCostSays holds sentences and cells of cost and compare, in both languages.
func TestCostSays(t *testing.T) {
	l := newLab(t)
	for _, c := range []struct {
		typed         string
		says, saysNot []string
	}{
		{"cost", []string{"igw          both  0.01     0 [1]", "[1] igw: its traffic is not counted, as in the tutorial"}, nil},
		{"cost igw --gb 5", []string{"between public addresses  5      not counted", "its traffic is not counted"}, nil},
		{"cost tgw", nil, []string{"not counted"}},
		{"cost igw -o json", []string{`"note":"its traffic is not counted`}, nil},
		{"cost tgw -o json", nil, []string{`"note"`}},
		{"cost --lang ja", []string{"片方向", "双方向", "(8 時間)", "(720 時間)", "固定費", "[1] igw: ", "0 [1]"}, []string{"片方 ", "双方 ", "日 8 時間", "固定/時"}},
		{"cost tgw --lang ja", []string{"1 か月 (720 時間)"}, []string{"料金の項目"}},
		{"cost privatelink --lang ja", []string{"privatelink、双方向", "エンドポイント (AZ ごと)"}, []string{"privatelink, "}},
		{"cost --count 3", []string{"privatelink links less: all VPCs with the first one, and the others not with one another"}, nil},
		{"cost --count 3 -o json", []string{`"privatelink links less`}, nil},
		{"cost --count 2", nil, []string{"links less"}},
		{"cost --count 3 --both-ways --plot --lang ja", []string{"ほかの VPC 同士はつながりません"}, nil},
		{"cost --count 5 --azs 3 --both-ways --plot", []string{"GB a month (igw: not counted)", "its traffic is not counted", "both ways, without instances"}, nil},
		{"cost --instances --plot", []string{"one way, without instances"}, nil},
		{"cost --format svg", []string{">GB a month (igw: not counted)<", "one way, without instances"}, nil},
		{"cost privatelink --count 5000 --azs 6 --both-ways --gb 1000000000", []string{"1,000,000,000", "6,000,000", "59,988"}, []string{"1000000000"}},
		{"cost --count 80 --gb 5000", []string{"4,132"}, []string{"4132"}},
		{"cost privatelink --gb 10000", []string{"187.58"}, []string{"187.576"}},
		{"cost privatelink --gb 10000 -o json", []string{"187.576"}, nil},
		{"cost --plot", []string{"3 privatelink  27.576 to 187.58"}, nil},
		{"cost --region eu-west-1", []string{"?, unknown: no price is known of: "}, nil},
		{"compare", []string{"The tutorial's marks and sums: Tokyo, June 2024, 2 VPCs, 720 hours a month"}, nil},
		{"compare --lang ja", []string{"チュートリアルの評価と金額: 東京、2024 年 6 月、VPC 2 個、1 か月 720 時間"}, nil},
		{"compare --format md", []string{"The tutorial's marks and sums: Tokyo"}, nil},
		{"compare -o json", []string{`"of":{"region":"ap-northeast-1","date":"2024-06","count":2,"hours":720}`}, nil},
	} {
		out := l.must(strings.Fields(c.typed)...).out
		for _, want := range c.says {
			if !strings.Contains(out, want) && !strings.Contains(strings.ReplaceAll(out, "\n", " "), want) && !strings.Contains(strings.ReplaceAll(out, "\n", ""), want) {
				t.Errorf("%s says\n%s\nexpected %q", c.typed, out, want)
			}
		}
		for _, not := range c.saysNot {
			if strings.Contains(out, not) {
				t.Errorf("%s says\n%s\nexpected no %q", c.typed, out, not)
			}
		}
	}
}

// TestPlotIsAsWideAsTheTerminal: all of the page is, the sentences around the plot as well.
func TestPlotIsAsWideAsTheTerminal(t *testing.T) {
	for _, lang := range []string{"en", "ja"} {
		a := &app{lang: "en"}
		if lang == "ja" {
			a.lang = "ja"
		}
		c := &costFlags{count: 5, azs: 3, bothWays: true, given: func(string) bool { return true }}
		text, err := a.plotText(pricesOf(&globals{}), c, 40)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(text) {
			if line = strings.TrimSuffix(line, "\n"); ui.Width(line) > 40 {
				t.Errorf("in 40 columns a line has %d: %s", ui.Width(line), line)
			}
		}
	}
}
