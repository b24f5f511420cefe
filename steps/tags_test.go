package steps

import (
	"regexp"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"vpclink/state"
)

func TestTagged(t *testing.T) {
	rec := state.Record{Key: "1.4.6/route/a:b", Token: "token-1"}
	env := here(nil)
	env.Stack.Tags = map[string]string{"course": "vpc-101", TagLineage: "not so", TagName: "nor so"} // ours count
	want := []types.Tag{
		{Key: new("Name"), Value: new("lab-a:b")},
		{Key: new("course"), Value: new("vpc-101")},
		{Key: new("vpclink:key"), Value: new("1.4.6/route/a:b")},
		{Key: new("vpclink:lineage"), Value: new(lineage)},
		{Key: new("vpclink:pattern"), Value: new("tgw")},
		{Key: new("vpclink:stack"), Value: new("lab")},
		{Key: new("vpclink:token"), Value: new("token-1")},
	}
	same(t, "the same tags, in order, on each of the things that one call makes", []types.TagSpecification{
		{ResourceType: "instance", Tags: want}, {ResourceType: "volume", Tags: want},
	}, env.tagged(rec, types.ResourceTypeInstance, types.ResourceTypeVolume))
	if env.Stack.Tags[TagName] != "nor so" {
		t.Errorf("want the user's own tags left as they are, got %v", env.Stack.Tags)
	}
}

func TestDisplayName(t *testing.T) {
	env := here(nil)
	for key, want := range map[state.Key]string{
		"0/vpc/a": "lab-a", "0/security-group-rule/a:b": "lab-a:b", "1.4.1/transit-gateway/tgw": "lab-tgw", "1.4.1/transit-gateway/lab": "lab",
	} {
		if got := env.displayName(key); got != want {
			t.Errorf("want %s shown as %q, got %q", key, want, got)
		}
	}
}

func TestOwner(t *testing.T) {
	const key state.Key = "0/vpc/a"
	onlyKey := []types.Tag{{Key: new(TagKey), Value: new(string(key))}}
	for _, test := range []struct {
		name    string
		lineage string
		tags    []types.Tag
		want    state.Key
	}{
		{"ours", lineage, ours(key), key},
		{"no tags", lineage, nil, ""},
		{"another lineage with the same key", lineage, theirs(key), ""},
		{"the key taken off", lineage, ours(key)[:1], ""},
		{"the lineage taken off", lineage, onlyKey, ""},
		{"no lineage on either side", "", onlyKey, ""},
		{"a tag without a value", lineage, []types.Tag{{Key: new(TagLineage)}, {}, {Key: new(TagKey), Value: new(string(key))}}, ""},
		{"AWS's keys are exact", lineage, []types.Tag{{Key: new("VPCLINK:lineage"), Value: new(lineage)}, {Key: new(TagKey), Value: new("0/vpc/a")}}, ""},
	} {
		env := here(nil)
		env.Stack.Lineage = test.lineage
		if got := env.owner(test.tags); got != test.want {
			t.Errorf("%s: want the owner %q, got %q", test.name, test.want, got)
		}
	}
}

func TestUniqueName(t *testing.T) {
	one, other := here(nil), here(nil)
	other.Stack.Lineage = "ffffffff-0000-4000-8000-000000000000"
	name := one.uniqueName("0/security-group/a")
	if name != one.uniqueName("0/security-group/a") {
		t.Error("want the same name for the same key every time")
	}
	if name == one.uniqueName("0/security-group/b") || name == other.uniqueName("0/security-group/a") {
		t.Error("want another name for another key and for another stack")
	}
	if !regexp.MustCompile(`^vl-[0-9a-z-]{1,29}$`).MatchString(name) {
		t.Errorf("want at most 32 letters, digits and hyphens, got %q", name)
	}
	other.Stack.Lineage = "abc"
	if got := other.uniqueName("k"); !strings.HasPrefix(got, "vl-abc-") {
		t.Errorf("want a short lineage taken as it is, got %q", got)
	}
}
