package sim

import (
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
)

var internetGatewayActions = []handler{
	action("DescribeInternetGateways", reading, (*call).describeInternetGateways),
}

// internetGateway is attached to a VPC. So far there is only the one of the default VPC.
type internetGateway struct {
	thing
	vpc string
}

var internetGatewayFacets = common("internet-gateway-id", "", facets[*internetGateway]{
	"attachment.vpc-id": one(func(g *internetGateway) string { return g.vpc }),
	"attachment.state":  one(func(*internetGateway) string { return "available" }),
})

func (c *call) describeInternetGateways(in *ec2.DescribeInternetGatewaysInput) (*ec2.DescribeInternetGatewaysOutput, error) {
	ask := listing{in.InternetGatewayIds, in.Filters, in.MaxResults, in.NextToken}
	list, next, err := listed(c, &c.internetGates, kindInternetGateway, internetGatewayFacets, ask)
	if err != nil {
		return nil, err
	}
	out := &ec2.DescribeInternetGatewaysOutput{NextToken: next, InternetGateways: []types.InternetGateway{}}
	for _, g := range list {
		out.InternetGateways = append(out.InternetGateways, types.InternetGateway{
			InternetGatewayId: new(g.id), OwnerId: new(c.account), Tags: awsTags(g.tags),
			// A live attachment reads "available", which the SDK's enum lacks (aws-facts §1.2).
			Attachments: []types.InternetGatewayAttachment{{VpcId: new(g.vpc), State: "available"}},
		})
	}
	return out, nil
}
