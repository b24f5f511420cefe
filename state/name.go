package state

import (
	"strings"

	"vpclink/words"
)

// NameError is a name that no stack can have.
type NameError struct {
	Name string
	Why  words.Text
}

var _ error = (*NameError)(nil)

func (e *NameError) Error() string { return e.Say(words.English) }

// Say tells it in a language.
func (e *NameError) Say(l words.Language) string {
	return l.Say("%q cannot be the name of a stack: %s", e.Name, e.Why)
}

// CheckStackName returns a *NameError when no stack can have the name: it becomes the name of a file and a tag at AWS,
// so it is 1 to 32 of a–z, 0–9 and "-", and begins with a letter.
func CheckStackName(name string) error {
	const letters, others = "abcdefghijklmnopqrstuvwxyz", "0123456789-"
	rest := strings.TrimLeft(name, letters+others)
	if name != "" && len(name) <= 32 && rest == "" && strings.Contains(letters, name[:1]) {
		return nil
	}
	const form = "it is 1 to 32 of a-z, 0-9 and -, beginning with a letter"
	if name == "" {
		return &NameError{Name: name, Why: "it is empty; " + form}
	}
	return &NameError{Name: name, Why: form}
}
