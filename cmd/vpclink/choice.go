package main

import (
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"vpclink/words"
)

// choice is a flag that has one of a few values.
type choice struct {
	value *string
	of    []string
}

var _ pflag.Value = choice{}

func oneOf(value *string, of ...string) choice { return choice{value, of} }

func (c choice) String() string {
	if c.value == nil { // pflag asks an empty one what a flag's zero is
		return ""
	}
	return *c.value
}

func (c choice) Set(s string) error {
	if !slices.Contains(c.of, s) {
		if question := meant(s, "", c.of); question != nil {
			return words.Errorf("%s choose %s", question, eitherOf(c.of))
		}
		return words.Errorf("choose %s", eitherOf(c.of))
	}
	*c.value = s
	return nil
}

// Type is shown in help as the flag's values.
func (c choice) Type() string { return strings.Join(c.of, "|") }

// items is a flag that takes a list: with commas, by repetition, or both.
type items struct {
	list  []string
	given bool
}

var _ pflag.Value = (*items)(nil)

func (i *items) String() string { return strings.Join(i.list, ",") }

func (i *items) Set(s string) error {
	i.given = true
	if s != "" {
		i.list = append(i.list, strings.Split(s, ",")...)
	}
	return nil
}

// Type is shown in help.
func (*items) Type() string { return "ITEM,…" }
