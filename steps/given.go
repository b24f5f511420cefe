package steps

import (
	"slices"
	"strconv"

	"vpclink/words"
)

// given is what AWS gives a new thing and vpclink never asks for: an attribute with its default. Somebody who changes it is
// found out by the default, which each table has from the API Reference of the call that makes the thing.
type given[T any] struct {
	name  words.Text
	want  string         // as a new one has it
	have  func(T) string // "" where a server leaves it out
	mends bool           // up puts it back; what is not is told, and left as somebody wanted it
}

// changed are the fields in which a thing is not as it was given.
func changed[T any](table []given[T], t T) []Field {
	var fields []Field
	for _, g := range table {
		have := g.have(t)
		if have == "" || have == g.want {
			continue
		}
		fields = append(fields, Field{Name: g.name, Want: g.want, Have: have, Mends: g.mends, Foreign: !g.mends})
	}
	return fields
}

// truth writes a flag, "" for one that is left out.
func truth(flag *bool) string {
	if flag == nil {
		return ""
	}
	return strconv.FormatBool(*flag)
}

// Differs reports whether a field of that name is among those that differ.
func Differs(diff []Field, name words.Text) bool {
	return slices.ContainsFunc(diff, func(f Field) bool { return f.Name == name })
}
