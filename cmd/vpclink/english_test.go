package main

import (
	"regexp"
	"slices"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"

	"vpclink/provision"
	"vpclink/words"
)

// japanese is a script's command: it fails when one of the files has English prose.
func japanese(ts *testscript.TestScript, _ bool, files []string) {
	for _, file := range files {
		if run := english(ts.ReadFile(file)); run != "" {
			ts.Fatalf("%s says in Japanese: %s", file, run)
		}
	}
}

var (
	typedLine   = regexp.MustCompile(`^  (?:–|source|aws|cp|[A-Z_]+=\S*) .*?(?:#|$)`)
	quotation   = regexp.MustCompile(`"[^"]*"`)
	englishWord = regexp.MustCompile(`^\(?[A-Z]?[a-z']+[,.:;)]*$`)
)

// english returns the first run of three English words or more in a text, "" when there is none. What is typed is none,
// nor are names: of patterns, of one letter, of letters that are all large. A title that has no Japanese is passed over:
// that it is missing is for the test of the tables to say.
func english(text string) string {
	for _, p := range provision.Patterns() {
		for _, s := range p.All() {
			if title := words.Text(s.Title); words.Japanese.In(title) == string(title) {
				text = strings.ReplaceAll(text, string(title), "")
			}
		}
	}
	for _, cmd := range slices.Backward(allCommands(newRoot(newApp()))) { // the longer paths first
		text = strings.ReplaceAll(text, cmd.CommandPath(), "–")
	}
	for line := range strings.Lines(text) {
		var run []string
		for _, word := range append(strings.Fields(quotation.ReplaceAllString(typedLine.ReplaceAllString(line, ""), "–")), "–") {
			name := strings.TrimRight(word, ",.:;)")
			if englishWord.MatchString(word) && len(name) > 1 && !slices.Contains(patternNames(), name) {
				run = append(run, word)
				continue
			}
			if len(run) > 2 {
				return strings.Join(run, " ")
			}
			run = nil
		}
	}
	return ""
}
