package steps

import (
	"context"
	"errors"
	"maps"
	"slices"
	"sync"

	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"vpclink/cloud"
	"vpclink/state"
	"vpclink/words"
)

// unlisted is what AWS tells of a thing only when it is asked for that one alone.
type unlisted struct {
	ask  func(context.Context, Env, state.Record) ([]Field, error)
	told bool // nothing of it is put back
}

// unlisteds are asked for by kind. Tags of load balancing are told of several things a call, and not here.
var unlisteds = map[string]unlisted{
	KindVPC:         {ask: vpcAttributes},
	KindInstance:    {ask: protections, told: true},
	KindTargetGroup: {ask: targetGroupAttributes},
	KindNLB:         {ask: nlbAttributes, told: true},
}

// Unlisted returns in what things of ours are not as they were made, by key, as far as no list shows it: for what can be put back
// alone, or for all. It costs a call for each thing. One that is not there, or on its way out, differs in nothing: that
// the list tells. Unread are the first refusals of each action for want of a permission.
func Unlisted(ctx context.Context, env Env, recs []state.Record, all bool) (found map[state.Key][]Field, unread []error, err error) {
	fields := make([][]Field, len(recs))
	errs := make([]error, len(recs), len(recs)+1)
	var asked sync.WaitGroup
	for i, rec := range recs {
		u, ok := unlisteds[rec.Key.Kind()]
		if !ok || u.told && !all {
			continue
		}
		asked.Go(func() { fields[i], errs[i] = u.ask(ctx, env, rec) })
	}
	asked.Wait()
	tags, err := elbUntagged(ctx, env, recs)
	if unread, err = env.readable(append(errs, err)); err != nil {
		return nil, nil, words.Errorf("looking at attributes: %w", err)
	}
	found = map[state.Key][]Field{}
	for i, rec := range recs {
		if differs := append(fields[i], tags[rec.Key]...); len(differs) > 0 {
			found[rec.Key] = differs
		}
	}
	return found, unread, nil
}

// readable tells errors that are no answer apart: what is not there, what this server does not have, and what may not be
// read. Of the rest, as of that, it returns the first of each action: what ails one call mostly ails all.
func (e Env) readable(errs []error) (unread []error, err error) {
	var failed []error
	told := map[string]bool{}
	for _, err := range errs {
		fault, _ := cloud.FaultOf(err)
		switch meaning := cloud.MeaningOf(err); {
		case err == nil, meaning == cloud.NotFound, meaning == cloud.WrongState:
		case e.Target.Caps != nil && (meaning == cloud.Unsupported || Unclear(err)):
		case told[fault.Action]:
		case meaning == cloud.Denied:
			unread = append(unread, words.Errorf("what somebody changed may stay unseen: %w", err))
			told[fault.Action] = true
		default:
			failed = append(failed, err)
			told[fault.Action] = true
		}
	}
	return unread, errors.Join(failed...)
}

// elbUntagged is where the tags of things of load balancing are not those that make them ours. They are ours in the
// journal whatever their tags say, so a look at them does not ask for these.
func elbUntagged(ctx context.Context, env Env, recs []state.Record) (map[state.Key][]Field, error) {
	keys := map[string]state.Record{}
	for _, rec := range recs {
		if slices.Contains(taggedByELB, rec.Key.Kind()) {
			keys[rec.ID] = rec
		}
	}
	tags := map[string][]types.Tag{}
	if err := elbTags(ctx, env.ELB, slices.Sorted(maps.Keys(keys)), tags); err != nil {
		return nil, err
	}
	fields := map[state.Key][]Field{}
	for arn, list := range tags { // what is not there has none
		fields[keys[arn].Key] = env.untagged(keys[arn], list)
	}
	return fields, nil
}
