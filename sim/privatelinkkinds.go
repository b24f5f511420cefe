package sim

import "time"

// The kinds of PrivateLink and of Elastic Load Balancing. The IDs of the latter are ARNs.
var (
	kindTargetGroup = &kind{
		word: "target-group", notFound: "TargetGroupNotFound", missing: "One or more target groups not found",
	}
	kindTarget = &kind{word: "target"}
	// A load balancer reads active until it is gone.
	kindBalancer = &kind{
		word: "nlb", notFound: "LoadBalancerNotFound", missing: "One or more load balancers not found",
		states: states{"provisioning", "active", "active", ""}, fails: true,
	}
	kindListener = &kind{
		word: "listener", notFound: "ListenerNotFound", missing: "One or more listeners not found",
	}
	// The states of a service are capitalised, those of an endpoint are not (aws-facts §0.2).
	kindService = &kind{
		word: "endpoint-service", prefix: "vpce-svc", tagType: "vpc-endpoint-service",
		notFound: "InvalidVpcEndpointServiceId.NotFound", malformed: "InvalidVpcEndpointServiceId.Malformed",
		missing: "The VpcEndpointService Id '%s' does not exist",
		states:  states{"Pending", "Available", "Deleting", "Deleted"},
	}
	kindServicePermission = &kind{
		word: "service-permission", prefix: "vpce-svc-perm", tagType: "vpc-endpoint-service-permission",
		notFound: "InvalidVpcEndpointServicePermissionId.NotFound", malformed: "InvalidVpcEndpointServicePermissionId.Malformed",
		missing: "The VpcEndpointServicePermission Id '%s' does not exist",
	}
	// Its tombstone is short (aws-facts §1.2); how short is not known.
	kindEndpoint = &kind{
		word: "vpc-endpoint", prefix: "vpce", tagType: "vpc-endpoint",
		notFound: "InvalidVpcEndpointId.NotFound", malformed: "InvalidVpcEndpointId.Malformed", missing: "The Vpc Endpoint Id '%s' does not exist",
		states: states{"pending", "available", "deleting", "deleted"}, tombstone: 10 * time.Minute, fails: true,
	}
)
