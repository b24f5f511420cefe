package waiters

import (
	"errors"
	"fmt"
	"testing"
	"time"
)

func TestErrorsSayWhatAndAreFound(t *testing.T) {
	unexpected := &UnexpectedError{ID: "i-1", State: "terminated", Reason: "no capacity", Wanted: []string{"running"}}
	for _, c := range []struct {
		err  error
		want string
	}{
		{unexpected, `i-1 is "terminated", waiting for running: no capacity`},
		{
			&UnexpectedError{ID: "i-1", State: "odd", Wanted: []string{"running", "stopped"}},
			`i-1 is "odd", waiting for running or stopped`,
		},
		{
			&TimeoutError{ID: "tgw-1", State: "pending", Wanted: []string{"available"}, After: 600123 * time.Millisecond},
			`tgw-1 is still "pending" after 10m0s, waiting for available`,
		},
		{
			&TimeoutError{ID: "tgw-1", Wanted: []string{"available"}, After: 1234 * time.Millisecond},
			`tgw-1 is still not seen after 1.23s, waiting for available`,
		},
		{
			&TimeoutError{ID: "tgw-1", Wanted: []string{"deleted"}, After: time.Minute, Last: fmt.Errorf("IncorrectState: %w", ErrNotYet)},
			`tgw-1 is still not ready for it after 1m0s, waiting for deleted: IncorrectState: not yet`,
		},
	} {
		if got := c.err.Error(); got != c.want {
			t.Errorf("the error should read\n%s\nnot\n%s", c.want, got)
		}
	}

	top := fmt.Errorf("1.4.3 attach red: %w", &TimeoutError{ID: "tgw-1", Last: fmt.Errorf("looking: %w", unexpected)})
	if got, ok := errors.AsType[*UnexpectedError](top); !ok || got != unexpected {
		t.Errorf("errors.As should find, from the top, what the last look answered; it found %v", got)
	}
	if _, ok := errors.AsType[*TimeoutError](top); !ok {
		t.Error("errors.As should find the TimeoutError from the top")
	}
}
