package sim

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"time"
)

// fileVersion is raised whenever recorded calls would come out otherwise than before.
const fileVersion = 1

// ErrDamaged is matched by the error of a file that cannot be read. It is left as it is.
var ErrDamaged = errors.New("the simulator's file is damaged")

// ErrVersion is matched by the error of a file that another version of the simulator wrote.
var ErrVersion = errors.New("the simulator's file was written by another version of vpclink: empty it with vpclink sim reset")

// line is one line of a world's file: a checksum and one of these.
type line struct {
	Header   *header   `json:"sim,omitempty"`
	Settings *settings `json:"settings,omitempty"`
	Change   *change   `json:"change,omitempty"`
	Clock    *clockAt  `json:"clock,omitempty"`
}

// header is the first line.
type header struct {
	Version int       `json:"version"`
	Seed    uint64    `json:"seed"`
	Start   time.Time `json:"start"` // what the clock showed
	Base    int       `json:"base"`  // changing calls before, of files that were begun anew
}

// clockAt says what the clock showed, and when a world was closed how full its buckets were.
type clockAt struct {
	Time    time.Time     `json:"time"`
	Buckets []savedBucket `json:"buckets,omitempty"`
}

type savedBucket struct {
	Account string `json:"account"`
	Region  string `json:"region"`
	Action  string `json:"action"`
	bucket
}

func (l line) encode() ([]byte, error) {
	data, err := json.Marshal(l)
	if err != nil {
		return nil, fmt.Errorf("encoding a line of the simulator's file: %w", err)
	}
	return fmt.Appendf(nil, "%08x %s\n", crc32.ChecksumIEEE(data), data), nil
}

// decodeLine reads a line without its newline.
func decodeLine(text []byte) (line, error) {
	sum, data, ok := bytes.Cut(text, []byte(" "))
	if !ok || string(sum) != fmt.Sprintf("%08x", crc32.ChecksumIEEE(data)) {
		return line{}, errors.New("its checksum is wrong")
	}
	var l line
	if err := json.Unmarshal(data, &l); err != nil {
		return line{}, err
	}
	return l, nil
}
