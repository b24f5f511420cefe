package main

import "vpclink/advise"

// What cost and choose have in common: of which region and how many VPCs their sums are.

// pricesOf returns the prices of the region that is asked about: the tutorial's unless --region names another one.
func pricesOf(g *globals) advise.Table {
	region := g.region
	if region == "" {
		region = advise.DefaultRegion
	}
	prices, _ := advise.Prices(region)
	return prices
}

// mostVPCs is how many VPCs a sum is made for: as many as any pattern links.
const mostVPCs = 5000

// mostCounted is how much of anything a sum is made for.
const mostCounted = 1_000_000_000

// checkCount refuses numbers of VPCs that nothing links.
func checkCount(n int) error {
	if n < 2 || n > mostVPCs {
		return usage("", "--count %d: it is 2 to %d, the number of VPCs", n, mostVPCs)
	}
	return nil
}

// checkAmount refuses amounts that no sum is made for.
func checkAmount(flag string, n int) error {
	if n < 0 || n > mostCounted {
		return usage("", "--%s %d: it is a number from 0 to %d", flag, n, mostCounted)
	}
	return nil
}

// inList puts items into a sentence.
func (a *app) inList(items []string) string { return allOf(items).Say(a.lang) }
