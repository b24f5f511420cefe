package sim_test

import (
	"slices"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/google/go-cmp/cmp"

	"vpclink/sim"
)

// A new ID is unknown to reads and as a parameter for a while (aws-facts §7.1).
func TestANewIDIsHidden(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, _ *sim.World, a account) {
		ctx := t.Context()
		out, err := a.CreateVpc(ctx, &ec2.CreateVpcInput{CidrBlock: new("10.0.0.0/16")})
		a.fatal(err)
		use := func() error {
			_, err := a.CreateSubnet(ctx, &ec2.CreateSubnetInput{VpcId: out.Vpc.VpcId, CidrBlock: new("10.0.0.0/24")})
			return err
		}
		wantCode(t, use(), "InvalidVpcID.NotFound", "a subnet in a VPC made this moment")
		list, err := a.DescribeVpcs(ctx, &ec2.DescribeVpcsInput{Filters: filter("cidr", "10.0.0.0/16")})
		if err != nil || len(list.Vpcs) != 0 {
			t.Errorf("a list should leave out a VPC made this moment, not answer %v, %v", list, err)
		}
		pass(time.Second)
		wantCode(t, use(), "", "a subnet in a VPC made a second ago")
	})
}

// Lists still show what was deleted this moment, changing calls know better (aws-facts §7.1).
func TestListsLagBehindDeletes(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, _ *sim.World, a account) {
		ctx := t.Context()
		vpc := a.vpc("a", "10.0.0.0/16")
		remove := func() error {
			_, err := a.DeleteVpc(ctx, &ec2.DeleteVpcInput{VpcId: &vpc})
			return err
		}
		wantCode(t, remove(), "", "deleting a VPC")
		watch(t, a, "the list", vpcState(vpc), moment{0, "available"})
		wantCode(t, remove(), "InvalidVpcID.NotFound", "deleting the VPC again")
		watch(t, a, "the list", vpcState(vpc), moment{time.Second, "InvalidVpcID.NotFound"})
	})
}

// The default VPC is in every region, with what AWS makes along with it.
func TestDefaultVPC(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, w *sim.World, a account) {
		vpcs, err := a.DescribeVpcs(t.Context(), &ec2.DescribeVpcsInput{Filters: filter("is-default", "true")})
		a.fatal(err)
		if len(vpcs.Vpcs) != 1 || *vpcs.Vpcs[0].CidrBlock != "172.31.0.0/16" {
			t.Fatalf("there should be one default VPC, 172.31.0.0/16, not %+v", vpcs.Vpcs)
		}
		want := map[string]int{
			"vpc": 1, "subnet": 3, "route-table": 1, "route-table-association": 1, "route": 2, "security-group": 1,
			"security-group-rule": 2, "internet-gateway": 1, "internet-gateway-attachment": 1,
		}
		if diff := cmp.Diff(want, kinds(w.Furniture())); diff != "" {
			t.Errorf("AWS's own things should be these (-want +have):\n%s", diff)
		}
		if have := w.Objects(); len(have) != 0 {
			t.Errorf("Objects should leave them out, not list %v", have)
		}
	})
}

// Names of zones differ from account to account, IDs do not (aws-facts §2.18).
func TestZones(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, w *sim.World, a account) {
		zones := func(account, region string) map[string]string {
			out, err := ec2In(w, account, region).DescribeAvailabilityZones(t.Context(), &ec2.DescribeAvailabilityZonesInput{})
			a.fatal(err)
			byID := map[string]string{}
			for _, z := range out.AvailabilityZones {
				byID[*z.ZoneId] = *z.ZoneName
			}
			return byID
		}
		mine := zones(sim.DefaultAccount, tokyo)
		if diff := cmp.Diff(map[string]string{"apne1-az4": tokyo + "a", "apne1-az1": tokyo + "c", "apne1-az2": tokyo + "d"}, mine); diff != "" {
			t.Errorf("Tokyo's zones differ (-want +have):\n%s", diff)
		}
		differ := slices.ContainsFunc([]string{"111111111111", "222222222222", "333333333333"}, func(other string) bool {
			return !cmp.Equal(mine, zones(other, tokyo))
		})
		if !differ {
			t.Error("of three other accounts one at least should have other names for the zones")
		}
		for region, want := range map[string]string{"us-east-1": "use1-az1", "eu-central-1": "euc1-az1", "ap-southeast-2": "apse2-az1", "us-gov-west-1": "usgw1-az1"} {
			if _, ok := zones(sim.DefaultAccount, region)[want]; !ok {
				t.Errorf("%s should have a zone %s", region, want)
			}
		}
	})
}

