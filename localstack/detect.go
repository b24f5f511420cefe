// Package localstack knows the targets that are neither AWS nor in this process: LocalStack, moto, and a simulator that
// another process serves. It tells which of them answers at an endpoint, and what it lacks.
package localstack

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"vpclink/cloud"
	"vpclink/words"
)

// The names of the targets, as in --target and in the journal.
const (
	LocalStack = "localstack"
	Moto       = "moto"
)

// Endpoints are where the two answer when they are started by `make localstack` and `make moto`.
func Endpoints() map[string]string {
	return map[string]string{LocalStack: "http://127.0.0.1:4566", Moto: "http://127.0.0.1:5555"}
}

// UnknownError says that what answers at an endpoint is none of these, or that nothing does. It is refused, since
// real keys are never used to sign for it, and dummy ones would say nothing.
type UnknownError struct {
	Endpoint string
	Err      error // why nothing answers, nil when something else did
}

var _ error = (*UnknownError)(nil)

func (e *UnknownError) Error() string { return e.Say(words.English) }

// Say tells it in a language.
func (e *UnknownError) Say(l words.Language) string {
	if e.Err != nil {
		return l.Say("nothing usable answers at %s: %v", e.Endpoint, e.Err)
	}
	return l.Say("what answers at %s is neither LocalStack, nor moto, nor a simulator", e.Endpoint)
}

// Unwrap returns why nothing answers.
func (e *UnknownError) Unwrap() error { return e.Err }

// sign is the page by which one of them is told.
type sign struct {
	path string
	read func(body []byte, endpoint string) (t cloud.Target, ok bool)
}

// signs are asked in order. Other servers answer 404 there, or something that does not fit.
var signs = []sign{
	{"/_localstack/health", func(body []byte, endpoint string) (cloud.Target, bool) {
		var health struct {
			Version  string            `json:"version"`
			Services map[string]string `json:"services"`
		}
		err := json.Unmarshal(body, &health)
		return target(LocalStack, health.Version, endpoint), err == nil && health.Services != nil
	}},
	// Not /moto-api/data.json, which lists all that it holds: on a server that was used it hangs or crashes.
	{"/moto-api/", func(body []byte, endpoint string) (cloud.Target, bool) {
		return target(Moto, "", endpoint), bytes.Contains(body, []byte("<title>Moto</title>")) // it does not tell its version
	}},
	{"/_sim/health", func(body []byte, endpoint string) (cloud.Target, bool) {
		var health struct {
			Name    string  `json:"name"`
			Version string  `json:"version"`
			Speed   float64 `json:"speed"`
		}
		err := json.Unmarshal(body, &health)
		return served(health.Version, endpoint, health.Speed), err == nil && health.Name == "vpclink-sim"
	}},
}

// patience is how long an answer may take: the first one of a fresh server takes a second, on a busy machine more.
const patience = 10 * time.Second

// mostRead is how much of an answer is read: moto's page lists all that it holds.
const mostRead = 64 << 20

// Detect asks what answers at an endpoint and returns it as a target. An *UnknownError when nothing that it knows does.
func Detect(ctx context.Context, endpoint string, client *http.Client) (cloud.Target, error) {
	base, err := url.Parse(endpoint)
	if err != nil || base.Host == "" || base.Scheme != "http" && base.Scheme != "https" {
		return cloud.Target{}, &UnknownError{Endpoint: endpoint, Err: words.New("it is not a URL like http://127.0.0.1:4566")}
	}
	endpoint = strings.TrimRight(endpoint, "/")
	limited, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	for _, s := range signs {
		body, err := fetch(limited, client, endpoint+s.path)
		if err != nil {
			return cloud.Target{}, &UnknownError{Endpoint: endpoint, Err: err}
		}
		if t, ok := s.read(body, endpoint); ok {
			return t, nil
		}
	}
	return cloud.Target{}, &UnknownError{Endpoint: endpoint}
}

// fetch returns a page, nothing when there is none; an error when nobody answers.
func fetch(ctx context.Context, client *http.Client, page string) ([]byte, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, page, nil)
	if err != nil {
		return nil, err
	}
	answer, err := client.Do(request)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return nil, nil
	}
	return io.ReadAll(io.LimitReader(answer.Body, mostRead))
}
