package main

import (
	"slices"
	"strings"

	"vpclink/words"
)

// simError is an error of the simulator, which speaks in AWS's place and knows no language: its sentences are told here.
type simError struct{ error }

func ofSim(err error) error {
	if err == nil {
		return nil
	}
	return &simError{err}
}

func (e *simError) Unwrap() error { return e.error }

// Say tells it in a language.
func (e *simError) Say(l words.Language) string {
	text := e.Error()
	for _, sentence := range slices.Concat(simSentences, systemSentences) {
		text = strings.Replace(text, string(sentence), l.In(sentence), 1)
	}
	return text
}

// simSentences are what the simulator's errors are made of.
var simSentences = []words.Text{
	"another process has the simulator open",
	"the simulator's file is damaged",
	"the simulator's file was written by another version of vpclink: empty it with vpclink sim reset",
	"its checksum is wrong",
	"the header is not where it belongs",
	"opening the simulator",
	"emptying the simulator",
	"keeping the simulator's world",
}

// systemSentences are errors of the system and of Go's library, as people meet them. Language.Error tells them by their
// text, wherever they come from.
var systemSentences = []words.Text{
	"context deadline exceeded", "context canceled",
	"no such file or directory", "not a directory", "is a directory", "file name too long", "file exists", "permission denied",
	"operation not permitted", "read-only file system", "no space left on device", "disk quota exceeded", "input/output error",
	"too many open files", "broken pipe", "connection refused", "connection reset by peer", "network is unreachable",
	"no route to host", "address already in use", "cannot assign requested address",
}
