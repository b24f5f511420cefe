package state

import "testing"

func TestKey(t *testing.T) {
	for _, c := range []struct {
		key              Key
		step, kind, name string
		resource         bool
	}{
		{NewKey("1.4.6", "route", "a", "b"), "1.4.6", "route", "a:b", true},
		{NewKey("0", "vpc", "a"), "0", "vpc", "a", true},
		{"1.4.6/route/a:b/c", "1.4.6", "route", "a:b/c", true},
		{"run/1", "run", "1", "", false},
		{"check/vpc/a", "check", "vpc", "a", false},
		{"drill/1", "drill", "1", "", false},
		{"main", "main", "", "", false},
		{"", "", "", "", false},
	} {
		k := c.key
		if k.Step() != c.step || k.Kind() != c.kind || k.Name() != c.name || k.IsResource() != c.resource {
			t.Errorf("key %q should be step %q, kind %q, name %q, a resource: %t; got %q, %q, %q, %t",
				k, c.step, c.kind, c.name, c.resource, k.Step(), k.Kind(), k.Name(), k.IsResource())
		}
	}
}
