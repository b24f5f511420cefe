package main

import (
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"vpclink/state"
)

// completes tells the shells what can stand where, for all commands and flags that root has. Who completes is in the
// middle of typing, so whatever goes wrong only means that there is nothing to offer.
func (a *app) completes(root *cobra.Command, g *globals) {
	root.CompletionOptions.SetDefaultShellCompDirective(cobra.ShellCompDirectiveNoFileComp)
	values := map[string]cobra.CompletionFunc{
		flagStack: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) { return names(a.stacks(g)) },
		flagRegion: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return names(a.regionNames())
		},
		flagProfile: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return names(a.profiles(g))
		},
		flagStateDir: cobra.FixedCompletions(nil, cobra.ShellCompDirectiveFilterDirs),
	}
	for _, cmd := range allCommands(root) {
		for _, flags := range []*pflag.FlagSet{cmd.Flags(), cmd.PersistentFlags()} {
			flags.VisitAll(func(f *pflag.Flag) {
				complete, ok := values[f.Name]
				if c, chosen := f.Value.(choice); chosen {
					complete, ok = cobra.FixedCompletions(c.of, cobra.ShellCompDirectiveNoFileComp), true
				}
				if ok {
					_ = cmd.RegisterFlagCompletionFunc(f.Name, complete) // there is such a flag, and it was not completed yet
				}
			})
		}
		if strings.Contains(cmd.Use, "PATTERN") {
			cmd.ValidArgsFunction = firstArg(patternNames)
		}
	}
}

// firstArg completes a command's only argument.
func firstArg(list func() []string) cobra.CompletionFunc {
	return func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
		if len(args) > 0 {
			return names(nil)
		}
		return names(list())
	}
}

// names are all there is to choose from: no file is.
func names(list []string) ([]string, cobra.ShellCompDirective) {
	return list, cobra.ShellCompDirectiveNoFileComp
}

// stacks lists the stacks in the folder of the state.
func (a *app) stacks(g *globals) []string {
	dir, err := g.dir(a)
	if err != nil {
		return nil
	}
	names, err := state.Stacks(dir)
	if err != nil {
		return nil
	}
	return names
}

// profiles lists what --profile can be. Only AWS has any.
func (a *app) profiles(g *globals) []string {
	if g.target != targetAWS || g.endpoint != "" {
		return nil
	}
	return profiles(a.env)
}

// regionNames lists the regions, each with where it is.
func (a *app) regionNames() []string {
	var list []string
	for _, r := range regions {
		list = append(list, cobra.CompletionWithDesc(r.name, a.lang.In(r.place)))
	}
	return list
}
