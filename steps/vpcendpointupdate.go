package steps

import (
	"context"
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
)

var _ typedUpdater[VPCEndpoint] = vpcEndpoint{}

// update puts back groups and subnets: what is missing is added, what is too much taken off.
func (vpcEndpoint) update(ctx context.Context, env Env, w want[VPCEndpoint], diff []Field) error {
	var api vpcEndpointAPI = env.EC2
	in := &ec2.ModifyVpcEndpointInput{VpcEndpointId: aws.String(w.ID)}
	if have := listed(diff, subnetsField); have != nil {
		want := values(w.set.Subnets)
		in.AddSubnetIds, in.RemoveSubnetIds = less(want, have...), less(have, want...)
	}
	if have := listed(diff, groupsField); have != nil {
		in.AddSecurityGroupIds, in.RemoveSecurityGroupIds = less([]string{w.set.Group.String()}, have...), less(have, w.set.Group.String())
	}
	_, err := api.ModifyVpcEndpoint(ctx, in)
	return codes{create: slices.Concat(unseenEndpoint, unseenSecurityGroup, unseenSubnet)}.taken(err)
}

func endpointGroups(list []types.SecurityGroupIdentifier) []string {
	var ids []string
	for _, g := range list {
		ids = append(ids, aws.ToString(g.GroupId))
	}
	return ids
}
