package cloud

import (
	"errors"
	"time"
)

// Attempt is what is told of one attempt of a call: nothing of what was asked for, and nothing secret.
type Attempt struct {
	Action, Region string
	Began          time.Time
	Waited         time.Duration // for a request token, before it began
	Took           time.Duration
	Code           string // AWS's, "" when it took the call or did not answer
	RequestID      string // AWS's, "" when no answer came
	Err            error  // nil when AWS took the call
}

// tell hands an attempt to whoever listens.
func (c *call) tell(began time.Time, requestID string, err error) {
	if c.log == nil {
		return
	}
	a := Attempt{
		Action: c.action, Region: c.region, Began: began, Waited: c.turn.waited, Took: time.Since(began),
		Code: CodeOf(err), RequestID: requestID, Err: err,
	}
	var answered interface{ ServiceRequestID() string }
	if errors.As(err, &answered) {
		a.RequestID = answered.ServiceRequestID()
	}
	c.log(a)
}
