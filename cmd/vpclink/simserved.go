package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"vpclink/cloud"
	"vpclink/sim"
	"vpclink/words"
)

// server is a simulator that another process serves, as it announces itself in the folder of its world. Only who holds
// the world's lock writes or removes the announcement, so that it can be older than the holder, but never wrong for long.
type server struct {
	Version  int    `json:"vpclink"`
	Endpoint string `json:"endpoint"`
	ID       string `json:"id"`
	PID      int    `json:"pid"`

	speed   float64 // as it answered
	program string  // its version
}

const (
	// A server on this machine answers in milliseconds; this is for a busy one.
	serverPatience = 5 * time.Second
	// So long whoever opens the world may take until the announcement of a server that was killed is gone.
	deadFor = 5 * time.Second
	// How long a world's lock is waited for before its holder is looked at again: it may serve by now.
	lookEvery = 500 * time.Millisecond
)

// servedError says that a server has the world, where a command needs it for itself or cannot reach it.
type servedError struct {
	dir    string
	server server
	err    error // why it does not answer, nil when it does
}

var _ error = (*servedError)(nil)

func (e *servedError) Error() string { return e.Say(words.English) }

// Say tells it in a language.
func (e *servedError) Say(l words.Language) string {
	if e.err == nil {
		return l.Say("the simulator in %s is served at %s", e.dir, e.server.Endpoint)
	}
	return l.Say("the simulator in %s is held by a server at %s, which does not answer: %w", e.dir, e.server.Endpoint, e.err)
}

// Unwrap says that another process has the simulator.
func (e *servedError) Unwrap() []error {
	if e.err == nil {
		return []error{sim.ErrLocked}
	}
	return []error{sim.ErrLocked, e.err}
}

// Try says how to get at it.
func (e *servedError) Try(l words.Language) string {
	return l.Say("end the server, with Ctrl-C or \"kill %d\", and try again", e.server.PID)
}

// enter opens the folder's world, or finds the server that has it open: exactly one of the two comes back. It waits for
// a process that has the world for the length of a command.
func (a *app) enter(ctx context.Context, g *globals, dir string) (world, *server, error) {
	var since time.Time // when the announced server was first found dead
	for wait := time.Millisecond; ; wait = lookEvery {
		soon, cancel := context.WithTimeout(ctx, wait)
		w, err := a.open(soon, dir, g.simOptions())
		cancel()
		switch {
		case err == nil: // an announcement that is there is of a server that was killed
			if err := withdraw(dir); err != nil {
				return nil, nil, errors.Join(err, w.Close())
			}
			return w, nil, nil
		case !errors.Is(err, sim.ErrLocked) || ctx.Err() != nil:
			return nil, nil, ofSim(err)
		}
		s, err := findServer(ctx, dir)
		switch {
		case err == nil && s != nil:
			return nil, s, nil
		case err == nil:
			since = time.Time{}
		case since.IsZero():
			since = time.Now()
		case time.Since(since) > deadFor:
			return nil, nil, err
		}
	}
}

// notServed refuses what needs the world for itself while a server has it.
func notServed(ctx context.Context, dir string) error {
	s, err := findServer(ctx, dir)
	if err != nil || s == nil {
		return nil //nolint:nilerr // it does not answer: whether it has the world, the lock will tell
	}
	return &servedError{dir: dir, server: *s}
}

// findServer returns the server that has announced itself and answers; nil for no announcement, and a *servedError for
// one that nobody stands behind any more.
func findServer(ctx context.Context, dir string) (*server, error) {
	data, err := os.ReadFile(announcement(dir))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil //nolint:nilnil // no announcement, no server
	}
	if err != nil {
		return nil, err
	}
	var s server
	if err := json.Unmarshal(data, &s); err != nil {
		return nil, fmt.Errorf("%s: %w", announcement(dir), err)
	}
	var health sim.Health
	if err := s.ask(ctx, "/_sim/health", &health); err != nil {
		return nil, &servedError{dir, s, err}
	}
	if health.Name != sim.HealthName || health.ID != s.ID {
		return nil, &servedError{dir, s, words.New("another server has its port")}
	}
	s.speed, s.program = health.Speed, health.Version
	return &s, nil
}

// ask reads one of the server's pages.
func (s *server) ask(ctx context.Context, page string, into any) error {
	limited, cancel := context.WithTimeout(ctx, serverPatience)
	defer cancel()
	request, err := http.NewRequestWithContext(limited, http.MethodGet, s.Endpoint+page, nil)
	if err != nil {
		return err
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("%s: %s", page, answer.Status)
	}
	return json.NewDecoder(answer.Body).Decode(into)
}

func (s *server) objects(ctx context.Context) ([]objectJSON, error) {
	var page sim.Contents
	if err := s.ask(ctx, "/_sim/world", &page); err != nil {
		return nil, words.Errorf("asking the simulator at %s what it holds: %w", s.Endpoint, err)
	}
	list := []objectJSON{}
	for _, o := range page.Objects {
		list = append(list, objectJSON{o.Account, o.Region, o.Kind, o.ID, o.Name, o.State})
	}
	return list, nil
}

// target is the simulator as a target whose time goes on between two commands, at the speed that the server has.
func (s *server) target(settle time.Duration) cloud.Target {
	t := cloud.Simulator(s.speed)
	t.Version, t.Pauses = s.program, false
	if settle > 0 {
		t.Settle = settle
	}
	return t
}

func announcement(dir string) string { return filepath.Join(dir, "server.json") }

// announce lets other vpclinks find the server. They see all of it or nothing.
func (s *server) announce(dir string) error {
	data, err := json.Marshal(s)
	if err != nil {
		return err
	}
	if err := os.WriteFile(announcement(dir)+".new", append(data, '\n'), 0o600); err != nil {
		return err
	}
	return os.Rename(announcement(dir)+".new", announcement(dir))
}

func withdraw(dir string) error {
	err := os.Remove(announcement(dir))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}
