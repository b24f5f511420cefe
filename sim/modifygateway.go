package sim

import (
	"fmt"
	"slices"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
)

// What can be changed of transit gateways and their attachments (API Reference of each action). AWS shows both as
// modifying for a while, though what is changed shows at once.
var gatewayChangeActions = []handler{
	action("ModifyTransitGateway", changing, (*call).modifyGateway),
	action("ModifyTransitGatewayVpcAttachment", changing, (*call).modifyAttachment),
}

// modifyGateway changes the description, the default tables and the options that are switches, which hold for
// attachments to come. To turn a default table on needs a table of the gateway.
func (c *call) modifyGateway(in *ec2.ModifyTransitGatewayInput) (*ec2.ModifyTransitGatewayOutput, error) {
	g, err := c.gateways.use(c, kindGateway, in.TransitGatewayId)
	if err != nil {
		return nil, err
	}
	if err := c.ready(&g.thing); err != nil {
		return nil, err
	}
	asked := deref(in.Options)
	if asked.AmazonSideAsn != nil || asked.EncryptionSupport != "" || len(asked.AddTransitGatewayCidrBlocks)+len(asked.RemoveTransitGatewayCidrBlocks) > 0 {
		return nil, fail("UnsupportedOperation", "The simulator changes the switches and default tables of a transit gateway only.")
	}
	if err := switches(
		asked.DefaultRouteTableAssociation, asked.DefaultRouteTablePropagation, asked.AutoAcceptSharedAttachments, asked.DnsSupport,
		asked.SecurityGroupReferencingSupport, asked.VpnEcmpSupport,
	); err != nil {
		return nil, err
	}
	association, err := c.defaultTable(g, string(asked.DefaultRouteTableAssociation), asked.AssociationDefaultRouteTableId)
	if err != nil {
		return nil, err
	}
	propagation, err := c.defaultTable(g, string(asked.DefaultRouteTablePropagation), asked.PropagationDefaultRouteTableId)
	if err != nil {
		return nil, err
	}
	if in.Description != nil {
		g.description = *in.Description
	}
	if word := asked.DefaultRouteTableAssociation; word != "" {
		g.options.DefaultRouteTableAssociation, g.options.AssociationDefaultRouteTableId = word, idOf(association)
		for _, t := range c.gatewayTables.in(g.id).holding(c, all) {
			t.associates = t == association
		}
	}
	if word := asked.DefaultRouteTablePropagation; word != "" {
		g.options.DefaultRouteTablePropagation, g.options.PropagationDefaultRouteTableId = word, idOf(propagation)
		for _, t := range c.gatewayTables.in(g.id).holding(c, all) {
			t.propagates = t == propagation
		}
	}
	o := &g.options
	o.AutoAcceptSharedAttachments = orDefault(asked.AutoAcceptSharedAttachments, o.AutoAcceptSharedAttachments)
	o.DnsSupport = orDefault(asked.DnsSupport, o.DnsSupport)
	o.SecurityGroupReferencingSupport = orDefault(asked.SecurityGroupReferencingSupport, o.SecurityGroupReferencingSupport)
	o.VpnEcmpSupport = orDefault(asked.VpnEcmpSupport, o.VpnEcmpSupport)
	g.modified = c.now.Add(c.opts.draw(c.dice, modifying))
	return &ec2.ModifyTransitGatewayOutput{TransitGateway: new(c.awsGateway(g))}, nil
}

// defaultTable is the table that is to be a default one, nil when the option is turned off or left alone.
func (c *call) defaultTable(g *gateway, word string, id *string) (*gatewayTable, error) {
	if word != string(types.DefaultRouteTableAssociationValueEnable) {
		return nil, nil //nolint:nilnil // none is asked for
	}
	t, err := c.gatewayTables.use(c, kindGatewayTable, id)
	if err == nil && t.parent != g.id {
		err = fail(kindGatewayTable.notFound, kindGatewayTable.missing, t.id)
	}
	return t, err
}

func idOf(t *gatewayTable) *string {
	if t == nil {
		return nil
	}
	return new(t.id)
}

// switches refuses what is none of an option's two words. "" leaves it as it is.
func switches(words ...any) error {
	for _, w := range words {
		if word := fmt.Sprint(w); !slices.Contains([]string{"", "enable", "disable"}, word) {
			return invalid("Invalid option: %s", word)
		}
	}
	return nil
}

// modifyAttachment changes the options, adds subnets and takes some off, with an interface each.
func (c *call) modifyAttachment(in *ec2.ModifyTransitGatewayVpcAttachmentInput) (*ec2.ModifyTransitGatewayVpcAttachmentOutput, error) {
	a, err := c.attachments.use(c, kindAttachment, in.TransitGatewayAttachmentId)
	if err != nil {
		return nil, err
	}
	if err := c.ready(&a.thing); err != nil {
		return nil, err
	}
	asked := deref(in.Options)
	if err := switches(asked.ApplianceModeSupport, asked.DnsSupport, asked.Ipv6Support, asked.SecurityGroupReferencingSupport); err != nil {
		return nil, err
	}
	if err := c.moveAttachment(a, in.AddSubnetIds, in.RemoveSubnetIds); err != nil {
		return nil, err
	}
	o := &a.options
	o.ApplianceModeSupport = orDefault(asked.ApplianceModeSupport, o.ApplianceModeSupport)
	o.DnsSupport = orDefault(asked.DnsSupport, o.DnsSupport)
	o.Ipv6Support = orDefault(asked.Ipv6Support, o.Ipv6Support)
	o.SecurityGroupReferencingSupport = orDefault(asked.SecurityGroupReferencingSupport, o.SecurityGroupReferencingSupport)
	a.modified = c.now.Add(c.opts.draw(c.dice, modifying))
	return &ec2.ModifyTransitGatewayVpcAttachmentOutput{TransitGatewayVpcAttachment: new(c.awsVPCAttachment(a))}, nil
}

// moveAttachment: one subnet at least remains, each in a zone of its own.
func (c *call) moveAttachment(a *attachment, add, remove []string) error {
	if len(add)+len(remove) == 0 {
		return nil
	}
	left := slices.DeleteFunc(slices.Clone(a.subnets), func(id string) bool { return slices.Contains(remove, id) })
	if _, err := c.attachable(c.vpcs.byID[a.vpc], slices.Concat(left, add)); err != nil {
		return err
	}
	if len(left)+len(add) == 0 {
		return invalid("An attachment has one subnet at least")
	}
	a.interfaces = c.outOf(remove, a.interfaces)
	for _, id := range add {
		if err := c.joinSubnet(a, c.subnets.byID[id]); err != nil {
			return err
		}
	}
	a.subnets = slices.Concat(left, add)
	return nil
}

func (g *gateway) state(now time.Time) string { return modifyingUntil(g.modified, now, &g.thing) }

func (a *attachment) state(now time.Time) string { return modifyingUntil(a.modified, now, &a.thing) }

func modifyingUntil(until, now time.Time, t *thing) string {
	if now.Before(until) && t.stage(now) == standing {
		return "modifying"
	}
	return t.state(now)
}

// outOf takes the interfaces in these subnets away and returns the others.
func (c *call) outOf(subnets []string, list []*netInterface) []*netInterface {
	var left []*netInterface
	for _, n := range list {
		if slices.Contains(subnets, n.subnet) {
			c.leave(&n.thing)
		} else {
			left = append(left, n)
		}
	}
	return left
}
