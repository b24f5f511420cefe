package steps

import (
	"context"
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
)

// servicesOn finds the endpoint services that a load balancer serves.
func servicesOn(ctx context.Context, api hangingAPI, nlb string) ([]hanging, error) {
	services, err := describeEndpointServices(api)(ctx, nil)
	var list []hanging
	for _, s := range services {
		if slices.Contains(s.NetworkLoadBalancerArns, nlb) {
			list = append(list, hanging{
				kind: "endpoint service %s", id: aws.ToString(s.ServiceId), tags: s.Tags, passing: s.ServiceState == types.ServiceStateDeleting,
			})
		}
	}
	return list, err
}
