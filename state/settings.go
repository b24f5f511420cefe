package state

import (
	"bytes"
	"cmp"
	"encoding/json"
	"maps"
	"slices"

	"vpclink/words"
)

// Ref points at another record: at its ID when Field is "", else at that entry of its Out.
type Ref struct {
	Key   Key    `json:"ref"`
	Field string `json:"field,omitempty"`
}

// Value is one setting: a literal, or a Ref that is looked up when the record it points at is ready.
// In JSON a literal is a string and a reference is {"ref":KEY,"field":FIELD}.
type Value struct {
	Literal string
	Ref     Ref
}

// Literal makes a Value that says what it is.
func Literal(s string) Value { return Value{Literal: s} }

// String returns the literal, "" as long as the value is an unresolved reference.
func (v Value) String() string { return v.Literal }

// IsRef reports whether the value still points at another record.
func (v Value) IsRef() bool { return v.Ref.Key != "" }

// MarshalJSON writes the form described at Value.
func (v Value) MarshalJSON() ([]byte, error) {
	if v.IsRef() {
		return json.Marshal(v.Ref)
	}
	return json.Marshal(v.Literal)
}

// UnmarshalJSON reads the form described at Value.
func (v *Value) UnmarshalJSON(data []byte) error {
	*v = Value{}
	if len(data) > 0 && data[0] == '{' {
		return json.Unmarshal(data, &v.Ref)
	}
	return json.Unmarshal(data, &v.Literal)
}

// Settings are a kind's own settings struct as JSON, so that the journal and the runner need not know it.
// In the journal they are resolved: no Ref is left in them.
type Settings json.RawMessage

// NewSettings turns a kind's settings struct into Settings.
func NewSettings(typed any) (Settings, error) {
	raw, err := json.Marshal(typed)
	if err != nil {
		return nil, words.Errorf("writing settings of %T: %w", typed, err)
	}
	return Settings(raw), nil
}

// MarshalJSON writes the settings as they are, null when there are none.
func (s Settings) MarshalJSON() ([]byte, error) { return json.RawMessage(s).MarshalJSON() }

// UnmarshalJSON keeps the JSON as it is.
func (s *Settings) UnmarshalJSON(data []byte) error {
	return (*json.RawMessage)(s).UnmarshalJSON(data)
}

// Refs lists every reference in the settings once, in the order of their keys; nil when there is none.
func (s Settings) Refs() []Ref {
	seen := map[Ref]bool{}
	_, err := s.walk(func(r Ref) (any, error) { seen[r] = true; return "", nil })
	if err != nil {
		return nil
	}
	return slices.SortedFunc(maps.Keys(seen), func(a, b Ref) int {
		return cmp.Or(cmp.Compare(a.Key, b.Key), cmp.Compare(a.Field, b.Field))
	})
}

// Resolve returns the settings with every reference replaced by what look says of it; an error of look ends it.
func (s Settings) Resolve(look func(Ref) (string, error)) (Settings, error) {
	return s.walk(func(r Ref) (any, error) {
		v, err := look(r)
		return v, err
	})
}

func (s Settings) walk(replace func(Ref) (any, error)) (Settings, error) {
	if len(s) == 0 {
		return s, nil
	}
	var tree any
	read := json.NewDecoder(bytes.NewReader(s))
	read.UseNumber() // a float64 has no room for every 64-bit ASN or ID
	if err := read.Decode(&tree); err != nil {
		return nil, words.Errorf("reading settings: %w", err)
	}
	tree, err := replaceRefs(tree, replace)
	if err != nil {
		return nil, err
	}
	raw, err := json.Marshal(tree)
	return Settings(raw), err
}

func replaceRefs(tree any, replace func(Ref) (any, error)) (any, error) {
	var err error
	switch node := tree.(type) {
	case map[string]any:
		if ref, ok := refIn(node); ok {
			return replace(ref)
		}
		for name, child := range node {
			if node[name], err = replaceRefs(child, replace); err != nil {
				return nil, err
			}
		}
	case []any:
		for i, child := range node {
			if node[i], err = replaceRefs(child, replace); err != nil {
				return nil, err
			}
		}
	}
	return tree, nil
}

// refIn tells a reference from a map that has an entry "ref", such as tags.
func refIn(node map[string]any) (Ref, bool) {
	key, _ := node["ref"].(string)
	field, named := node["field"].(string)
	size := 1
	if named {
		size = 2
	}
	return Ref{Key: Key(key), Field: field}, Key(key).IsResource() && len(node) == size
}
