package state

import (
	"fmt"
	"strings"
)

// NameError is a name that no stack can have.
type NameError struct{ Name, Why string }

var _ error = (*NameError)(nil)

func (e *NameError) Error() string {
	return fmt.Sprintf("%q cannot be the name of a stack: %s", e.Name, e.Why)
}

// CheckStackName returns a *NameError when no stack can have the name: it becomes the name of a file and a tag at AWS,
// so it is 1 to 32 of a–z, 0–9 and "-", and begins with a letter.
func CheckStackName(name string) error {
	const letters, others = "abcdefghijklmnopqrstuvwxyz", "0123456789-"
	rest := strings.TrimLeft(name, letters+others)
	if name != "" && len(name) <= 32 && rest == "" && strings.Contains(letters, name[:1]) {
		return nil
	}
	why := "it is 1 to 32 of a-z, 0-9 and -, beginning with a letter"
	if name == "" {
		why = "it is empty; " + why
	}
	return &NameError{Name: name, Why: why}
}
