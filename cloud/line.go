package cloud

import (
	"context"
	"net/http/httptrace"
	"sync/atomic"

	"github.com/aws/smithy-go/middleware"
)

// line watches one attempt's way out. A reset, an end or a timeout looks the same before and after the request was
// written, but only before is it sure that nothing was done.
type line struct {
	sent        bool        // parameters, credentials and signature are behind us
	asked, open atomic.Bool // a connection was asked for, and had; set by hooks that can run after the attempt is over
}

type lineKey struct{}

// send is the last of the middleware, next to the HTTP client.
func send(ctx context.Context, in middleware.DeserializeInput, next middleware.DeserializeHandler) (
	middleware.DeserializeOutput, middleware.Metadata, error,
) {
	if l, watched := middleware.GetStackValue(ctx, lineKey{}).(*line); watched {
		ctx = l.watch(ctx)
	}
	return next.HandleDeserialize(ctx, in)
}

// watch hangs the hooks of net/http into ctx. A stand-in for net/http, such as the simulator, never calls them.
func (l *line) watch(ctx context.Context) context.Context {
	l.sent = true
	return httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		GetConn: func(string) { l.asked.Store(true) },
		GotConn: func(httptrace.GotConnInfo) { l.open.Store(true) },
	})
}

// judge reads the answer off the error and what was seen of the connection.
func (l *line) judge(err error) Answer {
	switch {
	case err == nil:
		return Done
	case !l.sent, l.asked.Load() && !l.open.Load():
		return NotExecuted
	}
	return judge(err)
}
