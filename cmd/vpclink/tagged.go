package main

import (
	"context"
	"slices"
	"strings"

	"vpclink/provision"
	"vpclink/state"
)

// expiryOf is when a stack of which the tags tell may be taken away.
func expiryOf(s provision.TaggedStack) state.Expiry {
	at, ends := provision.ParseExpiry(s.Expires)
	return state.Expiry{At: at, Never: s.Expires != "" && !ends}
}

// header is what a journal of a stack would begin with, as far as tags and the place tell.
func (p *place) header(s provision.TaggedStack) state.Header {
	return state.Header{
		Stack: s.Name, Lineage: s.Lineage, Pattern: s.Pattern, Target: p.target.Name, Endpoint: p.target.Endpoint,
		Scopes: []state.Scope{p.scope()}, Program: version,
	}
}

// tagged lists the stacks of which something carries tags at a place.
func (p *place) tagged(ctx context.Context) ([]provision.TaggedStack, error) {
	return provision.Tagged(ctx, p.env(state.Header{}, nil))
}

// rebuilt reads a stack from its tags alone.
func (p *place) rebuilt(ctx context.Context, s provision.TaggedStack) (*stack, error) {
	pattern, ok := provision.Find(s.Pattern)
	if !ok {
		return nil, otherPattern(s.Name, s.Pattern)
	}
	h := p.header(s)
	built, err := p.runner(h, nothingWritten{}, nil, nil).Rebuild(ctx)
	if err != nil {
		return nil, err
	}
	outcome := outcomeDone
	if built.Missing > 0 {
		outcome = "incomplete"
	}
	j, err := state.InMemory(h, built.Records, expiryOf(s), outcome)
	return &stack{j, pattern, true}, err
}

// chosen reads the one stack of that name and lineage.
func (p *place) chosen(ctx context.Context, name, lineage string) (*stack, error) {
	all, err := p.tagged(ctx)
	if err != nil {
		return nil, err
	}
	s, err := pickTagged(all, name, lineage)
	if err != nil {
		return nil, err
	}
	return p.rebuilt(ctx, s)
}

// pickTagged returns the stack of that name and lineage; both may be "", and the beginning of a lineage is enough. It
// refuses when there is none, and when there are several, with all of them.
func pickTagged(all []provision.TaggedStack, name, lineage string) (provision.TaggedStack, error) {
	fit := fitting(all, name, lineage)
	switch {
	case len(fit) == 1:
		return fit[0], nil
	case len(fit) > 1:
		flag := "--" + flagLineage
		if !slices.ContainsFunc(fit[1:], func(s provision.TaggedStack) bool { return s.Name == fit[0].Name }) {
			flag = "--" + flagStack
		}
		return provision.TaggedStack{}, usage("", "the tags tell of several stacks: say which one with %s: %s", flag, taggedNames(fit))
	case len(all) == 0:
		return provision.TaggedStack{}, usage("", "the tags tell of no stack here: look at the --target, --region and --profile")
	}
	return provision.TaggedStack{}, usage("", "the tags tell of no such stack; they tell of: %s", taggedNames(all))
}

func fitting(all []provision.TaggedStack, name, lineage string) []provision.TaggedStack {
	var fit []provision.TaggedStack
	for _, s := range all {
		if (name == "" || s.Name == name) && strings.HasPrefix(s.Lineage, lineage) {
			fit = append(fit, s)
		}
	}
	return fit
}

// taggedNames names stacks with their lineages: tgw (3f1c2d4e-…).
func taggedNames(stacks []provision.TaggedStack) string {
	var list []string
	for _, s := range stacks {
		list = append(list, s.Name+" ("+s.Lineage+")")
	}
	return listed(list)
}
