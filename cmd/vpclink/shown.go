package main

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A line wider than wideLine has its longest words shortened, since what was typed may be of any length. Our own sentences
// stay whole; longestLine is beyond all of them.
const wideLine, longestWord, longestLine = 200, 80, 1000

// shown makes an error fit for a terminal. Nothing in it, whoever wrote it, can move the cursor or change colours, and
// none of its lines goes on forever. A line to copy stays as long as it is.
func shown(text string) string {
	lines := strings.SplitAfter(visible(text), "\n")
	for i, line := range lines {
		if utf8.RuneCountInString(line) > wideLine && !strings.HasPrefix(line, "    Try ") {
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

// word is what stands between spaces, or between quotes.
var word = regexp.MustCompile(`"(?:[^"\\]|\\.)*"|[^ \n]+`)

// shortened takes the middle out of long words, and if that is not enough the end off the line.
func shortened(line string) string {
	line = word.ReplaceAllStringFunc(line, func(w string) string {
		letters := []rune(w)
		if len(letters) <= longestWord {
			return w
		}
		return string(letters[:longestWord/2]) + "…" + string(letters[len(letters)-longestWord/4:])
	})
	if letters := []rune(line); len(letters) > longestLine {
		return string(letters[:longestLine]) + "…\n"
	}
	return line
}
