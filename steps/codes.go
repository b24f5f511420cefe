package steps

import (
	"vpclink/cloud"
	"vpclink/waiters"
	"vpclink/words"
)

// codes are the AWS codes of a kind that mean "the same call later": while it is made because AWS does not see what it
// refers to yet, while it is deleted because AWS still sees what hung on it.
type codes struct {
	create, remove []string
}

// taken translates the error of a call that creates.
func (c codes) taken(err error) error {
	switch {
	case err == nil:
		return nil
	case cloud.HasCode(err, c.create...):
		return &NotYetError{Err: err}
	case cloud.MeaningOf(err) == cloud.Exists:
		return words.Errorf("%w: %w", ErrExists, err)
	}
	return err
}

// removed translates the error of a call that deletes.
func (c codes) removed(err error) error {
	switch {
	case err == nil:
		return nil
	case cloud.HasCode(err, c.remove...):
		return &NotYetError{Err: err}
	case cloud.MeaningOf(err) == cloud.NotFound:
		return words.Errorf("%w: %w", waiters.ErrNone, err)
	}
	return err
}

// Codes that a kind meets as a parameter while a new ID is still hidden (aws-facts §0.1: 0 to 5 s), both spellings.
var (
	unseenVPC             = []string{"InvalidVpcID.NotFound"}
	unseenSubnet          = []string{"InvalidSubnetID.NotFound", "InvalidSubnetId.NotFound"}
	unseenRouteTable      = []string{"InvalidRouteTableID.NotFound", "InvalidRouteTableId.NotFound"}
	unseenSecurityGroup   = []string{"InvalidGroup.NotFound", "InvalidSecurityGroupID.NotFound"}
	unseenGateway         = []string{"InvalidTransitGatewayID.NotFound"}
	unseenInternetGateway = []string{"InvalidInternetGatewayID.NotFound", "InvalidInternetGatewayId.NotFound"}
	unseenPeering         = []string{"InvalidVpcPeeringConnectionID.NotFound", "InvalidVpcPeeringConnectionId.NotFound"}
	unseenAttachment      = []string{"InvalidTransitGatewayAttachmentID.NotFound"}
)
