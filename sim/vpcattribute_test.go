package sim_test

import (
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"vpclink/sim"
)

// A VPC resolves names from the start, and gives them to instances when it is told to; the default one does both.
func TestVPCAttributes(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, _ *sim.World, a account) {
		ctx := t.Context()
		vpc := a.vpc("a", "10.0.0.0/16")
		all, err := a.DescribeVpcs(ctx, &ec2.DescribeVpcsInput{Filters: filter("is-default", "true")})
		a.fatal(err)
		def := *all.Vpcs[0].VpcId
		show := func(vpc string, name types.VpcAttributeName) bool {
			out, err := a.DescribeVpcAttribute(ctx, &ec2.DescribeVpcAttributeInput{VpcId: &vpc, Attribute: name})
			a.fatal(err)
			for _, v := range []*types.AttributeBooleanValue{out.EnableDnsSupport, out.EnableDnsHostnames, out.EnableNetworkAddressUsageMetrics} {
				if v != nil {
					return *v.Value
				}
			}
			t.Fatalf("%s should be shown", name)
			return false
		}
		on, off := &types.AttributeBooleanValue{Value: new(true)}, &types.AttributeBooleanValue{Value: new(false)}
		const support, names, metrics = types.VpcAttributeNameEnableDnsSupport, types.VpcAttributeNameEnableDnsHostnames, types.VpcAttributeNameEnableNetworkAddressUsageMetrics
		for _, step := range []struct {
			what                    string
			change                  *ec2.ModifyVpcAttributeInput
			code                    string
			support, names, metrics bool // afterwards
		}{
			{"nothing", nil, "", true, false, false},
			{"names", &ec2.ModifyVpcAttributeInput{EnableDnsHostnames: on}, "", true, true, false},
			{"no support", &ec2.ModifyVpcAttributeInput{EnableDnsSupport: off}, "", false, true, false},
			{"metrics", &ec2.ModifyVpcAttributeInput{EnableNetworkAddressUsageMetrics: on}, "", false, true, true},
			{"two at once", &ec2.ModifyVpcAttributeInput{EnableDnsSupport: on, EnableDnsHostnames: off}, "InvalidParameterCombination", false, true, true},
			{"none", &ec2.ModifyVpcAttributeInput{}, "InvalidParameterCombination", false, true, true},
		} {
			if step.change != nil {
				step.change.VpcId = &vpc
				_, err := a.ModifyVpcAttribute(ctx, step.change)
				wantCode(t, err, step.code, "changing "+step.what)
			}
			if show(vpc, support) != step.support || show(vpc, names) != step.names || show(vpc, metrics) != step.metrics {
				t.Errorf("after %s support, hostnames and metrics should be %t, %t, %t", step.what, step.support, step.names, step.metrics)
			}
		}
		if !show(def, support) || !show(def, names) {
			t.Error("the default VPC should have DNS support and hostnames")
		}
		_, err = a.DescribeVpcAttribute(ctx, &ec2.DescribeVpcAttributeInput{VpcId: &vpc, Attribute: "rain"})
		wantCode(t, err, "InvalidParameterValue", "an attribute that is none")
	})
}
