package vpclink

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

// build makes the program as make build does.
func build(tb testing.TB) string {
	tb.Helper()
	program := filepath.Join(tb.TempDir(), "vpclink")
	cmd := exec.CommandContext(tb.Context(), "go", "build", "-trimpath", "-gcflags=github.com/...=-l", "-ldflags=-s -w", "-o", program, "./cmd/vpclink")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		tb.Fatalf("the program must build: %v\n%s", err, out)
	}
	return program
}

// start returns how long `vpclink --help` takes: the middle one of some runs.
func start(tb testing.TB, program string, runs int) time.Duration {
	tb.Helper()
	var took []time.Duration
	for range runs {
		begun := time.Now()
		if out, err := exec.CommandContext(tb.Context(), program, "--help").CombinedOutput(); err != nil {
			tb.Fatalf("help must be given: %v\n%s", err, out)
		}
		took = append(took, time.Since(begun))
	}
	slices.Sort(took)
	return took[len(took)/2]
}

// longestStart is far above what the start takes, as the machine may be busy, and far below what it takes when
// something big is read or compiled at every start.
const longestStart = 250 * time.Millisecond

func TestStart(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the program")
	}
	if took := start(t, build(t), 9); took > longestStart {
		t.Errorf("vpclink --help takes %s, at most %s are wanted: what is done when the program starts?", took, longestStart)
	}
}

func BenchmarkStart(b *testing.B) {
	program := build(b)
	for b.Loop() {
		b.ReportMetric(float64(start(b, program, 20).Microseconds())/1e3, "help-ms")
	}
}

// BenchmarkScale brings 100 and 1,000 VPCs up and down with the program, on its simulator at 600 times AWS's pace: what a
// resource costs must not grow with their number. The simulator runs in the same process.
func BenchmarkScale(b *testing.B) {
	program := build(b)
	for _, instances := range []string{"false", "true"} {
		for _, vpcs := range []int{100, 1000} {
			b.Run(fmt.Sprintf("instances=%s/vpcs=%d", instances, vpcs), func(b *testing.B) {
				for b.Loop() {
					scale(b, program, instances, vpcs)
				}
			})
		}
	}
}

func scale(b *testing.B, program, instances string, vpcs int) {
	b.Helper()
	var names []string
	for i := range vpcs {
		names = append(names, fmt.Sprintf("v%d", i))
	}
	state := b.TempDir()
	up := []string{"up", "tgw", "--vpcs", strings.Join(names, ","), "--target", "sim", "--sim-speed", "600", "--instances=" + instances}
	for _, args := range [][]string{up, {"down", "--yes"}} {
		cmd := exec.CommandContext(b.Context(), program, append(args, "--state-dir", state, "--progress", "quiet", "-o", "json")...)
		cmd.Stderr = os.Stderr
		begun := time.Now()
		out, err := cmd.Output()
		took := time.Since(begun)
		if err != nil {
			b.Fatalf("%s of %d VPCs must be complete: %v", args[0], vpcs, err)
		}
		var result struct {
			Result  struct{ Made int }
			Removed int
		}
		if err := json.Unmarshal(out, &result); err != nil {
			b.Fatal(err)
		}
		cpu := cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
		b.ReportMetric(took.Seconds(), args[0]+"-s")
		b.ReportMetric(float64(cpu.Microseconds())/1e3/float64(result.Result.Made+result.Removed), args[0]+"-cpu-ms/resource")
		if usage, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
			b.ReportMetric(float64(usage.Maxrss)/1e3, args[0]+"-MB") // of kilobytes, as Linux tells them
		}
	}
}
