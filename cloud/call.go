package cloud

import (
	"context"
	"errors"
	"sync/atomic"
	"time"

	awsmiddleware "github.com/aws/aws-sdk-go-v2/aws/middleware"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	"github.com/aws/smithy-go/middleware"
	smithyhttp "github.com/aws/smithy-go/transport/http"

	"vpclink/words"
)

// attemptLimit is how long one attempt may take, our time on every target: a connection that hangs becomes an unclear
// answer instead of holding up the run. AWS answers these calls in seconds.
const attemptLimit = 30 * time.Second

// caller is what the calls of one account and region share.
type caller struct {
	target   Target
	region   string
	patience time.Duration // how long attempts may go on failing for other reasons than throttling
	jitter   func() float64
	log      func(Attempt)
	limiter  *limiter
	underWay chan struct{} // one for each attempt; full at mostAtOnce
	skew     atomic.Int64  // how far off this machine's clock is, in nanoseconds; the SDK measures it
}

func newCaller(c Config, patience time.Duration) *caller {
	return &caller{
		target: c.Target, region: c.Region, jitter: c.Jitter, log: c.Log,
		patience: c.Target.Scaled(patience),
		limiter:  newLimiter(c.Target.speed()),
		underWay: make(chan struct{}, mostAtOnce),
	}
}

// call is one call on its way through the SDK's middleware, with all its attempts.
type call struct {
	*caller
	action  string
	answer  Answer    // of the last attempt; NotExecuted before the first
	passing bool      // the last attempt's error is one that passes
	failing time.Time // since when attempts fail, throttling aside
	turn    turn      // to make an attempt
}

// callError carries out of the SDK what only the call itself can know.
type callError struct {
	region string
	answer Answer
	err    error
}

var _ error = (*callError)(nil)

func (e *callError) Error() string { return e.err.Error() }
func (e *callError) Unwrap() error { return e.err }

// slowError is an attempt that was broken off because its time was over.
type slowError struct{ err error }

func (e *slowError) Error() string { return e.Say(words.English) }
func (e *slowError) Unwrap() error { return e.err }

// Say tells it in a language.
func (*slowError) Say(l words.Language) string { return l.Say("no answer within %s", attemptLimit) }

// enter puts a new call into the stack of middleware, which the SDK builds anew for each: our rule in the place of the
// SDK's for what is sent again and then, for each attempt, a turn and a time limit. The turn comes before the
// signature, so that a long queue does not let it expire; the first one at the very beginning, so that whoever waits for
// it does so outside of the SDK.
func (c *caller) enter(stack *middleware.Stack) error {
	call := &call{caller: c, action: stack.ID(), answer: NotExecuted}
	again := retry.NewAttemptMiddleware(call, smithyhttp.RequestCloner, func(a *retry.Attempt) {
		a.ClientSkew = &c.skew
		a.DisableClockSkewCorrection = c.target.Name != AWS().Name // others may keep a time of their own
	})
	_, err := stack.Finalize.Swap(again.ID(), again)
	return errors.Join(err,
		stack.Initialize.Add(middleware.InitializeMiddlewareFunc("vpclink:call", call.conclude), middleware.Before),
		stack.Finalize.Insert(middleware.FinalizeMiddlewareFunc("vpclink:attempt", call.attempt), again.ID(), middleware.After),
		stack.Deserialize.Add(middleware.DeserializeMiddlewareFunc("vpclink:send", send), middleware.After),
	)
}

// conclude is around the whole call: it waits for the first attempt's turn, and puts the answer onto the error.
func (c *call) conclude(ctx context.Context, in middleware.InitializeInput, next middleware.InitializeHandler) (
	middleware.InitializeOutput, middleware.Metadata, error,
) {
	var out middleware.InitializeOutput
	var metadata middleware.Metadata
	err := c.take(ctx)
	defer c.leave()
	if err == nil {
		out, metadata, err = next.HandleInitialize(ctx, in)
	}
	if err != nil {
		err = &callError{region: c.region, answer: c.answer, err: err}
	}
	return out, metadata, err
}

// attempt is around one attempt: it waits for its turn, limits the attempt's time and judges its end.
func (c *call) attempt(ctx context.Context, in middleware.FinalizeInput, next middleware.FinalizeHandler) (
	middleware.FinalizeOutput, middleware.Metadata, error,
) {
	c.passing = false
	if err := c.take(ctx); err != nil {
		return middleware.FinalizeOutput{}, middleware.Metadata{}, err
	}
	defer c.leave()
	began := time.Now()
	flight := ctx
	if Changing(c.action) {
		flight = context.WithoutCancel(ctx) // its answer is worth more than the moment it takes to come
	}
	limited, cancel := context.WithTimeout(flight, attemptLimit)
	defer cancel()
	l := &line{}
	out, metadata, err := next.HandleFinalize(middleware.WithStackValue(limited, lineKey{}, l), in)
	id, _ := awsmiddleware.GetRequestIDMetadata(metadata)
	c.tell(began, id, err)
	c.answer = l.judge(err)
	c.passing = c.passes(l.sent, err)
	if throttled(err) {
		c.limiter.bucket(c.action).refused(c.turn.given)
	}
	if err != nil && limited.Err() != nil && ctx.Err() == nil {
		err = &slowError{err}
	}
	return out, metadata, err
}
