package sim_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/sts"
	"github.com/google/go-cmp/cmp"

	"vpclink/sim"
)

// Whose account and which region it is, the signature says.
func TestAccountsAndRegions(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, w *sim.World, a account) {
		for key, want := range map[string]string{"123456789012": "123456789012", "AKIAIOSFODNN7EXAMPLE": sim.DefaultAccount, "12345678901": sim.DefaultAccount} {
			out, err := stsIn(w, key, tokyo).GetCallerIdentity(t.Context(), &sts.GetCallerIdentityInput{})
			a.fatal(err)
			if *out.Account != want || *out.Arn != "arn:aws:iam::"+want+":root" {
				t.Errorf("the key %s should be the root of account %s, not %s", key, want, *out.Arn)
			}
		}
		vpc := a.vpc("a", "10.0.0.0/16")
		for what, c := range map[string]*ec2.Client{"another account": ec2In(w, "123456789012", tokyo), "another region": ec2In(w, sim.DefaultAccount, "us-east-1")} {
			_, err := c.DescribeVpcs(t.Context(), &ec2.DescribeVpcsInput{VpcIds: []string{vpc}})
			wantCode(t, err, "InvalidVpcID.NotFound", "looking for the VPC in "+what)
		}
	})
}

// What AWS answers a request that reaches no action.
func TestUnusableRequests(t *testing.T) {
	const ok, signed = "Action=DescribeVpcs&Version=2016-11-15", "AWS4-HMAC-SHA256 Credential=AKID/20260101/eu-west-1/ec2/aws4_request, SignedHeaders=host, Signature=x"
	for _, row := range []struct {
		what, form, signature string
		status                int
		want                  string
	}{
		{"a fair one", ok, signed, 200, "<DescribeVpcsResponse"},
		{"one without a signature", ok, "", 403, "<Code>MissingAuthenticationToken</Code>"},
		{"one signed for no region", ok, strings.Replace(signed, "eu-west-1", "x", 1), 401, "<Code>AuthFailure</Code>"},
		{"one for another service", ok, strings.Replace(signed, "/ec2/", "/s3/", 1), 400, "<Code>InvalidAction</Code>"},
		{"one without an action", "Version=2016-11-15", signed, 400, "<Code>MissingAction</Code>"},
		{"one with an unknown action", strings.Replace(ok, "DescribeVpcs", "MakeRain", 1), signed, 400, "The action MakeRain is not valid"},
		{"one with an unknown parameter", ok + "&Rain=1", signed, 400, "<Code>UnknownParameter</Code>"},
		{"one of another API version", "Action=DescribeVpcs&Version=2010-01-01", signed, 400, "<Code>NoSuchVersion</Code>"},
		{"one with a broken form", ok + "&x=%zz", signed, 400, "<Code>MalformedQueryString</Code>"},
		{"one that is too long", ok + "&x=" + strings.Repeat("x", 1<<20), signed, 413, "<Code>RequestEntityTooLarge</Code>"},
	} {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "https://ec2.eu-west-1.amazonaws.com/", strings.NewReader(row.form))
		r.Header.Set("Authorization", row.signature)
		answer := httptest.NewRecorder()
		sim.New(sim.Options{}).ServeHTTP(answer, r)
		if answer.Code != row.status || !strings.Contains(answer.Body.String(), row.want) {
			t.Errorf("%s should be answered with %d and %q, not with %d and %s", row.what, row.status, row.want, answer.Code, answer.Body)
		}
	}
}

// As a server it answers as in process, and a lost answer is a broken connection there too.
func TestServer(t *testing.T) {
	w := sim.New(quick)
	server := httptest.NewServer(w)
	defer server.Close()
	conf := config(server.Client(), sim.DefaultAccount, tokyo)
	conf.BaseEndpoint = aws.String(server.URL)
	c := ec2.NewFromConfig(conf)
	out, err := c.CreateVpc(t.Context(), &ec2.CreateVpcInput{CidrBlock: new("10.0.0.0/16")})
	if err != nil || *out.Vpc.VpcId != w.Objects()[0].ID {
		t.Fatalf("a VPC should be made through the socket: %v", err)
	}
	w.Inject(sim.Fault{Kind: sim.LostAnswer})
	_, err = c.CreateVpc(t.Context(), &ec2.CreateVpcInput{CidrBlock: new("10.1.0.0/16")})
	if err == nil || code(err) != err.Error() || len(w.Objects()) != 2 {
		t.Errorf("a lost answer should be an error without AWS's code, the VPC being made, not %v with %d VPCs", err, len(w.Objects()))
	}
}

