package main

import (
	"strings"
	"testing"
)

func TestHelp(t *testing.T) {
	l := newLab(t)
	for _, typed := range []string{"", "--help", "help", "sim", "up --help", "help up", "sim ls --help"} {
		e := l.run(strings.Fields(typed)...)
		if e.code != exitDone || !strings.Contains(e.out, "Examples:") || e.err != "" {
			t.Errorf("vpclink %s ended with %d, stdout\n%s\nstderr\n%s\nexpected help with examples on stdout, and 0", typed, e.code, e.out, e.err)
		}
	}
	all := l.must("up", "--help").out + l.must("--help").out
	for _, later := range []string{"verify", "strict", "expires"} {
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
