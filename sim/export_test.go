package sim

import (
	"context"
	"net/http"
	"net/url"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
)

// Handlers lets the tests from outside know which actions there are.
func Handlers() map[string]bool {
	all := map[string]bool{}
	for _, table := range handlers {
		for name, h := range table {
			all[name] = bool(h.changing)
		}
	}
	return all
}

// SentAndRead has the real SDK send an input, and decodes what it sent.
func SentAndRead(t *testing.T, in *ec2.RunInstancesInput) *ec2.RunInstancesInput {
	t.Helper()
	var read ec2.RunInstancesInput
	c := ec2.New(ec2.Options{Region: "eu-west-1", Credentials: aws.CredentialsProviderFunc(anybody), HTTPClient: sent(func(r *http.Request) (*http.Response, error) {
		body, err := readBody(r)
		if err != nil {
			return nil, err
		}
		form, err := url.ParseQuery(string(body))
		if err != nil {
			return nil, err
		}
		if err := models()["ec2"].Decode("RunInstances", form, &read); err != nil {
			return nil, err
		}
		return &http.Response{StatusCode: http.StatusOK, Body: http.NoBody}, nil
	})})
	if _, err := c.RunInstances(t.Context(), in); err != nil {
		t.Fatalf("sending the input: %v", err)
	}
	return &read
}

type sent func(*http.Request) (*http.Response, error)

func (s sent) Do(r *http.Request) (*http.Response, error) { return s(r) }

func anybody(context.Context) (aws.Credentials, error) {
	return aws.Credentials{AccessKeyID: "any", SecretAccessKey: "any"}, nil
}
