// Package words holds what people read, in English and in Japanese. The English sentence stands where it is said, and is
// the key under which its translations stand in the tables of this folder.
//
// It imports nothing of ours, so whoever makes a sentence can: an error is worded where it comes about, and told in a
// language only where it is shown. Logs, the journal and JSON take its English, which is what Error returns.
package words

import (
	"errors"
	"fmt"
	"strings"
)

// Text is an English sentence, or a format of fmt for one, that has its entry in every table. A constant of this type
// without one, and an entry without a constant, fail a test at the root of the project.
type Text string

// Language is a language as --lang names it.
type Language string

// The languages there are.
const (
	English  Language = "en"
	Japanese Language = "ja"
)

// Languages lists the names of all languages.
func Languages() []string { return []string{string(English), string(Japanese)} }

// Speaker is what says itself in any language: an error of several parts, say.
type Speaker interface{ Say(Language) string }

// In returns a text in a language; itself in English, and where there is no entry.
func (l Language) In(text Text) string {
	if said, ok := l.table()[text]; ok {
		return said
	}
	return string(text)
}

// Say fills a format as fmt.Sprintf does. An argument that is a Text, a Speaker or an error is said in the language too.
func (l Language) Say(format Text, args ...any) string {
	said := make([]any, len(args))
	for i, arg := range args {
		said[i] = l.argument(arg)
	}
	return fmt.Sprintf(strings.ReplaceAll(l.In(format), "%w", "%v"), said...)
}

func (l Language) argument(arg any) any {
	switch a := arg.(type) {
	case Text:
		return l.In(a)
	case Speaker:
		return a.Say(l)
	case error:
		return l.Error(a)
	}
	return arg
}

// Error tells an error: in the language as far as it is one of ours, in its own words as far as it is not. It is "" for
// nil.
func (l Language) Error(err error) string {
	if err == nil {
		return ""
	}
	if speaker, ok := err.(Speaker); ok { // not errors.As: each error of a chain is told in its turn
		return speaker.Say(l)
	}
	english := err.Error()
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		if all := joined.Unwrap(); english == errors.Join(all...).Error() {
			var lines []string
			for _, one := range all {
				lines = append(lines, l.Error(one))
			}
			return strings.Join(lines, "\n")
		}
	}
	if inner := errors.Unwrap(err); inner != nil {
		if before, ok := strings.CutSuffix(english, inner.Error()); ok {
			return before + l.Error(inner)
		}
	}
	return l.In(Text(english))
}
