package vpclink

import (
	"os"
	"testing"
)

// mostBytes is under what the program must stay. It grows to 40 MB at once when something makes the linker keep every
// method of the EC2 client.
const mostBytes = 20_000_000

func TestSize(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the program")
	}
	program := build(t)
	file, err := os.Stat(program)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("the program has %.1f MB", float64(file.Size())/1e6)
	if file.Size() >= mostBytes {
		t.Errorf("the program has %d bytes, under %d are wanted: does something call text/template or MethodByName?", file.Size(), mostBytes)
	}
}
