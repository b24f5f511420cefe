package steps

import (
	"context"
	"slices"
	"strconv"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"vpclink/words"
)

const balancersField words.Text = "load balancers"

// serviceDiff is where a service is not as it was made. What a server leaves out does not differ.
func serviceDiff(set EndpointService, s types.ServiceConfiguration) []Field {
	var fields []Field
	if s.AcceptanceRequired != nil {
		fields = differ("acceptance required", "", "true", strconv.FormatBool(*s.AcceptanceRequired))
	}
	if len(s.NetworkLoadBalancerArns) > 0 {
		fields = append(fields, differ(balancersField, "", set.NLB.String(), sorted(s.NetworkLoadBalancerArns))...)
	}
	return mends(fields)
}

var _ typedUpdater[EndpointService] = endpointService{}

func (endpointService) update(ctx context.Context, env Env, w want[EndpointService], diff []Field) error {
	var api endpointServiceAPI = env.EC2
	in := &ec2.ModifyVpcEndpointServiceConfigurationInput{ServiceId: aws.String(w.ID), AcceptanceRequired: aws.Bool(true)}
	if have := listed(diff, balancersField); have != nil {
		in.RemoveNetworkLoadBalancerArns = less(have, w.set.NLB.String())
		if !slices.Contains(have, w.set.NLB.String()) {
			in.AddNetworkLoadBalancerArns = []string{w.set.NLB.String()}
		}
	}
	_, err := api.ModifyVpcEndpointServiceConfiguration(ctx, in)
	return codes{create: unseenNLB}.taken(err)
}
