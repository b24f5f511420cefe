package words

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/goccy/go-yaml"
)

var update = flag.Bool("update", false, "write ja.json anew")

// TestTable holds ja.json against the tables that people write.
func TestTable(t *testing.T) {
	want := table(t)
	if *update {
		if err := os.WriteFile("ja.json", want, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := os.ReadFile("ja.json"); err != nil || !bytes.Equal(got, want) {
		t.Errorf("ja.json is not what ja/*.yaml says (make docs writes it anew): %v", err)
	}
}

// table puts the tables together, an entry a line. No text may be in them twice.
func table(t *testing.T) []byte {
	t.Helper()
	files, err := filepath.Glob("ja/*.yaml")
	if err != nil || len(files) < 5 {
		t.Fatalf("the tables must be found, not %v, %v", files, err)
	}
	all := bytes.NewBufferString("[")
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
			if len(seen) > 0 {
				all.WriteString(",")
			}
			seen[e.English] = file
			all.WriteString("\n")
			out := json.NewEncoder(all)
			out.SetEscapeHTML(false)
			if err := out.Encode(Entry(e)); err != nil {
				t.Fatal(err)
			}
			all.Truncate(all.Len() - 1)
		}
	}
	all.WriteString("\n]\n")
	return all.Bytes()
}
