package main

import (
	"context"
	"net/http"
	"slices"

	"vpclink/cloud"
	"vpclink/localstack"
)

// The targets that flags name.
const (
	targetAWS, targetSim         = "aws", "sim"
	targetLocalStack, targetMoto = localstack.LocalStack, localstack.Moto
)

func targets() []string { return []string{targetAWS, targetLocalStack, targetMoto, targetSim} }

// emulated reports whether a target is reached at an endpoint of its own.
func emulated(target string) bool { return target == targetLocalStack || target == targetMoto }

// cloudTarget is the target that flags and environment name. What answers at an endpoint is asked, and must be what was
// meant: nothing is ever signed for a server that is not known.
func (g *globals) cloudTarget(ctx context.Context, a *app) (cloud.Target, error) {
	var t cloud.Target
	endpoint, err := g.endpointFor(a)
	switch {
	case err != nil:
		return t, err
	case endpoint != "":
		if t, err = localstack.Detect(ctx, endpoint, http.DefaultClient); err != nil {
			return t, err
		}
		if g.targetGiven && t.Name != g.target {
			return t, usage("", "--target %s, but %s answers at %s: leave one of the two out", g.target, t.Name, endpoint)
		}
		g.target = t.Name
	case g.target == targetSim:
		t = cloud.Simulator(g.simSpeed)
	default:
		t = cloud.AWS()
	}
	if g.settle > 0 {
		t.Settle = g.settle
	}
	return t, nil
}

// endpointFor returns where the target answers, "" when it is AWS or the simulator. AWS_ENDPOINT_URL counts unless a
// flag says otherwise; an explicit --target sim wins over it, and an explicit --target aws contradicts it.
func (g *globals) endpointFor(a *app) (string, error) {
	named := g.targetGiven || g.endpoint != ""
	switch {
	case g.endpoint != "" && g.targetGiven && g.target == targetAWS:
		return "", usage("", "--target %s and --endpoint-url %s contradict each other: leave one of the two out", g.target, g.endpoint)
	case g.endpoint != "":
		return g.endpoint, nil
	case !named || emulated(g.target):
		if url := a.env("AWS_ENDPOINT_URL"); url != "" {
			return url, nil
		}
	}
	return localstack.Endpoints()[g.target], nil
}

// isTarget reports whether a journal's target is one that this vpclink can reach.
func isTarget(name string) bool { return slices.Contains(targets(), name) }
