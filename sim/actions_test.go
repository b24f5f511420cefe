package sim_test

import (
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/aws/aws-sdk-go-v2/service/sts"
	"github.com/google/go-cmp/cmp"

	"vpclink/sim"
)

// Every action goes through the real SDK and back. A new one belongs into this story.
func TestEveryAction(t *testing.T) {
	story(t, sim.Options{NoLimits: true}, func(t *testing.T, w *sim.World, a account) {
		ctx := t.Context()
		l := a.lab()
		_ = answers(ctx, t, a.Client)
		_, err := stsIn(w, sim.DefaultAccount, tokyo).GetCallerIdentity(ctx, &sts.GetCallerIdentityInput{})
		a.fatal(err)
		role := &sts.AssumeRoleInput{RoleArn: new("arn:aws:iam::210987654321:role/x"), RoleSessionName: new("lab")}
		_, err = stsIn(w, sim.DefaultAccount, tokyo).AssumeRole(ctx, role)
		a.fatal(err)
		_, err = a.DescribeAvailabilityZones(ctx, &ec2.DescribeAvailabilityZonesInput{})
		a.fatal(err)
		_, err = a.DescribeInstanceTypeOfferings(ctx, &ec2.DescribeInstanceTypeOfferingsInput{})
		a.fatal(err)
		_, err = a.DescribeInternetGateways(ctx, &ec2.DescribeInternetGatewaysInput{})
		a.fatal(err)
		_, err = a.DescribeTransitGatewayVpcAttachments(ctx, &ec2.DescribeTransitGatewayVpcAttachmentsInput{})
		a.fatal(err)
		_, err = a.GetTransitGatewayRouteTableAssociations(ctx, &ec2.GetTransitGatewayRouteTableAssociationsInput{TransitGatewayRouteTableId: &l.table})
		a.fatal(err)
		_, err = a.GetTransitGatewayRouteTablePropagations(ctx, &ec2.GetTransitGatewayRouteTablePropagationsInput{TransitGatewayRouteTableId: &l.table})
		a.fatal(err)
		_, err = a.SearchTransitGatewayRoutes(ctx, &ec2.SearchTransitGatewayRoutesInput{TransitGatewayRouteTableId: &l.table, Filters: filter("type", "propagated")})
		a.fatal(err)
		_, err = a.ReplaceRoute(ctx, &ec2.ReplaceRouteInput{RouteTableId: &l.a.table, DestinationCidrBlock: &l.b.cidr, TransitGatewayId: &l.gateway})
		a.fatal(err)
		_, err = a.CreateTags(ctx, &ec2.CreateTagsInput{Resources: []string{l.gateway}, Tags: []types.Tag{{Key: new("x"), Value: new("y")}}})
		a.fatal(err)
		_, err = a.DeleteTags(ctx, &ec2.DeleteTagsInput{Resources: []string{l.gateway}})
		a.fatal(err)
		_, err = a.RevokeSecurityGroupIngress(ctx, &ec2.RevokeSecurityGroupIngressInput{GroupId: &l.a.group, SecurityGroupRuleIds: []string{l.a.rule}})
		a.fatal(err)
		card, err := a.CreateNetworkInterface(ctx, &ec2.CreateNetworkInterfaceInput{SubnetId: &l.a.subnet})
		a.fatal(err)
		pass(time.Second)
		_, err = a.DeleteNetworkInterface(ctx, &ec2.DeleteNetworkInterfaceInput{NetworkInterfaceId: card.NetworkInterface.NetworkInterfaceId})
		a.fatal(err)
		a.everyChange(&l)
		a.takeDown(l)
		everyLink(a)
		a.everyPrivatelinkAction()

		done := map[string]bool{}
		for _, c := range w.Calls() {
			if c.Code == "" {
				done[c.Action] = c.Changing
			}
		}
		if diff := cmp.Diff(sim.Handlers(), done); diff != "" {
			t.Errorf("every action should have been answered well once, changing ones marked as such (-all +done):\n%s", diff)
		}
	})
}

