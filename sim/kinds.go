package sim

import "time"

// kind is what distinguishes the things of a world, as far as it is data.
type kind struct {
	word    string // vpclink's word for it
	prefix  string // of its IDs; "" when AWS gives none
	tagType string // ResourceType in TagSpecifications; "" when it takes no tags at creation

	notFound  string // code for an ID that is not there (aws-facts §1.3, with AWS's own spellings)
	malformed string // code for an ID that cannot be one
	missing   string // AWS's sentence for notFound, the ID in the place of %s

	states    states        // its words for the stages of life
	tombstone time.Duration // how long reads show it after its end (aws-facts §1.2)
	// A settled kind takes no delete while it is being made (IncorrectState), and shows that it is being deleted.
	settled bool
	// One of a kind that fails can end in its failed state instead of its ready one.
	fails bool
}

// states are AWS's words for the stages of a kind's life; "" where it has none.
type states struct{ making, standing, leaving, dead string }

const hour = time.Hour

// The kinds, by what they are called below. The words of their states are those of aws-facts §1.2.
var (
	kindVPC = &kind{
		word: "vpc", prefix: "vpc", tagType: "vpc",
		notFound: "InvalidVpcID.NotFound", malformed: "InvalidVpcID.Malformed", missing: "The vpc ID '%s' does not exist",
		states: states{"pending", "available", "available", ""},
	}
	kindSubnet = &kind{
		word: "subnet", prefix: "subnet", tagType: "subnet",
		notFound: "InvalidSubnetID.NotFound", malformed: "InvalidSubnetID.Malformed", missing: "The subnet ID '%s' does not exist",
		states: states{"pending", "available", "available", ""}, fails: true,
	}
	kindRouteTable = &kind{
		word: "route-table", prefix: "rtb", tagType: "route-table",
		notFound: "InvalidRouteTableID.NotFound", malformed: "InvalidRouteTableId.Malformed", missing: "The routeTable ID '%s' does not exist",
	}
	kindTableAssociation = &kind{
		word: "route-table-association", prefix: "rtbassoc",
		notFound: "InvalidAssociationID.NotFound", malformed: "InvalidAssociationID.Malformed", missing: "The association ID '%s' does not exist",
		states: states{"associating", "associated", "disassociating", "disassociated"},
	}
	kindRoute = &kind{word: "route", states: states{"active", "active", "active", ""}}
	kindGroup = &kind{
		word: "security-group", prefix: "sg", tagType: "security-group",
		notFound: "InvalidGroup.NotFound", malformed: "InvalidGroupId.Malformed", missing: "The security group '%s' does not exist",
	}
	kindRule = &kind{
		word: "security-group-rule", prefix: "sgr", tagType: "security-group-rule",
		notFound: "InvalidSecurityGroupRuleId.NotFound", malformed: "InvalidSecurityGroupRuleId.Malformed",
		missing: "The security group rule ID '%s' does not exist",
	}
	kindInterface = &kind{
		word: "network-interface", prefix: "eni", tagType: "network-interface",
		notFound: "InvalidNetworkInterfaceID.NotFound", malformed: "InvalidNetworkInterfaceId.Malformed",
		missing: "The networkInterface ID '%s' does not exist",
		states:  states{"pending", "available", "available", ""},
	}
	kindInternetGateway = &kind{
		word: "internet-gateway", prefix: "igw", tagType: "internet-gateway",
		notFound: "InvalidInternetGatewayID.NotFound", malformed: "InvalidInternetGatewayId.Malformed",
		missing: "The internetGateway ID '%s' does not exist",
	}
	// A live attachment reads "available", which the SDK's enum lacks (aws-facts §1.2).
	kindInternetLink = &kind{word: "internet-gateway-attachment", states: states{"attaching", "available", "detaching", "detached"}}
	kindElasticIP    = &kind{
		word: "elastic-ip", prefix: "eipalloc", tagType: "elastic-ip",
		notFound: "InvalidAllocationID.NotFound", malformed: "InvalidAllocationID.Malformed",
		missing: "The allocation ID '%s' does not exist",
	}
	// Its states are told by peering.state.
	kindPeering = &kind{
		word: "vpc-peering", prefix: "pcx", tagType: "vpc-peering-connection",
		notFound: "InvalidVpcPeeringConnectionID.NotFound", malformed: "InvalidVpcPeeringConnectionId.Malformed",
		missing:   "The vpcPeeringConnection ID '%s' does not exist",
		tombstone: 2 * hour, fails: true,
	}
	kindInstance = &kind{
		word: "instance", prefix: "i", tagType: "instance",
		notFound: "InvalidInstanceID.NotFound", malformed: "InvalidInstanceID.Malformed", missing: "The instance ID '%s' does not exist",
		states: states{"pending", "running", "shutting-down", "terminated"}, tombstone: hour,
	}
	kindGateway = &kind{
		word: "transit-gateway", prefix: "tgw", tagType: "transit-gateway",
		notFound: "InvalidTransitGatewayID.NotFound", malformed: "InvalidTransitGatewayID.Malformed",
		missing: "Transit Gateway %s was deleted or does not exist.",
		states:  states{"pending", "available", "deleting", "deleted"}, tombstone: hour, settled: true,
	}
	// A transit gateway's route table has the codes of a VPC's.
	kindGatewayTable = &kind{
		word: "tgw-route-table", prefix: "tgw-rtb", tagType: "transit-gateway-route-table",
		notFound: "InvalidRouteTableID.NotFound", malformed: "InvalidRouteTableId.Malformed",
		missing: "Transit Gateway Route Table %s was deleted or does not exist.",
		states:  states{"pending", "available", "deleting", "deleted"}, tombstone: hour, settled: true,
	}
	kindAttachment = &kind{
		word: "tgw-attachment", prefix: "tgw-attach", tagType: "transit-gateway-attachment",
		notFound: "InvalidTransitGatewayAttachmentID.NotFound", malformed: "InvalidTransitGatewayAttachmentID.Malformed",
		missing: "Transit Gateway Attachment %s was deleted or does not exist.",
		states:  states{"pending", "available", "deleting", "deleted"}, tombstone: hour, settled: true, fails: true,
	}
	kindAssociation = &kind{
		word: "tgw-association", settled: true,
		states: states{"associating", "associated", "disassociating", "disassociated"},
	}
	kindPropagation = &kind{
		word: "tgw-propagation", settled: true,
		states: states{"enabling", "enabled", "disabling", "disabled"},
	}
	// Its states are told by gatewayRoute.state.
	kindGatewayRoute = &kind{word: "tgw-route"}
)
