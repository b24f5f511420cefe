package main

import (
	"slices"
	"strings"

	"vpclink/words"
)

// languageOf returns the language of --lang, else of $VPCLINK_LANG, else English. It is looked for before the command
// line is read, since what is wrong with a command line is told in it too.
func languageOf(args []string, env func(string) string) words.Language {
	lang := env("VPCLINK_LANG")
	for i, arg := range args {
		if arg == "--" {
			break
		}
		if value, ok := strings.CutPrefix(arg, "--lang="); ok {
			lang = value
		} else if arg == "--lang" && i+1 < len(args) {
			lang = args[i+1]
		}
	}
	if slices.Contains(words.Languages(), lang) {
		return words.Language(lang)
	}
	return words.English // the flag itself is refused where flags are
}
