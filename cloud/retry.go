package cloud

import (
	"context"
	"crypto/tls"
	"encoding/xml"
	"errors"
	"io"
	"net"
	"net/http"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/smithy-go"
)

// How long a wait before the next attempt may be: at random up to first × 2^attempt, in the target's time. A refusal
// for too many calls waits in its bucket's queue besides.
var (
	afterFailure  = backoff{first: 100 * time.Millisecond, most: 5 * time.Second}
	afterThrottle = backoff{first: 500 * time.Millisecond, most: 10 * time.Second}
)

type backoff struct{ first, most time.Duration }

// longest returns the upper end of the wait after the attempt of that number, counted from 1.
func (b backoff) longest(attempt int) time.Duration {
	if doublings := attempt - 1; doublings < 16 { // more would overflow, and is above most anyway
		return min(b.first<<doublings, b.most)
	}
	return b.most
}

// passes judges the last attempt's error: whether the call is to be sent again. The SDK's own rule would send a
// changing call again after a 500 or a reset, and so could make a thing twice (aws-facts §4.3, §4.4).
func (c *call) passes(sent bool, err error) bool {
	switch {
	case err == nil:
		return false
	case throttled(err):
		// However long others keep the account's bucket empty: a refusal changes nothing, and ends.
		c.failing = time.Time{}
		return true
	case !sent, c.answer == Refused, lasting(err):
		return false
	case c.answer == Unclear && Changing(c.action):
		return false
	}
	now := time.Now()
	if c.failing.IsZero() {
		c.failing = now
	}
	return now.Sub(c.failing) < c.patience
}

func throttled(err error) bool {
	return MeaningOf(err) == Throttled || statusOf(err) == http.StatusTooManyRequests
}

// lasting reports whether the error will be the same next time: what answers is not whom we trust, or does not speak
// AWS's language.
func lasting(err error) bool {
	switch {
	case is[*tls.CertificateVerificationError](err), is[tls.RecordHeaderError](err):
		return true
	case is[*smithy.DeserializationError](err):
		return !cutOff(err)
	}
	return false
}

// cutOff reports whether an answer could not be read because its end did not arrive.
func cutOff(err error) bool {
	var network net.Error
	if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, context.DeadlineExceeded) || errors.As(err, &network) {
		return true
	}
	syntax, malformed := errors.AsType[*xml.SyntaxError](err)
	return malformed && syntax.Msg == "unexpected EOF" // of a body whose length was not announced
}

// A call is its own retryer; these are what the SDK's attempts ask of it.
var _ aws.RetryerV2 = (*call)(nil)

// IsErrorRetryable reports whether to try again. A refusal that the SDK puts down to this machine's clock is sent
// again with the right time, once: nothing was done.
func (c *call) IsErrorRetryable(err error) bool {
	var skewed interface{ RetryableError() bool }
	return c.passing || c.answer == Refused && errors.As(err, &skewed) && skewed.RetryableError()
}

// MaxAttempts sets no limit: patience and ctx do.
func (*call) MaxAttempts() int { return 0 }

// RetryDelay returns how long to wait after the attempt of that number.
func (c *call) RetryDelay(attempt int, err error) (time.Duration, error) {
	wait := afterFailure
	if throttled(err) {
		wait = afterThrottle
	}
	longest := c.target.Scaled(wait.longest(attempt))
	return time.Duration(c.jitter() * float64(longest)), nil
}

// GetRetryToken, GetInitialToken and GetAttemptToken always give: the SDK's quota of retries would make a call fail
// that only has to wait.
func (*call) GetRetryToken(context.Context, error) (func(error) error, error) { return free, nil }

// GetInitialToken always gives.
func (*call) GetInitialToken() func(error) error { return free }

// GetAttemptToken always gives.
func (*call) GetAttemptToken(context.Context) (func(error) error, error) { return free, nil }

func free(error) error { return nil }
