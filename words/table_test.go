package words

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/goccy/go-yaml"
)

var update = flag.Bool("update", false, "write ja.json.gz anew")

// TestTable holds what the program reads against the tables that people write. It is unpacked for that: how small gzip
// makes it differs from one version of Go to the next.
func TestTable(t *testing.T) {
	want := table(t)
	if *update {
		write(t, "ja.json.gz", want)
		return // this process has the old one in it
	}
	if got := Entries(); !slices.Equal(got, want) {
		t.Errorf("ja.json.gz is not what ja/*.yaml says: make docs writes it anew")
	}
}

func write(t *testing.T, name string, entries []Entry) {
	t.Helper()
	var file bytes.Buffer
	packed, err := gzip.NewWriterLevel(&file, gzip.BestCompression)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(json.NewEncoder(packed).Encode(entries), packed.Close(), os.WriteFile(name, file.Bytes(), 0o644)); err != nil {
		t.Fatal(err)
	}
}

// table puts the tables together. No text may be in them twice.
func table(t *testing.T) []Entry {
	t.Helper()
	files, err := filepath.Glob("ja/*.yaml")
	if err != nil || len(files) < 5 {
		t.Fatalf("the tables must be found, not %v, %v", files, err)
	}
	var all []Entry
	seen := map[Text]string{}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var entries []struct {
			English  Text   `yaml:"en"`
			Japanese string `yaml:"ja"`
		}
		if err := yaml.UnmarshalWithOptions(text, &entries, yaml.Strict()); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		for _, e := range entries {
			if before, twice := seen[e.English]; twice {
				t.Errorf("%s has %q, and so has %s", file, e.English, before)
			}
			seen[e.English] = file
			all = append(all, Entry(e))
		}
	}
	return all
}
