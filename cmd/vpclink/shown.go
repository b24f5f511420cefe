package main

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"vpclink/cmd/vpclink/ui"
	"vpclink/words"
)

// A line of more columns than wideLine has its longest words shortened, since what was typed may be of any length. Our own
// sentences stay whole; longestLine is beyond all of them.
const wideLine, longestWord, longestLine = 200, 80, 1000

// shown makes an error fit for a terminal. Nothing in it, whoever wrote it, can move the cursor or change colours, and
// none of its lines goes on forever. A line to copy stays as long as it is.
func shown(l words.Language, text string) string {
	lines := strings.SplitAfter(visible(text), "\n")
	for i, line := range lines {
		if ui.Width(line) > wideLine && !strings.HasPrefix(line, "    "+l.In(fieldTry)+" ") {
			lines[i] = shortened(line)
		}
	}
	return strings.Join(lines, "")
}

// typed is a word as a shell wants it: in quotes when there is more in it than letters, digits and what paths are made of.
func typed(word string) string {
	harmless := func(r rune) bool {
		return unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("/.-_:=@%+,~", r)
	}
	if strings.TrimFunc(word, harmless) == "" {
		return word
	}
	return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
}

// visible writes what has no form of its own on a terminal as Go writes it in a string, ends of lines apart.
func visible(text string) string {
	var out strings.Builder
	for i, r := range text {
		switch {
		case r == utf8.RuneError && !strings.HasPrefix(text[i:], string(utf8.RuneError)):
			fmt.Fprintf(&out, `\x%02x`, text[i]) // a byte that is no UTF-8
		case r == '\n' || unicode.IsPrint(r):
			out.WriteRune(r)
		default:
			quoted := fmt.Sprintf("%+q", string(r))
			out.WriteString(quoted[1 : len(quoted)-1])
		}
	}
	return out.String()
}

// word is what stands between spaces, between the points of a Japanese sentence, or between quotes.
var word = regexp.MustCompile(`"(?:[^"\\]|\\.)*"|[^ \n、。]+`)

// shortened takes the middle out of long words, and if that is not enough the end off the line.
func shortened(line string) string {
	line = word.ReplaceAllStringFunc(line, func(w string) string {
		if ui.Width(w) <= longestWord {
			return w
		}
		return first(w, longestWord/2) + "…" + last(w, longestWord/4)
	})
	if ui.Width(line) > longestLine {
		return first(line, longestLine) + "…\n"
	}
	return line
}

// first is as much of the beginning of a text as has room in so many columns, last of its end.
func first(text string, room int) string {
	at := 0
	for i, r := range text {
		if room -= ui.Width(string(r)); room < 0 {
			break
		}
		at = i + utf8.RuneLen(r)
	}
	return text[:at]
}

func last(text string, room int) string {
	at := len(text)
	for at > 0 {
		r, size := utf8.DecodeLastRuneInString(text[:at])
		if room -= ui.Width(string(r)); room < 0 {
			break
		}
		at -= size
	}
	return text[at:]
}
