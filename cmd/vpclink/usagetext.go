package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"vpclink/cmd/vpclink/ui"
	"vpclink/words"
)

// helps has the commands tell how they are used in the language. What cobra says by itself is English, so its texts stand
// here, as it sets them.
func (a *app) helps(root *cobra.Command) {
	root.InitDefaultHelpCmd()
	for _, cmd := range allCommands(root) {
		cmd.InitDefaultHelpFlag()
		cmd.Flags().Lookup("help").Usage = a.say("help for %s", cmd.Name())
	}
	root.SetHelpFunc(func(cmd *cobra.Command, _ []string) {
		_, _ = fmt.Fprint(cmd.OutOrStdout(), a.helpText(cmd))
	})
}

// helpText is the page of a command; that of the root ends with the topics.
func (a *app) helpText(cmd *cobra.Command) string {
	about := cmd.Long
	if about == "" {
		about = cmd.Short
	}
	sections := append([]string{about}, a.usageSections(cmd)...)
	if cmd.HasParent() {
		return strings.Join(sections, "\n\n") + "\n"
	}
	var rows [][]string
	for _, t := range topics {
		rows = append(rows, []string{"  vpclink help " + t.name, a.lang.In(t.short)})
	}
	return strings.Join(append(sections, a.say("Topics:\n")+table(rows)), "\n\n")
}

func (a *app) usageSections(cmd *cobra.Command) []string {
	use := a.say("Usage:") + "\n  " + strings.TrimSuffix(cmd.UseLine(), "[flags]") + a.say("[flags]")
	group := cmd.HasAvailableSubCommands()
	if group {
		use += "\n  " + a.say("%s [command]", cmd.CommandPath())
	}
	sections := []string{use, a.say("Examples:\n") + cmd.Example}
	if group {
		sections = append(sections, a.commandList(cmd))
	}
	if flags := cmd.LocalFlags(); flags.HasAvailableFlags() {
		sections = append(sections, a.say("Flags:\n")+a.flagList(flags))
	}
	if flags := cmd.InheritedFlags(); flags.HasAvailableFlags() {
		sections = append(sections, a.say("Global Flags:\n")+a.flagList(flags))
	}
	if group {
		sections = append(sections, a.say("Use \"%s [command] --help\" for more information about a command.", cmd.CommandPath()))
	}
	return sections
}

func (a *app) commandList(group *cobra.Command) string {
	lines := []string{a.say("Available Commands:")}
	for _, sub := range group.Commands() {
		if !sub.Hidden {
			lines = append(lines, "  "+ui.Pad(sub.Name(), sub.NamePadding())+" "+sub.Short)
		}
	}
	return strings.Join(lines, "\n")
}

// flagList tells of flags. In English they are as pflag sets them, which has no other language, and takes a letter for as
// many columns as it has bytes.
func (a *app) flagList(flags *pflag.FlagSet) string {
	if a.lang == words.English {
		return strings.TrimRight(flags.FlagUsages(), "\n")
	}
	var rows [][]string
	flags.VisitAll(func(f *pflag.Flag) {
		value, what := pflag.UnquoteUsage(f)
		name := "      --" + f.Name
		if f.Shorthand != "" {
			name = "  -" + f.Shorthand + ", --" + f.Name
		}
		switch f.DefValue {
		case "", "0", "0s", "false", "[]":
		default:
			what = a.say("%s (default %s)", what, f.DefValue)
		}
		rows = append(rows, []string{strings.TrimRight(name+" "+value, " "), what})
	})
	return strings.TrimRight(table(rows), "\n")
}
