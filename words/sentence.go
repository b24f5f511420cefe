package words

import "fmt"

// sentence is an error that remembers of what it is made.
type sentence struct {
	english error
	format  Text
	args    []any
}

var _ Speaker = (*sentence)(nil)

// Errorf returns an error as fmt.Errorf does, which can be told in any language.
func Errorf(format Text, args ...any) error {
	return &sentence{fmt.Errorf(string(format), args...), format, args}
}

// New returns an error that says a text.
func New(text Text) error { return Errorf("%s", text) }

func (s *sentence) Error() string         { return s.english.Error() }
func (s *sentence) Unwrap() error         { return s.english }
func (s *sentence) Say(l Language) string { return l.Say(s.format, s.args...) }
