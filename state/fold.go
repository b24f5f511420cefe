package state

// fold is what a journal comes to: the last record of each key.
type fold struct {
	tip
	last  map[Key]Record
	order []Key // in which the keys first appeared
	lives lives
}

// tip is where the next line is put on.
type tip struct {
	lines int    // records so far; the next one has the number after
	sum   string // the last line's checksum, to which the next one is chained
}

func (f *fold) add(rec Record, sum string) {
	if f.last == nil {
		f.last = map[Key]Record{}
	}
	if _, known := f.last[rec.Key]; !known {
		f.order = append(f.order, rec.Key)
	}
	f.last[rec.Key] = rec
	f.lives.add(rec)
	f.lines++
	f.sum = sum
}

// Record returns the last record of a key, false when the journal has none. What it points at is not to be changed.
func (j *Journal) Record(key Key) (Record, bool) {
	j.mu.Lock()
	defer j.mu.Unlock()
	rec, ok := j.fold.last[key]
	return rec, ok
}

// Records returns the last record of each resource in the order in which the resources first appeared, nil when there
// is none.
func (j *Journal) Records() []Record {
	return j.records(func(rec Record) bool { return rec.Key.IsResource() })
}

// Present returns those of Records of which something may still be there; see Record.Present.
func (j *Journal) Present() []Record {
	return j.records(func(rec Record) bool { return rec.Key.IsResource() && rec.Present() })
}

// Down reports whether nothing of the stack is there any more, or nothing was ever made.
func (j *Journal) Down() bool { return len(j.Present()) == 0 }

// Lines returns how many records the journal has; the header does not count.
func (j *Journal) Lines() int {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.fold.lines
}

func (j *Journal) records(which func(Record) bool) []Record {
	j.mu.Lock()
	defer j.mu.Unlock()
	var list []Record
	for _, key := range j.fold.order {
		if rec := j.fold.last[key]; which(rec) {
			list = append(list, rec)
		}
	}
	return list
}
