package sim

import (
	"maps"

	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"
	elbtypes "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2/types"
)

var balancerTagActions = []handler{
	action("AddTags", changing, (*call).addBalancerTags),
	action("RemoveTags", changing, (*call).removeBalancerTags),
	action("DescribeTags", reading, (*call).describeBalancerTags),
}

// balancerTags are the tags there are with more, by the rules of EC2's and with codes of their own.
func balancerTags(have map[string]string, more []elbtypes.Tag) (map[string]string, error) {
	all := maps.Clone(have)
	if all == nil {
		all = map[string]string{}
	}
	given := map[string]bool{}
	var list []types.Tag
	for _, t := range more {
		if given[deref(t.Key)] {
			return nil, fail("DuplicateTagKeys", "Tag keys must be unique, and '%s' is not", deref(t.Key))
		}
		given[deref(t.Key)] = true
		list = append(list, types.Tag{Key: t.Key, Value: t.Value})
	}
	if err := setTags(all, list); err != nil {
		if e := asAWS(err); e.Code != "TagLimitExceeded" {
			return nil, unusable("%s", e.Message)
		}
		return nil, fail("TooManyTags", "The maximum number of tags has been reached")
	}
	return all, nil
}

func (c *call) addBalancerTags(in *elb.AddTagsInput) (*elb.AddTagsOutput, error) {
	things, err := c.taggedByARN(in.ResourceArns)
	if err != nil {
		return nil, err
	}
	var tags []map[string]string
	for _, t := range things { // all or none
		with, err := balancerTags(t.tags, in.Tags)
		if err != nil {
			return nil, err
		}
		tags = append(tags, with)
	}
	for i, t := range things {
		t.tags = tags[i]
	}
	return &elb.AddTagsOutput{}, nil
}

func (c *call) removeBalancerTags(in *elb.RemoveTagsInput) (*elb.RemoveTagsOutput, error) {
	things, err := c.taggedByARN(in.ResourceArns)
	if err != nil {
		return nil, err
	}
	for _, t := range things {
		for _, key := range in.TagKeys {
			delete(t.tags, key)
		}
	}
	return &elb.RemoveTagsOutput{}, nil
}

// describeBalancerTags takes up to 20 ARNs, of which none may be missing.
func (c *call) describeBalancerTags(in *elb.DescribeTagsInput) (*elb.DescribeTagsOutput, error) {
	if len(in.ResourceArns) > maxARNs {
		return nil, unusable("Up to %d resources can be described in one request", maxARNs)
	}
	things, err := c.taggedByARN(in.ResourceArns)
	if err != nil {
		return nil, err
	}
	out := &elb.DescribeTagsOutput{TagDescriptions: []elbtypes.TagDescription{}}
	for _, t := range things {
		tags := []elbtypes.Tag{}
		for _, key := range sortedKeys(t.tags) {
			tags = append(tags, elbtypes.Tag{Key: new(key), Value: new(t.tags[key])})
		}
		out.TagDescriptions = append(out.TagDescriptions, elbtypes.TagDescription{ResourceArn: new(t.id), Tags: tags})
	}
	return out, nil
}

func (c *call) taggedByARN(arns []string) ([]*thing, error) {
	var list []*thing
	for _, arn := range arns {
		t, err := c.findByARN(arn)
		if err != nil {
			return nil, err
		}
		list = append(list, t)
	}
	return list, nil
}

func (c *call) findByARN(arn string) (*thing, error) {
	switch balancingKind(arn) {
	case "targetgroup":
		return baseByARN(c, &c.targetGroups, kindTargetGroup, arn)
	case "loadbalancer":
		return baseByARN(c, &c.balancers, kindBalancer, arn)
	case "listener":
		return baseByARN(c, &c.listeners, kindListener, arn)
	}
	return nil, unusable("'%s' is not a valid ARN of a load balancer, a target group or a listener", arn)
}

func baseByARN[T entry](c *call, s *shelf[T], k *kind, arn string) (*thing, error) {
	v, err := byARN(c, s, k, &arn)
	if err != nil {
		return nil, err
	}
	return v.base(), nil
}
