package main

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"vpclink/provision"
	"vpclink/words"
)

func newSteps(a *app, g *globals) *cobra.Command {
	return &cobra.Command{
		Use:   "steps [PATTERN]",
		Short: a.say("Show the numbered procedure"),
		Long: a.say(`steps shows the tutorial's numbered procedure of a pattern, or of all of them; with --stack, how far that stack has come
with it. It asks AWS nothing.`),
		Example: `  vpclink steps
  vpclink steps privatelink
  vpclink steps --stack tgw -o json`,
		Args: atMostOnePattern,
		RunE: a.does(g, func(_ context.Context, _ *cobra.Command, args []string) error { return a.steps(g, args) }),
	}
}

func atMostOnePattern(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	return onePattern(cmd, args)
}

// procedureJSON is one pattern's procedure; the states are those of the stack, absent without one.
type procedureJSON struct {
	Pattern string         `json:"pattern"`
	Stack   string         `json:"stack,omitempty"`
	Steps   []numberedJSON `json:"steps"`
}

// What a step is for.
const (
	stepSetup    = "setup"
	stepVerify   = "verify"
	stepOptional = "optional" // in texts alone: what may be left out of the setup
)

type numberedJSON struct {
	Number   string     `json:"number"`
	Title    words.Text `json:"title"`
	Kind     string     `json:"kind"` // setup or verify
	Optional bool       `json:"optional"`
	State    string     `json:"state,omitempty"`
}

func (a *app) steps(g *globals, args []string) error {
	procedures, err := a.procedures(g, args)
	if err != nil {
		return err
	}
	if g.json() {
		return a.printJSON(struct {
			Version    int             `json:"vpclink"`
			Procedures []procedureJSON `json:"procedures"`
		}{formVersion, procedures})
	}
	var parts []string
	for _, p := range procedures {
		parts = append(parts, a.procedureText(p))
	}
	return a.print("%s", strings.Join(parts, "\n"))
}

// procedures are what was asked for: a stack's, a pattern's, or all.
func (a *app) procedures(g *globals, args []string) ([]procedureJSON, error) {
	if g.stack == "" {
		var list []procedureJSON
		for _, p := range provision.Patterns() {
			if len(args) == 0 || args[0] == p.Name {
				list = append(list, procedure(p))
			}
		}
		return list, nil
	}
	dir, err := g.dir(a)
	if err != nil {
		return nil, err
	}
	s, err := choose(dir, g.stack)
	if err != nil {
		return nil, err
	}
	if len(args) > 0 && args[0] != s.pattern.Name {
		return nil, usage("", "stack %s was made with the pattern %s, not %s: leave the pattern out", s.name(), s.pattern.Name, args[0])
	}
	p := procedure(s.pattern)
	p.Stack = s.name()
	for i, st := range s.status().Steps {
		p.Steps[i].State = st.State
	}
	return []procedureJSON{p}, nil
}

func procedure(p provision.Pattern) procedureJSON {
	out := procedureJSON{Pattern: p.Name}
	for _, s := range p.All() {
		kind := stepSetup
		if s.Verify {
			kind = stepVerify
		}
		out.Steps = append(out.Steps, numberedJSON{Number: s.Number, Title: s.Title, Kind: kind, Optional: s.Optional})
	}
	return out
}

func (a *app) procedureText(p procedureJSON) string {
	head, rows := p.Pattern, [][]string{}
	for _, s := range p.Steps {
		kind := s.Kind
		if s.Optional {
			kind = stepOptional
		}
		row := []string{"  " + s.Number, a.own(kind)}
		if p.Stack != "" {
			row = append(row, a.own(s.State))
		}
		rows = append(rows, append(row, a.lang.In(s.Title)))
	}
	if p.Stack != "" {
		head = a.say("%s: pattern %s", p.Stack, p.Pattern)
	}
	return head + "\n" + table(rows)
}
