package sim_test

import (
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/google/go-cmp/cmp"

	"vpclink/sim"
)

// An instance is what it was asked to be, in AWS's own words.
func TestAnInstanceAsAWSShowsIt(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, _ *sim.World, a account) {
		ctx := t.Context()
		vpc := a.vpc("a", "10.0.0.0/16")
		subnet, group := a.subnet(vpc, "10.0.0.0/24"), a.group(vpc, "g")
		out, err := a.RunInstances(ctx, &ec2.RunInstancesInput{
			ImageId: new(linux), InstanceType: types.InstanceTypeT3Micro, MinCount: new(int32(1)), MaxCount: new(int32(1)), ClientToken: new("t"),
			NetworkInterfaces: []types.InstanceNetworkInterfaceSpecification{{DeviceIndex: new(int32(0)), SubnetId: &subnet, Groups: []string{group}, PrivateIpAddress: new("10.0.0.10")}},
			TagSpecifications: append(named("instance", "a"), named("network-interface", "card of a")...),
		})
		a.fatal(err)
		pass(time.Second)
		if have, err := a.cards(ctx, append(filter("private-ip-address", "10.0.0.10"), filter("status", "in-use")...)); have != 1 {
			t.Errorf("the interface should be in use from the start, %v", err)
		}
		pass(30 * time.Second)
		list, err := a.DescribeInstances(ctx, &ec2.DescribeInstancesInput{Filters: filter("client-token", "t")})
		a.fatal(err)
		i := list.Reservations[0].Instances[0]
		have := []string{
			*i.InstanceId, string(i.State.Name), *i.VpcId, *i.SubnetId, *i.PrivateIpAddress, *i.SecurityGroups[0].GroupId,
			string(i.InstanceType), *i.Placement.AvailabilityZone, *i.Tags[0].Value, *i.NetworkInterfaces[0].PrivateIpAddress,
		}
		want := []string{*out.Instances[0].InstanceId, "running", vpc, subnet, "10.0.0.10", group, "t3.micro", tokyo + "a", "a", "10.0.0.10"}
		if diff := cmp.Diff(want, have); diff != "" {
			t.Errorf("DescribeInstances differs from what was asked for (-want +have):\n%s", diff)
		}
		cards, err := a.DescribeNetworkInterfaces(ctx, &ec2.DescribeNetworkInterfacesInput{Filters: filter("tag:Name", "card of a")})
		a.fatal(err)
		if len(cards.NetworkInterfaces) != 1 || *cards.NetworkInterfaces[0].Attachment.InstanceId != *i.InstanceId {
			t.Errorf("the instance's interface should carry its tags, not %+v", cards.NetworkInterfaces)
		}
	})
}

// The same token starts nothing new, and a terminated instance has used it up (aws-facts §0.1).
func TestRunInstancesIsIdempotent(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, w *sim.World, a account) {
		ctx := t.Context()
		vpc := a.vpc("a", "10.0.0.0/16")
		subnet, group := a.subnet(vpc, "10.0.0.0/24"), a.group(vpc, "g")
		in := launch(subnet, group, linux, "t")
		in.PrivateIpAddress = new("10.0.0.10")
		first, err := a.RunInstances(ctx, in)
		a.fatal(err)
		again, err := a.RunInstances(ctx, in)
		a.fatal(err)
		if *first.Instances[0].InstanceId != *again.Instances[0].InstanceId || kinds(w.Objects())["instance"] != 1 {
			t.Errorf("the same token should give the same instance, and no second one")
		}
		pass(time.Minute)
		for _, want := range []types.InstanceStateName{"shutting-down", "terminated"} { // it succeeds again and again (aws-facts §2.7)
			out, err := a.TerminateInstances(ctx, &ec2.TerminateInstancesInput{InstanceIds: []string{*first.Instances[0].InstanceId}})
			a.fatal(err)
			if have := out.TerminatingInstances[0].CurrentState.Name; have != want {
				t.Errorf("the instance should be %s after the call, not %s", want, have)
			}
			pass(time.Minute)
		}
		_, err = a.RunInstances(ctx, in)
		wantCode(t, err, "IdempotentInstanceTerminated", "the token of a terminated instance")
	})
}

