package main

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/testscript"

	"vpclink/sim"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"vpclink": main, "vpclink-instant": instant})
}

var update = flag.Bool("update", false, "write the golden files anew")

// lab is a folder of state and the commands that are run in it, in this process.
type lab struct {
	t        *testing.T
	dir      string
	env      map[string]string
	stdin    string
	terminal bool
	refuse   map[string]refusal // AWS's no, by action
	onCall   func(action string)
	expired  *atomic.Bool // the credentials have
	http     carrier      // who answers instead of AWS; nil: AWS itself
}

type refusal struct{ code, message string }

// ending is how a command ended.
type ending struct {
	code     int
	out, err string
}

func newLab(t *testing.T) *lab {
	t.Helper()
	dir := t.TempDir()
	return &lab{t: t, dir: dir, env: map[string]string{"VPCLINK_STATE_DIR": dir, "USER": "alice"}, refuse: map[string]refusal{}, expired: new(atomic.Bool)}
}

func (l *lab) run(args ...string) ending { return l.runUntil(l.t.Context(), args...) }

func (l *lab) runUntil(ctx context.Context, args ...string) ending {
	l.t.Helper()
	var out bytes.Buffer
	err := &lockedBuffer{}
	a := newApp()
	openWorld := a.open
	a.stdin, a.stdout, a.stderr = strings.NewReader(l.stdin), &out, err
	a.env = func(name string) string { return l.env[name] }
	a.terminal, a.http = l.terminal, l.http
	a.open = func(ctx context.Context, dir string, o sim.Options) (world, error) {
		w, err := openWorld(ctx, dir, o)
		if err != nil {
			return nil, err
		}
		return &moody{w, l}, nil
	}
	code := run(ctx, a, args)
	return ending{code, out.String(), err.String()}
}

// lockedBuffer is a stderr that several write to.
type lockedBuffer struct {
	mu sync.Mutex
	bytes.Buffer
}

func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.Buffer.Write(p)
}

// WriteString is written by way of Write.
func (b *lockedBuffer) WriteString(s string) (int, error) { return b.Write([]byte(s)) }

// must runs a command that has to end well.
func (l *lab) must(args ...string) ending {
	l.t.Helper()
	e := l.run(args...)
	if e.code != exitDone {
		l.t.Fatalf("vpclink %s ended with %d, expected 0:\n%s%s", strings.Join(args, " "), e.code, e.out, e.err)
	}
	return e
}

// moody is a world that says no to some actions.
type moody struct {
	world
	l *lab
}

func (m *moody) Do(r *http.Request) (*http.Response, error) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	form, err := url.ParseQuery(string(body))
	if err != nil {
		return nil, err
	}
	action := form.Get("Action")
	if m.l.onCall != nil {
		m.l.onCall(action)
	}
	no, refused := m.l.refuse[action]
	if m.l.expired.Load() {
		no, refused = refusal{"RequestExpired", "Request has expired."}, true
	}
	if !refused {
		return m.world.Do(r)
	}
	text := fmt.Sprintf("<Response><Errors><Error><Code>%s</Code><Message>%s</Message></Error></Errors><RequestID>req-1</RequestID></Response>", no.code, no.message)
	return &http.Response{
		StatusCode: http.StatusForbidden, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(text)), Request: r,
	}, nil
}

var (
	awsIDs = regexp.MustCompile(`\b(vpc|subnet|rtb|rtbassoc|sg|sgr|i|eni|tgw|tgw-rtb|tgw-attach)-0[0-9a-f]{16}\b`)
	times  = regexp.MustCompile(`"time":"[^"]*"`)
	uuids  = regexp.MustCompile(`\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b`)
)

// normal leaves out what is another each time.
func (l *lab) normal(text string) string {
	text = awsIDs.ReplaceAllString(text, "$1-*")
	text = uuids.ReplaceAllString(text, "*")
	text = times.ReplaceAllString(text, `"time":"*"`)
	return strings.ReplaceAll(text, l.dir, "$DIR")
}

// golden compares text with a file in testdata/golden.
func (l *lab) golden(name, text string) {
	l.t.Helper()
	text = l.normal(text)
	path := filepath.Join("testdata", "golden", name)
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			l.t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			l.t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		l.t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), text); diff != "" {
		l.t.Errorf("expected what %s holds (run with -update when the change is meant):\n%s", path, diff)
	}
}

// sorted brings lines that came at the same moment into one order: which of them is first is chance. So is whether a
// heartbeat comes at the moment at which it is not needed any more: they are left out.
func sorted(progress string) string {
	lines := strings.SplitAfter(progress, "\n")
	lines = slices.DeleteFunc(lines, func(line string) bool { return strings.Contains(line, "still waiting") })
	const clock = 9 // as wide as the time in front of a line
	slices.SortStableFunc(lines, func(a, b string) int {
		if len(a) < clock || len(b) < clock || a[:clock] != b[:clock] {
			return 0
		}
		return strings.Compare(a, b)
	})
	return strings.Join(lines, "")
}

// files lists the files below the folder of state, "" when there is none.
func (l *lab) files() string {
	l.t.Helper()
	var list []string
	err := filepath.WalkDir(l.dir, func(path string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			list = append(list, strings.TrimPrefix(path, l.dir+"/"))
		}
		return err
	})
	if err != nil {
		l.t.Fatal(err)
	}
	return strings.Join(list, " ")
}
