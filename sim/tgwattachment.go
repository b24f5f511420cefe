package sim

import (
	"slices"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
)

var attachmentActions = []handler{
	action("CreateTransitGatewayVpcAttachment", changing, (*call).createAttachment),
	action("DescribeTransitGatewayVpcAttachments", reading, (*call).describeVPCAttachments),
	action("DescribeTransitGatewayAttachments", reading, (*call).describeAttachments),
	action("DeleteTransitGatewayVpcAttachment", changing, (*call).deleteAttachment),
}

// attachment joins a VPC to a transit gateway, which is its parent, by an interface in each of its subnets.
type attachment struct {
	thing
	gateway, vpc string
	subnets      []string
	options      types.TransitGatewayVpcAttachmentOptions
	interfaces   []*netInterface
	modified     time.Time // until then it is shown as modifying
}

func (c *call) createAttachment(in *ec2.CreateTransitGatewayVpcAttachmentInput) (*ec2.CreateTransitGatewayVpcAttachmentOutput, error) {
	tags, err := tagsOnCreate(in.TagSpecifications, kindAttachment)
	if err != nil {
		return nil, err
	}
	g, err := c.gateways.use(c, kindGateway, in.TransitGatewayId)
	if err != nil {
		return nil, err
	}
	if err := c.ready(&g.thing); err != nil {
		return nil, err
	}
	v, err := c.vpcs.use(c, kindVPC, in.VpcId)
	if err != nil {
		return nil, err
	}
	subnets, err := c.attachable(v, in.SubnetIds)
	if err != nil {
		return nil, err
	}
	if err := c.roomForAttachment(g, v); err != nil {
		return nil, err
	}
	a := &attachment{
		thing: c.born(kindAttachment, g.id, tags), gateway: g.id, vpc: v.id, subnets: in.SubnetIds, options: attachmentOptions(in.Options),
	}
	for _, s := range subnets {
		if err := c.joinSubnet(a, s); err != nil {
			return nil, err
		}
	}
	c.attachments.add(c.region, a)
	c.addDefaults(g, a)
	return &ec2.CreateTransitGatewayVpcAttachmentOutput{TransitGatewayVpcAttachment: new(c.awsVPCAttachment(a))}, nil
}

// joinSubnet gives an attachment an interface in a subnet.
func (c *call) joinSubnet(a *attachment, s *subnet) error {
	address, err := c.address(s, nil)
	if err != nil {
		return err
	}
	n := &netInterface{
		thing: c.comesWith(&a.thing, kindInterface, nil), address: address, managed: true, groups: []string{},
		description: "Network Interface for Transit Gateway Attachment " + a.id,
	}
	a.interfaces = append(a.interfaces, c.addInterface(s, n))
	return nil
}

// attachable finds the subnets: of this VPC, at most one a zone, with room for an interface each.
func (c *call) attachable(v *vpc, ids []string) ([]*subnet, error) {
	var list []*subnet
	for i := range ids {
		s, err := c.subnets.use(c, kindSubnet, &ids[i])
		if err != nil {
			return nil, err
		}
		if s.parent != v.id {
			return nil, fail(kindSubnet.notFound, "The subnet ID '%s' does not exist in VPC '%s'", s.id, v.id)
		}
		if slices.ContainsFunc(list, func(other *subnet) bool { return other.zone == s.zone }) {
			return nil, fail("DuplicateSubnetsInSameZone", "Duplicate Subnets for same AZ")
		}
		if c.freeAddresses(s) < 1 {
			return nil, fail("InsufficientFreeAddressesInSubnet", "Insufficient free addresses in subnet %s.", s.id)
		}
		if err := c.roomForInterfaces(s, 1); err != nil {
			return nil, err
		}
		list = append(list, s)
	}
	return list, nil
}

// roomForAttachment: one attachment of a VPC to a gateway, and AWS's quotas.
func (c *call) roomForAttachment(g *gateway, v *vpc) error {
	if len(c.attachments.holding(c, func(a *attachment) bool { return a.gateway == g.id && a.vpc == v.id })) > 0 {
		return fail("DuplicateTransitGatewayAttachment", "%s has non-deleted Transit Gateway Attachments with same VPC ID.", g.id)
	}
	ofGateway := c.attachments.holding(c, func(a *attachment) bool { return a.gateway == g.id })
	ofVPC := c.attachments.holding(c, func(a *attachment) bool { return a.vpc == v.id })
	const code = "TransitGatewayAttachmentLimitExceeded"
	if err := within(len(ofGateway), c.opts.Quotas.AttachmentsPerTransitGateway, code, "attachments per transit gateway"); err != nil {
		return err
	}
	return within(len(ofVPC), c.opts.Quotas.TransitGatewaysPerVPC, code, "transit gateways per VPC")
}

// addDefaults associates and propagates a new attachment as the gateway's options say, once it is available.
func (c *call) addDefaults(g *gateway, a *attachment) {
	if g.table == nil || a.failed {
		return
	}
	if g.table.associates {
		c.addAssociation(g.table, a, c.bornAt(a.ready, kindAssociation, g.table.id, nil)).implicit = true
	}
	if g.table.propagates {
		c.addPropagation(g.table, a, c.bornAt(a.ready, kindPropagation, g.table.id, nil)).implicit = true
	}
}

func attachmentOptions(in *types.CreateTransitGatewayVpcAttachmentRequestOptions) types.TransitGatewayVpcAttachmentOptions {
	asked := deref(in)
	return types.TransitGatewayVpcAttachmentOptions{
		ApplianceModeSupport:            orDefault(asked.ApplianceModeSupport, types.ApplianceModeSupportValueDisable),
		DnsSupport:                      orDefault(asked.DnsSupport, types.DnsSupportValueEnable),
		Ipv6Support:                     orDefault(asked.Ipv6Support, types.Ipv6SupportValueDisable),
		SecurityGroupReferencingSupport: orDefault(asked.SecurityGroupReferencingSupport, types.SecurityGroupReferencingSupportValueEnable),
	}
}

// deleteAttachment takes association, propagations and interfaces along; the interfaces may outlive it (aws-facts
// §7.4), and the gateway goes on for a while to refuse its own delete (aws-facts §7.7).
func (c *call) deleteAttachment(in *ec2.DeleteTransitGatewayVpcAttachmentInput) (*ec2.DeleteTransitGatewayVpcAttachmentOutput, error) {
	a, err := c.attachments.use(c, kindAttachment, in.TransitGatewayAttachmentId)
	if err != nil {
		return nil, err
	}
	if err := c.deletable(&a.thing); err != nil {
		return nil, err
	}
	c.leave(&a.thing)
	c.linger(a.interfaces, &a.life, lingering)
	for _, x := range c.associations.standing(c, func(x *association) bool { return x.attachment == a }) {
		x.leaveWith(&a.life)
	}
	for _, p := range c.propagations.standing(c, func(p *propagation) bool { return p.attachment == a }) {
		p.leaveWith(&a.life)
	}
	g := c.gateways.byID[a.gateway]
	if until := a.gone.Add(c.opts.draw(c.dice, refusal)); until.After(g.refuses) {
		g.refuses = until
	}
	out := c.awsVPCAttachment(a)
	out.SubnetIds, out.Options = nil, nil // this answer has neither
	return &ec2.DeleteTransitGatewayVpcAttachmentOutput{TransitGatewayVpcAttachment: &out}, nil
}
