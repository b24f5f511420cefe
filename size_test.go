package vpclink

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// mostBytes is under what the program must stay. It grows to 40 MB at once when something makes the linker keep every
// method of the EC2 client.
const mostBytes = 20_000_000

func TestSize(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the program")
	}
	program := filepath.Join(t.TempDir(), "vpclink")
	build := exec.CommandContext(t.Context(), "go", "build", "-trimpath", "-ldflags=-s -w", "-o", program, "./cmd/vpclink") // as make build does
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("the program must build: %v\n%s", err, out)
	}
	file, err := os.Stat(program)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("the program has %.1f MB", float64(file.Size())/1e6)
	if file.Size() >= mostBytes {
		t.Errorf("the program has %d bytes, under %d are wanted: does something call text/template or MethodByName?", file.Size(), mostBytes)
	}
}
