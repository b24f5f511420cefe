package state

import "testing"

func TestDir(t *testing.T) {
	type vars = map[string]string
	for _, c := range []struct {
		name, flag string
		env        vars
		want       string
	}{
		{"the flag", "mine", vars{"VPCLINK_STATE_DIR": "/v", "XDG_STATE_HOME": "/x", "HOME": "/h"}, "mine"},
		{"the variable", "", vars{"VPCLINK_STATE_DIR": "/v", "XDG_STATE_HOME": "/x", "HOME": "/h"}, "/v"},
		{"XDG", "", vars{"XDG_STATE_HOME": "/x", "HOME": "/h"}, "/x/vpclink"},
		{"XDG that is relative, so ignored", "", vars{"XDG_STATE_HOME": "x", "HOME": "/h"}, "/h/.local/state/vpclink"},
		{"home", "", vars{"HOME": "/h", "USERPROFILE": "/u"}, "/h/.local/state/vpclink"},
		{"home on Windows", "", vars{"USERPROFILE": "/u"}, "/u/.local/state/vpclink"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := must(Dir(c.flag, func(name string) string { return c.env[name] }))(t)
			if got != c.want {
				t.Errorf("the folder should be %s, not %s", c.want, got)
			}
		})
	}
	_, err := Dir("", func(string) string { return "" })
	wantText(t, "looking for a folder without a home", err, "--state-dir")
}
