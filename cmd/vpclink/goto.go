package main

import (
	"github.com/spf13/pflag"

	"vpclink/state"
)

// goTo has the flags lead to where a stack is. A stack stays on its target and in its region: flags that lead elsewhere
// are refused.
func (g *globals) goTo(h state.Header, flags *pflag.FlagSet) error {
	if flags.Changed(flagTarget) && g.target != h.Target {
		return usage("", "stack %s is on %s, not on %s: leave --target out, or give another --stack", h.Stack, h.Target, g.target)
	}
	if !isTarget(h.Target) {
		return usage("", "stack %s is on %s, which this vpclink cannot reach: use a later vpclink", h.Stack, h.Target)
	}
	g.target, g.targetGiven = h.Target, true
	if g.endpoint == "" {
		g.endpoint = h.Endpoint // an emulator that moved is reached by the flag
	}
	if len(h.Scopes) == 0 {
		return nil
	}
	scope := h.Scopes[0]
	if g.region != "" && g.region != scope.Region {
		return usage("", "stack %s is in %s, not in %s: leave --region out, or give another --stack", h.Stack, scope.Region, g.region)
	}
	g.region = scope.Region
	if g.profile == "" {
		g.profile = scope.Profile
	}
	return nil
}
