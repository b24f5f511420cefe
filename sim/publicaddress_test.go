package sim_test

import (
	"net/netip"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/google/go-cmp/cmp"

	"vpclink/sim"
)

// A launch may ask for a public address. It is shown by reads, not by the launch, until the instance is terminated.
func TestAPublicAddress(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, _ *sim.World, a account) {
		ctx := t.Context()
		n := a.network()
		out, err := a.RunInstances(ctx, public(n.subnet, n.group, "t"))
		a.fatal(err)
		if i := out.Instances[0]; i.PublicIpAddress != nil || i.NetworkInterfaces[0].Association != nil {
			t.Errorf("the answer to the launch should not have the address yet, but has %v", *i.PublicIpAddress)
		}
		id := *out.Instances[0].InstanceId
		pass(30 * s)
		i := a.described(id)
		address := *i.PublicIpAddress
		if ip, err := netip.ParseAddr(address); err != nil || ip.IsPrivate() {
			t.Errorf("the address should be a public one, not %s", address)
		}
		want := &types.InstanceNetworkInterfaceAssociation{PublicIp: &address, PublicDnsName: i.PublicDnsName, IpOwnerId: new("amazon")}
		if diff := cmp.Diff(want, i.NetworkInterfaces[0].Association, ignoreSerde); diff != "" {
			t.Errorf("the interface of the instance should show its address, as Amazon's (-want +have):\n%s", diff)
		}
		count := func(what string, want int) {
			t.Helper()
			for _, row := range []struct {
				of   string
				have func() (int, error)
			}{
				{"instance by ip-address", func() (int, error) { return a.instances(ctx, filter("ip-address", address)) }},
				{"instance by its interface", func() (int, error) {
					return a.instances(ctx, filter("network-interface.association.public-ip", address))
				}},
				{"interface by association.public-ip", func() (int, error) { return a.cards(ctx, filter("association.public-ip", address)) }},
			} {
				if have, err := row.have(); err != nil || have != want {
					t.Errorf("%s: the %s should find %d, not %d, %v", what, row.of, want, have, err)
				}
			}
		}
		count("running", 1)
		a.terminate(id)
		pass(29 * s)
		count("shutting down", 1)
		pass(s)
		count("terminated", 0)
		if i := a.described(id); i.PublicIpAddress != nil || len(i.NetworkInterfaces) != 0 {
			t.Errorf("a terminated instance should not show an address, but shows %s", *i.PublicIpAddress)
		}
	})
}

// Who has an address when the launch does not say depends on the subnet: default ones map addresses.
func TestWhoGetsAPublicAddress(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, _ *sim.World, a account) {
		n := a.network()
		all, err := a.DescribeSubnets(t.Context(), &ec2.DescribeSubnetsInput{Filters: filter("default-for-az", "true")})
		a.fatal(err)
		def := *all.Subnets[0].SubnetId
		for _, row := range []struct {
			what   string
			subnet string
			ask    *bool
			want   bool
		}{
			{"in a subnet of one's own", n.subnet, nil, false},
			{"in a subnet of one's own, asked for", n.subnet, new(true), true},
			{"in a default subnet", def, nil, true},
			{"in a default subnet, not wanted", def, new(false), false},
		} {
			in := public(row.subnet, "", row.what)
			in.NetworkInterfaces[0].Groups, in.NetworkInterfaces[0].AssociatePublicIpAddress = nil, row.ask
			out, err := a.RunInstances(t.Context(), in)
			a.fatal(err)
			pass(5 * s)
			if have := a.described(*out.Instances[0].InstanceId).PublicIpAddress != nil; have != row.want {
				t.Errorf("that an instance %s has a public address should be %t", row.what, row.want)
			}
		}
	})
}

