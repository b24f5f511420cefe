package sim

import (
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
)

var zoneActions = []handler{
	action("DescribeAvailabilityZones", reading, (*call).describeAvailabilityZones),
	action("DescribeInstanceTypeOfferings", reading, (*call).describeInstanceTypeOfferings),
}

// zone is an availability zone as one account sees it: the ID is the same for all, the name is not (aws-facts §2.18).
type zone struct {
	thing
	name string
}

// Tokyo's zones, the tutorial's region; in other regions they are numbered from 1 and lettered from a.
var tokyoIDs, tokyoLetters = []string{"apne1-az4", "apne1-az1", "apne1-az2"}, []string{"a", "c", "d"}

// directions are how zone IDs shorten the words of a region's name: ap-northeast-1 is apne1.
var directions = strings.NewReplacer(
	"northeast", "ne", "northwest", "nw", "southeast", "se", "southwest", "sw",
	"north", "n", "south", "s", "east", "e", "west", "w", "central", "c", "gov", "g", "-", "",
)

func zonesOf(p place) []zone {
	short := directions.Replace(p.region)
	ids, letters := []string{short + "-az1", short + "-az2", short + "-az3"}, []string{"a", "b", "c"}
	if p.region == "ap-northeast-1" {
		ids, letters = slices.Clone(tokyoIDs), slices.Clone(tokyoLetters)
	}
	if p.account != DefaultAccount {
		rand.New(rand.NewPCG(0, hashOf(p))).Shuffle(len(ids), func(i, j int) { ids[i], ids[j] = ids[j], ids[i] })
	}
	var zones []zone
	for i, letter := range letters {
		zones = append(zones, zone{thing: thing{kind: &kind{}, id: ids[i], order: i + 1}, name: p.region + letter})
	}
	return zones
}

func (z *zone) state(_ time.Time) string { return "available" }

var zoneFacets = facets[*zone]{
	"zone-id":       one(func(z *zone) string { return z.id }),
	"zone-name":     one(func(z *zone) string { return z.name }),
	"state":         one(func(*zone) string { return "available" }),
	"zone-type":     one(func(*zone) string { return "availability-zone" }),
	"opt-in-status": one(func(*zone) string { return "opt-in-not-required" }),
	"region-name":   func(c *call, _ *zone) []string { return []string{c.region.name} },
	"group-name":    func(c *call, _ *zone) []string { return []string{c.region.name + "-zg-1"} },
}

func (c *call) describeAvailabilityZones(in *ec2.DescribeAvailabilityZonesInput) (*ec2.DescribeAvailabilityZonesOutput, error) {
	var list []*zone
	for i := range c.zones {
		z := &c.zones[i]
		if (len(in.ZoneIds) == 0 || slices.Contains(in.ZoneIds, z.id)) && (len(in.ZoneNames) == 0 || slices.Contains(in.ZoneNames, z.name)) {
			list = append(list, z)
		}
	}
	if wanted := len(in.ZoneIds) + len(in.ZoneNames); wanted > 0 && len(list) < max(len(in.ZoneIds), len(in.ZoneNames)) {
		return nil, invalid("Invalid availability zone: [%s]", strings.Join(slices.Concat(in.ZoneIds, in.ZoneNames), ", "))
	}
	list, err := matching(c, list, in.Filters, zoneFacets)
	if err != nil {
		return nil, err
	}
	out := &ec2.DescribeAvailabilityZonesOutput{AvailabilityZones: []types.AvailabilityZone{}}
	for _, z := range list {
		out.AvailabilityZones = append(out.AvailabilityZones, types.AvailabilityZone{
			ZoneId: new(z.id), ZoneName: new(z.name), RegionName: new(c.region.name), ZoneType: new("availability-zone"),
			State: types.AvailabilityZoneStateAvailable, OptInStatus: types.AvailabilityZoneOptInStatusOptInNotRequired,
			GroupName: new(c.region.name + "-zg-1"), NetworkBorderGroup: new(c.region.name),
			Messages: []types.AvailabilityZoneMessage{},
		})
	}
	return out, nil
}

// zoneNamed finds a zone by ID or name. Neither given: the first one, as AWS chooses for itself.
func (c *call) zoneNamed(id, name *string) (*zone, error) {
	if id != nil && name != nil {
		return nil, fail("InvalidParameterCombination", "Only one of availabilityZone and availabilityZoneId may be specified")
	}
	if id == nil && name == nil {
		return &c.zones[0], nil
	}
	var names []string
	for i := range c.zones {
		z := &c.zones[i]
		if (id != nil && *id == z.id) || (name != nil && *name == z.name) {
			return z, nil
		}
		names = append(names, z.name)
	}
	return nil, invalid("Value (%s) for parameter availabilityZone is invalid. "+
		"Subnets can currently only be created in the following availability zones: %s.",
		deref(id)+deref(name), strings.Join(names, ", "))
}
