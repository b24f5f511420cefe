package main

import (
	"context"

	"github.com/spf13/cobra"
)

// newSim returns the group of commands about the simulator.
func newSim(a *app, g *globals) *cobra.Command {
	group := &cobra.Command{
		Use:   "sim",
		Short: a.say("Look into the simulator, empty it, or serve it"),
		Long: a.say(`The simulator is the target of --target sim: an AWS account that exists only in the folder of the state. Its time runs
while a command works on it, and stands still in between.`),
		Example: `  vpclink sim ls
  vpclink sim reset
  vpclink sim serve`,
	}
	group.AddCommand(newSimList(a, g), newSimReset(a, g), newSimServe(a, g))
	group.RunE = groupOnly
	return group
}

func newSimList(a *app, g *globals) *cobra.Command {
	return &cobra.Command{
		Use:   "ls",
		Short: a.say("List what the simulator holds"),
		Long: a.say(`ls lists all that was made in the simulator and is still there, in every account and region. What AWS puts into each
region by itself, such as the default VPC, is left out.`),
		Example: `  vpclink sim ls
  vpclink sim ls -o json`,
		Args: noArgs,
		RunE: a.does(g, func(ctx context.Context, _ *cobra.Command, _ []string) error { return a.simList(ctx, g) }),
	}
}

func newSimReset(a *app, g *globals) *cobra.Command {
	return &cobra.Command{
		Use:   "reset",
		Short: a.say("Empty the simulator"),
		Long: a.say(`reset empties the simulator, in every account and region. It asks first; without a terminal it needs --yes. Stacks that
are there lose all they have, and keep their record: down closes it, up makes everything anew.`),
		Example: `  vpclink sim reset
  vpclink sim reset --yes`,
		Args: noArgs,
		RunE: a.does(g, func(ctx context.Context, _ *cobra.Command, _ []string) error { return a.simReset(ctx, g) }),
	}
}
