package steps

import (
	"context"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"
	elbtypes "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2/types"

	"vpclink/cloud"
	"vpclink/state"
)

// ELB is the sum of what the kinds ask of Elastic Load Balancing, version 2.
type ELB interface {
	targetGroupAPI
	targetAPI
	nlbAPI
	nlbCrossZoneAPI
	listenerAPI
	elbTagsAPI
}

type elbTagsAPI interface {
	DescribeTags(context.Context, *elb.DescribeTagsInput, ...func(*elb.Options)) (*elb.DescribeTagsOutput, error)
	AddTags(context.Context, *elb.AddTagsInput, ...func(*elb.Options)) (*elb.AddTagsOutput, error)
}

// What ELBv2 makes has no ID but an ARN, and a name that is unique in its region. Creates are idempotent by settings
// (aws-facts §0.3), so two stacks would share what has one name: names carry the lineage.

// elbTagged are the tags of a record in ELBv2's form.
func (e Env) elbTagged(rec state.Record) []elbtypes.Tag { return elbForm(e.tags(rec)) }

func elbForm(tags []types.Tag) []elbtypes.Tag {
	var list []elbtypes.Tag
	for _, t := range tags {
		list = append(list, elbtypes.Tag{Key: t.Key, Value: t.Value})
	}
	return list
}

// elbTagsMost is the most resources of which one call tells the tags.
const elbTagsMost = 20

// elbTags adds the tags of these resources, by ARN, in the form that all other kinds have. One that has gone since it was
// listed fails the call for all; then each is asked for by itself.
func elbTags(ctx context.Context, api elbTagsAPI, arns []string, tags map[string][]types.Tag) error {
	for chunk := range slices.Chunk(arns, elbTagsMost) {
		out, err := api.DescribeTags(ctx, &elb.DescribeTagsInput{ResourceArns: chunk})
		switch {
		case cloud.MeaningOf(err) == cloud.NotFound && len(chunk) == 1:
			continue
		case cloud.MeaningOf(err) == cloud.NotFound:
			for i := range chunk {
				if err := elbTags(ctx, api, chunk[i:i+1], tags); err != nil {
					return err
				}
			}
			continue
		case err != nil:
			return err
		}
		for _, d := range out.TagDescriptions {
			arn := aws.ToString(d.ResourceArn)
			tags[arn] = nil // one that has none is there
			for _, t := range d.Tags {
				tags[arn] = append(tags[arn], types.Tag{Key: t.Key, Value: t.Value})
			}
		}
	}
	return nil
}

// elbThing is a thing of ELBv2 together with its tags, which AWS tells in a call of their own.
type elbThing[T any] struct {
	it   T
	tags []types.Tag
}

func (t elbThing[T]) ownTags() []types.Tag { return t.tags }

// withELBTags returns those of the things that have a name of ours or that the journal knows by ARN. Tags are asked for
// only where there is nothing but the name: what is in the journal is ours without them.
func withELBTags[T any](ctx context.Context, env Env, list []T, known []string, name, arn func(T) string) ([]elbThing[T], error) {
	var unknown []string
	for _, t := range list {
		if env.named(name(t)) && !slices.Contains(known, arn(t)) {
			unknown = append(unknown, arn(t))
		}
	}
	tags := map[string][]types.Tag{}
	if err := elbTags(ctx, env.ELB, unknown, tags); err != nil {
		return nil, err
	}
	var all []elbThing[T]
	for _, t := range list {
		if env.named(name(t)) || slices.Contains(known, arn(t)) {
			all = append(all, elbThing[T]{t, tags[arn(t)]})
		}
	}
	return all, nil
}

// named reports whether a name is one that this stack gives to what needs a unique name.
func (e Env) named(name string) bool { return strings.HasPrefix(name, e.namePrefix()) }

// elbPaginator is what the paginators of ELBv2's client have in common.
type elbPaginator[O any] interface {
	HasMorePages() bool
	NextPage(context.Context, ...func(*elb.Options)) (*O, error)
}

// elbPages drains a paginator of ELBv2's client.
func elbPages[O, T any](ctx context.Context, p elbPaginator[O], items func(*O) []T) ([]T, error) {
	var all []T
	for p.HasMorePages() {
		page, err := p.NextPage(ctx)
		if err != nil {
			return nil, err
		}
		all = append(all, items(page)...)
	}
	return all, nil
}
