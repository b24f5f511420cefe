package main

import (
	"github.com/spf13/pflag"

	"vpclink/words"
)

// tagFlags are the flags by which a command asks AWS's tags for stacks, and not the records in the folder of the state.
type tagFlags struct {
	fromTags, expired bool
	lineage           string
}

const flagFromTags, flagLineage, flagExpired = "from-tags", "lineage", "expired"

func (t *tagFlags) registerFromTags(flags *pflag.FlagSet, text string) {
	flags.BoolVar(&t.fromTags, flagFromTags, false, text)
}

func (t *tagFlags) registerLineage(flags *pflag.FlagSet, l words.Language) {
	flags.StringVar(&t.lineage, flagLineage, "", l.Say("the `lineage` of the stack, or its beginning: tells stacks of one name apart"))
}

func (t *tagFlags) registerExpired(flags *pflag.FlagSet, text string) {
	flags.BoolVar(&t.expired, flagExpired, false, text)
}

// check refuses a lineage that nobody asks for.
func (t *tagFlags) check(command string, flags *pflag.FlagSet) error {
	switch {
	case !flags.Changed(flagLineage):
	case t.lineage == "":
		return usage("", "--lineage is empty: give a lineage, or leave the flag out")
	case !t.fromTags && !t.expired:
		return usage("vpclink "+command+" --from-tags --lineage "+typed(t.lineage), "--lineage tells apart what --from-tags finds: give that flag as well")
	}
	return nil
}
