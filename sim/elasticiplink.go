package sim

import (
	"net/netip"
	"slices"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
)

// associateAddress takes the address from where it is, and the interface's former one with it, unless it is told not to
// (aws-facts §2.9). To the same interface again it changes nothing.
func (c *call) associateAddress(in *ec2.AssociateAddressInput) (*ec2.AssociateAddressOutput, error) {
	e, err := c.elasticIPs.use(c, kindElasticIP, in.AllocationId)
	if err != nil {
		return nil, err
	}
	n, err := c.addressee(in)
	if err != nil {
		return nil, err
	}
	if c.gatewayOf(n.vpc) == nil {
		return nil, fail("Gateway.NotAttached", "Network %s is not attached to any internet gateway", n.vpc)
	}
	if in.PrivateIpAddress != nil && *in.PrivateIpAddress != n.address.String() {
		return nil, invalid("Address %s does not belong to network interface %s", *in.PrivateIpAddress, n.id)
	}
	holder := c.interfaceOf(e)
	if holder == n {
		return &ec2.AssociateAddressOutput{AssociationId: new(e.linkID)}, nil
	}
	if stays := in.AllowReassociation != nil && !*in.AllowReassociation; stays && (holder != nil || n.elastic != nil) {
		return nil, fail("Resource.AlreadyAssociated", "resource %s is already associated", e.id)
	}
	if e.on != nil {
		c.unmap(e)
	}
	if n.elastic != nil {
		c.unmap(n.elastic)
	}
	// What AWS gave by itself is given back.
	n.public, n.elastic, e.on, e.linkID = netip.Addr{}, e, n, c.newID("eipassoc")
	return &ec2.AssociateAddressOutput{AssociationId: new(e.linkID)}, nil
}

// addressee is the interface that shall have an address. An instance must be running (aws-facts §1.3).
func (c *call) addressee(in *ec2.AssociateAddressInput) (*netInterface, error) {
	switch {
	case in.InstanceId != nil && in.NetworkInterfaceId != nil:
		return nil, fail("InvalidParameterCombination", "You may specify either an instance or a network interface, but not both")
	case in.InstanceId == nil && in.NetworkInterfaceId == nil:
		return nil, missing("instanceId")
	case in.InstanceId != nil:
		i, err := c.instances.use(c, kindInstance, in.InstanceId)
		if err != nil {
			return nil, err
		}
		return i.netInterface, c.running(i)
	}
	n, err := c.interfaces.use(c, kindInterface, in.NetworkInterfaceId)
	switch {
	case err != nil:
		return nil, err
	case n.managed:
		return nil, fail("OperationNotPermitted", "You do not have permission to access the specified resource.")
	case n.instance != "":
		return n, c.running(c.instances.byID[n.instance])
	}
	return n, nil
}

func (c *call) running(i *instance) error {
	if i.stage(c.now) != standing {
		return fail("IncorrectInstanceState", "The instance '%s' is not in a valid state for this operation.", i.id)
	}
	return nil
}

// disassociateAddress succeeds again and again for an association that there once was (aws-facts §2.9).
func (c *call) disassociateAddress(in *ec2.DisassociateAddressInput) (*ec2.DisassociateAddressOutput, error) {
	if deref(in.AssociationId) == "" {
		return nil, missing("associationId")
	}
	for _, e := range c.elasticIPs.list {
		switch id := *in.AssociationId; {
		case e.linkID == id:
			c.unmap(e)
			return &ec2.DisassociateAddressOutput{}, nil
		case slices.Contains(e.former, id):
			return &ec2.DisassociateAddressOutput{}, nil
		}
	}
	return nil, fail("InvalidAssociationID.NotFound", "The association ID '%s' does not exist", *in.AssociationId)
}

// unmap ends an address's association.
func (c *call) unmap(e *elasticIP) {
	e.former = append(e.former, e.linkID)
	e.on.elastic, e.on, e.linkID = nil, nil, ""
}
