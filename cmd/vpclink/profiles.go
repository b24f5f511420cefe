package main

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// profiles lists the profiles that the AWS CLI's files have, sorted, nil when there are none. Only the names of sections
// are read. A file that cannot be read has none.
func profiles(env func(string) string) []string {
	var names []string
	for _, file := range []struct {
		path     string
		prefixed bool // all but the default begin with the word profile; other sections are no profiles
	}{
		{awsFile(env, "AWS_CONFIG_FILE", "config"), true},
		{awsFile(env, "AWS_SHARED_CREDENTIALS_FILE", "credentials"), false},
	} {
		for _, section := range sections(file.path) {
			name, isProfile := strings.CutPrefix(section, "profile ")
			if file.prefixed && !isProfile && section != "default" {
				continue
			}
			if name = strings.Trim(strings.TrimSpace(name), `"'`); name != "" {
				names = append(names, name)
			}
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// awsFile is where one of the files is: a variable says so, or it has its name in .aws. "" when that is nowhere.
func awsFile(env func(string) string, variable, name string) string {
	if path := env(variable); path != "" {
		return path
	}
	for _, home := range []string{env("HOME"), env("USERPROFILE")} {
		if home != "" {
			return filepath.Join(home, ".aws", name)
		}
	}
	return ""
}

// sections lists the names in brackets of a file.
func sections(path string) []string {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil
	}
	var names []string
	for line := range bytes.Lines(text) {
		inner, ok := strings.CutPrefix(strings.TrimSpace(string(line)), "[")
		name, _, closed := strings.Cut(inner, "]")
		if ok && closed {
			names = append(names, strings.TrimSpace(name))
		}
	}
	return names
}
