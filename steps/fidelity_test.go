package steps

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vpclink/localstack"
)

var update = flag.Bool("update", false, "write docs/fidelity.md anew")

const fidelityPage = "../docs/fidelity.md"

// The page is made of the tables that TestContract holds every target to, so it says what was measured.
func TestFidelity(t *testing.T) {
	want := fidelity()
	if *update {
		if err := os.WriteFile(fidelityPage, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(fidelityPage)
	if err != nil {
		t.Fatalf("want the page there (go test ./steps -run TestFidelity -update writes it), got %v", err)
	}
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Errorf("want %s as its tables say (go test ./steps -run TestFidelity -update writes it anew):\n%s", fidelityPage, diff)
	}
}

// fidelityTargets are the columns of the page.
var fidelityTargets = []struct{ target, title string }{
	{simulator, "sim"}, {localstack.LocalStack, "LocalStack"}, {localstack.Moto, "moto"},
}

const fidelityHead = `<!-- Written by go test ./steps -run TestFidelity -update. Do not edit: change the tables in steps/contract_*_test.go. -->
# How true the targets are

vpclink runs on AWS and on three things that stand in for it: its own simulator (` + "`sim`" + `), LocalStack and moto. The contract
suite plays the same cases with every kind of resource on each of the three, through the SDK that talks to AWS too:

` + "```" + `
make contract                       # the simulator; runs within make test as well
make localstack contract TARGET=localstack
make moto contract TARGET=moto
` + "```" + `

Each case has one outcome, a few words. The column AWS says what AWS does and, at the end of the row, where that is known
from; it is right wherever a target differs. *Inferred* and *general knowledge* mean that nobody has seen it on a real account.
A difference that is not on this page fails the suite, and so does one that is on it and no longer there. Measured on LocalStack
4.13.1 and moto 5.2.5. LocalStack's EC2 is moto's, so that the two agree says nothing about AWS. What a target lacks altogether
has a dash and is not played: LocalStack has no load balancers in its free edition, and so none of what PrivateLink is made of.

The simulator follows AWS: where this page has a difference for it, that is a bug.

What the words mean: *not yet* is an answer after which vpclink sends the same call again until its time is over; *exists*
one after which it looks at what there is; *nothing there* is the end of a delete; after *no clear answer* (a server error)
vpclink looks before it does anything else. A blank field means: as AWS.

`

// fidelity writes the page.
func fidelity() string {
	var page strings.Builder
	page.WriteString(fidelityHead)
	writeTally(&page)
	writeLacks(&page)
	writeReasons(&page)
	kinds := contractKinds()
	for _, word := range slices.Sorted(maps.Keys(kinds)) {
		writeKind(&page, word, kinds[word])
	}
	writeBeyond(&page)
	return page.String()
}

// writeTally counts how many cases each target plays as AWS does.
func writeTally(page *strings.Builder) {
	page.WriteString("| target | cases | as AWS | different | not played |\n| --- | --- | --- | --- | --- |\n")
	for _, col := range fidelityTargets {
		all, without, differ := 0, 0, 0
		for word, kind := range contractKinds() {
			cases := 0
			for _, p := range kind.aws {
				if p.does != "" {
					cases++
				}
			}
			all += cases
			if lacked(contractServer(col.target), word) != "" {
				without += cases
			}
			differ += len(contractDifferences()[col.target][word])
		}
		fmt.Fprintf(page, "| %s | %d | %d | %d | %d |\n", col.title, all, all-differ-without, differ, without)
	}
}

// writeLacks writes what a target cannot play at all, and why.
func writeLacks(page *strings.Builder) {
	page.WriteString("\n## What they lack\n\n| why | not played |\n| --- | --- |\n")
	for _, col := range fidelityTargets {
		words := map[string][]string{} // reason → kinds
		for word := range contractKinds() {
			if why := lacked(contractServer(col.target), word); why != "" {
				words[why] = append(words[why], word)
			}
		}
		for _, why := range slices.Sorted(maps.Keys(words)) {
			fmt.Fprintf(page, "| %s | %s |\n", why, strings.Join(slices.Sorted(slices.Values(words[why])), ", "))
		}
	}
}

// writeReasons writes each reason once, with all that differs for it.
func writeReasons(page *strings.Builder) {
	page.WriteString("\n## Why they differ\n\n| why | target | where |\n| --- | --- | --- |\n")
	places := map[string]map[string]bool{} // reason → place
	targets := map[string]map[string]bool{}
	for _, col := range fidelityTargets {
		for word, cases := range contractDifferences()[col.target] {
			for name, d := range cases {
				if places[d.why] == nil {
					places[d.why], targets[d.why] = map[string]bool{}, map[string]bool{}
				}
				places[d.why][fmt.Sprintf("%s (%s)", word, name)] = true
				targets[d.why][col.title] = true
			}
		}
	}
	for _, why := range slices.Sorted(maps.Keys(places)) {
		fmt.Fprintf(page, "| %s | %s | %s |\n", why,
			strings.Join(slices.Sorted(maps.Keys(targets[why])), ", "), strings.Join(slices.Sorted(maps.Keys(places[why])), ", "))
	}
}

// writeKind writes the table of a kind, and under it the cases that it does not have.
func writeKind(page *strings.Builder, word string, kind contractKind) {
	fmt.Fprintf(page, "\n## %s\n\n| case | AWS |", word)
	for _, col := range fidelityTargets {
		fmt.Fprintf(page, " %s |", col.title)
	}
	page.WriteString(" known from |\n| --- | --- | --- | --- | --- | --- |\n")
	var without []string
	for _, c := range contractCases {
		aws := kind.aws[c.name]
		if aws.does == "" {
			without = append(without, fmt.Sprintf("- %s: %s", c.name, aws.why))
			continue
		}
		fmt.Fprintf(page, "| %s | %s |", c.name, aws.does)
		for _, col := range fidelityTargets {
			does := contractDifferences()[col.target][word][c.name].does
			if lacked(contractServer(col.target), word) != "" {
				does = "–"
			}
			fmt.Fprintf(page, " %s |", does)
		}
		fmt.Fprintf(page, " %s |\n", aws.why)
	}
	if len(without) > 0 {
		fmt.Fprintf(page, "\nNot played:\n%s\n", strings.Join(without, "\n"))
	}
}

// beyondTheKinds is what else the two servers do otherwise, seen once on those versions and held by no test. It
// matters to whoever calls them directly; vpclink does not rely on any of it.
var beyondTheKinds = []struct{ what, servers, aws string }{
	{"CreateVpc with DryRun", "makes the VPC", "answers DryRunOperation or UnauthorizedOperation (aws-facts §0.1)"},
	{"filter `tag:` on gateway route tables and attachments", "is ignored: everything is listed", "is documented for none of these lists (aws-facts §1.1)"},
	{"filters of DescribeVpcPeeringConnections", "are all ignored", "work (aws-facts §1.1)"},
	{"an ID parameter of a gateway, its table or attachment that is not there", "gives an empty list", "is an error (aws-facts §0)"},
	{"DeleteRouteTable of the main table", "is taken", "is refused (aws-facts §1.3)"},
	{"a route whose target is deleted", "stays active", "turns into a blackhole (aws-facts §1.2)"},
	{"a gateway without default tables", "has a default table all the same, and attachments are in it", "has none (aws-facts §0)"},
	{"SearchTransitGatewayRoutes", "never shows propagated routes", "shows them as propagated (aws-facts §1.2)"},
	{"an image, type or key pair that is not there", "is accepted by RunInstances", "is refused (aws-facts §1.3)"},
	{"an action or a filter that the server lacks", "LocalStack: 501 InternalFailure; moto: 500 and a page of HTML, as for a crash", "an unknown filter is InvalidFilter or InvalidParameterValue (aws-facts §7)"},
}

func writeBeyond(page *strings.Builder) {
	page.WriteString("\n## Beyond the kinds\n\nSeen once by hand on the versions above, on both servers, and held by no test.\n\n" +
		"| what | LocalStack and moto | AWS |\n| --- | --- | --- |\n")
	for _, b := range beyondTheKinds {
		fmt.Fprintf(page, "| %s | %s | %s |\n", b.what, b.servers, b.aws)
	}
}
