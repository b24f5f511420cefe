package sim

import (
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
)

var vpcAttributeActions = []handler{
	action("ModifyVpcAttribute", changing, (*call).modifyVpcAttribute),
	action("DescribeVpcAttribute", reading, (*call).describeVpcAttribute),
}

// vpcAttribute is one attribute: where the VPC has it, and where a call names a new value.
type vpcAttribute struct {
	name  types.VpcAttributeName
	of    func(*vpc) *bool
	asked func(*ec2.ModifyVpcAttributeInput) *types.AttributeBooleanValue
	show  func(*ec2.DescribeVpcAttributeOutput, *types.AttributeBooleanValue)
}

var vpcAttributes = []vpcAttribute{
	{
		types.VpcAttributeNameEnableDnsSupport,
		func(v *vpc) *bool { return &v.dnsSupport },
		func(in *ec2.ModifyVpcAttributeInput) *types.AttributeBooleanValue { return in.EnableDnsSupport },
		func(out *ec2.DescribeVpcAttributeOutput, b *types.AttributeBooleanValue) { out.EnableDnsSupport = b },
	},
	{
		types.VpcAttributeNameEnableDnsHostnames,
		func(v *vpc) *bool { return &v.dnsHostnames },
		func(in *ec2.ModifyVpcAttributeInput) *types.AttributeBooleanValue { return in.EnableDnsHostnames },
		func(out *ec2.DescribeVpcAttributeOutput, b *types.AttributeBooleanValue) { out.EnableDnsHostnames = b },
	},
	{
		types.VpcAttributeNameEnableNetworkAddressUsageMetrics,
		func(v *vpc) *bool { return &v.usageMetrics },
		func(in *ec2.ModifyVpcAttributeInput) *types.AttributeBooleanValue {
			return in.EnableNetworkAddressUsageMetrics
		},
		func(out *ec2.DescribeVpcAttributeOutput, b *types.AttributeBooleanValue) {
			out.EnableNetworkAddressUsageMetrics = b
		},
	},
}

// modifyVpcAttribute takes one attribute a call (API Reference, ModifyVpcAttribute).
func (c *call) modifyVpcAttribute(in *ec2.ModifyVpcAttributeInput) (*ec2.ModifyVpcAttributeOutput, error) {
	v, err := c.vpcs.use(c, kindVPC, in.VpcId)
	if err != nil {
		return nil, err
	}
	var given []string
	var chosen vpcAttribute
	for _, a := range vpcAttributes {
		if a.asked(in) != nil {
			given, chosen = append(given, string(a.name)), a
		}
	}
	switch {
	case len(given) == 0:
		return nil, fail("InvalidParameterCombination", "No attributes specified.")
	case len(given) > 1:
		return nil, fail("InvalidParameterCombination", "Fields for multiple attribute types specified: %s", strings.Join(given, ", "))
	}
	*chosen.of(v) = deref(chosen.asked(in).Value)
	return &ec2.ModifyVpcAttributeOutput{}, nil
}

func (c *call) describeVpcAttribute(in *ec2.DescribeVpcAttributeInput) (*ec2.DescribeVpcAttributeOutput, error) {
	v, err := c.vpcs.read(c, kindVPC, in.VpcId)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(vpcAttributes, func(a vpcAttribute) bool { return a.name == in.Attribute })
	if i < 0 {
		return nil, invalid("Value (%s) for parameter attribute is invalid. Unknown VPC attribute.", in.Attribute)
	}
	out := &ec2.DescribeVpcAttributeOutput{VpcId: new(v.id)}
	vpcAttributes[i].show(out, &types.AttributeBooleanValue{Value: new(*vpcAttributes[i].of(v))})
	return out, nil
}