// everyLink asks for every action of internet gateways, public addresses and peering connections.
func everyLink(a account) {
	a.t.Helper()
	ctx := a.t.Context()
	l := a.linked()
	_, err := a.DescribeVpcAttribute(ctx, &ec2.DescribeVpcAttributeInput{VpcId: &l.vpc, Attribute: types.VpcAttributeNameEnableDnsSupport})
	a.fatal(err)
	_, err = a.ModifyVpcPeeringConnectionOptions(ctx, &ec2.ModifyVpcPeeringConnectionOptionsInput{
		VpcPeeringConnectionId: &l.peering, AccepterPeeringConnectionOptions: &types.PeeringConnectionOptionsRequest{AllowDnsResolutionFromRemoteVpc: new(true)},
	})
	a.fatal(err)
	_, err = a.DescribeVpcPeeringConnections(ctx, &ec2.DescribeVpcPeeringConnectionsInput{})
	a.fatal(err)
	further, err := a.widened(l.vpc, "100.64.0.0/16")
	a.fatal(err)
	_, err = a.DisassociateVpcCidrBlock(ctx, &ec2.DisassociateVpcCidrBlockInput{AssociationId: further.CidrBlockAssociation.AssociationId})
	a.fatal(err)
	_, err = a.ModifyNetworkInterfaceAttribute(ctx, &ec2.ModifyNetworkInterfaceAttributeInput{
		NetworkInterfaceId: cardOf(ctx, a.Client, l.instance), Groups: []string{a.group(l.vpc, "further")},
	})
	a.fatal(err)
	a.fatal(a.unpeer(l.peering))
	a.fatal(a.reject(a.requested(l.vpc, l.other)))
	addresses, err := a.DescribeAddresses(ctx, &ec2.DescribeAddressesInput{AllocationIds: []string{l.address}})
	a.fatal(err)
	_, err = a.DisassociateAddress(ctx, &ec2.DisassociateAddressInput{AssociationId: addresses.Addresses[0].AssociationId})
	a.fatal(err)
	_, err = a.ReleaseAddress(ctx, &ec2.ReleaseAddressInput{AllocationId: &l.address})
	a.fatal(err)
	a.fatal(a.detachInternet(l.gateway, l.vpc))
	_, err = a.DeleteInternetGateway(ctx, &ec2.DeleteInternetGatewayInput{InternetGatewayId: &l.freeGateway})
	a.fatal(err)
}

// What the SDK sends for a rich input is read whole: nested lists, tags, flags, numbers.
func TestARichInput(t *testing.T) {
	in := &ec2.RunInstancesInput{
		ImageId: new(windows), InstanceType: types.InstanceTypeT3Medium, MinCount: new(int32(1)), MaxCount: new(int32(2)), ClientToken: new("t"),
		DisableApiTermination: new(false), EbsOptimized: new(true), UserData: new("IyEvYmluL3NoCg=="), KeyName: new("k"),
		BlockDeviceMappings: []types.BlockDeviceMapping{{DeviceName: new("/dev/sda1"), Ebs: &types.EbsBlockDevice{VolumeSize: new(int32(50)), DeleteOnTermination: new(true)}}},
		MetadataOptions:     &types.InstanceMetadataOptionsRequest{HttpTokens: types.HttpTokensStateRequired, HttpPutResponseHopLimit: new(int32(2))},
		NetworkInterfaces: []types.InstanceNetworkInterfaceSpecification{
			{DeviceIndex: new(int32(0)), SubnetId: new("subnet-1"), Groups: []string{"sg-1", "sg-2"}, PrivateIpAddresses: []types.PrivateIpAddressSpecification{{Primary: new(true), PrivateIpAddress: new("10.0.0.10")}}},
			{DeviceIndex: new(int32(1)), AssociatePublicIpAddress: new(false)},
		},
		TagSpecifications: append(named("instance", "a & b"), named("volume", "ü")...),
	}
	if diff := cmp.Diff(in, sim.SentAndRead(t, in), ignoreSerde); diff != "" {
		t.Errorf("the simulator reads another input than the SDK was given (-given +read):\n%s", diff)
	}
}
