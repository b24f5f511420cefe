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
	var ask []state.Record
	for _, res := range plan.Resources {
		rec, _ := u.Journal.Record(res.Key)
		if _, late := u.kind(res.Key).(steps.Late); late && rec.Phase == state.Ready && len(rec.Out) == 0 {
			ask = append(ask, rec)
		}
	}
	return u.observeEach(ctx, ask, func(rec state.Record, seen []steps.Observation) error {
		it, there := pick(rec, u.kind(rec.Key).Life(), seen)
		if !there || maps.Equal(rec.Out, it.Out) {
			return nil
		}
		rec.Out = it.Out
		_, err := u.append(rec)
		return err
	})
}
