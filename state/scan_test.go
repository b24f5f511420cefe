package state

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

var update = flag.Bool("update", false, "write the golden file anew")

// small returns the bytes of a small journal that has a bit of everything; they are the same each time.
func small(t *testing.T) []byte {
	t.Helper()
	var data []byte
	synctest.Test(t, func(t *testing.T) {
		dir, j, _ := begin(t, "tgw")
		run := must(j.BeginRun("up", []string{"tgw", "--vpcs", "a,b"}))(t)
		settings := must(NewSettings(map[string]Value{"cidr": Literal("10.0.0.0/16")}))(t)
		must(0, j.Append(Record{Key: vpc, Phase: Intended, Token: "token-1", Owned: true, Settings: settings}))(t)
		<-time.After(1500 * time.Millisecond)
		must(0, j.Append(
			Record{Key: vpc, Phase: Ready, ID: "vpc-1", Owned: true, Settings: settings, Out: map[string]string{"cidr": "10.0.0.0/16"}},
			Record{Key: route, Phase: Failed, ID: "rtb-1|10.1.0.0/16", Needs: []Key{vpc}, Reason: "RouteLimitExceeded: 経路が多すぎます", Unclear: true},
		))(t)
		must(0, j.EndRun(run, "failed"))(t)
		data = bytesOf(t, dir, "tgw")
	})
	return data
}

// The form of the file is for scripts and for journals that are years old: it must not change unnoticed.
func TestGoldenJournal(t *testing.T) {
	golden := filepath.Join("testdata", "small.jsonl")
	if *update {
		must(0, os.WriteFile(golden, small(t), 0o600))(t)
	}
	want := must(os.ReadFile(golden))(t)
	if diff := cmp.Diff(string(want), string(small(t))); diff != "" {
		t.Errorf("a small journal should be written like %s (-wanted +got):\n%s", golden, diff)
	}
	j := must(Read(put(t, "tgw", want), "tgw"))(t)
	if j.Lines() != 5 || len(j.Records()) != 2 || len(j.Runs()) != 1 {
		t.Errorf("%s should have 5 lines, 2 resources and 1 run, not %d, %d and %d", golden, j.Lines(), len(j.Records()), len(j.Runs()))
	}
}

// Whatever bit of whatever byte is flipped, it is noticed, in the line in which it is. The one exception is the last
// line feed: a line without one counts as never written.
func TestAnyFlippedBitIsNoticed(t *testing.T) {
	data := small(t)
	for at := range data {
		for bit := range 8 {
			bad := bytes.Clone(data)
			bad[at] ^= 1 << bit
			line := 1 + bytes.Count(data[:at], []byte("\n"))
			c, err := scan("file", "tgw", bad)
			if at == len(data)-1 {
				if err != nil || !c.torn || c.fold.lines != 4 {
					t.Fatalf("without its line feed the last line should count as torn; got %d lines, torn %t, error %v", c.fold.lines, c.torn, err)
				}
				continue
			}
			if isA[*VersionError](err) && line == 1 {
				continue // the version itself, made greater
			}
			damage, ok := errors.AsType[*DamageError](err)
			if !ok || damage.Line != line || damage.File != "file" {
				t.Fatalf("bit %d of byte %d (%q) should be damage in line %d of file; got %v", bit, at, data[at], line, err)
			}
		}
	}
}

func TestLinesThatWereTakenPutOrMoved(t *testing.T) {
	data := small(t)
	lines := bytes.SplitAfter(data, []byte("\n"))
	join := func(order ...int) []byte {
		var all []byte
		for _, i := range order {
			all = append(all, lines[i-1]...)
		}
		return all
	}
	replace := func(from, to string) []byte { return bytes.Replace(data, []byte(from), []byte(to), 1) }
	for _, c := range []struct {
		name string
		data []byte
		line int
		why  string
	}{
		{"one is missing", join(1, 2, 4, 5, 6), 3, "checksum does not fit"},
		{"two are swapped", join(1, 2, 4, 3, 5, 6), 3, "checksum does not fit"},
		{"one is there twice", join(1, 2, 2, 3, 4, 5, 6), 3, "checksum does not fit"},
		{"the header is missing", join(2, 3, 4, 5, 6), 1, "not the first line of a journal"},
		{"an empty line", replace("\n", "\n\n"), 2, "does not end in a checksum"},
		{"a strange line", replace("\n", "\nhello\n"), 2, "does not end in a checksum"},
		{"a comment at the top", append([]byte("# mine\n"), data...), 1, "not the first line of a journal"},
		{"Windows line ends", bytes.ReplaceAll(data, []byte("\n"), []byte("\r\n")), 1, "does not end in a checksum"},
		{"nothing", nil, 1, "no complete line"},
		{"a header that was not written to its end", lines[0][:20], 1, "no complete line"},
		{"another JSON file", []byte(`{"name":"x"}` + "\n"), 1, "not the first line of a journal"},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := put(t, "tgw", c.data)
			for name, open := range map[string]func(string, string) (*Journal, error){"Open": Open, "Read": Read} {
				_, err := open(dir, "tgw")
				damage, ok := errors.AsType[*DamageError](err)
				if !ok || damage.Line != c.line || !strings.Contains(damage.Why.Error(), c.why) || damage.File != journalPath(dir, "tgw") {
					t.Errorf("%s should name damage in line %d, %q; got %v", name, c.line, c.why, err)
				}
			}
			if !bytes.Equal(c.data, bytesOf(t, dir, "tgw")) {
				t.Error("a damaged file should be left as it is")
			}
		})
	}
}

