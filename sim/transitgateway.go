package sim

import (
	"strconv"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
)

var gatewayActions = []handler{
	action("CreateTransitGateway", changing, (*call).createGateway),
	action("DescribeTransitGateways", reading, (*call).describeGateways),
	action("DeleteTransitGateway", changing, (*call).deleteGateway),
}

// gateway is a transit gateway.
type gateway struct {
	thing
	description string
	options     types.TransitGatewayOptions
	table       *gatewayTable // the default one; nil when both default options are disabled
	modified    time.Time     // until then it is shown as modifying
	refuses     time.Time     // until then its delete says IncorrectState though no attachment is left
}

// defaultASN is the gateway's number on the Amazon side unless another is asked for.
const defaultASN = 64512

func (c *call) createGateway(in *ec2.CreateTransitGatewayInput) (*ec2.CreateTransitGatewayOutput, error) {
	tags, err := tagsOnCreate(in.TagSpecifications, kindGateway)
	if err != nil {
		return nil, err
	}
	have := c.gateways.holding(c, all)
	if err := within(len(have), c.opts.Quotas.TransitGateways, "TransitGatewayLimitExceeded", "transit gateways"); err != nil {
		return nil, err
	}
	g := c.gateways.add(c.region, &gateway{
		thing: c.born(kindGateway, "", tags), description: deref(in.Description), options: gatewayOptions(in.Options),
	})
	c.addDefaultTable(g)
	return &ec2.CreateTransitGatewayOutput{TransitGateway: new(c.awsGateway(g))}, nil
}

// gatewayOptions fills what is not given with AWS's defaults.
func gatewayOptions(in *types.TransitGatewayRequestOptions) types.TransitGatewayOptions {
	asked := deref(in)
	out := types.TransitGatewayOptions{
		AmazonSideAsn:                   asked.AmazonSideAsn,
		AutoAcceptSharedAttachments:     orDefault(asked.AutoAcceptSharedAttachments, types.AutoAcceptSharedAttachmentsValueDisable),
		DefaultRouteTableAssociation:    orDefault(asked.DefaultRouteTableAssociation, types.DefaultRouteTableAssociationValueEnable),
		DefaultRouteTablePropagation:    orDefault(asked.DefaultRouteTablePropagation, types.DefaultRouteTablePropagationValueEnable),
		DnsSupport:                      orDefault(asked.DnsSupport, types.DnsSupportValueEnable),
		MulticastSupport:                orDefault(asked.MulticastSupport, types.MulticastSupportValueDisable),
		SecurityGroupReferencingSupport: orDefault(asked.SecurityGroupReferencingSupport, types.SecurityGroupReferencingSupportValueDisable),
		VpnEcmpSupport:                  orDefault(asked.VpnEcmpSupport, types.VpnEcmpSupportValueEnable),
		TransitGatewayCidrBlocks:        asked.TransitGatewayCidrBlocks,
	}
	if out.AmazonSideAsn == nil {
		out.AmazonSideAsn = new(int64(defaultASN))
	}
	return out
}

func orDefault[T ~string](v, def T) T {
	if v == "" {
		return def
	}
	return v
}

// addDefaultTable makes the default route table, unless both options that need one are disabled. What AWS does when
// only one is, its documentation tells in two ways (aws-facts §0.12): here there is a table then.
func (c *call) addDefaultTable(g *gateway) {
	associates := g.options.DefaultRouteTableAssociation == types.DefaultRouteTableAssociationValueEnable
	propagates := g.options.DefaultRouteTablePropagation == types.DefaultRouteTablePropagationValueEnable
	if !associates && !propagates {
		return
	}
	t := &gatewayTable{thing: c.comesWith(&g.thing, kindGatewayTable, nil), associates: associates, propagates: propagates}
	t.implicit = true
	g.table = c.gatewayTables.add(c.region, t)
	if associates {
		g.options.AssociationDefaultRouteTableId = new(t.id)
	}
	if propagates {
		g.options.PropagationDefaultRouteTableId = new(t.id)
	}
}

