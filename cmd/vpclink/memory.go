package main

import (
	"slices"

	"github.com/spf13/pflag"

	"vpclink/cloud"
	"vpclink/provision"
	"vpclink/state"
	"vpclink/words"
)

// remembered are the flags that a stack keeps: a later command that does not give them takes what the last up was given.
var remembered = []string{
	"vpcs", "azs", "cidr-pool", "prefix-len", provision.FlagRoutes, "os", "instance-type", "image", "key", "instances", provision.FlagDNS, provision.FlagBothWays, "tag",
	provision.FlagSubnets, provision.FlagInstance, "strict",
	flagSpeed, flagQuotas, flagLimits,
}

// asTyped lists the arguments and the flags that were given, in a form that can be parsed again.
func asTyped(flags *pflag.FlagSet, args []string) []string {
	list := slices.Clone(args)
	flags.Visit(func(f *pflag.Flag) {
		values := []string{f.Value.String()}
		if many, ok := f.Value.(pflag.SliceValue); ok {
			values = many.GetSlice()
		}
		for _, v := range values {
			list = append(list, "--"+f.Name+"="+v)
		}
	})
	return list
}

// given is what an up was given, and the flags of it that AWS did not take.
type given struct{ args, refused []string }

// recall sets the flags that were not given and that the stack keeps. Flags which this command does not have are passed
// over; so is what a run was given that failed for just that.
func recall(flags *pflag.FlagSet, j *state.Journal) {
	all := []given{{args: j.Header().Args}}
	for _, run := range j.Runs() {
		if run.N == 1 {
			all[0].refused = run.Refused // the one that began the stack
		}
		if run.Command == "up" && run.Outcome != "refused" && run.Outcome != outcomeDifferent {
			all = append(all, given{run.Args, run.Refused})
		}
	}
	for _, g := range slices.Backward(all) {
		past := pflag.NewFlagSet("past", pflag.ContinueOnError)
		past.ParseErrorsAllowlist.UnknownFlags = true
		(&globals{}).register(past, words.English)
		(&upFlags{}).register(past, words.English)
		if past.Parse(g.args) != nil {
			continue // a later vpclink may have flags of other forms
		}
		past.Visit(func(f *pflag.Flag) {
			if !slices.Contains(g.refused, f.Name) {
				keep(flags, f)
			}
		})
	}
}

// faulty are the codes by which AWS says that a flag's value is nothing it has.
var faulty = map[string][]string{
	"key":   {"InvalidKeyPair.NotFound"},
	"image": {"InvalidAMIID.NotFound", "InvalidAMIID.Unavailable", "InvalidAMIID.Malformed"},
}

// notTaken are the flags of which AWS did not take the value, nil when there is none.
func notTaken(err error) []string {
	var flags []string
	for flag, codes := range faulty {
		if err != nil && slices.ContainsFunc(causes(err), func(err error) bool { return cloud.HasCode(err, codes...) }) {
			flags = append(flags, flag)
		}
	}
	slices.Sort(flags)
	return flags
}

// keep takes over one flag of the past. What cannot be set is left at its default.
func keep(flags *pflag.FlagSet, past *pflag.Flag) {
	now := flags.Lookup(past.Name)
	if now == nil || now.Changed || !slices.Contains(remembered, past.Name) {
		return
	}
	many, ok := past.Value.(pflag.SliceValue)
	if !ok {
		_ = flags.Set(past.Name, past.Value.String())
		return
	}
	for _, v := range many.GetSlice() {
		_ = flags.Set(past.Name, v)
	}
}
