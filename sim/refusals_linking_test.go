package sim_test

import (
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/google/go-cmp/cmp"

	"vpclink/sim"
)

// linked is two networks of VPCs that are peered, the first with an internet gateway and an instance with an elastic
// IP, beside a free gateway and a free address.
type linked struct {
	network
	other, gateway, instance, address, peering string
	freeGateway, freeAddress                   string
}

func (a account) linked() linked {
	a.t.Helper()
	l := linked{network: a.network(), other: a.vpc("b", "10.1.0.0/16")}
	l.gateway, l.instance, l.address = a.opened(l.vpc), a.instance(l.subnet, l.group), a.elasticIP()
	_, err := a.mapTo(l.address, l.instance)
	a.fatal(err)
	l.peering, l.freeGateway, l.freeAddress = a.peered(l.vpc, l.other), a.internetGateway(), a.elasticIP()
	return l
}

// refusedLinks lists what AWS refuses on a standing linked. None of it may have any effect.
var refusedLinks = []struct {
	what, code, from string
	call             func(account, linked) error
}{
	{"a second gateway for a VPC", "InvalidParameterValue", "§1.3", func(a account, l linked) error {
		return a.attachInternet(l.freeGateway, l.vpc)
	}},
	{"a gateway that is attached elsewhere", "Resource.AlreadyAssociated", "§1.3", func(a account, l linked) error {
		return a.attachInternet(l.gateway, l.other)
	}},
	{"attaching a gateway that is not there", "InvalidInternetGatewayID.NotFound", "§1.3", func(a account, l linked) error {
		return a.attachInternet("igw-"+none, l.other)
	}},
	{"an ID that cannot be a gateway's", "InvalidInternetGatewayId.Malformed", "§0.1", func(a account, l linked) error {
		return a.attachInternet("igw-x", l.other)
	}},
	{"attaching to a VPC that is not there", "InvalidVpcID.NotFound", "§1.3", func(a account, l linked) error {
		return a.attachInternet(l.freeGateway, "vpc-"+none)
	}},
	{"detaching from another VPC", "Gateway.NotAttached", "§1.3", func(a account, l linked) error {
		return a.detachInternet(l.gateway, l.other)
	}},
	{"detaching a free gateway", "Gateway.NotAttached", "§1.3", func(a account, l linked) error {
		return a.detachInternet(l.freeGateway, l.vpc)
	}},
	{"detaching from a VPC with a mapped address", "DependencyViolation", "§2.10", func(a account, l linked) error {
		return a.detachInternet(l.gateway, l.vpc)
	}},
	{"deleting a gateway that is attached", "DependencyViolation", "§2.10", func(a account, l linked) error {
		_, err := a.DeleteInternetGateway(a.t.Context(), &ec2.DeleteInternetGatewayInput{InternetGatewayId: &l.gateway})
		return err
	}},
	{"tags for another kind", "InvalidParameterValue", "§0.1", func(a account, _ linked) error {
		_, err := a.CreateInternetGateway(a.t.Context(), &ec2.CreateInternetGatewayInput{TagSpecifications: named("vpc", "x")})
		return err
	}},
	{"a route to a gateway that is not there", "InvalidGatewayID.NotFound", "§1.3", func(a account, l linked) error {
		return a.internetRoute(l.table, "igw-"+none)
	}},
	{"a route to a free gateway", "InvalidParameterValue", "§2.4", func(a account, l linked) error {
		return a.internetRoute(l.table, l.freeGateway)
	}},
	{"a route to a connection that is not there", "InvalidVpcPeeringConnectionID.NotFound", "§1.3", func(a account, l linked) error {
		return a.peeringRoute(l.table, "10.1.0.0/16", "pcx-"+none)
	}},
	{"a route to what cannot be a connection", "InvalidVpcPeeringConnectionId.Malformed", "§0.1", func(a account, l linked) error {
		return a.peeringRoute(l.table, "10.1.0.0/16", "pcx-x")
	}},
	{"a second connection", "VpcPeeringConnectionAlreadyExists", "§1.3", func(a account, l linked) error {
		_, err := a.request(l.other, l.vpc)
		return err
	}},
	{"a request of a VPC that is not there", "InvalidVpcID.NotFound", "§1.3", func(a account, l linked) error {
		_, err := a.request("vpc-"+none, l.vpc)
		return err
	}},
	{"a request to what cannot be a VPC", "InvalidVpcID.Malformed", "§0.1", func(a account, l linked) error {
		_, err := a.request(l.vpc, "vpc-x")
		return err
	}},
	{"a request to nobody", "MissingParameter", "§0.1", func(a account, l linked) error {
		_, err := a.CreateVpcPeeringConnection(a.t.Context(), &ec2.CreateVpcPeeringConnectionInput{VpcId: &l.vpc})
		return err
	}},
	{"a request to another account", "UnsupportedOperation", "a limit of the simulator", func(a account, l linked) error {
		_, err := a.CreateVpcPeeringConnection(a.t.Context(), &ec2.CreateVpcPeeringConnectionInput{VpcId: &l.vpc, PeerVpcId: &l.other, PeerOwnerId: new("111111111111")})
		return err
	}},
	{"a request to another region", "UnsupportedOperation", "a limit of the simulator", func(a account, l linked) error {
		_, err := a.CreateVpcPeeringConnection(a.t.Context(), &ec2.CreateVpcPeeringConnectionInput{VpcId: &l.vpc, PeerVpcId: &l.other, PeerRegion: new("us-east-1")})
		return err
	}},
	{"accepting again", "InvalidStateTransition", "§2.11", func(a account, l linked) error { return a.accept(l.peering) }},
	{"rejecting an active connection", "InvalidStateTransition", "§2.11", func(a account, l linked) error { return a.reject(l.peering) }},
	{"accepting what is not there", "InvalidVpcPeeringConnectionID.NotFound", "§1.3", func(a account, _ linked) error {
		return a.accept("pcx-" + none)
	}},
	{"deleting what is not there", "InvalidVpcPeeringConnectionID.NotFound", "§1.3", func(a account, _ linked) error {
		return a.unpeer("pcx-" + none)
	}},
	{"describing what is not there", "InvalidVpcPeeringConnectionID.NotFound", "§0.6", func(a account, _ linked) error {
		_, err := a.DescribeVpcPeeringConnections(a.t.Context(), &ec2.DescribeVpcPeeringConnectionsInput{VpcPeeringConnectionIds: []string{"pcx-" + none}})
		return err
	}},
	{"a page smaller than AWS's least", "InvalidParameterValue", "§1.1", func(a account, _ linked) error {
		_, err := a.DescribeVpcPeeringConnections(a.t.Context(), &ec2.DescribeVpcPeeringConnectionsInput{MaxResults: new(int32(1))})
		return err
	}},
	{"releasing an address in use", "InvalidIPAddress.InUse", "§2.9", func(a account, l linked) error {
		_, err := a.ReleaseAddress(a.t.Context(), &ec2.ReleaseAddressInput{AllocationId: &l.address})
		return err
	}},
	{"an address that is not there", "InvalidAllocationID.NotFound", "§1.3", func(a account, l linked) error {
		_, err := a.mapTo("eipalloc-"+none, l.instance)
		return err
	}},
	{"an address for an instance that is not there", "InvalidInstanceID.NotFound", "§1.3", func(a account, l linked) error {
		_, err := a.mapTo(l.freeAddress, "i-"+none)
		return err
	}},
	{"an address for nobody", "MissingParameter", "§0.1", func(a account, l linked) error {
		_, err := a.AssociateAddress(a.t.Context(), &ec2.AssociateAddressInput{AllocationId: &l.freeAddress})
		return err
	}},
	{"an address for two", "InvalidParameterCombination", "§0.1", func(a account, l linked) error {
		card := cardOf(a.t.Context(), a.Client, l.instance)
		_, err := a.AssociateAddress(a.t.Context(), &ec2.AssociateAddressInput{AllocationId: &l.freeAddress, InstanceId: &l.instance, NetworkInterfaceId: card})
		return err
	}},
	{"an address for a private one that the interface has not", "InvalidParameterValue", "§0.1", func(a account, l linked) error {
		_, err := a.AssociateAddress(a.t.Context(), &ec2.AssociateAddressInput{AllocationId: &l.freeAddress, InstanceId: &l.instance, PrivateIpAddress: new("10.0.0.99")})
		return err
	}},
	{"an address where there is one, not to be taken away", "Resource.AlreadyAssociated", "§2.9", func(a account, l linked) error {
		_, err := a.AssociateAddress(a.t.Context(), &ec2.AssociateAddressInput{AllocationId: &l.freeAddress, InstanceId: &l.instance, AllowReassociation: new(false)})
		return err
	}},
	{"ending an association that never was", "InvalidAssociationID.NotFound", "§1.3", func(a account, _ linked) error {
		_, err := a.DisassociateAddress(a.t.Context(), &ec2.DisassociateAddressInput{AssociationId: new("eipassoc-" + none)})
		return err
	}},
	{"a public address that nobody has", "InvalidAddress.NotFound", "§1.3", func(a account, _ linked) error {
		_, err := a.DescribeAddresses(a.t.Context(), &ec2.DescribeAddressesInput{PublicIps: []string{"203.0.113.7"}})
		return err
	}},
	{"an address from a pool of one's own", "UnsupportedOperation", "a limit of the simulator", func(a account, _ linked) error {
		_, err := a.AllocateAddress(a.t.Context(), &ec2.AllocateAddressInput{PublicIpv4Pool: new("ipv4pool-ec2-x")})
		return err
	}},
	{"attributes of a VPC that is not there", "InvalidVpcID.NotFound", "§1.3", func(a account, _ linked) error {
		_, err := a.ModifyVpcAttribute(a.t.Context(), &ec2.ModifyVpcAttributeInput{VpcId: new("vpc-" + none)})
		return err
	}},
	{"a VPC with a gateway", "DependencyViolation", "§2.1", func(a account, l linked) error {
		_, err := a.DeleteVpc(a.t.Context(), &ec2.DeleteVpcInput{VpcId: &l.vpc})
		return err
	}},
}

func TestRefusedLinks(t *testing.T) {
	story(t, sim.Options{NoLimits: true}, func(t *testing.T, w *sim.World, a account) {
		l := a.linked()
		before := w.Objects()
		for _, r := range refusedLinks {
			if have := code(r.call(a, l)); have != r.code {
				t.Errorf("%s should be refused with %s (aws-facts %s), but the answer was %q", r.what, r.code, r.from, have)
			}
			if diff := cmp.Diff(before, w.Objects()); diff != "" {
				t.Fatalf("%s was refused, and still changed the world (-before +after):\n%s", r.what, diff)
			}
		}
	})
}
