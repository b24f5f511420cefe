package cloud

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"testing"

	"github.com/aws/smithy-go"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

// Errors that no call of ours has judged: those of a client that stands in for EC2.
func TestAnswerOfForeignErrors(t *testing.T) {
	code := func(code string) error { return &smithy.GenericAPIError{Code: code} }
	status := func(n int, err error) error {
		return &smithyhttp.ResponseError{Response: &smithyhttp.Response{Response: &http.Response{StatusCode: n}}, Err: err}
	}
	for _, test := range []struct {
		name string
		err  error
		want Answer
	}{
		{"none", nil, Done},
		{"a refusal", code("VpcLimitExceeded"), Refused},
		{"a refusal, wrapped", fmt.Errorf("making blue: %w", code("VpcLimitExceeded")), Refused},
		{"too many calls, with 503", status(503, code("RequestLimitExceeded")), NotExecuted},
		{"too many calls, with 429 alone", status(429, code("UnknownError")), NotExecuted},
		{"AWS's own failure", code("InternalError"), Unclear},
		{"an unknown code with 500", status(500, code("Odd")), Unclear},
		{"an unknown code with 400", status(400, code("Odd")), Refused},
		{"400 without a code", status(400, code("UnknownError")), Unclear},
		{"an answer that cannot be read", status(200, &smithy.DeserializationError{Err: io.ErrUnexpectedEOF}), Unclear},
		{"wrong parameters", &smithy.InvalidParamsError{}, NotExecuted},
		{"no connection", &smithyhttp.RequestSendError{Err: refusedDial}, NotExecuted},
		{"a reset", &smithyhttp.RequestSendError{Err: reset}, Unclear},
		{"the end of ctx", &smithy.CanceledError{Err: context.Canceled}, Unclear},
		{"something else", errors.New("odd"), Unclear},
	} {
		if got := AnswerOf(test.err); got != test.want {
			t.Errorf("%s: want %q, got %q", test.name, test.want, got)
		}
	}
}
