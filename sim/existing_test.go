package sim_test

import (
	"slices"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/google/go-cmp/cmp"

	"vpclink/sim"
)

// What strangers' VPCs may be like: several blocks, and instances whose groups change while they run.

// A further block of a VPC takes subnets, leads nowhere else, is propagated to a transit gateway and overlaps in peerings.
func TestAFurtherBlock(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, _ *sim.World, a account) {
		ctx := t.Context()
		n := a.network()
		before := a.routesIn(n.table)
		out, err := a.widened(n.vpc, "100.64.0.0/16")
		a.fatal(err)
		pass(2 * s)
		vpcs, err := a.DescribeVpcs(ctx, &ec2.DescribeVpcsInput{Filters: filter("cidr-block-association.cidr-block", "100.64.0.0/16")})
		a.fatal(err)
		if len(vpcs.Vpcs) != 1 || len(vpcs.Vpcs[0].CidrBlockAssociationSet) != 2 {
			t.Errorf("the VPC shows both blocks, got %+v", vpcs.Vpcs)
		}
		if got := a.routesIn(n.table); !slices.Contains(got, "100.64.0.0/16 local") {
			t.Errorf("every table has a local route to it, got %v", got)
		}
		if got := a.routesIn(a.routeTable(n.vpc)); !slices.Contains(got, "100.64.0.0/16 local") {
			t.Errorf("a new table has one too, got %v", got)
		}
		subnet := a.subnet(n.vpc, "100.64.1.0/24")
		block := &ec2.DisassociateVpcCidrBlockInput{AssociationId: out.CidrBlockAssociation.AssociationId}
		_, err = a.DisassociateVpcCidrBlock(ctx, block)
		wantCode(t, err, "InvalidCidrBlock.InUse", "a block with a subnet in it")
		if id := a.requested(a.vpc("other", "100.64.0.0/18"), n.vpc); peeringState(id)(ctx, a.Client) != "failed" {
			t.Error("a peering with what overlaps the further block fails")
		}
		_, err = a.DeleteSubnet(ctx, &ec2.DeleteSubnetInput{SubnetId: &subnet})
		a.fatal(err)
		pass(5 * s)
		_, err = a.DisassociateVpcCidrBlock(ctx, block)
		a.fatal(err)
		pass(5 * s)
		if diff := cmp.Diff(before, a.routesIn(n.table)); diff != "" {
			t.Errorf("its local route goes with it (-before +after):\n%s", diff)
		}
		_, err = a.DisassociateVpcCidrBlock(ctx, &ec2.DisassociateVpcCidrBlockInput{AssociationId: vpcs.Vpcs[0].CidrBlockAssociationSet[0].AssociationId})
		wantCode(t, err, "OperationNotPermitted", "the first block")
	})
}

// The refusals of a further block (Amazon VPC User Guide, VPC CIDR blocks; aws-facts §1.4 for the quota).
func TestFurtherBlocksThatAreRefused(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, _ *sim.World, a account) {
		vpc := a.vpc("a", "10.0.0.0/16")
		for cidr, code := range map[string]string{"10.0.1.0/24": "InvalidParameterValue", "100.64.0.0/29": "InvalidVpc.Range", "100.64.0.0/8": "InvalidVpc.Range"} {
			_, err := a.widened(vpc, cidr)
			wantCode(t, err, code, cidr)
		}
		for _, cidr := range []string{"100.64.0.0/24", "100.64.1.0/24", "100.64.2.0/24", "100.64.3.0/24"} {
			_, err := a.widened(vpc, cidr)
			a.fatal(err)
		}
		_, err := a.widened(vpc, "100.64.4.0/24")
		wantCode(t, err, "CidrBlockLimitExceeded", "a sixth block")
	})
}

// The groups of a running instance's interface are a list that is set whole; a group that it carries is not deleted.
func TestTheGroupsOfAnInterface(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, _ *sim.World, a account) {
		ctx := t.Context()
		n := a.network()
		instance := a.instance(n.subnet, n.group)
		card := cardOf(ctx, a.Client, instance)
		second := a.group(n.vpc, "second")
		set := func(groups ...string) error {
			_, err := a.ModifyNetworkInterfaceAttribute(ctx, &ec2.ModifyNetworkInterfaceAttributeInput{NetworkInterfaceId: card, Groups: groups})
			return err
		}
		a.fatal(set(n.group, second))
		if diff := cmp.Diff([]string{n.group, second}, groupsOf(a.described(instance).SecurityGroups)); diff != "" {
			t.Errorf("the instance shows both groups (-want +got):\n%s", diff)
		}
		_, err := a.DeleteSecurityGroup(ctx, &ec2.DeleteSecurityGroupInput{GroupId: &second})
		wantCode(t, err, "DependencyViolation", "a group that an interface carries")
		wantCode(t, set(), "InvalidParameterCombination", "no group at all")
		wantCode(t, set(a.group(a.vpc("other", "10.9.0.0/16"), "far")), "InvalidParameter", "a group of another VPC")
		wantCode(t, set("sg-"+none), "InvalidGroup.NotFound", "a group that there is not")
		_, err = a.ModifyNetworkInterfaceAttribute(ctx, &ec2.ModifyNetworkInterfaceAttributeInput{NetworkInterfaceId: new("eni-" + none), Groups: []string{second}})
		wantCode(t, err, "InvalidNetworkInterfaceID.NotFound", "an interface that there is not")
		a.fatal(set(n.group))
		_, err = a.DeleteSecurityGroup(ctx, &ec2.DeleteSecurityGroupInput{GroupId: &second})
		a.fatal(err)
	})
}

func TestTooManyGroupsOnAnInterface(t *testing.T) {
	story(t, sim.Options{Quotas: sim.QuotasAWS}, func(t *testing.T, _ *sim.World, a account) {
		n := a.network()
		groups := []string{n.group}
		for _, name := range []string{"b", "c", "d", "e", "f"} {
			groups = append(groups, a.group(n.vpc, name))
		}
		_, err := a.ModifyNetworkInterfaceAttribute(t.Context(), &ec2.ModifyNetworkInterfaceAttributeInput{
			NetworkInterfaceId: cardOf(t.Context(), a.Client, a.instance(n.subnet, n.group)), Groups: groups,
		})
		wantCode(t, err, "SecurityGroupsPerInterfaceLimitExceeded", "a sixth group")
	})
}

func groupsOf(list []types.GroupIdentifier) []string {
	var ids []string
	for _, g := range list {
		ids = append(ids, *g.GroupId)
	}
	return ids
}

// routesIn lists a table's routes as destination and gateway.
func (a account) routesIn(table string) []string {
	a.t.Helper()
	out, err := a.DescribeRouteTables(a.t.Context(), &ec2.DescribeRouteTablesInput{RouteTableIds: []string{table}})
	a.fatal(err)
	var list []string
	for _, r := range out.RouteTables[0].Routes {
		if r.GatewayId != nil {
			list = append(list, *r.DestinationCidrBlock+" "+*r.GatewayId)
		}
	}
	return list
}
