package main

import (
	"slices"
	"strings"
	"testing"

	"vpclink/cmd/vpclink/ui"
	"vpclink/words"
)

// TestHelpFits holds that a page of help in Japanese has all parts of the English one, and fits 80 columns where that does.
func TestHelpFits(t *testing.T) {
	english, japanese := newApp(), newApp()
	japanese.lang = words.Japanese
	theirs := allCommands(newRoot(japanese))
	for i, cmd := range allCommands(newRoot(english)) {
		ours := append([]string{cmd.Long, cmd.Short}, english.usageSections(cmd)...)
		other := append([]string{theirs[i].Long, theirs[i].Short}, japanese.usageSections(theirs[i])...)
		if len(ours) != len(other) {
			t.Errorf("the help of %s has %d parts, and %d in Japanese", cmd.CommandPath(), len(ours), len(other))
			continue
		}
		for j := range ours {
			for _, line := range tooWide(ours[j], other[j]) {
				t.Errorf("the help of %s has a line of %d columns in Japanese, where English fits:\n%s", cmd.CommandPath(), ui.Width(line), line)
			}
		}
	}
}

// tooWide returns the lines of a text that are wider than 80 columns where the English ones are not: line by line when
// there are as many, else as a whole.
func tooWide(english, text string) []string {
	ours, lines := strings.Split(english, "\n"), strings.Split(text, "\n")
	widest := 0
	for _, line := range ours {
		widest = max(widest, ui.Width(line))
	}
	var list []string
	for i, line := range lines {
		room := widest
		if len(ours) == len(lines) {
			room = ui.Width(ours[i])
		}
		if ui.Width(line) > max(room, 80) {
			list = append(list, line)
		}
	}
	return list
}

// Columns are counted, not letters.
func TestTable(t *testing.T) {
	got := table([][]string{{"手順", "状態"}, {"0", "完了", "x"}, {"1.4.10", "y"}})
	want := "手順    状態\n0       完了  x\n1.4.10  y\n"
	if got != want {
		t.Errorf("the table is\n%s\nwant\n%s", got, want)
	}
}

// TestHelpIsTold holds that what cobra and pflag say by themselves is not left in English.
func TestHelpIsTold(t *testing.T) {
	l := newLab(t)
	l.env["VPCLINK_LANG"] = "ja"
	for _, cmd := range allCommands(newRoot(newApp())) {
		page := l.must(append(strings.Fields(cmd.CommandPath())[1:], "--help")...).out
		for _, english := range []string{"Usage:", "Examples:", "Commands:", "Flags:", "[flags]", "[command]", "help for", "(default", "information"} {
			if strings.Contains(page, english) {
				t.Errorf("the help of %s says %q in Japanese:\n%s", cmd.CommandPath(), english, page)
			}
		}
		if run := englishIn(page); run != "" {
			t.Errorf("the help of %s says in Japanese: %s", cmd.CommandPath(), run)
		}
	}
	list, _, _ := strings.Cut(l.must("__complete", "up", "--region", "ap-northeast-1").out, ":4")
	if !slices.Contains(strings.Split(list, "\n"), "ap-northeast-1\t東京") {
		t.Errorf("completion describes regions as\n%s\nwant it in Japanese", list)
	}
}
