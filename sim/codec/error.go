package codec

import "fmt"

// Error is an error as AWS answers it.
type Error struct {
	Status  int    // HTTP status; 0 means 400
	Code    string // such as "InvalidVpcID.NotFound"
	Message string
}

var _ error = (*Error)(nil)

// Error writes code and message the way AWS's own tools do.
func (e *Error) Error() string { return e.Code + ": " + e.Message }

func errorf(code, format string, args ...any) *Error {
	return &Error{Code: code, Message: fmt.Sprintf(format, args...)}
}
