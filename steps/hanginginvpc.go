package steps

import (
	"context"
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"vpclink/waiters"
)

// The looks at what may hang on a VPC and its parts. Each compares in code as well, since some servers ignore filters,
// and a thing of another VPC must not be taken for a stranger's in ours.

func vpcOf(i types.NetworkInterface) []string    { return []string{aws.ToString(i.VpcId)} }
func subnetOf(i types.NetworkInterface) []string { return []string{aws.ToString(i.SubnetId)} }

func groupsOf(i types.NetworkInterface) []string {
	var ids []string
	for _, g := range i.Groups {
		ids = append(ids, aws.ToString(g.GroupId))
	}
	return ids
}

// interfacesIn finds network interfaces. Those that AWS manages cannot be deleted by anyone but AWS, and outlive their
// parents (aws-facts §2.8); their description tells what they belong to.
func interfacesIn(name string, of func(types.NetworkInterface) []string) look {
	return func(ctx context.Context, api hangingAPI, id string) ([]hanging, error) {
		p := ec2.NewDescribeNetworkInterfacesPaginator(api, &ec2.DescribeNetworkInterfacesInput{Filters: []types.Filter{filter(name, id)}})
		return pages(ctx, p, func(o *ec2.DescribeNetworkInterfacesOutput) []hanging {
			var list []hanging
			for _, i := range o.NetworkInterfaces {
				if slices.Contains(of(i), id) {
					list = append(list, hanging{
						kind: "network interface %s", id: aws.ToString(i.NetworkInterfaceId), note: aws.ToString(i.Description),
						tags: i.TagSet, managed: aws.ToBool(i.RequesterManaged),
					})
				}
			}
			return list
		})
	}
}

func subnetsIn(ctx context.Context, api hangingAPI, vpc string) ([]hanging, error) {
	subnets, err := describeSubnets(api)(ctx, []types.Filter{filter("vpc-id", vpc)})
	var list []hanging
	for _, s := range subnets {
		if aws.ToString(s.VpcId) == vpc {
			list = append(list, hanging{kind: "subnet %s", id: aws.ToString(s.SubnetId), tags: s.Tags})
		}
	}
	return list, err
}

// groupsIn leaves out the default group, which goes with its VPC.
func groupsIn(ctx context.Context, api hangingAPI, vpc string) ([]hanging, error) {
	return groupsWhere(ctx, api, filter("vpc-id", vpc), func(g types.SecurityGroup) bool {
		return aws.ToString(g.VpcId) == vpc && aws.ToString(g.GroupName) != "default"
	})
}

// groupsNaming finds groups whose rules name this one; its own rules do not block it.
func groupsNaming(ctx context.Context, api hangingAPI, group string) ([]hanging, error) {
	names := func(p types.IpPermission) bool {
		return slices.ContainsFunc(p.UserIdGroupPairs, func(u types.UserIdGroupPair) bool { return aws.ToString(u.GroupId) == group })
	}
	return groupsWhere(ctx, api, filter("ip-permission.group-id", group), func(g types.SecurityGroup) bool {
		return aws.ToString(g.GroupId) != group && slices.ContainsFunc(g.IpPermissions, names)
	})
}

func groupsWhere(ctx context.Context, api hangingAPI, by types.Filter, counts func(types.SecurityGroup) bool) ([]hanging, error) {
	groups, err := describeSecurityGroups(api)(ctx, []types.Filter{by})
	var list []hanging
	for _, g := range groups {
		if counts(g) {
			list = append(list, hanging{kind: "security group %s", id: aws.ToString(g.GroupId), tags: g.Tags})
		}
	}
	return list, err
}

// tablesIn leaves out the main table, which goes with its VPC.
func tablesIn(ctx context.Context, api hangingAPI, vpc string) ([]hanging, error) {
	tables, err := describeRouteTables(api)(ctx, []types.Filter{filter("vpc-id", vpc)})
	isMain := func(a types.RouteTableAssociation) bool { return aws.ToBool(a.Main) }
	var list []hanging
	for _, t := range tables {
		if aws.ToString(t.VpcId) == vpc && !slices.ContainsFunc(t.Associations, isMain) {
			list = append(list, hanging{kind: "route table %s", id: aws.ToString(t.RouteTableId), tags: t.Tags})
		}
	}
	return list, err
}

// gatewaysOf finds the internet gateway attached to a VPC.
func gatewaysOf(ctx context.Context, api hangingAPI, vpc string) ([]hanging, error) {
	attached := func(a types.InternetGatewayAttachment) bool { return aws.ToString(a.VpcId) == vpc }
	gateways, err := describeInternetGateways(api)(ctx, []types.Filter{filter("attachment.vpc-id", vpc)})
	var list []hanging
	for _, g := range gateways {
		if slices.ContainsFunc(g.Attachments, attached) {
			list = append(list, hanging{kind: "internet gateway %s", id: aws.ToString(g.InternetGatewayId), tags: g.Tags})
		}
	}
	return list, err
}

// peeringsOf finds a VPC's peerings, from either side: AWS keeps a VPC that has one (terraform-provider-aws#3118).
func peeringsOf(ctx context.Context, api hangingAPI, vpc string) ([]hanging, error) {
	var list []hanging
	for _, side := range []string{"requester-vpc-info.vpc-id", "accepter-vpc-info.vpc-id"} {
		peerings, err := describeVPCPeerings(api)(ctx, []types.Filter{filter(side, vpc)})
		if err != nil {
			return nil, err
		}
		for _, p := range peerings {
			state, _ := peeringState(p)
			stage := vpcPeering{}.life().Stage(state)
			joins := peeringVPC(p.RequesterVpcInfo) == vpc || peeringVPC(p.AccepterVpcInfo) == vpc
			if joins && !stage.Absent() {
				list = append(list, hanging{
					kind: "peering connection %s", id: aws.ToString(p.VpcPeeringConnectionId), tags: p.Tags, passing: stage == waiters.StageLeaving,
				})
			}
		}
	}
	return list, nil
}
