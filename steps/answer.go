package steps

import (
	"errors"

	"vpclink/cloud"
	"vpclink/words"
)

// errUnanswered is an answer that says "done" and does not say what: the thing is to be looked for.
var errUnanswered = words.New("the answer does not hold what was made")

// errUnfit is a record of which no call can be made: nothing was sent.
var errUnfit = words.New("the record is of no use")

// part returns what an answer must hold, errUnanswered when the server left it out.
func part[T any](p *T, what words.Text) (T, error) {
	if p == nil {
		var none T
		return none, words.Errorf("%s: %w", what, errUnanswered)
	}
	return *p, nil
}

// unansweredCount is an answer that should hold one thing and holds another number of them.
func unansweredCount(what words.Text, n int) error {
	return words.Errorf("%s: %w (%d in it)", what, errUnanswered, n)
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
