package main

import (
	"context"
	"errors"
	"regexp"

	"vpclink/provision"
	"vpclink/state"
)

// berth is the name under which a stack that was found by its tags is recorded here, and what has that name now.
type berth struct {
	name    string
	old     *state.Journal // one that is down and makes room, nil when there is none
	damaged bool           // the stack's own journal, which cannot be read, is there
	ours    *stack         // the stack's own journal is there and intact; then nothing else counts
}

// berthFor finds it. The stack's own name is taken unless another stack of this name is recorded here: two people may both
// have a stack tgw in one account, and one of them may take both away.
func berthFor(dir string, s provision.TaggedStack) (berth, error) {
	b := berth{name: s.Name}
	if state.CheckStackName(b.name) != nil { // somebody wrote another name into the tag
		b.name = "stack"
	}
	for range 2 {
		free, err := b.fits(dir, s.Lineage)
		if free || err != nil {
			return b, err
		}
		b = berth{name: withLineage(b.name, s.Lineage)}
	}
	return b, usage("", "%s and %s are names of other stacks here: give another --state-dir", s.Name, b.name)
}

// fits reports whether the stack can have the name.
func (b *berth) fits(dir, lineage string) (bool, error) {
	j, err := state.Read(dir, b.name)
	switch {
	case errors.Is(err, state.ErrUnknownStack):
		return true, nil
	case is[*state.DamageError](err):
		h, err := state.ReadHeader(dir, b.name)
		b.damaged = err == nil && h.Lineage == lineage
		return b.damaged, nil
	case err != nil:
		return false, err
	case j.Down() && lastRunDone(j.Runs()):
		b.old = j
		return true, nil
	case j.Header().Lineage == lineage:
		b.ours, err = known(j)
		return true, err
	}
	return false, nil
}

var lineageBegins = regexp.MustCompile(`^[0-9a-f]{8}`)

// withLineage is a name together with the beginning of a lineage.
func withLineage(name, lineage string) string {
	begins := lineageBegins.FindString(lineage)
	if begins == "" {
		begins = "other"
	}
	const longest = 32
	return name[:min(len(name), longest-1-len(begins))] + "-" + begins
}

// recordAnew begins a journal for a stack that has lost its own. What has its name makes room: it is kept in history/.
func (a *app) recordAnew(ctx context.Context, g *globals, dir string, b berth, h state.Header) (*held, error) {
	free, err := a.makeRoom(ctx, g, dir, b)
	if err != nil {
		return nil, err
	}
	h.Stack = b.name
	free.journal, err = state.Create(dir, h)
	if err != nil {
		return nil, errors.Join(err, free.lock.Release())
	}
	return free, nil
}

// makeRoom locks a stack's name and moves the journal away that has it.
func (a *app) makeRoom(ctx context.Context, g *globals, dir string, b berth) (*held, error) {
	const command = "vpclink down --" + flagFromTags
	if !b.damaged {
		free, err := a.hold(ctx, dir, b.name, command, b.old)
		if err != nil || free.journal == nil {
			return free, err
		}
		if err := errors.Join(free.journal.Close(), state.Archive(dir, b.name)); err != nil {
			return nil, errors.Join(err, free.lock.Release())
		}
		return free, nil
	}
	lock, err := state.Acquire(ctx, dir, b.name, a.owner(command))
	if err != nil {
		return nil, err
	}
	aside, err := state.SetAside(dir, b.name)
	if err != nil {
		return nil, errors.Join(err, lock.Release())
	}
	// Not said where stderr is for scripts; a pipe that nobody reads stops nothing.
	_ = a.remark(&wish{globals: g}, []string{a.say("the damaged record of %s is kept as %s", b.name, aside)})
	return &held{lock: lock}, nil
}