var gatewayFacets = common("transit-gateway-id", "state", facets[*gateway]{
	"options.amazon-side-asn": one(func(g *gateway) string { return strconv.FormatInt(*g.options.AmazonSideAsn, 10) }),
	"options.association-default-route-table-id": one(func(g *gateway) string {
		return deref(g.options.AssociationDefaultRouteTableId)
	}),
	"options.propagation-default-route-table-id": one(func(g *gateway) string {
		return deref(g.options.PropagationDefaultRouteTableId)
	}),
	"options.auto-accept-shared-attachments":  one(func(g *gateway) string { return string(g.options.AutoAcceptSharedAttachments) }),
	"options.default-route-table-association": one(func(g *gateway) string { return string(g.options.DefaultRouteTableAssociation) }),
	"options.default-route-table-propagation": one(func(g *gateway) string { return string(g.options.DefaultRouteTablePropagation) }),
	"options.dns-support":                     one(func(g *gateway) string { return string(g.options.DnsSupport) }),
	"options.vpn-ecmp-support":                one(func(g *gateway) string { return string(g.options.VpnEcmpSupport) }),
})

func (c *call) describeGateways(in *ec2.DescribeTransitGatewaysInput) (*ec2.DescribeTransitGatewaysOutput, error) {
	ask := listing{in.TransitGatewayIds, in.Filters, in.MaxResults, in.NextToken}
	list, next, err := listed(c, &c.gateways, kindGateway, gatewayFacets, ask)
	if err != nil {
		return nil, err
	}
	return &ec2.DescribeTransitGatewaysOutput{NextToken: next, TransitGateways: shown(list, c.awsGateway)}, nil
}

// deleteGateway takes the default table along. It is refused as long as an attachment is not deleted, and for some
// time after the last one is (aws-facts §7.7). That route tables must go first is the order of aws-facts §3.
func (c *call) deleteGateway(in *ec2.DeleteTransitGatewayInput) (*ec2.DeleteTransitGatewayOutput, error) {
	g, err := c.gateways.use(c, kindGateway, in.TransitGatewayId)
	if err != nil {
		return nil, err
	}
	if err := c.deletable(&g.thing); err != nil {
		return nil, err
	}
	if left := c.attachments.holding(c, func(a *attachment) bool { return a.gateway == g.id }); len(left) > 0 {
		return nil, incorrectState("%s has non-deleted VPC Attachments: %s.", g.id, left[0].id)
	}
	if c.now.Before(g.refuses) {
		return nil, incorrectState("%s has non-deleted VPC Attachments.", g.id)
	}
	if left := c.gatewayTables.in(g.id).holding(c, func(t *gatewayTable) bool { return t != g.table }); len(left) > 0 {
		return nil, incorrectState("%s has non-deleted Transit Gateway Route Tables: %s.", g.id, left[0].id)
	}
	c.leave(&g.thing)
	if g.table != nil {
		g.table.leaveWith(&g.life)
		g.table.buried = g.buried
		c.endRoutes(g.table)
	}
	return &ec2.DeleteTransitGatewayOutput{TransitGateway: new(c.awsGateway(g))}, nil
}

// ready refuses to use what is not in its ready state: AWS takes nothing for a pending gateway, table or attachment.
func (c *call) ready(t *thing) error {
	if t.stage(c.now) != standing {
		return incorrectState("%s is in invalid state", t.id)
	}
	return nil
}

// deletable is ready for a delete, which takes a failed thing as well.
func (c *call) deletable(t *thing) error {
	if t.stage(c.now) == broken {
		return nil
	}
	return c.ready(t)
}

func (c *call) awsGateway(g *gateway) types.TransitGateway {
	options := g.options
	return types.TransitGateway{
		TransitGatewayId: new(g.id), TransitGatewayArn: c.arn("transit-gateway", g.id), OwnerId: new(c.account),
		State: types.TransitGatewayState(g.state(c.now)), CreationTime: new(g.asked), Description: new(g.description),
		Options: &options, Tags: awsTags(g.tags),
	}
}

func (g *gateway) tell(o *Object) {
	if g.refuses.After(o.Accept) {
		o.Accept = g.refuses
	}
}
