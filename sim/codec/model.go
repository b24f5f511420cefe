// Package codec turns the forms that AWS clients send into the SDK's input structs, and the SDK's output structs
// into the XML that AWS answers. It knows no action: a trimmed copy of AWS's public service model says how each
// member is called on the wire, for the protocols ec2 and query.
//
// Structs are filled and read field by field. Methods are never looked up by reflection: that would make the linker
// keep every method of the SDK's client.
package codec

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
)

// The protocols of the services simulated so far, as AWS's models name them.
const (
	protocolEC2   = "ec2"
	protocolQuery = "query"
)

// Model is what the codec needs of one service's model. It does not change once it is loaded.
type Model struct {
	Metadata struct {
		APIVersion   string `json:"apiVersion"`
		Protocol     string `json:"protocol"`
		XMLNamespace string `json:"xmlNamespace"`
	} `json:"metadata"`
	Operations map[string]Operation `json:"operations"`
	Shapes     map[string]*Shape    `json:"shapes"`
}

// Operation is one action.
type Operation struct {
	Input         string   `json:"input"`
	Output        string   `json:"output"` // "" when the answer says no more than that it was done
	ResultWrapper string   `json:"resultWrapper"`
	Paged         bool     `json:"paged"`
	Filters       []string `json:"filters"` // the documented names; nil when the action takes no filters
}

// Shape is the type of a member: a structure, a list, or one of the simple types.
type Shape struct {
	Type      string            `json:"type"`
	Required  []string          `json:"required"`
	Members   map[string]Member `json:"members"`
	Member    *Member           `json:"member"` // of a list
	Flattened bool              `json:"flattened"`
	Min       *int64            `json:"min"`
	Max       *int64            `json:"max"`

	fields map[string]string // Go's name of a field → the member's name in the model
}

// Member is a use of a shape, with its names on the wire.
type Member struct {
	Shape        string `json:"shape"`
	QueryName    string `json:"queryName"`
	LocationName string `json:"locationName"`
}

// Load reads a trimmed model. A model of an unknown protocol, or one that names a shape it lacks, is an error.
func Load(data []byte) (*Model, error) {
	var m Model
	if err := json.Unmarshal(data, &m); err != nil {
		return nil, fmt.Errorf("reading the service model: %w", err)
	}
	if p := m.Metadata.Protocol; p != protocolEC2 && p != protocolQuery {
		return nil, fmt.Errorf("reading the service model: protocol %q is not known", p)
	}
	for name, shape := range m.Shapes {
		if shape.Type == "list" && shape.Member == nil {
			return nil, fmt.Errorf("reading the service model: list %s says nothing of its members", name)
		}
		shape.fields = make(map[string]string, len(shape.Members))
		for member, use := range shape.Members {
			if m.Shapes[use.Shape] == nil {
				return nil, fmt.Errorf("reading the service model: %s.%s has no shape %q", name, member, use.Shape)
			}
			shape.fields[upperFirst(member)] = member
		}
	}
	for action, op := range m.Operations {
		if m.Shapes[op.Input] == nil || (op.Output != "" && m.Shapes[op.Output] == nil) {
			return nil, fmt.Errorf("reading the service model: %s has no shape for its input or output", action)
		}
	}
	if len(m.Operations) == 0 {
		return nil, errors.New("reading the service model: it has no operations")
	}
	return &m, nil
}

// inputName is the key under which a form carries the member. The ec2 protocol has a name of its own for it, and
// makes one of the answer's name otherwise.
func (m *Model) inputName(member string, use Member) string {
	switch {
	case m.Metadata.Protocol == protocolEC2 && use.QueryName != "":
		return use.QueryName
	case m.Metadata.Protocol == protocolEC2 && use.LocationName != "":
		return upperFirst(use.LocationName)
	case use.LocationName != "":
		return use.LocationName
	}
	return member
}

// outputName is the element in which an answer carries the member.
func outputName(member string, use Member) string {
	if use.LocationName != "" {
		return use.LocationName
	}
	return member
}

func upperFirst(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}
