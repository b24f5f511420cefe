package main

import (
	"strings"

	"github.com/spf13/cobra"
)

// newHelp returns the command help. Cobra's own ends well when there is no such command.
func newHelp() *cobra.Command {
	return &cobra.Command{
		Use:     "help [COMMAND]",
		Short:   "Say how a command is used",
		Example: "  vpclink help up",
		RunE: func(cmd *cobra.Command, args []string) error {
			about, rest, err := cmd.Root().Find(args)
			if err != nil || len(rest) > 0 {
				return usage("vpclink help", "there is no command %q", strings.Join(args, " "))
			}
			about.InitDefaultHelpFlag() // so that the flag is listed, as with --help
			return about.Help()
		},
	}
}
