package main

import (
	"context"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"vpclink/advise"
	"vpclink/provision"
)

// costFlags are the flags of cost.
type costFlags struct {
	count, azs, gb, hours int
	newFlows, activeFlows int
	bothWays, instances   bool
	plot, live            bool
	form                  string

	given func(flag string) bool // by a flag, be it with the usual value
}

func newCost(a *app, g *globals) *cobra.Command {
	c := &costFlags{form: outputText}
	cmd := &cobra.Command{
		Use:   "cost [PATTERN]",
		Short: a.say("Say what the patterns cost: fixed, by traffic, an hour, a class day, a month"),
		Long: a.say(`cost says what the links of each pattern cost, or of one pattern item by item. It asks AWS nothing, unless --live is given:
the prices stand in a table, each with its date and source, and what is not known is said to be. Unless told otherwise
it counts as the tutorial does: Tokyo, 2 VPCs in one AZ, the instances left out, a month of 720 hours (AWS's own pages count
730); a class day has 8. The region is --region, else the tutorial's, whatever the environment says.

--gb are the GB of a month, all together and spread evenly over its hours. A load balancer is billed by NLCU: in each hour
the largest of GB, new flows a second over 800, and active flows over 100,000 (TCP); --new-flows and --active-flows are of
all load balancers together. All traffic is taken to stay in its AZ.

--live asks AWS's price list, which takes credentials and the right pricing:GetProducts, and shows where the table is out of
date. --plot draws the month's cost of the links against GB, and names where the patterns' curves cross.

With -o json: {"vpclink":1,"region","count","azs","gb","both_ways","instances","hours":{"day","month","given"},"costs":[{"pattern",
"both_ways","fixed_hour","per_gb","hour","day","month","given","unknown","note","items":[{"item","of","units","usd","unit","hour"}],
"traffic":[{"item","units","usd","unit","month"}]}],"crossings":[{"gb","dearer","cheaper"}],"notes","prices":[{"item","title","unit",
"usd","tiers","date","source","certain"}]}, and with --live {"vpclink":1,"region","live":[{"item","table","date","live",
"published","verdict"}]}. An amount is null when nothing of it is known; unknown lists what it lacks.`),
		Example: `  vpclink cost
  vpclink cost privatelink --count 3 --both-ways --gb 500
  vpclink cost tgw --instances --hours 40
  vpclink cost --count 5 --azs 3 --both-ways --plot
  vpclink cost --format svg > cost.svg`,
		Args: anyPattern,
		RunE: a.does(g, func(ctx context.Context, cmd *cobra.Command, args []string) error {
			c.given = cmd.Flags().Changed
			return a.cost(ctx, g, c, strings.Join(args, ""))
		}),
	}
	flags := cmd.Flags()
	flags.IntVar(&c.count, "count", 2, a.say("how many VPCs"))
	flags.IntVar(&c.azs, "azs", 1, a.say("availability zones, with a subnet of each VPC in each"))
	flags.IntVar(&c.gb, "gb", 0, a.say("GB a month, all together"))
	flags.IntVar(&c.hours, "hours", 0, a.say("what so many hours cost, besides"))
	flags.IntVar(&c.newFlows, "new-flows", 0, a.say("new connections a second through load balancers, for NLCUs"))
	flags.IntVar(&c.activeFlows, "active-flows", 0, a.say("open connections at a time through load balancers, for NLCUs"))
	flags.BoolVar(&c.bothWays, provision.FlagBothWays, false, a.say("connections begin on both sides"))
	flags.BoolVar(&c.instances, "instances", false, a.say("with an instance in each VPC, as up starts it (t3.medium, Windows)"))
	flags.BoolVar(&c.plot, "plot", false, a.say("draw the month's cost against GB"))
	flags.BoolVar(&c.live, "live", false, a.say("ask AWS's price list, and compare"))
	flags.Var(oneOf(&c.form, outputText, formSVG), "format", a.say("form of the result: text, or the plot as a picture"))
	return cmd
}

// anyPattern refuses more than one pattern, and one that there is not.
func anyPattern(cmd *cobra.Command, args []string) error {
	try := cmd.CommandPath() + " tgw"
	if i := slices.IndexFunc(args, isBool); i >= 0 {
		return alone(cmd, args[i])
	}
	if len(args) > 1 {
		return usage(try, "%s takes one pattern, and %q is one too many", cmd.Name(), args[1])
	}
	if len(args) == 1 && !slices.Contains(patternNames(), args[0]) {
		return noPattern(try, args[0])
	}
	return nil
}

