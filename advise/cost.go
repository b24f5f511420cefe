package advise

import (
	"math/big"
	"slices"
)

// The hours that sums are for.
const (
	HoursADay   = 8   // of a class
	HoursAMonth = 720 // as the tutorial counts; AWS's own pages count 730
)

// The dimensions of an NLCU, beside the GB an hour, for TCP.
const (
	newFlowsPerNLCU    = 800    // a second
	activeFlowsPerNLCU = 100000 // in a minute
)

// Usage is what links are used for.
type Usage struct {
	VPCs      int
	AZs       int // in how many each VPC has a subnet
	BothWays  bool
	Instances bool
	GB        *big.Rat // in a month, all together, spread evenly over its hours; nil is none

	NewFlows, ActiveFlows int // of all load balancers together: new ones a second, open ones at a time
}

// instanceType and instanceOS are what up starts unless told otherwise.
const instanceType, instanceOS = "t3.medium", "windows"

// Things returns what of a pattern costs by the hour, as up makes it. Of a pattern that is not one of the four it is nil.
func (u Usage) Things(pattern string) []Thing {
	instances := Thing{Kind: "instance", Count: u.VPCs, Type: instanceType, OS: instanceOS, PublicIP: pattern == "igw"}
	offers, consumers := 1, u.VPCs-1
	if u.BothWays {
		offers, consumers = u.VPCs, 2*(u.VPCs-1)
	}
	switch pattern {
	case "igw", "peering":
		return []Thing{instances}
	case "privatelink":
		return []Thing{{Kind: "vpc-endpoint", Count: consumers, AZs: u.AZs}, {Kind: "nlb", Count: offers}, instances}
	case "tgw":
		return []Thing{{Kind: "tgw-attachment", Count: u.VPCs}, instances}
	}
	return nil
}

// Cost is what a pattern costs.
type Cost struct {
	Pattern string
	Usage   Usage
	Fixed   []Line    // by the hour, whatever goes through
	Traffic []Traffic // by what goes through
}

// Traffic is one item that grows with what goes through, for a month.
type Traffic struct {
	Item  *Item
	Units *big.Rat // in a month
	Price Price
	Known bool
}

// Month returns what the item costs in a month.
func (t Traffic) Month() USD { return t.Price.of(t.Units) }

// Hour returns the item's share of an hour.
func (t Traffic) Hour() USD { return t.Month().times(big.NewRat(1, HoursAMonth)) }

// Certain reports whether the item's cost is known: that of nothing is, at whatever price.
func (t Traffic) Certain() bool { return t.Known || t.Units.Sign() == 0 }

// Cost returns what a pattern costs in the region.
func (t Table) Cost(pattern string, u Usage) Cost {
	c := Cost{Pattern: pattern, Usage: u, Fixed: t.Hourly(u.Things(pattern)...)}
	if !u.Instances {
		c.Fixed = slices.DeleteFunc(c.Fixed, func(l Line) bool { return l.Item.Of == OfInstance })
	}
	for _, name := range prices().Traffic[pattern] {
		item := itemOf(name)
		price, known := t.Price(item)
		c.Traffic = append(c.Traffic, Traffic{item, u.units(item), price, known})
	}
	return c
}

// units are how many of an item go through in a month.
func (u Usage) units(item *Item) *big.Rat {
	if item.Unit == PerNLCU {
		return new(big.Rat).Mul(u.nlcus(), whole(HoursAMonth))
	}
	return u.Through()
}

// Through returns the GB that go through in a month, 0 when nothing does.
func (u Usage) Through() *big.Rat {
	if u.GB == nil {
		return new(big.Rat)
	}
	return u.GB
}

// nlcus are the NLCUs of an hour: the largest of the dimensions. Of several load balancers each is taken to carry its even
// share, so that together they have as many as one would.
func (u Usage) nlcus() *big.Rat {
	most := new(big.Rat).Quo(u.Through(), whole(HoursAMonth))
	for _, other := range []*big.Rat{big.NewRat(int64(u.NewFlows), newFlowsPerNLCU), big.NewRat(int64(u.ActiveFlows), activeFlowsPerNLCU)} {
		if other.Cmp(most) > 0 {
			most = other
		}
	}
	return most
}

// Hour returns the fixed cost of an hour.
func (c Cost) Hour() Sum { return Total(c.Fixed) }

// Through returns what goes through costs in a month. Nothing going through costs nothing, at whatever price.
func (c Cost) Through() Sum {
	var sum Sum
	for _, t := range c.Traffic {
		if t.Units.Sign() > 0 {
			sum = sum.with(t.Item, t.Month(), t.Known)
		}
	}
	return sum
}

// PerGB returns what one more GB costs, at the price of the first; that of an NLCU-hour, which is a GB, is part of it.
func (c Cost) PerGB() Sum {
	var sum Sum
	for _, t := range c.Traffic {
		sum = sum.with(t.Item, t.Price.USD, t.Known)
	}
	return sum
}

// For returns what so many hours cost: the fixed part, and their share of the month's traffic.
func (c Cost) For(hours int) Sum {
	through := c.Through()
	through.USD = through.USD.times(big.NewRat(int64(hours), HoursAMonth))
	return c.Hour().Times(hours).And(through)
}

// Month returns what a month costs.
func (c Cost) Month() Sum { return c.For(HoursAMonth) }
