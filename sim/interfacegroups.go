package sim

import (
	"slices"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
)

// modifyInterface changes the groups of an interface: the whole list at once, one group at least (API Reference,
// ModifyNetworkInterfaceAttribute). AWS's own interfaces are not the account's to change (aws-facts §2.8).
func (c *call) modifyInterface(in *ec2.ModifyNetworkInterfaceAttributeInput) (*ec2.ModifyNetworkInterfaceAttributeOutput, error) {
	n, err := c.interfaces.use(c, kindInterface, in.NetworkInterfaceId)
	switch {
	case err != nil:
		return nil, err
	case in.Attachment != nil || in.Description != nil || in.SourceDestCheck != nil || in.AssociatePublicIpAddress != nil ||
		in.EnaSrdSpecification != nil || in.EnablePrimaryIpv6 != nil || in.ConnectionTrackingSpecification != nil:
		return nil, fail("UnsupportedOperation", "The simulator changes the security groups of an interface, and nothing else of it.")
	case len(in.Groups) == 0:
		return nil, fail("InvalidParameterCombination", "No attributes specified.")
	case n.managed:
		return nil, fail("OperationNotPermitted", "You do not have permission to access the specified resource.")
	}
	if err := c.groupsFor(c.subnets.byID[n.subnet], in.Groups); err != nil {
		return nil, err
	}
	groups := slices.Clone(in.Groups)
	joined := map[string]time.Time{}
	for _, g := range groups {
		if at, had := n.joined[g]; had || slices.Contains(n.groups, g) {
			joined[g] = at
		} else {
			joined[g] = c.now
		}
	}
	n.groups, n.joined = groups, joined
	return &ec2.ModifyNetworkInterfaceAttributeOutput{}, nil
}
