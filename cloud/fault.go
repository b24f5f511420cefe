package cloud

import (
	"errors"
	"strings"

	"github.com/aws/smithy-go"
	smithyhttp "github.com/aws/smithy-go/transport/http"

	"vpclink/words"
)

// Fault is what is to be said of a call that failed.
type Fault struct {
	Code      string // AWS's, "" when no answer with a code came
	Message   string // AWS's, or the connection's when AWS did not answer, in English
	Status    int    // HTTP's, when an answer came without a code; else 0
	Action    string // such as CreateVpc, "" when unknown
	Region    string // "" when the error does not come from an Account's client
	RequestID string // AWS's, "" when no answer came
}

// FaultOf takes err apart; false when it does not come from a call to AWS.
func FaultOf(err error) (Fault, bool) {
	var f Fault
	if call, ours := errors.AsType[*callError](err); ours {
		f.Region = call.region
	}
	found := false
	// The innermost call is the one that failed: CreateVpc may have had to ask for credentials first.
	for op := (*smithy.OperationError)(nil); errors.As(err, &op); err = op.Err {
		found, f.Action = true, op.OperationName
	}
	var api smithy.APIError
	coded := errors.As(err, &api)
	if !coded && !found {
		return Fault{}, false
	}
	f.Code, f.Message = CodeOf(err), unwrapped(err).Error()
	if status := statusOf(err); coded && f.Code != "" {
		f.Message = readable(api.ErrorMessage())
	} else if status != 0 {
		f.Status = status
		f.Message = f.Told(words.English)
	}
	var answered interface{ ServiceRequestID() string }
	if errors.As(err, &answered) {
		f.RequestID = answered.ServiceRequestID()
	}
	return f, true
}

// Told is the message in a language, as far as it is ours: AWS's is as AWS gives it.
func (f Fault) Told(l words.Language) string {
	if f.Status != 0 {
		return l.Say("HTTP %d without a code of AWS's", f.Status)
	}
	return f.Message
}

// readable leaves out what only AWS can read: the encoded part of a refusal fills a screen.
func readable(message string) string {
	message, _, _ = strings.Cut(message, " Encoded authorization failure message")
	return strings.Join(strings.Fields(message), " ")
}

// unwrapped leaves out what the SDK puts before an error when there was no answer ("StatusCode: 0, RequestID: ").
func unwrapped(err error) error {
	if send, failed := errors.AsType[*smithyhttp.RequestSendError](err); failed {
		return send.Err
	}
	return err
}
