package main

import (
	"cmp"
	"context"
	"slices"
	"strconv"

	"vpclink/advise"
	"vpclink/cloud"
	"vpclink/words"
)

// liveJSON is the result of cost --live.
type liveJSON struct {
	Version int             `json:"vpclink"`
	Region  string          `json:"region"`
	Live    []livePriceJSON `json:"live"`
}

type livePriceJSON struct {
	Item      string         `json:"item"`
	Table     *advise.USD    `json:"table"` // null when the table has no price; further tiers are left out
	Date      string         `json:"date"`
	Live      *advise.USD    `json:"live"` // null unless the list has one price
	Published string         `json:"published"`
	Verdict   advise.Verdict `json:"verdict"`
}

// compared is an item, and what AWS's price list has for it.
type compared struct {
	item      *advise.Item
	table     advise.Price
	known     bool
	live      []advise.Price
	published string
	verdict   advise.Verdict
}

// live compares the table of prices with AWS's own list.
func (a *app) live(ctx context.Context, g *globals, prices advise.Table, pattern string) error {
	if err := a.onAWS(g); err != nil {
		return err
	}
	if _, known := advise.Prices(prices.Region); !known {
		return usage("", "it is not known how AWS's price list names the usage of %s; it is of: %s", prices.Region, allOf(advise.Regions()))
	}
	list, err := cloud.ConnectPriceList(ctx, cloud.Config{Target: cloud.AWS(), Profile: g.profile, HTTP: a.http, Log: a.debug(g)})
	if err != nil {
		return err
	}
	var all []compared
	for _, item := range advise.Items() {
		if !item.BilledIn(pattern) {
			continue
		}
		found, err := ask(ctx, list, prices, item)
		if err != nil {
			return err
		}
		all = append(all, found)
	}
	if g.json() {
		return a.printJSON(liveOf(prices, all))
	}
	return a.print("%s", a.liveText(prices, all))
}

// onAWS refuses targets that have no price list.
func (a *app) onAWS(g *globals) error {
	endpoint, err := g.endpointFor(a)
	switch {
	case err != nil:
		return err
	case endpoint != "":
		return usage("", "--live asks AWS's price list, and %s has none: leave the endpoint or the target out", endpoint)
	case g.target != targetAWS:
		return usage("", "--live asks AWS's price list, and %s has none: leave --target out", g.target)
	}
	return nil
}

func ask(ctx context.Context, list *cloud.PriceList, prices advise.Table, item *advise.Item) (compared, error) {
	found := compared{item: item, verdict: advise.Unasked}
	found.table, found.known = prices.Price(item)
	usageType, named := prices.Usage(item)
	if !named {
		return found, nil
	}
	answer, err := list.Prices(ctx, cloud.Product{Service: item.Live.Service, Usage: usageType, Operation: item.Live.Operation, Where: item.Live.Where})
	if err != nil {
		return found, err
	}
	for _, price := range answer {
		live, err := priceFrom(price)
		if err != nil {
			return found, err
		}
		found.live = append(found.live, live)
		found.published = max(found.published, price.Published)
	}
	found.verdict = advise.Compare(found.table, found.known, found.live)
	return found, nil
}

// priceFrom reads a price of AWS's list.
func priceFrom(listed cloud.ListedPrice) (advise.Price, error) {
	var p advise.Price
	for i, tier := range listed.Tiers {
		usd, ok := advise.ParseUSD(tier.USD)
		above, err := strconv.Atoi(tier.From)
		if !ok || err != nil && tier.From != "" {
			return p, words.Errorf("reading AWS's price list: %q from %q on is no price", tier.USD, tier.From)
		}
		if i == 0 {
			p.USD = usd
		} else {
			p.Tiers = append(p.Tiers, advise.Tier{Above: above, USD: usd})
		}
	}
	return p, nil
}

func liveOf(prices advise.Table, all []compared) liveJSON {
	out := liveJSON{Version: formVersion, Region: prices.Region, Live: []livePriceJSON{}}
	for _, found := range all {
		row := livePriceJSON{
			Item: found.item.Name, Table: ifKnown(found.table.USD, found.known), Date: found.table.Date, Published: found.published, Verdict: found.verdict,
		}
		if len(found.live) > 0 && found.verdict != advise.Several {
			row.Live = &found.live[0].USD
		}
		out.Live = append(out.Live, row)
	}
	return out
}

// liveText shows each item with the table's price, AWS's, and whether they are the same.
func (a *app) liveText(prices advise.Table, all []compared) string {
	rows := [][]string{{a.say("PRICE OF"), a.say("TABLE"), a.say("AS OF"), a.say("AWS NOW"), ""}}
	stale := false
	for _, found := range all {
		row := []string{found.item.Title.Say(a.lang), a.say("unknown"), "", "", found.verdict.Say(a.lang)}
		if found.known {
			row[1], row[2] = found.table.String(), cmp.Or(found.table.Date, a.say("undated"))
		}
		if len(found.live) > 0 && found.verdict != advise.Several {
			row[3] = found.live[0].String()
		}
		rows = append(rows, row)
		stale = stale || slices.Contains([]advise.Verdict{advise.Different, advise.New}, found.verdict)
	}
	text := a.say("USD in %s, the table and AWS's price list:", prices.Region) + "\n" + table(rows)
	if stale {
		return text + "\n" + a.say("The table is out of date where it says different or new.") + "\n"
	}
	return text
}
