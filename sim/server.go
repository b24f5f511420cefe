package sim

import (
	"context"
	"errors"
	"log"
	"net"
	"net/http"
	"time"
)

// Bounds of what a client may ask of a server, so that none can hold it up or fill its memory. A form is bounded by
// maxBody besides.
const (
	maxHeader     = 64 << 10
	headerWithin  = 10 * time.Second
	requestWithin = 30 * time.Second
	answerWithin  = 5 * time.Minute // faults may delay an answer
	idleFor       = 2 * time.Minute
	finishWithin  = 10 * time.Second
)

// Server is a world on a port.
type Server struct {
	World   *World
	Version string      // of the program, told by /_sim/health
	ID      string      // tells this server from another one that has its port later
	Log     *log.Logger // for what net/http complains of; nil means the standard one
	Leaving func()      // called before the last requests are waited for; may be nil
}

// Serve answers until ctx ends. Then it takes nothing new, lets running requests finish, for ten seconds at most, and
// returns nil. It closes the listener; the world stays open. An error means that the port gave out by itself, or that
// a request was cut off.
func (s *Server) Serve(ctx context.Context, l net.Listener) error {
	h := &http.Server{
		Handler: s.Handler(), ErrorLog: s.Log, MaxHeaderBytes: maxHeader,
		ReadHeaderTimeout: headerWithin, ReadTimeout: requestWithin, WriteTimeout: answerWithin, IdleTimeout: idleFor,
	}
	ended := make(chan error, 1)
	go func() { ended <- h.Serve(l) }()
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
	}
	if s.Leaving != nil {
		s.Leaving()
	}
	// The requests that run do not end with ctx: what AWS has been asked for is done and answered.
	limited, cancel := context.WithTimeout(context.WithoutCancel(ctx), finishWithin)
	defer cancel()
	err := h.Shutdown(limited)
	if err != nil {
		err = errors.Join(err, h.Close())
	}
	<-ended //nolint:errcheck // it says only that it was shut down
	return err
}

// Handler is the world, with the pages about it below /_sim/.
func (s *Server) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("/", s.World)
	mux.HandleFunc("/_sim/", http.NotFound)
	mux.HandleFunc("GET /_sim/health", s.health)
	mux.HandleFunc("GET /_sim/world", s.world)
	mux.HandleFunc("GET /_sim/calls", s.calls)
	return mux
}
