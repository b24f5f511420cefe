package state

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestStacks(t *testing.T) {
	dir := t.TempDir()
	if names := must(Stacks(filepath.Join(dir, "none")))(t); names != nil {
		t.Errorf("a folder that is not there should have no stacks, not %v", names)
	}
	for _, stack := range []string{"tgw", "a-b", "a", "peering"} {
		must(0, must(Create(dir, header(stack)))(t).Close())(t)
	}
	for _, other := range []string{"tgw.lock", ".x.jsonl.new", "Notes.jsonl", "readme.txt"} {
		must(0, os.WriteFile(filepath.Join(stacksDir(dir), other), nil, 0o600))(t)
	}
	if diff := cmp.Diff([]string{"a", "a-b", "peering", "tgw"}, must(Stacks(dir))(t)); diff != "" {
		t.Errorf("the stacks should be these, in order (-wanted +got):\n%s", diff)
	}
}

func TestArchive(t *testing.T) {
	dir := t.TempDir()
	wantError(t, "archiving what is not there", Archive(dir, "tgw"), ErrUnknownStack)
	var files []string
	for i, name := range []string{"tgw-20260102T030405Z.jsonl", "tgw-20260102T030405Z-2.jsonl", "tgw-20260102T030405Z-3.jsonl"} {
		j := must(Create(dir, header("tgw")))(t)
		must(0, j.Append(Record{Key: vpc, Phase: Gone, Reason: name}))(t)
		must(0, j.Close())(t)
		want := bytesOf(t, dir, "tgw")
		must(0, Archive(dir, "tgw"))(t)
		if names := must(Stacks(dir))(t); names != nil {
			t.Errorf("an archived stack should not be listed, but %v are", names)
		}
		got := must(os.ReadFile(filepath.Join(historyDir(dir), name)))(t)
		if diff := cmp.Diff(string(want), string(got)); diff != "" {
			t.Errorf("the journal should be moved as it is (-wanted +got):\n%s", diff)
		}
		files = append(files, name)
		if entries := must(os.ReadDir(historyDir(dir)))(t); len(entries) != i+1 {
			t.Errorf("the history should hold %v, not %v", files, entries)
		}
	}
}

func TestADamagedJournalIsNotArchived(t *testing.T) {
	dir := put(t, "tgw", []byte("mine\n"))
	if err := Archive(dir, "tgw"); !isA[*DamageError](err) {
		t.Errorf("archiving a damaged journal should fail with a DamageError, not %v", err)
	}
	if string(bytesOf(t, dir, "tgw")) != "mine\n" {
		t.Error("the damaged journal should stay where it is")
	}
}
