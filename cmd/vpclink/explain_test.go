package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/aws/smithy-go"

	"vpclink/cloud"
	"vpclink/provision"
	"vpclink/sim"
	"vpclink/state"
	"vpclink/steps"
	"vpclink/waiters"
	"vpclink/words"
)

// told is what explain says of an error.
func told(l words.Language, err error) string {
	var text strings.Builder
	explain(&text, l, err)
	return text.String()
}

// explained is an error of ours, with what is said of it and what is to be done.
type explained struct {
	name string
	err  error
	want []string
}

func ownErrors() []explained {
	b := about{stack: "lab", pattern: "tgw", again: "vpclink up tgw --stack lab", down: "vpclink down --stack lab"}
	of := func(err error) error {
		run := &provision.RunError{Failures: []provision.Left{{Key: "1.4.3/tgw-attachment/red", Err: err}}, Blocked: 2}
		return &runError{err: run, pattern: provision.TransitGateway(), about: b, count: 19, of: 41}
	}
	return []explained{
		{"usage", usage("vpclink up tgw", "no"), []string{"✗ no\n    Try    vpclink up tgw\n"}},
		{"conflict", of(&provision.ConflictError{ID: "rtb-1|10.1.0.0/16"}), []string{
			"✗ 1.4.3 Attach each VPC: tgw-attachment red: rtb-1|10.1.0.0/16 is there already",
			"Try    take rtb-1|10.1.0.0/16 away or change it to fit, then run vpclink up tgw --stack lab\n",
			"  2 more were not begun, since they need what failed.\n",
			"  19 of 41 are made and recorded. Run up again to go on, or: vpclink down --stack lab\n",
		}},
		{"different", of(&provision.DifferentError{Key: "0/instance/a", ID: "i-1", Diff: []steps.Field{{Name: "type", Flag: "--instance-type"}}}), []string{
			"Try    leave --instance-type as it was, or take the stack down first: vpclink down --stack lab\n",
		}},
		{"changed by hand", of(&provision.DifferentError{ID: "i-1", Diff: []steps.Field{{Name: "group"}}}), []string{"Why    it was changed outside vpclink"}},
		{"stopped", of(&provision.DifferentError{ID: "i-1", State: "stopped"}), []string{"i-1 is stopped: start it, or take the stack down"}},
		{"stranger", of(&steps.StrangerError{Kind: "network interface %s", ID: "eni-9", On: "subnet-1", Err: fromAWS("DependencyViolation")}), []string{
			"tgw-attachment red: network interface eni-9, which vpclink did not make, hangs on subnet-1\n",
			"    AWS    DependencyViolation: no\n",
			"Try    take eni-9 away, then run vpclink up tgw --stack lab\n",
		}},
		{"a wait too long", of(&waiters.TimeoutError{ID: "tgw-attach-1", State: "pending", Wanted: []string{"available"}, Last: fromAWS("IncorrectState")}), []string{
			"red: tgw-attach-1 is still \"pending\" after 0s, waiting for available\n", "    AWS    IncorrectState: no\n", "it goes on waiting",
		}},
		{"a bad end", of(&waiters.UnexpectedError{ID: "tgw-attach-1", State: "failed"}), []string{`is "failed"`, "what failed is made anew"}},
		{"no words of ours", of(fmt.Errorf("writing the journal: %w", fmt.Errorf("no space left"))), []string{"red: writing the journal: no space left\n"}},
		{"credentials", &cloud.CredentialsError{Why: words.New("there are no AWS credentials")}, []string{"✗ there are no AWS credentials\n    Try    log in", "--target sim needs no credentials"}},
		{"region", &cloud.RegionError{}, []string{"✗ no region is given\n    Try    give --region"}},
		{"endpoint", &cloud.EndpointError{URL: "http://x", Source: "AWS_ENDPOINT_URL"}, []string{"✗ AWS_ENDPOINT_URL sends the calls to http://x, but the target is aws\n    Try    "}},
		{"locked", &state.LockedError{Stack: "lab"}, []string{`✗ stack "lab" is in use`, "Try    wait"}},
		{"busy simulator", fmt.Errorf("x: %w", sim.ErrLocked), []string{"Try    wait for it to end, or give a longer --timeout"}},
		{"damaged simulator", fmt.Errorf("x: %w", sim.ErrDamaged), []string{"vpclink sim reset"}},
		{"damage", &state.DamageError{File: "f.jsonl", Line: 3, Why: errors.New("x")}, []string{"✗ f.jsonl is damaged in line 3: x\n", "vpclink down --from-tags"}},
		{"interrupted", &runError{err: &provision.RunError{Ended: errInterrupted}, about: b, of: 41}, []string{"✗ interrupted\n  0 of 41 are made"}},
		{"interrupted down", &runError{err: &provision.RunError{Ended: errInterrupted}, about: b, down: true, of: 41}, []string{"  0 of 41 are gone and recorded. Run down again to go on: vpclink down --stack lab\n"}},
	}
}

