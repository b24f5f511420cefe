package steps

import (
	"context"
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"
	elbtypes "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2/types"

	"vpclink/cloud"
	"vpclink/state"
)

type tagsAPI interface {
	CreateTags(context.Context, *ec2.CreateTagsInput, ...func(*ec2.Options)) (*ec2.CreateTagsOutput, error)
}

// Which service keeps the tags of what. Every other kind carries none.
var (
	taggedByEC2 = []string{
		KindVPC, KindSubnet, KindRouteTable, KindSecurityGroup, KindSecurityGroupRule, KindInstance, KindTransitGateway, KindTGWRouteTable,
		KindTGWAttachment, KindInternetGateway, KindVPCPeering, KindEndpointService, KindVPCEndpoint, KindElasticIP,
	}
	taggedByELB = []string{KindTargetGroup, KindNLB, KindListener}
)

// tagsMost is the most things of EC2 that are tagged in one call: AWS takes a thousand, and a shorter list is sooner gone
// through when one of them is missing.
const tagsMost = 200

// Retag gives these things the end that the stack has now. Sent twice it is as if sent once, so an unclear answer is
// "not yet". It returns those that AWS does not have, or does not show yet: one of them would fail the call for all.
func Retag(ctx context.Context, env Env, recs []state.Record) (missing []state.Record, err error) {
	byID := map[string]state.Record{}
	var ids, arns, instances []string
	for _, rec := range recs {
		byID[rec.ID] = rec
		switch kind := rec.Key.Kind(); {
		case slices.Contains(taggedByELB, kind):
			arns = append(arns, rec.ID)
		case slices.Contains(taggedByEC2, kind):
			ids = append(ids, rec.ID)
			if kind == KindInstance {
				instances = append(instances, rec.ID)
			}
		}
	}
	parts, err := partsOf(ctx, env, instances)
	if err != nil {
		return nil, err
	}
	absent, err := tagEach(slices.Concat(ids, parts), tagsMost, func(ids []string) error {
		_, err := env.EC2.CreateTags(ctx, &ec2.CreateTagsInput{
			Resources: ids, Tags: []types.Tag{{Key: aws.String(TagExpires), Value: aws.String(env.Stack.Expires)}},
		})
		return err
	})
	if err != nil {
		return nil, err
	}
	gone, err := tagEach(arns, elbTagsMost, func(arns []string) error {
		_, err := env.ELB.AddTags(ctx, &elb.AddTagsInput{
			ResourceArns: arns, Tags: []elbtypes.Tag{{Key: aws.String(TagExpires), Value: aws.String(env.Stack.Expires)}},
		})
		return err
	})
	for _, id := range slices.Concat(absent, gone) {
		if rec, ok := byID[id]; ok { // the parts of an instance come and go with it
			missing = append(missing, rec)
		}
	}
	return missing, err
}

// tagEach tags so many a call, and returns those that are missing.
func tagEach(ids []string, most int, tag func([]string) error) (missing []string, err error) {
	for chunk := range slices.Chunk(ids, most) {
		err := tag(chunk)
		switch {
		case cloud.MeaningOf(err) == cloud.NotFound && len(chunk) == 1:
			missing = append(missing, chunk[0])
		case cloud.MeaningOf(err) == cloud.NotFound:
			some, err := tagEach(chunk, (len(chunk)+1)/2, tag) //nolint:mnd // by halves it is found soon
			if err != nil {
				return nil, err
			}
			missing = append(missing, some...)
		case err != nil && Unclear(err):
			return nil, &NotYetError{Err: err}
		case err != nil:
			return nil, err
		}
	}
	return missing, nil
}

// partsOf are the interfaces and disks of instances, which were made with the same tags.
func partsOf(ctx context.Context, env Env, instances []string) ([]string, error) {
	list, err := fetchBy(ctx, nil, "instance-id", instances, instance{}.fetch(env))
	var ids []string
	for _, i := range list {
		for _, card := range i.NetworkInterfaces {
			ids = append(ids, aws.ToString(card.NetworkInterfaceId))
		}
		for _, disk := range i.BlockDeviceMappings {
			if disk.Ebs != nil {
				ids = append(ids, aws.ToString(disk.Ebs.VolumeId))
			}
		}
	}
	return ids, err
}
