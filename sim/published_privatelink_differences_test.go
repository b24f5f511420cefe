package sim_test

// The differences of PrivateLink and Elastic Load Balancing, as those in published_differences_test.go.

var privatelinkLeftOut = []difference{
	{"the simulator has internal load balancers, without elastic IPs; so it shows no addresses", []string{
		"CreateLoadBalancer LoadBalancers[].AvailabilityZones[].LoadBalancerAddresses[].AllocationId",
		"CreateLoadBalancer LoadBalancers[].AvailabilityZones[].LoadBalancerAddresses[].IpAddress",
	}},
	{"the example is of AWS's own service, whose names are there at once; those of a service of one's own come late (aws-facts §2.17)", []string{
		"CreateVpcEndpoint VpcEndpoint.DnsEntries[].DnsName",
		"CreateVpcEndpoint VpcEndpoint.DnsEntries[].HostedZoneId",
	}},
	{"the example is of a target group of protocol HTTP", []string{"DescribeTargetGroups TargetGroups[].ProtocolVersion"}},
	{"the simulator has no private DNS names of endpoint services", []string{
		"DescribeVpcEndpointServiceConfigurations ServiceConfigurations[].PrivateDnsName",
		"DescribeVpcEndpointServiceConfigurations ServiceConfigurations[].PrivateDnsNameConfiguration.Name",
		"DescribeVpcEndpointServiceConfigurations ServiceConfigurations[].PrivateDnsNameConfiguration.State",
		"DescribeVpcEndpointServiceConfigurations ServiceConfigurations[].PrivateDnsNameConfiguration.Type",
		"DescribeVpcEndpointServiceConfigurations ServiceConfigurations[].PrivateDnsNameConfiguration.Value",
	}},
}

var privatelinkAdded = []difference{
	{"the example is older than this member of the API", []string{
		"CreateVpcEndpoint VpcEndpoint.IpAddressType",
		"CreateVpcEndpoint VpcEndpoint.ServiceRegion",
		"CreateVpcEndpointServiceConfiguration ServiceConfiguration.AvailabilityZoneIds[]",
		"CreateVpcEndpointServiceConfiguration ServiceConfiguration.ManagesVpcEndpoints",
		"CreateVpcEndpointServiceConfiguration ServiceConfiguration.RemoteAccessEnabled",
		"CreateVpcEndpointServiceConfiguration ServiceConfiguration.SupportedIpAddressTypes[]",
		"CreateVpcEndpointServiceConfiguration ServiceConfiguration.Tags[]",
		"DescribeListeners Listeners[].DefaultActions[].ForwardConfig.TargetGroups[].TargetGroupArn",
		"DescribeLoadBalancers LoadBalancers[].AvailabilityZones[].LoadBalancerAddresses[]",
		"DescribeLoadBalancers LoadBalancers[].EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic",
		"DescribeVpcEndpointConnections VpcEndpointConnections[].IpAddressType",
		"DescribeVpcEndpointConnections VpcEndpointConnections[].NetworkLoadBalancerArns[]",
		"DescribeVpcEndpointConnections VpcEndpointConnections[].Tags[]",
		"DescribeVpcEndpointConnections VpcEndpointConnections[].VpcEndpointConnectionId",
		"DescribeVpcEndpointConnections VpcEndpointConnections[].VpcEndpointRegion",
		"DescribeVpcEndpointServiceConfigurations ServiceConfigurations[].AvailabilityZoneIds[]",
		"DescribeVpcEndpointServiceConfigurations ServiceConfigurations[].RemoteAccessEnabled",
		"DescribeVpcEndpointServiceConfigurations ServiceConfigurations[].SupportedIpAddressTypes[]",
		"DescribeVpcEndpointServicePermissions AllowedPrincipals[].ServiceId",
		"DescribeVpcEndpointServicePermissions AllowedPrincipals[].ServicePermissionId",
		"DescribeVpcEndpointServicePermissions AllowedPrincipals[].Tags[]",
		"DescribeVpcEndpointServices ServiceDetails[].AvailabilityZoneIds[]",
		"DescribeVpcEndpointServices ServiceDetails[].ServiceRegion",
		"DescribeVpcEndpointServices ServiceDetails[].SupportedIpAddressTypes[]",
		"DescribeVpcEndpoints VpcEndpoints[].IpAddressType",
		"DescribeVpcEndpoints VpcEndpoints[].RequesterManaged",
		"DescribeVpcEndpoints VpcEndpoints[].ServiceRegion",
		"DescribeVpcEndpoints VpcEndpoints[].Tags[].Key",
		"DescribeVpcEndpoints VpcEndpoints[].Tags[].Value",
		"ModifyVpcEndpointServicePermissions AddedPrincipals[].Principal",
		"ModifyVpcEndpointServicePermissions AddedPrincipals[].PrincipalType",
		"ModifyVpcEndpointServicePermissions AddedPrincipals[].ServiceId",
		"ModifyVpcEndpointServicePermissions AddedPrincipals[].ServicePermissionId",
	}},
	{"an empty list, where AWS leaves the list out: no client can tell them apart but by nil", []string{
		"CreateLoadBalancer LoadBalancers[].AvailabilityZones[].LoadBalancerAddresses[]",
		"CreateTargetGroup TargetGroups[].LoadBalancerArns[]",
		"CreateVpcEndpoint VpcEndpoint.DnsEntries[]",
	}},
	{"the example's listener is of a gateway load balancer, which has neither", []string{
		"CreateListener Listeners[].Port",
		"CreateListener Listeners[].Protocol",
	}},
}

var privatelinkDiffering = []difference{
	{"the simulator has internal load balancers of type network, and targets that are instances", []string{
		"CreateLoadBalancer LoadBalancers[].Scheme",
		"CreateTargetGroup TargetGroups[].TargetType",
		"DescribeLoadBalancers LoadBalancers[].Scheme",
		"DescribeLoadBalancers LoadBalancers[].Type",
	}},
	{"the model knows Pending as well, and the simulator begins with it, so that waiting for a service is exercised", []string{
		"CreateVpcEndpointServiceConfiguration ServiceConfiguration.ServiceState",
	}},
	{"a digit of the example's ID is missing", []string{"DescribeVpcEndpointServiceConfigurations ServiceConfigurations[].ServiceId"}},
	{"the example is of AWS's own service, which takes policies", []string{
		"DescribeVpcEndpointServices ServiceDetails[].Owner",
		"DescribeVpcEndpointServices ServiceDetails[].VpcEndpointPolicySupported",
	}},
}
