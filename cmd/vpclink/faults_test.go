package main

import (
	"bytes"
	"flag"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vpclink/cloud"
	"vpclink/localstack"
	"vpclink/sim"
)

var (
	faultsAll  = flag.Bool("faults.all", false, "try every changing call, every fault and every ending instead of a sample")
	faultsSome = flag.Bool("faults", false, "try a sample of the calls")
	faultsSeed = flag.Uint64("faults.seed", 1, "chooses the sample")
)

// faultsRegion is where the labs of this test are: nothing of them is in the way of another test on the same server.
const faultsRegion = "eu-west-3"

// simFast is the speed of the simulated servers, at which the minutes of a gateway are a second.
const simFast = 200

// The program itself, on a server behind a proxy that spoils one of its changing calls: it is killed before or after
// it, or the answer is lost or is an error. Then another up finishes the lab, with nothing double, and down leaves
// nothing. (What TestKill holds in process holds for a process that dies, and for a wire that breaks.) The moto server
// is named by VPCLINK_TEST_MOTO; each lab on the simulator has a world of its own.
func TestFaults(t *testing.T) {
	if !*faultsSome && !*faultsAll {
		t.Skip("runs the program for minutes: -faults tries a sample, -faults.all every call")
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
				return newWiredLab(t, program, server.serve(t), server.name == localstack.Moto)
			}
			n := &wireTally{}
			usual := undisturbed(open(t))
			t.Run("points", func(t *testing.T) { // so that its parallel ones are over when it returns
				for _, p := range faultPoints(usual.ups, usual.downs) {
					t.Run(p.String(), func(t *testing.T) {
						t.Parallel()
						struck, err := p.try(open(t), usual.made)
						n.note(t, struck, err)
					})
				}
			})
			t.Logf("faults on %s: %d points, %d wrong ends, %d points after the last call", server.name, n.points.Load(), n.wrong.Load(), n.missed.Load())
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
	ups, downs int            // changing calls
	made       map[string]int // how many IDs up makes, by the word they begin with
}

func undisturbed(l *wiredLab) course {
	l.t.Helper()
	var c course
	if err := l.well("up"); err != nil {
		l.t.Fatal(err)
	}
	changes, _ := l.proxy.counted()
	c.ups, c.made = len(changes), l.proxy.madeOf()
	if err := l.well("down"); err != nil {
		l.t.Fatal(err)
	}
	changes, _ = l.proxy.counted()
	c.downs = len(changes)
	return c
}

// faultPoints returns all there are or, as a sample, one of each fault in each command, at a call and with an ending
// that the seed chooses.
func faultPoints(ups, downs int) []faultPoint {
	var all, sample []faultPoint
	random := rand.New(rand.NewPCG(*faultsSeed, 0)) //nolint:gosec // a sample, no secret
	for _, c := range []struct {
		command string
		calls   int
	}{{"up", ups}, {"down", downs}} {
		for _, fault := range wireFaults {
			var points []faultPoint
			for nth := range c.calls {
				for _, then := range []string{"up", "down"} {
					points = append(points, faultPoint{c.command, nth + 1, fault, then})
				}
			}
			all = append(all, points...)
			sample = append(sample, points[random.IntN(len(points))])
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
	l.proxy.busy.Wait() // what takes effect later than the settle time is beyond the promise
	if p.then == "up" {
		if err := p.finish(l, killed); err != nil {
			return struck, err
		}
	}
	if err := l.well("down"); err != nil {
		return struck, err
	}
	left, err := l.left(l.t.Context())
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
	seen, err := l.left(l.t.Context())
	if got := counts(seen); err == nil && got != wholeLab {
		err = fmt.Errorf("after up the server has\n%s, expected\n%s\nin %v", got, wholeLab, seen)
	}
	return err
}

// wiredLab is one stack of the program behind a proxy.
type wiredLab struct {
	t       *testing.T
	program string
	dir     string
	proxy   *faultProxy
	holdings
}

func newWiredLab(t *testing.T, program, endpoint string, moto bool) *wiredLab {
	t.Helper()
	l := &wiredLab{t: t, program: program, dir: t.TempDir(), proxy: newFaultProxy(t, endpoint, moto)}
	target, err := localstack.Detect(t.Context(), l.proxy.URL, http.DefaultClient)
	if err != nil {
		t.Fatal(err)
	}
	target.Endpoint = endpoint
	account, err := cloud.Connect(t.Context(), cloud.Config{Target: target, Region: faultsRegion})
	if err != nil {
		t.Fatal(err)
	}
	l.holdings = holdings{api: account.EC2, stack: "faults-" + newUUID()[:8], made: l.proxy.has}
	return l
}

// well runs a command in which nothing goes wrong.
func (l *wiredLab) well(command string) error {
	if e := l.run(wireFault{}, 0, command); e.code != exitDone {
		return fmt.Errorf("%s ends well, and ended with %d\n%s%s", command, e.code, e.out, e.err)
	}
	return nil
}

// killedCode is how a command ends that a signal ended.
const killedCode = -1

// run runs a command of the program and spoils its nth changing call.
func (l *wiredLab) run(f wireFault, nth int, command string) ending {
	l.t.Helper()
	args := map[string][]string{
		"up":   {"up", "tgw", "--vpcs", "a,b,c", "--region", faultsRegion, "--endpoint-url", l.proxy.URL},
		"down": {"down", "--yes"},
	}[command]
	cmd := exec.CommandContext(l.t.Context(), l.program, append(args, "--stack", l.stack, "--progress", "plain", "--timeout", "3m")...)
	cmd.Env = []string{"VPCLINK_STATE_DIR=" + l.dir, "HOME=" + l.dir}
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	begun, dead := make(chan struct{}), make(chan struct{})
	l.proxy.plan(f, nth, func() {
		<-begun
		_ = cmd.Process.Kill()
		<-dead
	})
	if err := cmd.Start(); err != nil {
		l.t.Fatalf("the program starts: %v", err)
	}
	close(begun)
	_ = cmd.Wait()
	close(dead)
	return ending{cmd.ProcessState.ExitCode(), out.String(), errs.String()}
}
