package steps

import (
	"context"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"

	"vpclink/state"
	"vpclink/words"
)

const tagsField words.Text = "tags"

// identity are the tags by which a thing is known to be ours, and is found again without a journal.
func (e Env) identity(rec state.Record) []types.Tag {
	return []types.Tag{
		{Key: aws.String(TagStack), Value: aws.String(e.Stack.Name)},
		{Key: aws.String(TagLineage), Value: aws.String(e.Stack.Lineage)},
		{Key: aws.String(TagPattern), Value: aws.String(e.Stack.Pattern)},
		{Key: aws.String(TagKey), Value: aws.String(string(rec.Key))},
	}
}

// untagged is where the tags of a thing of ours are not those that make it ours. Emulators do not keep the tags of
// everything; there a thing without any says nothing.
func (e Env) untagged(rec state.Record, have []types.Tag) []Field {
	if len(have) == 0 && e.Target.Caps != nil {
		return nil
	}
	var want, other []string
	for _, t := range e.identity(rec) {
		if got := tag(have, *t.Key); got != *t.Value {
			want = append(want, *t.Key+"="+*t.Value)
			if got != "" {
				other = append(other, *t.Key+"="+got)
			}
		}
	}
	return mends(differ(tagsField, "", strings.Join(want, ", "), strings.Join(other, ", ")))
}

// retag puts those tags back.
func (e Env) retag(ctx context.Context, rec state.Record) error {
	if slices.Contains(taggedByELB, rec.Key.Kind()) {
		_, err := e.ELB.AddTags(ctx, &elb.AddTagsInput{ResourceArns: []string{rec.ID}, Tags: elbForm(e.identity(rec))})
		return codes{}.taken(err)
	}
	var api tagsAPI = e.EC2
	_, err := api.CreateTags(ctx, &ec2.CreateTagsInput{Resources: []string{rec.ID}, Tags: e.identity(rec)})
	return codes{}.taken(err)
}
