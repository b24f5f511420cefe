package cloud

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/aws/smithy-go"
)

func TestMeaningOf(t *testing.T) {
	for _, test := range []struct {
		want  Meaning
		codes string
	}{
		// Every code that aws-facts §1.3 gives for the kinds of the four labs, and §0.1 for all calls.
		{NotFound, `InvalidVpcID.NotFound InvalidSubnetID.NotFound InvalidSubnetId.NotFound InvalidRouteTableID.NotFound
			InvalidRouteTableId.NotFound InvalidAssociationID.NotFound InvalidRoute.NotFound InvalidGatewayID.NotFound
			InvalidTransitGatewayID.NotFound InvalidGroup.NotFound InvalidSecurityGroupID.NotFound InvalidPermission.NotFound
			InvalidSecurityGroupRuleId.NotFound InvalidKeyPair.NotFound InvalidInstanceID.NotFound InvalidAMIID.NotFound
			InvalidNetworkInterfaceID.NotFound InvalidNetworkInterface.NotFound InvalidInternetGatewayID.NotFound
			InvalidTransitGatewayAttachmentID.NotFound InvalidAssociation.NotFound TransitGatewayRouteTablePropagation.NotFound
			InvalidVpcPeeringConnectionID.NotFound InvalidVpcEndpoint.NotFound InvalidVpcEndpointId.NotFound
			InvalidVpcEndpointService.NotFound InvalidVpcEndpointServiceId.NotFound InvalidServiceName
			InvalidNetworkLoadBalancerArn.NotFound NetworkLoadBalancerNotFoundException
			TargetGroupNotFound LoadBalancerNotFound ListenerNotFound SubnetNotFound InvalidSecurityGroup`},
		{Exists, `InvalidSubnet.Conflict Resource.AlreadyAssociated RouteAlreadyExists InvalidGroup.Duplicate
			InvalidPermission.Duplicate InvalidKeyPair.Duplicate DuplicateTransitGatewayAttachment
			TransitGatewayRouteTablePropagation.Duplicate VpcPeeringConnectionAlreadyExists
			DuplicateLoadBalancerName DuplicateTargetGroupName DuplicateListener`},
		{Dependency, `DependencyViolation InvalidGroup.InUse InvalidNetworkInterface.InUse ResourceInUse ExistingVpcEndpointConnections`},
		{WrongState, `IncorrectState IncorrectInstanceState InvalidRoute.InvalidState InvalidAMIID.Unavailable
			InvalidStateTransition Gateway.NotAttached InvalidState InvalidTarget PriorRequestNotComplete`},
		{TokenUsed, `IdempotentInstanceTerminated IdempotentParameterMismatch`},
		{Throttled, `RequestLimitExceeded Throttling ThrottlingException TooManyRequestsException
			ConcurrentMutationLimitExceeded ConcurrentTagAccess`},
		{LimitReached, `VpcLimitExceeded SubnetLimitExceeded RouteTableLimitExceeded RouteLimitExceeded ResourceCountLimitExceeded
			SecurityGroupLimitExceeded SecurityGroupsPerInterfaceLimitExceeded RulesPerSecurityGroupLimitExceeded
			KeyPairLimitExceeded VcpuLimitExceeded InstanceLimitExceeded NetworkInterfaceLimitExceeded
			TransitGatewayLimitExceeded TransitGatewayRouteTableLimitExceeded TransitGatewayAttachmentLimitExceeded
			ResourceLimitExceeded TagLimitExceeded FilterLimitExceeded InternetGatewayLimitExceeded AddressLimitExceeded
			OutstandingVpcPeeringConnectionLimitExceeded PendingVpcPeeringConnectionLimitExceeded
			VpcPeeringConnectionsPerVpcLimitExceeded VpcEndpointLimitExceeded VpcEndpointServiceLimitExceeded
			TooManyLoadBalancers TooManyTargetGroups TooManyTargets TooManyListeners TooManyRegistrationsForTargetId
			TargetGroupAssociationLimit`},
		{Capacity, `InsufficientInstanceCapacity InsufficientFreeAddressesInSubnet`},
		{Denied, `UnauthorizedOperation OperationNotPermitted AccessDenied`},
		{Credentials, `AuthFailure ExpiredToken InvalidClientTokenId SignatureDoesNotMatch`},
		{Clock, `InvalidSecurity.RequestHasExpired RequestExpired`},
		{Malformed, `InvalidVpcRange InvalidSubnet.Range InvalidRoute.Malformed InvalidGroup.Reserved CannotDelete
			InvalidPermission.Malformed InvalidKey.Format InvalidKeyPair.Format InvalidAMIID.Malformed InvalidVpcID.Malformed
			InvalidGroupId.Malformed InvalidInternetGatewayId.Malformed DuplicateSubnetsInSameZone InvalidClientToken
			InvalidTagKey.Malformed InvalidParameterValue InvalidParameterCombination MissingParameter InvalidFilter`},
		{Unsupported, `Unsupported UnsupportedOperation`},
		{DryRun, `DryRunOperation`},
		{Internal, `InternalError Unavailable ServiceUnavailable InternalErrorException`},
		{Other, `UnknownError InvalidVpcID SomethingElse.NotFound`},
	} {
		for code := range strings.FieldsSeq(test.codes) {
			err := fmt.Errorf("making blue: %w", &smithy.GenericAPIError{Code: code})
			if got := MeaningOf(err); got != test.want {
				t.Errorf("want %s to mean %d, got %d", code, test.want, got)
			}
		}
	}
	for _, err := range []error{nil, errors.New("no code in it")} {
		if got := MeaningOf(err); got != Other {
			t.Errorf("want %v to mean nothing in particular, got %d", err, got)
		}
	}
}

func TestHasCode(t *testing.T) {
	err := fmt.Errorf("making blue: %w", &smithy.GenericAPIError{Code: "IncorrectState"})
	for _, test := range []struct {
		name  string
		err   error
		codes []string
		want  bool
	}{
		{"one of them", err, []string{"InvalidRoute.NotFound", "IncorrectState"}, true},
		{"none of them", err, []string{"InvalidRoute.NotFound"}, false},
		{"no codes", err, nil, false},
		{"no error", nil, []string{"IncorrectState"}, false},
		{"an error without a code", errors.New("IncorrectState"), []string{"IncorrectState", ""}, false},
	} {
		if got := HasCode(test.err, test.codes...); got != test.want {
			t.Errorf("%s: want %v, got %v", test.name, test.want, got)
		}
	}
}
