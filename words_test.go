package vpclink

import (
	"go/ast"
	"go/constant"
	"go/types"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/packages"

	"vpclink/words"
)

// TestWordsHaveTheirEntries holds the tables of words/ and the program together: what is said has an entry, and an
// entry is said.
func TestWordsHaveTheirEntries(t *testing.T) {
	entries := words.Entries()
	unused := map[words.Text]bool{}
	for _, e := range entries {
		unused[e.English] = true
	}
	said := textsSaid(t)
	for _, text := range slices.Sorted(maps.Keys(said)) {
		if _, ok := unused[text]; !ok && letter.MatchString(verb.ReplaceAllString(string(text), "")) {
			t.Errorf("%s says %q, which has no entry in words/ja", said[text], text)
		}
		delete(unused, text)
	}
	for _, text := range slices.Sorted(maps.Keys(unused)) {
		t.Errorf("words/ja has %q, which nobody says", text)
	}
}

// textsSaid finds every constant of type words.Text in the program, with one place where it stands. What has no letter
// besides its verbs may be the same in all languages, and needs no entry.
func textsSaid(t *testing.T) map[words.Text]string {
	t.Helper()
	loaded, err := packages.Load(&packages.Config{Mode: packages.LoadSyntax}, "./...")
	if err != nil {
		t.Fatal(err)
	}
	said := map[words.Text]string{}
	for _, p := range loaded {
		for _, err := range p.Errors {
			t.Fatal(err)
		}
		for _, file := range p.Syntax {
			ast.Inspect(file, func(n ast.Node) bool {
				expr, ok := n.(ast.Expr)
				if !ok {
					return true
				}
				if text, ok := textOf(p.TypesInfo.Types[expr]); ok {
					said[text] = p.Fset.Position(expr.Pos()).String()
					return false // the parts of a text that was put together are none
				}
				return true
			})
		}
	}
	if len(said) < 20 {
		t.Fatalf("only %d texts were found: are they still of type words.Text?", len(said))
	}
	return said
}

var letter = regexp.MustCompile(`\pL`)

func textOf(tv types.TypeAndValue) (words.Text, bool) {
	if tv.Value == nil || tv.Value.Kind() != constant.String || tv.Type.String() != module+"words.Text" {
		return "", false
	}
	return words.Text(constant.StringVal(tv.Value)), true
}

// verb is what fmt fills in: %d, %-6s, %[2]q.
var verb = regexp.MustCompile(`%[-+# 0]*[0-9.*]*(?:\[(\d+)\])?[0-9.*]*([a-zA-Z%])`)

// verbs lists what a format takes: each argument's number with its verb.
func verbs(format string) []string {
	var list []string
	at := 0
	for _, found := range verb.FindAllStringSubmatch(format, -1) {
		if found[2] == "%" {
			continue
		}
		if at++; found[1] != "" {
			at = int(found[1][0] - '0')
		}
		list = append(list, string(rune('0'+at))+strings.NewReplacer("w", "v", "s", "v").Replace(found[2]))
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// TestWordsTakeTheSameArguments holds that a translation says what its text says, if in another order.
func TestWordsTakeTheSameArguments(t *testing.T) {
	entries := words.Entries()
	for _, e := range entries {
		if e.Japanese == "" {
			t.Errorf("%q has no translation", e.English)
		}
		if en, ja := verbs(string(e.English)), verbs(e.Japanese); !slices.Equal(en, ja) {
			t.Errorf("%q takes %v, and its translation %q %v", e.English, en, e.Japanese, ja)
		}
		if strings.Count(string(e.English), "\n") != strings.Count(e.Japanese, "\n") && !strings.Contains(string(e.English), "\n") {
			t.Errorf("%q is one line, and its translation is not", e.English)
		}
		for _, name := range placeholders.FindAllString(string(e.English), -1) {
			if !strings.Contains(e.Japanese, name) {
				t.Errorf("the translation of %q lacks %s", e.English, name)
			}
		}
	}
}

// placeholders are filled in by name: {again}.
var placeholders = regexp.MustCompile(`\{[a-z]+\}`)
