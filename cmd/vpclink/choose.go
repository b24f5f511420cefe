package main

import (
	"context"
	"errors"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"vpclink/advise"
	"vpclink/words"
)

// chooseFlags are the flags of choose: what the links shall do.
type chooseFlags struct {
	count, gb int
	bothWays  bool
	needs     map[advise.Need]*bool
}

// needTexts are the requirements that are flags of their own: what the flag says, and the question that stands for it.
var needTexts = []struct {
	need      advise.Need
	flag, ask words.Text
}{
	{advise.NeedNoIGW, "no internet gateway may be attached", "Is it forbidden to attach an internet gateway?"},
	{advise.NeedOverlapping, "the VPCs' CIDR blocks overlap", "Do the VPCs' CIDR blocks overlap?"},
	{advise.NeedRegions, "the VPCs are in several regions", "Are the VPCs in several regions?"},
	{advise.NeedAccounts, "the VPCs are in several accounts", "Are the VPCs in several accounts?"},
	{advise.NeedAZLoss, "the link outlasts the loss of an AZ", "Must the link outlast the loss of an AZ?"},
	{advise.NeedPrivate, "no public addresses", "Must all traffic stay in private address space?"},
}

func newChoose(a *app, g *globals) *cobra.Command {
	c := &chooseFlags{needs: map[advise.Need]*bool{}}
	cmd := &cobra.Command{
		Use:   "choose",
		Short: a.say("Say which patterns fit, what they cost, and what to type"),
		Long: a.say(`choose says which patterns do what the links shall do, the cheapest first with the command to type, and of the others which
requirement rules them out and why. It judges by the comparison that vpclink compare shows, as it is today, and by the prices
of vpclink cost, in the region of --region, else the tutorial's (%s), whatever the environment says. The commands make what
was priced. On a terminal and without flags it asks, one question after the other; --yes takes the answers in brackets. It
asks AWS nothing.

With -o json: {"vpclink":1,"region","count","gb","both_ways","needs","fits":[{"pattern","month","unknown","command","note",
"remarks":[{"need","text"}]}],"unfit":[{"pattern","against":[{"need","criterion","why"}]}]}; month is null when nothing of it is known.`, advise.DefaultRegion),
		Example: `  vpclink choose
  vpclink choose --no-igw --overlapping-cidrs
  vpclink choose --count 5 --both-ways --survive-az --gb 200 -o json`,
		Args: noArgs,
		RunE: a.does(g, func(ctx context.Context, cmd *cobra.Command, _ []string) error {
			return a.choose(ctx, g, c, cmd.LocalNonPersistentFlags())
		}),
	}
	flags := cmd.Flags()
	for _, n := range needTexts {
		c.needs[n.need] = flags.Bool(string(n.need), false, a.say(n.flag))
	}
	flags.IntVar(&c.count, string(advise.NeedMany), 2, a.say("how many VPCs"))
	flags.BoolVar(&c.bothWays, string(advise.NeedBothWays), false, a.say("connections begin on both sides"))
	flags.IntVar(&c.gb, "gb", 0, a.say("GB a month, all together"))
	return cmd
}

func (a *app) choose(ctx context.Context, g *globals, c *chooseFlags, own *pflag.FlagSet) error {
	given := false
	own.VisitAll(func(f *pflag.Flag) { given = given || f.Changed })
	switch {
	case given || g.yes:
	case !a.terminal:
		return usage("vpclink choose --count 3 --no-igw", "there is no terminal to ask on: say with flags what the links shall do")
	default:
		if err := a.questions(ctx, c); err != nil {
			return err
		}
	}
	if err := errors.Join(checkCount(c.count), checkAmount("gb", c.gb)); err != nil {
		return err
	}
	prices := pricesOf(g)
	fits := prices.Choose(c.wish())
	if g.json() {
		return a.printJSON(fittingOf(g, prices, c, fits))
	}
	return a.print("%s", a.fittingText(g, prices, c, fits))
}

func (c *chooseFlags) wish() advise.Wish {
	w := advise.Wish{VPCs: c.count, Both: c.bothWays, GB: advise.GB(c.gb)}
	for _, n := range needTexts {
		if *c.needs[n.need] {
			w.Needs = append(w.Needs, n.need)
		}
	}
	return w
}

// fittingJSON is the result of choose.
type fittingJSON struct {
	Version  int           `json:"vpclink"`
	Region   string        `json:"region"`
	Count    int           `json:"count"`
	GB       int           `json:"gb"`
	BothWays bool          `json:"both_ways"`
	Needs    []advise.Need `json:"needs"`
	Fits     []fitJSON     `json:"fits"`
	Unfit    []unfitJSON   `json:"unfit"`
}

type fitJSON struct {
	Pattern string       `json:"pattern"`
	Month   advise.Sum   `json:"month"`
	Unknown []string     `json:"unknown"`
	Command string       `json:"command"`
	Note    string       `json:"note,omitempty"` // what the sum is without
	Remarks []remarkJSON `json:"remarks"`
}

type remarkJSON struct {
	Need advise.Need `json:"need"`
	Text string      `json:"text"`
}

type unfitJSON struct {
	Pattern string        `json:"pattern"`
	Against []againstJSON `json:"against"`
}

type againstJSON struct {
	Need      advise.Need `json:"need"`
	Criterion string      `json:"criterion"` // of compare, "" when the number of VPCs is too great
	Why       string      `json:"why"`
}

func fittingOf(g *globals, prices advise.Table, c *chooseFlags, fits []advise.Fit) fittingJSON {
	w := c.wish()
	out := fittingJSON{
		Version: formVersion, Region: prices.Region, Count: c.count, GB: c.gb, BothWays: c.bothWays,
		Needs: append([]advise.Need{}, w.All()...), Fits: []fitJSON{}, Unfit: []unfitJSON{},
	}
	for _, f := range fits {
		if len(f.Against) > 0 {
			out.Unfit = append(out.Unfit, unfitOf(f))
			continue
		}
		row := fitJSON{
			Pattern: f.Pattern.Name, Month: f.Month, Unknown: []string{}, Remarks: []remarkJSON{},
			Command: strings.Join(g.command(prices, f, strings.Join(f.VPCs, ",")), " "),
		}
		if why, left := leftOut(f, c.gb); left {
			row.Note = why.Say(words.English)
		}
		for _, item := range f.Month.Unknown {
			row.Unknown = append(row.Unknown, item.Name)
		}
		for _, r := range f.Remarks {
			row.Remarks = append(row.Remarks, remarkJSON{r.Need, r.Say(words.English)})
		}
		out.Fits = append(out.Fits, row)
	}
	return out
}

func unfitOf(f advise.Fit) unfitJSON {
	row := unfitJSON{Pattern: f.Pattern.Name}
	for _, against := range f.Against {
		name := ""
		if against.Criterion != nil {
			name = against.Criterion.Name
		}
		row.Against = append(row.Against, againstJSON{against.Need, name, against.Why.English})
	}
	return row
}