func (a *app) cost(ctx context.Context, g *globals, c *costFlags, pattern string) error {
	if err := c.check(g, pattern); err != nil {
		return err
	}
	prices := pricesOf(g)
	switch {
	case c.live:
		return a.live(ctx, g, prices, pattern)
	case c.form == formSVG:
		return a.svg(prices, c)
	}
	costs := c.costs(prices, pattern)
	if g.json() {
		return a.printJSON(costsOf(prices, c, costs))
	}
	text := a.costText(prices, c, costs)
	if pattern != "" {
		text = a.itemsText(prices, c, costs)
	}
	if c.plot {
		picture, err := a.plotText(prices, c, a.columns())
		if err != nil {
			return err
		}
		text += "\n" + picture
	}
	return a.print("%s", text)
}

// mostAZsPriced is how many AZs a sum is made for: as many as the largest region has.
const mostAZsPriced = 6

// flagsOfSums are the flags that only sums have a use for.
var flagsOfSums = []string{"count", "azs", "gb", "hours", "new-flows", "active-flows", provision.FlagBothWays, "instances"}

func (c *costFlags) check(g *globals, pattern string) error {
	if err := c.checkForm(g, pattern); err != nil {
		return err
	}
	if err := checkCount(c.count); err != nil {
		return err
	}
	if c.azs < 1 || c.azs > mostAZsPriced {
		return usage("", "--azs %d: it is 1 to %d, the number of AZs", c.azs, mostAZsPriced)
	}
	for _, n := range []struct {
		flag  string
		value int
	}{{"gb", c.gb}, {"hours", c.hours}, {"new-flows", c.newFlows}, {"active-flows", c.activeFlows}} {
		if err := checkAmount(n.flag, n.value); err != nil {
			return err
		}
	}
	return nil
}

// checkForm refuses flags that the form of the result has no use for.
func (c *costFlags) checkForm(g *globals, pattern string) error {
	svg := c.form == formSVG
	if c.live {
		for _, flag := range flagsOfSums {
			if c.given(flag) {
				return usage("", "--live compares prices and makes no sums: leave --%s out", flag)
			}
		}
	}
	switch {
	case c.live && c.plot:
		return usage("", "--live compares prices and draws nothing: leave --%s out", "plot")
	case c.live && svg:
		return usage("", "--live compares prices and draws nothing: leave --%s out", "format")
	case svg && g.json():
		return formTwice(c.form)
	case c.plot && g.json():
		return usage("", "--plot and -o json are two forms of one result: leave one of the two out")
	case c.plot && svg:
		return usage("", "--plot and --format svg are two forms of one result: leave one of the two out")
	case svg && pattern != "":
		return usage("vpclink cost --format svg", "the picture shows all patterns: leave %s out", pattern)
	case c.plot && pattern != "":
		return usage("vpclink cost --plot", "the plot shows all patterns: leave %s out", pattern)
	case svg && c.hours > 0:
		return usage("", "the picture shows a month: leave --hours out")
	case svg && c.instances:
		return usage("", "the picture is without instances: leave --instances out")
	}
	return nil
}

func (c *costFlags) usage() advise.Usage {
	return advise.Usage{
		VPCs: c.count, AZs: c.azs, BothWays: c.bothWays, Instances: c.instances, GB: advise.GB(c.gb),
		NewFlows: c.newFlows, ActiveFlows: c.activeFlows,
	}
}

// costs are those that were asked for. Unless the direction is, a pattern that takes a second set for both ways has both.
func (c *costFlags) costs(prices advise.Table, pattern string) []advise.Cost {
	var list []advise.Cost
	both := advise.Comparison().Criterion("both-directions")
	for _, p := range advise.Comparison().Patterns {
		if pattern != "" && pattern != p.Name {
			continue
		}
		u := c.usage()
		list = append(list, prices.Cost(p.Name, u))
		if both.Marks[p.Name].Mark == advise.Partly && !c.given(provision.FlagBothWays) {
			u.BothWays = true
			list = append(list, prices.Cost(p.Name, u))
		}
	}
	return list
}

// columns is how wide the terminal is that the result goes to, pageWide when it goes elsewhere.
func (a *app) columns() int {
	if f, ok := a.stdout.(*os.File); ok {
		if size := sizeOf(f); size != nil {
			if width, _ := size(); width > 0 {
				return width
			}
		}
	}
	return pageWide
}
