package main

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"vpclink/provision"
	"vpclink/state"
	"vpclink/steps"
	"vpclink/words"
)

// drift is in what AWS shows the resources of a stack otherwise than recorded; nil when it was not asked.
type drift map[state.Key][]steps.Field

// driftJSON is one such difference.
type driftJSON struct {
	Field   words.Text `json:"field"`
	Is      string     `json:"is"`
	Wanted  string     `json:"wanted"`
	Foreign bool       `json:"foreign,omitempty"` // somebody else put it there, and vpclink leaves it alone
}

// drift asks AWS.
func (a *app) drift(ctx context.Context, g *globals, flags *pflag.FlagSet, dir string, s *stack) (drift, error) {
	if err := g.goTo(s.Header(), flags); err != nil {
		return nil, err
	}
	recall(flags, s.Journal)
	var found drift
	err := a.at(ctx, g, dir, func(p *place) (err error) {
		if err = p.sameAccount(s.Header()); err == nil {
			found, err = p.runner(s.Header(), s.Journal, nil, func(provision.Event) {}).Live(ctx)
		}
		return err
	})
	return found, err
}

// into puts the differences into the rows of a status.
func (d drift) into(out *statusJSON) *statusJSON {
	if d == nil {
		return out
	}
	for i, row := range out.Resources {
		list := []driftJSON{}
		for _, f := range d[row.Key] {
			list = append(list, driftJSON{f.Name, f.Have, f.Want, f.Foreign})
		}
		out.Resources[i].Drift = &list
	}
	return out
}

// driftText tells them in a table; "" when AWS was not asked.
func (a *app) driftText(d drift, of int) string {
	if d == nil {
		return ""
	}
	rows := [][]string{a.row("RESOURCE", "FIELD", "IS", "WANTED")}
	resources := 0
	for _, key := range slices.Sorted(maps.Keys(d)) {
		if len(d[key]) > 0 {
			resources++
		}
		for _, f := range d[key] {
			rows = append(rows, []string{string(key), a.lang.In(f.Name), a.valued(f.Have), a.wanted(f)})
		}
	}
	if resources == 0 {
		return "\n" + a.say("AWS shows everything as recorded.\n")
	}
	return "\n" + a.say("%d of %d are not as recorded:\n", resources, of) + table(rows)
}

// valued tells a value, where there may be none or one of our own words.
func (a *app) valued(value string) string {
	if strings.TrimSpace(value) == "" {
		return steps.OrNone(a.lang, "")
	}
	return a.own(value)
}

func (a *app) wanted(f steps.Field) string {
	switch {
	case f.Foreign && f.Want == "":
		return a.say("not made by vpclink")
	case f.Foreign:
		return a.say("%s, and is left", f.Want)
	}
	return a.valued(f.Want)
}
