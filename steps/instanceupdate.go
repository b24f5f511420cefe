package steps

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
)

var _ typedUpdater[Instance] = instance{}

// update puts back the groups, the one thing of a running instance that can be changed and was asked for.
func (instance) update(ctx context.Context, env Env, w want[Instance], _ []Field) error {
	var api instanceAPI = env.EC2
	_, err := api.ModifyInstanceAttribute(ctx, &ec2.ModifyInstanceAttributeInput{
		InstanceId: aws.String(w.ID), Groups: []string{w.set.Group.String()},
	})
	return codes{create: unseenSecurityGroup}.taken(err)
}

// groupIDs are the IDs of what AWS shows with names beside them.
func groupIDs(list []types.GroupIdentifier) []string {
	var ids []string
	for _, g := range list {
		ids = append(ids, aws.ToString(g.GroupId))
	}
	return ids
}
