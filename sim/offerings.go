package sim

import (
	"slices"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
)

// instanceType is a type of instance: its vCPUs, and whether it is one of the old ones that the second zone of each
// region does not offer.
type instanceType struct {
	name  string
	vcpus int
	old   bool
}

// instanceTypes are the types there are to choose from, a few of AWS's many.
var instanceTypes = []instanceType{
	{"t2.micro", 1, true},
	{"t2.small", 1, true},
	{"t2.medium", 2, true},
	{"t3.nano", 2, false},
	{"t3.micro", 2, false},
	{"t3.small", 2, false},
	{"t3.medium", 2, false},
	{"t3.large", 2, false},
	{"t3.xlarge", 4, false},
	{"t3a.micro", 2, false},
	{"t3a.medium", 2, false},
	{"t4g.micro", 2, false},
	{"t4g.medium", 2, false},
	{"m5.large", 2, false},
	{"m5.xlarge", 4, false},
	{"m6i.large", 2, false},
	{"m7i.large", 2, false},
	{"c5.large", 2, false},
}

func typeNamed(name string) (instanceType, bool) {
	i := slices.IndexFunc(instanceTypes, func(t instanceType) bool { return t.name == name })
	if i < 0 {
		return instanceType{}, false
	}
	return instanceTypes[i], true
}

// offers reports whether instances of the type can be started in a zone.
func (c *call) offers(t instanceType, z *zone) bool { return !t.old || z.id != c.oldestLack() }

// oldestLack is the ID of the zone without the old types: the same zone for every account, whatever its name.
func (c *call) oldestLack() string {
	ids := []string{c.zones[0].id, c.zones[1].id, c.zones[2].id}
	slices.Sort(ids)
	return ids[1]
}

// offering is a type in a place.
type offering struct {
	thing
	location string
}

var offeringFacets = facets[*offering]{
	"instance-type": one(func(o *offering) string { return o.id }),
	"location":      one(func(o *offering) string { return o.location }),
}

func (c *call) describeInstanceTypeOfferings(in *ec2.DescribeInstanceTypeOfferingsInput) (*ec2.DescribeInstanceTypeOfferingsOutput, error) {
	by := in.LocationType
	if by == "" {
		by = types.LocationTypeRegion
	}
	var list []*offering
	add := func(t instanceType, location string) {
		list = append(list, &offering{thing: thing{kind: &kind{}, id: t.name, order: len(list) + 1}, location: location})
	}
	for _, t := range instanceTypes {
		if by == types.LocationTypeRegion {
			add(t, c.region.name)
			continue
		}
		for i := range c.zones {
			z := &c.zones[i]
			switch {
			case !c.offers(t, z):
			case by == types.LocationTypeAvailabilityZone:
				add(t, z.name)
			case by == types.LocationTypeAvailabilityZoneId:
				add(t, z.id)
			}
		}
	}
	list, err := matching(c, list, in.Filters, offeringFacets)
	if err != nil {
		return nil, err
	}
	list, next, err := page(c, list, in.MaxResults, in.NextToken)
	if err != nil {
		return nil, err
	}
	out := &ec2.DescribeInstanceTypeOfferingsOutput{NextToken: next, InstanceTypeOfferings: []types.InstanceTypeOffering{}}
	for _, o := range list {
		out.InstanceTypeOfferings = append(out.InstanceTypeOfferings, types.InstanceTypeOffering{
			InstanceType: types.InstanceType(o.id), Location: new(o.location), LocationType: by,
		})
	}
	return out, nil
}
