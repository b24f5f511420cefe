package sim_test

import (
	"context"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/sts"
	"github.com/google/go-cmp/cmp"

	"vpclink/sim"
)

// served is a world on a port of this machine. Its end returns what Serve returned.
func served(t *testing.T, w *sim.World) (endpoint string, end func() error) {
	t.Helper()
	l, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- (&sim.Server{World: w, Version: "1.2.3", ID: "this one"}).Serve(ctx, l) }()
	end = func() error {
		cancel()
		return <-done
	}
	t.Cleanup(cancel)
	return "http://" + l.Addr().String(), end
}

func at(endpoint string, provider aws.CredentialsProvider) aws.Config {
	return aws.Config{
		Region: tokyo, Credentials: provider, BaseEndpoint: aws.String(endpoint),
		Retryer: func() aws.Retryer { return aws.NopRetryer{} },
	}
}

// readPage reads one of the pages below /_sim/.
func readPage(t *testing.T, url string, into any) {
	t.Helper()
	answer := send(t, http.MethodGet, url, "")
	if kind := answer.Header.Get("Content-Type"); answer.StatusCode != http.StatusOK || kind != "application/json" {
		t.Fatalf("%s should be JSON, and is %s with status %d", url, kind, answer.StatusCode)
	}
	if err := json.NewDecoder(answer.Body).Decode(into); err != nil {
		t.Fatalf("%s should be JSON: %v", url, err)
	}
}

func send(t *testing.T, method, url, body string) *http.Response {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Credential=000000000000/20260101/eu-west-1/ec2/aws4_request")
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = answer.Body.Close() })
	return answer
}

// The SDK works against a port as against AWS, and the pages tell what it did.
func TestServedWorld(t *testing.T) {
	w := sim.New(sim.Options{Speed: 60, NoDelay: true})
	endpoint, end := served(t, w)
	client := ec2.NewFromConfig(at(endpoint, credentials.NewStaticCredentialsProvider("123456789012", "any", "")))
	made, err := client.CreateVpc(t.Context(), &ec2.CreateVpcInput{CidrBlock: aws.String("10.0.0.0/16")})
	if err != nil {
		t.Fatal(err)
	}
	vpc := *made.Vpc.VpcId

	var health sim.Health
	readPage(t, endpoint+"/_sim/health", &health)
	if age := w.Now().Sub(health.Time); age < 0 || age > 5*time.Minute {
		t.Errorf("the health page should show the world's clock, and is %s behind it", age)
	}
	health.Time = time.Time{}
	if diff := cmp.Diff(sim.Health{Name: "vpclink-sim", Version: "1.2.3", ID: "this one", Speed: 60}, health); diff != "" {
		t.Errorf("the health page tells something else (-want +have):\n%s", diff)
	}

	var contents sim.Contents
	readPage(t, endpoint+"/_sim/world", &contents)
	want := []sim.ContentObject{{Account: "123456789012", Region: tokyo, Kind: "vpc", ID: vpc, State: "available", Tags: map[string]string{}}}
	if diff := cmp.Diff(want, contents.Objects); diff != "" {
		t.Errorf("the world's page should hold the VPC alone (-want +have):\n%s", diff)
	}

	var log sim.CallLog
	readPage(t, endpoint+"/_sim/calls", &log)
	if len(log.Calls) != 1 || log.Calls[0].N != 1 || log.Calls[0].Action != "CreateVpc" || !log.Calls[0].Changing || log.Calls[0].Request == "" {
		t.Errorf("the log should hold the one call, and holds %+v", log.Calls)
	}
	if err := end(); err != nil {
		t.Errorf("a server that is asked to end should end well, not with %v", err)
	}
	if w.Changes() != 1 {
		t.Errorf("the world should be open still, with 1 change, and has %d", w.Changes())
	}
}

func TestWhatAServerRefuses(t *testing.T) {
	endpoint, _ := served(t, sim.New(quick))
	for _, row := range []struct {
		what, method, page, body string
		status                   int
		want                     string
	}{
		{"a form that is too long", http.MethodPost, "/", "Action=" + strings.Repeat("x", 1<<20), 413, "<Code>RequestEntityTooLarge</Code>"},
		{"an action that is not there", http.MethodPost, "/", "Action=CreateMoon&Version=2016-11-15", 400, "<Code>InvalidAction</Code><Message>The action CreateMoon is"},
		{"a page that is not there", http.MethodGet, "/_sim/moon", "", 404, ""},
		{"something for a page to do", http.MethodPost, "/_sim/world", "x", 404, ""},
	} {
		answer := send(t, row.method, endpoint+row.page, row.body)
		body, err := io.ReadAll(answer.Body)
		if err != nil {
			t.Fatal(err)
		}
		if answer.StatusCode != row.status || !strings.Contains(string(body), row.want) {
			t.Errorf("%s should be answered with %d and %q, not with %d and %q", row.what, row.status, row.want, answer.StatusCode, body)
		}
	}
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, endpoint+"/_sim/health", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("X", strings.Repeat("x", 128<<10))
	answer, err := http.DefaultClient.Do(r)
	if err == nil {
		defer answer.Body.Close()
	}
	if err == nil && answer.StatusCode != http.StatusRequestHeaderFieldsTooLarge {
		t.Errorf("headers of 128 KiB should be refused with 431, not answered with %d", answer.StatusCode)
	}
}

