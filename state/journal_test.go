package state

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

const (
	vpc    = Key("0/vpc/a")
	subnet = Key("0/subnet/a")
	route  = Key("1.4.6/route/a:b")
)

func TestTheLastLineOfAKeyHolds(t *testing.T) {
	dir, j, _ := begin(t, "tgw")
	made := Record{Key: vpc, Phase: Created, ID: "vpc-1", Owned: true, Token: "t", Out: map[string]string{"cidr": "10.0.0.0/16"}}
	ready := Record{Key: vpc, Phase: Ready, ID: "vpc-1", Owned: true}
	other := Record{Key: subnet, Phase: Intended, Needs: []Key{vpc}, Settings: Settings(`{"vpc":"vpc-1"}`)}
	check := Record{Key: "check/a:b", Settings: Settings(`{"reachable":true}`)}
	must(0, j.Append(Record{Key: vpc, Phase: Intended}, other))(t)
	must(0, j.Append(made))(t)
	must(0, j.Append(check))(t)
	wantRecords(t, "what holds", j.Records(), []Record{made, other})
	must(0, j.Append(ready))(t)
	must(0, j.Close())(t)

	for name, open := range map[string]func(string, string) (*Journal, error){"Open": Open, "Read": Read} {
		j := must(open(dir, "tgw"))(t)
		wantRecords(t, name, j.Records(), []Record{ready, other})
		if diff := cmp.Diff(header("tgw"), j.Header(), cmpopts.IgnoreFields(Header{}, "Version")); diff != "" || j.Header().Version != 1 {
			t.Errorf("%s should give back the header in form 1 (-wanted +got):\n%s", name, diff)
		}
		if j.Lines() != 5 {
			t.Errorf("%s should count 5 records, not %d", name, j.Lines())
		}
		if rec, ok := j.Record("check/a:b"); !ok || string(rec.Settings) != `{"reachable":true}` {
			t.Errorf("%s should find the check, not %v, %t", name, rec, ok)
		}
		if _, ok := j.Record("0/vpc/z"); ok {
			t.Errorf("%s should not find what was never recorded", name)
		}
		must(0, j.Close())(t)
	}
}

func TestWhatIsPresent(t *testing.T) {
	_, j, _ := begin(t, "tgw")
	if !j.Down() {
		t.Error("a stack of which nothing was made should be down")
	}
	var want []Record
	for i, phase := range []Phase{Intended, Created, Ready, Deleting, Failed, Gone, Skipped} {
		rec := Record{Key: NewKey("1.4.3", "tgw-attachment", string(rune('a'+i))), Phase: phase}
		must(0, j.Append(rec))(t)
		if phase != Gone && phase != Skipped {
			want = append(want, rec)
		}
	}
	must(0, j.Append(Record{Key: "check/a:b", Phase: Ready}))(t)
	wantRecords(t, "what is present", j.Present(), want)
	if j.Down() {
		t.Error("a stack with something present should not be down")
	}
	for _, rec := range want {
		rec.Phase = Gone
		must(0, j.Append(rec))(t)
	}
	if !j.Down() {
		t.Errorf("a stack of which all is gone should be down; present is %v", j.Present())
	}
}

// What the caller does to its maps and slices later must not change what the journal says.
func TestTheJournalKeepsItsOwn(t *testing.T) {
	_, j, _ := begin(t, "tgw")
	out, settings := map[string]string{"cidr": "10.0.0.0/16"}, Settings(`{"a":1}`)
	must(0, j.Append(Record{Key: vpc, Phase: Ready, Out: out, Settings: settings}))(t)
	out["cidr"], settings[2] = "else", 'b'
	wantRecords(t, "what the journal holds", j.Records(), []Record{
		{Key: vpc, Phase: Ready, Out: map[string]string{"cidr": "10.0.0.0/16"}, Settings: Settings(`{"a":1}`)},
	})
}

func TestAppendNumbersAndDates(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		dir, j, _ := begin(t, "tgw")
		mine := []Record{{Key: vpc, N: 77, Sum: "mine"}, {Key: subnet}}
		must(0, j.Append(mine...))(t)
		<-time.After(time.Minute)
		must(0, j.Append(Record{Key: vpc}))(t)
		rec, _ := j.Record(vpc)
		if want := time.Date(2000, 1, 1, 0, 1, 0, 0, time.UTC); rec.N != 3 || !rec.Time.Equal(want) || len(rec.Sum) != 16 {
			t.Errorf("the third line should be number 3 of %s with a checksum, not %d of %s with %q", want, rec.N, rec.Time, rec.Sum)
		}
		must(Read(dir, "tgw"))(t)
		if mine[0].N != 77 || mine[0].Sum != "mine" {
			t.Errorf("the caller's records should be left alone, not become %v", mine[0])
		}
	})
}

