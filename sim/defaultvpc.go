package sim

import "net/netip"

// makeDefaultVPC puts into a fresh region what AWS gives to every account there: a VPC with a subnet in each zone,
// the main table, the default group, and an internet gateway to which the main table leads.
func (c *call) makeDefaultVPC() {
	v := &vpc{
		thing: c.born(kindVPC, "", nil), cidr: netip.MustParsePrefix("172.31.0.0/16"), isDefault: true,
		dnsHostnames: true, // which other VPCs have not (aws-facts §2.1)
	}
	v.implicit = true
	c.addVPC(v)
	for i := range c.zones {
		c.subnets.add(c.region, &subnet{
			thing: c.comesWith(&v.thing, kindSubnet, nil), isDefault: true, zone: &c.zones[i], attributes: map[string]string{mapsPublic: "true"},
			cidr: netip.PrefixFrom(nth(v.cidr, i*4096), 20),
		})
	}
	g := c.internetGates.add(c.region, &internetGateway{thing: c.comesWith(&v.thing, kindInternetGateway, nil)})
	l := &internetLink{thing: c.comesWith(&g.thing, kindInternetLink, nil), gateway: g, vpc: v.id}
	l.id = internetLinkID(g.id, v.id)
	c.internetLinks.add(c.region, l)
	out := netip.MustParsePrefix("0.0.0.0/0")
	r := &route{thing: c.comesWith(&v.main.thing, kindRoute, nil), table: v.main, to: out, target: target{gateway: g.id}}
	r.id, r.implicit = routeID(v.main.id, out), true
	c.routes.add(c.region, r)
}
