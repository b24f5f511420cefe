package provision

import (
	"bytes"
	"context"
	"slices"

	"vpclink/state"
	"vpclink/steps"
)

// cleared takes away what the record stands for when another thing is wanted in its place by now: of kinds whose ID is
// their natural key, such as the target whose instance was made anew, the old one would be left behind. It returns the
// record as it then is.
func (u *up) cleared(ctx context.Context, rec state.Record, wanted state.Settings, seen []steps.Observation) (state.Record, error) {
	is := func(o steps.Observation) bool { return o.ID == rec.ID }
	if !rec.Present() || !rec.Owned || rec.ID == "" || bytes.Equal(rec.Settings, wanted) || slices.ContainsFunc(seen, is) || u.kind(rec.Key).Life().NoUndo {
		return rec, nil
	}
	answers, err := u.observe(ctx, pollerKey{rec.Key.Kind(), rec.Scope}, []state.Record{rec})
	if err != nil {
		return rec, err
	}
	if old, there := pick(rec, u.kind(rec.Key).Life(), answers[0]); !there || old.ID != rec.ID {
		return rec, nil
	}
	u.tell(Event{Name: EventDrifted, Key: rec.Key, ID: rec.ID})
	return u.takeAway(ctx, rec)
}
