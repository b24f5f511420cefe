package main

import (
	"strings"
	"testing"
)

// TestRefused lists what is refused as it was typed: exit 2, nothing on stdout, one sentence on stderr, nothing made.
func TestRefused(t *testing.T) {
	for _, c := range []struct {
		typed string
		says  string
	}{
		{"graph", `unknown command "graph"`},
		{"lst", "vpclink list"}, // did you mean
		{"sim lss", "vpclink sim ls"},
		{"completion bash", `unknown command "completion"`},
		{"help foo", `there is no command "foo"`},
		{"--nope", "vpclink has no flag --nope"},
		{"up", "up needs a pattern: igw, peering, privatelink, tgw"},
		{"up hub --vpcs a,b", `there is no pattern "hub"; there are: igw, peering, privatelink, tgw`},
		{"up tgw a,b", `"a,b" is one too many`},
		{"up tgw", "--vpcs is missing"},
		{"up tgw --vpcs", "--vpcs needs a value"},
		{"up tgw --vpcs=", "--vpcs names 0 VPC"},
		{"up tgw --vpcs a", "a link needs two at least"},
		{"up tgw --vpcs a,a", `names "a" twice`},
		{"up tgw --vpcs A,b", `"A" is no name for a VPC`},
		{"up tgw --vpcs a,", `"" is no name for a VPC`},
		{"up tgw --vpcs a@us-east-1,b", "another region or account, which vpclink cannot do yet"},
		{"up tgw --vpcs vpc-0123456789abcdef0,b", "is an existing VPC, which vpclink cannot use yet"},
		{"up tgw --vpcs a=vpc-01234567,b", "is an existing VPC"},
		{"up tgw --vpcs a=10.1.2.3/16,b", "has host bits set: write 10.1.0.0/16"},
		{"up tgw --vpcs a=10.0.0.0/8,b", "/16 to /28"},
		{"up tgw --vpcs a=10.1.0.0/16,b=10.1.128.0/17", "overlap"},
		{"up tgw --vpcs a,b --cidr-pool ten", `--cidr-pool "ten"`},
		{"up tgw --vpcs a,b --cidr-pool fd00::/8", "IPv4"},
		{"up tgw --vpcs a,b --cidr-pool 10.0.0.1/8", "has host bits set"},
		{"up tgw --vpcs a,b,c --cidr-pool 10.0.0.0/27", "has no free /28 left"},
		{"up tgw --vpcs a,b --prefix-len 8", "/16 to /28"},
		{"up tgw --vpcs a,b --prefix-len 0", "/16 to /28"},
		{"up tgw --vpcs a,b --azs 0", "--azs 0"},
		{"up tgw --vpcs a,b --azs 1000000000", "--azs 1000000000"},
		{"up tgw --vpcs a,b --azs two", `--azs "two": it is a whole number`},
		{"up tgw --vpcs a,b --os mac", `--os "mac": choose windows or linux`},
		{"up tgw --vpcs a,b --routes some", "choose each or summary"},
		{"up tgw --vpcs a,b --instances=perhaps", "it is true or false"},
		{"up tgw --vpcs a,b --tag owner", "write it like owner=alice"},
		{"up tgw --vpcs a,b --tag vpclink:key=x", "not yours to set"},
		{"up tgw --vpcs a,b --tag AWS:x=y", "not yours to set"},
		{"up tgw --vpcs a,b --target moon", "choose aws or localstack or moto or sim"},
		{"up tgw --vpcs a,b --timeout 5", "it is a time like 90s"},
		{"up tgw --vpcs a,b --timeout -1s", "above 0"},
		{"up tgw --vpcs a,b --settle=-1s", "--settle"},
		{"up tgw --vpcs a,b --sim-speed 0", "--sim-speed 0"},
		{"up tgw --vpcs a,b --sim-speed NaN", "--sim-speed NaN"},
		{"up tgw --vpcs a,b --sim-speed x", "it is a number"},
		{"up tgw --vpcs a,b --stack=", "--stack is empty"},
		{"up tgw --vpcs a,b --stack ../x", `"../x" cannot be the name of a stack`},
		{"up tgw --vpcs a,b --state-dir=", "--state-dir is empty"},
		{"up tgw --vpcs a,b --prune", "vpclink up has no flag --prune"},
		{"up tgw --vpcs a,b -x", "vpclink up has no flag -x"},
		{"up igw --vpcs a,b --routes each", "--routes is not for igw: leave it out, or link with peering or tgw"},
		{"up igw --vpcs a,b --instances=false", "igw needs the instances"},
		{"up tgw --vpcs a,b --dns", "--dns is not for tgw: leave it out, or link with peering"},
		{"up peering --vpcs a,b --both-ways", "--both-ways is not for peering: leave it out, or link with privatelink"},
		{"up peering --vpcs a=10.1.0.0/16,b=10.1.128.0/17", "a (10.1.0.0/16) and b (10.1.128.0/17) overlap"},
		{"up privatelink --vpcs a,b --instances=false", "privatelink needs the instances"},
		{"up tgw --vpcs a,b --debug --progress json", "--debug and --progress json both write to stderr"},
		{"down --stack=", "--stack is empty"},
		{"down --stack nope", "there is no stack nope"},
		{"down", "there is no stack"},
		{"down tgw", `vpclink down takes no "tgw"`},
		{"status", "there is no stack"},
		{"status --stack nope", "there is no stack nope"},
		{"status tgw", `takes no "tgw"`},
		{"list tgw", `takes no "tgw"`},
		{"list -o yaml", "choose text or json"},
		{"list --progress tty", "choose auto or plain or json or quiet"},
		{"version 1", `takes no "1"`},
		{"sim reset", "There is no terminal to ask on"},
	} {
		t.Run(c.typed, func(t *testing.T) {
			l := newLab(t)
			e := l.run(strings.Fields(c.typed)...)
			if e.code != exitUsage || e.out != "" {
				t.Errorf("ended with %d and %q on stdout, expected 2 and nothing", e.code, e.out)
			}
			if !strings.HasPrefix(e.err, "✗ ") || !strings.Contains(e.err, c.says) {
				t.Errorf("stderr is\n%s\nexpected a sentence with %q", e.err, c.says)
			}
			if made := l.files(); made != "" {
				t.Errorf("a refused command made %s, expected it to make nothing", made)
			}
		})
	}
}

