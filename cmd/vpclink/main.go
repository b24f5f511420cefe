// Command vpclink makes, waits for, records and takes away AWS VPC links for training labs.
package main

import (
	"context"
	"math"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
)

// version is set by the build: -ldflags "-X main.version=…".
var version = "0.1.0"

// softMemoryLimit is where the garbage collector begins to work harder, in bytes: a lab of 1,000 VPCs holds about
// 250 MB, and what it drops meanwhile need not come on top on a small machine. GOMEMLIMIT sets another.
const softMemoryLimit = 384 << 20

func main() {
	if debug.SetMemoryLimit(-1) == math.MaxInt64 { // nobody has set one
		debug.SetMemoryLimit(softMemoryLimit)
	}
	ctx, cancel := context.WithCancelCause(context.Background())
	// Whoever reads our progress may stop reading (| head): the work goes on, and writing to a closed pipe is an error.
	signal.Ignore(syscall.SIGPIPE)
	asked := make(chan os.Signal, 2)
	signal.Notify(asked, os.Interrupt, syscall.SIGTERM, syscall.SIGHUP) // the last: the terminal was closed
	go func() {
		<-asked
		cancel(errInterrupted)
		<-asked
		os.Exit(exitInterrupted) // the journal has it all
	}()
	os.Exit(run(ctx, newApp(), os.Args[1:]))
}