// Not every zone offers every type: a lab has to choose its zones by it.
func TestATypeThatAZoneLacks(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, _ *sim.World, a account) {
		ctx := t.Context()
		out, err := a.DescribeInstanceTypeOfferings(ctx, &ec2.DescribeInstanceTypeOfferingsInput{
			LocationType: types.LocationTypeAvailabilityZoneId, Filters: filter("instance-type", "t2.micro"),
		})
		a.fatal(err)
		if len(out.InstanceTypeOfferings) != 2 {
			t.Fatalf("t2.micro should be offered in two zones, not in %d", len(out.InstanceTypeOfferings))
		}
		vpc := a.vpc("a", "10.0.0.0/16")
		group := a.group(vpc, "g")
		for i, zone := range []string{"apne1-az4", "apne1-az1", "apne1-az2"} {
			cidr := []string{"10.0.0.0/24", "10.0.1.0/24", "10.0.2.0/24"}[i]
			s, err := a.CreateSubnet(ctx, &ec2.CreateSubnetInput{VpcId: &vpc, CidrBlock: &cidr, AvailabilityZoneId: &zone})
			a.fatal(err)
			pass(time.Second)
			in := launch(*s.Subnet.SubnetId, group, linux, zone)
			in.InstanceType = types.InstanceTypeT2Micro
			_, err = a.RunInstances(ctx, in)
			want := "Unsupported"
			if slices.ContainsFunc(out.InstanceTypeOfferings, func(o types.InstanceTypeOffering) bool { return *o.Location == zone }) {
				want = ""
			}
			wantCode(t, err, want, "starting a t2.micro in "+zone)
		}
	})
}

// The same route again succeeds, as does a delete followed at once by another create (aws-facts §2.4).
func TestRoutesMadeTwice(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, w *sim.World, a account) {
		ctx := t.Context()
		l := a.lab()
		count := len(w.Objects())
		a.route(l.a.table, l.b.cidr, l.gateway)
		if have := len(w.Objects()); have != count {
			t.Errorf("the same route again should make nothing, not %d things", have-count)
		}
		_, err := a.DeleteRoute(ctx, &ec2.DeleteRouteInput{RouteTableId: &l.a.table, DestinationCidrBlock: &l.b.cidr})
		a.fatal(err)
		_, err = a.CreateRoute(ctx, &ec2.CreateRouteInput{RouteTableId: &l.a.table, DestinationCidrBlock: &l.b.cidr, NetworkInterfaceId: cardOf(ctx, a.Client, l.a.instance)})
		wantCode(t, err, "", "another route right after the delete")
		pass(2 * time.Second)
		_, err = a.ReplaceRoute(ctx, &ec2.ReplaceRouteInput{RouteTableId: &l.a.table, DestinationCidrBlock: &l.b.cidr, TransitGatewayId: &l.gateway})
		wantCode(t, err, "", "replacing the route")
		out, err := a.DescribeRouteTables(ctx, &ec2.DescribeRouteTablesInput{Filters: filter("route.transit-gateway-id", l.gateway)})
		a.fatal(err)
		if len(out.RouteTables) != 2 || len(out.RouteTables[0].Routes) != 2 {
			t.Errorf("both tables should have the local route and one to the gateway, not %+v", out.RouteTables)
		}
	})
}

// AWS clears host bits (aws-facts §1.3).
func TestHostBits(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, _ *sim.World, a account) {
		out, err := a.CreateVpc(t.Context(), &ec2.CreateVpcInput{CidrBlock: new("10.1.2.3/16")})
		a.fatal(err)
		if have := *out.Vpc.CidrBlock; have != "10.1.0.0/16" {
			t.Errorf("10.1.2.3/16 should be made 10.1.0.0/16, not %s", have)
		}
	})
}

// Two groups that name each other block each other's delete (aws-facts §2.5).
func TestGroupsThatNameEachOther(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, _ *sim.World, a account) {
		ctx := t.Context()
		vpc := a.vpc("a", "10.0.0.0/16")
		first, second := a.group(vpc, "first"), a.group(vpc, "second")
		peer := func(other string) []types.IpPermission {
			p := rdp("")
			p[0].IpRanges, p[0].UserIdGroupPairs = nil, []types.UserIdGroupPair{{GroupId: &other}}
			return p
		}
		_, err := a.AuthorizeSecurityGroupIngress(ctx, &ec2.AuthorizeSecurityGroupIngressInput{GroupId: &first, IpPermissions: peer(second)})
		a.fatal(err)
		remove := func() error {
			_, err := a.DeleteSecurityGroup(ctx, &ec2.DeleteSecurityGroupInput{GroupId: &second})
			return err
		}
		wantCode(t, remove(), "DependencyViolation", "deleting a group that another names")
		_, err = a.RevokeSecurityGroupIngress(ctx, &ec2.RevokeSecurityGroupIngressInput{GroupId: &first, IpPermissions: peer(second)})
		a.fatal(err)
		wantCode(t, remove(), "", "deleting a group that no other names any more")
	})
}