// What AWS has been asked for is done and answered, also when the end comes in between.
func TestAServerFinishesWhatRuns(t *testing.T) {
	began, goOn := make(chan struct{}), make(chan struct{})
	w := sim.New(sim.Options{NoDelay: true, Before: func(sim.Call) error {
		close(began)
		<-goOn
		return nil
	}})
	endpoint, end := served(t, w)
	client := ec2.NewFromConfig(at(endpoint, credentials.NewStaticCredentialsProvider("x", "any", "")))
	answered := make(chan error, 1)
	go func() {
		_, err := client.CreateVpc(t.Context(), &ec2.CreateVpcInput{CidrBlock: aws.String("10.0.0.0/16")})
		answered <- err
	}()
	<-began
	ended := make(chan error, 1)
	go func() { ended <- end() }()
	select {
	case err := <-ended:
		t.Errorf("the server should wait for the call, and ended with %v", err)
	case <-time.After(50 * time.Millisecond):
	}
	close(goOn)
	if err := <-answered; err != nil {
		t.Errorf("the call that ran should be answered, not lost to %v", err)
	}
	if err := <-ended; err != nil {
		t.Errorf("the server should end well, not with %v", err)
	}
}

// AssumeRole leads into the role's account, with the SDK's own session token.
func TestAssumeRole(t *testing.T) {
	w := sim.New(quick)
	first := stsIn(w, sim.DefaultAccount, tokyo)
	role := &sts.AssumeRoleInput{RoleArn: aws.String("arn:aws:iam::210987654321:role/labs/teacher"), RoleSessionName: aws.String("lab")}
	out, err := first.AssumeRole(t.Context(), role)
	if err != nil {
		t.Fatal(err)
	}
	if left := time.Until(*out.Credentials.Expiration); left < 59*time.Minute || left > time.Hour {
		t.Errorf("the credentials should hold for an hour of the caller's clock, and hold for %s", left)
	}
	key, secret, token := *out.Credentials.AccessKeyId, *out.Credentials.SecretAccessKey, *out.Credentials.SessionToken
	if len(key) != 20 || !strings.HasPrefix(key, "ASIA") {
		t.Errorf("the access key should look like AWS's for a session, not like %q", key)
	}
	c := config(w, "", tokyo)
	c.Credentials = credentials.NewStaticCredentialsProvider(key, secret, token)
	who, err := sts.NewFromConfig(c).GetCallerIdentity(t.Context(), &sts.GetCallerIdentityInput{})
	if err != nil {
		t.Fatal(err)
	}
	const arn = "arn:aws:sts::210987654321:assumed-role/teacher/lab"
	if *who.Account != "210987654321" || *who.Arn != arn || *out.AssumedRoleUser.Arn != arn || *who.UserId != *out.AssumedRoleUser.AssumedRoleId {
		t.Errorf("the session should be %s, and is %s (%s, said to be %s)", arn, *who.Arn, *who.UserId, *out.AssumedRoleUser.AssumedRoleId)
	}
	if _, err := ec2.NewFromConfig(c).CreateVpc(t.Context(), &ec2.CreateVpcInput{CidrBlock: aws.String("10.0.0.0/16")}); err != nil {
		t.Fatal(err)
	}
	if all := w.Objects(); len(all) != 1 || all[0].Account != "210987654321" {
		t.Errorf("the VPC should be in the role's account, not in %+v", all)
	}

	for what, in := range map[string]sts.AssumeRoleInput{
		"a user for a role":    {RoleArn: aws.String("arn:aws:iam::210987654321:user/x"), RoleSessionName: aws.String("lab")},
		"a session of a blank": {RoleArn: role.RoleArn, RoleSessionName: aws.String("a b")},
	} {
		_, err := first.AssumeRole(t.Context(), &in)
		wantCode(t, err, "ValidationError", what)
	}
}

// A token that AssumeRole did not write makes nobody somebody else.
func TestStrangeSessionTokens(t *testing.T) {
	w := sim.New(quick)
	for _, token := range []string{"x", "e30", "bnVsbA", strings.Repeat("A", 5000)} {
		c := config(w, "", tokyo)
		c.Credentials = credentials.NewStaticCredentialsProvider("123456789012", "any", token)
		who, err := sts.NewFromConfig(c).GetCallerIdentity(t.Context(), &sts.GetCallerIdentityInput{})
		if err != nil || *who.Arn != "arn:aws:iam::123456789012:root" {
			t.Errorf("with the token %.10q it should be the account's root, not %+v, %v", token, who, err)
		}
	}
}
