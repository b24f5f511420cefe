package main

import (
	"io"

	"github.com/spf13/cobra"

	"vpclink/words"
)

// shells are those that commands can be completed in.
var shells = []struct {
	name, title string
	how         words.Text // how what is printed gets into the shell
	example     words.Text
	write       func(*cobra.Command, io.Writer) error
}{
	{
		"bash", "bash", "It needs the package bash-completion.",
		`  source <(vpclink completion bash)     # this shell
  vpclink completion bash > ~/.local/share/bash-completion/completions/vpclink     # every new one`,
		func(root *cobra.Command, w io.Writer) error { return root.GenBashCompletionV2(w, true) },
	},
	{
		"zsh", "zsh", "It needs compinit, which ~/.zshrc calls: autoload -U compinit && compinit",
		`  source <(vpclink completion zsh)     # this shell
  vpclink completion zsh > "${fpath[1]}/_vpclink"     # every new one`,
		func(root *cobra.Command, w io.Writer) error { return root.GenZshCompletion(w) },
	},
	{
		"fish", "fish", "",
		`  vpclink completion fish | source     # this shell
  vpclink completion fish > ~/.config/fish/completions/vpclink.fish     # every new one`,
		func(root *cobra.Command, w io.Writer) error { return root.GenFishCompletion(w, true) },
	},
	{
		"powershell", "PowerShell", "",
		`  vpclink completion powershell | Out-String | Invoke-Expression     # this shell
  vpclink completion powershell >> $PROFILE     # every new one`,
		func(root *cobra.Command, w io.Writer) error { return root.GenPowerShellCompletionWithDesc(w) },
	},
}

// newCompletion returns the group of commands that print a shell's completion.
func newCompletion(a *app, g *globals) *cobra.Command {
	group := &cobra.Command{
		Use:   "completion",
		Short: a.say("Print the completion for a shell"),
		Long: a.say(`completion prints a script with which a shell completes what is typed after vpclink: commands, flags and their values,
patterns, the stacks there are, regions, and the profiles of the AWS CLI.`),
		Example: a.say(`  source <(vpclink completion bash)
  vpclink completion zsh --help     # how it is installed`),
	}
	group.RunE = groupOnly
	for _, sh := range shells {
		long := a.say("%s prints the completion for %s.", sh.name, sh.title)
		if sh.how != "" {
			long = a.say("%s prints the completion for %s. %s", sh.name, sh.title, sh.how)
		}
		group.AddCommand(&cobra.Command{
			Use: sh.name, Short: a.say("Print the completion for %s", sh.title), Long: long, Example: a.lang.In(sh.example),
			Args: noArgs,
			RunE: func(cmd *cobra.Command, _ []string) error {
				a.begun = true
				if err := g.check(cmd.Flags(), a.env); err != nil {
					return err
				}
				if err := sh.write(cmd.Root(), a.stdout); err != nil {
					return words.Errorf("writing the result: %w", err)
				}
				return nil
			},
		})
	}
	return group
}

// groupOnly is what a command does that only has others below it: it tells of them.
func groupOnly(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return cmd.Help()
	}
	return unknownCommand(cmd, args[0])
}
