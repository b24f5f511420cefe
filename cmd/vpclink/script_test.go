package main

import (
	"fmt"
	"os/exec"
	"regexp"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestScripts runs the program itself, as a person or a script would.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:  "testdata/script",
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"japanese": japanese, "pick": pick},
		Setup: func(env *testscript.Env) error {
			env.Setenv("VPCLINK_STATE_DIR", env.WorkDir+"/state")
			env.Setenv("AWS_EC2_METADATA_DISABLED", "true")
			env.Setenv("AWS_REGION", "ap-northeast-1")
			env.Setenv("GORACE", "atexit_sleep_ms=10") // with the race detector every process would wait for a second before it ends
			return nil
		},
		Condition:           conditions,
		RequireExplicitExec: true,
	})
}

// japanese is a script's command: it fails when one of the files has English prose.
func japanese(ts *testscript.TestScript, _ bool, files []string) {
	for _, file := range files {
		if run := englishIn(ts.ReadFile(file)); run != "" {
			ts.Fatalf("%s says in Japanese: %s", file, run)
		}
	}
}

// pick is a script's command: pick NAME FILE PATTERN sets a variable to what the pattern's parentheses find in a file.
func pick(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) != 3 {
		ts.Fatalf("pick NAME FILE PATTERN, not %q", args)
	}
	found := regexp.MustCompile(args[2]).FindStringSubmatch(ts.ReadFile(args[1]))
	if len(found) < 2 {
		ts.Fatalf("%s has no %s:\n%s", args[1], args[2], ts.ReadFile(args[1]))
	}
	ts.Setenv(args[0], found[1])
}

// conditions are those of ours: whether this user may mount something where nobody else sees it.
func conditions(word string) (bool, error) {
	if word != "mounts" {
		return false, fmt.Errorf("no condition is called %q", word)
	}
	return exec.Command("unshare", "-rm", "true").Run() == nil, nil //nolint:noctx // the test has none here
}
