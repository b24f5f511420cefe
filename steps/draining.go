package steps

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"vpclink/state"
)

// draining is our own word for a load balancer or endpoint that is gone itself, while its interfaces are still there.
// They outlive it by minutes, and hold subnet and security group meanwhile (aws-facts §1.5, §2.8).
const draining = "draining"

// drainingOf returns those of the wants that are being deleted and whose interfaces are still there: of a new thing AWS may
// show the interfaces before it shows the thing. Description is what AWS writes on the interfaces of the one with this
// ID.
func drainingOf[S any](ctx context.Context, env Env, wants []want[S], description func(id string) string) ([]Observation, error) {
	by := map[string]want[S]{}
	var described []string
	for _, w := range wants {
		if w.Phase == state.Deleting {
			by[description(w.ID)] = w
			described = append(described, description(w.ID))
		}
	}
	left, err := fetchBy(ctx, nil, "description", described, describeInterfaces(env.EC2))
	if err != nil {
		return nil, err
	}
	var found []Observation
	for _, i := range left {
		if w, ours := by[aws.ToString(i.Description)]; ours {
			delete(by, aws.ToString(i.Description)) // one of several is enough
			found = append(found, Observation{
				Key: w.Key, ID: w.ID, Ours: true, State: draining, Left: aws.ToString(i.NetworkInterfaceId),
			})
		}
	}
	return found, nil
}

func describeInterfaces(api ec2.DescribeNetworkInterfacesAPIClient) fetch[types.NetworkInterface] {
	return func(ctx context.Context, by []types.Filter) ([]types.NetworkInterface, error) {
		p := ec2.NewDescribeNetworkInterfacesPaginator(api, &ec2.DescribeNetworkInterfacesInput{Filters: by})
		return pages(ctx, p, func(o *ec2.DescribeNetworkInterfacesOutput) []types.NetworkInterface { return o.NetworkInterfaces })
	}
}
