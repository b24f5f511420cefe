package main

import (
	"context"
	"runtime"

	"github.com/spf13/cobra"
)

func newVersion(a *app, g *globals) *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: a.say("Say which version this is"),
		Example: `  vpclink version
  vpclink version -o json`,
		Args: noArgs,
		RunE: a.does(g, func(context.Context, *cobra.Command, []string) error { return a.showVersion(g) }),
	}
}

func (a *app) showVersion(g *globals) error {
	if g.json() {
		return a.printJSON(struct {
			Form    int    `json:"vpclink"`
			Version string `json:"version"`
			Go      string `json:"go"`
			OS      string `json:"os"`
			Arch    string `json:"arch"`
		}{formVersion, version, runtime.Version(), runtime.GOOS, runtime.GOARCH})
	}
	return a.print("%s %s (%s %s/%s)\n", "vpclink", version, runtime.Version(), runtime.GOOS, runtime.GOARCH)
}
