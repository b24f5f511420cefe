package main

import (
	"context"
	"errors"
	"fmt"

	"vpclink/cloud"
	"vpclink/cmd/vpclink/ui"
	"vpclink/provision"
	"vpclink/state"
	"vpclink/words"
)

// lift makes what the wish lacks. The stack is locked and its place answers.
func (a *app) lift(ctx context.Context, w *wish, h *held, p *place) error {
	if err := a.catchUp(ctx, w, h, p); err != nil {
		return err
	}
	plan, unread, err := w.laidOut(ctx, p)
	if err != nil {
		return err
	}
	remarks := append(hints(a.lang, plan), warned(a.lang, plan)...)
	if err := a.remark(w, append(remarks, unreadIn(a.lang, unread)...)); err != nil {
		return err
	}
	if err := w.begin(h, p); err != nil {
		return err
	}
	var result provision.Result
	ranErr := a.work(w.globals, h.journal, job{
		command: "up", args: w.args, vpcs: plan.VPCs(),
		do: func(show func(provision.Event)) (err error) {
			runner := p.runner(h.journal.Header(), h.journal, w.tags, show)
			if err := w.expiring(h.journal, runner); err != nil {
				return err
			}
			stoppable, stop := context.WithCancelCause(ctx)
			defer stop(nil)
			if w.stepByStep {
				runner.PauseBetween(a.pausing(w.globals, plan, stop))
			}
			result, err = runner.Up(stoppable, plan)
			return err
		},
		changed: func() bool { return result.Made+result.Adopted+result.Removed > 0 },
	})
	return a.linked(w, h.journal, plan, result, ranErr)
}

// hints say what is worth knowing before a pattern links three VPCs or more.
func hints(l words.Language, plan *provision.Plan) []string {
	if plan.Pattern.Hint == "" || plan.VPCs() < 3 {
		return nil
	}
	return []string{l.Say("hint: %s", plan.Pattern.Hint)}
}

// warned are the warnings of a plan.
func warned(l words.Language, plan *provision.Plan) []string {
	var lines []string
	for _, w := range plan.Warnings {
		lines = append(lines, l.Say("warning: %s", l.Error(w)))
	}
	return lines
}

// remark says something before a run begins. The streams that scripts read have no place for it.
func (a *app) remark(w *wish, lines []string) error {
	if w.progress == ui.Quiet || w.progress == ui.JSON {
		return nil
	}
	for _, line := range lines {
		if _, err := fmt.Fprintln(a.stderr, line); err != nil {
			return err
		}
	}
	return nil
}

// journal is what the stack has recorded, nothing when it is not there.
func (w *wish) journal() provision.Journal {
	if w.continues() {
		return w.old
	}
	return nothingWritten{}
}

// noZone tells a region without the instance type, which another flag mends, from a call that failed.
func noZone(ctx context.Context, err error) error {
	if _, failed := cloud.FaultOf(err); failed || ctx.Err() != nil {
		return err
	}
	return &provision.RefusedError{Err: err}
}

// begin makes the journal of a stack that is not there yet. One that is down is archived.
func (w *wish) begin(h *held, p *place) error {
	if w.continues() {
		return nil
	}
	if h.journal != nil {
		if err := errors.Join(h.journal.Close(), state.Archive(w.dir, w.stack)); err != nil {
			return err
		}
	}
	var err error
	h.journal, err = state.Create(w.dir, state.Header{
		Stack: w.stack, Lineage: newUUID(), Pattern: w.pattern.Name, Target: p.target.Name, Endpoint: p.target.Endpoint,
		Scopes: []state.Scope{p.scope()}, Args: w.args, Program: version,
	})
	return err
}
