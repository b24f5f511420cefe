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

const sourceCheckField words.Text = "source and destination check"

// StateField is the name of a thing's state where that is a difference of its own: an instance that somebody stopped.
const StateField words.Text = "state"

// instanceGiven are what a new instance has, as far as DescribeInstances shows it. Traffic between VPCs needs the first
// two alone.
var instanceGiven = []given[types.Instance]{
	{StateField, string(types.InstanceStateNameRunning), stopped, true},
	{sourceCheckField, "true", func(i types.Instance) string { return truth(i.SourceDestCheck) }, true},
	{"detailed monitoring", string(types.MonitoringStateDisabled), func(i types.Instance) string {
		if i.Monitoring == nil {
			return ""
		}
		return string(i.Monitoring.State)
	}, false},
	{"instance profile", "", func(i types.Instance) string {
		if i.IamInstanceProfile == nil {
			return ""
		}
		return aws.ToString(i.IamInstanceProfile.Arn)
	}, false},
	{"network interfaces", "1", func(i types.Instance) string {
		if len(i.NetworkInterfaces) == 0 {
			return ""
		}
		return strconv.Itoa(len(i.NetworkInterfaces))
	}, false},
}

// stopped is the state of an instance that somebody stopped, "" of any other.
func stopped(i types.Instance) string {
	if i.State == nil || !slices.Contains(instance{}.life().Stopped, string(i.State.Name)) {
		return ""
	}
	return string(i.State.Name)
}

var _ typedUpdater[Instance] = instance{}

// update puts back what can be changed of an instance, one attribute a call, and starts one that was stopped. AWS does
// not start one that still stops.
func (instance) update(ctx context.Context, env Env, w want[Instance], diff []Field) error {
	var api instanceAPI = env.EC2
	var changes []*ec2.ModifyInstanceAttributeInput
	if Differs(diff, groupsField) {
		changes = append(changes, &ec2.ModifyInstanceAttributeInput{Groups: []string{w.set.Group.String()}})
	}
	if Differs(diff, sourceCheckField) {
		changes = append(changes, &ec2.ModifyInstanceAttributeInput{SourceDestCheck: &types.AttributeBooleanValue{Value: aws.Bool(true)}})
	}
	for _, in := range changes {
		in.InstanceId = aws.String(w.ID)
		if _, err := api.ModifyInstanceAttribute(ctx, in); err != nil {
			return codes{create: unseenSecurityGroup}.taken(err)
		}
	}
	if !Differs(diff, StateField) {
		return nil
	}
	_, err := api.StartInstances(ctx, &ec2.StartInstancesInput{InstanceIds: []string{w.ID}})
	return codes{create: []string{"IncorrectInstanceState"}}.taken(err)
}

// groupIDs are the IDs of what AWS shows with names beside them.
func groupIDs(list []types.GroupIdentifier) []string {
	var ids []string
	for _, g := range list {
		ids = append(ids, aws.ToString(g.GroupId))
	}
	return ids
}
