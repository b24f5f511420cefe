package sim_test

import (
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/google/go-cmp/cmp"

	"vpclink/sim"
)

// takeDown takes a lab away in the order of aws-facts §3.
func (a account) takeDown(l lab) {
	a.t.Helper()
	ctx := a.t.Context()
	for _, s := range []site{l.a, l.b} {
		other := l.b.cidr
		if s == l.b {
			other = l.a.cidr
		}
		_, err := a.DeleteRoute(ctx, &ec2.DeleteRouteInput{RouteTableId: &s.table, DestinationCidrBlock: &other})
		a.fatal(err)
		_, err = a.DisableTransitGatewayRouteTablePropagation(ctx, &ec2.DisableTransitGatewayRouteTablePropagationInput{TransitGatewayRouteTableId: &l.table, TransitGatewayAttachmentId: &s.attachment})
		a.fatal(err)
		_, err = a.DisassociateTransitGatewayRouteTable(ctx, &ec2.DisassociateTransitGatewayRouteTableInput{TransitGatewayRouteTableId: &l.table, TransitGatewayAttachmentId: &s.attachment})
		a.fatal(err)
		_, err = a.DeleteTransitGatewayVpcAttachment(ctx, &ec2.DeleteTransitGatewayVpcAttachmentInput{TransitGatewayAttachmentId: &s.attachment})
		a.fatal(err)
		_, err = a.TerminateInstances(ctx, &ec2.TerminateInstancesInput{InstanceIds: []string{s.instance}})
		a.fatal(err)
		_, err = a.DisassociateRouteTable(ctx, &ec2.DisassociateRouteTableInput{AssociationId: &s.tableLink})
		a.fatal(err)
	}
	pass(3 * time.Minute)
	_, err := a.DeleteTransitGatewayRouteTable(ctx, &ec2.DeleteTransitGatewayRouteTableInput{TransitGatewayRouteTableId: &l.table})
	a.fatal(err)
	pass(time.Minute)
	_, err = a.DeleteTransitGateway(ctx, &ec2.DeleteTransitGatewayInput{TransitGatewayId: &l.gateway})
	a.fatal(err)
	for _, s := range []site{l.a, l.b} {
		_, err = a.DeleteSecurityGroup(ctx, &ec2.DeleteSecurityGroupInput{GroupId: &s.group})
		a.fatal(err)
		_, err = a.DeleteRouteTable(ctx, &ec2.DeleteRouteTableInput{RouteTableId: &s.table})
		a.fatal(err)
		_, err = a.DeleteSubnet(ctx, &ec2.DeleteSubnetInput{SubnetId: &s.subnet})
		a.fatal(err)
		pass(5 * time.Second)
		_, err = a.DeleteVpc(ctx, &ec2.DeleteVpcInput{VpcId: &s.vpc})
		a.fatal(err)
	}
	pass(3 * time.Minute)
}

// kinds counts objects by kind.
func kinds(objects []sim.Object) map[string]int {
	count := map[string]int{}
	for _, o := range objects {
		count[o.Kind]++
	}
	return count
}

func TestALabComesAndGoes(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, w *sim.World, a account) {
		_, err := a.DescribeVpcs(t.Context(), &ec2.DescribeVpcsInput{}) // AWS's own things come with the first look
		a.fatal(err)
		furniture := w.Furniture()
		l := a.lab()
		want := map[string]int{
			"vpc": 2, "subnet": 2, "route-table": 2, "route-table-association": 2, "security-group": 2, "security-group-rule": 2,
			"instance": 2, "network-interface": 4, "transit-gateway": 1, "tgw-route-table": 1, "tgw-attachment": 2,
			"tgw-association": 2, "tgw-propagation": 2, "route": 2,
		}
		if diff := cmp.Diff(want, kinds(w.Objects())); diff != "" {
			t.Errorf("the lab should have these things, four interfaces among them (-want +have):\n%s", diff)
		}
		a.takeDown(l)
		if left := w.Objects(); len(left) > 0 {
			t.Errorf("nothing should be left, but there is %+v", left)
		}
		if diff := cmp.Diff(want, kinds(w.History())); diff != "" {
			t.Errorf("history should keep what is gone (-want +have):\n%s", diff)
		}
		if diff := cmp.Diff(furniture, w.Furniture()); diff != "" {
			t.Errorf("AWS's own things should be as before (-before +after):\n%s", diff)
		}
	})
}
