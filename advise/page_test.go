package advise

import (
	"flag"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vpclink/words"
)

var update = flag.Bool("update", false, "write the pages anew")

// TestPages holds docs/patterns.md, its picture and the README's table to the data.
func TestPages(t *testing.T) {
	readme, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	block := regexp.MustCompile(`(?s)(<!-- choice: .* -->\n).*?(<!-- end of choice -->)`)
	if !block.Match(readme) {
		t.Fatal("want the README to have a place for the table of the choice")
	}
	pages := map[string]string{"../README.md": block.ReplaceAllString(string(readme), "${1}"+strings.ReplaceAll(choiceTable(), "$", "$$")+"${2}")}
	for l, name := range map[words.Language]string{words.English: "patterns", words.Japanese: "patterns.ja"} {
		pages["../docs/"+name+".md"] = page(l, name)
		curves, _ := tokyo.Curves(Usage{VPCs: 2, AZs: 1})
		pages["../docs/"+name+".svg"] = SVG(l, pageTexts[l].picture, curves, 10_000)
	}
	for path, want := range pages {
		if *update {
			if err := os.WriteFile(path, []byte(want), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		got, err := os.ReadFile(path)
		if err != nil {
			t.Errorf("want the page there (make docs writes it), got %v", err)
			continue
		}
		if diff := cmp.Diff(want, string(got)); diff != "" {
			t.Errorf("want %s as the data says (make docs writes it anew):\n%s", path, diff)
		}
	}
}

// pageText is what the page says around the tables.
type pageText struct {
	title, other, intro, picture, costs, costHead, oneWay, bothWays, prices, priceHead, above, live, uncounted string
}

var pageTexts = map[words.Language]pageText{
	words.English: {
		title: "Which pattern?",
		other: "[日本語](patterns.ja.md)",
		intro: `The tutorial's chapter 2: how its four patterns compare, one reason to each mark. The marks are the tutorial's (June 2024,
Tokyo); where AWS has changed since, both are said, with the date. In a terminal the same is ` + "`vpclink compare --why`" + `;
` + "`vpclink cost`" + ` makes the sums for other numbers of VPCs, AZs and GB, and ` + "`vpclink choose`" + ` says which patterns fit.`,
		picture: "USD a month for 2 VPCs in ap-northeast-1, one way, by GB",
		costs:   "What they cost",
		costHead: `2 VPCs in one AZ in Tokyo, without the instances, in USD. A month has 720 hours, as in the tutorial (AWS's pages count 730), a
class day 8.

| pattern | connections begin | an hour | a class day | a month | and each GB |
| --- | --- | --- | --- | --- | --- |
`,
		oneWay: "one way", bothWays: "both ways", above: " above %s GB", uncounted: "not counted",
		prices: "Prices",
		priceHead: `All that vpclink knows, in USD. *Not checked* is general knowledge; what is not here is unknown, and the program says so.

| item | unit | region | price | as of | source |
| --- | --- | --- | --- | --- | --- |
`,
		live: "`vpclink cost --live` asks AWS's price list (AWS Price List Query API) and shows where this table is out of date. That was never\n" +
			"run against AWS: how the list names the usage types is from public sources, and for instances the attributes\n" +
			"(`operatingSystem`, `tenancy`, `preInstalledSw`, `licenseModel`) are general knowledge. Only a real account can show whether each\n" +
			"item is found, and just once; one that is not is told as *not found* or *several prices*. The list answers in us-east-1; it\n" +
			"takes the right `pricing:GetProducts`.\n",
	},
	words.Japanese: {
		title: "どのパターンを選ぶか",
		other: "[English](patterns.md)",
		intro: `チュートリアル第 2 章の内容、4 つのパターンの比較です。評価ごとに理由があります。評価はチュートリアルの時点 (2024 年 6 月、東京) の
もので、その後 AWS が変わった点は、両方を日付とともに示します。ターミナルでは ` + "`vpclink compare --why --lang ja`" + ` で同じものを
表示できます。` + "`vpclink cost`" + ` は VPC、AZ、GB の数を変えて料金を計算し、` + "`vpclink choose`" + ` は要件に合うパターンを示します。`,
		picture: "ap-northeast-1 の VPC 2 個の月額 (USD)、片方向、GB ごと",
		costs:   "料金",
		costHead: `東京リージョンの 1 つの AZ にある VPC 2 つ、インスタンスなし、単位は USD。1 か月はチュートリアルと同じ 720 時間 (AWS のページでは
730 時間)、授業 1 日は 8 時間です。

| パターン | 接続の方向 | 1 時間 | 授業 1 日 | 1 か月 | 1 GB ごと |
| --- | --- | --- | --- | --- | --- |
`,
		oneWay: "片方向", bothWays: "双方向", above: " (%s GB 超)", uncounted: "未計上",
		prices: "単価",
		priceHead: `vpclink が知っている単価のすべて (USD) です。「未確認」は一般的な知識によるものです。ここにないものは不明で、プログラムもそう表示します。

| 項目 | 単位 | リージョン | 単価 | 時点 | 出典 |
| --- | --- | --- | --- | --- | --- |
`,
		live: "`vpclink cost --live` は AWS の価格表 (AWS Price List Query API) に問い合わせ、この表の古い箇所を示します。AWS に対して実行したことは\n" +
			"まだありません。使用タイプの名前は公開情報によるもので、インスタンスの属性 (`operatingSystem`、`tenancy`、`preInstalledSw`、\n" +
			"`licenseModel`) は一般的な知識によるものです。項目が 1 つだけ見つかるかどうかは、実際のアカウントでしか分かりません。そうでない項目は\n" +
			"「見つからず」または「価格が複数」と表示します。価格表は us-east-1 で応答し、`pricing:GetProducts` の権限が必要です。\n",
	},
}

func page(l words.Language, name string) string {
	text := pageTexts[l]
	var page strings.Builder
	fmt.Fprintf(&page, "<!-- Written by make docs. Do not edit: change advise/patterns.yaml and advise/prices.yaml. -->\n# %s\n\n%s\n\n%s\n\n", text.title, text.other, text.intro)
	page.WriteString(Comparison().Markdown(l, true))
	fmt.Fprintf(&page, "\n## %s\n\n%s", text.costs, text.costHead)
	for _, p := range Comparison().Patterns {
		for _, both := range []bool{false, true} {
			cost := tokyo.Cost(p.Name, Usage{VPCs: 2, AZs: 1, BothWays: both})
			if partly := Comparison().Criterion("both-directions").Marks[p.Name].Mark == Partly; !both && !partly {
				continue
			}
			fmt.Fprintf(&page, "| %s | %s | %s | %s | %s | %s |\n", p.Name, map[bool]string{false: text.oneWay, true: text.bothWays}[both],
				cost.For(1).Say(l), cost.For(HoursADay).Say(l), cost.Month().Say(l), perGB(l, cost))
		}
	}
	fmt.Fprintf(&page, "\n![%s](%s.svg)\n\n## %s\n\n%s", text.picture, name, text.prices, text.priceHead)
	for _, item := range Items() {
		for _, region := range Regions() {
			if p, known := item.Prices[region]; known {
				fmt.Fprintf(&page, "| %s | %s | %s | %s | %s | %s |\n", item.Title.Say(l), item.Unit.Say(l), region, tiered(l, p), p.Date, p.From().Say(l))
			}
		}
	}
	return page.String() + "\n" + text.live
}

// perGB is what a GB costs, where it is counted.
func perGB(l words.Language, c Cost) string {
	if _, counted := Uncounted(c.Pattern); !counted {
		return pageTexts[l].uncounted
	}
	return c.PerGB().Say(l)
}

func tiered(l words.Language, p Price) string {
	all := []string{p.USD.Exact()}
	for _, t := range p.Tiers {
		all = append(all, t.USD.Exact()+fmt.Sprintf(pageTexts[l].above, Grouped(t.Above)))
	}
	return strings.Join(all, "; ")
}

// choiceTable is the README's: what rules each pattern out, and what it costs.
func choiceTable() string {
	rows := "| pattern | ruled out by | partly | USD a month, 2 VPCs in Tokyo |\n| --- | --- | --- | --- |\n"
	for _, p := range Comparison().Patterns {
		var out, partly []string
		for _, n := range needs {
			c := Comparison().Criterion(n.criterion)
			switch mark := c.Now(p.Name); {
			case mark == Partly:
				partly = append(partly, c.Title.English)
			case mark != c.Good && c.Marks[p.Name].Remedy != nil:
				partly = append(partly, c.Title.English+" ("+c.Marks[p.Name].Remedy.English+")")
			case mark != c.Good:
				out = append(out, "`--"+string(n.need)+"`")
			}
		}
		one, both := tokyo.Cost(p.Name, Usage{VPCs: 2, AZs: 1}).Month(), tokyo.Cost(p.Name, Usage{VPCs: 2, AZs: 1, BothWays: true}).Month()
		costs := one.USD.String()
		if both.USD.Cmp(one.USD) != 0 {
			costs += " one way, " + both.USD.String() + " both"
		}
		rows += fmt.Sprintf("| `%s` | %s | %s | %s |\n", p.Name, strings.Join(out, ", "), strings.Join(partly, "; "), costs)
	}
	return rows
}
