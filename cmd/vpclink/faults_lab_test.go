package main

import (
	"bytes"
	"fmt"
	"maps"
	"net/http"
	"os/exec"
	"slices"
	"testing"

	"vpclink/cloud"
	"vpclink/localstack"
)

// faultsRegion is where the labs of this test are.
const faultsRegion = "eu-west-3"

// wiredLab is one stack of the program behind a proxy.
type wiredLab struct {
	t       *testing.T
	program string
	dir     string
	proxy   *faultProxy
	faultLab
	account *cloud.Account // past the faults
	before  inventory
}

func newWiredLab(t *testing.T, program, endpoint string) *wiredLab {
	t.Helper()
	lab, ok := faultLabs[*faultsLab]
	if !ok {
		t.Fatalf("-faults.pattern names one of %v, got %q", slices.Sorted(maps.Keys(faultLabs)), *faultsLab)
	}
	l := &wiredLab{t: t, program: program, dir: t.TempDir(), proxy: newFaultProxy(t, endpoint), faultLab: lab}
	target, err := localstack.Detect(t.Context(), endpoint, http.DefaultClient)
	if err != nil {
		t.Fatal(err)
	}
	account, err := cloud.Connect(t.Context(), cloud.Config{Target: target, Region: faultsRegion, HTTP: l.proxy})
	if err != nil {
		t.Fatal(err)
	}
	l.account = account
	if l.before, err = inventoryOf(t.Context(), l.account); err != nil {
		t.Fatal(err)
	}
	return l
}

// left lists what the account has that was not there before.
func (l *wiredLab) left() (inventory, error) {
	now, err := inventoryOf(l.t.Context(), l.account)
	return now.without(l.before), err
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
		"up":   {"up", *faultsLab, "--vpcs", l.vpcs, "--region", faultsRegion, "--endpoint-url", l.proxy.URL},
		"down": {"down", "--yes"},
	}[command]
	cmd := exec.CommandContext(l.t.Context(), l.program, append(args, "--progress", "plain", "--timeout", "3m")...)
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
	l.proxy.quiet() // what takes effect later than the settle time is beyond the promise
	return ending{cmd.ProcessState.ExitCode(), out.String(), errs.String()}
}
