package sim_test

import (
	"slices"
	"testing"
)

// difference is one reason why answers are not as published, and where: the example, a space, the member.
type difference struct {
	why   string
	where []string
}

// leftOut are members that AWS's published answers have and the simulator's lack.
var leftOut = []difference{
	{"the example is of an IPv6 block, and the simulator has none", []string{
		"DisassociateVpcCidrBlock Ipv6CidrBlockAssociation.AssociationId",
		"DisassociateVpcCidrBlock Ipv6CidrBlockAssociation.Ipv6CidrBlock",
		"DisassociateVpcCidrBlock Ipv6CidrBlockAssociation.Ipv6CidrBlockState.State",
	}},
	{"the simulator has no users with an ID of their own", []string{"CreateNetworkInterface NetworkInterface.RequesterId"}},
	{"volumes are not simulated: nothing in a lab looks at them, and they go with their instance", []string{
		"DescribeInstances Reservations[].Instances[].BlockDeviceMappings[].DeviceName",
		"DescribeInstances Reservations[].Instances[].BlockDeviceMappings[].Ebs.AttachTime",
		"DescribeInstances Reservations[].Instances[].BlockDeviceMappings[].Ebs.DeleteOnTermination",
		"DescribeInstances Reservations[].Instances[].BlockDeviceMappings[].Ebs.Status",
		"DescribeInstances Reservations[].Instances[].BlockDeviceMappings[].Ebs.VolumeId",
		"RunInstances Instances[].BlockDeviceMappings[]",
	}},
	{"the table of instance types holds vCPUs, not cores and threads", []string{
		"DescribeInstances Reservations[].Instances[].CpuOptions.CoreCount",
		"DescribeInstances Reservations[].Instances[].CpuOptions.ThreadsPerCore",
		"RunInstances Instances[].CpuOptions.CoreCount",
		"RunInstances Instances[].CpuOptions.ThreadsPerCore",
	}},
	{"AWS's defaults depend on image and account, and no metadata is served", []string{
		"DescribeInstances Reservations[].Instances[].MetadataOptions.HttpEndpoint",
		"DescribeInstances Reservations[].Instances[].MetadataOptions.HttpProtocolIpv6",
		"DescribeInstances Reservations[].Instances[].MetadataOptions.HttpPutResponseHopLimit",
		"DescribeInstances Reservations[].Instances[].MetadataOptions.HttpTokens",
		"DescribeInstances Reservations[].Instances[].MetadataOptions.InstanceMetadataTags",
		"DescribeInstances Reservations[].Instances[].MetadataOptions.State",
		"RunInstances Instances[].MetadataOptions.HttpEndpoint",
		"RunInstances Instances[].MetadataOptions.HttpPutResponseHopLimit",
		"RunInstances Instances[].MetadataOptions.HttpTokens",
		"RunInstances Instances[].MetadataOptions.State",
	}},
	{"the example's instance was started with it; the simulator has neither profiles nor key pairs yet", []string{
		"DescribeInstances Reservations[].Instances[].IamInstanceProfile.Arn",
		"DescribeInstances Reservations[].Instances[].IamInstanceProfile.Id",
		"DescribeInstances Reservations[].Instances[].KeyName",
		"RunInstances Instances[].KeyName",
	}},
	{"the example has a NAT gateway, which the simulator has not", []string{"DescribeRouteTables RouteTables[].Routes[].NatGatewayId"}},
}

