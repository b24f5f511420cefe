package main

import (
	"errors"
	"slices"

	"vpclink/provision"
	"vpclink/state"
	"vpclink/steps"
)

// outcomeDone is how a run is recorded that did all it should; outcomeDifferent one that a flag stopped which asks for
// what the stack is not, after something was made.
const (
	outcomeDone      = "done"
	outcomeDifferent = "different"
)

// stack is a stack as its journal has it.
type stack struct {
	*state.Journal
	pattern provision.Pattern
	tagged  bool // put together from tags, which do not tell since when things are there, nor of what type
}

// readStack reads a stack. A pattern that this vpclink does not have is a usageError.
func readStack(dir, name string) (*stack, error) {
	j, err := state.Read(dir, name)
	if err != nil {
		return nil, err
	}
	return known(j)
}

func known(j *state.Journal) (*stack, error) {
	h := j.Header()
	pattern, ok := provision.Find(h.Pattern)
	if !ok {
		return nil, otherPattern(h.Stack, h.Pattern)
	}
	return &stack{Journal: j, pattern: pattern}, nil
}

func otherPattern(stack, pattern string) error {
	return usage("", "stack %s was made with the pattern %s, which this vpclink does not have: use a later vpclink", stack, pattern)
}

func (s *stack) name() string { return s.Header().Stack }

// status tells how the stack stands.
func (s *stack) status() provision.Status {
	return s.pattern.Status(s.Records(), lastRunDone(s.Runs()))
}

// expires is when the stack may be taken away. One that is down needs no end.
func (s *stack) expires() state.Expiry {
	if s.Down() {
		return state.Expiry{}
	}
	return s.Expiry()
}

// vpcs returns the names of the VPCs the stack has, sorted.
func (s *stack) vpcs() []string { return provision.VPCNames(s.Records()) }

// cidrs returns the blocks of its VPCs by name, of those that are there.
func (s *stack) cidrs() map[string]string {
	blocks := map[string]string{}
	for _, rec := range s.Records() {
		if rec.Key.Kind() == steps.KindVPC {
			blocks[rec.Key.Name()] = rec.Out[steps.OutCIDR]
		}
	}
	return blocks
}

// lastRunDone reports whether the last run that may have changed something did all it should.
func lastRunDone(runs []state.Run) bool {
	for _, run := range slices.Backward(runs) {
		if run.Outcome != "refused" { // that one changed nothing
			return run.Outcome == outcomeDone
		}
	}
	return false
}

// choose returns the stack that a command is about: the one that --stack names, else the only one that is not down,
// else the only one there is.
func choose(dir, name string) (*stack, error) {
	names, err := state.Stacks(dir)
	if err != nil {
		return nil, err
	}
	if name != "" {
		s, err := readStack(dir, name)
		if errors.Is(err, state.ErrUnknownStack) {
			return nil, unknownStack(name, names)
		}
		return s, err
	}
	var standing []*stack
	for _, n := range names {
		s, err := readStack(dir, n)
		if err != nil {
			return nil, err
		}
		if !s.Down() {
			standing = append(standing, s)
		}
	}
	switch {
	case len(standing) == 1:
		return standing[0], nil
	case len(standing) > 1:
		var up []string
		for _, s := range standing {
			up = append(up, s.name())
		}
		return nil, usage("", "there are several stacks: say which one with --stack: %s", listed(up))
	case len(names) == 1:
		return readStack(dir, names[0])
	case len(names) == 0:
		return nil, usage("vpclink up tgw --vpcs a,b,c", "there is no stack in %s", dir)
	}
	return nil, usage("", "every stack is down: say which one with --stack: %s", listed(names))
}

func unknownStack(name string, names []string) error {
	if len(names) == 0 {
		return usage("", "there is no stack %s, nor any other", name)
	}
	if question := meant(name, "", names); question != nil {
		return usage("", "there is no stack %s: %s There are: %s", name, question, listed(names))
	}
	return usage("", "there is no stack %s; there are: %s", name, listed(names))
}