// Addresses are there once in the whole world, and come from the seed.
func TestPublicAddressesAreUnique(t *testing.T) {
	addresses := func(seed uint64) []string {
		var all []string
		story(t, sim.Options{NoLimits: true, Seed: seed}, func(t *testing.T, w *sim.World, _ account) {
			seen := map[string]bool{}
			for _, region := range []string{tokyo, "us-east-1"} {
				b := account{Client: ec2In(w, sim.DefaultAccount, region), t: t}
				in := public("", "", region)
				in.NetworkInterfaces, in.MaxCount, in.MinCount = nil, new(int32(100)), new(int32(100))
				_, err := b.RunInstances(t.Context(), in) // in the default VPC
				b.fatal(err)
				pass(5 * s)
				list, err := b.DescribeInstances(t.Context(), &ec2.DescribeInstancesInput{})
				b.fatal(err)
				for _, i := range list.Reservations[0].Instances {
					if seen[*i.PublicIpAddress] {
						t.Errorf("%s should be the address of one instance", *i.PublicIpAddress)
					}
					seen[*i.PublicIpAddress] = true
					all = append(all, *i.PublicIpAddress)
				}
			}
		})
		return all
	}
	one, again, other := addresses(1), addresses(1), addresses(2)
	if diff := cmp.Diff(one, again); diff != "" {
		t.Errorf("the same seed should give the same addresses (-first +second):\n%s", diff)
	}
	if len(one) != 200 || one[0] == other[0] {
		t.Errorf("200 instances should have addresses, others under another seed, not %d", len(one))
	}
}

// An address costs a launch nothing of its chance: a world that was recorded before there were any comes out the same.
func TestAPublicAddressTakesNoChance(t *testing.T) {
	ids := map[bool]string{}
	for _, want := range []bool{true, false} {
		story(t, sim.Options{}, func(t *testing.T, _ *sim.World, a account) {
			n := a.network()
			in := public(n.subnet, n.group, "t")
			in.NetworkInterfaces[0].AssociatePublicIpAddress = &want
			out, err := a.RunInstances(t.Context(), in)
			a.fatal(err)
			ids[want] = *out.Instances[0].InstanceId + *out.Instances[0].NetworkInterfaces[0].Attachment.AttachmentId
		})
	}
	if ids[true] != ids[false] {
		t.Errorf("an instance should have the same IDs with a public address, %s, and without, %s", ids[true], ids[false])
	}
}

// DNS names are shown only where a VPC has DNS hostnames (aws-facts §2.1).
func TestPublicNames(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, _ *sim.World, a account) {
		vpc := a.vpc("a", "10.0.0.0/16")
		subnet, group := a.subnet(vpc, "10.0.0.0/24"), a.group(vpc, "g")
		id := a.publicInstance(subnet, group, "t")
		if i := a.described(id); *i.PublicDnsName != "" || i.NetworkInterfaces[0].PrivateDnsName != nil {
			t.Errorf("without DNS hostnames there should be no public name, and none of the interface, not %q", *i.PublicDnsName)
		}
		a.hostnames(vpc)
		i := a.described(id)
		ip := netip.MustParseAddr(*i.PublicIpAddress).As4()
		want := "ec2-" + dashed(ip) + "." + tokyo + ".compute.amazonaws.com"
		if *i.PublicDnsName != want || *i.NetworkInterfaces[0].PrivateDnsName != *i.PrivateDnsName {
			t.Errorf("with DNS hostnames the public name should be %s, not %s", want, *i.PublicDnsName)
		}
		have, err := a.instances(t.Context(), filter("dns-name", want))
		if err != nil || have != 1 {
			t.Errorf("the instance should be found by its public name, not %d, %v", have, err)
		}
	})
}

