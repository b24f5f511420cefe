package provision

import (
	"encoding/json"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"

	"vpclink/waiters"
)

// estate is what somebody else has in the account: two VPCs as real ones may be.
//
//	x  two blocks, two subnets in two zones, one with a route table of its own that leads somewhere, an instance with two groups
//	y  one subnet on the main table, an instance with the default group; open to the internet when asked for
type estate struct {
	x, y                     string
	xSubnet, xMainSubnet     string
	xInstance, yInstance     string
	xTable, ySubnet, gateway string
	api                      *ec2.Client
	l                        *lab
	pace                     time.Duration
}

func (l *lab) estate(open bool) *estate {
	l.t.Helper()
	e := &estate{api: l.stranger(), l: l, pace: time.Minute}
	ctx := l.t.Context()
	e.x, e.y = e.vpc("10.50.0.0/16"), e.vpc("10.60.0.0/16")
	must(e.api.AssociateVpcCidrBlock(ctx, &ec2.AssociateVpcCidrBlockInput{VpcId: &e.x, CidrBlock: aws.String("100.64.0.0/24")}))
	e.xSubnet, e.xMainSubnet, e.ySubnet = e.subnet(e.x, "10.50.1.0/24", 0), e.subnet(e.x, "10.50.2.0/24", 1), e.subnet(e.y, "10.60.1.0/24", 0)
	e.xTable = *must(e.api.CreateRouteTable(ctx, &ec2.CreateRouteTableInput{VpcId: &e.x})).RouteTable.RouteTableId
	e.wait()
	must(e.api.AssociateRouteTable(ctx, &ec2.AssociateRouteTableInput{RouteTableId: &e.xTable, SubnetId: &e.xSubnet}))
	e.xInstance = e.instance(e.xSubnet, false, e.group(e.x, "web"), e.group(e.x, "ops"))
	if open {
		e.gateway = *must(e.api.CreateInternetGateway(ctx, &ec2.CreateInternetGatewayInput{})).InternetGateway.InternetGatewayId
		e.wait()
		must(e.api.AttachInternetGateway(ctx, &ec2.AttachInternetGatewayInput{InternetGatewayId: &e.gateway, VpcId: &e.y}))
		e.wait()
	}
	e.yInstance = e.instance(e.ySubnet, open)
	if open {
		must(e.api.CreateRoute(ctx, &ec2.CreateRouteInput{RouteTableId: aws.String(mainTable(e, e.y)), DestinationCidrBlock: aws.String(everywhere), GatewayId: &e.gateway}))
	}
	card := must(e.api.DescribeInstances(ctx, &ec2.DescribeInstancesInput{InstanceIds: []string{e.xInstance}})).Reservations[0].Instances[0].NetworkInterfaces[0]
	must(e.api.CreateRoute(ctx, &ec2.CreateRouteInput{RouteTableId: &e.xTable, DestinationCidrBlock: aws.String("203.0.113.0/24"), NetworkInterfaceId: card.NetworkInterfaceId}))
	e.wait()
	return e
}

func (e *estate) wait() { <-time.After(e.pace) }

func (e *estate) vpc(cidr string) string {
	id := *must(e.api.CreateVpc(e.l.t.Context(), &ec2.CreateVpcInput{CidrBlock: &cidr, TagSpecifications: []types.TagSpecification{
		{ResourceType: types.ResourceTypeVpc, Tags: []types.Tag{{Key: aws.String("Name"), Value: aws.String("of " + cidr)}}},
	}})).Vpc.VpcId
	e.wait()
	return id
}

func (e *estate) subnet(vpc, cidr string, zone int) string {
	azs := must(e.api.DescribeAvailabilityZones(e.l.t.Context(), &ec2.DescribeAvailabilityZonesInput{})).AvailabilityZones
	id := *must(e.api.CreateSubnet(e.l.t.Context(), &ec2.CreateSubnetInput{VpcId: &vpc, CidrBlock: &cidr, AvailabilityZoneId: azs[zone].ZoneId})).Subnet.SubnetId
	e.wait()
	return id
}

func (e *estate) group(vpc, name string) string {
	ctx := e.l.t.Context()
	id := *must(e.api.CreateSecurityGroup(ctx, &ec2.CreateSecurityGroupInput{VpcId: &vpc, GroupName: &name, Description: aws.String("a stranger's")})).GroupId
	e.wait()
	must(e.api.AuthorizeSecurityGroupIngress(ctx, &ec2.AuthorizeSecurityGroupIngressInput{GroupId: &id, IpPermissions: []types.IpPermission{{
		IpProtocol: aws.String("tcp"), FromPort: aws.Int32(443), ToPort: aws.Int32(443), IpRanges: []types.IpRange{{CidrIp: aws.String("198.51.100.0/24")}},
	}}}))
	return id
}

