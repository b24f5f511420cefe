package state

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Power fails after each byte in turn. What was promised is there, what is there is whole, and the journal goes on.
func TestTheDiskFillsUpAtEachByte(t *testing.T) {
	steps := []Record{
		{Key: vpc, Phase: Intended, Token: "1"},
		{Key: vpc, Phase: Created, ID: "vpc-1"},
		{Key: subnet, Phase: Intended},
		{Key: vpc, Phase: Ready, ID: "vpc-1"},
	}
	dir, j, _ := begin(t, "tgw")
	head := bytesOf(t, dir, "tgw")
	for _, rec := range steps {
		must(0, j.Append(rec))(t)
	}
	size := len(bytesOf(t, dir, "tgw")) - len(head)

	for room := range size + 1 {
		for _, short := range []bool{false, true} {
			t.Run(fmt.Sprintf("room %d, short %t", room, short), func(t *testing.T) {
				must(0, os.WriteFile(journalPath(dir, "tgw"), head, 0o600))(t)
				j := must(Open(dir, "tgw"))(t)
				d := onDisk(j)
				d.room, d.short = room, short
				promised, failed := 0, false
				for _, rec := range steps {
					err := j.Append(rec)
					if err == nil && failed {
						t.Fatal("nothing should be promised behind a line that failed")
					} else if err == nil {
						promised++
					}
					failed = failed || err != nil
				}
				wantRecords(t, "what the journal says that failed", j.Records(), folded(steps[:promised]))
				must(0, j.Close())(t)

				j = must(Open(dir, "tgw"))(t)
				onDisk(j)
				wantRecords(t, "what is found again", j.Records(), folded(steps[:promised]))
				next := Record{Key: route, Phase: Ready}
				must(0, j.Append(next))(t)
				must(0, j.Close())(t)
				wantRecords(t, "what is found after going on", must(Read(dir, "tgw"))(t).Records(), folded(append(steps[:promised:promised], next)))
			})
		}
	}
}

func folded(recs []Record) []Record {
	var f fold
	for _, rec := range recs {
		f.add(rec, "")
	}
	return listed(f)
}

func TestAFailurePoisonsTheJournal(t *testing.T) {
	for _, c := range []struct {
		name          string
		fail          func(*disk)
		want          error
		syncs, writes int
	}{
		{name: "a write that fails", fail: func(d *disk) { d.room = 10 }, want: errDisk, writes: 1},
		{name: "a write that is short", fail: func(d *disk) { d.room, d.short = 10, true }, want: io.ErrShortWrite, writes: 1},
		{name: "a sync that fails", fail: func(d *disk) { d.badSync = 1 }, want: errDisk, writes: 1, syncs: 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, j, d := begin(t, "tgw")
			c.fail(d)
			wantError(t, "the append", j.Append(Record{Key: vpc, Phase: Intended}), c.want)
			d.room = plenty
			wantError(t, "the next append", j.Append(Record{Key: vpc, Phase: Intended}), c.want)
			_, err := j.BeginRun("up", nil)
			wantError(t, "the next run", err, c.want)
			if writes, syncs := d.counts(); writes != c.writes || syncs != c.syncs {
				t.Errorf("after the failure nothing should be written any more: %d writes and %d syncs, not %d and %d", c.writes, c.syncs, writes, syncs)
			}
			if recs := j.Records(); recs != nil {
				t.Errorf("what is not durable should not be believed: %v", recs)
			}
		})
	}
}

// Only an append may cut a torn line off, since only that is done under the lock.
func TestATornLineIsCutOffByTheNextAppend(t *testing.T) {
	whole := small(t)
	torn := append(bytes.Clone(whole), `{"n":6,"key":"0/vpc/b","pha`...)
	dir := put(t, "tgw", torn)
	for name, open := range map[string]func(string, string) (*Journal, error){"Open": Open, "Read": Read} {
		j := must(open(dir, "tgw"))(t)
		if j.Lines() != 5 {
			t.Errorf("%s should see the 5 whole lines, not %d", name, j.Lines())
		}
		must(0, j.Close())(t)
	}
	if diff := cmp.Diff(string(torn), string(bytesOf(t, dir, "tgw"))); diff != "" {
		t.Errorf("opening should change nothing (-before +after):\n%s", diff)
	}
	j := must(Open(dir, "tgw"))(t)
	must(0, j.Append(Record{Key: subnet, Phase: Ready}))(t)
	must(0, j.Append(Record{Key: route, Phase: Ready}))(t) // cuts nothing off any more
	must(0, j.Close())(t)
	after := bytesOf(t, dir, "tgw")
	if !bytes.HasPrefix(after, whole) || bytes.Count(after, []byte("\n")) != 8 || must(Read(dir, "tgw"))(t).Lines() != 7 {
		t.Errorf("the torn line should give way to two new ones:\n%s", after)
	}
}

