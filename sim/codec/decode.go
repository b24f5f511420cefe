package codec

import (
	"encoding/base64"
	"errors"
	"fmt"
	"net/url"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Decode fills input, a pointer to the action's input struct, from a form. What AWS would refuse before it looks at
// anything comes back as *Error: an unknown action or parameter, a missing one, a number that is none or is out of
// its bounds. Any other error means that model and struct do not fit together.
func (m *Model) Decode(action string, form url.Values, input any) error {
	op, ok := m.Operations[action]
	if !ok {
		return UnknownAction(action)
	}
	err := m.decode(op, form, input)
	// The services of the query protocol have one code for all that is wrong with an input.
	if e, ok := errors.AsType[*Error](err); ok && m.Metadata.Protocol == protocolQuery {
		return &Error{Status: e.Status, Code: "ValidationError", Message: e.Message}
	}
	return err
}

func (m *Model) decode(op Operation, form url.Values, input any) error {
	root, err := plant(form)
	if err != nil {
		return err
	}
	if err := m.fillStruct(root, m.Shapes[op.Input], reflect.ValueOf(input).Elem()); err != nil {
		return err
	}
	if path := root.leftover(); path != "" {
		return unknown(path)
	}
	return nil
}

// UnknownAction is the answer to an action that is not there.
func UnknownAction(action string) *Error {
	return errorf("InvalidAction", "The action %s is not valid for this web service.", action)
}

func (m *Model) fill(n *node, shape *Shape, into reflect.Value) error {
	n.used = true
	switch shape.Type {
	case "structure":
		if n.set {
			return unknown(n.path)
		}
		return m.fillStruct(n, shape, deref(into))
	case "list":
		return m.fillList(n, shape, into)
	case "map":
		return unknown(n.path) // of members that the simulator does not take in any case
	default:
		if len(n.kids) > 0 {
			return unknown(n.path)
		}
		return fillSimple(n, shape, deref(into))
	}
}

func (m *Model) fillStruct(n *node, shape *Shape, into reflect.Value) error {
	for i := range into.NumField() {
		name, ok := shape.fields[into.Type().Field(i).Name]
		if !ok {
			continue
		}
		use := shape.Members[name]
		key := m.inputName(name, use)
		kid := n.kids[key]
		if kid == nil || (kid.set && kid.value == "" && len(kid.kids) == 0) {
			if slices.Contains(shape.Required, name) {
				return errorf("MissingParameter", "The request must contain the parameter %s", join(n.path, key))
			}
		}
		if kid == nil {
			continue
		}
		if err := m.fill(kid, m.Shapes[use.Shape], into.Field(i)); err != nil {
			return err
		}
	}
	return nil
}

// fillList reads Name.1, Name.2 … (ec2, and flattened lists of query) or Name.member.1 … (query).
func (m *Model) fillList(n *node, shape *Shape, into reflect.Value) error {
	if m.Metadata.Protocol == protocolQuery && !shape.Flattened {
		inner := n.kids[outputName("member", *shape.Member)]
		if inner == nil {
			return nil
		}
		inner.used = true
		n = inner
	}
	if n.set && n.value != "" {
		return unknown(n.path)
	}
	items, err := n.items()
	if err != nil {
		return err
	}
	list := reflect.MakeSlice(into.Type(), len(items), len(items))
	for i, item := range items {
		if err := m.fill(item, m.Shapes[shape.Member.Shape], list.Index(i)); err != nil {
			return err
		}
	}
	into.Set(list)
	return nil
}

func fillSimple(n *node, shape *Shape, into reflect.Value) error {
	wrong := func(why string) error {
		return errorf("InvalidParameterValue", "Value (%s) for parameter %s is invalid. %s", n.value, n.path, why)
	}
	switch shape.Type {
	case "boolean":
		b, err := strconv.ParseBool(strings.ToLower(n.value))
		if err != nil {
			return wrong("The parameter must be true or false.")
		}
		into.SetBool(b)
	case "integer", "long":
		i, err := strconv.ParseInt(n.value, 10, into.Type().Bits())
		if err != nil {
			return wrong("The parameter must be an integer.")
		}
		if (shape.Min != nil && i < *shape.Min) || (shape.Max != nil && i > *shape.Max) {
			return wrong("Expecting a value " + bounds(shape) + ".")
		}
		into.SetInt(i)
	case "float", "double":
		f, err := strconv.ParseFloat(n.value, 64)
		if err != nil {
			return wrong("The parameter must be a number.")
		}
		into.SetFloat(f)
	case "timestamp":
		t, err := time.Parse(time.RFC3339, n.value)
		if err != nil {
			return wrong("The parameter must be a time.")
		}
		into.Set(reflect.ValueOf(t))
	case "blob":
		b, err := base64.StdEncoding.DecodeString(n.value)
		if err != nil {
			return wrong("The parameter must be base64.")
		}
		into.SetBytes(b)
	case "string":
		into.SetString(n.value)
	default:
		return fmt.Errorf("the service model has a member of type %q, which no input has had so far", shape.Type)
	}
	return nil
}

func bounds(s *Shape) string {
	switch {
	case s.Min == nil:
		return fmt.Sprintf("up to %d", *s.Max)
	case s.Max == nil:
		return fmt.Sprintf("of %d or more", *s.Min)
	}
	return fmt.Sprintf("between %d and %d", *s.Min, *s.Max)
}

// deref makes what a pointer leads to, for most fields of the SDK are pointers.
func deref(v reflect.Value) reflect.Value {
	if v.Kind() != reflect.Pointer {
		return v
	}
	if v.IsNil() {
		v.Set(reflect.New(v.Type().Elem()))
	}
	return v.Elem()
}

func join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}
