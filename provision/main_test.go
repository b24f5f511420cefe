package provision

import (
	"flag"
	"testing"

	"go.uber.org/goleak"
)

// TestMain makes rapid draw fewer cases than its default of 100, since each is a whole lab (more: -rapid.checks, or make
// random), and wants no goroutine left behind.
func TestMain(m *testing.M) {
	if err := flag.Set("rapid.checks", "6"); err != nil {
		panic(err)
	}
	flag.Parse()
	goleak.VerifyTestMain(m)
}
