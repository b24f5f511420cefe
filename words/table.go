package words

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"encoding/json"
	"sync"
)

// Entry is one text and its translation.
type Entry struct {
	English  Text   `json:"en"`
	Japanese string `json:"ja"`
}

// ja.json.gz is made of ja/*.yaml by make docs, and a test holds that it is. People write YAML; but to read that would take a
// tenth of a second at every start, and a parser in the program that nothing else needs. Packed it is a quarter as large.
//
//go:embed ja.json.gz
var inJapanese []byte

// Entries returns all that has a translation.
func Entries() []Entry {
	var entries []Entry
	packed, err := gzip.NewReader(bytes.NewReader(inJapanese))
	if err == nil {
		err = json.NewDecoder(packed).Decode(&entries)
	}
	if err != nil {
		panic(err) // it is part of the program, and a test reads it
	}
	return entries
}

// japanese is read when the first sentence is to be said in it: a program that speaks English need not.
var japanese = sync.OnceValue(func() map[Text]string {
	entries := Entries()
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
