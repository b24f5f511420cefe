package main

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/aws/smithy-go"

	"vpclink/cloud"
	"vpclink/provision"
	"vpclink/sim"
	"vpclink/state"
	"vpclink/steps"
	"vpclink/waiters"
)

func fromAWS(code string) error { return &smithy.GenericAPIError{Code: code, Message: "no"} }

// runOf is a run in which these went wrong.
func runOf(errs ...error) error {
	run := &provision.RunError{}
	for _, err := range errs {
		run.Failures = append(run.Failures, provision.Left{Key: "1.4.3/tgw-attachment/a", Err: err})
	}
	return &runError{err: run}
}

func TestExitCodes(t *testing.T) {
	flagged := &provision.DifferentError{Diff: []steps.Field{{Name: "type", Flag: "--instance-type"}}}
	for _, c := range []struct {
		name string
		err  error
		want int
	}{
		{"nothing", nil, 0},
		{"anything", errors.New("x"), 1},
		{"a disk that is full", fmt.Errorf("writing the journal: %w", errors.New("no space left")), 1},
		{"AWS's no", runOf(fromAWS("VpcLimitExceeded")), 1},
		{"a conflict", runOf(&provision.ConflictError{}), 1},
		{"a state that is the end", runOf(&waiters.UnexpectedError{}), 1},
		{"a stopped instance", runOf(&provision.DifferentError{State: "stopped"}), 1},
		{"usage", usage("", "x"), 2},
		{"a refused plan", &provision.RefusedError{Err: errors.New("x")}, 2},
		{"a flag the stack cannot follow", runOf(flagged), 2},
		{"damage", &state.DamageError{}, 2},
		{"a later form", &state.VersionError{}, 2},
		{"an unknown stack", fmt.Errorf("x: %w", state.ErrUnknownStack), 2},
		{"a bad name", &state.NameError{}, 2},
		{"no region", &cloud.RegionError{}, 2},
		{"a foreign endpoint", &cloud.EndpointError{}, 2},
		{"a damaged simulator", fmt.Errorf("x: %w", sim.ErrDamaged), 2},
		{"protected, and left", &runError{err: &leftError{1, runOf(fromAWS("OperationNotPermitted"))}}, 3},
		{"something left", &runError{err: &leftError{1, runOf(fromAWS("DependencyViolation"))}}, 3},
		{"no credentials", &cloud.CredentialsError{}, 4},
		{"not allowed", runOf(fromAWS("UnauthorizedOperation")), 4},
		{"not believed", fromAWS("AuthFailure"), 4},
		{"a wrong clock", runOf(fromAWS("RequestExpired")), 4},
		{"locked", &state.LockedError{}, 5},
		{"a busy simulator until --timeout", &endedError{&deadlineError{time.Second}, fmt.Errorf("%w: %w", sim.ErrLocked, context.DeadlineExceeded)}, 5},
		{"--timeout", runOf(errors.New("x"), &deadlineError{time.Hour}), 6},
		{"a wait too long", runOf(&waiters.TimeoutError{}), 6},
		{"Ctrl-C", &runError{err: &provision.RunError{Ended: errInterrupted}}, 130},

		{"the second of two", runOf(fromAWS("VpcLimitExceeded"), fromAWS("UnauthorizedOperation")), 4},
		{"left, and not allowed", &runError{err: &leftError{1, runOf(fromAWS("DependencyViolation"), fromAWS("UnauthorizedOperation"))}}, 4},
		{"left, and too long", &runError{err: &leftError{1, runOf(&waiters.TimeoutError{})}}, 6},
		{"refused, and too long", runOf(&waiters.TimeoutError{}, flagged), 2},
		{"all at once, and Ctrl-C", &endedError{errInterrupted, &state.LockedError{}}, 130},
	} {
		if got := exitCode(c.err); got != c.want {
			t.Errorf("%s: exit code %d, expected %d", c.name, got, c.want)
		}
	}
}

// TestErrorTypes finds each of our errors from the top, however deep a run has them.
func TestErrorTypes(t *testing.T) {
	err := fmt.Errorf("x: %w", &runError{err: &leftError{1, &endedError{&deadlineError{time.Hour}, usage("", "x")}}})
	if !is[*runError](err) || !is[*leftError](err) || !is[*endedError](err) || !is[*deadlineError](err) || !is[*usageError](err) {
		t.Errorf("expected every error type to be found in %#v", err)
	}
}