// To revoke what is not there is an error, and nothing is revoked (API Reference, RevokeSecurityGroupIngress).
func TestRevokingWhatIsNotThere(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, _ *sim.World, a account) {
		ctx := t.Context()
		vpc := a.vpc("a", "10.0.0.0/16")
		group := a.group(vpc, "g")
		rule := a.admit(group, "10.1.0.0/16")
		both := append(rdp("10.1.0.0/16"), rdp("10.9.0.0/16")...)
		_, err := a.RevokeSecurityGroupIngress(ctx, &ec2.RevokeSecurityGroupIngressInput{GroupId: &group, IpPermissions: both})
		wantCode(t, err, "InvalidPermission.NotFound", "revoking two rules of which one is not there")
		_, err = a.RevokeSecurityGroupIngress(ctx, &ec2.RevokeSecurityGroupIngressInput{GroupId: &group, SecurityGroupRuleIds: []string{rule}})
		a.fatal(err)
		pass(time.Second)
		rules, err := a.DescribeSecurityGroupRules(ctx, &ec2.DescribeSecurityGroupRulesInput{Filters: filter("group-id", group)})
		a.fatal(err)
		if len(rules.SecurityGroupRules) != 1 || !*rules.SecurityGroupRules[0].IsEgress {
			t.Errorf("only the rule for all outbound traffic should be left, not %+v", rules.SecurityGroupRules)
		}
	})
}

// Tags can be set and taken away later.
func TestTags(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, w *sim.World, a account) {
		ctx := t.Context()
		vpc := a.vpc("a", "10.0.0.0/16")
		_, err := a.CreateTags(ctx, &ec2.CreateTagsInput{Resources: []string{vpc}, Tags: []types.Tag{{Key: new("x"), Value: new("1")}, {Key: new("Name"), Value: new("b")}}})
		a.fatal(err)
		if diff := cmp.Diff(map[string]string{"Name": "b", "x": "1"}, w.Objects()[0].Tags); diff != "" {
			t.Errorf("CreateTags should add and overwrite (-want +have):\n%s", diff)
		}
		_, err = a.DeleteTags(ctx, &ec2.DeleteTagsInput{Resources: []string{vpc}, Tags: []types.Tag{{Key: new("x"), Value: new("2")}, {Key: new("Name")}}})
		a.fatal(err)
		if diff := cmp.Diff(map[string]string{"x": "1"}, w.Objects()[0].Tags); diff != "" {
			t.Errorf("DeleteTags should take away Name, and leave x, whose value is another (-want +have):\n%s", diff)
		}
		var many []types.Tag
		for range 50 {
			many = append(many, types.Tag{Key: new("k" + string(rune('A'+len(many)))), Value: new("")})
		}
		_, err = a.CreateTags(ctx, &ec2.CreateTagsInput{Resources: []string{vpc}, Tags: many})
		wantCode(t, err, "TagLimitExceeded", "a 51st tag")
	})
}

// A free interface can be made and deleted; while it is there it holds subnet and group (aws-facts §7.4).
func TestAFreeInterface(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, _ *sim.World, a account) {
		ctx := t.Context()
		vpc := a.vpc("a", "10.0.0.0/16")
		subnet, group := a.subnet(vpc, "10.0.0.0/24"), a.group(vpc, "g")
		in := &ec2.CreateNetworkInterfaceInput{SubnetId: &subnet, Groups: []string{group}, PrivateIpAddress: new("10.0.0.77"), ClientToken: new("t")}
		out, err := a.CreateNetworkInterface(ctx, in)
		a.fatal(err)
		again, err := a.CreateNetworkInterface(ctx, in)
		a.fatal(err)
		if *again.NetworkInterface.NetworkInterfaceId != *out.NetworkInterface.NetworkInterfaceId {
			t.Error("the same token should give the same interface")
		}
		pass(time.Second)
		list, err := a.DescribeNetworkInterfaces(ctx, &ec2.DescribeNetworkInterfacesInput{Filters: filter("private-ip-address", "10.0.0.77")})
		a.fatal(err)
		if len(list.NetworkInterfaces) != 1 || list.NetworkInterfaces[0].Status != "available" {
			t.Fatalf("there should be one interface, available, not %+v", list.NetworkInterfaces)
		}
		_, err = a.DeleteSecurityGroup(ctx, &ec2.DeleteSecurityGroupInput{GroupId: &group})
		wantCode(t, err, "DependencyViolation", "deleting the group of an interface")
		_, err = a.DeleteNetworkInterface(ctx, &ec2.DeleteNetworkInterfaceInput{NetworkInterfaceId: out.NetworkInterface.NetworkInterfaceId})
		a.fatal(err)
		pass(time.Second)
		_, err = a.DeleteSubnet(ctx, &ec2.DeleteSubnetInput{SubnetId: &subnet})
		wantCode(t, err, "", "deleting the subnet without the interface")
	})
}

