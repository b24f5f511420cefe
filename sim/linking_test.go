package sim_test

import (
	"context"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
)

// What the stories of internet gateways, public addresses and peering connections make, each waited for.

func (a account) internetGateway() string {
	a.t.Helper()
	out, err := a.CreateInternetGateway(a.t.Context(), &ec2.CreateInternetGatewayInput{})
	a.fatal(err)
	pass(2 * time.Second)
	return *out.InternetGateway.InternetGatewayId
}

// opened attaches a new internet gateway to a VPC.
func (a account) opened(vpc string) string {
	a.t.Helper()
	gateway := a.internetGateway()
	a.fatal(a.attachInternet(gateway, vpc))
	pass(2 * time.Second)
	return gateway
}

func (a account) attachInternet(gateway, vpc string) error {
	_, err := a.AttachInternetGateway(a.t.Context(), &ec2.AttachInternetGatewayInput{InternetGatewayId: &gateway, VpcId: &vpc})
	return err
}

func (a account) detachInternet(gateway, vpc string) error {
	_, err := a.DetachInternetGateway(a.t.Context(), &ec2.DetachInternetGatewayInput{InternetGatewayId: &gateway, VpcId: &vpc})
	return err
}

func (a account) internetRoute(table, gateway string) error {
	_, err := a.CreateRoute(a.t.Context(), &ec2.CreateRouteInput{RouteTableId: &table, DestinationCidrBlock: new("0.0.0.0/0"), GatewayId: &gateway})
	return err
}

// public is the input that starts one instance with a public address.
func public(subnet, group, token string) *ec2.RunInstancesInput {
	return &ec2.RunInstancesInput{
		ImageId: new(linux), InstanceType: types.InstanceTypeT3Micro, MinCount: new(int32(1)), MaxCount: new(int32(1)), ClientToken: &token,
		NetworkInterfaces: []types.InstanceNetworkInterfaceSpecification{{
			DeviceIndex: new(int32(0)), SubnetId: &subnet, Groups: []string{group}, AssociatePublicIpAddress: new(true),
		}},
	}
}

func (a account) publicInstance(subnet, group, token string) string {
	a.t.Helper()
	out, err := a.RunInstances(a.t.Context(), public(subnet, group, token))
	a.fatal(err)
	pass(30 * time.Second)
	return *out.Instances[0].InstanceId
}

func (a account) described(instance string) types.Instance {
	a.t.Helper()
	out, err := a.DescribeInstances(a.t.Context(), &ec2.DescribeInstancesInput{InstanceIds: []string{instance}})
	a.fatal(err)
	return out.Reservations[0].Instances[0]
}

func (a account) terminate(instances ...string) {
	a.t.Helper()
	_, err := a.TerminateInstances(a.t.Context(), &ec2.TerminateInstancesInput{InstanceIds: instances})
	a.fatal(err)
}

func (a account) elasticIP() string {
	a.t.Helper()
	out, err := a.AllocateAddress(a.t.Context(), &ec2.AllocateAddressInput{})
	a.fatal(err)
	pass(2 * time.Second)
	return *out.AllocationId
}

func (a account) mapTo(address, instance string) (string, error) {
	out, err := a.AssociateAddress(a.t.Context(), &ec2.AssociateAddressInput{AllocationId: &address, InstanceId: &instance})
	if err != nil {
		return "", err
	}
	return *out.AssociationId, nil
}

// widened gives a VPC a further block.
func (a account) widened(vpc, cidr string) (*ec2.AssociateVpcCidrBlockOutput, error) {
	return a.AssociateVpcCidrBlock(a.t.Context(), &ec2.AssociateVpcCidrBlockInput{VpcId: &vpc, CidrBlock: &cidr})
}

// hostnames turns DNS hostnames of a VPC on.
func (a account) hostnames(vpc string) {
	a.t.Helper()
	_, err := a.ModifyVpcAttribute(a.t.Context(), &ec2.ModifyVpcAttributeInput{
		VpcId: &vpc, EnableDnsHostnames: &types.AttributeBooleanValue{Value: new(true)},
	})
	a.fatal(err)
}

func (a account) request(from, to string) (string, error) {
	out, err := a.CreateVpcPeeringConnection(a.t.Context(), &ec2.CreateVpcPeeringConnectionInput{VpcId: &from, PeerVpcId: &to})
	if err != nil {
		return "", err
	}
	return *out.VpcPeeringConnection.VpcPeeringConnectionId, nil
}

// requested is a peering connection that waits for its acceptance.
func (a account) requested(from, to string) string {
	a.t.Helper()
	id, err := a.request(from, to)
	a.fatal(err)
	pass(2 * time.Second)
	return id
}

// peered is one that is active.
func (a account) peered(from, to string) string {
	a.t.Helper()
	id := a.requested(from, to)
	a.fatal(a.accept(id))
	pass(2 * time.Second)
	return id
}

func (a account) accept(id string) error {
	_, err := a.AcceptVpcPeeringConnection(a.t.Context(), &ec2.AcceptVpcPeeringConnectionInput{VpcPeeringConnectionId: &id})
	return err
}

func (a account) reject(id string) error {
	_, err := a.RejectVpcPeeringConnection(a.t.Context(), &ec2.RejectVpcPeeringConnectionInput{VpcPeeringConnectionId: &id})
	return err
}

func (a account) unpeer(id string) error {
	_, err := a.DeleteVpcPeeringConnection(a.t.Context(), &ec2.DeleteVpcPeeringConnectionInput{VpcPeeringConnectionId: &id})
	return err
}

func (a account) peeringRoute(table, cidr, peering string) error {
	_, err := a.CreateRoute(a.t.Context(), &ec2.CreateRouteInput{RouteTableId: &table, DestinationCidrBlock: &cidr, VpcPeeringConnectionId: &peering})
	return err
}

func peeringState(id string) look {
	return func(ctx context.Context, c *ec2.Client) string {
		out, err := c.DescribeVpcPeeringConnections(ctx, &ec2.DescribeVpcPeeringConnectionsInput{VpcPeeringConnectionIds: []string{id}})
		if err != nil {
			return code(err)
		}
		return string(out.VpcPeeringConnections[0].Status.Code)
	}
}

// internetState is the state of an internet gateway's attachment, "absent" when it has none.
func internetState(id string) look {
	return func(ctx context.Context, c *ec2.Client) string {
		out, err := c.DescribeInternetGateways(ctx, &ec2.DescribeInternetGatewaysInput{InternetGatewayIds: []string{id}})
		if err != nil || len(out.InternetGateways[0].Attachments) == 0 {
			return orAbsent(err)
		}
		return string(out.InternetGateways[0].Attachments[0].State)
	}
}
