package provision

import (
	"slices"
	"testing"
	"testing/synctest"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/google/go-cmp/cmp"

	"vpclink/sim"
	"vpclink/state"
	"vpclink/steps"
)

// The whole life of the tutorial's lab: the account after it is the account before it; in between it is what 1.4.1 to
// 1.4.6 describe, told by AWS's own answers.
func TestLifecycle(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLab(t, sim.Options{Durations: sim.Spread, Seed: 1})
		before := l.left()

		if r := l.mustUp("a", "b", "c"); r.Made != 41 || r.Adopted+r.Unchanged != 0 {
			t.Errorf("the first up makes 41, got %+v", r)
		}
		checkTutorial(t, l, "a", "b", "c")
		checkTags(t, l)

		made := l.changes()
		if r := l.mustUp("a", "b", "c"); r.Unchanged != 41 || r.Made+r.Adopted != 0 {
			t.Errorf("the second up finds all 41 unchanged, got %+v", r)
		}
		if n := l.changes() - made; n != 0 {
			t.Errorf("the second up makes no changing call, made %d", n)
		}

		if r := l.mustDown(); r.Removed != 41 || len(r.Left) > 0 {
			t.Errorf("down removes the 41 that up made, got %+v", r)
		}
		if diff := cmp.Diff(before, l.left()); diff != "" {
			t.Errorf("the account is as it was before (-before +after):\n%s", diff)
		}
	})
}

// checkTags: everything that AWS keeps tags of carries ours.
func checkTags(t *testing.T, l *lab) {
	t.Helper()
	untagged := []string{"route", "route-table-association", "tgw-association", "tgw-propagation"}
	for _, o := range l.world.Objects() {
		if slices.Contains(untagged, o.Kind) || o.Kind == "network-interface" && o.Tags[steps.TagLineage] == "" {
			continue // AWS's own interfaces of an attachment carry no tags of ours
		}
		for _, tag := range []string{steps.TagStack, steps.TagLineage, steps.TagPattern, steps.TagKey, steps.TagToken, steps.TagName} {
			if o.Tags[tag] == "" {
				t.Errorf("%s %s was made without the tag %s", o.Kind, o.ID, tag)
			}
		}
	}
}

