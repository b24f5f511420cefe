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

	KindInternetGateway           = "internet-gateway"
	KindInternetGatewayAttachment = "internet-gateway-attachment"

	KindElasticIP            = "elastic-ip"
	KindElasticIPAssociation = "elastic-ip-association"
	KindInterfaceGroup       = "interface-group"

	KindTargetGroup     = "target-group"
	KindTarget          = "target"
	KindTargetHealth    = "target-health"
	KindNLB             = "nlb"
	KindNLBCrossZone    = "nlb-cross-zone"
	KindListener        = "listener"
	KindEndpointService = "endpoint-service"
	KindVPCEndpoint     = "vpc-endpoint"
	KindEndpointAccept  = "endpoint-accept"

	KindVPCPeering       = "vpc-peering"
	KindVPCPeeringAccept = "vpc-peering-accept"
	KindVPCPeeringDNS    = "vpc-peering-dns"
	KindVPCDNSHostnames  = "vpc-dns-hostnames"
)

// Kinds returns every kind by its word.
func Kinds() map[string]Kind {
	return map[string]Kind{
		KindVPC:                   fixed[VPC]{adapted[VPC]{vpc{}}},
		KindSubnet:                fixed[Subnet]{adapted[Subnet]{subnet{}}},
		KindRouteTable:            adapted[RouteTable]{routeTable{}},
		KindRouteTableAssociation: adapted[RouteTableAssociation]{routeTableAssociation{}},
		KindSecurityGroup:         adapted[SecurityGroup]{securityGroup{}},
		KindSecurityGroupRule:     marked[SecurityGroupRule]{adapted[SecurityGroupRule]{securityGroupRule{}}},
		KindInstance:              compared[Instance]{fixed[Instance]{adapted[Instance]{instance{}}}, unshown},
		KindTransitGateway:        fixed[TransitGateway]{adapted[TransitGateway]{transitGateway{}}},
		KindTGWRouteTable:         adapted[TGWRouteTable]{tgwRouteTable{}},
		KindTGWAttachment:         fixed[TGWAttachment]{adapted[TGWAttachment]{tgwAttachment{}}},
		KindTGWAssociation:        adapted[TGWAssociation]{tgwAssociation{}},
		KindTGWPropagation:        adapted[TGWPropagation]{tgwPropagation{}},
		KindRoute:                 adapted[Route]{route{}},

		KindInternetGateway:           marked[InternetGateway]{adapted[InternetGateway]{internetGateway{}}},
		KindInternetGatewayAttachment: adapted[InternetGatewayAttachment]{internetGatewayAttachment{}},

		KindElasticIP:            adapted[ElasticIP]{elasticIP{}},
		KindElasticIPAssociation: adapted[ElasticIPAssociation]{elasticIPAssociation{}},
		KindInterfaceGroup:       adapted[InterfaceGroup]{interfaceGroup{}},

		KindTargetGroup:     adapted[TargetGroup]{targetGroup{}},
		KindTarget:          adapted[Target]{target{}},
		KindTargetHealth:    adapted[TargetHealth]{targetHealth{}},
		KindNLB:             fixed[NLB]{adapted[NLB]{nlb{}}},
		KindNLBCrossZone:    adapted[NLBCrossZone]{nlbCrossZone{}},
		KindListener:        adapted[Listener]{listener{}},
		KindEndpointService: adapted[EndpointService]{endpointService{}},
		KindVPCEndpoint:     late[VPCEndpoint]{fixed[VPCEndpoint]{adapted[VPCEndpoint]{vpcEndpoint{}}}},
		KindEndpointAccept:  adapted[EndpointAccept]{endpointAccept{}},

		KindVPCPeering:       marked[VPCPeering]{adapted[VPCPeering]{vpcPeering{}}},
		KindVPCPeeringAccept: adapted[VPCPeeringAccept]{vpcPeeringAccept{}},
		KindVPCPeeringDNS:    adapted[VPCPeeringDNS]{vpcPeeringDNS{}},
		KindVPCDNSHostnames:  adapted[VPCDNSHostnames]{vpcDNSHostnames{}},
	}
}
