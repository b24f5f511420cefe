package steps

import (
	"encoding/json"
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
type compared struct {
	fixed
	differ func(was, wanted state.Settings) []Field
}

var _ Comparer = compared{}

// Compare reads both; what cannot be read differs in nothing.
func (c compared) Compare(was, wanted state.Settings) []Field { return c.differ(was, wanted) }

// unshown is what DescribeInstances does not tell: the operating system by our own choice of it (only Linux has user data
// of ours), and the parameter behind an image. A record that was rebuilt from tags has neither, and is not compared.
func unshown(before, now state.Settings) []Field {
	var was, wanted Instance
	if json.Unmarshal(before, &was) != nil || json.Unmarshal(now, &wanted) != nil || was.Image == "" {
		return nil
	}
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