func (e *estate) instance(subnet string, public bool, groups ...string) string {
	id := *must(e.api.RunInstances(e.l.t.Context(), &ec2.RunInstancesInput{
		ImageId: aws.String("ami-0123456789abcdef0"), InstanceType: "t3.micro", MinCount: aws.Int32(1), MaxCount: aws.Int32(1),
		NetworkInterfaces: []types.InstanceNetworkInterfaceSpecification{{
			DeviceIndex: aws.Int32(0), SubnetId: &subnet, Groups: groups, AssociatePublicIpAddress: aws.Bool(public),
		}},
	})).Instances[0].InstanceId
	<-time.After(3 * e.pace)
	return id
}

// borrowing has the lab use both, beside a VPC of its own, with what settles the choice in x.
func (e *estate) borrowing() []string {
	e.l.edit = e.chosen
	return []string{e.x, "app=" + e.y, "c"}
}

// chosen chooses in x, which has two subnets.
func (e *estate) chosen(r *Request) {
	r.Choice = Choice{Subnets: map[string][]string{e.x: {e.xSubnet}}}
}

// account is all that the lists of AWS tell, once what is gone is shown no more.
func (l *lab) account() map[string]string {
	l.t.Helper()
	ctx, s := l.t.Context(), l.stranger()
	_, env := l.runner(ctx)
	balancers := env.ELB.(*elb.Client) //nolint:forcetypeassert // it is what Connect returns
	all := map[string]any{
		"vpcs":           must(s.DescribeVpcs(ctx, &ec2.DescribeVpcsInput{})).Vpcs,
		"subnets":        must(s.DescribeSubnets(ctx, &ec2.DescribeSubnetsInput{})).Subnets,
		"route tables":   must(s.DescribeRouteTables(ctx, &ec2.DescribeRouteTablesInput{})).RouteTables,
		"groups":         must(s.DescribeSecurityGroups(ctx, &ec2.DescribeSecurityGroupsInput{})).SecurityGroups,
		"rules":          must(s.DescribeSecurityGroupRules(ctx, &ec2.DescribeSecurityGroupRulesInput{})).SecurityGroupRules,
		"instances":      must(s.DescribeInstances(ctx, &ec2.DescribeInstancesInput{})).Reservations,
		"interfaces":     must(s.DescribeNetworkInterfaces(ctx, &ec2.DescribeNetworkInterfacesInput{})).NetworkInterfaces,
		"addresses":      must(s.DescribeAddresses(ctx, &ec2.DescribeAddressesInput{})).Addresses,
		"gateways":       must(s.DescribeInternetGateways(ctx, &ec2.DescribeInternetGatewaysInput{})).InternetGateways,
		"peerings":       must(s.DescribeVpcPeeringConnections(ctx, &ec2.DescribeVpcPeeringConnectionsInput{})).VpcPeeringConnections,
		"transit":        must(s.DescribeTransitGateways(ctx, &ec2.DescribeTransitGatewaysInput{})).TransitGateways,
		"attachments":    must(s.DescribeTransitGatewayAttachments(ctx, &ec2.DescribeTransitGatewayAttachmentsInput{})).TransitGatewayAttachments,
		"endpoints":      must(s.DescribeVpcEndpoints(ctx, &ec2.DescribeVpcEndpointsInput{})).VpcEndpoints,
		"services":       must(s.DescribeVpcEndpointServiceConfigurations(ctx, &ec2.DescribeVpcEndpointServiceConfigurationsInput{})).ServiceConfigurations,
		"load balancers": must(balancers.DescribeLoadBalancers(ctx, &elb.DescribeLoadBalancersInput{})).LoadBalancers,
		"target groups":  must(balancers.DescribeTargetGroups(ctx, &elb.DescribeTargetGroupsInput{})).TargetGroups,
	}
	told := map[string]string{}
	for what, list := range all {
		text, err := json.MarshalIndent(list, "", " ")
		if err != nil {
			l.t.Fatal(err)
		}
		told[what] = string(text)
	}
	return told
}

// buried is longer than anything that is gone is shown.
const buried = 3 * time.Hour

// groups are those of an instance's interface.
func (e *estate) groups(instance string) []string {
	var ids []string
	for _, g := range must(e.api.DescribeInstances(e.l.t.Context(), &ec2.DescribeInstancesInput{InstanceIds: []string{instance}})).Reservations[0].Instances[0].NetworkInterfaces[0].Groups {
		ids = append(ids, *g.GroupId)
	}
	return ids
}

// hurried is the pace of a lab that is killed: a tenth of the usual.
func (l *lab) hurried() {
	l.settle, l.pace = l.settle/10, waiters.Pace{Least: 150 * time.Millisecond, Most: 3 * time.Second, Share: 0.3}
}

// named replaces an ID with a short name where a test shows keys.
func (e *estate) named(key string) string { return strings.ReplaceAll(key, e.x, "X") }

// filters are pairs of name and value.
func filters(pairs ...string) []types.Filter {
	var list []types.Filter
	for i := 0; i < len(pairs); i += 2 {
		list = append(list, by(pairs[i], pairs[i+1]))
	}
	return list
}

func mainTable(e *estate, vpc string) string {
	return *must(e.api.DescribeRouteTables(e.l.t.Context(), &ec2.DescribeRouteTablesInput{
		Filters: filters("vpc-id", vpc, "association.main", "true"),
	})).RouteTables[0].RouteTableId
}
