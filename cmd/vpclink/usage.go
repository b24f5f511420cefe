package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// usageError is a command that cannot be done as it was typed, or in the state things are in.
type usageError struct {
	text string
	try  string // what to type next, "" when the text says it
}

var _ error = (*usageError)(nil)

func (e *usageError) Error() string { return e.text }

func usage(try, format string, args ...any) error {
	return &usageError{text: fmt.Sprintf(format, args...), try: try}
}

// asUsage turns what cobra says before any command runs into a usageError. Its suggestions become what to type.
func asUsage(err error) error {
	if is[*usageError](err) {
		return err
	}
	text, more, _ := strings.Cut(err.Error(), "\n")
	try := "vpclink help"
	if _, names, suggested := strings.Cut(more, "Did you mean this?"); suggested {
		try = "vpclink " + strings.Join(strings.Fields(names), ", or vpclink ")
	}
	return &usageError{text: text, try: try}
}

// flagError says in a sentence what is wrong with a flag.
func flagError(cmd *cobra.Command, err error) error {
	help := cmd.CommandPath() + " --help"
	if unknown, ok := errors.AsType[*pflag.NotExistError](err); ok {
		if letters := unknown.GetSpecifiedShortnames(); letters != "" {
			return usage(help, "%s has no flag -%s", cmd.CommandPath(), unknown.GetSpecifiedName())
		}
		return usage(help, "%s has no flag --%s", cmd.CommandPath(), unknown.GetSpecifiedName())
	}
	if missing, ok := errors.AsType[*pflag.ValueRequiredError](err); ok {
		return usage(help, "--%s needs a value", missing.GetFlag().Name)
	}
	if invalid, ok := errors.AsType[*pflag.InvalidValueError](err); ok {
		flag := invalid.GetFlag()
		why := "it has the form of " + flag.Value.Type()
		switch flag.Value.Type() {
		case "int":
			why = "it is a whole number"
		case "float64":
			why = "it is a number"
		case "bool":
			why = "it is true or false"
		case "duration":
			why = "it is a time like 90s, 5m or 1h"
		default:
			if cause := invalid.Unwrap(); cause != nil {
				why = cause.Error()
			}
		}
		return usage("", "--%s %q: %s", flag.Name, invalid.GetValue(), why)
	}
	return usage(help, "%s", err.Error())
}

// noArgs refuses what stands behind a command that takes nothing.
func noArgs(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	return usage(cmd.CommandPath()+" --help", "%s takes no %q", cmd.CommandPath(), args[0])
}
