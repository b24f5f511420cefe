package main

import (
	"errors"
	"fmt"
	"strings"

	"vpclink/cloud"
	"vpclink/provision"
	"vpclink/steps"
	"vpclink/waiters"
)

// finding is one thing that went wrong, as it is told:
//
//	✗ 1.4.3 Attach each VPC: tgw-attachment red: AWS would not make it
//	    AWS    InvalidSubnetID.NotFound: The subnet ID 'subnet-0c' does not exist
//	           CreateTransitGatewayVpcAttachment, ap-northeast-1, request 6f1c0d2e-…
//	    Why    …
//	    Try    …
type finding struct {
	step, title, kind string // "" when it is not one resource that failed
	names             []string
	head              string
	err               error
	about             about
}

// mostNames is how many names of like failures are told one by one.
const mostNames = 6

func (f finding) write(text *strings.Builder) {
	text.WriteString("✗ ")
	if f.step != "" {
		fmt.Fprintf(text, "%s %s: %s %s: ", f.step, f.title, f.kind, f.nameList())
	}
	text.WriteString(f.head + "\n")
	if fault, ok := cloud.FaultOf(f.err); ok {
		code := fault.Code
		if code == "" {
			code = "no answer"
		}
		field(text, "AWS", code+": "+readable(fault.Message))
		field(text, "", strings.Join(present(fault.Action, fault.Region, prefixed("request ", fault.RequestID)), ", "))
	}
	why, try := adviceFor(f.err, f.about)
	field(text, "Why", why)
	field(text, "Try", try)
}

func (f finding) nameList() string {
	if more := len(f.names) - mostNames; more > 1 {
		return fmt.Sprintf("%s and %d more", strings.Join(f.names[:mostNames], ", "), more)
	}
	return strings.Join(f.names, ", ")
}

// field writes one line under the headline, nothing when there is nothing to say.
func field(text *strings.Builder, name, value string) {
	if value != "" {
		fmt.Fprintf(text, "    %-5s  %s\n", name, value)
	}
}

// readable leaves out what only AWS can read: the encoded part of a refusal fills a screen.
func readable(message string) string {
	message, _, _ = strings.Cut(message, " Encoded authorization failure message")
	return strings.Join(strings.Fields(message), " ")
}

func present(parts ...string) []string {
	var list []string
	for _, p := range parts {
		if p != "" {
			list = append(list, p)
		}
	}
	return list
}

func prefixed(prefix, text string) string {
	if text == "" {
		return ""
	}
	return prefix + text
}

// headline says what went wrong where no resource is at fault. AWS's own words have a line of theirs.
func headline(err error) string {
	if wrong, ok := errors.AsType[*cloud.CredentialsError](err); ok {
		return wrong.Why
	}
	if is[*cloud.RegionError](err) {
		return "no region is given"
	}
	if wrong, ok := errors.AsType[*cloud.EndpointError](err); ok {
		return fmt.Sprintf("%s sends the calls to %s, but the target is aws", wrong.Source, wrong.URL)
	}
	if fault, ok := cloud.FaultOf(err); ok {
		switch {
		case errors.Is(err, errInterrupted) || is[*deadlineError](err):
		case fault.Code == "":
			return "AWS did not answer"
		default:
			return "AWS refused a call"
		}
	}
	return err.Error()
}

// what says what became of a resource.
func (e *runError) what(err error) string {
	if is[*provision.ConflictError](err) || is[*provision.DifferentError](err) || is[*waiters.UnexpectedError](err) {
		return err.Error()
	}
	if s, ok := errors.AsType[*steps.StrangerError](err); ok {
		return fmt.Sprintf("%s %s, which vpclink did not make, hangs on %s", s.Kind, s.ID, s.On)
	}
	late, timedOut := errors.AsType[*waiters.TimeoutError](err)
	fault, answered := cloud.FaultOf(err)
	switch {
	case timedOut && answered:
		bare := *late
		bare.Last = nil // AWS's words have a line of their own
		return bare.Error()
	case !answered:
		return err.Error()
	case !cloud.Changing(fault.Action):
		return "it could not be looked at"
	case cloud.AnswerOf(err) != cloud.Refused:
		return "AWS did not say whether it did it"
	case e.down:
		return "AWS would not take it away"
	}
	return "AWS would not make it"
}

// like is the same for failures that can be told together.
func (e *runError) like(f provision.Left) string {
	fault, ok := cloud.FaultOf(f.Err)
	if !ok || fault.Code == "" {
		return string(f.Key)
	}
	return strings.Join([]string{f.Key.Step(), f.Key.Kind(), fault.Action, fault.Code, e.what(f.Err)}, " ")
}
