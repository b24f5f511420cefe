package state

import (
	"strings"
	"testing"
)

func TestCheckStackName(t *testing.T) {
	for _, good := range []string{"a", "tgw", "lab-01", "a-", strings.Repeat("x", 32)} {
		if err := CheckStackName(good); err != nil {
			t.Errorf("%q should be a name, not be refused: %v", good, err)
		}
	}
	for _, bad := range []string{
		"", "1a", "-a", "A", "aB", "a_b", "a.b", "a/b", "../a", "a b", "a\n", "é", "a\x00", strings.Repeat("x", 33),
	} {
		if err := CheckStackName(bad); !isA[*NameError](err) {
			t.Errorf("%q should be refused with a NameError, not with %v", bad, err)
		}
	}
	wantText(t, "an empty name", CheckStackName(""), `"" cannot be the name of a stack: it is empty; it is 1 to 32 of`)
}
