package main

import (
	"strings"
	"unicode"

	"vpclink/cmd/vpclink/ui"
)

// pageWide is how many columns a page of text has.
const pageWide = 80

// indented sets a text behind a beginning, in lines of at most pageWide columns, and further lines below the text's own
// beginning.
func indented(beginning, text string) string {
	room := ui.Width(beginning)
	lines := wrapped(text, pageWide-room)
	return beginning + strings.Join(lines, "\n"+strings.Repeat(" ", room)) + "\n"
}

// wrapped breaks a text into lines: between words and, as Japanese has no spaces, between its letters, but for those that
// no line begins or ends with.
func wrapped(text string, room int) []string {
	var lines []string
	line, gap := "", ""
	for _, p := range pieces(text) {
		if p == " " {
			gap = " "
			continue
		}
		if line != "" && ui.Width(line+gap+p) > room {
			lines, line, gap = append(lines, line), "", ""
		}
		line, gap = line+gap+p, ""
	}
	return append(lines, line)
}

// The letters that no line begins with, or ends with.
const (
	notFirst = "、。，．・：；？！）」』】〉》〕ーぁぃぅぇぉっゃゅょァィゥェォッャュョ),.:;?!"
	notLast  = "（「『【〈《〔("
)

// pieces are what a text may be broken between.
func pieces(text string) []string {
	var list []string
	var before rune
	for _, r := range text {
		switch {
		case unicode.IsSpace(r):
			list = append(list, " ")
		case before != 0 && !unicode.IsSpace(before) && (strings.ContainsRune(notFirst, r) || strings.ContainsRune(notLast, before) || ui.Width(string(r)) < 2 && ui.Width(string(before)) < 2):
			list[len(list)-1] += string(r)
		default:
			list = append(list, string(r))
		}
		before = r
	}
	return list
}
