package steps

// The words of the kinds, as they stand in keys, tags and JSON.
const (
	KindVPC                   = "vpc"
	KindSubnet                = "subnet"
	KindRouteTable            = "route-table"
	KindRouteTableAssociation = "route-table-association"
	KindSecurityGroup         = "security-group"
	KindSecurityGroupRule     = "security-group-rule"
	KindInstance              = "instance"
	KindTransitGateway        = "transit-gateway"
	KindTGWRouteTable         = "tgw-route-table"
	KindTGWAttachment         = "tgw-attachment"
	KindTGWAssociation        = "tgw-association"
	KindTGWPropagation        = "tgw-propagation"
	KindRoute                 = "route"
)

// Kinds returns every kind by its word.
func Kinds() map[string]Kind {
	return map[string]Kind{
		KindVPC:                   fixed[VPC]{adapted[VPC]{vpc{}}},
		KindSubnet:                fixed[Subnet]{adapted[Subnet]{subnet{}}},
		KindRouteTable:            adapted[RouteTable]{routeTable{}},
		KindRouteTableAssociation: adapted[RouteTableAssociation]{routeTableAssociation{}},
		KindSecurityGroup:         adapted[SecurityGroup]{securityGroup{}},
		KindSecurityGroupRule:     adapted[SecurityGroupRule]{securityGroupRule{}},
		KindInstance:              fixed[Instance]{adapted[Instance]{instance{}}},
		KindTransitGateway:        fixed[TransitGateway]{adapted[TransitGateway]{transitGateway{}}},
		KindTGWRouteTable:         adapted[TGWRouteTable]{tgwRouteTable{}},
		KindTGWAttachment:         fixed[TGWAttachment]{adapted[TGWAttachment]{tgwAttachment{}}},
		KindTGWAssociation:        adapted[TGWAssociation]{tgwAssociation{}},
		KindTGWPropagation:        adapted[TGWPropagation]{tgwPropagation{}},
		KindRoute:                 adapted[Route]{route{}},
	}
}
