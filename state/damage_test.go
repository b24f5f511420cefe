package state

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"strings"
	"syscall"
	"testing"

	"pgregory.net/rapid"

	"vpclink/words"
)

// written is the journal of some records, as Append writes it.
func written(t *rapid.T, lineage string, recs []Record) []byte {
	t.Helper()
	data, sum, err := seal(headerLine{Header: Header{Version: 1, Stack: "tgw", Lineage: lineage}}, "")
	must(0, err)(t)
	for i, rec := range recs {
		rec.N = i + 1
		line, next, err := seal(rec, sum)
		must(0, err)(t)
		data, sum = append(data, line...), next
	}
	return data
}

// damage is something that may become of a file of lines; the line in which it is noticed, 0 when it cannot be.
type damage struct {
	data []byte
	line int
}

// The ways in which a file is damaged. Each draws where, and says in which line that shows.
var damages = map[string]func(*rapid.T, [][]byte) damage{
	"a byte is flipped": func(t *rapid.T, lines [][]byte) damage {
		data := bytes.Join(lines, nil)
		at := rapid.IntRange(0, len(data)-2).Draw(t, "at") // without the last line feed the last line counts as cut
		data[at] ^= byte(rapid.IntRange(1, 255).Draw(t, "by"))
		return damage{data, 1 + lineOf(lines, at)}
	},
	"a line is dropped": func(t *rapid.T, lines [][]byte) damage {
		at := rapid.IntRange(0, len(lines)-2).Draw(t, "which") // the last one was never written, for all that can be told
		return damage{bytes.Join(append(lines[:at:at], lines[at+1:]...), nil), at + 1}
	},
	"a line is doubled": func(t *rapid.T, lines [][]byte) damage {
		at := rapid.IntRange(0, len(lines)-1).Draw(t, "which")
		return damage{bytes.Join(append(lines[:at+1:at+1], lines[at:]...), nil), at + 2}
	},
	"a line is moved": func(t *rapid.T, lines [][]byte) damage {
		from := rapid.IntRange(0, len(lines)-1).Draw(t, "from")
		to := rapid.IntRange(0, len(lines)-1).Filter(func(to int) bool { return to != from }).Draw(t, "to")
		line := lines[from]
		rest := append(lines[:from:from], lines[from+1:]...)
		moved := append(rest[:to:to], append([][]byte{line}, rest[to:]...)...)
		return damage{bytes.Join(moved, nil), min(from, to) + 1}
	},
	"a line is cut in the middle": func(t *rapid.T, lines [][]byte) damage {
		at := rapid.IntRange(0, len(lines)-2).Draw(t, "which")
		cut := rapid.IntRange(0, len(lines[at])-2).Draw(t, "after")
		lines[at] = append(bytes.Clone(lines[at][:cut]), '\n')
		return damage{bytes.Join(lines, nil), at + 1}
	},
	"a line of another journal is put in": func(t *rapid.T, lines [][]byte) damage {
		other := bytes.SplitAfter(written(t, "other", []Record{{Key: subnet, Phase: Ready, ID: "another"}}), []byte("\n"))[1]
		at := rapid.IntRange(1, len(lines)).Draw(t, "before")
		return damage{bytes.Join(append(lines[:at:at], append([][]byte{other}, lines[at:]...)...), nil), at + 1}
	},
}

func lineOf(lines [][]byte, at int) int {
	for i, line := range lines {
		if at < len(line) {
			return i
		}
		at -= len(line)
	}
	return len(lines)
}

// Whatever becomes of a journal's lines, it is refused with the number of the line in which that shows first, in both
// languages, and the file is left as it is.
func TestAnyDamageIsRefused(t *testing.T) {
	for name, harm := range damages {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			must(0, makeDir(stacksDir(dir)))(t)
			rapid.Check(t, func(rt *rapid.T) {
				lines := bytes.SplitAfter(written(rt, "own", someRecords.Draw(rt, "records")), []byte("\n"))
				d := harm(rt, lines[:len(lines)-1]) // behind the last line feed there is nothing
				must(0, os.WriteFile(journalPath(dir, "tgw"), d.data, 0o600))(rt)
				wantDamage(rt, dir, d)
			})
		})
	}
}

