package state

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"

	"vpclink/words"
)

// Dir returns the folder in which stacks are kept: the flag's, else VPCLINK_STATE_DIR's, else vpclink in
// XDG_STATE_HOME, else .local/state/vpclink in the home folder. It makes nothing. env looks up a variable of the
// environment and returns "" for one that is not set. It is an error when there is no home folder to fall back on.
func Dir(flag string, env func(string) string) (string, error) {
	if flag != "" {
		return flag, nil
	}
	if dir := env("VPCLINK_STATE_DIR"); dir != "" {
		return dir, nil
	}
	// The XDG specification wants relative paths to be ignored.
	if base := env("XDG_STATE_HOME"); filepath.IsAbs(base) {
		return filepath.Join(base, "vpclink"), nil
	}
	for _, home := range []string{env("HOME"), env("USERPROFILE")} {
		if home != "" {
			return filepath.Join(home, ".local", "state", "vpclink"), nil
		}
	}
	return "", words.New("no folder for the state: neither --state-dir, VPCLINK_STATE_DIR, XDG_STATE_HOME nor HOME is set")
}

func stacksDir(dir string) string  { return filepath.Join(dir, "stacks") }
func historyDir(dir string) string { return filepath.Join(dir, "history") }

// ending is what the name of a journal's file ends in.
const ending = ".jsonl"

func journalPath(dir, stack string) string { return filepath.Join(stacksDir(dir), stack+ending) }
func lockPath(dir, stack string) string    { return filepath.Join(stacksDir(dir), stack+".lock") }

// makeDir makes a folder that only its owner can look into, since journals tell account numbers and addresses.
func makeDir(dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return words.Errorf("making the folder of the state: %w", diskSaid(err))
	}
	return nil
}

// syncDir makes the names in a folder durable: without it a power failure may take a new file away, however well the
// file itself was written.
func syncDir(dir string) error {
	if runtime.GOOS == "windows" {
		return nil // folders cannot be synced there
	}
	f, err := os.Open(dir)
	if err != nil {
		return words.Errorf("opening the folder of the state: %w", err)
	}
	if err := errors.Join(f.Sync(), f.Close()); err != nil {
		return words.Errorf("making the folder of the state durable: %w", err)
	}
	return nil
}
