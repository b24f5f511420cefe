// Package advise is the tutorial's chapter 2: how the four patterns compare, what they cost, and which of them fit. What it
// knows stands in two files, patterns.yaml and prices.yaml, which hold both languages themselves; all else is read from
// them, so that comparison, prices, choice and docs/patterns.md cannot contradict each other.
package advise

import (
	"embed"
	"encoding/json"
	"fmt"

	"vpclink/words"
)

// Said is a text of the data files in both languages.
type Said struct {
	English  string `json:"en"`
	Japanese string `json:"ja"`
}

var _ words.Speaker = Said{}

// Say returns the text in a language.
func (s Said) Say(l words.Language) string {
	if l == words.Japanese {
		return s.Japanese
	}
	return s.English
}

// The data files as the program reads them: made of the YAML that people write by make docs, as are the tables of words,
// and held to it by a test.
//
//go:embed patterns.json prices.json
var files embed.FS

// read takes one of the data files. They are part of the program and read by every test, so a fault panics.
func read[T any](name string) *T {
	text, err := files.ReadFile(name)
	if err != nil {
		panic(err)
	}
	var data T
	if err := json.Unmarshal(text, &data); err != nil {
		panic(fmt.Errorf("%s: %w", name, err))
	}
	return &data
}
