package main

import (
	"fmt"
	"slices"
	"strings"

	"vpclink/cloud"
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
		fmt.Fprintf(text, "%s %s: %s %s: ", f.step, f.title, f.kind, nameList(f.names))
	}
	text.WriteString(f.head + "\n")
	if fault, ok := cloud.FaultOf(f.err); ok {
		code := fault.Code
		if code == "" {
			code = "no answer"
		}
		field(text, "AWS", code+": "+fault.Message)
		field(text, "", strings.Join(present(fault.Action, fault.Region, prefixed("request ", fault.RequestID)), ", "))
	}
	why, try := adviceFor(f.err, f.about)
	field(text, "Why", why)
	field(text, "Try", try)
}

// nameList tells names in order, the first of many.
func nameList(names []string) string {
	names = slices.Sorted(slices.Values(names))
	if more := len(names) - mostNames; more > 1 {
		return fmt.Sprintf("%s and %d more", strings.Join(names[:mostNames], ", "), more)
	}
	return strings.Join(names, ", ")
}

// field writes one line under the headline, nothing when there is nothing to say.
func field(text *strings.Builder, name, value string) {
	if value != "" {
		fmt.Fprintf(text, "    %-5s  %s\n", name, value)
	}
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
