package main

import (
	"errors"
	"slices"

	"vpclink/cloud"
	"vpclink/localstack"
	"vpclink/provision"
	"vpclink/sim"
	"vpclink/state"
	"vpclink/waiters"
)

// The exit codes, as the documentation promises them.
const (
	exitDone        = 0
	exitFailed      = 1
	exitUsage       = 2 // usage, a refused plan, damaged state
	exitIncomplete  = 3 // something is left
	exitDenied      = 4 // credentials or permission
	exitLocked      = 5
	exitTimedOut    = 6
	exitChanges     = 8 // plan --exit-code
	exitInterrupted = 130
)

// exits are the causes of each code, the most specific code first. All others are exitFailed. The word is how a run
// that ended so is recorded.
var exits = []struct {
	code  int
	word  string
	cause func(error) bool
}{
	{exitInterrupted, "interrupted", func(err error) bool { return errors.Is(err, errInterrupted) }},
	{exitLocked, "locked", func(err error) bool { return is[*state.LockedError](err) || errors.Is(err, sim.ErrLocked) }},
	{exitDenied, "denied", denied},
	{exitUsage, "refused", refused},
	{exitTimedOut, "timed out", func(err error) bool { return is[*deadlineError](err) || is[*waiters.TimeoutError](err) }},
	{exitIncomplete, "incomplete", is[*leftError]},
	{exitChanges, "changes", is[*changesError]},
}

// exitCode returns the code of the most specific cause in err, exitDone for nil.
func exitCode(err error) int {
	code, _ := exit(err)
	return code
}

// outcome returns how a run that ended with err is recorded.
func outcome(err error) string {
	_, word := exit(err)
	return word
}

func exit(err error) (code int, word string) {
	if err == nil {
		return exitDone, outcomeDone
	}
	all := causes(err)
	for _, e := range exits {
		if slices.ContainsFunc(all, e.cause) {
			return e.code, e.word
		}
	}
	return exitFailed, "failed"
}

// causes returns err and, when it is of a run, the error of each resource: one of many may be the specific one.
func causes(err error) []error {
	list := []error{err}
	if run, ok := errors.AsType[*provision.RunError](err); ok {
		list = append(list, run.Unwrap()...)
	}
	return list
}

func denied(err error) bool {
	if is[*cloud.CredentialsError](err) {
		return true
	}
	if cloud.HasCode(err, "OperationNotPermitted") {
		return false // it is protected: no permission would help
	}
	meaning := cloud.MeaningOf(err)
	return meaning == cloud.Denied || meaning == cloud.Credentials || meaning == cloud.Clock
}

func refused(err error) bool {
	if different, ok := errors.AsType[*provision.DifferentError](err); ok {
		return len(different.Flags()) > 0 // a flag asks for what vpclink does not do; else somebody changed the thing
	}
	return is[*usageError](err) || is[*provision.RefusedError](err) ||
		is[*cloud.RegionError](err) || is[*cloud.EndpointError](err) || strange(err) ||
		is[*state.NameError](err) || is[*state.DamageError](err) || is[*state.VersionError](err) ||
		errors.Is(err, state.ErrUnknownStack) || errors.Is(err, sim.ErrDamaged) || errors.Is(err, sim.ErrVersion)
}

// strange reports whether something answers at an endpoint that vpclink does not know; nobody at all is a failure.
func strange(err error) bool {
	unknown, ok := errors.AsType[*localstack.UnknownError](err)
	return ok && unknown.Err == nil
}

// is reports whether err or what it wraps is a T.
func is[T error](err error) bool {
	_, found := errors.AsType[T](err)
	return found
}
