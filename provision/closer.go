package provision

import (
	"context"
	"maps"

	"vpclink/state"
	"vpclink/steps"
)

// lookCloser finds in what things of ours are not as they were made that no list shows: for what up puts back alone, or for
// all. Things that are being made are not asked about.
func (r *Runner) lookCloser(ctx context.Context, recs []state.Record, all bool) (map[state.Key][]steps.Field, error) {
	ask := map[int][]state.Record{}
	for _, rec := range recs {
		if there := rec.Phase == state.Ready || rec.Phase == state.Created; there && rec.Owned && rec.ID != "" {
			ask[rec.Scope] = append(ask[rec.Scope], rec)
		}
	}
	found := map[state.Key][]steps.Field{}
	for scope, some := range ask {
		fields, err := steps.Unlisted(ctx, r.Envs[scope], some, all)
		if err != nil {
			return nil, err
		}
		maps.Copy(found, fields)
	}
	return found, nil
}
