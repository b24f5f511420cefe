package provision

import (
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"
	elbtypes "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2/types"

	"vpclink/state"
)

// hand is somebody who changes a lab by hand, and in the end takes away what he made for that.
type hand struct {
	*lab
	*ec2.Client
	elb  *elb.Client
	made *[]func() error
}

func (l *lab) hand() hand {
	_, env := l.runner(l.t.Context())
	return hand{l, env.EC2.(*ec2.Client), env.ELB.(*elb.Client), &[]func() error{}} //nolint:forcetypeassert // it is what Connect returns
}

// later is how what was made goes again; a moment passes until AWS knows it everywhere.
func (h hand) later(undo func() error) {
	*h.made = append(*h.made, undo)
	<-time.After(10 * time.Second)
}

// clear takes away what was made, the last first.
func (h hand) clear() error {
	for len(*h.made) > 0 {
		last := len(*h.made) - 1
		var err error
		for range 30 { // what hung on it may still be on its way out
			if err = (*h.made)[last](); err == nil {
				break
			}
			<-time.After(10 * time.Second)
		}
		if err != nil {
			return err
		}
		*h.made = (*h.made)[:last]
		<-time.After(10 * time.Second)
	}
	return nil
}

func (h hand) group(vpc state.Key) string {
	id := must(h.CreateSecurityGroup(h.t.Context(), &ec2.CreateSecurityGroupInput{VpcId: h.idOf(vpc), GroupName: aws.String("mine"), Description: aws.String("mine")})).GroupId
	h.later(func() error {
		_, err := h.DeleteSecurityGroup(h.t.Context(), &ec2.DeleteSecurityGroupInput{GroupId: id})
		return err
	})
	return *id
}

func (h hand) table(vpc state.Key) string {
	id := must(h.CreateRouteTable(h.t.Context(), &ec2.CreateRouteTableInput{VpcId: h.idOf(vpc)})).RouteTable.RouteTableId
	h.later(func() error {
		_, err := h.DeleteRouteTable(h.t.Context(), &ec2.DeleteRouteTableInput{RouteTableId: id})
		return err
	})
	return *id
}

func (h hand) subnet(vpc state.Key, cidr, zone string) string {
	id := must(h.CreateSubnet(h.t.Context(), &ec2.CreateSubnetInput{VpcId: h.idOf(vpc), CidrBlock: aws.String(cidr), AvailabilityZoneId: aws.String(zone)})).Subnet.SubnetId
	h.later(func() error {
		_, err := h.DeleteSubnet(h.t.Context(), &ec2.DeleteSubnetInput{SubnetId: id})
		return err
	})
	return *id
}

// card is the interface of one of the lab's instances.
func (h hand) card(instance state.Key) string {
	seen := must(h.DescribeInstances(h.t.Context(), &ec2.DescribeInstancesInput{InstanceIds: []string{*h.id(instance)}}))
	return *seen.Reservations[0].Instances[0].NetworkInterfaces[0].NetworkInterfaceId
}

func (h hand) address() string {
	id := must(h.AllocateAddress(h.t.Context(), &ec2.AllocateAddressInput{})).AllocationId
	h.later(func() error {
		_, err := h.ReleaseAddress(h.t.Context(), &ec2.ReleaseAddressInput{AllocationId: id})
		return err
	})
	return *id
}

func (h hand) defaults(options *types.ModifyTransitGatewayOptions) error {
	_, err := h.ModifyTransitGateway(h.t.Context(), &ec2.ModifyTransitGatewayInput{TransitGatewayId: h.id("1.4.1/transit-gateway/tgw"), Options: options})
	return err
}

// reassociate associates a's attachment with a table of his own.
func (h hand) reassociate() error {
	ctx, attachment := h.t.Context(), h.id("1.4.3/tgw-attachment/a")
	table := must(h.CreateTransitGatewayRouteTable(ctx, &ec2.CreateTransitGatewayRouteTableInput{TransitGatewayId: h.id("1.4.1/transit-gateway/tgw")})).TransitGatewayRouteTable.TransitGatewayRouteTableId
	must(h.DisassociateTransitGatewayRouteTable(ctx, &ec2.DisassociateTransitGatewayRouteTableInput{
		TransitGatewayRouteTableId: h.id("1.4.2/tgw-route-table/tgw"), TransitGatewayAttachmentId: attachment,
	}))
	<-time.After(time.Minute)
	must(h.AssociateTransitGatewayRouteTable(ctx, &ec2.AssociateTransitGatewayRouteTableInput{TransitGatewayRouteTableId: table, TransitGatewayAttachmentId: attachment}))
	<-time.After(time.Minute)
	h.later(func() error {
		_, err := h.DeleteTransitGatewayRouteTable(ctx, &ec2.DeleteTransitGatewayRouteTableInput{TransitGatewayRouteTableId: table})
		return err
	})
	h.later(func() error { // gone with the attachment, when down came first
		_, _ = h.DisassociateTransitGatewayRouteTable(ctx, &ec2.DisassociateTransitGatewayRouteTableInput{TransitGatewayRouteTableId: table, TransitGatewayAttachmentId: attachment})
		return nil
	})
	return nil
}

// targets leads to a target group of his own.
func (h hand) targets() []elbtypes.Action {
	arn := must(h.elb.CreateTargetGroup(h.t.Context(), &elb.CreateTargetGroupInput{
		Name: aws.String("mine"), VpcId: h.id("0/vpc/a"), Protocol: elbtypes.ProtocolEnumTcp, Port: aws.Int32(22), TargetType: elbtypes.TargetTypeEnumInstance,
	})).TargetGroups[0].TargetGroupArn
	h.later(func() error {
		_, err := h.elb.DeleteTargetGroup(h.t.Context(), &elb.DeleteTargetGroupInput{TargetGroupArn: arn})
		return err
	})
	return []elbtypes.Action{{Type: elbtypes.ActionTypeEnumForward, TargetGroupArn: arn}}
}
