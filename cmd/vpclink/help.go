package main

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"vpclink/words"
)

// newHelp returns the command help. Cobra's own ends well when there is no such command, and knows no topics.
func newHelp(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "help [COMMAND|TOPIC]",
		Short: a.say("Say how a command is used, or tell about a topic"),
		Example: `  vpclink help up
  vpclink help exit-codes`,
		ValidArgsFunction: a.completeHelp,
		RunE: func(cmd *cobra.Command, args []string) error {
			if i := topicNamed(args); i >= 0 {
				return a.print("%s", topics[i].page(a.lang))
			}
			about, rest, err := cmd.Root().Find(args)
			if err != nil || len(rest) > 0 {
				return noHelp(cmd.Root(), args)
			}
			return about.Help()
		},
	}
}

// noHelp says that there is neither a command nor a topic of that name.
func noHelp(root *cobra.Command, args []string) error {
	const help = "vpclink help"
	if len(args) > 1 {
		return usage(help, "there is no command %q", strings.Join(args, " "))
	}
	try := []string{help}
	if nearest := near(args[0], append(commandNames(root), topicNames()...)); len(nearest) > 0 {
		try = begun(help+" ", nearest)
	}
	return &usageError{words.Errorf("there is no command %q, nor a topic", args[0]), try}
}

// completeHelp completes what help can tell about.
func (a *app) completeHelp(cmd *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	group, rest, err := cmd.Root().Find(args)
	if err != nil || len(rest) > 0 {
		return names(nil)
	}
	var list []string
	for _, c := range group.Commands() {
		if !c.Hidden {
			list = append(list, cobra.CompletionWithDesc(c.Name(), c.Short))
		}
	}
	if len(args) == 0 {
		for _, t := range topics {
			list = append(list, cobra.CompletionWithDesc(t.name, a.lang.In(t.short)))
		}
	}
	return names(list)
}

// topicNamed returns the index of the topic that was asked for, -1 when that is none.
func topicNamed(args []string) int {
	if len(args) != 1 {
		return -1
	}
	return slices.Index(topicNames(), args[0])
}
