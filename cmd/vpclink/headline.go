package main

import (
	"errors"
	"slices"
	"strings"

	"vpclink/cloud"
	"vpclink/provision"
	"vpclink/steps"
	"vpclink/waiters"
	"vpclink/words"
)

// headline says what went wrong where no resource is at fault. AWS's own words have a line of theirs.
func headline(l words.Language, err error) string {
	if wrong, ok := errors.AsType[*cloud.CredentialsError](err); ok {
		return l.Error(wrong.Why)
	}
	if is[*cloud.RegionError](err) {
		return l.In("no region is given")
	}
	if wrong, ok := errors.AsType[*cloud.EndpointError](err); ok {
		return l.Say("%s sends the calls to %s, but the target is aws", wrong.Source, wrong.URL)
	}
	if fault, ok := cloud.FaultOf(err); ok {
		switch {
		case errors.Is(err, errInterrupted) || is[*deadlineError](err):
		case fault.Code == "":
			return l.In("AWS did not answer")
		default:
			return l.In("AWS refused a call")
		}
	}
	return l.Error(err)
}

// what says what became of a resource.
func (e *runError) what(l words.Language, err error) string {
	if is[*provision.ConflictError](err) || is[*provision.DifferentError](err) || is[*waiters.UnexpectedError](err) {
		return l.Error(err)
	}
	if s, ok := errors.AsType[*steps.StrangerError](err); ok {
		return s.Hangs(l)
	}
	late, timedOut := errors.AsType[*waiters.TimeoutError](err)
	fault, answered := cloud.FaultOf(err)
	switch {
	case timedOut && answered:
		bare := *late
		bare.Last = nil // AWS's words have a line of their own
		return l.Error(&bare)
	case !answered:
		return l.Error(err)
	case !cloud.Changing(fault.Action):
		return l.In("it could not be looked at")
	case cloud.AnswerOf(err) != cloud.Refused:
		return l.In("AWS did not say whether it did it")
	case e.down || takesAway(fault.Action):
		return l.In("AWS would not take it away")
	}
	return l.In("AWS would not make it")
}

// like is the same for failures that can be told together.
func (e *runError) like(f provision.Left) string {
	fault, ok := cloud.FaultOf(f.Err)
	if !ok || fault.Code == "" {
		return string(f.Key)
	}
	return strings.Join([]string{f.Key.Step(), f.Key.Kind(), fault.Action, fault.Code, e.what(words.English, f.Err)}, " ")
}

// takesAway reports whether a call deletes: up makes such calls as well, before it makes a thing anew and for --prune.
func takesAway(action string) bool {
	return slices.ContainsFunc([]string{"Delete", "Terminate", "Detach", "Revoke", "Disassociate", "Disable", "Deregister"},
		func(verb string) bool { return strings.HasPrefix(action, verb) })
}
