package sim_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/google/go-cmp/cmp"

	"vpclink/sim"
)

// The looks return the state as AWS tells it, or the code of its refusal, "absent" for what a list leaves out.

type look func(context.Context, *ec2.Client) string

func vpcState(id string) look {
	return func(ctx context.Context, c *ec2.Client) string {
		out, err := c.DescribeVpcs(ctx, &ec2.DescribeVpcsInput{VpcIds: []string{id}})
		if err != nil {
			return code(err)
		}
		return string(out.Vpcs[0].State)
	}
}

func instanceState(id string) look {
	return func(ctx context.Context, c *ec2.Client) string {
		out, err := c.DescribeInstances(ctx, &ec2.DescribeInstancesInput{InstanceIds: []string{id}})
		if err != nil {
			return code(err)
		}
		return string(out.Reservations[0].Instances[0].State.Name)
	}
}

func gatewayState(id string) look {
	return func(ctx context.Context, c *ec2.Client) string {
		out, err := c.DescribeTransitGateways(ctx, &ec2.DescribeTransitGatewaysInput{TransitGatewayIds: []string{id}})
		if err != nil {
			return code(err)
		}
		return string(out.TransitGateways[0].State)
	}
}

func gatewayTableState(id string) look {
	return func(ctx context.Context, c *ec2.Client) string {
		out, err := c.DescribeTransitGatewayRouteTables(ctx, &ec2.DescribeTransitGatewayRouteTablesInput{TransitGatewayRouteTableIds: []string{id}})
		if err != nil {
			return code(err)
		}
		return string(out.TransitGatewayRouteTables[0].State)
	}
}

func attachmentState(id string) look {
	return func(ctx context.Context, c *ec2.Client) string {
		out, err := c.DescribeTransitGatewayVpcAttachments(ctx, &ec2.DescribeTransitGatewayVpcAttachmentsInput{TransitGatewayAttachmentIds: []string{id}})
		if err != nil {
			return code(err)
		}
		return string(out.TransitGatewayVpcAttachments[0].State)
	}
}

func associationState(table, attachment string) look {
	return func(ctx context.Context, c *ec2.Client) string {
		out, err := c.GetTransitGatewayRouteTableAssociations(ctx, &ec2.GetTransitGatewayRouteTableAssociationsInput{TransitGatewayRouteTableId: &table, Filters: filter("transit-gateway-attachment-id", attachment)})
		if err != nil || len(out.Associations) == 0 {
			return orAbsent(err)
		}
		return string(out.Associations[0].State)
	}
}

func propagationState(table, attachment string) look {
	return func(ctx context.Context, c *ec2.Client) string {
		out, err := c.GetTransitGatewayRouteTablePropagations(ctx, &ec2.GetTransitGatewayRouteTablePropagationsInput{TransitGatewayRouteTableId: &table, Filters: filter("transit-gateway-attachment-id", attachment)})
		if err != nil || len(out.TransitGatewayRouteTablePropagations) == 0 {
			return orAbsent(err)
		}
		return string(out.TransitGatewayRouteTablePropagations[0].State)
	}
}

func routeState(table, cidr string) look {
	return func(ctx context.Context, c *ec2.Client) string {
		out, err := c.DescribeRouteTables(ctx, &ec2.DescribeRouteTablesInput{Filters: filter("route-table-id", table)})
		if err != nil || len(out.RouteTables) == 0 {
			return orAbsent(err)
		}
		for _, r := range out.RouteTables[0].Routes {
			if *r.DestinationCidrBlock == cidr {
				return string(r.State)
			}
		}
		return "absent"
	}
}

func linkState(table, link string) look {
	return func(ctx context.Context, c *ec2.Client) string {
		out, err := c.DescribeRouteTables(ctx, &ec2.DescribeRouteTablesInput{RouteTableIds: []string{table}})
		if err != nil {
			return code(err)
		}
		for _, a := range out.RouteTables[0].Associations {
			if *a.RouteTableAssociationId == link {
				return string(a.AssociationState.State)
			}
		}
		return "absent"
	}
}

