package main

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"vpclink/state"
	"vpclink/words"
)

func newStatus(a *app, g *globals) *cobra.Command {
	t, live := &tagFlags{}, false
	cmd := &cobra.Command{
		Use:   "status",
		Short: a.say("Say how a stack stands"),
		Long: a.say(`status says how a stack stands by its record: every numbered step, and every resource with its phase and ID.
It asks AWS nothing, unless --live is given: then it tells in what AWS shows each otherwise than recorded, field by field,
and what others put into things of the stack. up mends what vpclink made.`) + "\n\n" + a.say(`With --from-tags it says what AWS holds of the stack, by the tags of what was made and what hangs on that, in the account
and region that the flags lead to. It needs no record, and writes none. What was made in the last seconds may be hidden.`) + a.costHelp(),
		Example: `  vpclink status
  vpclink status --stack tgw -o json
  vpclink status --live
  vpclink status --from-tags --region ap-northeast-1`,
		Args: noArgs,
		RunE: a.does(g, func(ctx context.Context, cmd *cobra.Command, _ []string) error {
			switch err := t.check("status", cmd.Flags()); {
			case err != nil:
				return err
			case t.fromTags:
				return a.statusFromTags(ctx, g, t)
			}
			return a.status(ctx, g, cmd.Flags(), live)
		}),
	}
	cmd.Flags().BoolVar(&live, "live", false, a.say("ask AWS, and tell what is not as recorded"))
	t.registerFromTags(cmd.Flags(), a.say("find the stack by its tags, without its record"))
	t.registerLineage(cmd.Flags(), a.lang)
	return cmd
}

// statusFromTags tells how a stack stands without its record.
func (a *app) statusFromTags(ctx context.Context, g *globals, t *tagFlags) error {
	dir, err := g.dir(a)
	if err != nil {
		return err
	}
	var s *stack
	err = a.at(ctx, g, dir, func(p *place) (err error) {
		s, err = p.chosen(ctx, g.stack, t.lineage)
		return err
	})
	if err != nil {
		return err
	}
	return a.showStatus(g, s, drift{})
}

func (a *app) status(ctx context.Context, g *globals, flags *pflag.FlagSet, live bool) error {
	dir, err := g.dir(a)
	if err != nil {
		return err
	}
	s, err := choose(dir, g.stack)
	if err != nil {
		return err
	}
	var found drift
	if live {
		if found, err = a.drift(ctx, g, flags, dir, s); found == nil {
			return err
		}
	}
	return errors.Join(err, a.showStatus(g, s, found))
}

func (a *app) showStatus(g *globals, s *stack, found drift) error {
	if g.json() {
		return a.printJSON(found.into(statusOf(s, time.Now())))
	}
	return a.print("%s", visible(a.statusText(s)+a.driftText(found, len(s.status().Resources))))
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
	text += a.expires(s.expires()) + a.standing(b)
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
