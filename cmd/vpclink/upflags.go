package main

import (
	"net/netip"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"vpclink/provision"
	"vpclink/words"
)

// upFlags are the flags of up.
type upFlags struct {
	vpcs           items
	azs, prefixLen int
	pool           string
	routes, os     string
	instanceType   string
	image, key     string
	instances, dns bool
	bothWays       bool
	prune          bool
	stepByStep     bool // not of plan
	strict         bool
	subnets        []string // of VPCs that are there already
	instance       []string
	tags           []string
	expires        string
}

func (u *upFlags) register(flags *pflag.FlagSet, l words.Language) {
	u.os = provision.OSWindows
	flags.Var(&u.vpcs, "vpcs", l.Say("the VPCs to link: a name each, with its block if it shall have a certain one, or the ID of one that is there"))
	flags.IntVar(&u.azs, "azs", 1, l.Say("availability zones, with a subnet in each"))
	flags.StringVar(&u.pool, "cidr-pool", "10.0.0.0/8", l.Say("`block` from which VPCs get theirs"))
	flags.IntVar(&u.prefixLen, "prefix-len", 0, l.Say("`length` of the VPCs' blocks, 16 to 28 (default: 16, more for more than 256 VPCs)"))
	flags.Var(oneOf(&u.routes, provision.RoutesEach, provision.RoutesSummary), provision.FlagRoutes, l.Say("a route and a rule per peer, or per private block (default: each up to 50 VPCs)"))
	flags.Var(oneOf(&u.os, provision.OSWindows, provision.OSLinux), "os", l.Say("operating system of the instances"))
	flags.StringVar(&u.instanceType, "instance-type", "", l.Say("`type` of the instances (default: t3.medium, for linux t3.micro)"))
	flags.StringVar(&u.image, "image", "", l.Say("`AMI` of the instances (default: the newest Windows Server 2022 or Amazon Linux 2023)"))
	flags.StringVar(&u.key, "key", "", l.Say("`name` of the key pair of the instances"))
	flags.BoolVar(&u.instances, "instances", true, l.Say("start an instance in each VPC"))
	flags.BoolVar(&u.dns, provision.FlagDNS, false, l.Say("resolve host names over the peerings (%s)", strings.Join(provision.TakenBy(provision.FlagDNS), ", ")))
	flags.BoolVar(&u.bothWays, provision.FlagBothWays, false, l.Say("a service in each direction (%s)", strings.Join(provision.TakenBy(provision.FlagBothWays), ", ")))
	flags.StringArrayVar(&u.subnets, provision.FlagSubnets, nil, l.Say("the subnets of a VPC that is there already, one in an AZ: `NAME=ID,ID`; can be repeated"))
	flags.StringArrayVar(&u.instance, provision.FlagInstance, nil, l.Say("the instance of a VPC that is there already: `NAME=ID`; can be repeated"))
	flags.BoolVar(&u.strict, "strict", false, l.Say("refuse what would be a warning, such as an internet gateway on a VPC that is there already"))
	flags.StringVar(&u.expires, flagExpires, "", l.Say("a `time` like 8h or 3d, a moment like 2027-01-31T18:00, or never: when vpclink down --expired takes the stack away"))
	flags.BoolVar(&u.prune, flagPrune, false, l.Say("take away the VPCs that --vpcs leaves out, with all that links them"))
	flags.StringArrayVar(&u.tags, "tag", nil, l.Say("further `KEY=VALUE` on everything made; can be repeated"))
}

// mostAZs is more than any region has.
const mostAZs = 16

// request reads the flags, with what the stack keeps filled in. It refuses what needs no look at AWS to be wrong.
func (u *upFlags) request(name string, pattern provision.Pattern, given func(string) bool) (provision.Request, error) {
	r := provision.Request{
		Stack: name, Pattern: pattern, AZs: u.azs, PrefixLen: u.prefixLen, Routes: u.routes, OS: u.os,
		Type: u.instanceType, Image: u.image, KeyName: u.key, Instances: u.instances, DNS: u.dns, BothWays: u.bothWays, Prune: u.prune,
		Strict: u.strict,
	}
	if !u.vpcs.given {
		return r, usage("vpclink up "+pattern.Name+" --vpcs a,b,c", "--vpcs is missing: it names the VPCs to link")
	}
	for _, flag := range []string{provision.FlagRoutes, provision.FlagDNS, provision.FlagBothWays} {
		if given(flag) && !pattern.Takes(flag) {
			return r, usage("", "--%s is not for %s: leave it out, or link with %s", flag, pattern.Name, eitherOf(provision.TakenBy(flag)))
		}
	}
	var err error
	if r.Items, err = provision.ParseItems(u.vpcs.list); err != nil {
		return r, err
	}
	if i := slices.IndexFunc(u.instance, func(s string) bool { return s == "true" || s == "false" }); i >= 0 {
		return r, usage("", "--%s %s: did you mean --instances=%[2]s?", provision.FlagInstance, u.instance[i])
	}
	if r.Choice, err = provision.ParseChoice(u.subnets, u.instance); err != nil {
		return r, err
	}
	r.Pool, err = netip.ParsePrefix(u.pool)
	switch {
	case err != nil || !r.Pool.Addr().Is4():
		return r, usage("", "--cidr-pool %q: it is an IPv4 block like 10.0.0.0/8", u.pool)
	case r.Pool != r.Pool.Masked():
		return r, usage("", "--cidr-pool %s has host bits set: write %s", u.pool, r.Pool.Masked())
	case given("prefix-len") && u.prefixLen == 0:
		return r, usage("", "--prefix-len 0: a VPC's block is /16 to /28")
	case u.azs < 1 || u.azs > mostAZs:
		return r, usage("", "--azs %d: it is 1 to the number of AZs of the region", u.azs)
	}
	return r, nil
}

// The limits of tags (AWS's general rules), and how many of them vpclink itself needs.
const (
	longestTagKey, longestTagValue = 128, 256
	mostTags                       = 50 - 7
)

// tagMap reads --tag.
func (u *upFlags) tagMap() (map[string]string, error) {
	tags := map[string]string{}
	for _, text := range u.tags {
		key, value, ok := strings.Cut(text, "=")
		switch lower := strings.ToLower(key); {
		case !ok || key == "":
			return nil, usage("", "--tag %q: write it like owner=alice", text)
		case strings.HasPrefix(lower, "aws:"), strings.HasPrefix(lower, "vpclink:"), key == "Name":
			return nil, usage("", "--tag %q: tags named aws:…, vpclink:… and Name are not yours to set", text)
		case len([]rune(key)) > longestTagKey || len([]rune(value)) > longestTagValue:
			return nil, usage("", "--tag %q: a key has up to %d letters, a value up to %d", key, longestTagKey, longestTagValue)
		}
		tags[key] = value
	}
	if len(tags) > mostTags {
		return nil, usage("", "--tag is given %d times: AWS keeps 50 tags, and vpclink needs 7 of them", len(tags))
	}
	return tags, nil
}
