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
		KindVPC:                   fixed{adapt(vpc{})},
		KindSubnet:                fixed{adapt(subnet{})},
		KindRouteTable:            adapt(routeTable{}),
		KindRouteTableAssociation: adapt(routeTableAssociation{}),
		KindSecurityGroup:         adapt(securityGroup{}),
		KindSecurityGroupRule:     marked{adapt(securityGroupRule{})},
		KindInstance:              compared{fixed{adapt(instance{})}, unshown},
		KindTransitGateway:        fixed{adapt(transitGateway{})},
		KindTGWRouteTable:         adapt(tgwRouteTable{}),
		KindTGWAttachment:         fixed{adapt(tgwAttachment{})},
		KindTGWAssociation:        adapt(tgwAssociation{}),
		KindTGWPropagation:        adapt(tgwPropagation{}),
		KindRoute:                 adapt(route{}),

		KindInternetGateway:           marked{adapt(internetGateway{})},
		KindInternetGatewayAttachment: adapt(internetGatewayAttachment{}),

		KindElasticIP:            adapt(elasticIP{}),
		KindElasticIPAssociation: adapt(elasticIPAssociation{}),
		KindInterfaceGroup:       adapt(interfaceGroup{}),

		KindTargetGroup:     adapt(targetGroup{}),
		KindTarget:          adapt(target{}),
		KindTargetHealth:    adapt(targetHealth{}),
		KindNLB:             fixed{adapt(nlb{})},
		KindNLBCrossZone:    adapt(nlbCrossZone{}),
		KindListener:        adapt(listener{}),
		KindEndpointService: adapt(endpointService{}),
		KindVPCEndpoint:     late{fixed{adapt(vpcEndpoint{})}},
		KindEndpointAccept:  adapt(endpointAccept{}),

		KindVPCPeering:       marked{adapt(vpcPeering{})},
		KindVPCPeeringAccept: adapt(vpcPeeringAccept{}),
		KindVPCPeeringDNS:    adapt(vpcPeeringDNS{}),
		KindVPCDNSHostnames:  adapt(vpcDNSHostnames{}),
	}
}
