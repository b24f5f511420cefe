package main

import (
	"time"

	"vpclink/cmd/vpclink/ui"
	"vpclink/state"
)

// expires says when a stack may be taken away, "" when it was never given such a time.
func (a *app) expires(e state.Expiry) string {
	const form = "2006-01-02 15:04 MST"
	left := time.Until(e.At)
	switch {
	case e.At.IsZero():
		return ""
	case left <= 0:
		return a.say("Expired: %s, %s ago\n", e.At.Format(form), ui.Elapsed(-left))
	}
	return a.say("Expires: %s, in %s\n", e.At.Format(form), ui.Elapsed(left))
}
