package main

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"vpclink/sim"
)

// announced writes down a server in the lab's folder, as one that was killed leaves it.
func (l *lab) announced(endpoint string) string {
	l.t.Helper()
	dir := filepath.Join(l.dir, "sim")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		l.t.Fatal(err)
	}
	if err := (&server{Version: formVersion, Endpoint: endpoint, ID: "the one that was killed", PID: 4321}).announce(dir); err != nil {
		l.t.Fatal(err)
	}
	return dir
}

// nobody is an address at which nothing answers.
func nobody(t *testing.T) string {
	t.Helper()
	closed := httptest.NewServer(http.NotFoundHandler())
	closed.Close()
	return closed.URL
}

// The announcement of a server that was killed is no hindrance: the lock is free, and tells so.
func TestAServerThatWasKilled(t *testing.T) {
	l := newLab(t)
	dir := l.announced(nobody(t))
	l.must("up", "tgw", "--vpcs", "a,b", "--instances=false", "--target", "sim", "--sim-speed", "600")
	if _, err := os.Stat(announcement(dir)); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("who opens the world should take the old announcement away: %v", err)
	}
}

// A world that is held by a server which does not answer is an error that names it, not a long wait.
func TestAServerThatDoesNotAnswer(t *testing.T) {
	other := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write([]byte(`{"name":"vpclink-sim","id":"another one"}`))
	}))
	t.Cleanup(other.Close)
	for why, endpoint := range map[string]string{"connection refused": nobody(t), "another server has its port": other.URL} {
		t.Run(why, func(t *testing.T) {
			t.Parallel()
			l := newLab(t)
			dir := filepath.Join(l.dir, "sim")
			w, err := sim.Open(t.Context(), dir, sim.Options{})
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = w.Close() }()
			l.announced(endpoint)
			e := l.run("sim", "ls")
			if e.code != exitLocked || e.out != "" {
				t.Errorf("expected exit code 5 and no result, got %d and %q", e.code, e.out)
			}
			for _, part := range []string{dir, endpoint, "does not answer", why, `"kill 4321"`} {
				if !strings.Contains(e.err, part) {
					t.Errorf("the error should contain %q:\n%s", part, e.err)
				}
			}
		})
	}
}

// A command that waits for another one's world goes on when that is done, though an announcement came in between.
func TestWaitingForTheWorld(t *testing.T) {
	l := newLab(t)
	dir := filepath.Join(l.dir, "sim")
	w, err := sim.Open(t.Context(), dir, sim.Options{})
	if err != nil {
		t.Fatal(err)
	}
	time.AfterFunc(700*time.Millisecond, func() { _ = w.Close() })
	l.announced(nobody(t))
	if e := l.must("sim", "ls"); e.out != "The simulator is empty.\n" {
		t.Errorf("expected an empty simulator, got %q", e.out)
	}
}

// serveUntil serves the lab's simulator with these flags until it answers, and returns how the command ended.
func (l *lab) serveUntil(args ...string) ending {
	l.t.Helper()
	ctx, cancel := context.WithCancelCause(l.t.Context())
	go func() {
		for ctx.Err() == nil {
			if s, err := findServer(ctx, filepath.Join(l.dir, "sim")); err == nil && s != nil {
				cancel(errInterrupted)
			}
		}
	}()
	return l.runUntil(ctx, append([]string{"sim", "serve"}, args...)...)
}

// Who can reach the simulator is said when that is more than this machine.
func TestServeOnOtherAddresses(t *testing.T) {
	l := newLab(t)
	e := l.serveUntil("--listen", "127.0.0.1:0")
	if e.code != exitDone || e.err != "" || !strings.HasPrefix(e.out, "The simulator answers at http://127.0.0.1:") {
		t.Errorf("expected an address on this machine, and nothing to warn of: %+v", e)
	}
	e = l.serveUntil("--listen", "0.0.0.0:0")
	if e.code != exitDone || !strings.Contains(e.err, "warning: ") || !strings.HasPrefix(e.out, "The simulator answers at http://127.0.0.1:") {
		t.Errorf("expected a warning on stderr, and the address by which this machine reaches it: %+v", e)
	}
}

func TestServeRefuses(t *testing.T) {
	taken, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = taken.Close() }()
	for _, row := range []struct {
		what string
		args []string
		code int
		want string
	}{
		{"an address without a port", []string{"--listen", "127.0.0.1"}, exitUsage, `--listen "127.0.0.1": it is an address and a port`},
		{"a port that is taken", []string{"--listen", taken.Addr().String()}, exitFailed, "address already in use"},
		{"an end that --timeout set", []string{"--listen", "127.0.0.1:0", "--timeout", "200ms"}, exitTimedOut, "not done within --timeout"},
	} {
		l := newLab(t)
		e := l.run(append([]string{"sim", "serve"}, row.args...)...)
		if e.code != row.code || !strings.Contains(e.err, row.want) {
			t.Errorf("%s should end with %d and %q, not with %d and %q", row.what, row.code, row.want, e.code, e.err)
		}
		if _, err := os.Stat(announcement(filepath.Join(l.dir, "sim"))); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("after %s no announcement should be left: %v", row.what, err)
		}
		l.must("sim", "ls") // nobody has the world any more
	}
}
