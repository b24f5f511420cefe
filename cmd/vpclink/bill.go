package main

import (
	"encoding/json"
	"time"

	"vpclink/advise"
	"vpclink/provision"
	"vpclink/state"
	"vpclink/steps"
)

// bill is what a stack costs on AWS, by the hour and so far. What goes through the links comes on top: nobody here can
// know how much that is.
type bill struct {
	region           string
	known            bool // there are prices of the region
	hasInstances     bool
	links, instances advise.Sum
	down             bool       // nothing of it is there any more
	hadInstances     bool       // what was spent, was on instances too
	spent            advise.Sum // since it began, all that is gone as well
	since            time.Time  // when the first thing was there; zero while nothing was
	onAWS            bool       // AWS bills it; of any other target it is what AWS would ask
}

// planned is the bill of what a plan makes, the part of it that is there already included.
func planned(plan *provision.Plan, preview provision.Preview, region string, onAWS bool) bill {
	var things []advise.Thing
	for _, r := range plan.Resources {
		action := preview.Actions[r.Key]
		if steps.Borrowed(r.Settings) == "" && (action.Changes() || action == provision.ActionUnchanged) { // what was there costs the same without
			things = append(things, thing(r.Key, r.Settings))
		}
	}
	return billOf(region, onAWS, things)
}

// billed is the bill of a stack by its journal.
func (s *stack) billed(now time.Time) bill {
	if s.tagged {
		return bill{}
	}
	var things []advise.Thing
	var spent advise.Sum
	var since time.Time
	hadInstances := false
	prices, _ := advise.Prices(s.scope().Region)
	for _, life := range s.Lifetimes() {
		if since.IsZero() {
			since = life.From
		}
		until := life.Until
		this := thing(life.Record.Key, life.Record.Settings)
		if !life.Ended() {
			until = now
			things = append(things, this)
		}
		hadInstances = hadInstances || this.Kind == steps.KindInstance
		spent = spent.And(prices.Spent(this, until.Sub(life.From)))
	}
	b := billOf(s.scope().Region, s.Header().Target == targetAWS, things)
	b.spent, b.since, b.hadInstances, b.down = spent, since, hadInstances, s.Down()
	return b
}

func billOf(region string, onAWS bool, things []advise.Thing) bill {
	prices, known := advise.Prices(region)
	links, instances := advise.Split(prices.Hourly(things...))
	return bill{
		region: region, known: known, hasInstances: len(instances) > 0, onAWS: onAWS,
		links: advise.Total(links), instances: advise.Total(instances),
	}
}

// thing is a resource as far as its price goes.
func thing(key state.Key, settings state.Settings) advise.Thing {
	t := advise.Thing{Kind: key.Kind(), Count: 1}
	switch key.Kind() {
	case steps.KindVPCEndpoint:
		var set steps.VPCEndpoint
		if json.Unmarshal(settings, &set) == nil {
			t.AZs = len(set.Subnets) // one in each AZ
		}
	case steps.KindInstance:
		var set steps.Instance
		if json.Unmarshal(settings, &set) == nil {
			t.Type, t.OS, t.PublicIP = set.Type, provision.SystemOf(set), set.PublicIP
		}
	}
	return t
}

// billJSON is a bill in results. Amounts are USD; null is unknown, and what a name under unknown costs is missing from the
// sums beside it.
type billJSON struct {
	Currency  string     `json:"currency"`
	Region    string     `json:"region"`
	Hour      advise.Sum `json:"hour"`    // of the links, as is what follows
	Month     advise.Sum `json:"month"`   // of 720 hours
	Unknown   []string   `json:"unknown"` // items without a price
	Instances rateJSON   `json:"instances"`
	Spent     *spentJSON `json:"spent,omitempty"` // of what has begun
}

type rateJSON struct {
	Hour    advise.Sum `json:"hour"`
	Month   advise.Sum `json:"month"`
	Unknown []string   `json:"unknown"`
}

// spentJSON is what a stack has cost, instances included.
type spentJSON struct {
	Since   time.Time  `json:"since"`
	USD     advise.Sum `json:"usd"`
	Unknown []string   `json:"unknown"`
}

func (b bill) json() *billJSON {
	if b.region == "" {
		return nil
	}
	out := &billJSON{
		Currency: "USD", Region: b.region, Hour: b.links, Month: b.links.Times(advise.HoursAMonth), Unknown: unknownIn(b.links),
		Instances: rateJSON{b.instances, b.instances.Times(advise.HoursAMonth), unknownIn(b.instances)},
	}
	if !b.since.IsZero() {
		out.Spent = &spentJSON{b.since, b.spent, unknownIn(b.spent)}
	}
	return out
}

// unknownIn names the items whose price is missing from a sum.
func unknownIn(sum advise.Sum) []string {
	names := []string{}
	for _, item := range sum.Unknown {
		names = append(names, item.Name)
	}
	return names
}