func TestExplainsOwnErrors(t *testing.T) {
	for _, c := range ownErrors() {
		got := told(words.English, c.err)
		for _, want := range c.want {
			if !strings.Contains(got, want) {
				t.Errorf("%s: it says\n%s\nexpected %q", c.name, got, want)
			}
		}
	}
}

// TestLikeFailuresAreToldOnce: a quota that stops 50 VPCs is one thing to know.
func TestLikeFailuresAreToldOnce(t *testing.T) {
	run := &provision.RunError{}
	for i := range 50 {
		run.Failures = append(run.Failures, provision.Left{Key: state.NewKey("0", "vpc", fmt.Sprintf("n%02d", i)), Err: fromAWS("VpcLimitExceeded")})
	}
	run.Failures = append(run.Failures, provision.Left{Key: "0/subnet/a", Err: fromAWS("SubnetLimitExceeded")})
	got := told(words.English, &runError{err: run})
	if n := strings.Count(got, "✗ "); n != 2 || !strings.Contains(got, "vpc n00, n01, n02, n03, n04, n05 and 44 more: ") {
		t.Errorf("51 failures of two sorts are told as\n%s\nexpected two, the first with its count", got)
	}
}

// TestAdviceHasNoHoles: whatever is known when an error is told, no placeholder is left in it.
func TestAdviceHasNoHoles(t *testing.T) {
	for _, a := range advices {
		codes := a.codes
		if codes == nil {
			codes = []string{"InternalError", "RequestLimitExceeded", "UnauthorizedOperation", "AuthFailure", "DependencyViolation"}
		}
		for _, code := range codes {
			why, try := adviceFor(words.English, fromAWS(code), about{})
			if why == "" || strings.ContainsAny(why+try, "{}") {
				t.Errorf("%s: why %q, try %q; expected sentences", code, why, try)
			}
		}
	}
}

// Whatever a code means, there is something to say about why and what to type; and each code that has a row of its own is
// one that the table of codes knows.
func TestEveryMeaningHasAdvice(t *testing.T) {
	for m := cloud.NotFound; m <= cloud.Internal; m++ {
		if m == cloud.DryRun { // nobody asks for one
			continue
		}
		if !slices.ContainsFunc(advices, func(a advice) bool { return a.codes == nil && a.meaning == m && a.why != "" && a.try != "" }) {
			t.Errorf("there is no advice for the meaning %d", m)
		}
	}
	for _, a := range advices {
		for _, code := range a.codes {
			err := &smithy.GenericAPIError{Code: code, Message: "no"}
			if cloud.MeaningOf(err) == cloud.Other && code != "OptInRequired" {
				t.Errorf("%s has advice, and the table of codes does not know it", code)
			}
			if why, try := adviceFor(words.English, err, about{region: "eu-west-1"}); why == "" || try == "" || strings.ContainsAny(why+try, "{}") {
				t.Errorf("%s: what is said is %q and %q", code, why, try)
			}
		}
	}
}
