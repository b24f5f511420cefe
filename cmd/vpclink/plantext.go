package main

import (
	"fmt"
	"slices"
	"sort"
	"strings"
	"time"

	"vpclink/cmd/vpclink/ui"
	"vpclink/provision"
	"vpclink/state"
	"vpclink/words"
)

// actionOrder is how the actions of one step are told.
var actionOrder = []provision.Action{
	provision.ActionMake, provision.ActionReplace, provision.ActionMend, provision.ActionAdopt, provision.ActionUnchanged, provision.ActionSkip,
}

// actionCounts are what a plan counts.
var actionCounts = map[provision.Action]words.Text{
	provision.ActionMake: "to make", provision.ActionReplace: "to replace", provision.ActionMend: "to mend", provision.ActionAdopt: "to adopt",
	provision.ActionUnchanged: "unchanged", provision.ActionSkip: "skipped",
}

// planText tells a plan:
//
//	tgw on sim, account 000000000000, ap-northeast-1: 41 to make
//
//	0      Create the VPCs, …
//	         make  vpc  a, b, c
func (a *app) planText(f *foresight) string {
	var text strings.Builder
	text.WriteString(a.say("%s on %s, account %s, %s: %s\n", f.stack, f.target.Name, f.scope.Account, f.scope.Region, a.counts(f.preview)))
	text.WriteString(a.expires(f.expiry()))
	for _, step := range f.pattern.All() {
		if step.Verify || step.Optional {
			continue
		}
		fmt.Fprintf(&text, "\n%-6s %s\n", step.Number, a.lang.In(step.Title))
		text.WriteString(table(a.stepRows(f, step.Number)))
	}
	for _, w := range f.warnings(a.lang) {
		fmt.Fprintf(&text, "\n%s\n", w)
	}
	if len(f.preview.Path) > 0 {
		text.WriteString(a.say("\nEach begins as soon as what it needs is ready. The longest way takes about %s:\n", f.takes()))
		var way []string
		for _, key := range f.preview.Path {
			way = append(way, key.Step()+" "+key.Kind()+" "+key.Name())
		}
		fmt.Fprintf(&text, "  %s\n", strings.Join(way, " → "))
	}
	text.WriteString("\n" + a.rates(f.bill()))
	return text.String()
}

// counts sums up: "21 to make, 41 unchanged".
func (a *app) counts(p provision.Preview) string {
	var parts []string
	for _, action := range actionOrder {
		if n := p.Count(action); n > 0 {
			parts = append(parts, a.say("%d %s", n, actionCounts[action]))
		}
	}
	if n := len(p.Prune); n > 0 {
		parts = append(parts, a.say("%d to remove", n))
	}
	return strings.Join(parts, ", ")
}

// stepRows are the resources of one step, those of one kind and action together.
func (a *app) stepRows(f *foresight, number string) [][]string {
	names := map[[2]string][]string{} // by action and kind
	var order [][2]string
	for _, r := range f.plan.Resources {
		if r.Key.Step() != number {
			continue
		}
		at := [2]string{string(f.preview.Actions[r.Key]), r.Key.Kind()}
		if names[at] == nil {
			order = append(order, at)
		}
		names[at] = append(names[at], r.Key.Name())
	}
	place := func(i int) int { return slices.Index(actionOrder, provision.Action(order[i][0])) }
	sort.SliceStable(order, func(i, j int) bool { return place(i) < place(j) })
	var rows [][]string
	for _, at := range order {
		rows = append(rows, []string{"      ", a.own(at[0]), at[1], nameList(a.lang, names[at])})
	}
	return append(rows, a.removals(f.preview.Prune, number)...)
}

// warnings are what to know before up.
func (f *foresight) warnings(l words.Language) []string {
	list := append(hints(l, f.plan), warned(l, f.plan)...)
	list = append(list, unreadIn(l, f.unread)...)
	list = append(list, unreadIn(l, f.preview.Unread)...)
	list = append(list, f.kept.lines(l)...)
	if text := skipped(l, f.plan); text != "" {
		list = append(list, strings.TrimRight(text, "\n"))
	}
	return list
}

// expiry is when the stack may be taken away once it is as planned.
func (f *foresight) expiry() state.Expiry {
	switch {
	case f.expires != nil:
		return *f.expires
	case f.continues():
		return f.old.Expiry()
	}
	return state.Expiry{}
}

// bill is what the stack costs once it is as planned.
func (f *foresight) bill() bill {
	return planned(f.plan, f.preview, f.scope.Region, f.target.Name == targetAWS)
}

// takes is the longest way in the time of whoever waits for it.
func (f *foresight) takes() string {
	return ui.Elapsed(f.target.Scaled(f.preview.Takes).Round(time.Second / 10))
}

// planJSON is the result of plan: the stack as status tells it, with what up would do about each resource.
type planJSON struct {
	*statusJSON
	Plan foreseenJSON `json:"plan"`
}

type foreseenJSON struct {
	Make      int         `json:"make"`
	Replace   int         `json:"replace"`
	Adopt     int         `json:"adopt"`
	Unchanged int         `json:"unchanged"`
	Seconds   float64     `json:"seconds"` // along the longest way
	Path      []state.Key `json:"path"`
	Warnings  []string    `json:"warnings"`
	Prune     []state.Key `json:"prune,omitempty"` // what --prune would take away, in order
}

func planOf(f *foresight) planJSON {
	out := planJSON{statusJSON: &statusJSON{
		Version: formVersion, Stack: f.stack, Pattern: f.pattern.Name, Target: f.target.Name, State: provision.StackDown, Steps: []stepJSON{},
	}}
	have := map[state.Key]resourceJSON{}
	if f.continues() {
		out.statusJSON = statusOf(&stack{Journal: f.old, pattern: f.pattern}, time.Now())
		for _, r := range out.Resources {
			have[r.Key] = r
		}
	} else {
		for _, s := range f.pattern.Status(nil, true).Steps {
			out.Steps = append(out.Steps, stepJSON(s))
		}
	}
	spent := out.Cost
	if out.Cost = f.bill().json(); spent != nil {
		out.Cost.Spent = spent.Spent
	}
	out.Expires = f.expiry().At
	out.Resources = []resourceJSON{}
	for _, r := range f.plan.Resources {
		row, ok := have[r.Key]
		if !ok {
			row = resourceJSON{
				Key: r.Key, Step: r.Key.Step(), Kind: r.Key.Kind(), Name: r.Key.Name(),
				Account: f.scope.Account, Region: f.scope.Region, Out: map[string]string{},
			}
		}
		if row.Action = f.preview.Actions[r.Key]; row.Action == provision.ActionMend {
			row.Action, row.InPlace = provision.ActionReplace, true
		}
		out.Resources = append(out.Resources, row)
	}
	out.Plan = foreseenJSON{
		Make: f.preview.Count(provision.ActionMake), Replace: f.preview.Count(provision.ActionReplace) + f.preview.Count(provision.ActionMend), Adopt: f.preview.Count(provision.ActionAdopt),
		Unchanged: f.preview.Count(provision.ActionUnchanged), Seconds: f.target.Scaled(f.preview.Takes).Seconds(),
		Path: append([]state.Key{}, f.preview.Path...), Warnings: append([]string{}, f.warnings(words.English)...),
		Prune: f.preview.Prune,
	}
	return out
}
