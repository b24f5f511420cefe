package main

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vpclink/localstack"
	"vpclink/sim"
)

var (
	faultsAll  = flag.Bool("faults.all", false, "try every changing call, every fault and every ending instead of a sample")
	faultsEach = flag.Int("faults.each", 1, "how many points of each fault, up and down, the sample has")
	faultsSeed = flag.Uint64("faults.seed", 1, "chooses the sample")
	faultsLab  = flag.String("faults.pattern", "tgw", "whose lab is made")
)

// simFast is the speed of the simulated servers, at which the minutes of a gateway are a second.
const simFast = 200

// The program itself, on a server behind a proxy that spoils one of its changing calls: it is killed before or after
// it, or the answer is lost or is an error. Then another up finishes the lab, with nothing double, and down leaves
// nothing. (What TestKill holds in process holds for a process that dies, and for a wire that breaks.) The moto server
// is named by VPCLINK_TEST_MOTO. Each lab has an account of its own there, and a world of its own on the simulator.
func TestFaults(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the program, and runs it for half a minute")
	}
	program := buildProgram(t)
	for _, server := range []struct {
		name  string
		serve func(*testing.T) string
	}{
		{localstack.Moto, namedMoto},
		{"sim", servedWorld},
	} {
		t.Run(server.name, func(t *testing.T) {
			open := func(t *testing.T) *wiredLab {
				t.Helper()
				return newWiredLab(t, program, server.serve(t))
			}
			n := &wireTally{}
			usual := undisturbed(open(t))
			t.Logf("undisturbed: %+v", usual)
			t.Run("points", func(t *testing.T) { // so that its parallel ones are over when it returns
				for _, p := range usual.points() {
					t.Run(p.String(), func(t *testing.T) {
						t.Parallel()
						struck, err := p.try(open(t), usual.made)
						n.note(t, struck, err)
					})
				}
			})
			t.Logf("faults on %s: %d points, %d wrong ends, %d points after the last call", server.name, n.points.Load(), n.wrong.Load(), n.missed.Load())
			if !*faultsAll && n.missed.Load() > 0 {
				t.Error("each fault of the sample strikes a call, and some came after the last one")
			}
		})
	}
}

// wireTally counts how the points end.
type wireTally struct{ points, wrong, missed atomic.Int64 }

// note says how a point ended, with the action that was spoiled. A down that gets less to do than the one that was counted
// may be over before.
func (n *wireTally) note(t *testing.T, struck string, err error) {
	t.Helper()
	switch {
	case err != nil:
		n.wrong.Add(1)
		t.Errorf("%s: %v", struck, err)
	case struck == "":
		n.missed.Add(1)
		t.Log("the command was over before")
		return
	default:
		t.Logf("%s: right in the end", struck)
	}
	n.points.Add(1)
}

func buildProgram(t *testing.T) string {
	t.Helper()
	program := filepath.Join(t.TempDir(), "vpclink")
	if out, err := exec.CommandContext(t.Context(), "go", "build", "-o", program, ".").CombinedOutput(); err != nil {
		t.Fatalf("the program must build: %v\n%s", err, out)
	}
	return program
}

func namedMoto(t *testing.T) string {
	t.Helper()
	endpoint := os.Getenv("VPCLINK_TEST_MOTO")
	if endpoint == "" {
		t.Skip("VPCLINK_TEST_MOTO names no server")
	}
	return endpoint
}

func servedWorld(t *testing.T) string {
	t.Helper()
	world := sim.New(sim.Options{Speed: simFast, Seed: *faultsSeed})
	server := httptest.NewServer((&sim.Server{World: world, Version: version}).Handler())
	t.Cleanup(server.Close)
	return server.URL
}

// faultPoint is one thing that goes wrong, and what is done about it.
type faultPoint struct {
	command string // in which it goes wrong, up or down
	nth     int    // the changing call that it strikes
	fault   wireFault
	then    string // the command that follows
}

