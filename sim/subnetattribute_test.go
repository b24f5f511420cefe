package sim_test

import (
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/google/go-cmp/cmp"

	"vpclink/sim"
)

func turned(on bool) *types.AttributeBooleanValue { return &types.AttributeBooleanValue{Value: &on} }

func (a account) setSubnet(subnet string, in ec2.ModifySubnetAttributeInput) (*ec2.ModifySubnetAttributeOutput, error) {
	in.SubnetId = &subnet
	return a.ModifySubnetAttribute(a.t.Context(), &in)
}

// One attribute a call; each is shown, and filtered by.
func TestSubnetAttributes(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, _ *sim.World, a account) {
		ctx := t.Context()
		n := a.network()
		type modify = ec2.ModifySubnetAttributeInput
		for _, row := range []struct {
			what   string
			change modify
			code   string
		}{
			{"public addresses", modify{MapPublicIpOnLaunch: turned(true)}, ""},
			{"names by instance", modify{PrivateDnsHostnameTypeOnLaunch: types.HostnameTypeResourceName}, ""},
			{"records", modify{EnableResourceNameDnsARecordOnLaunch: turned(true)}, ""},
			{"no IPv6 addresses", modify{AssignIpv6AddressOnCreation: turned(false)}, ""},
			{"IPv6 addresses", modify{AssignIpv6AddressOnCreation: turned(true)}, "UnsupportedOperation"},
			{"a device index", modify{EnableLniAtDeviceIndex: new(int32(1))}, "UnsupportedOperation"},
			{"two at once", modify{MapPublicIpOnLaunch: turned(false), EnableDns64: turned(false)}, "InvalidParameterCombination"},
			{"nothing", modify{}, "InvalidParameterCombination"},
		} {
			_, err := a.setSubnet(n.subnet, row.change)
			wantCode(t, err, row.code, "changing "+row.what)
		}
		seen, err := a.DescribeSubnets(ctx, &ec2.DescribeSubnetsInput{SubnetIds: []string{n.subnet}})
		a.fatal(err)
		if !*seen.Subnets[0].MapPublicIpOnLaunch {
			t.Error("the subnet should map public addresses")
		}
		want := &types.PrivateDnsNameOptionsOnLaunch{
			HostnameType: types.HostnameTypeResourceName, EnableResourceNameDnsARecord: new(true), EnableResourceNameDnsAAAARecord: new(false),
		}
		if diff := cmp.Diff(want, seen.Subnets[0].PrivateDnsNameOptionsOnLaunch, ignoreSerde); diff != "" {
			t.Errorf("the subnet should show what was set (-want +have):\n%s", diff)
		}
		for name, value := range map[string]string{
			"map-public-ip-on-launch": "true", "private-dns-name-options-on-launch.hostname-type": "resource-name",
			"private-dns-name-options-on-launch.enable-resource-name-dns-a-record": "true", "enable-dns64": "false",
		} {
			if have, err := a.subnets(ctx, append(filter(name, value), filter("vpc-id", n.vpc)...)); err != nil || have != 1 {
				t.Errorf("the filter %s=%s should find the subnet, not %d, %v", name, value, have, err)
			}
		}
	})
}

// What a subnet maps holds for launches from then on, unless they say otherwise.
func TestASubnetMapsPublicAddresses(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, _ *sim.World, a account) {
		n := a.network()
		before := a.instance(n.subnet, n.group)
		_, err := a.setSubnet(n.subnet, ec2.ModifySubnetAttributeInput{MapPublicIpOnLaunch: turned(true)})
		a.fatal(err)
		after, err := a.RunInstances(t.Context(), launch(n.subnet, n.group, linux, "after"))
		a.fatal(err)
		without := public(n.subnet, n.group, "without")
		without.NetworkInterfaces[0].AssociatePublicIpAddress = new(false)
		never, err := a.RunInstances(t.Context(), without)
		a.fatal(err)
		pass(30 * s)
		for id, want := range map[string]bool{before: false, *after.Instances[0].InstanceId: true, *never.Instances[0].InstanceId: false} {
			if have := a.described(id).PublicIpAddress; (have != nil) != want {
				t.Errorf("a launch before should get no address, one after should, one that wants none should not: %v of %s", have, id)
			}
		}
	})
}
