package steps

import (
	"errors"
	"fmt"

	"vpclink/cloud"
)

// errUnanswered is an answer that says "done" and does not say what: the thing is to be looked for.
var errUnanswered = errors.New("the answer does not hold what was made")

// errUnfit is a record of which no call can be made: nothing was sent.
var errUnfit = errors.New("the record is of no use")

// part returns what an answer must hold, errUnanswered when the server left it out.
func part[T any](p *T, what string) (T, error) {
	if p == nil {
		var none T
		return none, fmt.Errorf("%s: %w", what, errUnanswered)
	}
	return *p, nil
}

// unansweredCount is an answer that should hold one thing and holds another number of them.
func unansweredCount(what string, n int) error {
	return fmt.Errorf("%s: %w (%d in it)", what, errUnanswered, n)
}

// Unclear reports whether a changing call may have taken effect although it did not answer well (aws-facts §4.4).
func Unclear(err error) bool {
	switch {
	case err == nil, errors.Is(err, errUnfit):
		return false
	case errors.Is(err, errUnanswered):
		return true
	}
	return cloud.AnswerOf(err) == cloud.Unclear
}
