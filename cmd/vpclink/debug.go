package main

import (
	"cmp"
	"fmt"
	"sync"
	"time"

	"vpclink/cloud"
)

// debug returns what tells every call to AWS on stderr, nil unless --debug asks for it. What was asked for is not told:
// it may hold what a log should not.
func (a *app) debug(g *globals) func(cloud.Attempt) {
	if !g.debug {
		return nil
	}
	var line sync.Mutex
	return func(t cloud.Attempt) {
		said := "ok"
		switch {
		case t.Code != "":
			said = t.Code
		case t.Err != nil:
			said = "no answer"
		}
		waited := ""
		if t.Waited > time.Millisecond {
			waited = fmt.Sprintf(", waited %s for a request token", t.Waited.Round(time.Millisecond))
		}
		line.Lock()
		defer line.Unlock()
		_, _ = fmt.Fprintf(a.stderr, "debug  %s  %s  %s  %s  %s  %s%s\n", // who does not read it wants the work done all the same
			t.Began.UTC().Format("15:04:05.000"), t.Region, t.Action, said, t.Took.Round(time.Millisecond), cmp.Or(t.RequestID, "no request ID"), waited)
	}
}
