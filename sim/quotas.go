package sim

// Quotas are the most that an account may have of a thing. A field that is 0 has the value of QuotasRaised.
type Quotas struct {
	VPCs                         int // in a region, the default VPC included
	SubnetsPerVPC                int
	RouteTablesPerVPC            int // the main table included
	RoutesPerTable               int // the local route left out
	SecurityGroups               int // in a region
	RulesPerGroup                int // in each direction
	GroupsPerInterface           int
	InterfacesPerZone            int
	TransitGateways              int // of an account in a region
	RouteTablesPerTransitGateway int
	AttachmentsPerTransitGateway int
	TransitGatewaysPerVPC        int
	VCPUs                        int // of all running instances in a region
	InternetGateways             int // in a region, the default VPC's included
	ElasticIPs                   int // in a region
	PeeringsPerVPC               int // accepted ones
	OutstandingPeerings          int // requests of an account in a region that nobody has accepted yet
	NLBs                         int // network load balancers in a region
	ListenersPerNLB              int
	TargetGroups                 int // in a region
	EndpointServices             int // in a region
	EndpointsPerVPC              int // interface endpoints
}

// QuotasAWS are AWS's defaults (aws-facts §1.4; of VCPUs the greatest that a new account was seen to have).
var QuotasAWS = Quotas{
	VPCs: 5, SubnetsPerVPC: 200, RouteTablesPerVPC: 200, RoutesPerTable: 500, SecurityGroups: 2500, RulesPerGroup: 60,
	GroupsPerInterface: 5, InterfacesPerZone: 5000, TransitGateways: 5, RouteTablesPerTransitGateway: 20,
	AttachmentsPerTransitGateway: 5000, TransitGatewaysPerVPC: 5, VCPUs: 32,
	InternetGateways: 5, ElasticIPs: 5, PeeringsPerVPC: 50, OutstandingPeerings: 25,
	NLBs: 50, ListenersPerNLB: 50, TargetGroups: 3000, EndpointServices: 20, EndpointsPerVPC: 50,
}

// QuotasRaised are those of an account whose owner has asked for more. What AWS never raises is as in QuotasAWS.
var QuotasRaised = Quotas{
	VPCs: 5000, SubnetsPerVPC: 1000, RouteTablesPerVPC: 1000, RoutesPerTable: 1000, SecurityGroups: 10_000, RulesPerGroup: 200,
	GroupsPerInterface: 16, InterfacesPerZone: 50_000, TransitGateways: 100, RouteTablesPerTransitGateway: 100,
	AttachmentsPerTransitGateway: 5000, TransitGatewaysPerVPC: 5, VCPUs: 10_000,
	InternetGateways: 5000, ElasticIPs: 1000, PeeringsPerVPC: 125, OutstandingPeerings: 25,
	NLBs: 500, ListenersPerNLB: 50, TargetGroups: 10_000, EndpointServices: 500, EndpointsPerVPC: 500,
}

func (q Quotas) orRaised() Quotas {
	for _, f := range []struct {
		is  *int
		def int
	}{
		{&q.VPCs, QuotasRaised.VPCs},
		{&q.SubnetsPerVPC, QuotasRaised.SubnetsPerVPC},
		{&q.RouteTablesPerVPC, QuotasRaised.RouteTablesPerVPC},
		{&q.RoutesPerTable, QuotasRaised.RoutesPerTable},
		{&q.SecurityGroups, QuotasRaised.SecurityGroups},
		{&q.RulesPerGroup, QuotasRaised.RulesPerGroup},
		{&q.GroupsPerInterface, QuotasRaised.GroupsPerInterface},
		{&q.InterfacesPerZone, QuotasRaised.InterfacesPerZone},
		{&q.TransitGateways, QuotasRaised.TransitGateways},
		{&q.RouteTablesPerTransitGateway, QuotasRaised.RouteTablesPerTransitGateway},
		{&q.AttachmentsPerTransitGateway, QuotasRaised.AttachmentsPerTransitGateway},
		{&q.TransitGatewaysPerVPC, QuotasRaised.TransitGatewaysPerVPC},
		{&q.VCPUs, QuotasRaised.VCPUs},
		{&q.InternetGateways, QuotasRaised.InternetGateways},
		{&q.ElasticIPs, QuotasRaised.ElasticIPs},
		{&q.PeeringsPerVPC, QuotasRaised.PeeringsPerVPC},
		{&q.OutstandingPeerings, QuotasRaised.OutstandingPeerings},
		{&q.NLBs, QuotasRaised.NLBs},
		{&q.ListenersPerNLB, QuotasRaised.ListenersPerNLB},
		{&q.TargetGroups, QuotasRaised.TargetGroups},
		{&q.EndpointServices, QuotasRaised.EndpointServices},
		{&q.EndpointsPerVPC, QuotasRaised.EndpointsPerVPC},
	} {
		if *f.is == 0 {
			*f.is = f.def
		}
	}
	return q
}

// within refuses what would be one too many, with the code of the kind (aws-facts §1.3).
func within(have, quota int, code, what string) error {
	if have < quota {
		return nil
	}
	return fail(code, "The maximum number of %s has been reached.", what)
}
