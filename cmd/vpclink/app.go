package main

import (
	"context"
	"errors"
	"io"
	"net/http"
	"os"
	"sync/atomic"
	"syscall"

	"golang.org/x/term"

	"vpclink/cmd/vpclink/ui"
	"vpclink/sim"
	"vpclink/words"
)

// app is the world around one command. Tests put their own in its place.
type app struct {
	stdin          io.Reader
	stdout, stderr io.Writer
	env            func(string) string
	terminal       bool                       // stdin is one: somebody can be asked
	size           func() (width, height int) // of the terminal that stderr is; nil when it is none
	lang           words.Language             // in which people are spoken to
	open           func(context.Context, string, sim.Options) (world, error)
	http           carrier // of calls to AWS; nil: the SDK's own

	asks  atomic.Bool // AWS, or what stands in for it: an interruption leaves something to record
	begun bool        // a command's own code runs: from here on an error is more than a mistake in typing
}

// carrier brings a call to who answers it.
type carrier interface {
	Do(*http.Request) (*http.Response, error)
}

// world is what the commands ask of the simulator.
type world interface {
	Do(*http.Request) (*http.Response, error)
	Objects() []sim.Object
	Close() error
}

func newApp() *app {
	return &app{
		stdin: os.Stdin, stdout: os.Stdout, stderr: ui.NewScreen(os.Stderr), env: os.Getenv, size: sizeOf(os.Stderr),
		lang: words.English, terminal: term.IsTerminal(int(os.Stdin.Fd())),
		open: func(ctx context.Context, dir string, o sim.Options) (world, error) {
			w, err := sim.Open(ctx, dir, o)
			if err != nil {
				return nil, err // not w: a nil world in an interface would not be nil
			}
			return w, nil
		},
	}
}

// sizeOf returns what measures a terminal, nil when f is none. A terminal that does not tell its size has 0 by 0.
func sizeOf(f *os.File) func() (width, height int) {
	fd := int(f.Fd())
	if !term.IsTerminal(fd) {
		return nil
	}
	return func() (width, height int) {
		width, height, _ = term.GetSize(fd)
		return width, height
	}
}

// run does what the arguments say and returns the exit code. An error is told on stderr.
func run(ctx context.Context, a *app, args []string) int {
	a.lang = languageOf(args, a.env)
	root := newRoot(a)                        //nolint:contextcheck // cobra hands the commands ctx, by ExecuteContext
	root.SetArgs(append([]string{}, args...)) // nil would mean the process's own
	err := root.ExecuteContext(ctx)
	if err == nil {
		return exitDone
	}
	if !a.begun {
		err = asUsage(root, err)
	}
	if !is[*changesError](err) && !errors.Is(err, syscall.EPIPE) { // its code is the answer to a question; nobody reads on
		explain(a.stderr, a.lang, err)
	}
	return exitCode(err)
}

// say fills a sentence in the language that was asked for.
func (a *app) say(format words.Text, args ...any) string { return a.lang.Say(format, args...) }

// print writes a result, in that language. An error counts: a script must not take half a result for a whole one.
func (a *app) print(format words.Text, args ...any) error {
	if _, err := io.WriteString(a.stdout, a.say(format, args...)); err != nil {
		return words.Errorf("writing the result: %w", err)
	}
	return nil
}
