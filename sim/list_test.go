package sim_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/google/go-cmp/cmp"

	"vpclink/sim"
)

// Pages neither repeat nor leave out what was there all the time, whatever comes and goes between them.
func TestPages(t *testing.T) {
	story(t, sim.Options{NoLimits: true}, func(t *testing.T, _ *sim.World, a account) {
		ctx := t.Context()
		var made []string
		for i := range 12 {
			made = append(made, a.vpc(fmt.Sprint(i), fmt.Sprintf("10.%d.0.0/16", i)))
		}
		var have []string
		pages := ec2.NewDescribeVpcsPaginator(a, &ec2.DescribeVpcsInput{Filters: filter("is-default", "false"), MaxResults: new(int32(5))})
		for pages.HasMorePages() {
			out, err := pages.NextPage(ctx)
			a.fatal(err)
			for _, v := range out.Vpcs {
				have = append(have, *v.VpcId)
			}
			if len(have) == 5 { // the end of the first page goes, a new one comes
				_, err := a.DeleteVpc(ctx, &ec2.DeleteVpcInput{VpcId: &made[4]})
				a.fatal(err)
				made = append(made, a.vpc("late", "10.99.0.0/16"))
			}
		}
		if diff := cmp.Diff(made, have); diff != "" {
			t.Errorf("the pages should hold every VPC once (-want +have):\n%s", diff)
		}
	})
}

// Filters: all of them must match, any value of each; * and ? stand for others (aws-facts §1.1).
func TestFilters(t *testing.T) {
	story(t, sim.Options{NoLimits: true}, func(t *testing.T, _ *sim.World, a account) {
		ctx := t.Context()
		one, two := a.vpc("one", "10.1.0.0/16"), a.vpc("two*", "10.2.0.0/16")
		for _, row := range []struct {
			filters []types.Filter
			want    []string
		}{
			{filter("vpc-id", one), []string{one}},
			{filter("vpc-id", one, two, "vpc-"+none), []string{one, two}},
			{filter("vpc-id", "vpc-"+none), nil},
			{append(filter("vpc-id", one, two), filter("cidr", "10.2.0.0/16")...), []string{two}},
			{filter("cidr", "10.?.0.0/*"), []string{one, two}},
			{filter("tag:Name", "one", "three"), []string{one}},
			{filter("tag:Name", "t*"), []string{two}},
			{filter("tag:Name", `two\*`), []string{two}},
			{filter("tag:Name", `on\*`), nil},
			{filter("tag:name", "one"), nil},
			{filter("tag-key", "Name"), []string{one, two}},
			{filter("state", "pending"), nil},
			{filter("owner-id", sim.DefaultAccount), nil}, // the default VPC too, see below
			{filter("ipv6-cidr-block-association.state", "associated"), nil},
		} {
			out, err := a.DescribeVpcs(ctx, &ec2.DescribeVpcsInput{Filters: row.filters})
			a.fatal(err)
			var have []string
			for _, v := range out.Vpcs {
				have = append(have, *v.VpcId)
			}
			if *row.filters[0].Name == "owner-id" {
				if len(have) != 3 {
					t.Errorf("all three VPCs should be their owner's, not %d", len(have))
				}
				continue
			}
			if diff := cmp.Diff(row.want, have); diff != "" {
				t.Errorf("%s %v finds other VPCs (-want +have):\n%s", *row.filters[0].Name, row.filters[0].Values, diff)
			}
		}
	})
}

