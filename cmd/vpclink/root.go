package main

import (
	"context"

	"github.com/spf13/cobra"
)

// newRoot returns the command line: every command there is.
func newRoot(a *app) *cobra.Command {
	g := &globals{}
	showVersion := false
	root := &cobra.Command{
		Use:   "vpclink",
		Short: a.say("Make, wait for, record and take away AWS VPC links for training labs"),
		Long: a.say(`vpclink makes the links between AWS VPCs that a training lab needs, step by step as in the tutorial,
waits until AWS has them ready, records everything it makes, and takes exactly that away again.
With --target sim it does so on a built-in simulator, without an AWS account.`),
		Example: `  vpclink up tgw --vpcs a,b,c --target sim
  vpclink status
  vpclink down`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if showVersion && len(args) == 0 {
				return a.showVersion(g)
			}
			return groupOnly(cmd, args)
		},
		SilenceErrors: true, SilenceUsage: true,
		CompletionOptions: cobra.CompletionOptions{DisableDefaultCmd: true},
	}
	root.SetIn(a.stdin)
	root.SetOut(a.stdout)
	root.SetErr(a.stderr)
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error { return flagError(cmd, err) })
	root.Flags().BoolVar(&showVersion, "version", false, a.say("say which version this is"))
	g.register(root.PersistentFlags(), a.lang)
	root.SetHelpCommand(newHelp(a))
	root.AddCommand(
		newUp(a, g), newDown(a, g), newPlan(a, g), newSteps(a, g), newStatus(a, g), newList(a, g), newSim(a, g), newVersion(a, g),
		newCompare(a, g), newCost(a, g), newChoose(a, g), newCompletion(a, g),
	)
	a.completes(root, g)
	a.helps(root)
	return root
}

// command is what a command does. Within ctx the time of --timeout runs.
type command func(ctx context.Context, cmd *cobra.Command, args []string) error

// does wraps a command's own code for cobra: the flags that hold for all are checked, the time limit begins, and an
// error that comes after the end of ctx is told as that end.
func (a *app) does(g *globals, do command) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, args []string) error {
		a.begun = true
		if err := g.check(cmd.Flags(), a.env); err != nil {
			return err
		}
		ctx, cancel := context.WithTimeoutCause(cmd.Context(), g.timeout, &deadlineError{g.timeout})
		defer cancel()
		said := make(chan struct{})
		unheard := context.AfterFunc(cmd.Context(), func() { a.stopping(g); close(said) })
		defer func() {
			if !unheard() {
				<-said // before the last word
			}
		}()
		return ended(ctx, do(ctx, cmd, args))
	}
}
