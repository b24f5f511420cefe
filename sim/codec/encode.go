package codec

import (
	"bytes"
	"encoding/base64"
	"encoding/xml"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"time"
)

// Encode writes the answer of an action. output is the action's output struct or a pointer to one; nil will do for
// an action without an output. Absent members are left out, empty lists are written.
func (m *Model) Encode(action, requestID string, output any) ([]byte, error) {
	op, ok := m.Operations[action]
	if !ok {
		return nil, UnknownAction(action)
	}
	w := &writer{model: m}
	w.raw(xml.Header)
	w.raw(`<` + action + `Response xmlns="` + strings.TrimSuffix(m.Metadata.XMLNamespace, "/") + `/">`)
	if m.Metadata.Protocol == protocolEC2 {
		w.text("requestId", requestID)
		if op.Output == "" {
			w.text("return", "true")
		}
	}
	if op.ResultWrapper != "" {
		w.raw("<" + op.ResultWrapper + ">")
	}
	if v := reflect.ValueOf(output); op.Output != "" && v.IsValid() {
		if err := w.structure(m.Shapes[op.Output], reflect.Indirect(v)); err != nil {
			return nil, fmt.Errorf("writing the answer to %s: %w", action, err)
		}
	}
	if op.ResultWrapper != "" {
		w.raw("</" + op.ResultWrapper + ">")
	}
	if m.Metadata.Protocol == protocolQuery {
		w.raw("<ResponseMetadata>")
		w.text("RequestId", requestID)
		w.raw("</ResponseMetadata>")
	}
	w.raw("</" + action + "Response>")
	return w.Bytes(), nil
}

// maxMessage is the most of a message that is sent: some repeat what the client sent.
const maxMessage = 2048

// EncodeError writes an error in the form of the service's protocol, its message cut to 2,048 bytes.
func (m *Model) EncodeError(requestID string, e *Error) []byte {
	w, message := &writer{model: m}, e.Message
	if len(message) > maxMessage {
		message = strings.ToValidUTF8(message[:maxMessage], "")
	}
	w.raw(xml.Header)
	if m.Metadata.Protocol == protocolQuery {
		w.raw(`<ErrorResponse xmlns="` + m.Metadata.XMLNamespace + `"><Error>`)
		w.text("Type", "Sender")
		w.text("Code", e.Code)
		w.text("Message", message)
		w.raw("</Error>")
		w.text("RequestId", requestID)
		w.raw("</ErrorResponse>")
		return w.Bytes()
	}
	w.raw("<Response><Errors><Error>")
	w.text("Code", e.Code)
	w.text("Message", message)
	w.raw("</Error></Errors>")
	w.text("RequestID", requestID)
	w.raw("</Response>")
	return w.Bytes()
}

// writer builds the document.
type writer struct {
	bytes.Buffer
	model *Model
}

func (w *writer) raw(s string) { w.WriteString(s) }

func (w *writer) text(name, value string) {
	w.raw("<" + name + ">")
	_ = xml.EscapeText(w, []byte(value)) // a buffer takes everything
	w.raw("</" + name + ">")
}

// structure writes the members in the order of the struct's fields, so that the same answer is always the same text.
func (w *writer) structure(shape *Shape, v reflect.Value) error {
	for i := range v.NumField() {
		name, ok := shape.fields[v.Type().Field(i).Name]
		if !ok {
			continue
		}
		use := shape.Members[name]
		if err := w.member(outputName(name, use), w.model.Shapes[use.Shape], v.Field(i)); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}

func (w *writer) member(name string, shape *Shape, v reflect.Value) error {
	if absent(v) {
		return nil
	}
	v = reflect.Indirect(v)
	switch shape.Type {
	case "structure":
		w.raw("<" + name + ">")
		if err := w.structure(shape, v); err != nil {
			return err
		}
		w.raw("</" + name + ">")
	case "list":
		return w.list(name, shape, v)
	default:
		s, err := simple(v)
		if err != nil {
			return err
		}
		w.text(name, s)
	}
	return nil
}

func (w *writer) list(name string, shape *Shape, v reflect.Value) error {
	item := outputName("member", *shape.Member)
	if shape.Flattened {
		item = name
	} else {
		w.raw("<" + name + ">")
		defer w.raw("</" + name + ">")
	}
	for i := range v.Len() {
		if err := w.member(item, w.model.Shapes[shape.Member.Shape], v.Index(i)); err != nil {
			return err
		}
	}
	return nil
}

// absent reports whether AWS would leave the member out. An enum is absent when it is "": the SDK has no pointer there.
func absent(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Interface:
		return v.IsNil()
	case reflect.String:
		return v.Len() == 0
	}
	return false
}

func simple(v reflect.Value) (string, error) {
	switch v.Kind() {
	case reflect.String:
		return v.String(), nil
	case reflect.Bool:
		return strconv.FormatBool(v.Bool()), nil
	case reflect.Int32, reflect.Int64:
		return strconv.FormatInt(v.Int(), 10), nil
	case reflect.Float64:
		return strconv.FormatFloat(v.Float(), 'g', -1, 64), nil
	case reflect.Slice:
		return base64.StdEncoding.EncodeToString(v.Bytes()), nil
	case reflect.Struct:
		if t, ok := reflect.TypeAssert[time.Time](v); ok {
			return t.UTC().Format("2006-01-02T15:04:05.000Z"), nil
		}
	}
	return "", fmt.Errorf("the codec cannot write a %s", v.Type())
}
