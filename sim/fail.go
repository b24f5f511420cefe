package sim

import (
	"fmt"

	"vpclink/sim/codec"
)

// fail is an error in AWS's words, with status 400.
func fail(code, format string, args ...any) error {
	return &codec.Error{Code: code, Message: fmt.Sprintf(format, args...)}
}

// throttled is the refusal of a request for which its bucket has no token (aws-facts §4.1, §4.2).
func throttled(service string) *codec.Error {
	if service == balancing {
		return &codec.Error{Code: "ThrottlingException", Message: "Rate exceeded"}
	}
	return &codec.Error{Status: 503, Code: "RequestLimitExceeded", Message: "Request limit exceeded."}
}

// The codes that more than one kind answers.
func invalid(format string, args ...any) error { return fail("InvalidParameterValue", format, args...) }

func missing(name string) error {
	return fail("MissingParameter", "The request must contain the parameter %s", name)
}

func incorrectState(format string, args ...any) error { return fail("IncorrectState", format, args...) }

func dependency(format string, args ...any) error {
	return fail("DependencyViolation", format, args...)
}
