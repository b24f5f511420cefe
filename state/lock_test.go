package state

import (
	"bufio"
	"context"
	"errors"
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"
)

// holderDir has this test program hold a lock in that folder instead of running tests.
const holderDir = "VPCLINK_TEST_HOLDS_LOCK_IN"

func TestMain(m *testing.M) {
	if dir := os.Getenv(holderDir); dir != "" {
		hold(dir)
		return
	}
	goleak.VerifyTestMain(m)
}

// hold takes the lock, says so, and keeps it until its input ends.
func hold(dir string) {
	_, err := Acquire(context.Background(), dir, "tgw", Owner{Who: "ann", PID: os.Getpid(), Host: "lab", Command: "vpclink up tgw"})
	if err != nil {
		os.Exit(1)
	}
	_, _ = os.Stdout.WriteString("held\n")
	_, _ = bufio.NewReader(os.Stdin).ReadString('\n')
	os.Exit(0) // without Release: the lock must end with the process
}

func TestTwoProcesses(t *testing.T) {
	dir := t.TempDir()
	other := exec.CommandContext(t.Context(), os.Args[0])
	other.Env = append(os.Environ(), holderDir+"="+dir)
	in := must(other.StdinPipe())(t)
	out := must(other.StdoutPipe())(t)
	must(0, other.Start())(t)
	if line, err := bufio.NewReader(out).ReadString('\n'); line != "held\n" {
		t.Fatalf("the other process should hold the lock, not say %q, %v", line, err)
	}

	_, err := Acquire(t.Context(), dir, "tgw", Owner{Who: "bob", PID: os.Getpid()})
	locked, ok := errors.AsType[*LockedError](err)
	if !ok {
		t.Fatalf("a lock that another process holds should be refused with a LockedError, not %v", err)
	}
	since := locked.Owner.Since
	if age := time.Since(since); age < -time.Second || age > time.Minute {
		t.Errorf("the lock should be held since just now, not since %s", since)
	}
	want := &LockedError{Stack: "tgw", Owner: Owner{Who: "ann", PID: other.Process.Pid, Host: "lab", Command: "vpclink up tgw", Since: since}}
	if diff := cmp.Diff(want, locked); diff != "" {
		t.Errorf("the refusal should name the other process (-wanted +got):\n%s", diff)
	}
	free := must(Acquire(t.Context(), dir, "peering", Owner{}))(t)
	must(0, free.Release())(t)

	must(0, in.Close())(t)
	must(0, other.Wait())(t)
	lock := must(Acquire(t.Context(), dir, "tgw", Owner{Who: "bob", PID: 7}))(t)
	if owner := readOwner(lockPath(dir, "tgw")); owner.Who != "bob" || owner.PID != 7 {
		t.Errorf("the lock of a process that has ended should be free, and its file name the new owner, not %v", owner)
	}
	must(0, lock.Release())(t)
}

func TestRelease(t *testing.T) {
	dir := t.TempDir()
	for range 2 {
		lock := must(Acquire(t.Context(), dir, "tgw", Owner{Who: "ann"}))(t)
		if _, err := Acquire(t.Context(), dir, "tgw", Owner{}); !isA[*LockedError](err) {
			t.Errorf("a second lock of one process should be refused too, not %v", err)
		}
		must(0, lock.Release())(t)
		next := must(Acquire(t.Context(), dir, "tgw", Owner{Who: "bob"}))(t)
		must(0, lock.Release())(t) // a second time, when it is another's
		if owner := readOwner(lockPath(dir, "tgw")); owner.Who != "bob" {
			t.Errorf("releasing twice should leave the next owner's name alone, not make it %q", owner.Who)
		}
		must(0, next.Release())(t)
		if data := must(os.ReadFile(lockPath(dir, "tgw")))(t); len(data) != 0 {
			t.Errorf("the file of a free lock should be there and empty, not hold %q", data)
		}
	}
}

// Between taking the lock and writing who has it, or in a crash, the file may hold anything.
func TestALockThatDoesNotTellItsOwner(t *testing.T) {
	for _, text := range []string{"", `{"who":"an`, `{"who":"ann","pid":"seven"}`, "[]", "\x00\x00\x00"} {
		dir := t.TempDir()
		lock := must(Acquire(t.Context(), dir, "tgw", Owner{Who: "ann"}))(t)
		must(0, os.WriteFile(lockPath(dir, "tgw"), []byte(text), 0o600))(t)
		_, err := Acquire(t.Context(), dir, "tgw", Owner{})
		got, _ := errors.AsType[*LockedError](err)
		if diff := cmp.Diff(&LockedError{Stack: "tgw"}, got); diff != "" {
			t.Errorf("with %q in its file the lock should be refused all the same (-wanted +got):\n%s", text, diff)
		}
		must(0, lock.Release())(t)
	}
}

func TestWhatALockedErrorSays(t *testing.T) {
	since := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	for _, c := range []struct {
		err  LockedError
		want string
	}{
		{LockedError{Stack: "tgw"}, `stack "tgw" is in use by another vpclink`},
		{
			LockedError{Stack: "tgw", Owner: Owner{Who: "ann", PID: 7, Host: "lab", Since: since, Command: "vpclink up tgw"}},
			`stack "tgw" is in use: ann on lab runs "vpclink up tgw" as process 7 since 2026-01-02T03:04:05Z`,
		},
	} {
		if got := c.err.Error(); got != c.want {
			t.Errorf("the error should read\n%s\nnot\n%s", c.want, got)
		}
	}
}

func TestAcquireRefuses(t *testing.T) {
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := Acquire(ended, t.TempDir(), "tgw", Owner{})
	wantError(t, "locking when it is over already", err, context.Canceled)
	if _, err := Acquire(t.Context(), t.TempDir(), "../tgw", Owner{}); !isA[*NameError](err) {
		t.Errorf("locking a name that leads out of the folder should fail with a NameError, not %v", err)
	}
}