// added are members that the simulator's answers have and the published ones lack.
var added = []difference{
	{"the example is of an IPv6 block; these are the same of an IPv4 one", []string{
		"DisassociateVpcCidrBlock CidrBlockAssociation.AssociationId",
		"DisassociateVpcCidrBlock CidrBlockAssociation.CidrBlock",
		"DisassociateVpcCidrBlock CidrBlockAssociation.CidrBlockState.State",
	}},
	{"the example is older than this member of the API", []string{
		"AcceptVpcPeeringConnection VpcPeeringConnection.AccepterVpcInfo.CidrBlockSet[].CidrBlock",
		"AcceptVpcPeeringConnection VpcPeeringConnection.AccepterVpcInfo.Region",
		"AcceptVpcPeeringConnection VpcPeeringConnection.RequesterVpcInfo.CidrBlockSet[].CidrBlock",
		"AcceptVpcPeeringConnection VpcPeeringConnection.RequesterVpcInfo.Region",
		"AssociateRouteTable AssociationState.State",
		"AuthorizeSecurityGroupIngress SecurityGroupRules[].SecurityGroupRuleArn",
		"AuthorizeSecurityGroupIngress/description SecurityGroupRules[].SecurityGroupRuleArn",
		"AuthorizeSecurityGroupIngress/group SecurityGroupRules[].SecurityGroupRuleArn",
		"AuthorizeSecurityGroupIngress/icmpv6 SecurityGroupRules[].SecurityGroupRuleArn",
		"AuthorizeSecurityGroupIngress/ipv6 SecurityGroupRules[].SecurityGroupRuleArn",
		"CreateNetworkInterface ClientToken",
		"CreateNetworkInterface NetworkInterface.AvailabilityZoneId",
		"CreateRoute Return",
		"CreateRouteTable ClientToken",
		"CreateRouteTable RouteTable.OwnerId",
		"CreateRouteTable RouteTable.Routes[].Origin",
		"CreateSecurityGroup SecurityGroupArn",
		"CreateSubnet Subnet.EnableDns64",
		"CreateSubnet Subnet.Ipv6Native",
		"CreateSubnet Subnet.MapCustomerOwnedIpOnLaunch",
		"CreateSubnet Subnet.PrivateDnsNameOptionsOnLaunch.EnableResourceNameDnsAAAARecord",
		"CreateSubnet Subnet.PrivateDnsNameOptionsOnLaunch.EnableResourceNameDnsARecord",
		"CreateSubnet Subnet.PrivateDnsNameOptionsOnLaunch.HostnameType",
		"CreateTransitGateway TransitGateway.Options.MulticastSupport",
		"CreateTransitGateway TransitGateway.Options.SecurityGroupReferencingSupport",
		"CreateTransitGatewayVpcAttachment TransitGatewayVpcAttachment.Options.ApplianceModeSupport",
		"CreateTransitGatewayVpcAttachment TransitGatewayVpcAttachment.Options.SecurityGroupReferencingSupport",
		"CreateVpcPeeringConnection VpcPeeringConnection.AccepterVpcInfo.Region",
		"CreateVpcPeeringConnection VpcPeeringConnection.RequesterVpcInfo.CidrBlockSet[].CidrBlock",
		"CreateVpcPeeringConnection VpcPeeringConnection.RequesterVpcInfo.Region",
		"DeleteSecurityGroup GroupId",
		"DeleteSecurityGroup Return",
		"DeleteTransitGateway TransitGateway.Options.MulticastSupport",
		"DeleteTransitGateway TransitGateway.Options.SecurityGroupReferencingSupport",
		"DescribeAddresses Addresses[].NetworkBorderGroup",
		"DescribeAvailabilityZones AvailabilityZones[].ZoneType",
		"DescribeInstances Reservations[].Instances[].Placement.AvailabilityZoneId",
		"DescribeNetworkInterfaces NetworkInterfaces[].Association.AllocationId",
		"DescribeNetworkInterfaces NetworkInterfaces[].AvailabilityZoneId",
		"DescribeNetworkInterfaces NetworkInterfaces[].InterfaceType",
		"DescribeNetworkInterfaces NetworkInterfaces[].PrivateIpAddresses[].Association.AllocationId",
		"DescribeNetworkInterfaces/free NetworkInterfaces[].AvailabilityZoneId",
		"DescribeNetworkInterfaces/free NetworkInterfaces[].InterfaceType",
		"DescribeRouteTables RouteTables[].Associations[].AssociationState.State",
		"DescribeSecurityGroupRules SecurityGroupRules[].SecurityGroupRuleArn",
		"DescribeSecurityGroups SecurityGroups[].IpPermissionsEgress[].Ipv6Ranges[]",
		"DescribeSecurityGroups SecurityGroups[].IpPermissions[].Ipv6Ranges[]",
		"DescribeSecurityGroups SecurityGroups[].SecurityGroupArn",
		"DescribeTransitGatewayVpcAttachments TransitGatewayVpcAttachments[].Options.ApplianceModeSupport",
		"DescribeTransitGatewayVpcAttachments TransitGatewayVpcAttachments[].Options.SecurityGroupReferencingSupport",
		"DescribeTransitGateways TransitGateways[].Options.MulticastSupport",
		"DescribeTransitGateways TransitGateways[].Options.SecurityGroupReferencingSupport",
		"DescribeVpcPeeringConnections VpcPeeringConnections[].AccepterVpcInfo.CidrBlockSet[].CidrBlock",
		"DescribeVpcPeeringConnections VpcPeeringConnections[].AccepterVpcInfo.Region",
		"DescribeVpcPeeringConnections VpcPeeringConnections[].RequesterVpcInfo.CidrBlockSet[].CidrBlock",
		"DescribeVpcPeeringConnections VpcPeeringConnections[].RequesterVpcInfo.PeeringOptions.AllowDnsResolutionFromRemoteVpc",
		"DescribeVpcPeeringConnections VpcPeeringConnections[].RequesterVpcInfo.Region",
		"RevokeSecurityGroupIngress Return",
		"RevokeSecurityGroupIngress RevokedSecurityGroupRules[].CidrIpv4",
		"RevokeSecurityGroupIngress RevokedSecurityGroupRules[].FromPort",
		"RevokeSecurityGroupIngress RevokedSecurityGroupRules[].GroupId",
		"RevokeSecurityGroupIngress RevokedSecurityGroupRules[].IpProtocol",
		"RevokeSecurityGroupIngress RevokedSecurityGroupRules[].IsEgress",
		"RevokeSecurityGroupIngress RevokedSecurityGroupRules[].SecurityGroupRuleId",
		"RevokeSecurityGroupIngress RevokedSecurityGroupRules[].ToPort",
		"RunInstances Instances[].EnaSupport",
		"RunInstances Instances[].EnclaveOptions.Enabled",
		"RunInstances Instances[].HibernationOptions.Configured",
		"RunInstances Instances[].MaintenanceOptions.AutoRecovery",
		"RunInstances Instances[].NetworkInterfaces[].Attachment.NetworkCardIndex",
		"RunInstances Instances[].Placement.AvailabilityZoneId",
		"RunInstances Instances[].PlatformDetails",
		"RunInstances Instances[].PrivateDnsNameOptions.EnableResourceNameDnsAAAARecord",
		"RunInstances Instances[].PrivateDnsNameOptions.EnableResourceNameDnsARecord",
		"RunInstances Instances[].PrivateDnsNameOptions.HostnameType",
		"RunInstances Instances[].UsageOperation",
		"RunInstances Instances[].UsageOperationUpdateTime",
	}},
	{"an empty list, where AWS leaves the list out: no client can tell them apart but by nil", []string{
		"AuthorizeSecurityGroupIngress SecurityGroupRules[].Tags[]",
		"AuthorizeSecurityGroupIngress/description SecurityGroupRules[].Tags[]",
		"AuthorizeSecurityGroupIngress/group SecurityGroupRules[].Tags[]",
		"AuthorizeSecurityGroupIngress/icmpv6 SecurityGroupRules[].Tags[]",
		"AuthorizeSecurityGroupIngress/ipv6 SecurityGroupRules[].Tags[]",
		"CreateSecurityGroup Tags[]",
		"CreateTransitGateway TransitGateway.Tags[]",
		"CreateTransitGatewayRouteTable TransitGatewayRouteTable.Tags[]",
		"CreateTransitGatewayVpcAttachment TransitGatewayVpcAttachment.Tags[]",
		"DeleteTransitGateway TransitGateway.Tags[]",
		"DeleteTransitGatewayRouteTable TransitGatewayRouteTable.Tags[]",
		"DeleteTransitGatewayVpcAttachment TransitGatewayVpcAttachment.Tags[]",
		"DescribeAddresses Addresses[].Tags[]",
		"RunInstances Groups[]",
	}},
	{"the example's accepter is another account, whose options AWS does not tell; here both VPCs are one account's", []string{
		"DescribeVpcPeeringConnections VpcPeeringConnections[].AccepterVpcInfo.PeeringOptions.AllowDnsResolutionFromRemoteVpc",
		"DescribeVpcPeeringConnections VpcPeeringConnections[].AccepterVpcInfo.PeeringOptions.AllowEgressFromLocalClassicLinkToRemoteVpc",
		"DescribeVpcPeeringConnections VpcPeeringConnections[].AccepterVpcInfo.PeeringOptions.AllowEgressFromLocalVpcToRemoteClassicLink",
	}},
	{"the other answers with a gateway have its ARN, and this one's example may have been cut", []string{
		"DeleteTransitGateway TransitGateway.TransitGatewayArn",
	}},
}

