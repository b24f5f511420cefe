package codec

import (
	"net/url"
	"slices"
	"sort"
	"strconv"
	"strings"
)

// The bounds of a request. AWS has its own; these only keep a hostile form from costing more than its length.
const (
	maxParameters = 10_000
	maxDepth      = 16
	maxIndex      = 10_000
)

// node is one level of a form's dotted keys: Filter.1.Value.2 is four of them.
type node struct {
	path  string
	value string
	set   bool
	kids  map[string]*node
	used  bool // a member of the input was filled from it
}

// plant makes the tree of a form. Of a key given twice the first value counts.
func plant(form url.Values) (*node, error) {
	root := &node{used: true}
	if len(form) > maxParameters {
		return nil, errorf("InvalidParameterValue", "The request has more than %d parameters", maxParameters)
	}
	for key, values := range form {
		if key == "Action" || key == "Version" {
			continue
		}
		parts := strings.SplitN(key, ".", maxDepth+1)
		if len(parts) > maxDepth {
			return nil, unknown(parts[0])
		}
		at, length := root, -1
		for _, part := range parts {
			length += 1 + len(part)
			kid := at.kids[part]
			if kid == nil {
				kid = &node{path: key[:length]} // no copy: a long key of many parts would be held many times
				if at.kids == nil {
					at.kids = map[string]*node{}
				}
				at.kids[part] = kid
			}
			at = kid
		}
		at.value, at.set = values[0], true
	}
	return root, nil
}

// items returns the members of a list in the order of their numbers. Gaps are closed, as AWS closes them.
func (n *node) items() ([]*node, error) {
	numbers := make([]int, 0, len(n.kids))
	for key := range n.kids {
		i, err := strconv.Atoi(key)
		if err != nil || i < 1 || i > maxIndex || key != strconv.Itoa(i) {
			return nil, unknown(n.kids[key].path)
		}
		numbers = append(numbers, i)
	}
	sort.Ints(numbers)
	items := make([]*node, len(numbers))
	for at, i := range numbers {
		items[at] = n.kids[strconv.Itoa(i)]
	}
	return items, nil
}

// leftover returns the path of the first parameter no member was filled from, "" when there is none.
func (n *node) leftover() string {
	if !n.used {
		return n.path
	}
	names := make([]string, 0, len(n.kids))
	for name := range n.kids {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		if path := n.kids[name].leftover(); path != "" {
			return path
		}
	}
	return ""
}

func unknown(path string) *Error {
	return errorf("UnknownParameter", "The parameter %s is not recognized", path)
}
