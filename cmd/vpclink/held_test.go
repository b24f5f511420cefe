package main

import (
	"testing"

	"vpclink/state"
)

// TestHoldSeesWhatChanged: what was read of a stack before it was locked must still hold.
func TestHoldSeesWhatChanged(t *testing.T) {
	dir, a := t.TempDir(), newApp()
	begin := func() *state.Journal {
		t.Helper()
		j, err := state.Create(dir, state.Header{Stack: "tgw", Lineage: newUUID(), Pattern: "tgw"})
		if err != nil {
			t.Fatal(err)
		}
		return j
	}
	hold := func(read *state.Journal) error {
		h, err := a.hold(t.Context(), dir, "tgw", "vpclink up tgw", read)
		if err == nil {
			err = h.release()
		}
		return err
	}
	if err := hold(nil); err != nil {
		t.Errorf("a stack that is not there yet cannot be held: %v", err)
	}
	j := begin()
	if err := hold(nil); !is[*state.LockedError](err) {
		t.Errorf("another began the stack in between, and holding it ends with %v, expected a LockedError", err)
	}
	read, err := state.Read(dir, "tgw")
	if err != nil {
		t.Fatal(err)
	}
	if err := hold(read); err != nil {
		t.Errorf("a stack that is as it was read cannot be held: %v", err)
	}
	if err := j.Append(state.Record{Key: "0/vpc/a", Phase: state.Gone}); err != nil {
		t.Fatal(err)
	}
	if err := hold(read); !is[*state.LockedError](err) {
		t.Errorf("another worked on the stack in between, and holding it ends with %v, expected a LockedError", err)
	}
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	if err := state.Archive(dir, "tgw"); err != nil {
		t.Fatal(err)
	}
	if err := hold(read); !is[*state.LockedError](err) {
		t.Errorf("another archived the stack in between, and holding it ends with %v, expected a LockedError", err)
	}
}