// differing are members whose value has another form than the published one.
var differing = []difference{
	{"the model knows pending as well, and the simulator begins with it, so that waiting for a subnet is exercised", []string{
		"CreateSubnet Subnet.State",
	}},
	{"the states on the way (aws-facts §1.2); the pages for enabling and disabling show one and the same answer", []string{
		"DisableTransitGatewayRouteTablePropagation Propagation.State",
		"EnableTransitGatewayRouteTablePropagation Propagation.State",
	}},
	{"the example is of a Direct Connect gateway, the simulator attaches VPCs", []string{
		"DisassociateTransitGatewayRouteTable Association.ResourceId",
		"DisassociateTransitGatewayRouteTable Association.ResourceType",
	}},
	{"the example's ID has nine digits, which no ID of AWS has", []string{
		"CreateVpcPeeringConnection VpcPeeringConnection.VpcPeeringConnectionId",
	}},
	{"who asks is the account's root, not a user", []string{"GetCallerIdentity Arn", "GetCallerIdentity UserId"}},
	{"the SDK sends a token of its own when a caller has none", []string{"RunInstances Instances[].ClientToken"}},
	{"the launch of the example asked for it, or its subnet did; AWS's default is what the simulator shows", []string{
		"DescribeInstances Reservations[].Instances[].EbsOptimized",
		"DescribeInstances Reservations[].Instances[].PrivateDnsNameOptions.EnableResourceNameDnsARecord",
	}},
	{"what describes an interface is the user's to write", []string{"DescribeNetworkInterfaces NetworkInterfaces[].Description"}},
}

