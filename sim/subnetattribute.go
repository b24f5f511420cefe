package sim

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
)

var subnetAttributeActions = []handler{
	action("ModifySubnetAttribute", changing, (*call).modifySubnetAttribute),
}

// subnetAttribute is an attribute of subnets, its key the one by which DescribeSubnets filters, and the value that a
// call names, "" when it names none.
type subnetAttribute struct {
	attribute
	asked func(*ec2.ModifySubnetAttributeInput) string
}

const (
	mapsPublic   = "map-public-ip-on-launch"
	hostnameType = "private-dns-name-options-on-launch.hostname-type"
	assignsIPv6  = "assign-ipv6-address-on-creation" // by which alone nobody filters
	recordsName  = "private-dns-name-options-on-launch.enable-resource-name-dns-a-record"
)

var onlyFalse = []string{"false"}

// subnetAttributes: names and records are for launches to come and shown only, as the simulator names instances by their
// addresses. What needs IPv6 or an Outpost can be turned off, which it is.
var subnetAttributes = []subnetAttribute{
	{attribute{key: mapsPublic, def: "false", takes: truths}, func(in *ec2.ModifySubnetAttributeInput) string {
		return truth(in.MapPublicIpOnLaunch)
	}},
	{attribute{key: hostnameType, def: "ip-name", takes: []string{"ip-name", "resource-name"}}, func(in *ec2.ModifySubnetAttributeInput) string {
		return string(in.PrivateDnsHostnameTypeOnLaunch)
	}},
	{attribute{key: recordsName, def: "false", takes: truths}, func(in *ec2.ModifySubnetAttributeInput) string {
		return truth(in.EnableResourceNameDnsARecordOnLaunch)
	}},
	{
		attribute{key: "private-dns-name-options-on-launch.enable-resource-name-dns-aaaa-record", def: "false", takes: onlyFalse},
		func(in *ec2.ModifySubnetAttributeInput) string {
			return truth(in.EnableResourceNameDnsAAAARecordOnLaunch)
		},
	},
	{attribute{key: assignsIPv6, def: "false", takes: onlyFalse}, func(in *ec2.ModifySubnetAttributeInput) string {
		return truth(in.AssignIpv6AddressOnCreation)
	}},
	{attribute{key: "enable-dns64", def: "false", takes: onlyFalse}, func(in *ec2.ModifySubnetAttributeInput) string {
		return truth(in.EnableDns64)
	}},
	{attribute{key: "map-customer-owned-ip-on-launch", def: "false", takes: onlyFalse}, func(in *ec2.ModifySubnetAttributeInput) string {
		return truth(in.MapCustomerOwnedIpOnLaunch)
	}},
	{attribute{key: "enable-lni-at-device-index", takes: []string{}}, func(in *ec2.ModifySubnetAttributeInput) string {
		if in.EnableLniAtDeviceIndex == nil {
			return ""
		}
		return strconv.Itoa(int(*in.EnableLniAtDeviceIndex))
	}},
}

// truth writes a value that a call names, "" when it names none.
func truth(b *types.AttributeBooleanValue) string {
	if b == nil {
		return ""
	}
	return strconv.FormatBool(deref(b.Value))
}

// modifySubnetAttribute takes one attribute a call (API Reference, ModifySubnetAttribute).
func (c *call) modifySubnetAttribute(in *ec2.ModifySubnetAttributeInput) (*ec2.ModifySubnetAttributeOutput, error) {
	s, err := c.subnets.use(c, kindSubnet, in.SubnetId)
	if err != nil {
		return nil, err
	}
	given := slices.DeleteFunc(slices.Clone(subnetAttributes), func(a subnetAttribute) bool { return a.asked(in) == "" })
	switch {
	case len(given) == 0:
		return nil, fail("InvalidParameterCombination", "No attributes specified.")
	case len(given) > 1:
		keys := shown(given, func(a subnetAttribute) string { return a.key })
		return nil, fail("InvalidParameterCombination", "Fields for multiple attribute types specified: %s", strings.Join(keys, ", "))
	}
	a, value := given[0], given[0].asked(in)
	if !slices.Contains(a.takes, value) {
		return nil, fail("UnsupportedOperation", "The simulator takes %q for %s of a subnet, not %q.", a.takes, a.key, value)
	}
	s.attributes[a.key] = value
	return &ec2.ModifySubnetAttributeOutput{}, nil
}

// is is the value of an attribute.
func (s *subnet) is(key string) string {
	i := slices.IndexFunc(subnetAttributes, func(a subnetAttribute) bool { return a.key == key })
	return subnetAttributes[i].in(s.attributes)
}

// withAttributes adds the facets of the attributes to those of subnets.
func withAttributes(of facets[*subnet]) facets[*subnet] {
	all := maps.Clone(of)
	for _, a := range subnetAttributes {
		if a.key != assignsIPv6 {
			all[a.key] = one(func(s *subnet) string { return a.in(s.attributes) })
		}
	}
	return all
}
