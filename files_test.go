package vpclink

import (
	"bytes"
	"go/ast"
	"os"
	"strings"
	"testing"
)

// mostLines is how long a file may be. One idea needs less; a table may need more and is then named in tables.
const mostLines = 300

// tables are the files that may be longer, being data.
var tables = map[string]bool{}

func TestFilesAreShort(t *testing.T) {
	most := map[string]int{"cmd/vpclink/main.go": 40}
	for _, f := range goFiles(t) {
		text, err := os.ReadFile(f.path)
		if err != nil {
			t.Fatal(err)
		}
		limit, special := most[f.path]
		if !special {
			limit = mostLines
		}
		if lines := bytes.Count(text, []byte("\n")); lines > limit && !f.test() && !tables[f.path] {
			t.Errorf("%s has %d lines, at most %d are wanted: which second idea is in it?", f.path, lines, limit)
		}
	}
}

// TestNoMethodIsLookedUpByName: one MethodByName makes the linker keep every method of every type, which is the whole
// EC2 client. (text/template does the same, but only where it is called, so TestSize watches over that.)
func TestNoMethodIsLookedUpByName(t *testing.T) {
	for _, f := range goFiles(t) {
		if f.test() {
			continue
		}
		ast.Inspect(f.tree, func(n ast.Node) bool {
			if s, ok := n.(*ast.SelectorExpr); ok && s.Sel.Name == "MethodByName" {
				t.Errorf("%s looks up a method by name, which links the whole SDK", f.path)
			}
			return true
		})
	}
}

func TestLibraries(t *testing.T) {
	never := map[string]string{
		"gopkg.in/yaml":          "it is archived; goccy/go-yaml prints the offending line",
		"github.com/stretchr/":   "cmp.Diff and a sentence say more than an assertion",
		"github.com/golang/mock": "a small fake beside the test reads better",
		"go.uber.org/mock":       "a small fake beside the test reads better",
		"testcontainers":         "no test starts a service",
		"heimdalr/dag":           "the graph is counts of open needs, in provision/walk.go",
		"gonum.org/":             "the graph is counts of open needs, in provision/walk.go",
	}
	mod, err := os.ReadFile("go.mod")
	if err != nil {
		t.Fatal(err)
	}
	for library, why := range never {
		if strings.Contains(string(mod), library) {
			t.Errorf("go.mod requires %s, which is not wanted: %s", library, why)
		}
	}
	for _, f := range goFiles(t) {
		for _, wide := range []string{"text/template", "html/template"} {
			if _, ok := f.imports[wide]; ok && !f.test() {
				t.Errorf("%s imports %s, with which the linker keeps every method of the EC2 client", f.path, wide)
			}
		}
		if _, ok := f.imports["net/http/httptest"]; ok && !f.test() {
			t.Errorf("%s imports net/http/httptest, which is for tests", f.path)
		}
	}
}
