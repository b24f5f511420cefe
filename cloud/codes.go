package cloud

import (
	"errors"
	"slices"

	"github.com/aws/smithy-go"
)

// Meaning is what one of AWS's error codes says, whatever its spelling.
type Meaning int

// The meanings of AWS's codes.
const (
	Other        Meaning = iota // no code of AWS's, or one that the table does not have
	NotFound                    // no such thing, or it is not visible yet
	Exists                      // such a thing is there already, or it would overlap one
	Dependency                  // something else still uses it
	WrongState                  // it is there, but not in a state for this call
	TokenUsed                   // the client token belongs to another request, or to an instance that is terminated
	Throttled                   // too many calls at once; it was not executed
	LimitReached                // a quota of the account is used up
	Capacity                    // AWS has no room for it there just now
	Denied                      // the caller may not do it
	Credentials                 // who the caller is could not be established
	Clock                       // this machine's clock is wrong
	Malformed                   // the request itself cannot be granted: bad ID, value or combination
	Unsupported                 // not offered there
	DryRun                      // the call would have succeeded
	Internal                    // AWS failed; whether it was executed is open
)

// MeaningOf looks the code of err up in the table: Other when err is nil, carries no code, or one that is not there.
// Only codes that are listed are interpreted; rules over their spelling mislead (aws-facts §0.1).
func MeaningOf(err error) Meaning {
	return meanings[CodeOf(err)]
}

// HasCode reports whether AWS answered with one of the codes.
func HasCode(err error, codes ...string) bool {
	code := CodeOf(err)
	return code != "" && slices.Contains(codes, code)
}

// CodeOf returns AWS's code, "" when there was no answer or one without a code.
func CodeOf(err error) string {
	var api smithy.APIError
	if !errors.As(err, &api) || api.ErrorCode() == uncoded {
		return ""
	}
	return api.ErrorCode()
}

// uncoded is what the SDK puts in when an answer has no code, as a proxy's has not.
const uncoded = "UnknownError"