func TestOneJournalAStack(t *testing.T) {
	dir, j, _ := begin(t, "tgw")
	must(0, j.Append(Record{Key: vpc, Phase: Ready}))(t)
	before := bytesOf(t, dir, "tgw")
	_, err := Create(dir, header("tgw"))
	wantError(t, "a second Create", err, fs.ErrExist)
	if diff := cmp.Diff(string(before), string(bytesOf(t, dir, "tgw"))); diff != "" {
		t.Errorf("a second Create should leave the journal alone (-before +after):\n%s", diff)
	}
	_, err = Open(dir, "igw")
	wantError(t, "opening a stack that is not there", err, ErrUnknownStack)
	for name, open := range map[string]func() (*Journal, error){
		"Create": func() (*Journal, error) { return Create(dir, header("../tgw")) },
		"Open":   func() (*Journal, error) { return Open(dir, "../tgw") },
		"Read":   func() (*Journal, error) { return Read(dir, "../tgw") },
	} {
		if _, err := open(); !isA[*NameError](err) {
			t.Errorf("%s should refuse a name that leads out of the folder with a NameError, not %v", name, err)
		}
	}
}

// A crash in the middle of Create leaves no stack behind, and no obstacle either.
func TestCreateAfterACrashInCreate(t *testing.T) {
	dir := t.TempDir()
	must(0, makeDir(stacksDir(dir)))(t)
	rest := `{"vpclink":1,"stack":"tgw","lineage":"` + strings.Repeat("longer than any header", 100)
	must(0, os.WriteFile(filepath.Join(stacksDir(dir), ".tgw.jsonl.new"), []byte(rest), 0o600))(t)
	if names := must(Stacks(dir))(t); names != nil {
		t.Errorf("there should be no stack yet, not %v", names)
	}
	j := must(Create(dir, header("tgw")))(t)
	must(0, j.Close())(t)
	entries := must(os.ReadDir(stacksDir(dir)))(t)
	if len(entries) != 1 || bytes.Contains(bytesOf(t, dir, "tgw"), []byte("longer")) {
		t.Errorf("the new journal should be alone in its folder and hold nothing of the old one; there are %v", entries)
	}
}

func TestOnlyTheOwnerMayLook(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows has no such modes")
	}
	dir, _, _ := begin(t, "tgw")
	lock := must(Acquire(t.Context(), dir, "tgw", Owner{}))(t)
	defer func() { must(0, lock.Release())(t) }()
	for path, want := range map[string]fs.FileMode{
		stacksDir(dir): 0o700, journalPath(dir, "tgw"): 0o600, lockPath(dir, "tgw"): 0o600,
	} {
		if got := must(os.Stat(path))(t).Mode().Perm(); got != want {
			t.Errorf("%s should have mode %o, not %o", path, want, got)
		}
	}
}

func TestWhatCannotBeAppendedTo(t *testing.T) {
	dir, j, _ := begin(t, "tgw")
	before := bytesOf(t, dir, "tgw")
	r := must(Read(dir, "tgw"))(t)
	wantError(t, "appending to a journal that is read", r.Append(Record{Key: vpc}), ErrReadOnly)
	_, err := r.BeginRun("up", nil)
	wantError(t, "beginning a run in a journal that is read", err, ErrReadOnly)
	must(0, j.Close())(t)
	must(0, j.Close())(t)
	wantError(t, "appending to a closed journal", j.Append(Record{Key: vpc}), fs.ErrClosed)
	if diff := cmp.Diff(string(before), string(bytesOf(t, dir, "tgw"))); diff != "" {
		t.Errorf("the file should not have changed (-before +after):\n%s", diff)
	}
}

// What is refused before it is written harms nothing: the journal goes on.
func TestRecordsThatAreNoLines(t *testing.T) {
	dir, j, d := begin(t, "tgw")
	must(0, j.Append())(t)
	wantText(t, "appending a record without a key", j.Append(Record{Key: vpc}, Record{}), "no key")
	wantText(t, "appending settings that are no JSON", j.Append(Record{Key: vpc}, Record{Key: subnet, Settings: Settings(`{`)}), string(subnet))
	if writes, _ := d.counts(); writes != 0 {
		t.Errorf("nothing should have been written, not %d times", writes)
	}
	must(0, j.Append(Record{Key: vpc, Settings: Settings("{\n  \"a\": \"<b>\"\n}")}))(t)
	wantRecords(t, "what was written", must(Read(dir, "tgw"))(t).Records(), []Record{{Key: vpc, Settings: Settings(`{"a":"\u003cb\u003e"}`)}})
}

func isA[E error](err error) bool {
	_, ok := errors.AsType[E](err)
	return ok
}
