package words

import (
	"embed"
	"fmt"
	"sync"

	"github.com/goccy/go-yaml"
)

// Entry is one text and its translation.
type Entry struct {
	English  Text   `yaml:"en"`
	Japanese string `yaml:"ja"`
	File     string `yaml:"-"` // in which it stands
}

//go:embed ja/*.yaml
var files embed.FS

// Entries reads the tables, in the order of their files. It fails when one cannot be read or says something twice.
func Entries() ([]Entry, error) {
	names, err := files.ReadDir("ja")
	if err != nil {
		return nil, err
	}
	var all []Entry
	seen := map[Text]string{}
	for _, name := range names {
		text, err := files.ReadFile("ja/" + name.Name())
		if err != nil {
			return nil, err
		}
		var entries []Entry
		if err := yaml.UnmarshalWithOptions(text, &entries, yaml.Strict()); err != nil {
			return nil, fmt.Errorf("%s: %w", name.Name(), err)
		}
		for _, e := range entries {
			if before, twice := seen[e.English]; twice {
				return nil, fmt.Errorf("%s has %q, and so has %s", name.Name(), e.English, before)
			}
			e.File, seen[e.English] = name.Name(), name.Name()
			all = append(all, e)
		}
	}
	return all, nil
}

// japanese is read when the first sentence is to be said in it: a program that speaks English need not.
var japanese = sync.OnceValue(func() map[Text]string {
	entries, err := Entries()
	if err != nil {
		panic(err) // they are part of the program, and a test reads them
	}
	table := make(map[Text]string, len(entries))
	for _, e := range entries {
		table[e.English] = e.Japanese
	}
	return table
})

func (l Language) table() map[Text]string {
	if l == Japanese {
		return japanese()
	}
	return nil
}