// wantDamage opens the damaged journal.
func wantDamage(rt *rapid.T, dir string, d damage) {
	rt.Helper()
	_, err := Open(dir, "tgw")
	if isA[*VersionError](err) && d.line == 1 {
		return // the version itself, made greater
	}
	damage, ok := errors.AsType[*DamageError](err)
	if !ok || damage.Line != d.line {
		rt.Fatalf("it is refused for line %d, got %v", d.line, err)
	}
	for _, l := range []words.Language{words.English, words.Japanese} {
		if said := l.Error(err); !strings.Contains(said, journalPath(dir, "tgw")) {
			rt.Fatalf("the file is named, got %q", said)
		}
	}
	if !bytes.Equal(d.data, bytesOf(rt, dir, "tgw")) {
		rt.Fatal("the file is left as it is")
	}
}

// Cut anywhere, inside a line or at its end, the journal is what its whole lines say, and goes on from there.
func TestACutJournalGoesOn(t *testing.T) {
	dir := t.TempDir()
	must(0, makeDir(stacksDir(dir)))(t)
	rapid.Check(t, func(rt *rapid.T) {
		recs := someRecords.Draw(rt, "records")
		whole := written(rt, "own", recs)
		head := bytes.IndexByte(whole, '\n') + 1
		cut := rapid.IntRange(head, len(whole)).Draw(rt, "cut")
		must(0, os.WriteFile(journalPath(dir, "tgw"), whole[:cut], 0o600))(rt)
		lines := bytes.Count(whole[head:cut], []byte("\n"))

		j := must(Open(dir, "tgw"))(rt)
		if j.Lines() != lines {
			rt.Fatalf("%d lines are whole, got %d", lines, j.Lines())
		}
		next := Record{Key: route, Phase: Ready, ID: "next"}
		must(0, j.Append(next))(rt)
		must(0, j.Close())(rt)
		again := must(Read(dir, "tgw"))(rt)
		if rec, ok := again.Record(route); !ok || rec.ID != "next" || again.Lines() != lines+1 {
			rt.Fatalf("what is appended follows the whole lines, got %d lines and %v", again.Lines(), rec)
		}
	})
}

// What the disk says is told in a sentence, in both languages.
func TestWhatTheDiskSays(t *testing.T) {
	for _, c := range []struct {
		err           error
		in, ja        string
		full, forbids bool
	}{
		{syscall.ENOSPC, "the disk is full (", "ディスクの空きがありません (", true, false},
		{syscall.EDQUOT, "the disk is full (", "ディスクの空きがありません (", true, false},
		{syscall.EROFS, "the folder is read-only (", "フォルダーが読み取り専用です (", false, true},
		{&fs.PathError{Op: "open", Path: "x", Err: syscall.EACCES}, "this user may not write there (open x: ", "このユーザーには書き込む権限がありません (", false, true},
		{syscall.ENOTDIR, "there is a file in the place of the folder (", "フォルダーの場所にファイルがあります (", false, false},
		{syscall.EIO, "input/output error", "入出力エラーです", false, false},
	} {
		e := &WriteError{Stack: "tgw", Why: c.err}
		if got := words.English.Error(e); !strings.Contains(got, c.in) {
			t.Errorf("%v should be told as %q, not %q", c.err, c.in, got)
		}
		if got := words.Japanese.Error(e); !strings.Contains(got, c.ja) {
			t.Errorf("%v should be told as %q in Japanese, not %q", c.err, c.ja, got)
		}
		disk, ok := errors.AsType[*DiskError](error(e))
		if !ok || disk.Full() != c.full || disk.Forbidden() != c.forbids || !errors.Is(e, c.err) {
			t.Errorf("%v: full %t and forbidden %t should be %t and %t", c.err, disk.Full(), disk.Forbidden(), c.full, c.forbids)
		}
	}
}

// A name in the lock's file is not the lock: who left it there may be dead.
func TestADeadHoldersNameIsNoLock(t *testing.T) {
	dir := t.TempDir()
	must(0, makeDir(stacksDir(dir)))(t)
	must(0, writeOwner(lockPath(dir, "tgw"), Owner{Who: "ann", PID: 1 << 22, Host: "lab", Command: "vpclink up tgw"}))(t)
	lock := must(Acquire(t.Context(), dir, "tgw", Owner{Who: "bob"}))(t)
	if owner := readOwner(lockPath(dir, "tgw")); owner.Who != "bob" {
		t.Errorf("the lock should be bob's now, not %q's", owner.Who)
	}
	must(0, lock.Release())(t)
}
