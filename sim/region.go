package sim

import (
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"time"
)

// region is what one account has in one region.
type region struct {
	account, name string
	zones         []zone
	made          int // objects so far

	vpcs          shelf[*vpc]
	subnets       shelf[*subnet]
	routeTables   shelf[*routeTable]
	tableLinks    shelf[*tableLink]
	routes        shelf[*route]
	groups        shelf[*group]
	rules         shelf[*rule]
	interfaces    shelf[*netInterface]
	internetGates shelf[*internetGateway]
	internetLinks shelf[*internetLink]
	elasticIPs    shelf[*elasticIP]
	peerings      shelf[*peering]
	instances     shelf[*instance]
	gateways      shelf[*gateway]
	gatewayTables shelf[*gatewayTable]
	attachments   shelf[*attachment]
	associations  shelf[*association]
	propagations  shelf[*propagation]
	staticRoutes  shelf[*gatewayRoute]

	targetGroups  shelf[*targetGroup]
	registrations shelf[*registration]
	balancers     shelf[*balancer]
	listeners     shelf[*listener]
	services      shelf[*endpointService]
	principals    shelf[*servicePermission]
	endpoints     shelf[*endpoint]

	tokens map[string]tokenUse // client tokens, by action and token
}

// place names a region of an account.
type place struct{ account, region string }

// entries lists everything, in the order in which it was made.
func (r *region) entries() []entry {
	list := make([]entry, r.made)
	put := func(e entry) { list[e.base().order-1] = e }
	each(r.vpcs, put)
	each(r.subnets, put)
	each(r.routeTables, put)
	each(r.tableLinks, put)
	each(r.routes, put)
	each(r.groups, put)
	each(r.rules, put)
	each(r.interfaces, put)
	each(r.internetGates, put)
	each(r.internetLinks, put)
	each(r.elasticIPs, put)
	each(r.peerings, put)
	each(r.instances, put)
	each(r.gateways, put)
	each(r.gatewayTables, put)
	each(r.attachments, put)
	each(r.associations, put)
	each(r.propagations, put)
	each(r.staticRoutes, put)
	each(r.targetGroups, put)
	each(r.registrations, put)
	each(r.balancers, put)
	each(r.listeners, put)
	each(r.services, put)
	each(r.principals, put)
	each(r.endpoints, put)
	return list
}

func each[T entry](s shelf[T], do func(entry)) {
	for _, v := range s.list {
		do(v)
	}
}

// dawn is when every default VPC was made.
var dawn = time.Unix(0, 0).UTC()

// newRegion is a region as an account finds it: with AWS's default VPC. It does not depend on when it is first
// looked at, as a replay may come to it in another order.
func newRegion(p place, seed uint64) *region {
	r := &region{account: p.account, name: p.region, tokens: map[string]tokenUse{}}
	r.zones = zonesOf(p)
	c := &call{request: request{place: p}, region: r, opts: &Options{NoDelay: true}, now: dawn, dice: rand.New(rand.NewPCG(seed, hashOf(p)))}
	c.makeDefaultVPC()
	return r
}

func hashOf(p place) uint64 {
	h := fnv.New64a()
	fmt.Fprintf(h, "%s/%s", p.account, p.region)
	return h.Sum64()
}

// arn names a thing of this region.
func (r *region) arn(kind, id string) *string {
	return new(fmt.Sprintf("arn:aws:ec2:%s:%s:%s/%s", r.name, r.account, kind, id))
}
