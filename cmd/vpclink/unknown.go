package main

import (
	"cmp"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"vpclink/words"
)

// otherWords are what other programs call what vpclink does.
var otherWords = map[string]string{
	"apply": "up", "create": "up", "deploy": "up", "make": "up", "new": "up",
	"delete": "down", "destroy": "down", "remove": "down", "rm": "down", "teardown": "down",
	"ls": "list", "stacks": "list", "show": "status", "describe": "status",
	"price": "cost", "prices": "cost", "pricing": "cost", "advise": "choose", "recommend": "choose", "which": "choose",
	"simulator": "sim", "serve": "sim serve", "reset": "sim reset",
}

// unknownCommand refuses a command that a group does not have, the root or another one.
func unknownCommand(group *cobra.Command, typed string) error {
	try := []string{group.CommandPath() + " --help"}
	names := near(typed, commandNames(group))
	if len(names) == 0 && !group.HasParent() {
		if other, ok := otherWords[strings.ToLower(typed)]; ok {
			names = []string{other}
		} else if slices.Contains(patternNames(), typed) {
			names = []string{"up " + typed}
		}
	}
	if len(names) > 0 {
		try = begun(group.CommandPath()+" ", names)
	}
	return &usageError{words.Errorf("unknown command %q for %q", typed, group.CommandPath()), try}
}

// commandNames lists the commands of a group that can be typed.
func commandNames(group *cobra.Command) []string {
	var names []string
	for _, cmd := range group.Commands() {
		if !cmd.Hidden {
			names = append(names, cmd.Name())
		}
	}
	return names
}

// noPattern refuses a pattern that there is not. Try is what to type when none is near.
func noPattern(try, typed string) error {
	all := patternNames()
	if nearest := near(typed, all); len(nearest) > 0 {
		try = strings.Replace(try, "tgw", nearest[0], 1)
	}
	return usage(try, "there is no pattern %q; there are: %s", typed, strings.Join(all, ", "))
}

// isBool reports whether an argument was most likely meant for the flag in front of it.
func isBool(arg string) bool { return arg == "true" || arg == "false" }

// alone refuses a true or false that was meant for the flag in front of it.
func alone(cmd *cobra.Command, value string) error {
	flag := cmp.Or(boolGiven(cmd), "--instances")
	return usage("", "%q stands alone: write it behind its flag, like %s=%s", value, flag, value)
}

// boolGiven returns a flag of the command that is true or false and was given, "" when there is none.
func boolGiven(cmd *cobra.Command) (flag string) {
	cmd.Flags().Visit(func(f *pflag.Flag) {
		if f.Value.Type() == "bool" {
			flag = "--" + f.Name
		}
	})
	return flag
}

// unknownFlag refuses a flag that a command does not have: what was given, and as what it was typed. It may be
// misspelt, or another command's.
func unknownFlag(cmd *cobra.Command, dashes, given, typed string) error {
	flag, try := dashes+given, cmd.CommandPath()+" --help"
	name, _, _ := strings.Cut(typed, "=")
	if dashes == "-" && len(name) < 3 {
		return usage(try, "%s has no flag %s", cmd.CommandPath(), flag)
	}
	var names []string
	cmd.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
	if question := meant(name, "--", names); question != nil {
		return usage(try, "%s has no flag %s: %s", cmd.CommandPath(), flag, question)
	}
	if others := takenBy(cmd.Root(), name); len(others) > 0 {
		return usage(try, "%s has no flag %s; it is a flag of %s", cmd.CommandPath(), flag, strings.Join(others, ", "))
	}
	return usage(try, "%s has no flag %s", cmd.CommandPath(), flag)
}

// takenBy lists the commands that have a flag of their own with that name.
func takenBy(root *cobra.Command, flag string) []string {
	var paths []string
	for _, cmd := range allCommands(root) {
		if cmd.Flags().Lookup(flag) != nil {
			paths = append(paths, cmd.CommandPath())
		}
	}
	return paths
}

// allCommands lists a command and all below it that can be typed, sorted by path.
func allCommands(root *cobra.Command) []*cobra.Command {
	list := []*cobra.Command{root}
	for _, cmd := range root.Commands() {
		if !cmd.Hidden {
			list = append(list, allCommands(cmd)...)
		}
	}
	slices.SortFunc(list, func(a, b *cobra.Command) int { return strings.Compare(a.CommandPath(), b.CommandPath()) })
	return list
}