func subnetState(id string) look {
	return func(ctx context.Context, c *ec2.Client) string {
		out, err := c.DescribeSubnets(ctx, &ec2.DescribeSubnetsInput{Filters: filter("subnet-id", id)})
		if err != nil || len(out.Subnets) == 0 {
			return orAbsent(err)
		}
		return string(out.Subnets[0].State)
	}
}

func orAbsent(err error) string {
	if err != nil {
		return code(err)
	}
	return "absent"
}

// moment is what a look sees some time after the call.
type moment struct {
	after time.Duration
	state string
}

// watch compares what is seen at each moment, the call having just been made.
func watch(t *testing.T, a account, what string, see look, moments ...moment) {
	t.Helper()
	start := time.Now()
	var have []string
	var want []string
	for _, m := range moments {
		pass(time.Until(start.Add(m.after)))
		have = append(have, fmt.Sprintf("%v %s", m.after, see(t.Context(), a.Client)))
		want = append(want, fmt.Sprintf("%v %s", m.after, m.state))
	}
	if diff := cmp.Diff(want, have); diff != "" {
		t.Errorf("%s goes through other states than AWS's (-want +have):\n%s", what, diff)
	}
}

const s = time.Second

// The states and tombstones of aws-facts §1.2, the typical durations of §1.5, IDs hidden as in §7.1.
func TestStatesOnTheWayUp(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, _ *sim.World, a account) {
		ctx := t.Context()
		v, err := a.CreateVpc(ctx, &ec2.CreateVpcInput{CidrBlock: new("10.0.0.0/16")})
		a.fatal(err)
		if v.Vpc.State != "pending" {
			t.Errorf("the answer to CreateVpc should say pending, not %s", v.Vpc.State)
		}
		watch(t, a, "a VPC", vpcState(*v.Vpc.VpcId), moment{0, "InvalidVpcID.NotFound"}, moment{s - 1, "InvalidVpcID.NotFound"}, moment{s, "available"})

		subnet := a.subnet(*v.Vpc.VpcId, "10.0.0.0/24")
		group := a.group(*v.Vpc.VpcId, "g")
		i, err := a.RunInstances(ctx, launch(subnet, group, windows, "t"))
		a.fatal(err)
		watch(t, a, "an instance", instanceState(*i.Instances[0].InstanceId), moment{0, "InvalidInstanceID.NotFound"}, moment{s, "pending"}, moment{25*s - 1, "pending"}, moment{25 * s, "running"})

		g, err := a.CreateTransitGateway(ctx, &ec2.CreateTransitGatewayInput{Options: off})
		a.fatal(err)
		watch(t, a, "a gateway", gatewayState(*g.TransitGateway.TransitGatewayId), moment{0, "InvalidTransitGatewayID.NotFound"}, moment{s, "pending"}, moment{78*s - 1, "pending"}, moment{78 * s, "available"})

		gt, err := a.CreateTransitGatewayRouteTable(ctx, &ec2.CreateTransitGatewayRouteTableInput{TransitGatewayId: g.TransitGateway.TransitGatewayId})
		a.fatal(err)
		table := *gt.TransitGatewayRouteTable.TransitGatewayRouteTableId
		watch(t, a, "a gateway's route table", gatewayTableState(table), moment{0, "InvalidRouteTableID.NotFound"}, moment{s, "pending"}, moment{30 * s, "available"})

		at, err := a.CreateTransitGatewayVpcAttachment(ctx, &ec2.CreateTransitGatewayVpcAttachmentInput{TransitGatewayId: g.TransitGateway.TransitGatewayId, VpcId: v.Vpc.VpcId, SubnetIds: []string{subnet}})
		a.fatal(err)
		attachment := *at.TransitGatewayVpcAttachment.TransitGatewayAttachmentId
		watch(t, a, "an attachment", attachmentState(attachment), moment{0, "InvalidTransitGatewayAttachmentID.NotFound"}, moment{s, "pending"}, moment{100*s - 1, "pending"}, moment{100 * s, "available"})

		_, err = a.AssociateTransitGatewayRouteTable(ctx, &ec2.AssociateTransitGatewayRouteTableInput{TransitGatewayRouteTableId: &table, TransitGatewayAttachmentId: &attachment})
		a.fatal(err)
		watch(t, a, "an association", associationState(table, attachment), moment{0, "absent"}, moment{s, "associating"}, moment{45 * s, "associated"})

		_, err = a.EnableTransitGatewayRouteTablePropagation(ctx, &ec2.EnableTransitGatewayRouteTablePropagationInput{TransitGatewayRouteTableId: &table, TransitGatewayAttachmentId: &attachment})
		a.fatal(err)
		watch(t, a, "a propagation", propagationState(table, attachment), moment{0, "absent"}, moment{s, "enabling"}, moment{30 * s, "enabled"})
	})
}

