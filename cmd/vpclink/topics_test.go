package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"vpclink/cmd/vpclink/ui"
	"vpclink/provision"
	"vpclink/words"
)

// pageOf finds a topic's page.
func pageOf(t *testing.T, name string) string {
	t.Helper()
	i := topicNamed([]string{name})
	if i < 0 {
		t.Fatalf("there is no topic %s, expected it", name)
	}
	return topics[i].page(words.English)
}

// A topic is one screen, has an example, and stands at the end of the general help, in each language.
func TestTopics(t *testing.T) {
	for _, lang := range words.Languages() {
		t.Run(lang, func(t *testing.T) { testTopics(t, words.Language(lang)) })
	}
}

func testTopics(t *testing.T, lang words.Language) {
	t.Helper()
	l := newLab(t)
	l.env["VPCLINK_LANG"] = string(lang)
	general := l.must("help").out
	for _, topic := range topics {
		shown := l.must("help", topic.name).out
		if shown != topic.page(lang) {
			t.Errorf("help %s shows\n%s\nexpected its page", topic.name, shown)
		}
		if lines := strings.Count(shown, "\n"); lines > 23 { // and the prompt
			t.Errorf("help %s has %d lines, expected one screen", topic.name, lines)
		}
		for line := range strings.Lines(shown) {
			if width := ui.Width(strings.TrimSuffix(line, "\n")); width > 80 {
				t.Errorf("help %s has a line of %d columns, expected at most 80: %s", topic.name, width, line)
			}
		}
		if !strings.Contains(string(topic.example), "vpclink ") {
			t.Errorf("help %s has no example", topic.name)
		}
		if !strings.Contains(general, "vpclink help "+topic.name) || !strings.Contains(general, lang.In(topic.short)) {
			t.Errorf("the general help does not list %s:\n%s", topic.name, general)
		}
	}
	for _, sub := range []string{"up", "sim"} {
		if help := l.must("help", sub).out; strings.Contains(help, lang.Say("Topics:\n")) {
			t.Errorf("help %s lists topics, expected only the general help to do so", sub)
		}
	}
}

// The page and the README have the codes that the program ends with, and no others.
func TestTopicExitCodes(t *testing.T) {
	want := []int{exitDone, exitFailed}
	for _, e := range exits {
		want = append(want, e.code)
	}
	slices.Sort(want)
	var got []int
	for _, e := range exitMeanings {
		got = append(got, e.code)
	}
	if !slices.Equal(got, want) {
		t.Errorf("help exit-codes has %v, expected %v", got, want)
	}
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	got = nil
	for _, row := range regexp.MustCompile(`(?m)^\| (\d+) \| `).FindAllStringSubmatch(string(readme), -1) {
		code, _ := strconv.Atoi(row[1])
		got = append(got, code)
	}
	if !slices.Equal(got, want) {
		t.Errorf("README.md has the exit codes %v, expected %v", got, want)
	}
}

// Every variable that the code reads is on the page.
func TestTopicEnvironment(t *testing.T) {
	read := variablesRead(t)
	for _, sure := range []string{"VPCLINK_STATE_DIR", "AWS_ENDPOINT_URL", "LOGNAME", "AWS_CONFIG_FILE", "AWS_ENDPOINT_URL_EC2"} {
		if !slices.Contains(read, sure) {
			t.Fatalf("the test found the variables %v, expected %s among them", read, sure)
		}
	}
	// The page has one name for those that are refused for each of AWS's services.
	page := strings.ReplaceAll(pageOf(t, "environment"), "AWS_ENDPOINT_URL_EC2, …", "AWS_ENDPOINT_URL_EC2, AWS_ENDPOINT_URL_STS, AWS_ENDPOINT_URL_ELASTIC_LOAD_BALANCING_V2, AWS_ENDPOINT_URL_SERVICE_QUOTAS, AWS_ENDPOINT_URL_PRICING, ")
	said := strings.FieldsFunc(page, func(r rune) bool { return strings.ContainsRune(" ,\n.:", r) })
	for _, name := range read {
		if !slices.Contains(said, name) {
			t.Errorf("the program reads %s, expected help environment to say so", name)
		}
	}
	for _, rows := range [][]named{variables, variablesOfAWS} {
		for _, row := range rows {
			for name := range strings.SplitSeq(row.name, ", ") {
				if strings.HasPrefix(name, "VPCLINK_") && name != "VPCLINK_COMPLETION_DESCRIPTIONS" && !slices.Contains(read, name) {
					t.Errorf("help environment has %s, which nothing reads", name)
				}
			}
		}
	}
}

