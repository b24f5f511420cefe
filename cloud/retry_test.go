package cloud

import (
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/smithy-go"
	"github.com/google/go-cmp/cmp"
)

func TestWaitsBetweenAttempts(t *testing.T) {
	const ms = time.Millisecond
	throttling := &smithy.GenericAPIError{Code: "RequestLimitExceeded"}
	for _, test := range []struct {
		name  string
		speed float64
		err   error
		want  []time.Duration // the longest, after the first attempt, the second …
	}{
		{"failures", 1, errors.New("reset"), []time.Duration{100 * ms, 200 * ms, 400 * ms, 800 * ms, 1600 * ms, 3200 * ms, 5000 * ms, 5000 * ms}},
		{"throttling", 1, throttling, []time.Duration{500 * ms, 1000 * ms, 2000 * ms, 4000 * ms, 8000 * ms, 10000 * ms, 10000 * ms}},
		{"on a target ten times as fast", 10, errors.New("reset"), []time.Duration{10 * ms, 20 * ms, 40 * ms}},
	} {
		caller := newCaller(Config{Target: Simulator(test.speed), Jitter: func() float64 { return 1 }}, runPatience)
		c := &call{caller: caller, action: "CreateVpc"}
		var got []time.Duration
		for attempt := range len(test.want) {
			wait, err := c.RetryDelay(attempt+1, test.err)
			if err != nil {
				t.Fatalf("%s: want a wait, got %v", test.name, err)
			}
			got = append(got, wait)
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s: want doubling waits up to a limit (-want +got):\n%s", test.name, diff)
		}
		if wait, _ := c.RetryDelay(1_000_000, test.err); wait <= 0 {
			t.Errorf("%s: want a wait after a million attempts as well, got %s", test.name, wait)
		}
	}
}

// An answer, even a refusal, shows that the connection is back: patience begins anew.
func TestPatienceBeginsAnewAfterAnAnswer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := &call{caller: newCaller(Config{Target: AWS()}, runPatience), action: "CreateVpc", answer: NotExecuted}
		var got []bool
		for _, err := range []error{refusedDial, &smithy.GenericAPIError{Code: "RequestLimitExceeded"}, refusedDial, refusedDial} {
			got = append(got, c.passes(true, err))
			<-time.After(runPatience)
		}
		if diff := cmp.Diff([]bool{true, true, true, false}, got); diff != "" {
			t.Errorf("want only the second failure in a row given up (-want +got):\n%s", diff)
		}
	})
}
