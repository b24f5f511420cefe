package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/pflag"
)

// completed is what the shells are told: the names without their descriptions, sorted as they come, and the directive.
func (l *lab) completed(typed ...string) (list, directive string) {
	l.t.Helper()
	e := l.must(append([]string{"__completeNoDesc"}, typed...)...)
	lines := strings.Fields(e.out)
	return strings.Join(lines[:len(lines)-1], " "), lines[len(lines)-1]
}

const noFiles, onlyFolders = ":4", ":16"

func TestCompletion(t *testing.T) {
	l := newLab(t)
	l.must("up", "igw", "--vpcs", "a,b", "--target", "sim", "--sim-speed", "6000", "--progress", "quiet", "--stack", "blue")
	l.must("up", "igw", "--vpcs", "a,b", "--target", "sim", "--sim-speed", "6000", "--progress", "quiet", "--stack", "green")
	config := filepath.Join(t.TempDir(), "config")
	credentials := filepath.Join(t.TempDir(), "credentials")
	for path, text := range map[string]string{
		config: "[default]\nregion = eu-west-1\n[profile lab]\nsso_session = x\n; [profile no]\n[sso-session x]\n" +
			"[services local]\n  [profile \"two words\"]\n[profile teacher] # mine\n[broken\n[plain]\n",
		credentials: "[default]\naws_secret_access_key = [no]\n[lab]\n[keys]\r\n",
	} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	l.env["AWS_CONFIG_FILE"], l.env["AWS_SHARED_CREDENTIALS_FILE"] = config, credentials
	const profiles = "default keys lab teacher two words"
	for _, c := range []struct{ typed, want, directive string }{
		{"", "choose compare completion cost down help list plan sim status steps up version", noFiles},
		{"st", "status steps", noFiles},
		{"sim ", "ls reset serve", noFiles},
		{"completion ", "bash fish powershell zsh", noFiles},
		{"up ", "igw peering privatelink tgw", noFiles},
		{"up tgw ", "", noFiles},
		{"down ", "", noFiles},
		{"down --stack ", "blue green", noFiles},
		{"down --stack=", "blue green", noFiles},
		{"status -s ", "blue green", noFiles},
		{"status --state-dir /nowhere --stack ", "", noFiles},
		{"list --state-dir ", "", onlyFolders},
		{"list -o ", "text json", noFiles},
		{"up --target ", "aws localstack moto sim", noFiles},
		{"up tgw --os ", "windows linux", noFiles},
		{"up tgw --vpcs ", "", noFiles},
		{"up tgw --both", "--both-ways", noFiles},
		{"up --profile ", profiles, noFiles},
		{"up --target sim --profile ", "", noFiles},
		{"up --target moto --profile ", "", noFiles},
		{"up --endpoint-url http://127.0.0.1:1 --profile ", "", noFiles},
		{"help ", "choose compare completion cost down help list plan sim status steps up version exit-codes environment state vpcs", noFiles},
		{"cost ", "igw peering privatelink tgw", noFiles},
		{"cost igw ", "", noFiles},
		{"cost --format ", "text svg", noFiles},
		{"compare --format ", "text md", noFiles},
		{"choose --no", "--no-igw", noFiles},
		{"help sim ", "ls reset serve", noFiles},
		{"help exit-codes ", "", noFiles},
		{"up --target simm --stack ", "", ":0"}, // the line is wrong already: the shell's own way
	} {
		list, directive := l.completed(strings.Split(c.typed, " ")...)
		if list != c.want || directive != c.directive {
			t.Errorf("after vpclink %q come %q %s, expected %q %s", c.typed, list, directive, c.want, c.directive)
		}
	}
	all, _ := l.completed("up", "--region", "")
	if !slices.Contains(strings.Fields(all), "ap-northeast-1") {
		t.Errorf("for --region come %q, expected AWS's regions", all)
	}
}

// Whatever is wrong with the folder or the files, whoever completes hears nothing of it: the shells show stdout alone.
func TestCompletionIsSilent(t *testing.T) {
	l := newLab(t)
	l.env["AWS_CONFIG_FILE"], l.env["AWS_SHARED_CREDENTIALS_FILE"] = l.dir, "/nowhere"
	if err := os.WriteFile(filepath.Join(l.dir, "stacks"), nil, 0o600); err != nil { // a file where a folder should be
		t.Fatal(err)
	}
	for _, typed := range []string{"down --stack ", "up --profile ", "up --region ", "nonsense ", "up --no-such-flag=x "} {
		e := l.run(append([]string{"__complete"}, strings.Split(typed, " ")...)...)
		if e.code != exitDone || strings.Contains(e.out, "✗") || strings.Contains(e.out, l.dir) || strings.Contains(e.err, "✗") {
			t.Errorf("completing %q ended with %d and\n%s%s\nexpected 0 and no error", typed, e.code, e.out, e.err)
		}
	}
	if made := l.files(); made != "stacks" {
		t.Errorf("completing made %s, expected it to make nothing", made)
	}
}

// Every flag of a few values completes to them, also one that is added later.
func TestChoicesComplete(t *testing.T) {
	flags := 0
	for _, cmd := range allCommands(newRoot(newApp())) {
		cmd.InheritedFlags() // which joins them to the command's own
		cmd.Flags().VisitAll(func(f *pflag.Flag) {
			c, chosen := f.Value.(choice)
			if !chosen {
				return
			}
			complete, there := cmd.GetFlagCompletionFunc(f.Name)
			if !there {
				t.Errorf("%s --%s does not complete, expected %v", cmd.CommandPath(), f.Name, c.of)
				return
			}
			if list, _ := complete(cmd, nil, ""); !slices.Equal(list, c.of) {
				t.Errorf("%s --%s completes to %v, expected %v", cmd.CommandPath(), f.Name, list, c.of)
			}
			flags++
		})
	}
	if flags < 20 {
		t.Errorf("%d flags were looked at, expected some of every command", flags)
	}
}

// Each shell's script names the program and asks it.
func TestCompletionScripts(t *testing.T) {
	l := newLab(t)
	for _, sh := range shells {
		out := l.must("completion", sh.name).out
		if !strings.Contains(out, "__complete") || !strings.Contains(out, "vpclink") {
			t.Errorf("completion %s prints\n%.200s\nexpected a script that asks vpclink", sh.name, out)
		}
	}
	if made := l.files(); made != "" {
		t.Errorf("completion made %s, expected it to make nothing", made)
	}
}

func TestRegions(t *testing.T) {
	seen := map[string]bool{}
	for _, r := range regions {
		if err := checkRegion(r.name); err != nil {
			t.Errorf("a region of the table is refused: %v", err)
		}
		if seen[r.name] || r.place == "" {
			t.Errorf("%s is there twice or nowhere", r.name)
		}
		seen[r.name] = true
	}
	for _, other := range []string{"us-gov-west-1", "cn-north-1", "eusc-de-east-1", "us-iso-east-1", "ap-northeast-9"} {
		if err := checkRegion(other); err != nil {
			t.Errorf("%s can be a region, expected it to be taken: %v", other, err)
		}
	}
}