func (p faultPoint) String() string {
	return fmt.Sprintf("%s %s call %d, then %s", p.command, p.fault.name, p.nth, p.then)
}

// course is what an up and a down come to when nothing goes wrong.
type course struct {
	calls []commandCalls
	made  map[string]int // how many IDs up makes, by the word they begin with
}

// commandCalls is how many changing calls a command makes, and how many it makes at the least.
type commandCalls struct {
	command   string
	all, sure int
}

func undisturbed(l *wiredLab) course {
	l.t.Helper()
	var c course
	for _, command := range []string{"up", "down"} {
		if err := l.well(command); err != nil {
			l.t.Fatal(err)
		}
		changes, _ := l.proxy.counted()
		c.calls = append(c.calls, commandCalls{command, len(changes), l.proxy.sure()})
		if command == "up" {
			c.made = l.proxy.madeOf()
		}
	}
	return c
}

// points returns all there are or, as a sample, some of each fault in each command, at calls and with endings that the
// seed chooses.
func (c course) points() []faultPoint {
	var all, sample []faultPoint
	endings := []string{"up", "down"}
	random := rand.New(rand.NewPCG(*faultsSeed, 0)) //nolint:gosec // a sample, no secret
	for _, calls := range c.calls {
		for _, fault := range wireFaults {
			for nth := range calls.all {
				for _, then := range endings {
					all = append(all, faultPoint{calls.command, nth + 1, fault, then})
				}
			}
			for _, i := range random.Perm(calls.sure * len(endings))[:min(*faultsEach, calls.sure*len(endings))] {
				sample = append(sample, faultPoint{calls.command, i/len(endings) + 1, fault, endings[i%len(endings)]})
			}
		}
	}
	if *faultsAll {
		return all
	}
	return sample
}

// try spoils the call and goes on from there. It returns the action that was spoiled, "" when the command made fewer
// calls, and what is wrong in the end.
func (p faultPoint) try(l *wiredLab, usual map[string]int) (struck string, err error) {
	if p.command == "down" {
		if err := l.well("up"); err != nil {
			return "", err
		}
	}
	e := l.run(p.fault, p.nth, p.command)
	_, struck = l.proxy.counted()
	killed := p.fault.kills && struck != ""
	switch {
	case killed && e.code != killedCode:
		return struck, fmt.Errorf("the program was killed, and ended with %d\n%s", e.code, e.err)
	case !killed && e.code != exitDone:
		return struck, fmt.Errorf("%s itself gets by, and ended with %d\n%s%s", p.command, e.code, e.out, e.err)
	}
	if diff := cmp.Diff(usual, l.proxy.madeOf()); p.command == "up" && !p.fault.kills && diff != "" {
		// A twin that is taken away in the end shows only here.
		return struck, fmt.Errorf("an up that gets by makes nothing twice, not even for a moment (-usual +made):\n%s", diff)
	}
	if p.then == "up" {
		if err := p.finish(l, killed); err != nil {
			return struck, err
		}
	}
	if err := l.well("down"); err != nil {
		return struck, err
	}
	left, err := l.left()
	if err == nil && len(left) > 0 {
		err = fmt.Errorf("down leaves nothing, and the server has %v", left)
	}
	return struck, err
}

// finish brings the lab up and wants it whole.
func (p faultPoint) finish(l *wiredLab, killed bool) error {
	if err := l.well("up"); err != nil {
		return err
	}
	if changes, _ := l.proxy.counted(); p.command == "up" && !killed && len(changes) > 0 {
		return fmt.Errorf("the first up was done, and yet the second one did %v", changes)
	}
	seen, err := l.left()
	if got := seen.counts(); err == nil && got != l.whole {
		err = fmt.Errorf("after up the server has\n%s, expected\n%s\nin %v", got, l.whole, seen)
	}
	return err
}
