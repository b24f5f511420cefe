package cloud

import (
	"context"
	"io"
	"net/http/httptrace"
	"sync/atomic"

	"github.com/aws/smithy-go/middleware"
	smithyhttp "github.com/aws/smithy-go/transport/http"
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
	var err error
	if in.Request, err = readOnly(in.Request); err != nil {
		return middleware.DeserializeOutput{}, middleware.Metadata{}, err
	}
	return next.HandleDeserialize(ctx, in)
}

// readOnly leaves a request's body nothing but Read and Seek. The SDK closes the body as soon as an answer begins, maybe
// before net/http has looked for its end; then a body that can write itself (io.WriterTo) tells that as an error
// (smithy-go, transport/http/internal/io), for which net/http drops the connection, and the answer cannot be read
// (github.com/aws/aws-sdk-go-v2/issues/1825).
func readOnly(request any) (any, error) {
	r, ok := request.(*smithyhttp.Request)
	if !ok {
		return request, nil
	}
	body, ok := r.GetStream().(io.ReadSeeker)
	if !ok {
		return request, nil
	}
	return r.SetStream(struct{ io.ReadSeeker }{body})
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
