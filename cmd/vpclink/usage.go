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
	try string // what to type next, "" when the text says it
}

// Say tells it in a language.
func (e *usageError) Say(l words.Language) string { return l.Error(e.error) }

func usage(try string, format words.Text, args ...any) error {
	return &usageError{words.Errorf(format, args...), try}
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
		why := "it has the form of " + flag.Value.Type()
		if errors.Is(invalid, strconv.ErrRange) {
			return usage("", "--%s %q: it is too great a number", flag.Name, invalid.GetValue())
		}
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
