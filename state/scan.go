package state

import (
	"bytes"
	"encoding/json"

	"vpclink/words"
)

// formVersion is the major version of the journal's form that this program writes, and the latest it reads.
const formVersion = 1

// content is all that the complete lines of a journal say.
type content struct {
	header Header
	fold   fold
	size   int64 // of the complete lines in bytes
	torn   bool  // something follows them: a line whose writing was cut off
}

// scan reads a journal's bytes. A last line without a line feed was never promised to anybody, so it does not count.
// Anything else that is not as it was written is a *DamageError, a later form a *VersionError.
func scan(file, stack string, data []byte) (content, error) {
	whole := data[:bytes.LastIndexByte(data, '\n')+1]
	c := content{size: int64(len(whole)), torn: len(whole) < len(data)}
	number := 0
	for line := range bytes.Lines(whole) {
		number++
		line = bytes.TrimSuffix(line, []byte("\n"))
		var why error
		if number == 1 {
			form := formOf(line)
			if form > formVersion {
				return content{}, &VersionError{File: file, Found: form, Known: formVersion}
			}
			why = c.readHeader(line, form, stack)
		} else {
			why = c.readRecord(line)
		}
		if why != nil {
			return content{}, &DamageError{File: file, Line: number, Why: why}
		}
	}
	if number == 0 {
		return content{}, &DamageError{File: file, Line: 1, Why: words.New("it has no complete line, so it does not say which stack it is of")}
	}
	return c, nil
}

// formOf returns the version in a header, 0 when it is none. It looks at nothing else: all else may be otherwise in a
// later form.
func formOf(line []byte) int {
	var head struct {
		Version int `json:"vpclink"`
	}
	if json.Unmarshal(line, &head) != nil {
		return 0
	}
	return head.Version
}

func (c *content) readHeader(line []byte, form int, stack string) (why error) {
	if form < 1 {
		return words.New("it is not the first line of a journal")
	}
	sum, why := unseal(line, "")
	if why != nil {
		return why
	}
	if err := json.Unmarshal(line, &c.header); err != nil {
		return err
	}
	if c.header.Stack != stack {
		return words.Errorf("it is the journal of stack %q, so it should not have the name of stack %q", c.header.Stack, stack)
	}
	c.fold = fold{tip: tip{sum: sum}}
	return nil
}

func (c *content) readRecord(line []byte) (why error) {
	sum, why := unseal(line, c.fold.sum)
	if why != nil {
		return why
	}
	var rec Record
	if err := json.Unmarshal(line, &rec); err != nil {
		return err
	}
	if rec.N != c.fold.lines+1 {
		return words.Errorf("it has the number %d instead of %d", rec.N, c.fold.lines+1)
	}
	c.fold.add(rec, sum)
	return nil
}
