package main

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/google/go-cmp/cmp"

	"vpclink/localstack"
)

// Two VPCs of somebody else's and one of vpclink's, linked by each pattern on a server that is not ours: afterwards the
// account is as before, field by field.
func TestVPCsThatAreThereAlreadyOnEmulators(t *testing.T) {
	for name, variable := range map[string]string{localstack.LocalStack: "VPCLINK_TEST_LOCALSTACK", localstack.Moto: "VPCLINK_TEST_MOTO"} {
		endpoint := os.Getenv(variable)
		for _, lab := range emulatorLabs {
			t.Run(name+"/"+lab.pattern, func(t *testing.T) {
				if endpoint == "" {
					t.Skipf("%s names no server", variable)
				}
				if why := lab.refused[name]; why != "" {
					t.Skip(why)
				}
				newEmulator(t, endpoint).borrow(lab.pattern)
			})
		}
	}
}

func (e *emulator) borrow(pattern string) {
	e.t.Helper()
	x, y := e.stranger("10.50.0.0/16", "100.64.0.0/24"), e.stranger("10.60.0.0/16")
	defer x.gone()
	defer y.gone()
	before, alive := e.told(), e.everything()
	up := []string{"up", pattern, "--vpcs", x.vpc + ",app=" + y.vpc + ",c", "--subnets", x.vpc + "=" + x.subnet}
	var was struct {
		Result struct{ Made, Adopted, Unchanged int }
		State  string
	}
	e.run(&was, up...)
	if was.State != "up" || was.Result.Adopted != 8 || was.Result.Unchanged != 0 {
		e.t.Errorf("both are used, with a subnet, a table and an instance each, and the stack is up, got %+v", was)
	}
	all := was.Result.Made + was.Result.Adopted
	marks := e.told()
	e.run(&was, up...)
	if was.Result.Made+was.Result.Adopted != 0 || was.Result.Unchanged != all {
		e.t.Errorf("the second up finds all %d unchanged, got %+v", all, was)
	}
	if diff := cmp.Diff(marks, e.told()); diff != "" {
		e.t.Errorf("the second up changes nothing (-before +after):\n%s", diff)
	}
	var down struct {
		Forgotten int
		Left      []any
	}
	e.run(&down, "down", "--yes")
	if down.Forgotten != 8 || len(down.Left) > 0 {
		e.t.Errorf("down forgets the 8 and leaves nothing, got %+v", down)
	}
	if diff := cmp.Diff(before, e.told()); diff != "" {
		e.t.Errorf("the account is exactly as before (-before +after):\n%s", diff)
	}
	e.same("nothing is left", alive)
}

// estate is a VPC of somebody else's.
type estate struct {
	*emulator
	vpc, subnet, spare, table, association, group, instance string
}

func (e *emulator) stranger(cidr string, more ...string) *estate {
	e.t.Helper()
	s := &estate{emulator: e}
	s.vpc = *asked(e.api.CreateVpc(e.ctx, &ec2.CreateVpcInput{CidrBlock: &cidr})).Vpc.VpcId
	zone := asked(e.api.DescribeAvailabilityZones(e.ctx, &ec2.DescribeAvailabilityZonesInput{})).AvailabilityZones[0].ZoneId // an endpoint must be in its service's
	for _, block := range more {
		asked(e.api.AssociateVpcCidrBlock(e.ctx, &ec2.AssociateVpcCidrBlockInput{VpcId: &s.vpc, CidrBlock: &block}))
		s.spare = *asked(e.api.CreateSubnet(e.ctx, &ec2.CreateSubnetInput{VpcId: &s.vpc, AvailabilityZoneId: zone, CidrBlock: &block})).Subnet.SubnetId
	}
	s.subnet = *asked(e.api.CreateSubnet(e.ctx, &ec2.CreateSubnetInput{VpcId: &s.vpc, AvailabilityZoneId: zone, CidrBlock: aws.String(strings.Replace(cidr, ".0.0/16", ".1.0/24", 1))})).Subnet.SubnetId
	s.group = *asked(e.api.CreateSecurityGroup(e.ctx, &ec2.CreateSecurityGroupInput{VpcId: &s.vpc, GroupName: aws.String("web"), Description: aws.String("a stranger's")})).GroupId
	if len(more) > 0 {
		s.table = *asked(e.api.CreateRouteTable(e.ctx, &ec2.CreateRouteTableInput{VpcId: &s.vpc})).RouteTable.RouteTableId
		s.association = *asked(e.api.AssociateRouteTable(e.ctx, &ec2.AssociateRouteTableInput{RouteTableId: &s.table, SubnetId: &s.subnet})).AssociationId
	}
	s.instance = *asked(e.api.RunInstances(e.ctx, &ec2.RunInstancesInput{
		ImageId: aws.String("ami-12c6146b"), InstanceType: "t3.micro", MinCount: aws.Int32(1), MaxCount: aws.Int32(1),
		NetworkInterfaces: []types.InstanceNetworkInterfaceSpecification{{
			DeviceIndex: aws.Int32(0), SubnetId: &s.subnet, Groups: []string{s.group}, DeleteOnTermination: aws.Bool(true),
		}},
	})).Instances[0].InstanceId
	asked(e.api.DescribeInstances(e.ctx, &ec2.DescribeInstancesInput{})) // with which it runs
	return s
}