func TestAppendsThatComeTogetherShareASync(t *testing.T) {
	dir, j, d := begin(t, "tgw")
	d.stuck = make(chan struct{})
	var all sync.WaitGroup
	put := func(name string) {
		all.Go(func() {
			key := NewKey("0", "vpc", name)
			must(0, j.Append(Record{Key: key, Phase: Intended}))(t)
			if _, ok := j.Record(key); !ok {
				t.Errorf("%s should be in the journal when Append has returned", key)
			}
		})
	}
	put("first")
	until(func() bool { _, syncs := d.counts(); return syncs == 1 })
	for i := range 50 {
		put(fmt.Sprintf("n%d", i))
	}
	until(func() bool { return waitingLines(j) == 50 })
	if _, ok := j.Record("0/vpc/first"); ok {
		t.Error("what is not durable yet should not be in the journal")
	}
	close(d.stuck)
	all.Wait()
	if writes, syncs := d.counts(); writes != 2 || syncs != 2 {
		t.Errorf("the 50 that came during a sync should share one: 2 writes and 2 syncs in all, not %d and %d", writes, syncs)
	}
	if lines := must(Read(dir, "tgw"))(t).Lines(); lines != 51 {
		t.Errorf("all 51 lines should be in the file, not %d", lines)
	}
}

// Whoever shares a sync shares its failure, and whoever waits behind one that fails is not written at all.
func TestAFailureReachesAllWhoWait(t *testing.T) {
	for _, c := range []struct {
		name            string
		badSync, writes int
		first           error
	}{
		{name: "in the sync they share", badSync: 2, writes: 2},
		{name: "in the sync before", badSync: 1, writes: 1, first: errDisk},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, j, d := begin(t, "tgw")
			d.stuck, d.badSync = make(chan struct{}), c.badSync
			var all sync.WaitGroup
			all.Go(func() {
				if err := j.Append(Record{Key: "0/vpc/first"}); !errors.Is(err, c.first) {
					t.Errorf("the first append should end with %v, not with %v", c.first, err)
				}
			})
			until(func() bool { _, syncs := d.counts(); return syncs == 1 })
			for i := range 5 {
				all.Go(func() {
					wantError(t, "an append behind it", j.Append(Record{Key: NewKey("0", "vpc", fmt.Sprint(i))}), errDisk)
				})
			}
			until(func() bool { return waitingLines(j) == 5 })
			close(d.stuck)
			all.Wait()
			if writes, _ := d.counts(); writes != c.writes {
				t.Errorf("there should be %d writes, not %d", c.writes, writes)
			}
		})
	}
}

// until waits for something that another goroutine does without waiting for anything itself.
func until(there func() bool) {
	for !there() {
		runtime.Gosched()
	}
}

// waitingLines returns how many lines wait for the sync after the one that is under way.
func waitingLines(j *Journal) int {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.next == nil {
		return 0
	}
	return len(j.next.recs)
}

// The real thing, all at once: no line is lost, doubled or torn.
func TestManyAppendsAtOnce(t *testing.T) {
	dir, j, d := begin(t, "tgw")
	d.realSync = true
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() {
			for k := range 10 {
				must(0, j.Append(Record{Key: NewKey("0", "vpc", fmt.Sprint(i)), Reason: fmt.Sprint(k)}))(t)
				_ = j.Records()
			}
		})
	}
	all.Wait()
	read := must(Read(dir, "tgw"))(t)
	if read.Lines() != 80 || len(read.Records()) != 8 {
		t.Errorf("there should be 80 lines of 8 keys, not %d of %d", read.Lines(), len(read.Records()))
	}
	for _, rec := range read.Records() {
		if rec.Reason != "9" {
			t.Errorf("the last line of %s should be its tenth, not %q", rec.Key, rec.Reason)
		}
	}
}
