package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log"
	"maps"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"
)

// wireFault is what goes wrong with one changing call between the program and the server.
type wireFault struct {
	name    string
	arrives bool   // the server gets the call, and does it
	kills   bool   // the program is killed then, before it can see an answer
	status  int    // of the answer; 0: there is none, the connection breaks
	code    string // AWS's, of that answer
}

// wireFaults are the ways in which a call can go wrong (aws-facts §4.4: which of them tell what was done).
var wireFaults = []wireFault{
	{name: "killed before it", kills: true},
	{name: "killed after it", arrives: true, kills: true},
	{name: "answer dropped", arrives: true},
	{name: "500 after it", arrives: true, status: http.StatusInternalServerError, code: "InternalError"},
	{name: "503 after it", arrives: true, status: http.StatusServiceUnavailable, code: "Unavailable"},
	{name: "throttled", status: http.StatusServiceUnavailable, code: "RequestLimitExceeded"}, // 503, and yet not done
}

// faultProxy stands between the program and a server. It numbers the changing calls of a command and spoils one of them.
type faultProxy struct {
	*httptest.Server
	upstream http.Handler

	mu      sync.Mutex
	changes []string        // the actions that change something, in the order in which they came
	done    int             // how many of them the server did
	made    map[string]bool // every ID in the answers to them, also in those that were lost
	fault   wireFault
	nth     int // the call it strikes, from 1; 0: none
	struck  string
	kill    func() // kills the program and returns when it is dead
	open    int    // connections
	closed  sync.Cond
}

func newFaultProxy(t *testing.T, endpoint string) *faultProxy {
	t.Helper()
	upstream, err := url.Parse(endpoint)
	if err != nil {
		t.Fatalf("the endpoint is a URL: %v", err)
	}
	p := &faultProxy{made: map[string]bool{}}
	p.closed.L = &p.mu
	account := fmt.Sprintf("%012d", rand.Int64N(1e12)) //nolint:gosec // a number, no secret
	p.upstream = &httputil.ReverseProxy{
		Rewrite: func(r *httputil.ProxyRequest) {
			r.SetURL(upstream)
			r.Out.Header.Set("x-moto-account-id", account) // the simulator has a world for each lab anyhow
		},
		ErrorLog: log.New(io.Discard, "", 0), // a server that is away shows as a 502
	}
	p.Server = httptest.NewUnstartedServer(p)
	p.Config.ConnState = p.connection
	p.Start()
	t.Cleanup(p.Close)
	return p
}

// connection counts the connections of the program. One is closed when the last call on it has been done.
func (p *faultProxy) connection(_ net.Conn, s http.ConnState) {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch s {
	case http.StateNew:
		p.open++
	case http.StateClosed, http.StateHijacked:
		p.open--
		p.closed.Broadcast()
	default:
	}
}

// quiet returns when all is done that a program asked for which has ended.
func (p *faultProxy) quiet() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for p.open > 0 {
		p.closed.Wait()
	}
}

// plan begins the count anew for the next command. With nth 0 nothing goes wrong.
func (p *faultProxy) plan(f wireFault, nth int, kill func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.changes, p.done, p.fault, p.nth, p.struck, p.kill = nil, 0, f, nth, "", kill
}

// counted returns the changing calls of the last command, and the one that was spoiled, "" when none was.
func (p *faultProxy) counted() (changes []string, struck string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.changes, p.struck
}

// sure returns how many changing calls the last command got done. The others were too early and were made again, some
// more or less in the next run.
func (p *faultProxy) sure() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.done
}

// madeOf counts the IDs that were made, by the word they begin with.
func (p *faultProxy) madeOf() map[string]int {
	p.mu.Lock()
	defer p.mu.Unlock()
	n := map[string]int{}
	for id := range p.made {
		n[madeOf(id)]++
	}
	return n
}