func TestStatesOnTheWayDown(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, _ *sim.World, a account) {
		ctx := t.Context()
		l := a.lab()
		_, err := a.DeleteRoute(ctx, &ec2.DeleteRouteInput{RouteTableId: &l.a.table, DestinationCidrBlock: &l.b.cidr})
		a.fatal(err)
		watch(t, a, "a route", routeState(l.a.table, l.b.cidr), moment{0, "active"}, moment{s, "absent"})

		_, err = a.DisableTransitGatewayRouteTablePropagation(ctx, &ec2.DisableTransitGatewayRouteTablePropagationInput{TransitGatewayRouteTableId: &l.table, TransitGatewayAttachmentId: &l.a.attachment})
		a.fatal(err)
		watch(t, a, "a propagation", propagationState(l.table, l.a.attachment), moment{0, "disabling"}, moment{15 * s, "absent"})

		_, err = a.DisassociateTransitGatewayRouteTable(ctx, &ec2.DisassociateTransitGatewayRouteTableInput{TransitGatewayRouteTableId: &l.table, TransitGatewayAttachmentId: &l.a.attachment})
		a.fatal(err)
		watch(t, a, "an association", associationState(l.table, l.a.attachment), moment{0, "disassociating"}, moment{30*s - 1, "disassociating"}, moment{30 * s, "absent"})

		_, err = a.DeleteTransitGatewayVpcAttachment(ctx, &ec2.DeleteTransitGatewayVpcAttachmentInput{TransitGatewayAttachmentId: &l.a.attachment})
		a.fatal(err)
		watch(t, a, "an attachment", attachmentState(l.a.attachment), moment{0, "deleting"}, moment{70 * s, "deleted"},
			moment{70*s + time.Hour - 1, "deleted"}, moment{70*s + time.Hour, "InvalidTransitGatewayAttachmentID.NotFound"})

		_, err = a.TerminateInstances(ctx, &ec2.TerminateInstancesInput{InstanceIds: []string{l.a.instance}})
		a.fatal(err)
		watch(t, a, "an instance of Linux", instanceState(l.a.instance), moment{0, "shutting-down"}, moment{30 * s, "terminated"},
			moment{30*s + time.Hour, "InvalidInstanceID.NotFound"})

		_, err = a.DisassociateRouteTable(ctx, &ec2.DisassociateRouteTableInput{AssociationId: &l.a.tableLink})
		a.fatal(err)
		watch(t, a, "a route table's association", linkState(l.a.table, l.a.tableLink), moment{0, "disassociating"}, moment{s, "absent"})

		_, err = a.DeleteSubnet(ctx, &ec2.DeleteSubnetInput{SubnetId: &l.a.subnet})
		a.fatal(err)
		watch(t, a, "a subnet", subnetState(l.a.subnet), moment{0, "available"}, moment{s - 1, "available"}, moment{s, "absent"})
	})
}

func TestWindowsTakesLongerToEnd(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, _ *sim.World, a account) {
		vpc := a.vpc("a", "10.0.0.0/16")
		subnet, group := a.subnet(vpc, "10.0.0.0/24"), a.group(vpc, "g")
		out, err := a.RunInstances(t.Context(), launch(subnet, group, windows, "t"))
		a.fatal(err)
		if out.Instances[0].Platform != "windows" {
			t.Errorf("an image of Windows should give the platform windows, not %q", out.Instances[0].Platform)
		}
		id := *out.Instances[0].InstanceId
		pass(30 * s)
		_, err = a.TerminateInstances(t.Context(), &ec2.TerminateInstancesInput{InstanceIds: []string{id}})
		a.fatal(err)
		watch(t, a, "an instance of Windows", instanceState(id), moment{0, "shutting-down"}, moment{120*s - 1, "shutting-down"}, moment{120 * s, "terminated"})
	})
}