// excuses remember which differences were met.
type excuses struct{ out, more, other, met map[string]bool }

func newExcuses(t *testing.T) *excuses {
	t.Helper()
	e := &excuses{met: map[string]bool{}}
	for into, rows := range map[*map[string]bool][]difference{
		&e.out:   slices.Concat(leftOut, privatelinkLeftOut, modifyLeftOut),
		&e.more:  slices.Concat(added, privatelinkAdded, modifyAdded),
		&e.other: slices.Concat(differing, privatelinkDiffering, modifyDiffering),
	} {
		*into = map[string]bool{}
		for _, row := range rows {
			if row.why == "" {
				t.Errorf("%v should have a reason", row.where)
			}
			for _, at := range row.where {
				(*into)[at] = true
			}
		}
	}
	return e
}

func (e *excuses) leftOut(name, path string) bool { return e.excused(e.out, name, path) }
func (e *excuses) added(name, path string) bool   { return e.excused(e.more, name, path) }
func (e *excuses) differs(name, path string) bool { return e.excused(e.other, name, path) }

func (e *excuses) excused(rows map[string]bool, name, path string) bool {
	row := name + " " + path
	if rows[row] {
		e.met[row] = true
	}
	return rows[row]
}

// unused are the differences that were not met.
func (e *excuses) unused() []string {
	var all []string
	for _, rows := range []map[string]bool{e.out, e.more, e.other} {
		for row := range rows {
			if !e.met[row] {
				all = append(all, row)
			}
		}
	}
	return slices.Sorted(slices.Values(all))
}
