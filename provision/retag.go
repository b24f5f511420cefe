package provision

import (
	"context"
	"slices"
	"time"

	"vpclink/state"
	"vpclink/steps"
	"vpclink/waiters"
)

// Retag is a change of the tags that everything of a stack carries. Begin is called before the first of them is changed,
// Done when all are: in between a run may be cut off, and the next one has to do it again.
type Retag struct{ Begin, Done func() error }

// retagLimit is how long tagging may take at most. AWS does it at once.
const retagLimit = 5 * time.Minute

// retag gives what is there the tags that it shall carry. What AWS does not show any more is made anew with them; what
// was made a moment ago may be hidden, and is tried again until it must have shown.
func (r *Runner) retag(ctx context.Context) error {
	if r.Retag == nil {
		return nil
	}
	todo := make([][]state.Record, len(r.Envs))
	for _, rec := range r.Journal.Records() {
		if rec.Owned && rec.ID != "" && (rec.Phase == state.Created || rec.Phase == state.Ready) {
			todo[rec.Scope] = append(todo[rec.Scope], rec)
		}
	}
	if err := r.Retag.Begin(); err != nil {
		return err
	}
	for scope, recs := range todo {
		if err := r.retagEach(ctx, r.Envs[scope], recs); err != nil {
			return err
		}
	}
	return r.Retag.Done()
}

func (r *Runner) retagEach(ctx context.Context, env steps.Env, recs []state.Record) error {
	aim := waiters.Aim{ID: steps.TagExpires, Wanted: "AWS to take it"}
	return r.patient(ctx, retagLimit, aim, func(ctx context.Context) error {
		missing, err := steps.Retag(ctx, env, recs)
		if err != nil {
			return err
		}
		recs = slices.DeleteFunc(missing, func(rec state.Record) bool { return !time.Now().Before(r.shownBy(rec)) })
		if len(recs) > 0 {
			return waiters.ErrNotYet
		}
		return nil
	})
}