// madeOf is the word that an ID begins with, or the sort of thing that an ARN names.
func madeOf(id string) string {
	if arn, is := strings.CutPrefix(id, "arn:"); is {
		sort, _, _ := strings.Cut(arn[strings.LastIndex(arn, ":")+1:], "/")
		return sort
	}
	return id[:strings.LastIndex(id, "-")]
}

// Do has the server do a call of the test itself, in the program's account.
func (p *faultProxy) Do(r *http.Request) (*http.Response, error) {
	return p.pass(r, false).Result(), nil
}

// ServeHTTP passes a call on, or spoils it.
func (p *faultProxy) ServeHTTP(rw http.ResponseWriter, r *http.Request) {
	if r.Method == http.MethodGet {
		p.page(rw, r)
		return
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		panic(http.ErrAbortHandler) // the program was killed while it wrote
	}
	form, _ := url.ParseQuery(string(body))
	r.Body = io.NopCloser(bytes.NewReader(body))
	action := form.Get("Action")
	answer := "<Response><Errors><Error><Code>%s</Code><Message>spoiled on purpose</Message></Error></Errors><RequestID>proxy</RequestID></Response>"
	if form.Get("Version") == "2015-12-01" { // ELBv2 writes errors in another form
		answer = "<ErrorResponse><Error><Type>Receiver</Type><Code>%s</Code><Message>spoiled on purpose</Message></Error><RequestId>proxy</RequestId></ErrorResponse>"
	}
	fault, spoils := p.strikes(action)
	if !spoils {
		send(rw, p.pass(r, changes(action)))
		return
	}
	if fault.arrives {
		p.pass(r, true)
	}
	if fault.kills {
		p.kill()
	}
	if fault.status == 0 {
		panic(http.ErrAbortHandler) // net/http breaks the connection, and says nothing in its log
	}
	rw.Header().Set("Content-Type", "text/xml;charset=UTF-8")
	rw.WriteHeader(fault.status)
	_, _ = fmt.Fprintf(rw, answer, fault.code)
}

// changes tells the calls that change something by AWS's names, without asking the program under test.
func changes(action string) bool {
	for _, reads := range []string{"Describe", "Get", "Search", "List"} {
		if strings.HasPrefix(action, reads) {
			return false
		}
	}
	return true
}

// strikes counts a call and reports whether it is the one to be spoiled.
func (p *faultProxy) strikes(action string) (wireFault, bool) {
	if !changes(action) {
		return wireFault{}, false
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.changes = append(p.changes, action)
	if len(p.changes) != p.nth {
		return wireFault{}, false
	}
	p.struck = action
	return p.fault, true
}

// newID is the form of what AWS gives a new thing.
var newID = regexp.MustCompile(`\b(?:vpc|subnet|rtb|rtbassoc|sg|sgr|i|eni|tgw|tgw-rtb|tgw-attach|igw|eipalloc|eipassoc|pcx|vpce|vpce-svc)-[0-9a-f]{8,17}\b|arn:aws:elasticloadbalancing:[^<\s]+`)

// pass has the server do a call. What a server has got it does, also when the program dies meanwhile.
func (p *faultProxy) pass(r *http.Request, changing bool) *httptest.ResponseRecorder {
	answer := httptest.NewRecorder()
	p.upstream.ServeHTTP(answer, r.WithContext(context.WithoutCancel(r.Context())))
	if changing && answer.Code == http.StatusOK {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.done++
		for _, id := range newID.FindAllString(answer.Body.String(), -1) {
			p.made[id] = true
		}
	}
	return answer
}

// page passes on the pages by which a server is told from others.
func (p *faultProxy) page(rw http.ResponseWriter, r *http.Request) {
	answer := httptest.NewRecorder()
	p.upstream.ServeHTTP(answer, r)
	send(rw, answer)
}

func send(rw http.ResponseWriter, answer *httptest.ResponseRecorder) {
	maps.Copy(rw.Header(), answer.Header())
	rw.WriteHeader(answer.Code)
	_, _ = rw.Write(answer.Body.Bytes()) // the program may have been killed
}
