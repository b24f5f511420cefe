package ui

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"

	"vpclink/provision"
	"vpclink/words"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// story is a run in which everything happens once.
func story(show func(provision.Event)) {
	const tgw, a, b = "1.4.1/transit-gateway/tgw", "0/vpc/a", "0/vpc/b"
	at := func(after time.Duration, e provision.Event) {
		<-time.After(after)
		e.Time = time.Now()
		show(e)
	}
	at(0, provision.Event{Name: provision.EventPlanned, Count: 4})
	at(0, provision.Event{Name: provision.EventStarted, Key: tgw})
	at(0, provision.Event{Name: provision.EventState, Key: tgw, ID: "tgw-1", State: "pending"})
	at(time.Second, provision.Event{Name: provision.EventAdopted, Key: a, ID: "vpc-1", State: "available"})
	at(24*time.Second, provision.Event{Name: provision.EventState, Key: tgw, ID: "tgw-1", State: "available", Elapsed: 25 * time.Second})
	at(0, provision.Event{Name: provision.EventReady, Key: tgw, ID: "tgw-1", State: "available", Elapsed: 25 * time.Second})
	at(0, provision.Event{Name: provision.EventReady, Key: "0/route-table/a", ID: "rtb-1", Elapsed: 1200 * time.Millisecond})
	at(time.Minute, provision.Event{Name: provision.EventDrifted, Key: b, ID: "vpc-2", State: "gone"})
	at(0, provision.Event{Name: provision.EventDeleting, Key: b, ID: "vpc-2"})
	at(0, provision.Event{Name: provision.EventGone, Key: b, ID: "vpc-2", Elapsed: 3 * time.Second})
	at(0, provision.Event{Name: provision.EventFailed, Key: b, Elapsed: 4 * time.Second, Err: errors.New("AWS said <no>\nand more")})
	at(0, provision.Event{Name: provision.EventBlocked, Key: "0/subnet/b", Err: errors.New("not begun")})
	at(0, provision.Event{Name: provision.EventDone, Elapsed: 85 * time.Second})
}

func shown(t *testing.T, mode string, lang words.Language) string {
	t.Helper()
	var out bytes.Buffer
	synctest.Test(t, func(*testing.T) {
		d := New(mode, &out, Run{Lang: lang})
		story(d.Show)
		d.Close()
	})
	return out.String()
}

func TestPlain(t *testing.T) {
	want := `   0.0s  4 resources
   0.0s  1.4.1   transit-gateway              tgw        started
   0.0s  1.4.1   transit-gateway              tgw        pending                 tgw-1
   1.0s  0       vpc                          a          adopted                 vpc-1
    11s  still waiting: 1.4.1 tgw pending 11s, 1 in all
    21s  still waiting: 1.4.1 tgw pending 21s, 1 in all
    25s  1.4.1   transit-gateway              tgw        available          25s  tgw-1
    25s  0       route-table                  a          ready             1.2s  rtb-1
  1m25s  0       vpc                          b          drifted: gone           vpc-2
  1m25s  0       vpc                          b          deleting                vpc-2
  1m25s  0       vpc                          b          gone              3.0s  vpc-2
  1m25s  0       vpc                          b          failed            4.0s  AWS said <no>
`
	for _, mode := range []string{Plain, Auto} {
		if diff := cmp.Diff(want, shown(t, mode, words.English)); diff != "" {
			t.Errorf("%s: expected a line for each event that matters, and one whenever nothing was said for 10 s:\n%s", mode, diff)
		}
	}
}

// AWS's states stay, and the columns stand below each other where letters are wide.
func TestPlainInJapanese(t *testing.T) {
	want := `   0.0s  リソース 4 個
   0.0s  1.4.1   transit-gateway              tgw        作成開始
   0.0s  1.4.1   transit-gateway              tgw        pending                 tgw-1
   1.0s  0       vpc                          a          既存を使用              vpc-1
    11s  待機中: 1.4.1 tgw pending 11s, 全 1 件
    21s  待機中: 1.4.1 tgw pending 21s, 全 1 件
    25s  1.4.1   transit-gateway              tgw        available          25s  tgw-1
    25s  0       route-table                  a          準備完了          1.2s  rtb-1
  1m25s  0       vpc                          b          変更: 削除済み          vpc-2
  1m25s  0       vpc                          b          削除中                  vpc-2
  1m25s  0       vpc                          b          削除済み          3.0s  vpc-2
  1m25s  0       vpc                          b          失敗              4.0s  AWS said <no>
`
	if diff := cmp.Diff(want, shown(t, Plain, words.Japanese)); diff != "" {
		t.Errorf("expected the same lines in Japanese:\n%s", diff)
	}
}

func TestJSON(t *testing.T) {
	lines := strings.Split(strings.TrimSpace(shown(t, JSON, words.Japanese)), "\n")
	if got := len(lines); got != 14 {
		t.Fatalf("there are %d lines, expected the version and all 13 events:\n%s", got, strings.Join(lines, "\n"))
	}
	want := []string{
		`{"vpclink":1}`,
		`{"time":"2000-01-01T00:00:25Z","event":"state","key":"1.4.1/transit-gateway/tgw","step":"1.4.1","kind":"transit-gateway","id":"tgw-1","state":"available","elapsed":25,"error":""}`,
		`{"time":"2000-01-01T00:01:25Z","event":"failed","key":"0/vpc/b","step":"0","kind":"vpc","id":"","state":"","elapsed":4,"error":"AWS said <no>\nand more"}`,
		`{"time":"2000-01-01T00:01:25Z","event":"done","key":"","step":"","kind":"","id":"","state":"","elapsed":85,"error":""}`,
	}
	if diff := cmp.Diff(want, []string{lines[0], lines[5], lines[11], lines[13]}); diff != "" {
		t.Errorf("expected one event a line, with every field:\n%s", diff)
	}
}

func TestQuiet(t *testing.T) {
	if got := shown(t, Quiet, words.English); got != "" {
		t.Errorf("quiet shows %q, expected nothing", got)
	}
}

func TestElapsed(t *testing.T) {
	for d, want := range map[time.Duration]string{
		0:                             "0.0s",
		449 * time.Millisecond:        "0.4s",
		9949 * time.Millisecond:       "9.9s",
		9950 * time.Millisecond:       "10s",
		59400 * time.Millisecond:      "59s",
		59600 * time.Millisecond:      "1m00s",
		4*time.Minute + 8*time.Second: "4m08s",
		time.Hour + 2*time.Minute + 8*time.Second: "1h02m08s",
	} {
		if got := Elapsed(d); got != want {
			t.Errorf("%s is written as %s, expected %s", d, got, want)
		}
	}
}
