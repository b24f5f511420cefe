package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"vpclink/words"
)

// newHelp returns the command help. Cobra's own ends well when there is no such command, and knows no topics.
func newHelp(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "help [COMMAND|TOPIC]",
		Short: "Say how a command is used, or tell about a topic",
		Example: `  vpclink help up
  vpclink help exit-codes`,
		ValidArgsFunction: completeHelp,
		RunE: func(cmd *cobra.Command, args []string) error {
			if i := topicNamed(args); i >= 0 {
				return a.print("%s", topics[i].page())
			}
			about, rest, err := cmd.Root().Find(args)
			if err != nil || len(rest) > 0 {
				return noHelp(cmd.Root(), args)
			}
			about.InitDefaultHelpFlag() // so that the flag is listed, as with --help
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

// listTopics has the help of root end with the topics.
func listTopics(root *cobra.Command) {
	help := root.HelpFunc()
	root.SetHelpFunc(func(cmd *cobra.Command, args []string) {
		help(cmd, args)
		if cmd.HasParent() {
			return
		}
		var rows [][]string
		for _, t := range topics {
			rows = append(rows, []string{"  vpclink help " + t.name, t.short})
		}
		_, _ = fmt.Fprintf(cmd.OutOrStdout(), "\nTopics:\n%s", table(rows))
	})
}

// completeHelp completes what help can tell about.
func completeHelp(cmd *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
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
			list = append(list, cobra.CompletionWithDesc(t.name, t.short))
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
