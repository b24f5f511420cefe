package main

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"vpclink/words"
)

// usageError is a command that cannot be done as it was typed, or in the state things are in.
type usageError struct {
	error
	try []string // what to type next, one or the other; nil when the text says it
}

// Say tells it in a language.
func (e *usageError) Say(l words.Language) string { return l.Error(e.error) }

// next is what to type next, "" when the text says it.
func (e *usageError) next(l words.Language) string { return orOf(e.try).Say(l) }

func usage(try string, format words.Text, args ...any) error {
	return &usageError{words.Errorf(format, args...), present(try)}
}

// asUsage turns what cobra says before any command runs into a usageError.
func asUsage(root *cobra.Command, err error) error {
	if is[*usageError](err) {
		return err
	}
	text, _, _ := strings.Cut(err.Error(), "\n")
	var typed string
	if n, _ := fmt.Sscanf(text, "unknown command %q for", &typed); n == 1 {
		return unknownCommand(root, typed)
	}
	var least, given int
	if n, _ := fmt.Sscanf(text, "requires at least %d arg(s), only received %d", &least, &given); n == 2 { // the shells' __complete
		return usage("vpclink help", "requires at least %d arg(s), only received %d", least, given)
	}
	return usage("vpclink help", "%s", text)
}

// flagError says in a sentence what is wrong with a flag.
func flagError(cmd *cobra.Command, err error) error {
	help := cmd.CommandPath() + " --help"
	if unknown, ok := errors.AsType[*pflag.NotExistError](err); ok {
		if letters := unknown.GetSpecifiedShortnames(); letters != "" {
			return unknownFlag(cmd, "-", unknown.GetSpecifiedName(), letters)
		}
		return unknownFlag(cmd, "--", unknown.GetSpecifiedName(), unknown.GetSpecifiedName())
	}
	if missing, ok := errors.AsType[*pflag.ValueRequiredError](err); ok {
		return usage(help, "--%s needs a value", missing.GetFlag().Name)
	}
	if invalid, ok := errors.AsType[*pflag.InvalidValueError](err); ok {
		flag := invalid.GetFlag()
		if errors.Is(invalid, strconv.ErrRange) {
			return usage("", "--%s %q: it is too great a number", flag.Name, invalid.GetValue())
		}
		return usage("", "--%s %q: %w", flag.Name, invalid.GetValue(), formOf(flag, invalid.Unwrap()))
	}
	if bad, ok := errors.AsType[*pflag.InvalidSyntaxError](err); ok {
		return usage(help, "bad flag syntax: %s", bad.GetSpecifiedFlag())
	}
	return usage(help, "%w", err)
}

// forms are what pflag's own types of flags take.
var forms = map[string]words.Text{
	"int": "it is a whole number", "float64": "it is a number", "bool": "it is true or false", "duration": "it is a time like 90s, 5m or 1h",
}

// formOf says what a flag takes; cause is what it said itself of a value that it does not.
func formOf(flag *pflag.Flag, cause error) error {
	switch form, ok := forms[flag.Value.Type()]; {
	case ok:
		return words.New(form)
	case cause != nil:
		return cause
	}
	return words.Errorf("it has the form of %s", flag.Value.Type())
}

// noArgs refuses what stands behind a command that takes nothing.
func noArgs(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	if isBool(args[0]) && boolGiven(cmd) != "" {
		return alone(cmd, args[0])
	}
	return usage(cmd.CommandPath()+" --help", "%s takes no %q", cmd.CommandPath(), args[0])
}