func TestHelp(t *testing.T) {
	l := newLab(t)
	for _, typed := range []string{"", "--help", "help", "sim", "up --help", "help up", "sim ls --help"} {
		e := l.run(strings.Fields(typed)...)
		if e.code != exitDone || !strings.Contains(e.out, "Examples:") || e.err != "" {
			t.Errorf("vpclink %s ended with %d, stdout\n%s\nstderr\n%s\nexpected help with examples on stdout, and 0", typed, e.code, e.out, e.err)
		}
	}
	all := l.must("up", "--help").out + l.must("--help").out
	for _, later := range []string{"verify", "prune", "strict", "lang", "expires", "completion", "color", "tty"} {
		if strings.Contains(all, later) {
			t.Errorf("help speaks of %q, which is not built", later)
		}
	}
}

func TestVersion(t *testing.T) {
	l := newLab(t)
	said := l.must("version").out
	if !strings.HasPrefix(said, "vpclink 0.1.0 (go1.") {
		t.Errorf("version says %q, expected vpclink 0.1.0 and the Go version", said)
	}
	if flag := l.must("--version").out; flag != said {
		t.Errorf("--version says %q, version %q; expected the same", flag, said)
	}
	if got := l.must("version", "-o", "json").out; !strings.HasPrefix(got, `{"vpclink":1,"version":"0.1.0",`) {
		t.Errorf("version -o json says %s", got)
	}
}
