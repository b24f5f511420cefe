package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"vpclink/state"
	"vpclink/words"
)

func newList(a *app, g *globals) *cobra.Command {
	return &cobra.Command{
		Use:   "list",
		Short: a.say("List all stacks"),
		Long:  a.say("list shows every stack in the folder of the state, those that are down as well. It asks AWS nothing.") + a.costHelp(),
		Example: `  vpclink list
  vpclink list -o json`,
		Args: noArgs,
		RunE: a.does(g, func(context.Context, *cobra.Command, []string) error { return a.list(g) }),
	}
}

func (a *app) list(g *globals) error {
	dir, err := g.dir(a)
	if err != nil {
		return err
	}
	names, err := state.Stacks(dir)
	if err != nil {
		return err
	}
	all := listJSON{Version: formVersion, Stacks: []stackJSON{}}
	var unread []error
	for _, name := range names {
		s, err := readStack(dir, name)
		if err != nil { // one that cannot be read hides no other
			unread = append(unread, words.Errorf("%s is not listed: %w", name, err))
			continue
		}
		h := s.Header()
		vpcs := s.vpcs()
		if vpcs == nil { // a list in JSON is never null
			vpcs = []string{}
		}
		all.Stacks = append(all.Stacks, stackJSON{h.Stack, h.Lineage, h.Pattern, h.Target, s.status().State, vpcs, h.Created, s.billed(time.Now()).json()})
	}
	if len(all.Stacks) == 0 && unread != nil {
		return errors.Join(unread...)
	}
	for _, err := range unread {
		if _, err := fmt.Fprintln(a.stderr, a.lang.Error(err)); err != nil {
			return err
		}
	}
	if g.json() {
		return a.printJSON(all)
	}
	if len(all.Stacks) == 0 {
		return a.print("There is no stack in %s.\n", visible(dir))
	}
	rows := [][]string{a.row("STACK", "STATE", "PATTERN", "TARGET", "VPCS", "CREATED", "USD SO FAR")}
	for _, s := range all.Stacks {
		rows = append(rows, []string{s.Stack, a.own(s.State), s.Pattern, s.Target, strings.Join(s.VPCs, ","), s.Created.Format("2006-01-02 15:04"), a.soFar(s.Cost)})
	}
	return a.print("%s", listTable(rows)+a.costNotes(all.Stacks))
}

// The columns of the list that may be shortened.
const columnVPCs, columnCreated = 4, 5

// listTable sets the list in the page's columns: VPCs are left out when they are many, and the time when that is not enough.
// A name is never shortened, since it is to be typed.
func listTable(rows [][]string) string {
	text := tableWithin(rows, columnVPCs)
	if widest(text) <= pageWide {
		return text
	}
	for _, row := range rows[1:] {
		row[columnCreated], _, _ = strings.Cut(row[columnCreated], " ")
	}
	return table(rows)
}