// Calls that come together are taken one by one, and each gets its own answer.
func TestManyClients(t *testing.T) {
	w := sim.New(quick)
	var all sync.WaitGroup
	ids := make([]string, 20)
	for i := range ids {
		all.Go(func() {
			c := ec2In(w, sim.DefaultAccount, tokyo)
			out, err := c.CreateVpc(t.Context(), &ec2.CreateVpcInput{CidrBlock: new("10.0.0.0/16")})
			if err != nil {
				t.Errorf("making a VPC: %v", err)
				return
			}
			ids[i] = *out.Vpc.VpcId
			if _, err := c.DescribeVpcs(t.Context(), &ec2.DescribeVpcsInput{VpcIds: []string{ids[i]}}); err != nil {
				t.Errorf("describing it: %v", err)
			}
			_, _, _ = w.Objects(), w.Calls(), w.Now()
		})
	}
	all.Wait()
	seen := map[string]bool{}
	for _, id := range ids {
		seen[id] = true
	}
	if len(seen) != len(ids) || w.Changes() != len(ids) {
		t.Errorf("%d calls should make as many VPCs, not %d in %d calls", len(ids), len(seen), w.Changes())
	}
}

// Every answer has a request ID of its own, in the log and for the client.
func TestRequestIDs(t *testing.T) {
	story(t, sim.Options{}, func(t *testing.T, w *sim.World, a account) {
		a.vpc("a", "10.0.0.0/16")
		w.Inject(sim.Fault{Kind: sim.ErrorAfter, Action: "DescribeVpcs"})
		for range 3 {
			_, _ = a.DescribeVpcs(t.Context(), &ec2.DescribeVpcsInput{})
		}
		seen := map[string]bool{}
		for _, c := range w.Calls() {
			if len(c.RequestID) != 36 || seen[c.RequestID] {
				t.Errorf("%s should have a request ID of its own, not %q", c.Action, c.RequestID)
			}
			seen[c.RequestID] = true
		}
		want := []sim.Call{
			{N: 1, Action: "CreateVpc", Changing: true}, {Action: "DescribeVpcs", Fault: "error-after"}, {Action: "DescribeVpcs"}, {Action: "DescribeVpcs"},
		}
		have := w.Calls()
		for i := range have {
			have[i] = sim.Call{N: have[i].N, Action: have[i].Action, Changing: have[i].Changing, Fault: have[i].Fault}
		}
		if diff := cmp.Diff(want, have); diff != "" {
			t.Errorf("the log should be this (-want +have):\n%s", diff)
		}
	})
}

// The first answer's bytes, so that a reader sees what goes over the wire.
func TestBytes(t *testing.T) {
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "https://sts/", strings.NewReader("Action=GetCallerIdentity&Version=2011-06-15"))
	r.Header.Set("Authorization", "AWS4-HMAC-SHA256 Credential=123456789012/20260101/eu-west-1/sts/aws4_request")
	answer, err := sim.New(sim.Options{}).Do(r)
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	const want = `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>` +
		`<Account>123456789012</Account><Arn>arn:aws:iam::123456789012:root</Arn><UserId>123456789012</UserId></GetCallerIdentityResult>` +
		`<ResponseMetadata><RequestId>`
	if !strings.Contains(string(body), want) || answer.Header.Get("Content-Type") != "text/xml;charset=UTF-8" {
		t.Errorf("GetCallerIdentity should be answered with %s, not with %s", want, body)
	}
}

// A request whose context has ended before it comes has no effect.
func TestACancelledRequest(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	w := sim.New(quick)
	r := httptest.NewRequestWithContext(ctx, http.MethodPost, "https://ec2/", strings.NewReader("Action=CreateVpc&Version=2016-11-15&CidrBlock=10.0.0.0/16"))
	r.Header.Set("Authorization", "AWS4-HMAC-SHA256 Credential=any/20260101/eu-west-1/ec2/aws4_request")
	if _, err := w.Do(r); !errors.Is(err, context.Canceled) || w.Changes() != 0 {
		t.Errorf("it should end with the context's error, and make nothing, not end with %v after %d calls", err, w.Changes())
	}
}