func (s *estate) gone() {
	asked(s.api.TerminateInstances(s.ctx, &ec2.TerminateInstancesInput{InstanceIds: []string{s.instance}}))
	if s.table != "" {
		asked(s.api.DisassociateRouteTable(s.ctx, &ec2.DisassociateRouteTableInput{AssociationId: &s.association}))
		asked(s.api.DeleteRouteTable(s.ctx, &ec2.DeleteRouteTableInput{RouteTableId: &s.table}))
		asked(s.api.DeleteSubnet(s.ctx, &ec2.DeleteSubnetInput{SubnetId: &s.spare}))
	}
	asked(s.api.DeleteSubnet(s.ctx, &ec2.DeleteSubnetInput{SubnetId: &s.subnet}))
	asked(s.api.DeleteSecurityGroup(s.ctx, &ec2.DeleteSecurityGroupInput{GroupId: &s.group}))
	asked(s.api.DeleteVpc(s.ctx, &ec2.DeleteVpcInput{VpcId: &s.vpc}))
}

// told is all that the server tells of what strangers may have, by kind. Of what is terminated it tells for ever.
func (e *emulator) told() map[string]string {
	e.t.Helper()
	running := []types.Filter{{Name: aws.String("instance-state-name"), Values: []string{"pending", "running"}}}
	told := map[string]string{}
	for what, list := range map[string]any{
		"vpcs":       asked(e.api.DescribeVpcs(e.ctx, &ec2.DescribeVpcsInput{})).Vpcs,
		"subnets":    asked(e.api.DescribeSubnets(e.ctx, &ec2.DescribeSubnetsInput{})).Subnets,
		"tables":     asked(e.api.DescribeRouteTables(e.ctx, &ec2.DescribeRouteTablesInput{})).RouteTables,
		"groups":     asked(e.api.DescribeSecurityGroups(e.ctx, &ec2.DescribeSecurityGroupsInput{})).SecurityGroups,
		"rules":      asked(e.api.DescribeSecurityGroupRules(e.ctx, &ec2.DescribeSecurityGroupRulesInput{})).SecurityGroupRules,
		"instances":  asked(e.api.DescribeInstances(e.ctx, &ec2.DescribeInstancesInput{Filters: running})).Reservations,
		"interfaces": asked(e.api.DescribeNetworkInterfaces(e.ctx, &ec2.DescribeNetworkInterfacesInput{})).NetworkInterfaces,
		"addresses":  asked(e.api.DescribeAddresses(e.ctx, &ec2.DescribeAddressesInput{})).Addresses,
		"gateways":   asked(e.api.DescribeInternetGateways(e.ctx, &ec2.DescribeInternetGatewaysInput{})).InternetGateways,
	} {
		text, err := json.MarshalIndent(list, "", " ")
		if err != nil {
			e.t.Fatal(err)
		}
		told[what] = string(text)
	}
	return told
}
