package steps

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
)

// The looks at what may hang on an internet gateway and on its attachment to a VPC.

// attachedTo finds the VPC that a gateway is attached to. Whose the attachment is, the VPC tells.
func attachedTo(ctx context.Context, api hangingAPI, gateway string) ([]hanging, error) {
	gateways, err := describeInternetGateways(api)(ctx, []types.Filter{filter("internet-gateway-id", gateway)})
	if err != nil {
		return nil, err
	}
	var list []hanging
	for _, g := range gateways {
		if aws.ToString(g.InternetGatewayId) != gateway {
			continue
		}
		for _, a := range g.Attachments {
			leaving := a.State == types.AttachmentStatusDetaching || a.State == types.AttachmentStatusDetached
			list = append(list, hanging{kind: "attachment to %s", id: aws.ToString(a.VpcId), passing: leaving})
		}
	}
	return withTags(ctx, list, "vpc-id", describeVPCs(api), func(v types.Vpc) (string, []types.Tag) { return aws.ToString(v.VpcId), v.Tags })
}

// publicAddressesIn finds the interfaces of a VPC that have a public address.
func publicAddressesIn(ctx context.Context, api hangingAPI, vpc string) ([]hanging, error) {
	p := ec2.NewDescribeNetworkInterfacesPaginator(api, &ec2.DescribeNetworkInterfacesInput{Filters: []types.Filter{filter("vpc-id", vpc)}})
	return pages(ctx, p, func(o *ec2.DescribeNetworkInterfacesOutput) []hanging {
		var list []hanging
		for _, i := range o.NetworkInterfaces {
			if aws.ToString(i.VpcId) == vpc && i.Association != nil && i.Association.PublicIp != nil {
				list = append(list, hanging{
					kind: "network interface %s", id: aws.ToString(i.NetworkInterfaceId), address: *i.Association.PublicIp,
					tags: i.TagSet,
				})
			}
		}
		return list
	})
}
