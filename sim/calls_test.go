package sim

import (
	"strconv"
	"testing"
)

// A token is good for the action that gave it.
func TestPageTokens(t *testing.T) {
	vpcs, subnets := &call{request: request{action: "DescribeVpcs"}}, &call{request: request{action: "DescribeSubnets"}}
	token := vpcs.writeToken(7)
	if after, err := vpcs.readToken(token); after != 7 || err != nil {
		t.Errorf("a token should lead on from 7, not from %d, %v", after, err)
	}
	if _, err := subnets.readToken(token); err == nil || asAWS(err).Code != "InvalidNextToken" {
		t.Errorf("another action's token should be InvalidNextToken, not %v", err)
	}
}

// A world on disk keeps the end of its log.
func TestABoundLog(t *testing.T) {
	w := New(Options{})
	w.log.bound = 10
	for i := range 95 {
		w.log.add(Call{Action: strconv.Itoa(i)})
	}
	calls := w.Calls()
	if len(calls) != 10 || calls[0].Action != "85" || calls[9].Action != "94" {
		t.Errorf("the log should be the last 10 calls, 85 to 94, not %+v", calls)
	}
	if len(w.log.calls) > 20 {
		t.Errorf("no more than 20 calls should be held, not %d", len(w.log.calls))
	}
}
