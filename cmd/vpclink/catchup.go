package main

import (
	"context"

	"vpclink/provision"
	"vpclink/state"
)

// catchUp holds the record of a stack against what AWS holds of it: it may be an older copy, put back after the folder of
// the state was lost. A stack of which the record knows nothing, and AWS something, goes on.
func (a *app) catchUp(ctx context.Context, w *wish, h *held, p *place) error {
	if w.old == nil {
		return nil
	}
	was, cut := w.old.Header(), cutOff(w.old.Runs())
	_, known := provision.Find(was.Pattern)
	here := was.Target == p.target.Name && p.sameAccount(was) == nil && (len(was.Scopes) == 0 || was.Scopes[0].Region == p.Region)
	if w.old.Down() && lastRunDone(w.old.Runs()) || !known || !here {
		return nil
	}
	n, err := p.runner(was, h.journal, nil, nil).CatchUp(ctx, cut)
	if err != nil || n == 0 {
		return err
	}
	if was.Pattern != w.pattern.Name {
		return usage(w.next("down", "--stack", was.Stack), "stack %s was made with the pattern %s, not %s: give another --stack, or take it down first", was.Stack, was.Pattern, w.pattern.Name)
	}
	w.old = h.journal
	return a.remark(w, []string{a.say("the record of %s is older than the stack: %d things were found by their tags", was.Stack, n)})
}

// cutOff reports whether the last run did not come to its end, or not into this copy of the record.
func cutOff(runs []state.Run) bool { return len(runs) == 0 || runs[len(runs)-1].Outcome == "" }