// Elastic IPs: for what runs in a VPC with an internet gateway, moved and given back (aws-facts §2.9).
func TestAnElasticIPComesAndGoes(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, w *sim.World, a account) {
		ctx := t.Context()
		n := a.network()
		one, two := a.publicInstance(n.subnet, n.group, "one"), a.instance(n.subnet, n.group)
		allocated, err := a.AllocateAddress(ctx, &ec2.AllocateAddressInput{TagSpecifications: named("elastic-ip", "a")})
		a.fatal(err)
		address, ip := *allocated.AllocationId, *allocated.PublicIp
		_, err = a.mapTo(address, one)
		wantCode(t, err, "InvalidAllocationID.NotFound", "an address allocated this moment")
		pass(2 * s)
		_, err = a.mapTo(address, one)
		wantCode(t, err, "Gateway.NotAttached", "an address in a VPC without internet gateway")
		gateway := a.opened(n.vpc)

		link, err := a.mapTo(address, one)
		a.fatal(err)
		again, err := a.mapTo(address, one)
		if err != nil || again != link {
			t.Errorf("the same association again should be the same, %s, not %s, %v", link, again, err)
		}
		i := a.described(one)
		if *i.PublicIpAddress != ip || *i.NetworkInterfaces[0].Association.IpOwnerId != sim.DefaultAccount {
			t.Errorf("the instance should have the address %s in the place of Amazon's, not %s", ip, *i.PublicIpAddress)
		}
		keep := &ec2.AssociateAddressInput{AllocationId: &address, NetworkInterfaceId: cardOf(ctx, a.Client, two), AllowReassociation: new(false)}
		_, err = a.AssociateAddress(ctx, keep)
		wantCode(t, err, "Resource.AlreadyAssociated", "an address that is in use, not to be moved")
		moved, err := a.mapTo(address, two)
		a.fatal(err)
		if i := a.described(one); i.PublicIpAddress != nil {
			t.Errorf("the address should have gone from the first instance, which shows %s", *i.PublicIpAddress)
		}
		release := func() error {
			_, err := a.ReleaseAddress(ctx, &ec2.ReleaseAddressInput{AllocationId: &address})
			return err
		}
		wantCode(t, release(), "InvalidIPAddress.InUse", "releasing an address that is in use")
		wantCode(t, a.detachInternet(gateway, n.vpc), "DependencyViolation", "detaching from a VPC with an elastic IP")
		for _, id := range []string{link, moved, moved} { // the first is no more, and ending it succeeds all the same
			_, err = a.DisassociateAddress(ctx, &ec2.DisassociateAddressInput{AssociationId: &id})
			a.fatal(err)
		}
		a.fatal(a.detachInternet(gateway, n.vpc))
		a.fatal(release())
		wantCode(t, release(), "InvalidAllocationID.NotFound", "releasing an address again")
		pass(2 * s)
		if have := kinds(w.Objects())["elastic-ip"]; have != 0 {
			t.Error("the address should be gone")
		}
	})
}

// An address is free when its instance is terminated, and not for an instance on its way.
func TestAnElasticIPOutlivesItsInstance(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, _ *sim.World, a account) {
		ctx := t.Context()
		n := a.network()
		a.opened(n.vpc)
		address := a.elasticIP()
		out, err := a.RunInstances(ctx, launch(n.subnet, n.group, linux, "t"))
		a.fatal(err)
		id := *out.Instances[0].InstanceId
		pass(2 * s)
		_, err = a.mapTo(address, id)
		wantCode(t, err, "IncorrectInstanceState", "an address for a pending instance")
		pass(30 * s)
		_, err = a.mapTo(address, id)
		a.fatal(err)
		shown := func(name, value string) int {
			all, err := a.DescribeAddresses(ctx, &ec2.DescribeAddressesInput{Filters: filter(name, value)})
			a.fatal(err)
			return len(all.Addresses)
		}
		for name, value := range map[string]string{
			"instance-id": id, "allocation-id": address, "private-ip-address": "10.0.0.4", "network-interface-id": *cardOf(ctx, a.Client, id),
			"network-interface-owner-id": sim.DefaultAccount, "association-id": "eipassoc-*", "network-border-group": tokyo,
		} {
			if shown(name, value) != 1 || shown(name, "other") != 0 {
				t.Errorf("the address should be found by %s = %s, and by that alone", name, value)
			}
		}
		a.terminate(id)
		pass(time.Minute)
		if shown("instance-id", id) != 0 || shown("allocation-id", address) != 1 {
			t.Error("the address should be free again, and still the account's")
		}
		_, err = a.mapTo(address, a.instance(n.subnet, n.group))
		wantCode(t, err, "", "the address for another instance")
	})
}

func dashed(ip [4]byte) string {
	text := []byte(netip.AddrFrom4(ip).String())
	for i := range text {
		if text[i] == '.' {
			text[i] = '-'
		}
	}
	return string(text)
}
