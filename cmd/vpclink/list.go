package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"vpclink/state"
	"vpclink/words"
)

func newList(a *app, g *globals) *cobra.Command {
	t := &tagFlags{}
	cmd := &cobra.Command{
		Use:   "list",
		Short: a.say("List all stacks"),
		Long: a.say(`list shows every stack in the folder of the state, those that are down as well. It asks AWS nothing.`) + "\n\n" + a.say(`With --from-tags it shows what AWS holds of stacks in the account and region that the flags lead to, whoever made them and
wherever their records are. --expired shows those whose time is over (up --expires), of both.`) + a.costHelp(),
		Example: `  vpclink list
  vpclink list -o json
  vpclink list --from-tags --region ap-northeast-1
  vpclink list --expired`,
		Args: noArgs,
		RunE: a.does(g, func(ctx context.Context, _ *cobra.Command, _ []string) error {
			if t.fromTags || t.expired {
				return a.listTagged(ctx, g, t)
			}
			return a.list(g)
		}),
	}
	t.registerFromTags(cmd.Flags(), a.say("the stacks of which AWS's tags tell"))
	t.registerExpired(cmd.Flags(), a.say("only the stacks whose time is over"))
	return cmd
}

// recorded lists the stacks in the folder of the state, and why some of them cannot be.
func (a *app) recorded(dir string) (list []stackJSON, unread []error, err error) {
	names, err := state.Stacks(dir)
	if err != nil {
		return nil, nil, err
	}
	for _, name := range names {
		s, err := readStack(dir, name)
		if err != nil { // one that cannot be read hides no other
			unread = append(unread, words.Errorf("%s is not listed: %w", name, err))
			continue
		}
		list = append(list, rowOf(s))
	}
	return list, unread, nil
}

func rowOf(s *stack) stackJSON {
	h := s.Header()
	vpcs := s.vpcs()
	if vpcs == nil { // a list in JSON is never null
		vpcs = []string{}
	}
	return stackJSON{h.Stack, h.Lineage, h.Pattern, h.Target, s.status().State, vpcs, h.Created, s.expires().At, s.billed(time.Now()).json()}
}

func (a *app) list(g *globals) error {
	dir, err := g.dir(a)
	if err != nil {
		return err
	}
	all := listJSON{Version: formVersion, Stacks: []stackJSON{}}
	stacks, unread, err := a.recorded(dir)
	if err != nil {
		return err
	}
	all.Stacks = append(all.Stacks, stacks...)
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
	return a.print("%s", a.stackTable(all.Stacks))
}
