package main

import (
	"strings"
	"testing"

	"vpclink/words"
)

func TestTyped(t *testing.T) {
	for word, want := range map[string]string{
		"/home/alice/.local/state": "/home/alice/.local/state", "~/class-1": "~/class-1", "東京": "東京",
		"a b": "'a b'", "it's": `'it'\''s'`, "a;b": "'a;b'", "$HOME": "'$HOME'", "": "",
	} {
		if got := typed(word); got != want {
			t.Errorf("%q is typed as %s, expected %s", word, got, want)
		}
	}
}

// What an error shows can do nothing to a terminal, and is of a size that can be read.
func TestShown(t *testing.T) {
	long := strings.Repeat("x", 300)
	for _, c := range []struct{ name, text, want string }{
		{"as it is", "✗ no\n    Try    vpclink up\n", "✗ no\n    Try    vpclink up\n"},
		{"other scripts", "✗ 東京 é\n", "✗ 東京 é\n"},
		{"an escape", "✗ a\x1b[31mb\n", "✗ a\\x1b[31mb\n"},
		{"a carriage return", "✗ a\rb\n", "✗ a\\rb\n"},
		{"a bell and a backspace", "✗ \a\b\n", "✗ \\a\\b\n"},
		{"a C1 control", "✗ \u009b31m\n", "✗ \\u009b31m\n"},
		{"writing from right to left", "✗ a\u202eb\n", "✗ a\\u202eb\n"},
		{"no UTF-8", "✗ a\xffb\n", "✗ a\\xffb\n"},
		{"the sign for no UTF-8", "✗ a\ufffdb\n", "✗ a\ufffdb\n"},
		{"a long word", "✗ a " + long + " b\n", "✗ a " + long[:40] + "…" + long[:20] + " b\n"},
		{"many words in quotes", "✗ \"" + strings.Repeat("a ", 200) + "b\" no\n", "✗ \"" + strings.Repeat("a ", 19) + "a…" + strings.Repeat("a ", 9) + "b\" no\n"},
		{"a long sentence", "✗ " + strings.Repeat("word ", 60) + "\n", "✗ " + strings.Repeat("word ", 60) + "\n"},
		{"a sentence without end", "✗ " + strings.Repeat("a ", 2000) + "\n", "✗ " + strings.Repeat("a ", 499) + "…\n"},
		{"a line to copy", "    Try    " + long + "\n", "    Try    " + long + "\n"},
	} {
		if got := shown(words.English, c.text); got != c.want {
			t.Errorf("%s is shown as\n%q, expected\n%q", c.name, got, c.want)
		}
	}
}

// East Asian letters take two columns, and a Japanese sentence has no spaces between its words.
func TestShownInJapanese(t *testing.T) {
	wide, sentence := strings.Repeat("東", 100), strings.Repeat("スタックは使用中です。", 11)
	for _, c := range []struct{ name, text, want string }{
		{"a line to copy", "    対処   vpclink " + wide + "\n", "    対処   vpclink " + wide + "\n"},
		{"a wide word in a line of 203 columns", "✗ " + wide + "a\n", "✗ " + wide[:20*3] + "…" + wide[:9*3] + "a\n"},
		{"a wide word in a line of 200 columns", "✗ " + wide[:99*3] + "\n", "✗ " + wide[:99*3] + "\n"},
		{"a long sentence", "✗ " + sentence + "\n", "✗ " + sentence + "\n"},
		{"a sentence without end", "✗ " + strings.Repeat("東 ", 400) + "\n", "✗ " + strings.Repeat("東 ", 332) + "東…\n"},
	} {
		if got := shown(words.Japanese, c.text); got != c.want {
			t.Errorf("%s is shown as\n%q, expected\n%q", c.name, got, c.want)
		}
	}
}
