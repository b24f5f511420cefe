package steps

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"
	elbtypes "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2/types"

	"vpclink/state"
)

// Tags cost calls of their own: they are asked for only of what has a name of ours and is not in the journal.
func TestELBTagsAreAskedOfWhatNeedsThem(t *testing.T) {
	const key state.Key = "1.3.1/target-group/a"
	group := func(n int, name string) elbtypes.TargetGroup {
		return elbtypes.TargetGroup{TargetGroupArn: new(fmt.Sprintf("arn-%d", n)), TargetGroupName: &name}
	}
	for _, test := range []struct {
		name  string
		id    string
		shown []elbtypes.TargetGroup
		want  []string
	}{
		{name: "nothing there"},
		{name: "strangers' only", shown: []elbtypes.TargetGroup{group(1, theirName), group(2, "web")}},
		{name: "our name among others", shown: []elbtypes.TargetGroup{group(1, "web"), group(2, ourName)}, want: []string{"arn-2"}},
		{name: "in the journal", id: "arn-2", shown: []elbtypes.TargetGroup{group(1, theirName), group(2, ourName)}},
		{name: "one of two in the journal", id: "arn-2", shown: []elbtypes.TargetGroup{group(1, ourName), group(2, ourName)}, want: []string{"arn-1"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			aws := &targetGroupCalls{}
			aws.targetGroups.things = test.shown
			seen(t, KindTargetGroup, aws, record(t, key, test.id, inVPCAt3389()))
			same(t, "all listed, and the tags of these asked for", [][]string{{"everything"}, test.want}, [][]string{aws.targetGroups.asked, aws.tagsAsked})
		})
	}
	many := &targetGroupCalls{}
	for n := range 45 {
		many.targetGroups.things = append(many.targetGroups.things, group(n, ourName))
	}
	seen(t, KindTargetGroup, many, record(t, key, "", inVPCAt3389()))
	same(t, "at most 20 in a question", []string{strings.Repeat("*", 20), strings.Repeat("*", 20), strings.Repeat("*", 5)}, many.tagsAsked)
}

// Nobody else's tags are read as ours.
func TestELBTags(t *testing.T) {
	aws := &balancers{tags: map[string][]elbtypes.Tag{"arn-1": elbOurs("1.3.1/target-group/a"), "arn-2": {{Key: new("Name"), Value: new("web")}}}}
	got := map[string][]types.Tag{}
	if err := elbTags(t.Context(), aws, []string{"arn-1", "arn-2", "arn-3"}, got); err != nil {
		t.Fatal(err)
	}
	same(t, "each thing's own tags", []string{"1.3.1/target-group/a", "", ""}, []string{
		string(here(nil).owner(got["arn-1"])), string(here(nil).owner(got["arn-2"])), string(here(nil).owner(got["arn-3"])),
	})
}

// One that went between the list and the question fails the call for all: the others' tags are read all the same.
func TestTagsOfWhatHasJustGone(t *testing.T) {
	aws := &vanishing{balancers: balancers{tags: map[string][]elbtypes.Tag{"arn-1": elbOurs("1.3.1/target-group/a")}}, gone: "arn-2"}
	got := map[string][]types.Tag{}
	if err := elbTags(t.Context(), aws, []string{"arn-2", "arn-1"}, got); err != nil {
		t.Fatal(err)
	}
	if key := here(nil).owner(got["arn-1"]); key != "1.3.1/target-group/a" || got["arn-2"] != nil {
		t.Errorf("want the tags of the one that is there, got %v", got)
	}
}

// vanishing fails every question about the one that is gone.
type vanishing struct {
	balancers
	gone string
}

func (v *vanishing) DescribeTags(ctx context.Context, in *elb.DescribeTagsInput, opts ...func(*elb.Options)) (*elb.DescribeTagsOutput, error) {
	if slices.Contains(in.ResourceArns, v.gone) {
		return nil, refused("DescribeTags", "LoadBalancerNotFound")
	}
	return v.balancers.DescribeTags(ctx, in, opts...)
}

// A look that failed is not one that found nothing: what is there would be made again, or believed gone.
func TestPrivateLinkLooksThatFail(t *testing.T) {
	no := refused("Describe", "AccessDenied")
	nlb := state.Record{Key: nlbA, ID: nlbARN}
	for name, test := range map[string]struct {
		rec  state.Record
		fail func(*nlbCalls)
	}{
		"target groups": {state.Record{Key: targetGroupA}, func(aws *nlbCalls) { aws.targetGroups.err = no }},
		"tags of target groups": {state.Record{Key: targetGroupA}, func(aws *nlbCalls) {
			aws.targetGroups.things = []elbtypes.TargetGroup{{TargetGroupArn: &groupARN, TargetGroupName: new(ourName)}}
			aws.tagsErr = no
		}},
		"load balancers": {nlb, func(aws *nlbCalls) { aws.nlbs.err = no }},
		"tags of load balancers": {state.Record{Key: nlbA}, func(aws *nlbCalls) {
			aws.nlbs.things = []elbtypes.LoadBalancer{balancer(nlbARN, ourName, "active")}
			aws.tagsErr = no
		}},
		"services":                  {state.Record{Key: serviceA}, func(aws *nlbCalls) { aws.services.err = no }},
		"endpoints":                 {state.Record{Key: endpointBA}, func(aws *nlbCalls) { aws.endpoints.err = no }},
		"endpoints to be accepted":  {state.Record{Key: acceptBA}, func(aws *nlbCalls) { aws.endpoints.err = no }},
		"interfaces of what drains": {state.Record{Key: nlbA, ID: nlbARN, Phase: state.Deleting}, func(aws *nlbCalls) { aws.interfaces.err = no }},
	} {
		aws := &nlbCalls{}
		test.fail(aws)
		if found, err := Kinds()[test.rec.Key.Kind()].Observe(t.Context(), here(aws), []state.Record{test.rec}); !errors.Is(err, no) {
			t.Errorf("%s: want AWS's answer handed on, got %+v and %v", name, found, err)
		}
	}
}
