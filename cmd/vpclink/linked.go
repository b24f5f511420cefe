package main

import (
	"errors"
	"strings"
	"time"

	"vpclink/cmd/vpclink/ui"
	"vpclink/provision"
	"vpclink/state"
	"vpclink/words"
)

// linked tells what an up did.
func (a *app) linked(w *wish, j *state.Journal, plan *provision.Plan, result provision.Result, err error) error {
	kept := keptOf(j.Records(), w.request.Items, plan)
	if err != nil && len(result.Left) > 0 {
		err = &leftError{len(result.Left), err}
	}
	if err != nil {
		err = &runError{
			err: err, pattern: w.pattern, about: w.about(j.Header()), count: ready(j, plan), of: len(plan.Resources),
		}
	}
	if !tells(err) {
		return err
	}
	if w.json() {
		s := statusOf(&stack{Journal: j, pattern: w.pattern}, time.Now())
		s.Result = &resultJSON{
			result.Made, result.Adopted, result.Unchanged, ui.Seconds(result.Took), kept.vpcs, result.Pruned, leftOf(result), append(warned(words.English, plan), unreadIn(words.English, result.Unread)...),
		}
		return errors.Join(err, a.printJSON(s))
	}
	lines := append(kept.lines(a.lang), present(a.pruned(outOf(plan.Prune), result))...)
	lines = append(lines, unreadIn(a.lang, result.Unread)...)
	for _, l := range inOrder(result.Left) {
		lines = append(lines, a.say("left: %s %s: %s", l.Key, l.ID, provision.ReasonIn(a.lang, l.Err)))
	}
	for _, door := range provision.Doors(j.Records()) {
		lines = append(lines, a.say("%s reaches %s at %s:%d (%s)", door.From, door.To, door.Name, door.Port, strings.Join(door.Addresses, ", ")))
	}
	text := strings.Join(append(lines, ""), "\n") + a.expires(j.Expiry()) + skipped(a.lang, plan) + a.rates((&stack{Journal: j, pattern: w.pattern}).billed(time.Now()))
	last := words.Text("Linked %d VPCs with %s: %d made, %d adopted, %d unchanged in %s.\n")
	if err != nil {
		last = "Did not finish linking %d VPCs with %s: %d made, %d adopted, %d unchanged in %s.\n"
	}
	text += a.say(last,
		plan.VPCs(), w.pattern.Name, result.Made, result.Adopted, result.Unchanged, ui.Elapsed(result.Took))
	return errors.Join(err, a.print("%s", text))
}

// unreadIn tells what could not be looked at.
func unreadIn(l words.Language, unread []error) []string {
	var lines []string
	for _, why := range unread {
		lines = append(lines, l.Error(why))
	}
	return lines
}

// skipped tells what of a plan the target cannot do.
func skipped(l words.Language, plan *provision.Plan) string {
	var text strings.Builder
	for _, r := range plan.Resources {
		if r.Skip != nil {
			text.WriteString(l.Say("skipped: %s %s %s: %s\n", r.Key.Step(), r.Key.Kind(), r.Key.Name(), r.Skip))
		}
	}
	return text.String()
}

// ready counts what of a plan is made, or skipped.
func ready(j *state.Journal, plan *provision.Plan) int {
	n := 0
	for _, r := range plan.Resources {
		if rec, ok := j.Record(r.Key); ok && (rec.Phase == state.Ready || rec.Phase == state.Skipped) {
			n++
		}
	}
	return n
}