// variablesRead finds the names of variables in the functions that look into the environment.
func variablesRead(t *testing.T) []string {
	t.Helper()
	form := regexp.MustCompile(`^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$`)
	found := map[string]bool{}
	for _, path := range goFiles(t, "../..") {
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for _, decl := range file.Decls {
			f, ok := decl.(*ast.FuncDecl)
			if !ok || !looksAround(f) {
				continue
			}
			for _, text := range literals(f) {
				found[text] = form.MatchString(text)
			}
		}
	}
	maps.DeleteFunc(found, func(_ string, variable bool) bool { return !variable })
	return slices.Sorted(maps.Keys(found))
}

// goFiles lists the files of code below a folder.
func goFiles(t *testing.T, root string) []string {
	t.Helper()
	var paths []string
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (d.Name() == "bin" || len(d.Name()) > 2 && d.Name()[0] == '.'):
			return filepath.SkipDir
		case strings.HasSuffix(path, ".go") && !strings.HasSuffix(path, "_test.go"):
			paths = append(paths, path)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return paths
}

// looksAround reports whether a function speaks of env or of one of os's ways to read a variable.
func looksAround(f *ast.FuncDecl) bool {
	looks := false
	ast.Inspect(f, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && slices.Contains([]string{"env", "Getenv", "LookupEnv", "Environ"}, id.Name) {
			looks = true
		}
		return true
	})
	return looks
}

func literals(f *ast.FuncDecl) []string {
	var list []string
	ast.Inspect(f, func(n ast.Node) bool {
		if l, ok := n.(*ast.BasicLit); ok && l.Kind == token.STRING {
			if text, err := strconv.Unquote(l.Value); err == nil {
				list = append(list, text)
			}
		}
		return true
	})
	return list
}

// Every file that a lab leaves in the folder of the state is on the page.
func TestTopicState(t *testing.T) {
	l := newLab(t)
	up := []string{"up", "igw", "--vpcs", "a,b", "--target", "sim", "--sim-speed", "6000", "--progress", "quiet"}
	l.must(up...)
	l.must("down", "--yes", "--progress", "quiet")
	l.must(up...)
	var forms []string
	for _, f := range stateFiles {
		form := strings.NewReplacer("STACK", "igw", "TIME", `\d{8}T\d{6}Z`, ".", `\.`).Replace(f.name)
		forms = append(forms, "^"+form+"$")
	}
	var there []string
	for name := range strings.FieldsSeq(l.files()) {
		i := slices.IndexFunc(forms, func(form string) bool { return regexp.MustCompile(form).MatchString(name) })
		if i < 0 {
			t.Errorf("a lab leaves %s, expected help state to say what that is", name)
			continue
		}
		there = append(there, stateFiles[i].name)
	}
	for _, f := range stateFiles {
		if !slices.Contains(there, f.name) && f.name != "sim/server.json" { // only while it is served
			t.Errorf("help state has %s, which a lab does not leave", f.name)
		}
	}
}

// What the page says of names and blocks is what the program takes.
func TestTopicVPCs(t *testing.T) {
	page := pageOf(t, "vpcs")
	taken := 0
	for _, list := range regexp.MustCompile(`--vpcs ([a-z]\S*)`).FindAllStringSubmatch(string(vpcsExample), -1) {
		taken++
		if _, err := provision.ParseItems(strings.Split(list[1], ",")); err != nil {
			t.Errorf("an example is refused: %v", err)
		}
	}
	if taken < 3 {
		t.Errorf("the page has %d examples, expected 3 at least", taken)
	}
	for _, c := range []struct {
		says, item string
		takes      bool
	}{
		{"1 to 32 of", strings.Repeat("a", 32), true},
		{"1 to 32 of", strings.Repeat("a", 33), false},
		{"begins with a letter", "1a", false},
		{"not with vpc-", "vpc-x", false},
		{"/16 to /28", "b=10.0.0.0/16", true},
		{"/16 to /28", "b=10.0.0.0/28", true},
		{"/16 to /28", "b=10.0.0.0/15", false},
		{"/16 to /28", "b=10.0.0.0/29", false},
		{"IPv4", "b=fd00::/16", false},
	} {
		if !strings.Contains(page, c.says) {
			t.Errorf("the page does not say %q", c.says)
		}
		if _, err := provision.ParseItems([]string{"a", c.item}); (err == nil) != c.takes {
			t.Errorf("%q (%s): %v, expected taken to be %v", c.item, c.says, err, c.takes)
		}
	}
	l := newLab(t)
	if e := l.run("help", "vpc"); !strings.Contains(e.err, "vpclink help vpcs") {
		t.Errorf("a misspelt topic says %s", fmt.Sprint(e.err))
	}
}