func TestAJournalUnderAnotherName(t *testing.T) {
	_, err := Read(put(t, "mine", small(t)), "mine")
	wantText(t, "reading a journal under another stack's name", err, `journal of stack "tgw"`)
}

func TestANumberThatDoesNotFollow(t *testing.T) {
	line, sum, err := seal(headerLine{Header: Header{Version: 1, Stack: "tgw"}}, "")
	must(0, err)(t)
	next, _, err := seal(Record{N: 2, Key: vpc}, sum)
	must(0, err)(t)
	_, err = scan("file", "tgw", append(line, next...))
	wantText(t, "a first record with the number 2", err, "number 2 instead of 1")
}

func TestALaterFormIsRefused(t *testing.T) {
	for _, data := range []string{
		"{\"vpclink\":2,\"stack\":\"tgw\"}\n",
		"{\"vpclink\":2,\"stack\":[\"all is otherwise\"],\"seal\":7}\n\x00\x01\n",
	} {
		dir := put(t, "tgw", []byte(data))
		_, err := Open(dir, "tgw")
		want := &VersionError{File: journalPath(dir, "tgw"), Found: 2, Known: 1}
		got, _ := errors.AsType[*VersionError](err)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("a journal of form 2 should be refused (-wanted +got):\n%s", diff)
		}
		if string(bytesOf(t, dir, "tgw")) != data {
			t.Error("a journal of a later form should be left as it is")
		}
	}
}

// Fields that a later vpclink adds within the form are ignored, and do not spoil the checksums.
func TestUnknownFieldsAreIgnored(t *testing.T) {
	type laterHeader struct {
		Header
		Colour string `json:"colour"`
		Sum    string `json:"sum"`
	}
	type laterRecord struct {
		N      int    `json:"n"`
		Key    Key    `json:"key"`
		Phase  Phase  `json:"phase"`
		Colour string `json:"colour"`
		Sum    string `json:"sum"`
	}
	head, sum, err := seal(laterHeader{Header: Header{Version: 1, Stack: "tgw"}, Colour: "red"}, "")
	must(0, err)(t)
	line, _, err := seal(laterRecord{N: 1, Key: vpc, Phase: Ready, Colour: "blue"}, sum)
	must(0, err)(t)
	dir := put(t, "tgw", append(head, line...))
	j := must(Open(dir, "tgw"))(t)
	must(0, j.Append(Record{Key: subnet, Phase: Ready}))(t)
	must(0, j.Close())(t)
	wantRecords(t, "what is understood", must(Read(dir, "tgw"))(t).Records(), []Record{{Key: vpc, Phase: Ready}, {Key: subnet, Phase: Ready}})
}

var someRecords = rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Record {
	return Record{
		Key:      rapid.SampledFrom([]Key{vpc, subnet, route, "run/1", "check/a:b"}).Draw(t, "key"),
		Phase:    rapid.SampledFrom([]Phase{Intended, Created, Ready, Deleting, Gone, Failed, Skipped}).Draw(t, "phase"),
		ID:       rapid.StringMatching(`[a-z"\\|<]{0,5}`).Draw(t, "id"),
		Reason:   rapid.SampledFrom([]string{"", "\n", `"sum":"0123456789abcdef"}`, "日本", "\u2028"}).Draw(t, "reason"),
		Settings: rapid.SampledFrom([]Settings{nil, Settings(`{"sum":""}`), Settings(`[1,{"a":null}]`)}).Draw(t, "settings"),
	}
}), 1, 3)

// Wherever writing was cut off, what is read is the fold of the lines that are complete, and nothing else.
func TestEveryPrefixIsTheFoldOfItsLines(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		recs := someRecords.Draw(t, "records")
		data, sum, err := seal(headerLine{Header: Header{Version: 1, Stack: "tgw"}}, "")
		must(0, err)(t)
		head := len(data)
		for i, rec := range recs {
			rec.N = i + 1
			line, next, err := seal(rec, sum)
			must(0, err)(t)
			data, sum = append(data, line...), next
			recs[i].N, recs[i].Sum = rec.N, sum
		}
		for cut := head; cut <= len(data); cut++ {
			c, err := scan("file", "tgw", data[:cut])
			must(0, err)(t)
			lines := bytes.Count(data[head:cut], []byte("\n"))
			var want fold
			for _, rec := range recs[:lines] {
				want.add(rec, "")
			}
			if !reflect.DeepEqual(listed(want), listed(c.fold)) { // cmp.Diff, at each byte, would take minutes
				wantRecords(t, fmt.Sprintf("the first %d bytes", cut), listed(c.fold), listed(want))
				t.Fatalf("the first %d bytes give records of other numbers or checksums than were written", cut)
			}
			if torn := data[cut-1] != '\n'; c.torn != torn || c.size != int64(bytes.LastIndexByte(data[:cut], '\n')+1) {
				t.Fatalf("the first %d bytes should be torn: %t; got %t with %d whole bytes", cut, torn, c.torn, c.size)
			}
		}
	})
}

func listed(f fold) []Record {
	var list []Record
	for _, key := range f.order {
		list = append(list, f.last[key])
	}
	return list
}
