package provision

import (
	"context"
	"maps"

	"vpclink/state"
	"vpclink/steps"
)

// late fills in what kinds like an endpoint tell only once something else has been done with them: the acceptance comes
// after the endpoint, and its names after that. One look per kind and scope, and none when nothing is missing.
func (u *up) late(ctx context.Context, plan *Plan) error {
	ask := map[pollerKey][]state.Record{}
	for _, res := range plan.Resources {
		rec, _ := u.Journal.Record(res.Key)
		if _, late := u.kind(res.Key).(steps.Late); late && rec.Phase == state.Ready && len(rec.Out) == 0 {
			at := pollerKey{res.Key.Kind(), res.Scope}
			ask[at] = append(ask[at], rec)
		}
	}
	for at, recs := range ask {
		answers, err := u.observe(ctx, at, recs)
		if err != nil {
			return err
		}
		for i, rec := range recs {
			it, there := pick(rec, u.kind(rec.Key).Life(), answers[i])
			if !there || maps.Equal(rec.Out, it.Out) {
				continue
			}
			rec.Out = it.Out
			if _, err := u.append(rec); err != nil {
				return err
			}
		}
	}
	return nil
}
