package main

import (
	"crypto/rand"
	"fmt"
)

// newUUID returns a random UUID (version 4), for lineages and for the tokens of calls.
func newUUID() string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // never fails: the process ends when the system has no randomness
	b[6] = b[6]&0x0f | 0x40
	b[8] = b[8]&0x3f | 0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}
