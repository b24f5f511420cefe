package words

import (
	"errors"
	"fmt"
	"io/fs"
	"testing"
)

var errPlain = errors.New("not ours")

// said is a Speaker as the packages have them.
type said struct{}

func (said) Error() string         { return "english" }
func (said) Say(l Language) string { return "in " + string(l) }

func TestSay(t *testing.T) {
	const full = "stack %q is in use: %s on %s runs %q as process %d since %s" // whose translation has another order
	args := []any{"tgw", "hana", "host", "vpclink up", 7, "noon"}
	for _, c := range []struct {
		name, got, want string
	}{
		{"english", English.Say(full, args...), `stack "tgw" is in use: hana on host runs "vpclink up" as process 7 since noon`},
		{"japanese", Japanese.Say(full, args...), `スタック "tgw" は使用中です: host の hana が "vpclink up" をプロセス 7 で実行しています (noon から)`},
		{"no entry", Japanese.Say("no entry: %d", 3), "no entry: 3"},
		{"text as argument", Japanese.Say("%s!", Text("there is no such stack")), "そのスタックはありません!"},
		{"speaker as argument", Japanese.Say("%s!", said{}), "in ja!"},
		{"error as argument", Japanese.Say("%s!", New("there is no such stack")), "そのスタックはありません!"},
		{"unknown language", Language("fr").Say("there is no such stack"), "there is no such stack"},
	} {
		if c.got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, c.got, c.want)
		}
	}
}

func TestError(t *testing.T) {
	none := New("there is no such stack")
	path := &fs.PathError{Op: "open", Path: "f", Err: errPlain}
	for _, c := range []struct {
		name     string
		err      error
		japanese string
	}{
		{"nil", nil, ""},
		{"ours", none, "そのスタックはありません"},
		{"ours around ours", Errorf("stack %q: %w", "a", none), `スタック "a": そのスタックはありません`},
		{"ours around theirs", Errorf("opening the journal: %w", path), "ジャーナルを開けません: open f: not ours"},
		{"theirs around ours", fmt.Errorf("theirs: %w", none), "theirs: そのスタックはありません"},
		{"joined", errors.Join(none, errPlain, none), "そのスタックはありません\nnot ours\nそのスタックはありません"},
		{"two in one", Errorf("%w: %w", none, errPlain), "そのスタックはありません: not ours"},
		{"speaker", fmt.Errorf("theirs: %w", said{}), "theirs: in ja"},
	} {
		if got := Japanese.Error(c.err); got != c.japanese {
			t.Errorf("%s: got %q, want %q", c.name, got, c.japanese)
		}
		english := ""
		if c.err != nil {
			english = c.err.Error()
		}
		if got := English.Error(c.err); got != english && c.name != "speaker" {
			t.Errorf("%s: got %q in English, want what Error says: %q", c.name, got, english)
		}
	}
}

func TestErrorfWraps(t *testing.T) {
	none := New("there is no such stack")
	err := Errorf("%w: %w", none, errPlain)
	if !errors.Is(err, none) || !errors.Is(err, errPlain) {
		t.Errorf("want %v to wrap both its errors", err)
	}
	if errors.Is(Errorf("%v", errPlain), errPlain) {
		t.Error("want an error that is only told, not wrapped, to stay so, as with fmt.Errorf")
	}
}
