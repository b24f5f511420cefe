package main

import (
	"context"
	"errors"
	"os"

	"vpclink/state"
)

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