// checkTutorial holds the account against what the tutorial's numbers describe for these VPCs of the lab's stack.
func checkTutorial(t *testing.T, l *lab, names ...string) {
	t.Helper()
	ctx := t.Context()
	runner, env := l.runner(ctx)
	api := env.EC2.(*ec2.Client)
	id := func(key string) string {
		rec, _ := runner.Journal.Record(state.Key(key))
		return rec.ID
	}
	cidr := func(name string) string {
		rec, _ := runner.Journal.Record(state.Key("0/vpc/" + name))
		return rec.Out[steps.OutCIDR]
	}

	// 1.4.1: one gateway, default association and propagation off.
	gateways, err := api.DescribeTransitGateways(ctx, &ec2.DescribeTransitGatewaysInput{TransitGatewayIds: []string{id("1.4.1/transit-gateway/tgw")}})
	if err != nil {
		t.Fatal(err)
	}
	gateway := gateways.TransitGateways[0]
	if gateway.State != types.TransitGatewayStateAvailable ||
		gateway.Options.DefaultRouteTableAssociation != types.DefaultRouteTableAssociationValueDisable ||
		gateway.Options.DefaultRouteTablePropagation != types.DefaultRouteTablePropagationValueDisable {
		t.Errorf("1.4.1: the gateway is available without default association and propagation, got %s, %+v", gateway.State, gateway.Options)
	}

	// 1.4.2: its only route table is ours.
	tables, err := api.DescribeTransitGatewayRouteTables(ctx, &ec2.DescribeTransitGatewayRouteTablesInput{Filters: []types.Filter{by("transit-gateway-id", *gateway.TransitGatewayId)}})
	if err != nil {
		t.Fatal(err)
	}
	if n := len(tables.TransitGatewayRouteTables); n != 1 || aws.ToString(tables.TransitGatewayRouteTables[0].TransitGatewayRouteTableId) != id("1.4.2/tgw-route-table/tgw") {
		t.Errorf("1.4.2: the gateway has one route table, ours, got %d", n)
	}
	table := aws.String(id("1.4.2/tgw-route-table/tgw"))

	// 1.4.3 to 1.4.5: each VPC attached, associated and propagated.
	associations, err := api.GetTransitGatewayRouteTableAssociations(ctx, &ec2.GetTransitGatewayRouteTableAssociationsInput{TransitGatewayRouteTableId: table})
	if err != nil {
		t.Fatal(err)
	}
	propagations, err := api.GetTransitGatewayRouteTablePropagations(ctx, &ec2.GetTransitGatewayRouteTablePropagationsInput{TransitGatewayRouteTableId: table})
	if err != nil {
		t.Fatal(err)
	}
	var attached, associated, propagated, want []string
	for _, name := range names {
		want = append(want, id("0/vpc/"+name))
		out, err := api.DescribeTransitGatewayVpcAttachments(ctx, &ec2.DescribeTransitGatewayVpcAttachmentsInput{TransitGatewayAttachmentIds: []string{id("1.4.3/tgw-attachment/" + name)}})
		if err != nil {
			t.Fatal(err)
		}
		if a := out.TransitGatewayVpcAttachments[0]; a.State == types.TransitGatewayAttachmentStateAvailable {
			attached = append(attached, *a.VpcId)
		}
	}
	for _, a := range associations.Associations {
		if a.State == types.TransitGatewayAssociationStateAssociated {
			associated = append(associated, *a.ResourceId)
		}
	}
	for _, p := range propagations.TransitGatewayRouteTablePropagations {
		if p.State == types.TransitGatewayPropagationStateEnabled {
			propagated = append(propagated, *p.ResourceId)
		}
	}
	for number, got := range map[string][]string{"1.4.3 attached": attached, "1.4.4 associated": associated, "1.4.5 propagated": propagated} {
		slices.Sort(got)
		slices.Sort(want)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: every VPC (-want +got):\n%s", number, diff)
		}
	}

	for _, name := range names {
		vpc := id("0/vpc/" + name)
		peers := map[string]string{}
		var peerBlocks []string
		for _, other := range names {
			if other != name {
				peers[cidr(other)] = *gateway.TransitGatewayId
				peerBlocks = append(peerBlocks, cidr(other))
			}
		}

		// 1.4.6: the subnet's table, and no other, leads to every peer through the gateway; nothing leads elsewhere.
		routes, err := api.DescribeRouteTables(ctx, &ec2.DescribeRouteTablesInput{Filters: []types.Filter{by("association.subnet-id", id("0/subnet/"+name))}})
		if err != nil {
			t.Fatal(err)
		}
		got := map[string]string{}
		for _, r := range routes.RouteTables[0].Routes {
			if aws.ToString(r.GatewayId) != "local" && r.State == types.RouteStateActive {
				got[aws.ToString(r.DestinationCidrBlock)] = aws.ToString(r.TransitGatewayId)
			}
		}
		if diff := cmp.Diff(peers, got); diff != "" {
			t.Errorf("1.4.6: %s's subnet routes the other VPCs' CIDRs to the gateway (-want +got):\n%s", name, diff)
		}

		// No internet gateway.
		igws, err := api.DescribeInternetGateways(ctx, &ec2.DescribeInternetGatewaysInput{Filters: []types.Filter{by("attachment.vpc-id", vpc)}})
		if err != nil {
			t.Fatal(err)
		}
		if len(igws.InternetGateways) > 0 {
			t.Errorf("%s has an internet gateway", name)
		}

		// TCP 3389 open to the peers only.
		rules, err := api.DescribeSecurityGroupRules(ctx, &ec2.DescribeSecurityGroupRulesInput{Filters: []types.Filter{by("group-id", id("0/security-group/"+name))}})
		if err != nil {
			t.Fatal(err)
		}
		var open []string
		for _, r := range rules.SecurityGroupRules {
			if aws.ToBool(r.IsEgress) {
				continue
			}
			if aws.ToString(r.IpProtocol) != "tcp" || aws.ToInt32(r.FromPort) != 3389 || aws.ToInt32(r.ToPort) != 3389 {
				t.Errorf("%s's group lets in more than TCP 3389: %+v", name, r)
			}
			open = append(open, aws.ToString(r.CidrIpv4))
		}
		slices.Sort(open)
		slices.Sort(peerBlocks)
		if diff := cmp.Diff(peerBlocks, open); diff != "" {
			t.Errorf("%s's group admits its peers only (-want +got):\n%s", name, diff)
		}

		// A running instance in the subnet, without a public address.
		instances, err := api.DescribeInstances(ctx, &ec2.DescribeInstancesInput{Filters: []types.Filter{by("vpc-id", vpc), by("instance-state-name", "running")}})
		if err != nil {
			t.Fatal(err)
		}
		if len(instances.Reservations) != 1 || instances.Reservations[0].Instances[0].PublicIpAddress != nil {
			t.Errorf("%s has one running instance without a public address, got %+v", name, instances.Reservations)
		}
	}
}

func by(name string, values ...string) types.Filter {
	return types.Filter{Name: aws.String(name), Values: values}
}