// Each thing in a VPC by itself is enough to refuse its delete (aws-facts §2.1).
func TestWhatHoldsAVPC(t *testing.T) {
	for what, put := range map[string]func(account, string) func() error{
		"a subnet": func(a account, vpc string) func() error {
			id := a.subnet(vpc, "10.0.0.0/24")
			return func() error {
				_, err := a.DeleteSubnet(a.t.Context(), &ec2.DeleteSubnetInput{SubnetId: &id})
				return err
			}
		},
		"a route table": func(a account, vpc string) func() error {
			id := a.routeTable(vpc)
			return func() error {
				_, err := a.DeleteRouteTable(a.t.Context(), &ec2.DeleteRouteTableInput{RouteTableId: &id})
				return err
			}
		},
		"a group": func(a account, vpc string) func() error {
			id := a.group(vpc, "g")
			return func() error {
				_, err := a.DeleteSecurityGroup(a.t.Context(), &ec2.DeleteSecurityGroupInput{GroupId: &id})
				return err
			}
		},
	} {
		story(t, sim.Options{}, func(t *testing.T, w *sim.World, a account) {
			vpc := a.vpc("a", "10.0.0.0/16")
			remove := func() error {
				_, err := a.DeleteVpc(t.Context(), &ec2.DeleteVpcInput{VpcId: &vpc})
				return err
			}
			takeAway := put(a, vpc)
			wantCode(t, remove(), "DependencyViolation", "deleting a VPC with "+what)
			a.fatal(takeAway())
			pass(time.Second)
			wantCode(t, remove(), "", "deleting the VPC without "+what)
			pass(time.Second)
			for _, o := range w.Furniture() {
				if o.Parent == vpc || o.ID == vpc {
					t.Errorf("the VPC's own %s should have gone with it", o.Kind)
				}
			}
		})
	}
}

// A subnet takes its association along, and its block is free at once.
func TestASubnetMadeAgain(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, _ *sim.World, a account) {
		ctx := t.Context()
		vpc := a.vpc("a", "10.0.0.0/16")
		subnet, table := a.subnet(vpc, "10.0.0.0/24"), a.routeTable(vpc)
		a.associate(table, subnet)
		_, err := a.DeleteSubnet(ctx, &ec2.DeleteSubnetInput{SubnetId: &subnet})
		a.fatal(err)
		_, err = a.CreateSubnet(ctx, &ec2.CreateSubnetInput{VpcId: &vpc, CidrBlock: new("10.0.0.0/24")})
		wantCode(t, err, "", "the same block right after the delete")
		pass(time.Second)
		_, err = a.DeleteRouteTable(ctx, &ec2.DeleteRouteTableInput{RouteTableId: &table})
		wantCode(t, err, "", "deleting the table whose only subnet is gone")
	})
}

// A group that names itself, and its rules, go at once (aws-facts §2.5).
func TestAGroupThatNamesItself(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, w *sim.World, a account) {
		ctx := t.Context()
		vpc := a.vpc("a", "10.0.0.0/16")
		group := a.group(vpc, "g")
		self := rdp("")
		self[0].IpRanges, self[0].UserIdGroupPairs = nil, []types.UserIdGroupPair{{GroupId: &group, Description: new("each other")}}
		_, err := a.AuthorizeSecurityGroupIngress(ctx, &ec2.AuthorizeSecurityGroupIngressInput{GroupId: &group, IpPermissions: self})
		a.fatal(err)
		_, err = a.AuthorizeSecurityGroupIngress(ctx, &ec2.AuthorizeSecurityGroupIngressInput{GroupId: &group, IpPermissions: append(rdp("10.5.0.0/16"), rdp("10.5.0.9/16")...)})
		wantCode(t, err, "InvalidParameterValue", "the same permission twice in one call")
		_, err = a.AuthorizeSecurityGroupIngress(ctx, &ec2.AuthorizeSecurityGroupIngressInput{GroupId: &group, IpPermissions: rdp("10.5.0.0/16"), TagSpecifications: named("security-group-rule", "r")})
		a.fatal(err)
		pass(time.Second)
		out, err := a.DescribeSecurityGroups(ctx, &ec2.DescribeSecurityGroupsInput{GroupIds: []string{group}})
		a.fatal(err)
		if p := out.SecurityGroups[0].IpPermissions; len(p) != 1 || len(p[0].IpRanges) != 1 || *p[0].UserIdGroupPairs[0].Description != "each other" {
			t.Errorf("rules with the same protocol and ports should be one permission, not %+v", p)
		}
		_, err = a.DeleteSecurityGroup(ctx, &ec2.DeleteSecurityGroupInput{GroupId: &group})
		wantCode(t, err, "", "deleting a group that names itself")
		pass(time.Second)
		if have := kinds(w.Objects()); have["security-group-rule"] != 0 {
			t.Errorf("its rules should have gone along, not %v", have)
		}
	})
}

