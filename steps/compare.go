package steps

import (
	"strings"

	"vpclink/state"
)

// Comparer is a kind of which AWS does not show everything: what was asked for then is held against what is asked for
// now.
type Comparer interface {
	// Compare returns what differs between the settings that a thing was made with and those that are wanted.
	Compare(was, wanted state.Settings) []Field
}

// compared is a fixed kind that is compared by its settings too.
type compared[S any] struct {
	fixed[S]
	differ func(was, wanted S) []Field
}

var _ Comparer = compared[struct{}]{}

// Compare reads both; what cannot be read differs in nothing.
func (c compared[S]) Compare(was, wanted state.Settings) []Field {
	old, oldErr := read[S](state.Record{Settings: was})
	set, setErr := read[S](state.Record{Settings: wanted})
	if oldErr != nil || setErr != nil || len(was) == 0 {
		return nil
	}
	return c.differ(old.set, set.set)
}

// unshown is what DescribeInstances does not tell: the operating system by our own choice of it (only Linux has user data
// of ours), and the parameter behind an image.
func unshown(was, wanted Instance) []Field {
	system := func(set Instance) string {
		if set.UserData != "" {
			return "linux"
		}
		return "windows"
	}
	if fields := differ("operating system", "--os", system(wanted), system(was)); fields != nil {
		return fields
	}
	if !strings.HasPrefix(wanted.Image, lookedUp) {
		return nil // AWS shows the AMI itself
	}
	return differ("image", "--image", wanted.Image, was.Image)
}
