package cloud

import (
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
)

// endpoint is a target reached over the network, which is given up on after milliseconds.
func endpoint(url string) Config {
	return Config{Target: Target{Name: "sim", Endpoint: url, Speed: 1000}}
}

// A connection that ends gives the same error whether it was cut during the handshake or after the request was read.
func TestAConnectionCutBeforeTheRequestIsNotExecuted(t *testing.T) {
	listener, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = listener.Close() }()
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return // closed
			}
			_ = conn.Close()
		}
	}()
	_, err = Connect(t.Context(), endpoint("https://"+listener.Addr().String()))
	if got := AnswerOf(err); err == nil || got != NotExecuted {
		t.Errorf("a connection cut during its handshake: want %q, got %q for %v", NotExecuted, got, err)
	}
}

// net/http looks for the end of a body after it has sent all of it. The SDK may have closed it by then, since an answer came:
// that is an end like any other, or the connection is dropped and the answer is lost.
func TestABodyThatIsClosedEarlyEnds(t *testing.T) {
	_, err := Connect(t.Context(), Config{Target: Simulator(1), HTTP: clientFunc(func(r *http.Request) (*http.Response, error) {
		n, err := io.Copy(io.Discard, io.LimitReader(r.Body, r.ContentLength))
		if n == 0 || n != r.ContentLength || err != nil {
			t.Errorf("want the %d bytes of the body, got %d, %v", r.ContentLength, n, err)
		}
		if err := r.Body.Close(); err != nil {
			t.Errorf("closing the body: %v", err)
		}
		if n, err := io.Copy(io.Discard, r.Body); n != 0 || err != nil {
			t.Errorf("want the end of the body, got %d bytes more, %v", n, err)
		}
		return identity(r)
	})})
	if err != nil {
		t.Errorf("want an account, got %v", err)
	}
}

func TestAConnectionCutAfterTheRequestIsUnclear(t *testing.T) {
	var creates atomic.Int32
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.FormValue("Action") == "GetCallerIdentity" {
			_, _ = io.WriteString(w, identityBody)
			return
		}
		creates.Add(1)
		conn, _, err := w.(http.Hijacker).Hijack()
		if err == nil {
			_ = conn.Close()
		}
	}))
	defer server.Close()
	account, err := Connect(t.Context(), endpoint(server.URL))
	if err != nil {
		t.Fatalf("want an account, got %v", err)
	}
	err = create(t.Context(), account.EC2)
	if got := AnswerOf(err); err == nil || got != Unclear {
		t.Errorf("a connection cut after the request: want %q, got %q for %v", Unclear, got, err)
	}
	if got := creates.Load(); got != 1 {
		t.Errorf("want the create sent once, it arrived %d times", got)
	}
}
