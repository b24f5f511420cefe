package state

import (
	"encoding/json"
	"io"
	"time"

	"vpclink/words"
)

// batch is the lines that are written and made durable together.
type batch struct {
	data []byte
	recs []Record
	done bool
	err  error
}

// Append writes records behind each other and returns when they are durable. It fills in N, Time and Sum; the
// journal's own copies have them, the caller's are left alone. Appends that come while another one is being made
// durable share the next fsync, so that many resources at once do not wait for the disk one after the other.
//
// The records of one call are not one act: after a crash the first of them may be there without the others. When
// writing fails, every later Append fails with the same cause, since a line behind a torn one could not be read. What
// failed may be there all the same when the journal is opened again. Errors: ErrReadOnly, fs.ErrClosed after Close.
func (j *Journal) Append(recs ...Record) error {
	if len(recs) == 0 {
		return nil
	}
	b, err := j.enqueue(recs)
	if err != nil {
		return err
	}
	j.commit.Lock()
	defer j.commit.Unlock()
	if !b.done { // whoever held commit before us began to write before these lines were put together
		j.write()
	}
	return b.err
}

// enqueue puts the lines together and adds them to the next batch. All or none: what cannot be JSON is refused before
// anything of it is written.
func (j *Journal) enqueue(recs []Record) (*batch, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.failed != nil {
		return nil, &WriteError{Stack: j.stack, Why: j.failed}
	}
	var data []byte
	var kept []Record
	ahead := j.ahead
	now := time.Now().UTC()
	for _, rec := range recs {
		if rec.Key == "" {
			return nil, words.New("appending to the journal: a record has no key")
		}
		ahead.lines++
		rec.N, rec.Time, rec.Sum = ahead.lines, now, ""
		line, sum, err := seal(rec, ahead.sum)
		if err != nil {
			return nil, words.Errorf("%s: %w", rec.Key, err)
		}
		// The journal remembers what it will read later, not what it was given: maps and settings are the caller's.
		var back Record
		if err := json.Unmarshal(line, &back); err != nil {
			return nil, words.Errorf("%s: reading back a line of the journal: %w", rec.Key, err)
		}
		ahead.sum = sum
		data, kept = append(data, line...), append(kept, back)
	}
	if j.next == nil {
		j.next = &batch{}
	}
	j.ahead = ahead
	j.next.data, j.next.recs = append(j.next.data, data...), append(j.next.recs, kept...)
	return j.next, nil
}

// write writes the next batch and tells all who are in it how it went. The caller holds commit.
func (j *Journal) write() {
	j.mu.Lock()
	b := j.next
	j.next = nil
	err := j.failed
	j.mu.Unlock()

	if err == nil {
		err = j.store(b.data)
	}

	j.mu.Lock()
	defer j.mu.Unlock()
	b.done = true
	if err != nil {
		if j.failed == nil {
			j.failed = err
		}
		b.err = &WriteError{Stack: j.stack, Why: err}
		return
	}
	for _, rec := range b.recs {
		j.fold.add(rec, rec.Sum)
	}
}

// store makes data durable at the end of the complete lines.
func (j *Journal) store(data []byte) error {
	if j.torn {
		if err := j.file.Truncate(j.size); err != nil {
			return words.Errorf("cutting off a line that was not written to its end: %w", err)
		}
		j.torn = false
	}
	switch n, err := j.file.Write(data); {
	case err != nil:
		return err
	case n < len(data):
		return io.ErrShortWrite
	}
	return j.file.Sync()
}
