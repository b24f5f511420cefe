// Package vpclink has no code. It holds the tests of the whole: who may import whom, how long a file may be, what must
// not be linked, how large the program is. They stand at the root because they look at every folder and belong to none.
package vpclink

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// folder is one box of the layout in docs/architecture.md.
type folder struct {
	imports []string // what of ours its code may import; its own folders always
	tests   []string // what of ours its tests may import besides
	sdk     bool     // its code sees the AWS SDK; tests may everywhere, except where a folder is alone
	alone   bool     // nothing of AWS is reached from it, however far, and of ours only what it imports
}

// arrows is the layout: the import path of each folder, below the module's name.
var arrows = map[string]folder{
	"cmd/vpclink":    {imports: []string{"cmd/vpclink/ui", "provision", "steps", "waiters", "state", "cloud", "sim", "localstack", "advise", "words"}},
	"cmd/vpclink/ui": {imports: []string{"provision", "state", "words"}, tests: []string{"steps", "waiters"}},
	"provision":      {imports: []string{"steps", "waiters", "state", "words"}, tests: []string{"cloud", "sim"}},
	"steps":          {imports: []string{"waiters", "state", "cloud", "words"}, tests: []string{"sim", "localstack"}, sdk: true},
	"localstack":     {imports: []string{"cloud", "words"}},
	"waiters":        {imports: []string{"words"}, alone: true},
	"state":          {imports: []string{"words"}, alone: true},
	"cloud":          {imports: []string{"words"}, tests: []string{"sim"}, sdk: true},
	"advise":         {imports: []string{"words"}, tests: []string{"provision", "steps"}, alone: true},
	"words":          {alone: true},
	"sim":            {tests: []string{"cloud"}, sdk: true},
}

// foldersWithoutCode hold the pages, and the scripts behind the longer targets of the Makefile.
var foldersWithoutCode = []string{"docs", "scripts"}

// built is what make puts here; it is no part of the project.
const built = "bin"

const (
	module = "vpclink/"
	aws    = "github.com/aws/"
)

// goFile is a Go file and what it imports: path → the name it has in the file.
type goFile struct {
	path    string // from the root, with slashes
	imports map[string]string
	tree    *ast.File
}

func (f goFile) folder() string { return path.Dir(f.path) }
func (f goFile) test() bool     { return strings.HasSuffix(f.path, "_test.go") }

// goFiles reads every Go file below the root, but not the tests of the whole.
func goFiles(t *testing.T) []goFile {
	t.Helper()
	var files []goFile
	err := filepath.WalkDir(".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && name != "." && (strings.HasPrefix(entry.Name(), ".") || name == built):
			return filepath.SkipDir
		case entry.IsDir() || filepath.Ext(name) != ".go" || filepath.Dir(name) == ".":
			return nil
		}
		tree, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		file := goFile{filepath.ToSlash(name), map[string]string{}, tree}
		for _, spec := range tree.Imports {
			imported, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			file.imports[imported] = path.Base(imported)
			if spec.Name != nil {
				file.imports[imported] = spec.Name.Name
			}
		}
		files = append(files, file)
		return nil
	})
	if err != nil {
		t.Fatalf("every Go file must parse: %v", err)
	}
	if len(files) < 20 {
		t.Fatalf("only %d Go files were found; the tests of the whole must run in the root of the project", len(files))
	}
	return files
}

// home returns the box a folder lies in: "sim" for sim/codec; "" when it lies in none.
func home(dir string) string {
	for ; dir != "." && dir != "/"; dir = path.Dir(dir) {
		if _, ok := arrows[dir]; ok {
			return dir
		}
	}
	return ""
}

func TestEveryFolderHasItsPlace(t *testing.T) {
	entries, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	known := slices.Concat(foldersWithoutCode, []string{built})
	for dir := range arrows {
		known = append(known, strings.Split(dir, "/")[0])
	}
	for _, e := range entries {
		if e.IsDir() && !strings.HasPrefix(e.Name(), ".") && !slices.Contains(known, e.Name()) {
			t.Errorf("%s/ is not in the layout: a folder beyond these needs a reason in docs/architecture.md, and a row in arrows", e.Name())
		}
	}
	for _, f := range goFiles(t) {
		if home(f.folder()) == "" {
			t.Errorf("%s lies in no folder of the layout: it needs a reason in docs/architecture.md, and a row in arrows", f.path)
		}
	}
}

func TestArrows(t *testing.T) {
	for _, f := range goFiles(t) {
		from := home(f.folder())
		box := arrows[from]
		may := append(slices.Clone(box.imports), from)
		if f.test() {
			may = append(may, box.tests...)
		}
		for _, imported := range slices.Sorted(maps.Keys(f.imports)) {
			ours, isOurs := strings.CutPrefix(imported, module)
			switch {
			case isOurs && !slices.Contains(may, home(ours)):
				t.Errorf("%s imports %s, but %s may import only %v", f.path, imported, from, may)
			case strings.HasPrefix(imported, aws) && !box.sdk && (box.alone || !f.test()):
				t.Errorf("%s imports %s, but AWS is not seen in %s", f.path, imported, from)
			}
		}
	}
}

// TestAlone follows the imports to their end, where a direct one shows nothing.
func TestAlone(t *testing.T) {
	for dir, box := range arrows {
		if !box.alone {
			continue
		}
		out, err := exec.CommandContext(t.Context(), "go", "list", "-deps", "./"+dir).CombinedOutput()
		if err != nil {
			t.Fatalf("go list of %s must work: %v\n%s", dir, err, out)
		}
		for imported := range strings.FieldsSeq(string(out)) {
			ours, isOurs := strings.CutPrefix(imported, module)
			if strings.HasPrefix(imported, aws) || isOurs && ours != dir && !slices.Contains(box.imports, ours) {
				t.Errorf("%s reaches %s, but it must stand alone", dir, imported)
			}
		}
	}
}

// TestSimulatorIsNoClient holds that sim takes only structs from the SDK: a client there would be the other end of the
// wire that it stands behind.
func TestSimulatorIsNoClient(t *testing.T) {
	client := []string{"New", "NewFromConfig", "Client", "Options"}
	for _, f := range goFiles(t) {
		if home(f.folder()) != "sim" || f.test() {
			continue
		}
		var services []string
		for imported, name := range f.imports {
			if strings.HasPrefix(imported, aws+"aws-sdk-go-v2/service/") {
				services = append(services, name)
			}
		}
		ast.Inspect(f.tree, func(n ast.Node) bool {
			if s, ok := n.(*ast.SelectorExpr); ok && slices.Contains(client, s.Sel.Name) {
				if x, ok := s.X.(*ast.Ident); ok && slices.Contains(services, x.Name) {
					t.Errorf("%s uses %s.%s, but sim takes only requests and answers from the SDK", f.path, x.Name, s.Sel.Name)
				}
			}
			return true
		})
	}
}
