package steps

import (
	"context"
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"vpclink/words"
)

type zonesAPI interface {
	ec2.DescribeInstanceTypeOfferingsAPIClient
}

// Zones returns the IDs of the region's availability zones that offer an instance type, in order; an error when none
// does. IDs name the same place in every account, names do not (aws-facts §2.18).
func Zones(ctx context.Context, env Env, instanceType string) ([]string, error) {
	p := ec2.NewDescribeInstanceTypeOfferingsPaginator(env.EC2, &ec2.DescribeInstanceTypeOfferingsInput{
		LocationType: types.LocationTypeAvailabilityZoneId,
		Filters:      []types.Filter{filter("instance-type", instanceType)},
	})
	offers, err := pages(ctx, p, func(o *ec2.DescribeInstanceTypeOfferingsOutput) []types.InstanceTypeOffering {
		return o.InstanceTypeOfferings
	})
	if err != nil {
		return nil, words.Errorf("asking which availability zones offer %s: %w", instanceType, err)
	}
	var zones []string
	for _, o := range offers {
		if string(o.InstanceType) == instanceType { // in code too: some servers ignore filters
			zones = append(zones, aws.ToString(o.Location))
		}
	}
	if len(zones) == 0 {
		return nil, words.Errorf("no availability zone of %s offers %s: choose another --instance-type or --region", env.Scope.Region, instanceType)
	}
	slices.Sort(zones)
	return slices.Compact(zones), nil
}
