package main

import (
	"context"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"vpclink/state"
	"vpclink/words"
)

func newStatus(a *app, g *globals) *cobra.Command {
	return &cobra.Command{
		Use:   "status",
		Short: a.say("Say how a stack stands"),
		Long: a.say(`status says how a stack stands by its record: every numbered step, and every resource with its phase and ID.
It asks AWS nothing.`) + a.costHelp(),
		Example: `  vpclink status
  vpclink status --stack tgw -o json`,
		Args: noArgs,
		RunE: a.does(g, func(context.Context, *cobra.Command, []string) error { return a.status(g) }),
	}
}

func (a *app) status(g *globals) error {
	dir, err := g.dir(a)
	if err != nil {
		return err
	}
	s, err := choose(dir, g.stack)
	if err != nil {
		return err
	}
	if g.json() {
		return a.printJSON(statusOf(s, time.Now()))
	}
	return a.print("%s", a.statusText(s))
}

func (a *app) statusText(s *stack) string {
	h, st := s.Header(), s.status()
	scope := s.scope()
	text := a.say("%s is %s: pattern %s on %s, account %s, %s\n", h.Stack, a.own(st.State), h.Pattern, h.Target, scope.Account, scope.Region)
	if names := s.vpcs(); len(names) > 0 {
		blocks := s.cidrs()
		for i, name := range names {
			if cidr := blocks[name]; cidr != "" {
				names[i] += " " + cidr
			}
		}
		text += a.say("VPCs: %s\n", strings.Join(names, ", "))
	}
	b := s.billed(time.Now())
	text += a.standing(b)
	rows := [][]string{a.row("STEP", "STATE", "TITLE")}
	for _, step := range st.Steps {
		rows = append(rows, []string{step.Number, a.own(step.State), a.lang.In(step.Title)})
	}
	text += "\n" + table(rows)
	if len(st.Resources) == 0 {
		return text
	}
	rows = [][]string{a.row("RESOURCE", "PHASE", "ID")}
	for _, rec := range st.Resources {
		rows = append(rows, []string{string(rec.Key), a.own(string(rec.Phase)), rec.ID, a.remarkOn(rec)})
	}
	return text + "\n" + table(rows)
}

// remarkOn is what is to be said of a resource beside its phase.
func (a *app) remarkOn(rec state.Record) string {
	switch {
	case rec.Reason != "":
		line, _, _ := strings.Cut(rec.Reason, "\n")
		return a.lang.In(words.Text(line)) // as far as it is not AWS's own
	case rec.Phase == state.Ready && !rec.Owned:
		return a.say("not made by vpclink")
	}
	return ""
}

// scope is where the stack is, empty when its record does not say.
func (s *stack) scope() state.Scope {
	if scopes := s.Header().Scopes; len(scopes) > 0 {
		return scopes[0]
	}
	return state.Scope{}
}