// Filters by which the parts of a lab are found: how many have the value, and that none has another.
func TestFiltersOfEachKind(t *testing.T) {
	story(t, sim.Options{NoLimits: true}, func(t *testing.T, _ *sim.World, a account) {
		l := a.lab()
		for _, row := range []struct {
			action, name, value string
			count               func(context.Context, []types.Filter) (int, error)
			want                int
		}{
			{"DescribeSubnets", "vpc-id", l.a.vpc, a.subnets, 1},
			{"DescribeSubnets", "cidr-block", "10.0.0.0/24", a.subnets, 1},
			{"DescribeSubnets", "subnet-id", l.a.subnet, a.subnets, 1},
			{"DescribeRouteTables", "association.subnet-id", l.a.subnet, a.tables, 1},
			{"DescribeRouteTables", "association.route-table-association-id", l.a.tableLink, a.tables, 1},
			{"DescribeRouteTables", "route-table-id", l.a.table, a.tables, 1},
			{"DescribeRouteTables", "association.route-table-id", l.a.table, a.tables, 1},
			{"DescribeSecurityGroups", "group-id", l.a.group, a.groups, 1},
			{"DescribeSecurityGroups", "ip-permission.cidr", "10.1.0.0/16", a.groups, 1},
			{"DescribeSecurityGroupRules", "security-group-rule-id", l.a.rule, a.rules, 1},
			{"DescribeInstances", "vpc-id", l.a.vpc, a.instances, 1},
			{"DescribeInstances", "subnet-id", l.a.subnet, a.instances, 1},
			{"DescribeInstances", "instance-id", l.a.instance, a.instances, 1},
			{"DescribeInstances", "client-token", "token of " + l.a.subnet, a.instances, 1},
			{"DescribeInstances", "instance.group-id", l.a.group, a.instances, 1},
			{"DescribeNetworkInterfaces", "group-id", l.a.group, a.cards, 1},
			{"DescribeNetworkInterfaces", "attachment.instance-id", l.a.instance, a.cards, 1},
			{"DescribeTransitGateways", "transit-gateway-id", l.gateway, a.gateways, 1},
			{"DescribeTransitGateways", "options.default-route-table-association", "disable", a.gateways, 1},
			{"DescribeTransitGatewayVpcAttachments", "vpc-id", l.a.vpc, a.attachments, 1},
			{"DescribeTransitGatewayVpcAttachments", "transit-gateway-attachment-id", l.a.attachment, a.attachments, 1},
			{"DescribeTransitGatewayAttachments", "resource-id", l.a.vpc, a.allAttachments, 1},
			{"DescribeSubnets", "availability-zone-id", "apne1-az4", a.subnets, 3}, // one of the default VPC
			{"DescribeSubnets", "availability-zone", tokyo + "c", a.subnets, 1},
			{"DescribeSubnets", "default-for-az", "true", a.subnets, 3},
			{"DescribeSubnets", "available-ip-address-count", "249", a.subnets, 2}, // an instance and an attachment each
			{"DescribeSubnets", "subnet-arn", "arn:aws:ec2:" + tokyo + ":000000000000:subnet/" + l.a.subnet, a.subnets, 1},
			{"DescribeRouteTables", "route.destination-cidr-block", "10.1.0.0/16", a.tables, 3}, // a's, and b's two local ones
			{"DescribeRouteTables", "route.gateway-id", "igw-*", a.tables, 1},
			{"DescribeRouteTables", "route.transit-gateway-id", l.gateway, a.tables, 2},
			{"DescribeRouteTables", "route.state", "active", a.tables, 5},
			{"DescribeRouteTables", "route.origin", "CreateRoute", a.tables, 2},
			{"DescribeSecurityGroups", "group-name", "lab", a.groups, 2},
			{"DescribeSecurityGroups", "description", "of a test", a.groups, 2},
			{"DescribeSecurityGroups", "ip-permission.from-port", "3389", a.groups, 2},
			{"DescribeSecurityGroups", "ip-permission.protocol", "tcp", a.groups, 2},
			{"DescribeSecurityGroups", "egress.ip-permission.cidr", "0.0.0.0/0", a.groups, 5},
			{"DescribeSecurityGroups", "egress.ip-permission.protocol", "-1", a.groups, 5},
			{"DescribeSecurityGroupRules", "group-id", l.a.group, a.rules, 2},
			{"DescribeInstances", "instance-state-code", "16", a.instances, 2},
			{"DescribeInstances", "instance-state-name", "running", a.instances, 2},
			{"DescribeInstances", "private-ip-address", "10.0.0.4", a.instances, 1},
			{"DescribeInstances", "network-interface.subnet-id", l.a.subnet, a.instances, 1},
			{"DescribeInstances", "network-interface.group-id", l.a.group, a.instances, 1},
			{"DescribeInstances", "instance-type", "t3.micro", a.instances, 2},
			{"DescribeInstances", "availability-zone", tokyo + "a", a.instances, 2},
			{"DescribeInstances", "platform", "windows", a.instances, 0},
			{"DescribeNetworkInterfaces", "interface-type", "transit_gateway", a.cards, 2},
			{"DescribeNetworkInterfaces", "requester-managed", "true", a.cards, 2},
			{"DescribeNetworkInterfaces", "status", "in-use", a.cards, 4},
			{"DescribeNetworkInterfaces", "description", "*" + l.a.attachment, a.cards, 1},
			{"DescribeNetworkInterfaces", "subnet-id", l.a.subnet, a.cards, 2},
			{"DescribeTransitGateways", "state", "available", a.gateways, 1},
			{"DescribeTransitGateways", "options.amazon-side-asn", "64512", a.gateways, 1},
			{"DescribeTransitGateways", "options.vpn-ecmp-support", "enable", a.gateways, 1},
			{"DescribeTransitGatewayVpcAttachments", "transit-gateway-id", l.gateway, a.attachments, 2},
			{"DescribeTransitGatewayVpcAttachments", "state", "available", a.attachments, 2},
			{"DescribeTransitGatewayAttachments", "association.state", "associated", a.allAttachments, 2},
			{"DescribeTransitGatewayAttachments", "association.transit-gateway-route-table-id", l.table, a.allAttachments, 2},
			{"DescribeTransitGatewayAttachments", "resource-type", "vpc", a.allAttachments, 2},
		} {
			have, err := row.count(t.Context(), filter(row.name, row.value))
			if err != nil || have != row.want {
				t.Errorf("%s by %s = %s should find %d, not %d, %v", row.action, row.name, row.value, row.want, have, err)
			}
			have, err = row.count(t.Context(), filter(row.name, "other"))
			if err != nil || have != 0 {
				t.Errorf("%s by %s = other should find nothing, not %d, %v", row.action, row.name, have, err)
			}
			if _, err := row.count(t.Context(), filter("no-such-filter", "x")); code(err) != "InvalidParameterValue" {
				t.Errorf("%s by a filter that AWS does not have should be refused, not answered with %v", row.action, err)
			}
			if _, err := row.count(t.Context(), filter("tag:any", "x")); err != nil {
				t.Errorf("%s by a tag should be taken, not answered with %v", row.action, err)
			}
		}
	})
}

