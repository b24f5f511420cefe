package main

import (
	"fmt"
	"os/exec"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestScripts runs the program itself, as a person or a script would.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:  "testdata/script",
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"japanese": japanese},
		Setup: func(env *testscript.Env) error {
			env.Setenv("VPCLINK_STATE_DIR", env.WorkDir+"/state")
			env.Setenv("AWS_EC2_METADATA_DISABLED", "true")
			env.Setenv("AWS_REGION", "ap-northeast-1")
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

// conditions are those of ours: whether this user may mount something where nobody else sees it.
func conditions(word string) (bool, error) {
	if word != "mounts" {
		return false, fmt.Errorf("no condition is called %q", word)
	}
	return exec.Command("unshare", "-rm", "true").Run() == nil, nil //nolint:noctx // the test has none here
}
