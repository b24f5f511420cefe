package sim_test

import (
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
)

// linkingRequests are requests as above, for internet gateways, public addresses and peering connections.
var linkingRequests = map[string]func(a account) (any, error){
	"CreateInternetGateway": func(a account) (any, error) {
		return a.CreateInternetGateway(a.t.Context(), &ec2.CreateInternetGatewayInput{TagSpecifications: named("internet-gateway", "a")})
	},
	"AttachInternetGateway": func(a account) (any, error) {
		return a.AttachInternetGateway(a.t.Context(), &ec2.AttachInternetGatewayInput{
			InternetGatewayId: new(a.internetGateway()), VpcId: new(a.vpc("a", "10.0.0.0/16")),
		})
	},
	"DetachInternetGateway": func(a account) (any, error) {
		vpc := a.vpc("a", "10.0.0.0/16")
		return a.DetachInternetGateway(a.t.Context(), &ec2.DetachInternetGatewayInput{InternetGatewayId: new(a.opened(vpc)), VpcId: &vpc})
	},
	"DeleteInternetGateway": func(a account) (any, error) {
		return a.DeleteInternetGateway(a.t.Context(), &ec2.DeleteInternetGatewayInput{InternetGatewayId: new(a.internetGateway())})
	},

	"AssociateVpcCidrBlock": func(a account) (any, error) { return a.widened(a.vpc("a", "10.0.0.0/16"), "10.2.0.0/16") },
	"DisassociateVpcCidrBlock": func(a account) (any, error) {
		out, err := a.widened(a.vpc("a", "10.0.0.0/16"), "10.2.0.0/16")
		a.fatal(err)
		return a.DisassociateVpcCidrBlock(a.t.Context(), &ec2.DisassociateVpcCidrBlockInput{AssociationId: out.CidrBlockAssociation.AssociationId})
	},
	"ModifyNetworkInterfaceAttribute": func(a account) (any, error) {
		n := a.network()
		card := cardOf(a.t.Context(), a.Client, a.instance(n.subnet, n.group))
		return a.ModifyNetworkInterfaceAttribute(a.t.Context(), &ec2.ModifyNetworkInterfaceAttributeInput{
			NetworkInterfaceId: card, Groups: []string{n.group, a.group(n.vpc, "second")},
		})
	},

	"AllocateAddress": func(a account) (any, error) { return a.AllocateAddress(a.t.Context(), &ec2.AllocateAddressInput{}) },
	"AssociateAddress": func(a account) (any, error) {
		n := a.network()
		a.opened(n.vpc)
		return a.AssociateAddress(a.t.Context(), &ec2.AssociateAddressInput{
			AllocationId: new(a.elasticIP()), InstanceId: new(a.instance(n.subnet, n.group)),
		})
	},
	"DescribeAddresses": func(a account) (any, error) {
		a.mapped()
		return a.DescribeAddresses(a.t.Context(), &ec2.DescribeAddressesInput{})
	},
	"DisassociateAddress": func(a account) (any, error) {
		return a.DisassociateAddress(a.t.Context(), &ec2.DisassociateAddressInput{AssociationId: new(a.mapped())})
	},
	"ReleaseAddress": func(a account) (any, error) {
		return a.ReleaseAddress(a.t.Context(), &ec2.ReleaseAddressInput{AllocationId: new(a.elasticIP())})
	},

	"CreateVpcPeeringConnection": func(a account) (any, error) {
		p := a.pair()
		return a.CreateVpcPeeringConnection(a.t.Context(), &ec2.CreateVpcPeeringConnectionInput{VpcId: &p.a, PeerVpcId: &p.b})
	},
	"AcceptVpcPeeringConnection": func(a account) (any, error) {
		p := a.pair()
		return a.AcceptVpcPeeringConnection(a.t.Context(), &ec2.AcceptVpcPeeringConnectionInput{VpcPeeringConnectionId: new(a.requested(p.a, p.b))})
	},
	"RejectVpcPeeringConnection": func(a account) (any, error) {
		p := a.pair()
		return a.RejectVpcPeeringConnection(a.t.Context(), &ec2.RejectVpcPeeringConnectionInput{VpcPeeringConnectionId: new(a.requested(p.a, p.b))})
	},
	"DeleteVpcPeeringConnection": func(a account) (any, error) {
		p := a.pair()
		return a.DeleteVpcPeeringConnection(a.t.Context(), &ec2.DeleteVpcPeeringConnectionInput{VpcPeeringConnectionId: new(a.peered(p.a, p.b))})
	},
	"DescribeVpcPeeringConnections": func(a account) (any, error) {
		p := a.pair()
		a.tag("a", a.peered(p.a, p.b))
		a.requested(p.b, p.twin)
		return a.DescribeVpcPeeringConnections(a.t.Context(), &ec2.DescribeVpcPeeringConnectionsInput{})
	},
	"ModifyVpcPeeringConnectionOptions": func(a account) (any, error) {
		p := a.pair()
		return a.ModifyVpcPeeringConnectionOptions(a.t.Context(), &ec2.ModifyVpcPeeringConnectionOptionsInput{
			VpcPeeringConnectionId:            new(a.peered(p.a, p.b)),
			RequesterPeeringConnectionOptions: &types.PeeringConnectionOptionsRequest{AllowDnsResolutionFromRemoteVpc: new(true)},
		})
	},

	"ModifyVpcAttribute": func(a account) (any, error) {
		return a.ModifyVpcAttribute(a.t.Context(), &ec2.ModifyVpcAttributeInput{
			VpcId: new(a.vpc("a", "10.0.0.0/16")), EnableDnsSupport: &types.AttributeBooleanValue{Value: new(false)},
		})
	},
	"DescribeVpcAttribute": func(a account) (any, error) {
		return a.DescribeVpcAttribute(a.t.Context(), &ec2.DescribeVpcAttributeInput{
			VpcId: new(a.vpc("a", "10.0.0.0/16")), Attribute: types.VpcAttributeNameEnableDnsSupport,
		})
	},
	"DescribeVpcAttribute/hostnames": func(a account) (any, error) {
		return a.DescribeVpcAttribute(a.t.Context(), &ec2.DescribeVpcAttributeInput{
			VpcId: new(a.network().vpc), Attribute: types.VpcAttributeNameEnableDnsHostnames,
		})
	},
}

// mapped is the association of an address with an instance.
func (a account) mapped() string {
	a.t.Helper()
	n := a.network()
	a.opened(n.vpc)
	id, err := a.mapTo(a.elasticIP(), a.instance(n.subnet, n.group))
	a.fatal(err)
	return id
}
