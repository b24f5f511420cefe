package cloud

import (
	"crypto/tls"
	"errors"
	"net"
	"net/http"
	"syscall"

	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
	"github.com/aws/smithy-go"
)

// Answer says what became of a call.
type Answer int

// The answers, as in aws-facts §4.4.
const (
	Done        Answer = iota // AWS did it
	NotExecuted               // AWS surely did nothing, and the same call may be sent again
	Refused                   // AWS looked at it and said no; the code says why
	Unclear                   // it may have been done: only a look can tell
)

// String returns the answer in words.
func (a Answer) String() string {
	switch a {
	case Done:
		return "done"
	case NotExecuted:
		return "not executed"
	case Refused:
		return "refused"
	case Unclear:
		return "unclear"
	}
	return "no answer"
}

// AnswerOf says what became of the call that ended with err: Done for nil. An error that is not a call's is Unclear,
// for nothing speaks against its having been done.
func AnswerOf(err error) Answer {
	// What the call itself saw is more exact than its error: it knows whether anything was sent.
	if call, judged := errors.AsType[*callError](err); judged {
		return call.answer
	}
	return judge(err)
}

// judge reads the answer off the error alone.
func judge(err error) Answer {
	if err == nil {
		return Done
	}
	status, code, meaning := statusOf(err), CodeOf(err), MeaningOf(err)
	switch {
	case meaning == Throttled, status == http.StatusTooManyRequests:
		return NotExecuted // before the status: EC2 throttles with 503
	case meaning == Capacity:
		return Refused // likewise: 500, but a plain no
	case meaning == Internal:
		return Unclear
	case code != "" && (status == 0 || status/100 == 4): // no status: a stand-in for the client made the error
		return Refused
	case status == 0 && unsent(err):
		return NotExecuted
	}
	return Unclear // 5xx; a proxy's answer; a timeout, a reset, an end in the middle
}

// unsent reports whether the error is one that comes before a request is written: the parameters, the signature, the
// name, the connection, its encryption.
func unsent(err error) bool {
	switch {
	case is[*smithy.InvalidParamsError](err), is[*smithy.SerializationError](err), is[*v4.SigningError](err):
		return true
	case is[*net.DNSError](err), is[*tls.CertificateVerificationError](err), is[tls.RecordHeaderError](err):
		return true
	case errors.Is(err, syscall.ECONNREFUSED):
		return true
	}
	broken, network := errors.AsType[*net.OpError](err)
	return network && (broken.Op == "dial" || broken.Op == "proxyconnect")
}

// is reports whether err or what it wraps is a T.
func is[T error](err error) bool {
	_, found := errors.AsType[T](err)
	return found
}

// statusOf returns the HTTP status of the answer, 0 when there was none.
func statusOf(err error) int {
	var answered interface{ HTTPStatusCode() int }
	if errors.As(err, &answered) {
		return answered.HTTPStatusCode()
	}
	return 0
}