// While it shuts down an instance holds its group and subnet (aws-facts §2.7); then it no longer shows where it was.
func TestTheEndOfAnInstance(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, _ *sim.World, a account) {
		ctx := t.Context()
		vpc := a.vpc("a", "10.0.0.0/16")
		subnet, group := a.subnet(vpc, "10.0.0.0/24"), a.group(vpc, "g")
		id := a.instance(subnet, group)
		_, err := a.TerminateInstances(ctx, &ec2.TerminateInstancesInput{InstanceIds: []string{id}})
		a.fatal(err)
		remove := func() error {
			_, err := a.DeleteSecurityGroup(ctx, &ec2.DeleteSecurityGroupInput{GroupId: &group})
			return err
		}
		pass(30*time.Second - 1)
		wantCode(t, remove(), "DependencyViolation", "deleting the group of an instance that shuts down")
		pass(1)
		wantCode(t, remove(), "", "deleting the group of a terminated instance")
		list, err := a.DescribeInstances(ctx, &ec2.DescribeInstancesInput{Filters: filter("vpc-id", vpc)})
		a.fatal(err)
		if len(list.Reservations) != 0 {
			t.Error("a terminated instance should not be found by its VPC")
		}
		list, err = a.DescribeInstances(ctx, &ec2.DescribeInstancesInput{Filters: filter("instance-state-name", "terminated")})
		a.fatal(err)
		if len(list.Reservations) != 1 || list.Reservations[0].Instances[0].VpcId != nil {
			t.Error("a terminated instance should be found by its state, without a VPC")
		}
	})
}

// A group of instances is one reservation, and all of them or as many as fit.
func TestSeveralInstances(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, _ *sim.World, a account) {
		vpc := a.vpc("a", "10.0.0.0/16")
		subnet, group := a.subnet(vpc, "10.0.0.0/28"), a.group(vpc, "g") // 11 addresses
		in := launch(subnet, group, linux, "t")
		in.MinCount, in.MaxCount = new(int32(12)), new(int32(12))
		_, err := a.RunInstances(t.Context(), in)
		wantCode(t, err, "InsufficientFreeAddressesInSubnet", "12 instances in 11 addresses")
		in.MinCount = new(int32(1))
		out, err := a.RunInstances(t.Context(), in)
		a.fatal(err)
		if len(out.Instances) != 11 {
			t.Errorf("of 1 to 12 instances 11 should fit, not %d", len(out.Instances))
		}
		pass(time.Second)
		list, err := a.DescribeInstances(t.Context(), &ec2.DescribeInstancesInput{})
		a.fatal(err)
		if len(list.Reservations) != 1 || len(list.Reservations[0].Instances) != 11 {
			t.Errorf("they should be one reservation of 11, not %d", len(list.Reservations))
		}
	})
}

// What the simulator does not do it says, instead of doing something else.
func TestTwoInterfacesAreRefused(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, _ *sim.World, a account) {
		vpc := a.vpc("a", "10.0.0.0/16")
		subnet := a.subnet(vpc, "10.0.0.0/24")
		in := launch(subnet, "", linux, "t")
		in.SubnetId, in.SecurityGroupIds = nil, nil
		for i := range 2 {
			in.NetworkInterfaces = append(in.NetworkInterfaces, types.InstanceNetworkInterfaceSpecification{DeviceIndex: new(int32(i)), SubnetId: &subnet})
		}
		_, err := a.RunInstances(t.Context(), in)
		wantCode(t, err, "UnsupportedOperation", "an instance with two interfaces")
		in.NetworkInterfaces, in.SubnetId = in.NetworkInterfaces[:1], &subnet
		_, err = a.RunInstances(t.Context(), in)
		wantCode(t, err, "InvalidParameterCombination", "a subnet beside the interface's")
		in.NetworkInterfaces, in.SubnetId = nil, nil
		out, err := a.RunInstances(t.Context(), in) // into the default VPC
		a.fatal(err)
		if have := *out.Instances[0].PrivateIpAddress; have != "172.31.0.4" {
			t.Errorf("without a subnet the instance should start in the default VPC, not at %s", have)
		}
	})
}
