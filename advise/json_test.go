package advise

import (
	"bytes"
	"encoding/json"
	"os"
	"testing"

	"github.com/goccy/go-yaml"
)

// TestData holds the JSON that the program reads against the YAML that people write, in which nothing may be misspelt.
func TestData(t *testing.T) {
	for name, data := range map[string]any{"patterns": &Chapter{}, "prices": &catalogue{}} {
		written, err := os.ReadFile(name + ".yaml")
		if err != nil {
			t.Fatal(err)
		}
		want, err := yaml.YAMLToJSON(written)
		if err != nil {
			t.Fatalf("%s.yaml: %v", name, err)
		}
		strict := json.NewDecoder(bytes.NewReader(want))
		strict.DisallowUnknownFields()
		if err := strict.Decode(data); err != nil {
			t.Errorf("%s.yaml: %v", name, err)
		}
		var set bytes.Buffer
		if err := json.Indent(&set, want, "", " "); err != nil {
			t.Fatal(err)
		}
		if *update {
			if err := os.WriteFile(name+".json", set.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if got, err := os.ReadFile(name + ".json"); err != nil || !bytes.Equal(got, set.Bytes()) {
			t.Errorf("%s.json is not what %[1]s.yaml says (make docs writes it anew): %v", name, err)
		}
	}
}
