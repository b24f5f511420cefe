package steps

// EC2 is the sum of what the kinds ask of EC2. Each kind's file declares the calls it makes, so that a test can stand
// in for just those.
type EC2 interface {
	vpcAPI
	subnetAPI
	routeTableAPI
	routeTableAssociationAPI
	routeAPI
	securityGroupAPI
	securityGroupRuleAPI
	instanceAPI
	transitGatewayAPI
	tgwRouteTableAPI
	tgwAttachmentAPI
	tgwAssociationAPI
	tgwPropagationAPI
	internetGatewayAPI
	internetGatewayAttachmentAPI
	endpointServiceAPI
	vpcEndpointAPI
	endpointAcceptAPI
	vpcPeeringAPI
	vpcPeeringAcceptAPI
	vpcPeeringDNSAPI
	vpcDNSHostnamesAPI
	hangingAPI
	zonesAPI
	retagAPI
}
