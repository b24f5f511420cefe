package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"vpclink/cloud"
	"vpclink/cmd/vpclink/ui"
	"vpclink/words"
)

// finding is one thing that went wrong, as it is told:
//
//	✗ 1.4.3 Attach each VPC: tgw-attachment red: AWS would not make it
//	    AWS    InvalidSubnetID.NotFound: The subnet ID 'subnet-0c' does not exist
//	           CreateTransitGatewayVpcAttachment, ap-northeast-1, request 6f1c0d2e-…
//	    Why    …
//	    Try    …
type finding struct {
	step, kind string // "" when it is not one resource that failed
	title      words.Text
	names      []string
	head       string // in the language in which it is told
	err        error
	about      about
}

// mostNames is how many names of like failures are told one by one.
const mostNames = 6

func (f finding) write(text *strings.Builder, l words.Language) {
	text.WriteString("✗ ")
	if f.step != "" {
		fmt.Fprintf(text, "%s %s: %s %s: ", f.step, l.In(f.title), f.kind, nameList(l, f.names))
	}
	text.WriteString(f.head + "\n")
	if fault, ok := cloud.FaultOf(f.err); ok {
		field(text, "AWS", cmp.Or(fault.Code, l.In("no answer"))+": "+fault.Told(l))
		field(text, "", strings.Join(present(fault.Action, fault.Region, filled(l, "request %s", fault.RequestID)), ", "))
	}
	why, try := adviceFor(l, f.err, f.about)
	field(text, l.In("Why"), why)
	field(text, l.In(fieldTry), try)
}

// nameList tells names in order, the first of many.
func nameList(l words.Language, names []string) string {
	names = slices.Sorted(slices.Values(names))
	if more := len(names) - mostNames; more > 1 {
		return l.Say("%s and %d more", strings.Join(names[:mostNames], ", "), more)
	}
	return strings.Join(names, ", ")
}

// fieldTry names the line with what to type.
const fieldTry words.Text = "Try"

// field writes one line under the headline, nothing when there is nothing to say.
func field(text *strings.Builder, name, value string) {
	if value != "" {
		fmt.Fprintf(text, "    %s  %s\n", ui.Pad(name, 5), value)
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

// filled says a format of one word, "" without the word.
func filled(l words.Language, format words.Text, word string) string {
	if word == "" {
		return ""
	}
	return l.Say(format, word)
}
