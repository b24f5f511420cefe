// Package advise is the tutorial's chapter 2: how the four patterns compare, what they cost, and which of them fit. What it
// knows stands in two files, patterns.yaml and prices.yaml, which hold both languages themselves; all else is read from
// them, so that comparison, prices, choice and docs/patterns.md cannot contradict each other.
package advise

import (
	"embed"
	"fmt"

	"github.com/goccy/go-yaml"

	"vpclink/words"
)

// Said is a text of the data files in both languages.
type Said struct {
	English  string `yaml:"en"`
	Japanese string `yaml:"ja"`
}

var _ words.Speaker = Said{}

// Say returns the text in a language.
func (s Said) Say(l words.Language) string {
	if l == words.Japanese {
		return s.Japanese
	}
	return s.English
}

//go:embed patterns.yaml prices.yaml
var files embed.FS

// read parses one of the data files. They are part of the program and read by every test, so a fault panics.
func read[T any](name string) *T {
	text, err := files.ReadFile(name)
	if err != nil {
		panic(err)
	}
	var data T
	if err := yaml.UnmarshalWithOptions(text, &data, yaml.Strict()); err != nil {
		panic(fmt.Errorf("%s: %w", name, err))
	}
	return &data
}
