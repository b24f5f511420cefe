package sim

import (
	"maps"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
)

// facets are what the filters of an action look at: for a filter's name the values that a thing has. The documented
// names that have no facet are taken as well, and match nothing: no thing of the simulator has that property.
type facets[T entry] map[string]func(*call, T) []string

// maxFilterValues is AWS's bound for one request.
const maxFilterValues = 200

// matching lists the things that match all filters; a filter matches when one of its values does. A name that AWS
// does not document for the action is an error, but "tag:KEY" and "tag-key" are taken everywhere.
func matching[T entry](c *call, list []T, filters []types.Filter, of facets[T]) ([]T, error) {
	values, wanted := 0, make([]wish, 0, len(filters))
	for _, f := range filters {
		name := deref(f.Name)
		if name != "tag-key" && !strings.HasPrefix(name, "tag:") && !slices.Contains(c.model.Operations[c.action].Filters, name) {
			return nil, invalid("The filter '%s' is invalid", name)
		}
		if values += len(f.Values); values > maxFilterValues {
			return nil, fail("FilterLimitExceeded", "The maximum number of filter values specified on a single call is %d", maxFilterValues)
		}
		wanted = append(wanted, wishOf(f))
	}
	var kept []T
	for _, v := range list {
		if !slices.ContainsFunc(wanted, func(w wish) bool { return !slices.ContainsFunc(facet(c, v, w.name, of), w.has) }) {
			kept = append(kept, v)
		}
	}
	return kept, nil
}

// wish is a filter as it is compared: most values are plain, and a table finds one of two hundred at once.
type wish struct {
	name     string
	plain    map[string]bool
	patterns []string
}

func wishOf(f types.Filter) wish {
	w := wish{name: deref(f.Name), plain: map[string]bool{}}
	for _, v := range f.Values {
		if strings.ContainsAny(v, `*?\`) {
			w.patterns = append(w.patterns, v)
		} else {
			w.plain[v] = true
		}
	}
	return w
}

func (w wish) has(value string) bool {
	return w.plain[value] || slices.ContainsFunc(w.patterns, func(pattern string) bool { return like(pattern, value) })
}

// facet returns the values that a thing has for a filter.
func facet[T entry](c *call, v T, name string, of facets[T]) []string {
	tags := v.base().tags
	if key, ok := strings.CutPrefix(name, "tag:"); ok {
		if value, ok := tags[key]; ok {
			return []string{value}
		}
		return nil
	}
	if name == "tag-key" {
		return sortedKeys(tags)
	}
	if look := of[name]; look != nil {
		return look(c, v)
	}
	return nil
}

// like compares with AWS's wildcards: * is any number of characters, ? is one, a backslash takes their meaning away.
func like(pattern, s string) bool {
	p, at := 0, 0
	star, retry := -1, 0 // the last * and where in s its match ends so far
	for at < len(s) {
		if p < len(pattern) {
			switch ch := pattern[p]; {
			case ch == '*':
				star, retry = p, at
				p++
				continue
			case ch == '?':
				p, at = p+1, at+1
				continue
			case ch == '\\' && p+1 < len(pattern) && pattern[p+1] == s[at]:
				p, at = p+2, at+1
				continue
			case ch == s[at]:
				p, at = p+1, at+1
				continue
			}
		}
		if star < 0 {
			return false
		}
		retry++
		p, at = star+1, retry
	}
	return strings.Trim(pattern[p:], "*") == ""
}

// one makes a facet of a single value; "" means that the thing has none.
func one[T entry](look func(T) string) func(*call, T) []string {
	return func(_ *call, v T) []string {
		if s := look(v); s != "" {
			return []string{s}
		}
		return nil
	}
}

// common are the facets that every kind has: its ID, its state, who owns it.
func common[T entry](id, state string, more facets[T]) facets[T] {
	all := facets[T]{
		id:         func(_ *call, v T) []string { return []string{v.base().id} },
		"owner-id": func(c *call, _ T) []string { return []string{c.account} },
	}
	if state != "" {
		all[state] = func(c *call, v T) []string { return []string{v.state(c.now)} }
	}
	maps.Copy(all, more)
	return all
}