// meanings is the one place that knows AWS's codes: aws-facts §1.3 by kind, §0.1 for those that every call can meet.
var meanings = map[string]Meaning{
	// Not found. Both spellings where AWS uses both; that of the gateway's route table is the VPC table's.
	"InvalidVpcID.NotFound":                        NotFound,
	"InvalidSubnetID.NotFound":                     NotFound,
	"InvalidSubnetId.NotFound":                     NotFound,
	"InvalidRouteTableID.NotFound":                 NotFound,
	"InvalidRouteTableId.NotFound":                 NotFound,
	"InvalidAssociationID.NotFound":                NotFound,
	"InvalidRoute.NotFound":                        NotFound,
	"InvalidGatewayID.NotFound":                    NotFound,
	"InvalidInternetGatewayID.NotFound":            NotFound,
	"InvalidInternetGatewayId.NotFound":            NotFound,
	"InvalidGroup.NotFound":                        NotFound,
	"InvalidGroupId.NotFound":                      NotFound,
	"InvalidSecurityGroupID.NotFound":              NotFound,
	"InvalidPermission.NotFound":                   NotFound,
	"InvalidSecurityGroupRuleId.NotFound":          NotFound,
	"InvalidKeyPair.NotFound":                      NotFound,
	"InvalidInstanceID.NotFound":                   NotFound,
	"InvalidAMIID.NotFound":                        NotFound,
	"InvalidNetworkInterfaceID.NotFound":           NotFound,
	"InvalidNetworkInterface.NotFound":             NotFound,
	"InvalidNetworkInterfaceId.NotFound":           NotFound,
	"InvalidAllocationID.NotFound":                 NotFound,
	"InvalidAddressID.NotFound":                    NotFound,
	"InvalidAddress.NotFound":                      NotFound,
	"InvalidTransitGatewayID.NotFound":             NotFound,
	"InvalidTransitGatewayAttachmentID.NotFound":   NotFound,
	"InvalidAssociation.NotFound":                  NotFound,
	"TransitGatewayRouteTablePropagation.NotFound": NotFound,
	"InvalidVpcPeeringConnectionID.NotFound":       NotFound,
	"InvalidVpcPeeringConnectionId.NotFound":       NotFound,
	"InvalidVpcEndpoint.NotFound":                  NotFound,
	"InvalidVpcEndpointId.NotFound":                NotFound,
	"InvalidVpcEndpointService.NotFound":           NotFound,
	"InvalidVpcEndpointServiceId.NotFound":         NotFound,
	"InvalidServiceName":                           NotFound, // or the account may not use it
	"InvalidNetworkLoadBalancerArn.NotFound":       NotFound,
	"NetworkLoadBalancerNotFoundException":         NotFound,
	// ELBv2's codes carry no "Exception" on the wire (aws-facts §1.3).
	"LoadBalancerNotFound": NotFound,
	"TargetGroupNotFound":  NotFound,
	"ListenerNotFound":     NotFound,
	"SubnetNotFound":       NotFound,
	"InvalidSecurityGroup": NotFound,

	"InvalidSubnet.Conflict":                        Exists,
	"RouteAlreadyExists":                            Exists,
	"InvalidGroup.Duplicate":                        Exists,
	"InvalidPermission.Duplicate":                   Exists,
	"InvalidKeyPair.Duplicate":                      Exists,
	"Resource.AlreadyAssociated":                    Exists,
	"DuplicateTransitGatewayAttachment":             Exists,
	"TransitGatewayRouteTablePropagation.Duplicate": Exists,
	"VpcPeeringConnectionAlreadyExists":             Exists,
	"DuplicateLoadBalancerName":                     Exists,
	"DuplicateTargetGroupName":                      Exists,
	"DuplicateListener":                             Exists,

	"DependencyViolation":            Dependency,
	"ResourceInUse":                  Dependency,
	"ExistingVpcEndpointConnections": Dependency,
	"InvalidGroup.InUse":             Dependency,
	"InvalidNetworkInterface.InUse":  Dependency,
	"InvalidIPAddress.InUse":         Dependency, // an Elastic IP still associated; a private address that is taken

	"IncorrectState":            WrongState,
	"InvalidState":              WrongState,
	"PriorRequestNotComplete":   WrongState,
	"InvalidTarget":             WrongState, // not running, or in another VPC
	"IncorrectInstanceState":    WrongState,
	"InvalidRoute.InvalidState": WrongState,
	"InvalidStateTransition":    WrongState,
	"Gateway.NotAttached":       WrongState,
	"InvalidAMIID.Unavailable":  WrongState,

	"IdempotentParameterMismatch":  TokenUsed,
	"IdempotentInstanceTerminated": TokenUsed, // a rebuilt instance needs a new token

	"RequestLimitExceeded":     Throttled, // comes as 503, and yet nothing was done (aws-facts §4.4)
	"Throttling":               Throttled,
	"ThrottlingException":      Throttled,
	"ThrottledException":       Throttled,
	"RequestThrottled":         Throttled,
	"EC2ThrottledException":    Throttled,
	"SlowDown":                 Throttled,
	"TooManyRequestsException": Throttled,
	// Not a bucket but a crowd at one resource; the cure is the same.
	"RequestThrottledException":       Throttled,
	"ConcurrentMutationLimitExceeded": Throttled,
	"ConcurrentTagAccess":             Throttled,

	"VpcLimitExceeded":                        LimitReached,
	"SubnetLimitExceeded":                     LimitReached,
	"RouteTableLimitExceeded":                 LimitReached,
	"RouteLimitExceeded":                      LimitReached,
	"ResourceCountLimitExceeded":              LimitReached,
	"ResourceLimitExceeded":                   LimitReached,
	"SecurityGroupLimitExceeded":              LimitReached,
	"SecurityGroupsPerInterfaceLimitExceeded": LimitReached,
	"RulesPerSecurityGroupLimitExceeded":      LimitReached,
	"KeyPairLimitExceeded":                    LimitReached,
	"VcpuLimitExceeded":                       LimitReached,
	"InstanceLimitExceeded":                   LimitReached,
	"NetworkInterfaceLimitExceeded":           LimitReached,
	"TransitGatewayLimitExceeded":             LimitReached,
	"TransitGatewayRouteTableLimitExceeded":   LimitReached,
	"TransitGatewayAttachmentLimitExceeded":   LimitReached,
	"TagLimitExceeded":                        LimitReached,
	"InternetGatewayLimitExceeded":            LimitReached,
	"AddressLimitExceeded":                    LimitReached,
	"VpcEndpointLimitExceeded":                LimitReached,
	"VpcEndpointServiceLimitExceeded":         LimitReached,
	"TooManyLoadBalancers":                    LimitReached,
	"TooManyTargetGroups":                     LimitReached,
	"TooManyTargets":                          LimitReached,
	"TooManyListeners":                        LimitReached,
	"TooManyRegistrationsForTargetId":         LimitReached,
	"TargetGroupAssociationLimit":             LimitReached,

	"OutstandingVpcPeeringConnectionLimitExceeded": LimitReached,
	"PendingVpcPeeringConnectionLimitExceeded":     LimitReached,
	"VpcPeeringConnectionsPerVpcLimitExceeded":     LimitReached,
	"FilterLimitExceeded":                          LimitReached,

	// Come as 5xx, but are a plain no: there is nothing to look for afterwards.
	"InsufficientInstanceCapacity":      Capacity,
	"InsufficientCapacity":              Capacity,
	"InsufficientAddressCapacity":       Capacity,
	"InsufficientFreeAddressesInSubnet": Capacity,

	"UnauthorizedOperation": Denied,
	"AccessDenied":          Denied,
	"AccessDeniedException": Denied,
	"OperationNotPermitted": Denied, // termination protection, interfaces that AWS manages
	"OptInRequired":         Denied,
	"Blocked":               Denied,
	"PendingVerification":   Denied,

	"AuthFailure":                 Credentials,
	"ExpiredToken":                Credentials,
	"ExpiredTokenException":       Credentials,
	"InvalidClientTokenId":        Credentials,
	"UnrecognizedClientException": Credentials,
	"InvalidAccessKeyId":          Credentials,
	"MissingAuthenticationToken":  Credentials,
	"IncompleteSignature":         Credentials,
	"InvalidSignatureException":   Credentials,
	"SignatureDoesNotMatch":       Credentials,

	"InvalidSecurity.RequestHasExpired": Clock,
	"RequestExpired":                    Clock,
	"RequestTimeTooSkewed":              Clock,

	"InvalidVpcID.Malformed":                      Malformed,
	"InvalidVpcId.Malformed":                      Malformed,
	"InvalidSubnetID.Malformed":                   Malformed,
	"InvalidSubnetId.Malformed":                   Malformed,
	"InvalidRouteTableID.Malformed":               Malformed,
	"InvalidRouteTableId.Malformed":               Malformed,
	"InvalidRoute.Malformed":                      Malformed,
	"InvalidGroupId.Malformed":                    Malformed,
	"InvalidSecurityGroupID.Malformed":            Malformed,
	"InvalidPermission.Malformed":                 Malformed,
	"InvalidInternetGatewayId.Malformed":          Malformed,
	"InvalidInstanceID.Malformed":                 Malformed,
	"InvalidAMIID.Malformed":                      Malformed,
	"InvalidNetworkInterfaceId.Malformed":         Malformed,
	"InvalidTransitGatewayID.Malformed":           Malformed,
	"InvalidTransitGatewayAttachmentID.Malformed": Malformed,
	"InvalidVpcPeeringConnectionID.Malformed":     Malformed,
	"InvalidVpcPeeringConnectionId.Malformed":     Malformed,
	"InvalidVpcEndpointType":                      Malformed,
	"InvalidConfigurationRequest":                 Malformed,
	"UnsupportedProtocol":                         Malformed,
	"IncompatibleProtocols":                       Malformed,
	"InvalidKey.Format":                           Malformed,
	"InvalidKeyPair.Format":                       Malformed,
	"InvalidVpcRange":                             Malformed,
	"InvalidVpc.Range":                            Malformed,
	"InvalidSubnet.Range":                         Malformed,
	"InvalidGroup.Reserved":                       Malformed,
	"CannotDelete":                                Malformed, // a VPC's default group
	"DuplicateSubnetsInSameZone":                  Malformed,
	"InvalidClientToken":                          Malformed,
	"InvalidTagKey.Malformed":                     Malformed,
	"InvalidParameter":                            Malformed,
	"InvalidParameterValue":                       Malformed,
	"InvalidParameterCombination":                 Malformed,
	"MissingParameter":                            Malformed,
	"UnknownParameter":                            Malformed,
	"InvalidFilter":                               Malformed,
	"ValidationError":                             Malformed,
	"MalformedQueryString":                        Malformed,

	"AvailabilityZoneNotSupported": Unsupported,
	"Unsupported":                  Unsupported, // an instance type that the zone does not have
	"UnsupportedOperation":         Unsupported,
	"InvalidAction":                Unsupported,

	"DryRunOperation": DryRun,

	"InternalError":       Internal,
	"InternalFailure":     Internal,
	"InternalServerError": Internal,
	"Unavailable":         Internal,
	"ServiceUnavailable":  Internal,

	"InternalErrorException": Internal, // of the price list
}
