package main

import (
	"context"
	"errors"
	"fmt"
	"log"
	"net"
	"os"

	"github.com/spf13/cobra"

	"vpclink/cmd/vpclink/ui"
	"vpclink/sim"
	"vpclink/words"
)

// simServer is where a simulator answers that is told nothing else. One more than LocalStack's port.
const simServer = "127.0.0.1:4567"

func newSimServe(a *app, g *globals) *cobra.Command {
	listen := simServer
	cmd := &cobra.Command{
		Use:   "serve",
		Short: a.say("Serve the simulator on a port"),
		Long: a.say(`serve lets every AWS client use the simulator: it answers EC2 and STS over HTTP until Ctrl-C or SIGTERM, in every region
and account. Any credentials do; an access key of 12 digits names the account, and AssumeRole leads into the role's.
vpclink commands with the same folder of state use the server while it runs. --timeout is how long it serves, and without
it there is no limit. What it tells of itself: /_sim/health, /_sim/world, /_sim/calls.`),
		Example: a.say(`  vpclink sim serve
  vpclink sim serve --listen 127.0.0.1:0 -o json     # a free port, which the result names
  aws ec2 describe-vpcs --endpoint-url http://127.0.0.1:4567`),
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			a.begun = true
			if err := g.check(cmd.Flags(), a.env); err != nil {
				return err
			}
			ctx := cmd.Context()
			if cmd.Flags().Changed(flagTimeout) { // the usual hour is for work that ends by itself
				limited, cancel := context.WithTimeoutCause(ctx, g.timeout, &deadlineError{g.timeout})
				defer cancel()
				ctx = limited
			}
			return ended(ctx, a.simServe(ctx, g, listen))
		},
	}
	cmd.Flags().StringVar(&listen, "listen", listen, a.say("`address` and port; port 0 is any that is free"))
	return cmd
}

// simServe serves the folder's simulator until ctx ends. That a person or a signal ends it is how it is meant to end.
func (a *app) simServe(ctx context.Context, g *globals, address string) error {
	if _, port, err := net.SplitHostPort(address); err != nil || !isPort(ctx, port) {
		return usage("", "--listen %q: it is an address and a port, like %s", address, simServer)
	}
	stateDir, err := g.dir(a)
	if err != nil {
		return err
	}
	dir := simDir(stateDir)
	if err := notServed(ctx, dir); err != nil {
		return err
	}
	w, err := sim.Open(ctx, dir, g.simOptions())
	if err != nil {
		return ofSim(err)
	}
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", address)
	if err != nil {
		return errors.Join(words.Errorf("serving the simulator: %w", err), ofSim(w.Close()))
	}
	return errors.Join(a.serve(ctx, g, dir, w, l), ofSim(w.Close()))
}

// isPort reports whether a port is a number or a name that there can be.
func isPort(ctx context.Context, port string) bool {
	_, err := net.DefaultResolver.LookupPort(ctx, "tcp", port)
	return err == nil
}

// serve answers on a port that is open, for a world whose lock we hold. It closes the port.
func (a *app) serve(ctx context.Context, g *globals, dir string, w *sim.World, l net.Listener) error {
	s := server{Version: formVersion, Endpoint: "http://" + reachable(l.Addr()), ID: newUUID(), PID: os.Getpid()}
	err := s.announce(dir)
	if err == nil {
		err = a.tellServed(g, s, l.Addr())
	}
	if err != nil {
		return errors.Join(err, withdraw(dir), l.Close())
	}
	var left error
	leave := func() { left = withdraw(dir) }
	err = (&sim.Server{World: w, Version: version, ID: s.ID, Log: log.New(a.stderr, "", 0), Leaving: leave}).Serve(ctx, l)
	if err != nil {
		return errors.Join(words.Errorf("serving the simulator: %w", err), withdraw(dir))
	}
	if late, ok := errors.AsType[*deadlineError](context.Cause(ctx)); ok {
		return errors.Join(late, left)
	}
	return left
}

// tellServed says where the simulator answers, and to whom when that is not this machine alone.
func (a *app) tellServed(g *globals, s server, at net.Addr) error {
	if g.progress != ui.Quiet && !loopback(at) {
		warning := a.say("warning: %s is not this machine alone: whoever reaches it can change the simulator", at)
		if _, err := fmt.Fprintln(a.stderr, warning); err != nil {
			return err
		}
	}
	if g.json() {
		return a.printJSON(struct {
			Version  int    `json:"vpclink"`
			Endpoint string `json:"endpoint"`
		}{formVersion, s.Endpoint})
	}
	return a.print("The simulator answers at %s. Ctrl-C ends it.\n", s.Endpoint)
}

func loopback(at net.Addr) bool {
	tcp, ok := at.(*net.TCPAddr)
	return ok && tcp.IP.IsLoopback()
}

// reachable is the address by which this machine reaches what listens on all its addresses.
func reachable(at net.Addr) string {
	tcp, ok := at.(*net.TCPAddr)
	if !ok || !tcp.IP.IsUnspecified() {
		return at.String()
	}
	return (&net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: tcp.Port}).String()
}
