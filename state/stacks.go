package state

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"vpclink/words"
)

// Stacks returns the names of all stacks in the folder that Dir returns, sorted, nil when there is none. Those that
// were archived are not among them.
func Stacks(dir string) ([]string, error) {
	entries, err := os.ReadDir(stacksDir(dir))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, words.Errorf("listing the stacks: %w", diskSaid(err))
	}
	var names []string
	for _, entry := range entries {
		name, ok := strings.CutSuffix(entry.Name(), ending)
		if ok && CheckStackName(name) == nil {
			names = append(names, name)
		}
	}
	slices.Sort(names) // with their endings they came in another order: "a-b.jsonl" before "a.jsonl"
	return names, nil
}

// Archive moves the journal of a stack to history/, so that Create can begin a new one of the same name. The caller
// holds the stack's lock and has closed the journal. The errors are those of Read.
func Archive(dir, stack string) error {
	j, err := Read(dir, stack)
	if err != nil {
		return err
	}
	_, err = toHistory(dir, j.header)
	return err
}

// toHistory moves the file of a stack's journal to history/ and returns where it is now.
func toHistory(dir string, h Header) (path string, err error) {
	if err := makeDir(historyDir(dir)); err != nil {
		return "", err
	}
	path = freeName(historyDir(dir), h)
	if err := os.Rename(journalPath(dir, h.Stack), path); err != nil {
		return "", words.Errorf("archiving the journal of stack %q: %w", h.Stack, err)
	}
	// The new name first: a power failure may leave the journal under both names, never under none.
	return path, errors.Join(syncDir(historyDir(dir)), syncDir(stacksDir(dir)))
}

// freeName returns a name in history/ that no journal has: stacks that were begun within one second have a number.
func freeName(dir string, h Header) string {
	base := h.Stack + "-" + h.Created.UTC().Format("20060102T150405Z")
	path := filepath.Join(dir, base+ending)
	for n := 2; exists(path); n++ {
		path = filepath.Join(dir, fmt.Sprintf("%s-%d%s", base, n, ending))
	}
	return path
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return !errors.Is(err, fs.ErrNotExist)
}