func (a account) subnets(ctx context.Context, f []types.Filter) (int, error) {
	out, err := a.DescribeSubnets(ctx, &ec2.DescribeSubnetsInput{Filters: f})
	return count(out, err, func() int { return len(out.Subnets) })
}

func (a account) tables(ctx context.Context, f []types.Filter) (int, error) {
	out, err := a.DescribeRouteTables(ctx, &ec2.DescribeRouteTablesInput{Filters: f})
	return count(out, err, func() int { return len(out.RouteTables) })
}

func (a account) groups(ctx context.Context, f []types.Filter) (int, error) {
	out, err := a.DescribeSecurityGroups(ctx, &ec2.DescribeSecurityGroupsInput{Filters: f})
	return count(out, err, func() int { return len(out.SecurityGroups) })
}

func (a account) rules(ctx context.Context, f []types.Filter) (int, error) {
	out, err := a.DescribeSecurityGroupRules(ctx, &ec2.DescribeSecurityGroupRulesInput{Filters: f})
	return count(out, err, func() int { return len(out.SecurityGroupRules) })
}

func (a account) instances(ctx context.Context, f []types.Filter) (int, error) {
	out, err := a.DescribeInstances(ctx, &ec2.DescribeInstancesInput{Filters: f})
	return count(out, err, func() int { return len(out.Reservations) })
}

func (a account) cards(ctx context.Context, f []types.Filter) (int, error) {
	out, err := a.DescribeNetworkInterfaces(ctx, &ec2.DescribeNetworkInterfacesInput{Filters: f})
	return count(out, err, func() int { return len(out.NetworkInterfaces) })
}

func (a account) gateways(ctx context.Context, f []types.Filter) (int, error) {
	out, err := a.DescribeTransitGateways(ctx, &ec2.DescribeTransitGatewaysInput{Filters: f})
	return count(out, err, func() int { return len(out.TransitGateways) })
}

func (a account) internetGateways(ctx context.Context, f []types.Filter) (int, error) {
	out, err := a.DescribeInternetGateways(ctx, &ec2.DescribeInternetGatewaysInput{Filters: f})
	return count(out, err, func() int { return len(out.InternetGateways) })
}

func (a account) attachments(ctx context.Context, f []types.Filter) (int, error) {
	out, err := a.DescribeTransitGatewayVpcAttachments(ctx, &ec2.DescribeTransitGatewayVpcAttachmentsInput{Filters: f})
	return count(out, err, func() int { return len(out.TransitGatewayVpcAttachments) })
}

func (a account) allAttachments(ctx context.Context, f []types.Filter) (int, error) {
	out, err := a.DescribeTransitGatewayAttachments(ctx, &ec2.DescribeTransitGatewayAttachmentsInput{Filters: f})
	return count(out, err, func() int { return len(out.TransitGatewayAttachments) })
}

func count[T any](out *T, err error, length func() int) (int, error) {
	if out == nil || err != nil {
		return 0, err
	}
	return length(), nil
}
