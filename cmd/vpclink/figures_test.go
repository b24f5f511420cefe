package main

import (
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"vpclink/sim"
)

// callsTo names the file into which instant writes the calls that were made.
const callsTo = "VPCLINK_TEST_CALLS"

// instant is the program on a simulator that has everything ready at once: what it takes then is its own.
func instant() {
	a := newApp()
	a.open = func(ctx context.Context, dir string, o sim.Options) (world, error) {
		o.NoDelay = true
		w, err := sim.Open(ctx, dir, o)
		if err != nil {
			return nil, err
		}
		return &counted{w, len(w.Calls())}, nil
	}
	os.Exit(run(context.Background(), a, os.Args[1:]))
}

// counted is a world that writes down, at its end, what it was asked.
type counted struct {
	*sim.World
	before int // calls that were made again to open it
}

func (w *counted) Close() error {
	data, err := json.Marshal(w.Calls()[w.before:])
	if err == nil {
		err = os.WriteFile(os.Getenv(callsTo), data, 0o600)
	}
	if err != nil {
		return err
	}
	return w.World.Close()
}

// figures are what one command took.
type figures struct {
	changing, reading int
	wall              time.Duration
	memory            int64 // the most it had, in bytes
}

// measured runs a command of the program on an instant simulator, in a process of its own.
func measured(tb testing.TB, dir string, args ...string) figures {
	tb.Helper()
	calls := dir + "/calls"
	cmd := exec.CommandContext(tb.Context(), os.Args[0], args...)
	cmd.Args[0] = "vpclink-instant" // as TestMain knows it
	cmd.Env = append(os.Environ(), "VPCLINK_STATE_DIR="+dir, callsTo+"="+calls)
	begun := time.Now()
	out, err := cmd.CombinedOutput()
	f := figures{wall: time.Since(begun)}
	if err != nil {
		tb.Fatalf("vpclink %s should end well: %v\n%s", strings.Join(args, " "), err, out)
	}
	if usage, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
		f.memory = usage.Maxrss
		if runtime.GOOS != "darwin" { // kilobytes, but for macOS
			f.memory *= 1024
		}
	}
	var made []sim.Call
	data, err := os.ReadFile(calls)
	if err == nil {
		err = json.Unmarshal(data, &made)
	}
	if err != nil {
		tb.Fatal(err)
	}
	for _, c := range made {
		if c.Changing {
			f.changing++
		} else {
			f.reading++
		}
	}
	return f
}

var instantLab = []string{"up", "tgw", "--vpcs", "a,b,c", "--target", "sim"}

// The lab takes no call more than it needs: one for each of its 41 resources, and few looks.
func TestFewCalls(t *testing.T) {
	dir := t.TempDir()
	if f := measured(t, dir, instantLab...); f.changing > 45 || f.reading > 30 {
		t.Errorf("up makes %d changing and %d reading calls, want 45 and 30 at most", f.changing, f.reading)
	}
	if f := measured(t, dir, instantLab...); f.changing > 0 || f.reading > 30 {
		t.Errorf("a second up makes %d changing and %d reading calls, want none and 30 at most", f.changing, f.reading)
	}
}

// BenchmarkLab measures what the lab takes when AWS takes no time: the program's own part.
func BenchmarkLab(b *testing.B) {
	for b.Loop() {
		dir := b.TempDir()
		for _, tc := range []struct {
			name string
			args []string
		}{{"up", instantLab}, {"again", instantLab}, {"down", []string{"down", "--yes"}}} {
			f := measured(b, dir, tc.args...)
			b.ReportMetric(float64(f.changing), tc.name+"-changing")
			b.ReportMetric(float64(f.reading), tc.name+"-reading")
			b.ReportMetric(f.wall.Seconds(), tc.name+"-s")
			b.ReportMetric(float64(f.memory)/1e6, tc.name+"-MB")
		}
	}
}
