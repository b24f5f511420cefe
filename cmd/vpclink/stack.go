package main

import (
	"context"
	"errors"
	"os"
	"slices"
	"strings"

	"vpclink/provision"
	"vpclink/state"
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
		return nil, usage("", "stack %s was made with the pattern %s, which this vpclink does not have: use a later vpclink", h.Stack, h.Pattern)
	}
	return &stack{j, pattern}, nil
}

func (s *stack) name() string { return s.Header().Stack }

// status tells how the stack stands.
func (s *stack) status() provision.Status {
	return s.pattern.Status(s.Records(), lastRunDone(s.Runs()))
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
		return nil, usage("", "there are several stacks: say which one with --stack: %s", strings.Join(up, ", "))
	case len(names) == 1:
		return readStack(dir, names[0])
	case len(names) == 0:
		return nil, usage("vpclink up tgw --vpcs a,b,c", "there is no stack in %s", dir)
	}
	return nil, usage("", "every stack is down: say which one with --stack: %s", strings.Join(names, ", "))
}

func unknownStack(name string, names []string) error {
	if len(names) == 0 {
		return usage("", "there is no stack %s, nor any other", name)
	}
	return usage("", "there is no stack %s; there are: %s", name, strings.Join(names, ", "))
}

// held is a stack that nobody else can change, with its journal open; the journal is nil before the stack's first line.
type held struct {
	lock    *state.Lock
	journal *state.Journal
}

// hold locks a stack that was read before; read is nil when there was none. When another vpclink worked on it in
// between, what was read does not hold any more, and the error is a *state.LockedError as if it still did.
func (a *app) hold(ctx context.Context, dir, name, command string, read *state.Journal) (*held, error) {
	lock, err := state.Acquire(ctx, dir, name, a.owner(command))
	if err != nil {
		return nil, err
	}
	h := &held{lock: lock}
	h.journal, err = state.Open(dir, name)
	switch {
	case errors.Is(err, state.ErrUnknownStack) && read == nil:
		return h, nil
	case err == nil && read != nil && h.journal.Lines() == read.Lines() && h.journal.Header().Lineage == read.Header().Lineage:
		return h, nil
	case err == nil || errors.Is(err, state.ErrUnknownStack):
		err = &state.LockedError{Stack: name}
	}
	return nil, errors.Join(err, h.release())
}

func (h *held) release() error {
	var err error
	if h.journal != nil {
		err = h.journal.Close()
	}
	return errors.Join(err, h.lock.Release())
}

// owner tells whoever finds the stack locked who we are.
func (a *app) owner(command string) state.Owner {
	who := "somebody"
	for _, name := range []string{"USER", "LOGNAME", "USERNAME"} {
		if v := a.env(name); v != "" {
			who = v
			break
		}
	}
	host, err := os.Hostname()
	if err != nil {
		host = "an unknown host"
	}
	return state.Owner{Who: who, PID: os.Getpid(), Host: host, Command: command}
}