// In the default VPC what is not there to revoke is listed in the answer; everywhere a rule must be of the group and inbound.
func TestRevokingTheWrongRule(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, _ *sim.World, a account) {
		ctx := t.Context()
		own, err := a.CreateSecurityGroup(ctx, &ec2.CreateSecurityGroupInput{GroupName: new("g"), Description: new("in the default VPC")})
		a.fatal(err)
		pass(time.Second)
		out, err := a.RevokeSecurityGroupIngress(ctx, &ec2.RevokeSecurityGroupIngressInput{GroupId: own.GroupId, IpPermissions: rdp("10.9.0.0/16")})
		a.fatal(err)
		if len(out.UnknownIpPermissions) != 1 || *out.UnknownIpPermissions[0].IpRanges[0].CidrIp != "10.9.0.0/16" {
			t.Errorf("the unknown permission should be listed, not %+v", out.UnknownIpPermissions)
		}
		rules, err := a.DescribeSecurityGroupRules(ctx, &ec2.DescribeSecurityGroupRulesInput{Filters: filter("group-id", *own.GroupId)})
		a.fatal(err)
		_, err = a.RevokeSecurityGroupIngress(ctx, &ec2.RevokeSecurityGroupIngressInput{GroupId: own.GroupId, SecurityGroupRuleIds: []string{*rules.SecurityGroupRules[0].SecurityGroupRuleId}})
		wantCode(t, err, "InvalidSecurityGroupRuleId.NotFound", "revoking an outbound rule as an inbound one")
	})
}

// CreateRouteTable has a token too (aws-facts §0.1).
func TestCreateRouteTableIsIdempotent(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, _ *sim.World, a account) {
		ctx := t.Context()
		first, second := a.vpc("a", "10.0.0.0/16"), a.vpc("b", "10.1.0.0/16")
		create := func(vpc string) (string, error) {
			out, err := a.CreateRouteTable(ctx, &ec2.CreateRouteTableInput{VpcId: &vpc, ClientToken: new("t")})
			if err != nil {
				return "", err
			}
			return *out.RouteTable.RouteTableId, nil
		}
		one, err := create(first)
		a.fatal(err)
		again, err := create(first)
		a.fatal(err)
		if one != again {
			t.Errorf("the same token should give the same table, %s, not %s", one, again)
		}
		_, err = create(second)
		wantCode(t, err, "IdempotentParameterMismatch", "the same token for another VPC")
	})
}

// Every kind with an ID can be tagged by it.
func TestTagsOfEveryKind(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, w *sim.World, a account) {
		l, linked := a.lab(), a.linked()
		ids := []string{
			linked.gateway, linked.address, linked.peering,
			l.a.vpc, l.a.subnet, l.a.table, l.a.group, l.a.rule, l.a.instance, *cardOf(t.Context(), a.Client, l.a.instance), l.gateway, l.table, l.a.attachment,
		}
		_, err := a.CreateTags(t.Context(), &ec2.CreateTagsInput{Resources: ids, Tags: []types.Tag{{Key: new("x"), Value: new("y")}}})
		a.fatal(err)
		tagged := 0
		for _, o := range w.Objects() {
			if o.Tags["x"] == "y" {
				tagged++
			}
		}
		if tagged != len(ids) {
			t.Errorf("%d things should be tagged, not %d", len(ids), tagged)
		}
		_, err = a.CreateTags(t.Context(), &ec2.CreateTagsInput{Resources: []string{"rain-" + none}, Tags: []types.Tag{{Key: new("x"), Value: new("y")}}})
		wantCode(t, err, "InvalidID", "tags for an ID of no kind")
	})
}
