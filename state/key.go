package state

import "strings"

// Key names one resource of a stack for the life of that stack: step/kind/name, with :peer or :n behind the name
// where one name is not enough ("1.4.6/route/a:b" is a's route to b). Keys are tags at AWS and JSON for scripts.
// Keys beginning with "run/", "check/" and "drill/" are the journal's own and name no resource.
type Key string

// NewKey puts a key together; several names are joined by colons.
func NewKey(step, kind string, names ...string) Key {
	return Key(step + "/" + kind + "/" + strings.Join(names, ":"))
}

// part returns the i-th of the three parts, "" when the key has fewer.
func (k Key) part(i int) string {
	parts := strings.SplitN(string(k), "/", 3)
	if i >= len(parts) {
		return ""
	}
	return parts[i]
}

// Step returns the tutorial's number, "0" for the foundation.
func (k Key) Step() string { return k.part(0) }

// Kind returns the kind's word, such as "tgw-attachment".
func (k Key) Kind() string { return k.part(1) }

// Name returns the rest: "a", or "a:b" for a thing that leads from a to b.
func (k Key) Name() string { return k.part(2) }

// IsResource tells a resource's key from the journal's own.
func (k Key) IsResource() bool {
	switch k.Step() {
	case "run", "check", "drill":
		return false
	}
	return k.Kind() != ""
}
