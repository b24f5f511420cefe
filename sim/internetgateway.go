package sim

import (
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
)

var internetGatewayActions = []handler{
	action("CreateInternetGateway", changing, (*call).createInternetGateway),
	action("DescribeInternetGateways", reading, (*call).describeInternetGateways),
	action("DeleteInternetGateway", changing, (*call).deleteInternetGateway),
}

// internetGateway lies in no VPC until it is attached to one.
type internetGateway struct{ thing }

func (c *call) createInternetGateway(in *ec2.CreateInternetGatewayInput) (*ec2.CreateInternetGatewayOutput, error) {
	tags, err := tagsOnCreate(in.TagSpecifications, kindInternetGateway)
	if err != nil {
		return nil, err
	}
	have := c.internetGates.holding(c, all)
	if err := within(len(have), c.opts.Quotas.InternetGateways, "InternetGatewayLimitExceeded", "internet gateways"); err != nil {
		return nil, err
	}
	g := c.internetGates.add(c.region, &internetGateway{thing: c.born(kindInternetGateway, "", tags)})
	return &ec2.CreateInternetGatewayOutput{InternetGateway: new(c.awsInternetGateway(g))}, nil
}

var internetGatewayFacets = common("internet-gateway-id", "", facets[*internetGateway]{
	"attachment.vpc-id": ofInternetLinks(func(_ *call, l *internetLink) string { return l.vpc }),
	"attachment.state":  ofInternetLinks(func(c *call, l *internetLink) string { return l.state(c.now) }),
})

// ofInternetLinks is a facet over what reads show of a gateway's attachment.
func ofInternetLinks(look func(*call, *internetLink) string) func(*call, *internetGateway) []string {
	return func(c *call, g *internetGateway) []string {
		var values []string
		for _, l := range c.internetLinksOf(g) {
			values = append(values, look(c, l))
		}
		return values
	}
}

func (c *call) describeInternetGateways(in *ec2.DescribeInternetGatewaysInput) (*ec2.DescribeInternetGatewaysOutput, error) {
	ask := listing{in.InternetGatewayIds, in.Filters, in.MaxResults, in.NextToken}
	list, next, err := listed(c, &c.internetGates, kindInternetGateway, internetGatewayFacets, ask)
	if err != nil {
		return nil, err
	}
	return &ec2.DescribeInternetGatewaysOutput{NextToken: next, InternetGateways: shown(list, c.awsInternetGateway)}, nil
}

// deleteInternetGateway takes only one that is attached to nothing (aws-facts §2.10).
func (c *call) deleteInternetGateway(in *ec2.DeleteInternetGatewayInput) (*ec2.DeleteInternetGatewayOutput, error) {
	g, err := c.internetGates.use(c, kindInternetGateway, in.InternetGatewayId)
	if err != nil {
		return nil, err
	}
	if len(c.internetLinks.in(g.id).holding(c, all)) > 0 {
		return nil, dependency("The internetGateway '%s' has dependencies and cannot be deleted.", g.id)
	}
	c.leave(&g.thing)
	return &ec2.DeleteInternetGatewayOutput{}, nil
}

func (c *call) awsInternetGateway(g *internetGateway) types.InternetGateway {
	out := types.InternetGateway{
		InternetGatewayId: new(g.id), OwnerId: new(c.account), Tags: awsTags(g.tags), Attachments: []types.InternetGatewayAttachment{},
	}
	for _, l := range c.internetLinksOf(g) {
		out.Attachments = append(out.Attachments, types.InternetGatewayAttachment{
			VpcId: new(l.vpc), State: types.AttachmentStatus(l.state(c.now)),
		})
	}
	return out
}
