package sim

import (
	"crypto/sha256"
	"fmt"
	"strings"
)

// The public parameters that name images (aws-facts §2.7).
var imageFolders = []string{"/aws/service/ami-windows-latest/", "/aws/service/ami-amazon-linux-latest/"}

// image is what an instance is started from.
type image struct {
	id      string
	windows bool
}

// imageOf resolves an ImageId: an AMI's ID, of which every one is there, or "resolve:ssm:" and a public parameter,
// which the server resolves (aws-facts §2.7).
func (c *call) imageOf(id *string) (image, error) {
	if deref(id) == "" {
		return image{}, missing("ImageId")
	}
	path, isParameter := strings.CutPrefix(*id, "resolve:ssm:")
	if !isParameter {
		if !(&kind{prefix: "ami"}).wellFormed(*id) {
			return image{}, fail("InvalidAMIID.Malformed", "Invalid id: %q (expecting \"ami-...\")", *id)
		}
		return image{id: *id}, nil
	}
	for _, folder := range imageFolders {
		if name, ok := strings.CutPrefix(path, folder); ok && name != "" {
			sum := sha256.Sum256([]byte(c.region.name + path))
			return image{id: fmt.Sprintf("ami-0%x", sum[:8]), windows: strings.Contains(path, "indows")}, nil
		}
	}
	return image{}, invalid("Invalid value '%s' for ImageId: the parameter does not exist", *id)
}
